from collections.abc import Iterable

class Alphabet:
    def __init__(self, separators: str, joiners: str) -> None: ...

class Traces:
    count: int

    def __init__(self, alphabet: Alphabet, traces: Iterable[str]) -> None: ...
