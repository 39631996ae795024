"""The weights of fields, and the shares of them that optional words and words of names have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from index.fields import EXACT, TEXTS
from index.light_dataclass import dataclass

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

HIGHEST = 1e6
"""Products of a few such numbers are finite in scores of 32 bits."""


@dataclass(frozen=True, slots=True)
class Within:
    """The bounds of a number, included; ``most``: None for none.

    Pydantic reads them, and what does not read a file need not load it.
    """

    least: float
    most: float | None = None

    def __get_pydantic_core_schema__(self, kind: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """What pydantic compares a number with."""
        schema: Any = handler(kind)
        return {**schema, "ge": self.least, **({} if self.most is None else {"le": self.most})}


Amount = Annotated[float, Within(0.0, HIGHEST)]
"""A number that sets how articles are scored."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each field, and the share of it that optional words and names have.

    ``spared``: the share of optional words. A word of a question's name of n words has
    ``name`` * n ** -``name_words``.
    """

    title: Amount = 1.0
    body: Amount = 1.0
    title_exact: Amount = 0.4
    body_exact: Amount = 0.5
    spared: Amount = 0.25
    name: Amount = 1.2
    name_words: Amount = 0.5

    def of(self, scope: str | None, *, exact: bool) -> list[tuple[str, float]]:
        """The fields of one scope (None: of all) with their weights."""
        suffix = EXACT if exact else ""
        names = TEXTS if scope is None else [scope]
        return [(name + suffix, getattr(self, name + suffix)) for name in names]

    def as_written(self, scope: str | None) -> list[tuple[str, float]]:
        """The fields of surface forms, for what is searched for as written: it has the stems'."""
        return [(name + EXACT, weight) for name, weight in self.of(scope, exact=False)]

    def of_name(self, words: int) -> float:
        """The share of a word of a name of so many words."""
        return self.name * float(words**-self.name_words)

    def times(self, factor: float) -> Weights:
        """The weights of the fields multiplied."""
        return Weights(
            self.title * factor,
            self.body * factor,
            self.title_exact * factor,
            self.body_exact * factor,
            self.spared,
            self.name,
            self.name_words,
        )


DEFAULT_WEIGHTS = Weights()

SYNONYM_WEIGHT = 0.8
"""What a synonym's match is worth beside one of the word that was written."""
