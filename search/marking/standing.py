"""Where the parts of a query stand in a text, and which of them stand together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from functools import cached_property
from itertools import chain, product

from index.analysis import Token
from index.analysis.sentence_breaks import sentence_breaks
from index.fields import LEAD_FIELD
from index.light_dataclass import dataclass
from search.marking.marked_text import Mark
from search.marking.near import Span, near, together
from search.marking.parts import Part, Placed, Runs
from search.marking.work import Work
from search.query.syntax.node import FieldMarks, NearMarks, OpeningMarks, RunMarks

_BREAK = 4
"""A search for the ends of sentences costs what one for so many strings does."""

SPAN = 6
"""What it costs to know that a part stands somewhere."""

_WORDS = 8
"""So many words of a run are compared at the cost of a unit."""

_CHOICE = 6
"""What it costs to make a whole of one choice."""


@dataclass
class Looked:
    """The tokens of a text that may match, by their positions, ascending.

    ``words``: by position what the token is found by, for each part. ``body``: whether the text is
    one, which has an opening and sentences. ``spans``: those of parts, by their numbers.
    """

    text: str
    tokens: dict[int, Token]
    words: dict[int, tuple[str, ...]]
    work: Work
    body: bool
    spans: dict[int, list[Span]] = field(default_factory=dict)

    @cached_property
    def breaks(self) -> list[int]:
        """Where sentences begin behind others, in characters."""
        found = sentence_breaks(self.text)
        self.work.scanned(len(self.text), _BREAK, len(found))
        return found

    def sentence(self, span: Span) -> int:
        """The number of the sentence that a span is in; -1 where it is in none alone."""
        first = bisect_right(self.breaks, self.tokens[span.first].start)
        last = bisect_right(self.breaks, self.tokens[span.last].start)
        return first if first == last else -1


def spans_of(part: Part, looked: Looked) -> list[Span]:
    """Where a part stands, ascending; no two have the same first and last position."""
    known = looked.spans.get(part.number)
    if known is not None:
        return known
    found = {(one.first, one.last): one for one in _words(part, looked)}
    for span in chain(_long(part, looked), *(_wholes(one, looked) for one in part.placed)):
        looked.work.left -= SPAN
        bounds = span.first, span.last
        other = found.get(bounds)
        marks = span.marks if other is None else tuple(sorted({*other.marks, *span.marks}))
        found[bounds] = Span(*bounds, marks)
    spans = looked.spans[part.number] = sorted(found.values())
    return spans


def own_spans(part: Part, looked: Looked) -> Iterator[Span]:
    """Where its words and runs of words stand, but nothing that asks for places."""
    return chain(_words(part, looked), _long(part, looked))


def _long(part: Part, looked: Looked) -> Iterator[Span]:
    yield from _runs(part.phrases, looked, lambda token: token.surface)
    yield from _runs(part.runs, looked, lambda token: token.stem)


def _words(part: Part, looked: Looked) -> Iterator[Span]:
    number, pieces = part.number, part.pieces
    for position, words in looked.words.items():
        start, end, surface, _ = looked.tokens[position]
        if words[number]:
            yield Span(position, position, (Mark(start, end, words[number]),))
        elif surface in pieces and end - start == len(surface):
            marks = (
                Mark(start + piece.start, start + piece.end, piece.found)
                for piece in pieces[surface]
            )
            yield Span(position, position, tuple(marks))


def _runs(runs: Runs, looked: Looked, word: Callable[[Token], str]) -> Iterator[Span]:
    """Where tokens have the words of a run, one behind the other."""
    if not runs.by_first:
        return
    tokens, work = looked.tokens, looked.work
    kept = work.half
    for position, token in tokens.items():
        for size, some in runs.by_first.get(word(token), ()):
            if work.spent(kept):
                return
            work.left -= 1 + size // _WORDS
            run = []
            for at in range(position, position + size):
                if at not in tokens:
                    break
                run.append(tokens[at])
            words = tuple(map(word, run))
            if words in some:
                marks = tuple(Mark(*one[:2], found) for one, found in zip(run, words, strict=True))
                yield Span(position, position + size - 1, marks)


def _is_in_field(placed: Placed, looked: Looked) -> bool:
    """Whether parts may stand so in a text: openings and sentences are those of bodies."""
    match placed.way:
        case NearMarks() | RunMarks():
            return True
        case FieldMarks(scope=scope):
            return looked.body == (scope == LEAD_FIELD)
    return looked.body


def standing(placed: Placed, looked: Looked) -> list[list[Span]]:
    """The spans of each part that stand together with some of all others."""
    if not _is_in_field(placed, looked):
        return [[] for _ in placed.parts]
    parts = [spans_of(part, looked) for part in placed.parts]
    match placed.way:
        case NearMarks(distance=distance, ordered=ordered):
            slack = max(0, distance - len(parts) + 1)
            return near(parts, slack, ordered=ordered, work=looked.work)
        case RunMarks(offsets=offsets):
            begins = set.intersection(
                *(
                    {span.first - at for span in some}
                    for some, at in zip(parts, offsets, strict=True)
                )
            )
            return [
                [span for span in some if span.first - at in begins]
                for some, at in zip(parts, offsets, strict=True)
            ]
        case FieldMarks():
            return parts
        case OpeningMarks(words=words):
            return [[span for span in some if span.last < words] for some in parts]
    sentences = set.intersection(*(set(map(looked.sentence, some)) for some in parts)) - {-1}
    return [[span for span in some if looked.sentence(span) in sentences] for some in parts]


def _wholes(placed: Placed, looked: Looked) -> Iterator[Span]:
    """The spans of what stands together, from the first word to the last."""
    parts = standing(placed, looked)
    match placed.way:
        case NearMarks(distance=distance, ordered=ordered):
            slack = max(0, distance - len(parts) + 1)
            yield from together(parts, slack, ordered=ordered, work=looked.work)
        case RunMarks(offsets=offsets):
            by_first = [{span.first: span for span in some} for some in parts]
            for begin in sorted(by_first[0]):
                yield _whole(some[begin + at] for some, at in zip(by_first, offsets, strict=True))
        case OpeningMarks() | FieldMarks():
            yield from parts[0]
        case _:
            kept = looked.work.half
            by_sentence = [_by_sentence(some, looked) for some in parts]
            for number in sorted(by_sentence[0]):
                here = (some[number] for some in by_sentence)
                for chosen in product(*here):
                    if looked.work.spent(kept):
                        return
                    looked.work.left -= _CHOICE + len(chosen)
                    yield _whole(chosen)


def _by_sentence(spans: Iterable[Span], looked: Looked) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for span in spans:
        found.setdefault(looked.sentence(span), []).append(span)
    return found


def _whole(spans: Iterable[Span]) -> Span:
    """One span from the first word of some to the last."""
    several = tuple(spans)
    marks = tuple(mark for span in several for mark in span.marks)
    return Span(min(one.first for one in several), max(one.last for one in several), marks)
