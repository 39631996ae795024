"""Marks where it matters at which positions words stand, or what they look like.

Positions are those of the index: the text is gone through from its beginning. Chunks that nothing
can match are only counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from index.analysis import Token
from index.analysis.tokenizer import chunks_from
from search.limits import LONGEST_CHUNK
from search.marking.marked_text import Mark, MarkedText
from search.marking.near import Span
from search.marking.sought import Sought
from search.marking.standing import SPAN, Looked, own_spans, standing
from search.marking.work import Work

_PASSED = 256
_PASSED_COST = 128
"""What it costs to count so many chunks."""

_FAR = 1 << 32
"""So many positions a chunk may have that is not looked into; nothing is near across it."""


def mark_placed(
    text: str, sought: Sought, work: Work, places: Iterator[int], *, body: bool
) -> MarkedText:
    """Find what is to be marked in a text, as far as the work that is left suffices.

    ``places``: those of traces and of chunks that are not plain, in characters, ascending.
    ``body``: the text is no title.
    """
    looked = Looked(text, {}, {}, work, body)
    _look(looked, sought, places)
    whole = sought.parts[-1]
    groups = [standing(placed, looked) for placed in whole.placed]
    spans = chain(own_spans(whole, looked), chain.from_iterable(chain.from_iterable(groups)))
    marks = _disjoint({mark for span in spans for mark in span.marks})
    work.marked(len(marks))
    together = tuple(tuple(map(_starts, parts)) for parts in groups if all(parts))
    return MarkedText(text, marks, together)


def _look(looked: Looked, sought: Sought, places: Iterator[int]) -> None:
    """Find the tokens that may match; half of the work is left to see what they make together."""
    parts, work = sought.parts, looked.work
    in_runs = frozenset().union(
        *(runs.words for part in parts for runs in (part.phrases, part.runs))
    )
    in_pieces = frozenset().union(*(part.pieces for part in parts))
    cost = sum(part.cost for part in parts)
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    nowhere = ("",) * len(parts)
    for position, token in _numbered(looked.text, sought, work, places):
        surface, stem = token[2:]
        words = known.get((surface, stem))
        if words is None:
            work.left -= cost
            words = tuple(part.word(surface, stem) for part in parts)
            known[surface, stem] = words = words if any(words) else nowhere
        if words is not nowhere or surface in in_pieces:
            work.left -= SPAN * (len(words) - words.count("") + 1)
        elif not (surface in in_runs or stem in in_runs):
            continue
        looked.tokens[position] = token
        looked.words[position] = words


def _numbered(
    text: str, sought: Sought, work: Work, ahead: Iterator[int]
) -> Iterator[tuple[int, Token]]:
    """The tokens of chunks that may match, with their positions, until half of the work is done."""
    position = 0
    look, everywhere = sought.how.chunk, sought.everywhere
    kept = work.half
    place = next(ahead, None)
    for number, (start, end) in enumerate(chunks_from(text, 0)):
        if not number % _PASSED:
            work.left -= _PASSED_COST
        if (place is None and not everywhere) or work.spent(kept):
            return
        here = everywhere
        while place is not None and place < end:
            here = True
            place = next(ahead, None)
        if end - start > LONGEST_CHUNK:
            work.partial = True
            position += _FAR
            continue
        chunk = text[start:end]
        # Units stand apart from numbers, ``50kg``; all other plain chunks are one token.
        if not here and (chunk.isalpha() or chunk.isdigit()):
            position += 1
            continue
        if not work.looks_into(chunk):
            return
        for left, right, surface, stem in look(chunk):
            yield position, Token(start + left, start + right, surface, stem)
            position += 1


def _disjoint(marks: set[Mark]) -> list[Mark]:
    """The marks in order, without those inside others; of equal ones the first by its word."""
    found: list[Mark] = []
    end = 0
    for one in sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.found)):
        if one.start >= end:
            found.append(one)
            end = one.end
    return found


def _starts(spans: list[Span]) -> list[int]:
    """Where spans begin, in characters, ascending."""
    return [span.marks[0].start for span in spans]
