from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from index.kernels.compounds import Compounds
from index.kernels.cuts import Cutter
from index.kernels.facts import Facts, Kinds
from index.kernels.glued import Begins
from index.kernels.words import Words

_Fields: TypeAlias = tuple[tuple[str, float], ...]
_OfFields: TypeAlias = tuple[_Fields, _Fields, _Fields]

class Weighed:
    stems: _Fields
    surfaces: _Fields
    glued: _Fields
    def __init__(self, words: Words, fields: _OfFields) -> None: ...

class Asked:
    words: Words
    def __init__(
        self,
        words: Words,
        cutter: Cutter,
        begins: Begins,
        kinds: Kinds,
        *,
        must: _OfFields,
        may: _OfFields,
        most: int,
        few: int,
        lengths: tuple[int, int],
        worth: float,
        lead: str,
        written: str,
        exact: str,
        chunk: Callable[[str], Sequence[tuple[int, int, str, str]]],
        unusual: frozenset[str],
        told: Callable[[str, str, str], tuple[bool, bool, bool, bool]],
        doubts: Callable[[Any, tuple[int, bool]], tuple[bool, bool]],
        damaged: Callable[[], Exception],
        costs: tuple[int, int, int, int],
        compounds: Compounds | None,
        joined: dict[str, tuple[Any, int]],
    ) -> None: ...
    def of(self, typed: str, spellings: Any) -> Facts | None: ...
