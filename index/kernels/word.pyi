class Word:
    @property
    def reads(self) -> tuple[tuple[int, int, int], ...]: ...
    documents: int
    nbytes: int
