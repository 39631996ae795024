from typing import Any, Literal

from index.kernels.composed import Composed
from index.kernels.compounds import Compounds
from index.kernels.cuts import Cutter
from index.kernels.facts import Facts
from index.kernels.postings import Lookup
from index.kernels.spelt import Spelt
from index.kernels.words import Words

class Composer:
    def __init__(
        self,
        pairs: dict[tuple[str, str], tuple[Any, int]],
        cutter: Cutter,
        compounds: Compounds | None,
        spelt: Spelt,
        node: int,
        partial: bool,
        scorer: Words,
        lead: Lookup,
        worth: float,
        alike: bool,
        several: int,
    ) -> None: ...
    def of(self, facts: list[Facts], spellings: Any = None) -> Composed | Literal[False] | None: ...
