"""The list of derivations: arrays computed from a complete segment and kept beside its postings.

A derivation is a name and a function from an open segment to named arrays. ``derive`` runs all of
them and writes the arrays into the segment's file ``<segment>.der``; a module for each derivation
describes its arrays and reads them.

A merged segment is a complete segment, too, and everything is computed anew for it. That is right
for what follows from the terms, as reading those costs little. A derivation with one item for each
document that is expensive (a signature of the text, say) is better copied from the merged segments,
``items[kept]`` of each, as ``index.segments.merge`` does with columns: the first such derivation
brings a second function, from the readers of those segments to the arrays.

What only the texts tell (how words with capitals inside are written, ``capitals``, which stand in
small letters, ``small``, where ``sentences`` begin) whoever made the terms hands on; of a merged
segment it is what was known of its parts.

What needs the whole index (which articles are one story, say) is decided from the arrays of all
segments, when a generation is built or opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from index.analysis import TextAnalysis
from index.derived import capitals, pairs, sentences, small, titles, words
from index.derived.capitals import Strange
from index.derived.sentences import Sentences
from index.light_dataclass import dataclass
from index.segments.derived import sections_of, write_derived
from index.segments.reader import SegmentReader, open_segment
from index.segments.segment import ArraySegment


@dataclass(frozen=True, slots=True)
class Told:
    """What only the texts of a segment tell: of its words and maybe of others.

    ``capitals``: how words with capitals inside are written; ``strange``: the same by the numbers
    of words, which are no terms. ``cases``: which words are written in small letters wherever they
    stand. ``sentences``: those of its bodies; None where only words are asked about.
    """

    capitals: capitals.Written
    strange: Strange
    cases: small.Cases
    sentences: Sentences | None = None


@dataclass(frozen=True)
class Derivation:
    """``build`` gives arrays by names, which are the derivation's own."""

    name: str
    build: Callable[[SegmentReader, Told], Mapping[str, NDArray[Any]]]


DERIVATIONS = (
    Derivation(words.NAME, lambda reader, _: words.build(reader)),
    Derivation(
        capitals.NAME,
        lambda reader, told: capitals.build(reader, told.capitals, told.strange),
    ),
    Derivation(small.NAME, lambda reader, told: small.build(reader, told.cases)),
    Derivation(titles.NAME, lambda reader, _: titles.build(reader)),
    Derivation(pairs.NAME, lambda reader, _: pairs.build(reader)),
    Derivation(sentences.NAME, lambda _, told: sentences.build(told.sentences)),
)


_CASES = (capitals.NAME, small.NAME)


def derive(storage: Storage, segment: ArraySegment, told: Told) -> None:
    """Write what is learned from a complete segment beside its other files.

    Raises ``FileDamaged``.
    """
    Deriving(storage, segment, lambda: told).finish()


class Deriving:
    """What is learned from a complete segment, in two steps, as glued words need the first alone.

    ``told`` is asked with the first. Both raise ``FileDamaged``.
    """

    def __init__(self, storage: Storage, segment: ArraySegment, told: Callable[[], Told]) -> None:
        self.segment = segment
        self._storage = storage
        self._ask = told

    @cached_property
    def _told(self) -> Told:
        return self._ask()

    @cached_property
    def _reader(self) -> SegmentReader:
        return open_segment(self._storage, self.segment)

    @cached_property
    def _of_cases(self) -> dict[str, Mapping[str, NDArray[Any]]]:
        return {one.name: self._build(one) for one in DERIVATIONS if one.name in _CASES}

    def _build(self, one: Derivation) -> Mapping[str, NDArray[Any]]:
        return one.build(self._reader, self._told)

    def cases(self) -> dict[str, NDArray[Any]]:
        """The sections of how words are written."""
        return dict(sections_of(self._of_cases))

    def finish(self) -> None:
        """Learn the rest, and write all of it beside the segment's other files."""
        known = self._of_cases
        found = {one.name: known.get(one.name) or self._build(one) for one in DERIVATIONS}
        write_derived(self._storage, self.segment, found)


def told_by_encoder(
    written: capitals.Written, distinct: Sequence[bytes], of_bodies: Sentences
) -> Told:
    """What an encoder tells: how words are ``written``, its ``distinct`` pieces of texts.

    And the sentences of the bodies.
    """
    return Told(written, {}, small.cases_of(distinct), of_bodies)


def told_by_segments(readers: Sequence[SegmentReader]) -> Told:
    """What is known of the words of segments. Raises ``FileDamaged``."""
    return Told(*capitals.told_in(readers), small.cases_in(readers))


def told_by_merged(readers: Sequence[SegmentReader], how: TextAnalysis) -> Told:
    """What is known of segments that are merged into one. Raises ``FileDamaged``.

    ``how``: as the words of their generation are analysed.
    """
    return replace(told_by_segments(readers), sentences=sentences.sentences_in(readers, how))
