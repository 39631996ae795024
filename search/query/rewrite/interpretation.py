"""A query as it is understood so far: what every rewrite takes and gives."""

from __future__ import annotations

from collections.abc import Callable

from index.analysis import TextAnalysis
from index.light_dataclass import dataclass
from search.query.question_words import Asks
from search.query.syntax.node import Node
from search.response import Note


@dataclass(frozen=True, slots=True)
class Interpretation:
    """``text`` is the query as it would be typed; ``root`` is None where it searches for nothing.

    ``notes`` say what was understood in another way than it was typed. ``kind``: what it asks for,
    None where it is no question.
    """

    text: str
    root: Node | None
    notes: tuple[Note, ...] = ()
    kind: Asks | None = None


Rewrite = Callable[[Interpretation, TextAnalysis], Interpretation]
"""One step: another interpretation of the query, its words analysed as the index's were."""
