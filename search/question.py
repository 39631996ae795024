"""What a typed text asks for, the same for every engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from index.analysis import TextAnalysis
from index.dates import local_today
from index.kept import kept
from index.light_dataclass import dataclass
from search.query.parse import Parsed, parse
from search.query.parts import parts_of, times_of_words
from search.query.question_words import Asks
from search.query.rewrite import Compounds, Correction, GluedWords, rewritten
from search.query.syntax.boolean import insisted_on, relaxed, spared
from search.query.syntax.node import Marked, Node
from search.response import Note, Part

_KEPT = 128


@dataclass(frozen=True)
class Question:
    """``text``: with what was corrected. ``root``: the tree that must match; None for all articles.

    ``kind``: what is asked for, None where it is no question. ``written``: the tree of ``text`` as
    it was parsed, before it was rewritten. What follows from these is made when it is asked for,
    once.
    """

    text: str
    root: Node | None
    kind: Asks | None = None
    notes: tuple[Note, ...] = ()
    written: Node | None = None

    @kept
    def nothing(self) -> bool:
        """Whether the text has nothing to search for, so that nothing is found."""
        return self.root is None and bool(self.text.strip())

    @kept
    def relaxed(self) -> Node | None:
        """The tree in which some of the words suffice; None where that finds no more."""
        return relaxed(self.root)

    @kept
    def spared(self) -> tuple[Node, ...]:
        """What must match in ``root`` and need not in ``relaxed``, in order."""
        return spared(self.root)

    @kept
    def insisted_on(self) -> tuple[Node, ...]:
        """What must match in both trees, where something is spared."""
        return insisted_on(self.root)

    @kept
    def marked(self) -> Marked:
        """What is marked in texts."""
        return Marked() if self.root is None else self.root.marked()

    @kept
    def parts(self) -> tuple[Part, ...]:
        """The text, said back."""
        return parts_of(self.written, self.text)

    @kept
    def times(self) -> Mapping[str, str]:
        """The times among its parts, by their words; mostly none."""
        return times_of_words(self.written, self.text) if ":" in self.text else {}


def parsed(text: str, how: TextAnalysis, today: date | None = None) -> Parsed:
    """The tree of a text, in which days count from ``today``; None: from the day that it is.

    Kept for that day, as pages and filters ask the same again.
    """
    return _parsed(text, how, today or local_today())


@lru_cache(maxsize=_KEPT)
def _parsed(text: str, how: TextAnalysis, today: date) -> Parsed:
    return parse(text, how, today)


def understood(  # noqa: PLR0917 - what a question is understood by
    written: Parsed,
    how: TextAnalysis,
    corrections: tuple[Correction, ...] = (),
    compounds: Compounds | None = None,
    words: GluedWords | None = None,
    today: date | None = None,
) -> Question:
    """What a parsed text asks for in any index with the same analysis, corrections and such words.

    ``today`` as in ``parsed``.
    """
    reading = rewritten(written, how, corrections, compounds, words)
    said = written if reading.text == written.text else parsed(reading.text, how, today)
    return Question(reading.text, reading.root, reading.kind, reading.notes, said.root)
