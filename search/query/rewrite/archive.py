"""What articles tell of words that may be written in one piece: how often, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from index.light_dataclass import dataclass

if TYPE_CHECKING:
    from search.query.rewrite.compound_parts import Parts


@dataclass(frozen=True, slots=True)
class Together:
    """How many articles have two stems, ``both``, and one behind the other, ``beside``."""

    beside: int
    both: int


class Archive(Protocol):
    """What is known of the articles of an index, deleted ones included."""

    def articles(self, field: str, term: str) -> int:
        """How many have a term in a field of texts."""

    def is_common(self, word: str) -> bool:
        """Whether more than a few bodies have a surface form or a stem."""

    def cuts(self, word: str, *, listed: bool) -> Iterable[tuple[str, str]]:
        """What ``cuts_of`` leaves of a word of letters."""

    def decided(self, first: str, second: str) -> tuple[Parts, bool] | None:
        """What ``mutual.decided`` says of two surface forms."""

    def stand_beside(self, first: str, second: str) -> bool:
        """Whether any body has two stems, one behind the other: told sooner than how often."""

    def together(self, first: str, second: str) -> Together:
        """How often bodies have two stems; estimated, and ``beside`` is 0 only where none has."""
