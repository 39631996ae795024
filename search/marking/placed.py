"""Marks where it matters at which positions words stand, or what they look like.

Positions are those of the index: the text is gone through from its beginning. Chunks that nothing
can match are only counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from index.analysis import Token
from index.analysis.tokenizer import chunks_from
from search.marking.marked_text import Mark, MarkedText
from search.marking.near import Span
from search.marking.parts import Part
from search.marking.places import places
from search.marking.sought import Sought
from search.marking.standing import Looked, own_spans, standing
from search.marking.work import LONGEST_CHUNK, Work

_PASSED = 256
_PASSED_COST = 128
"""What it costs to count so many chunks."""

_FAR = 1 << 32
"""So many positions a chunk may have that is not looked into; nothing is near across it."""


def mark_placed(text: str, sought: Sought, part: Part, work: Work, *, body: bool) -> MarkedText:
    """Find what is to be marked in a text, as far as the work that is left suffices."""
    looked = Looked(text, dict(_numbered(text, sought, work)), work, body)
    groups = [standing(placed, looked) for placed in part.placed]
    spans = chain(own_spans(part, looked), chain.from_iterable(chain.from_iterable(groups)))
    marks = _disjoint({mark for span in spans for mark in span.marks})
    work.marked(len(marks))
    together = tuple(tuple(map(_starts, parts)) for parts in groups if all(parts))
    return MarkedText(text, marks, together)


def _numbered(text: str, sought: Sought, work: Work) -> Iterator[tuple[int, Token]]:
    """The tokens that may match, with their positions."""
    position = 0
    look, everywhere = sought.how.chunk, sought.everywhere
    ahead = places(text, sought.traces, work)
    place = next(ahead, None)
    for number, (start, end) in enumerate(chunks_from(text, 0)):
        if not number % _PASSED:
            work.left -= _PASSED_COST
        if place is None and (not everywhere or work.spent()):
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
