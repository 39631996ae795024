class Inflater:
    eof: bool
    needs_input: bool
    unused_data: bytes
    damage: str | None
    def __init__(self) -> None: ...
    def inflate(self, data: bytes, most: int) -> bytes: ...
