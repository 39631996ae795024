"""Which words of a text a query matches, and where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from index.analysis import Token
from index.analysis.tokenizer import not_plain
from search.marking.compiled import finder_of
from search.marking.marked_text import Mark, MarkedText
from search.marking.parts import Runs
from search.marking.placed import mark_placed
from search.marking.sought import Sought
from search.marking.work import WINDOW, Work


def mark(  # noqa: C901 - one branch a kind of match
    text: str, sought: Sought, work: Work, most: int | None = None, *, title: bool = False
) -> MarkedText:
    """Find what is to be marked in a text, as far as the work that is left suffices.

    ``most``: after how many marks to look no further; None for all. Where words are sought that
    stand together, a text is looked at as a whole. ``title``: it is no body.
    Tokens are made only where some may match: in chunks that hold a trace of it, and in
    those that are not plain, of which nothing is foreseen.
    """
    if sought.nothing:
        return MarkedText(text, [])
    if sought.parts:
        return mark_placed(text, sought, work, _places(text, sought, work), body=not title)
    finder = finder_of(text, sought, work)
    if finder is not None:
        return MarkedText(text, [Mark(*one) for one in finder.marked(text, work, most)])
    found: dict[int, Mark] = {}
    stems, prefixes, pieces = sought.stems, sought.prefixes, sought.pieces
    look = _looking(sought, work)
    places = _places(text, sought, work)
    for run in sought.how.tokens_near(text, places, sought.beyond, look):
        before = len(found)
        for start, end, surface, stem in run:
            if stem in stems:
                found[start] = Mark(start, end, stem)
            elif prefixes and surface.startswith(prefixes):
                found[start] = Mark(start, end, surface)
            elif surface in pieces and end - start == len(surface):
                for piece in pieces[surface]:
                    left = start + piece.start
                    found[left] = Mark(left, start + piece.end, piece.found)
        if sought.phrases.by_first:
            _mark_runs(run, [token.surface for token in run], sought.phrases, found)
        if sought.runs.by_first:
            _mark_runs(run, [token.stem for token in run], sought.runs, found)
        work.marked(len(found) - before)
        if most is not None and len(found) >= most:
            break
    return MarkedText(text, list(found.values()) if sought.simple else sorted(found.values()))


def _mark_runs(tokens: list[Token], words: list[str], runs: Runs, found: dict[int, Mark]) -> None:
    """Mark the tokens whose words, as many, are one of the runs."""
    marked = 0  # the tokens before it are marked already
    for number in range(len(words)):
        size = 0
        for length, some in runs.by_first.get(words[number], ()):
            if tuple(words[number : number + length]) in some:
                size = length
                break
        for place in range(max(number, marked), number + size):
            start, end = tokens[place][:2]
            found[start] = Mark(start, end, words[place])
        marked = max(marked, number + size)


_UNSEEN = ("", "")
"""The surface form and the stem of what is not looked into; nothing that is sought is empty."""


def _looking(sought: Sought, work: Work) -> Callable[[str], tuple[Token, ...]]:
    """A look into a chunk: its tokens, or one that nothing matches where it costs too much."""
    into = sought.how.chunk

    def look(chunk: str) -> tuple[Token, ...]:
        return into(chunk) if work.looks_into(chunk) else (Token(0, len(chunk), *_UNSEEN),)

    return look


def _places(text: str, sought: Sought, work: Work) -> Iterator[int]:
    """The places of traces and of chunks that are not plain, in characters, ascending.

    They end where the work does.
    """
    # The only character that is longer in lower case; no plain chunk has it.
    lowered = text.replace("\u0130", "i").lower()
    for begin in range(0, len(text), WINDOW):
        if work.spent():
            return
        end = min(begin + WINDOW, len(text))
        places = not_plain(text, begin, end)
        for trace in sought.traces:
            behind = end + len(trace) - 1
            at = lowered.find(trace, begin, behind)
            while at >= 0:
                places.append(at)
                at = lowered.find(trace, at + 1, behind)
        places.sort()
        work.scanned(end - begin, len(sought.traces), len(places))
        yield from places
