"""What a typed text asks for, the same for every engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.analysis import TextAnalysis
from index.dates import local_today
from search.query.parse import Parsed, parse
from search.query.parts import parts_of
from search.query.question_words import Asks
from search.query.rewrite import Compounds, Correction, GluedWords, rewritten
from search.query.syntax.boolean import insisted_on, relaxed, spared
from search.query.syntax.node import Marked, Node
from search.response import Note, Part

_KEPT = 128


@dataclass(frozen=True, slots=True)
class Question:
    """``text``: with what was corrected. ``root``: the tree that must match; None for all articles.

    ``nothing``: the text has nothing to search for, and nothing is found. ``relaxed``: the tree in
    which some of the words suffice; None where that finds no more. ``kind``: what is asked for,
    None where it is no question. ``marked``: what is marked in texts. ``spared``: what must match
    in ``root`` and need not in ``relaxed``, in order. ``insisted_on``: what must match in both,
    where something is spared. ``parts``: the text, said back.
    """

    text: str
    root: Node | None
    relaxed: Node | None
    nothing: bool
    kind: Asks | None
    notes: tuple[Note, ...]
    marked: Marked
    spared: tuple[Node, ...] = ()
    insisted_on: tuple[Node, ...] = ()
    parts: tuple[Part, ...] = ()


def parsed(text: str, how: TextAnalysis, today: date | None = None) -> Parsed:
    """The tree of a text, in which days count from ``today``; None: from the day that it is.

    Kept for that day, as pages and filters ask the same again.
    """
    return _parsed(text, how, today or local_today())


@lru_cache(maxsize=_KEPT)
def _parsed(text: str, how: TextAnalysis, today: date) -> Parsed:
    return parse(text, how, today)


def understood(  # noqa: PLR0917 - what a question is understood by
    text: str,
    how: TextAnalysis,
    corrections: tuple[Correction, ...] = (),
    compounds: Compounds | None = None,
    words: GluedWords | None = None,
    today: date | None = None,
) -> Question:
    """What a text asks for in any index with the same analysis, corrections and such words.

    ``today`` as in ``parsed``.
    """
    written = parsed(text, how, today)
    reading = rewritten(written, how, corrections, compounds, words)
    root = reading.root
    return Question(
        text=reading.text,
        root=root,
        relaxed=relaxed(root),
        nothing=root is None and bool(text.strip()),
        kind=reading.kind,
        notes=reading.notes,
        marked=Marked() if root is None else root.marked(),
        spared=spared(root),
        insisted_on=insisted_on(root),
        parts=parts_of(
            (written if reading.text == text else parsed(reading.text, how, today)).root
        ),
    )
