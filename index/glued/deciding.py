"""Which terms of a generation are glued words, decided from the terms of its segments.

The same articles give the same answer however they fall into segments, where all are decided at
once; deleted ones count until their segment is written anew. Of a few new articles only their own
terms are decided (``decide_new``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from index.analysis import TextAnalysis
from index.derived import written_in
from index.derived.small import are_small, small_in
from index.fields import EXACT, TEXTS
from index.glued.apart import Archive, Parts
from index.glued.compiled import all_lists
from index.glued.judging import LONGEST, SHORTEST, SHORTEST_SMALL, Judge
from index.glued.looking_up import Dictionary
from index.glued.neighbours import Neighbours
from index.glued.parts import Kinds
from index.glued.vocabulary import FieldTerms, counted, listed, rare_in, words_in
from index.light_dataclass import dataclass
from index.segments.hashing import (
    Counts,
    Numbers,
    blob_of,
    blob_of_sizes,
    numbers_of,
    term_numbers,
)
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader

_NAMES = tuple(field + EXACT for field in TEXTS)

_FEW_TERMS = 2000
"""An archive of fewer rare terms has few words, so that parts need not be among them."""

_FEW = 4
_RARE = 1500
"""A glued word is in no more than one of so many articles, or in ``_FEW``; title and body count as
an article each, here and below."""

_RARE_BY_CASE = 500
"""The same of one whose writer changed case."""

_COMMON = 5000
_MOST_FEWEST = 5
_SMALL = 1000
_OFTEN, _EVERYWHERE = 300, 8
"""A word that is no typing error is in two articles, of many articles in more."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Glued words and their parts, two or more, in order. ``few``: see ``Judge``."""

    glued: Mapping[str, Parts]
    few: bool


def load_glued(how: TextAnalysis) -> None:
    """Load what is decided by and is the same for all segments, which takes a while."""
    listed()
    if how.compiled is not None:
        all_lists()


def decide(segments: Sequence[SegmentReader], how: TextAnalysis) -> Decided:
    """The glued words of some segments. Raises ``FileDamaged``."""
    size = sum(segment.size for segment in segments)
    fields = [
        FieldTerms(segment.fields[name])
        for segment in segments
        for name in _NAMES
        if name in segment.fields and segment.fields[name].terms
    ]
    if not fields:
        return Decided({}, few=True)
    counts, places = counted(fields)
    known = {one.index: one.numbers for one in fields}
    places_of = dict(zip(known, places, strict=True))

    def numbers(field: FieldIndex) -> Numbers:
        return known[field] if field in known else term_numbers(field)

    written = written_in(segments, numbers)
    small = small_in(segments, counts.numbers, places_of.get)
    rare = rare_in(fields, counts, places, _most(size), small)
    few = sum(map(len, rare)) < _FEW_TERMS
    words = words_in(fields, counts, places, _fewest(size), few=few)
    archive = Archive(counts, _by_numbers(counts), words, _judge(segments, how, few=few))
    found: dict[str, Parts] = {}
    for one, at, ordinals in zip(fields, places, rare, strict=True):
        asked = one.starts[ordinals], one.ends[ordinals]
        found |= archive.apart(one.blob, *asked, small[at[ordinals]])
    found |= archive.by_case(written, _most_by_case(size), found)
    return Decided(found, few)


def decide_new(
    segments: Sequence[SegmentReader], new: Sequence[SegmentReader], how: TextAnalysis
) -> tuple[dict[str, Parts], set[str]]:
    """The glued words among the terms of a few ``new`` ones of many segments.

    And the terms that are in too many articles now to be any, however they were decided before.
    Not for an archive of few words. Raises ``FileDamaged``.
    """
    size = sum(segment.size for segment in segments)
    dictionary = Dictionary(segments)
    capitals = written_in(new)
    terms = _plain_terms(new)
    written = {word: bits for word, bits in capitals.items() if len(word) <= LONGEST}
    most = _most_by_case(size)
    often = {word for word in terms | written.keys() if dictionary.articles(word) > most}
    written = {word: bits for word, bits in written.items() if word not in often}
    rare = sorted(word for word in terms - often if dictionary.articles(word) <= _most(size))
    small = are_small(segments, rare)
    asked = [
        (word, is_small)
        for word, is_small in zip(rare, small, strict=True)
        if is_small or len(word) >= SHORTEST
    ]
    counts, words = dictionary.counts([*(word for word, _ in asked), *written], _fewest(size))
    judge = _judge(segments, how, few=False)
    archive = Archive(counts, dictionary.all_of, words, judge)
    found: dict[str, Parts] = {}
    if asked:
        texts = [word.encode() for word, _ in asked]
        found = archive.apart(*blob_of(texts), np.array([one for _, one in asked], np.bool_))
    found |= archive.by_case(written, most, found)
    return found, often


def _plain_terms(segments: Iterable[SegmentReader]) -> set[str]:
    """Those that may be glued by how they are written."""
    found: set[str] = set()
    for segment in segments:
        for name in _NAMES:
            if name in segment.fields:
                field = segment.fields[name]
                texts = field.texts(0, field.terms)
                found.update(
                    text.decode()
                    for text in texts
                    if SHORTEST_SMALL <= len(text) <= LONGEST and text.isascii() and text.isalpha()
                )
    return found


def _by_numbers(counts: Counts) -> Callable[[Sequence[str]], list[int]]:
    def articles_of(texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        joined = "".join(texts)
        if joined.isascii():  # told sooner
            blob, *bounds = blob_of_sizes(joined.encode(), map(len, texts), len(texts))
            numbers = blob.numbers(*bounds)
        else:
            numbers = numbers_of([text.encode() for text in texts])
        found: list[int] = counts.of(numbers).tolist()
        return found

    return articles_of


def _judge(segments: Sequence[SegmentReader], how: TextAnalysis, *, few: bool) -> Judge:
    size = sum(segment.size for segment in segments)
    fewest = _fewest(size)
    common, everywhere = 4 * fewest + size // _OFTEN, 1 + fewest + size // _EVERYWHERE
    return Judge(Kinds(how), fewest, common, everywhere, few, Neighbours(segments))


def _fewest(size: int) -> int:
    return min(1 + (size >= _SMALL) + size // _COMMON, _MOST_FEWEST)


def _most(size: int) -> int:
    return max(_FEW, size // _RARE)


def _most_by_case(size: int) -> int:
    return max(_FEW, size // _RARE_BY_CASE)
