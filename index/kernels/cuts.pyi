from collections.abc import Container
from typing import TypeAlias

from index.analysis.text import TextAnalysis
from index.kernels.postings import Field, Lookup

Seen: TypeAlias = tuple[str, str, str, int, int, bool, bool, tuple[int, int, int] | None]

class Cutter:
    def __init__(
        self,
        bits: bytes,
        prime: int,
        fields: list[Field | None] | Lookup,
        exact: list[Field | None] | Lookup,
        most: int,
        how: TextAnalysis,
        prefixes: frozenset[str],
        affixes: frozenset[str],
        endings: frozenset[str],
        particles: frozenset[str],
        stop_words: frozenset[str],
        lone: str,
        least: int,
        shortest: int,
        longest: int,
        roots: frozenset[str],
        lexicalised: frozenset[str],
        exceptions: Container[str],
        names: frozenset[str],
        currencies: frozenset[str],
        prices: tuple[int, int, int, int],
    ) -> None: ...
    def cuts(self, word: str, listed: bool) -> tuple[list[tuple[str, str]], int]: ...
    def uncut(self, surface: str) -> int: ...
    def is_no_word(self, first: str, second: str) -> bool: ...
    def seen(self, first: str, second: str, left: int) -> tuple[()] | Seen | None: ...
