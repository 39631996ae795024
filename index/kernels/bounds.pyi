SOURCE: str
