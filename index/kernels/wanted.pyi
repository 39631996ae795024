from collections.abc import Collection, Iterable

from index.kernels.looked import Looked
from index.kernels.texts import Alphabet, Traces

class Rates:
    def __init__(
        self,
        *,
        window: int,
        beside: int,
        scanned: int,
        look: int,
        plain: int,
        other: int,
        mark: int,
        longest_chunk: int,
        near: int,
    ) -> None: ...

class Wanted:
    rates: Rates
    traces: Traces
    looked: Looked

    def __init__(
        self,
        alphabet: Alphabet,
        rates: Rates,
        looked: Looked,
        *,
        stems: Iterable[str],
        prefixes: Iterable[str],
        phrases: Collection[tuple[str, ...]],
        runs: Collection[tuple[str, ...]],
        pieces: dict[str, tuple[tuple[str, int, int, str], ...]],
        traces: Iterable[str],
        beyond: int,
    ) -> None: ...
