"""The twin of marks by place: every token is made, and every choice of words is tried."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise, product

from rapidfuzz.distance import OSA

from index.analysis import TextAnalysis, Token
from index.analysis.bulk import Encoder
from search.query.syntax.node import (
    FieldMarks,
    Marked,
    NearMarks,
    OpeningMarks,
    RunMarks,
    SentenceMarks,
)

Way = tuple[int, int, frozenset[tuple[int, int]]]
"""The first and the last position, and from where to where it is marked, in characters."""


def marks(text: str, wanted: Marked, how: TextAnalysis, *, body: bool) -> list[tuple[int, int]]:
    """What is marked, longer marks before those inside them."""
    tokens = how.tokens(text)
    begins = [0, *Encoder().encode([text]).begins.tolist()]
    sentences = [sum(begin <= number for begin in begins) for number in range(len(tokens))]
    every = {one for _, _, some in _ways(wanted, tokens, sentences, body) for one in some}
    found: list[tuple[int, int]] = []
    for start, end in sorted(every, key=lambda one: (one[0], -one[1])):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return found


def fits(pattern: str, word: str) -> bool:
    if not pattern:
        return not word
    if pattern[0] == "*":
        return any(fits(pattern[1:], word[at:]) for at in range(len(word) + 1))
    return bool(word) and pattern[0] in {"?", word[0]} and fits(pattern[1:], word[1:])


def _ways(wanted: Marked, tokens: list[Token], sentences: list[int], body: bool) -> Iterator[Way]:
    for number, token in enumerate(tokens):
        some = _of_word(wanted, token)
        if some:
            yield number, number, some
    surfaces, stems = [one.surface for one in tokens], [one.stem for one in tokens]
    for words, runs in ((surfaces, wanted.phrases), (stems, wanted.runs)):
        for run in runs:
            for at in range(len(tokens) - len(run) + 1):
                if len(run) > 1 and tuple(words[at : at + len(run)]) == run:
                    some = frozenset((one.start, one.end) for one in tokens[at : at + len(run)])
                    yield at, at + len(run) - 1, some
    for way in wanted.spans:
        if isinstance(way, OpeningMarks):
            ways = _ways(way.part, tokens, sentences, body)
            yield from (one for one in ways if body and one[1] < way.words)
        elif isinstance(way, FieldMarks):
            ways = _ways(way.part, tokens, sentences, body)
            yield from (one for one in ways if body == (way.scope == "body"))
        elif body or not isinstance(way, SentenceMarks):
            parts = (list(_ways(part, tokens, sentences, body)) for part in way.parts)
            for chosen in product(*parts):
                if _together(way, chosen, sentences):
                    yield (
                        min(one[0] for one in chosen),
                        max(one[1] for one in chosen),
                        frozenset().union(*(one[2] for one in chosen)),
                    )


def _of_word(wanted: Marked, token: Token) -> frozenset[tuple[int, int]]:
    start, end, surface, stem = token
    if (
        stem in wanted.stems
        or any(surface.startswith(prefix) for prefix in wanted.prefixes)
        or any(fits(pattern, surface) for pattern in wanted.patterns)
        or any(OSA.distance(surface, word) <= most for word, most in wanted.fuzzy)
        or (surface,) in wanted.phrases
    ):
        return frozenset({(start, end)})
    pieces = [one for one in wanted.pieces if one.surface == surface]
    if end - start != len(surface):
        return frozenset()
    return frozenset((start + one.start, start + one.end) for one in pieces)


def _together(
    way: NearMarks | RunMarks | SentenceMarks, chosen: tuple[Way, ...], sentences: list[int]
) -> bool:
    if isinstance(way, RunMarks):
        begin = chosen[0][0]
        return all(one[0] == begin + at for one, at in zip(chosen, way.offsets, strict=True))
    if isinstance(way, SentenceMarks):
        return len({sentences[at] for one in chosen for at in one[:2]}) == 1
    apart = all(one[1] < two[0] or two[1] < one[0] for one, two in combinations(chosen, 2))
    in_order = all(one[1] < two[0] for one, two in pairwise(chosen))
    far = max(one[1] for one in chosen) - min(one[0] for one in chosen)
    far -= sum(one[1] - one[0] for one in chosen)
    return apart and (in_order or not way.ordered) and far <= max(way.distance, len(chosen) - 1)
