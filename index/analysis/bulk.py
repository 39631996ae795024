"""Texts to arrays of term ids, in bulk.

Chunks (see ``tokenizer``) are found by array operations over the texts' UTF-8 bytes, each distinct
chunk is analysed once by ``TextAnalysis``, the one definition of the rules, and the terms' ids are
gathered by indexing. No object is made for a token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.analysis.interning import PADDING, Interner
from index.analysis.sentences import beginning, is_short
from index.analysis.text import TextAnalysis, analysis
from index.analysis.tokenizer import JOINERS, SEPARATORS

BATCH_BYTES = 1 << 20
"""About so much text at a time: its arrays stay in the processor's cache."""

_SEPARATOR, _WORD, _JOINER = 0, 1, 2

_LETTERS = re.compile(rb"[A-Za-z]+")
_CHANGE_OF_CASE = re.compile(rb"[a-z][A-Z]|[A-Z][A-Z][a-z]")
_LONGEST_WRITTEN = 63
"""Letters of a word of which it is known which are capitals: a bit each."""
_SMALL_A = ord("a")


def _classes() -> tuple[bytes, dict[bytes, NDArray[np.uint8]]]:
    """The class of every single byte, and of the last byte of longer ones by those before it."""
    single = bytearray(_WORD for _ in range(256))
    longer: dict[bytes, NDArray[np.uint8]] = {}
    for characters, kind in ((SEPARATORS, _SEPARATOR), (JOINERS, _JOINER)):
        for character in characters:
            encoded = character.encode()
            if len(encoded) == 1:
                single[encoded[0]] = kind
            else:
                table = longer.setdefault(encoded[:-1], np.full(256, _WORD, np.uint8))
                table[encoded[-1]] = kind
    return bytes(single), longer


_CLASSES, _LONGER = _classes()


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts as term ids, text after text.

    ``stems``, ``surfaces``: (t,) uint32, equal positions; ``counts``: (n,) int64, the tokens of
    each text. ``sentences``: (n,) int64, how many of each text's sentences follow another one, and
    ``begins``: (s,) uint32, at which of its tokens these begin.
    """

    stems: NDArray[np.uint32]
    surfaces: NDArray[np.uint32]
    counts: NDArray[np.int64]
    sentences: NDArray[np.int64]
    begins: NDArray[np.uint32]


class Encoder:
    """Encodes texts with one growing vocabulary; ids are stable over all calls.

    Not safe under threads.

    ``stems`` and ``surfaces``: id to term. ``written``: words with a change of case inside them, to
    which of their letters were capitals, as bits; of several ways the one of the lowest number.
    """

    def __init__(self, how: TextAnalysis | None = None) -> None:
        self._analysis = how or analysis()
        self._interner = Interner()
        self._stem_ids: dict[str, int] = {}
        self._surface_ids: dict[str, int] = {}
        self._words: dict[bytes, int] = {}  # plain words to the place of their terms
        self.written: dict[str, int] = {}
        self._chunks = 0
        self._terms = 0
        self._first = np.empty(1 << 16, np.int32)  # of a chunk's terms, its place in the two below
        self._count = np.empty(1 << 16, np.int32)
        self._short = np.empty(1 << 16, np.bool_)  # see ``sentences``
        self._stem_of = np.empty(1 << 16, np.uint32)
        self._surface_of = np.empty(1 << 16, np.uint32)
        # Having freed a block of almost 32 MB, glibc serves arrays of a batch's size from its heap
        # and keeps them there, which saves a third of the page faults.
        np.empty(31 << 20, np.uint8)

    @property
    def distinct_chunks(self) -> int:
        """How many distinct chunks were seen."""
        return self._chunks

    @property
    def chunks(self) -> Sequence[bytes]:
        """The distinct chunks that were seen, as they are written."""
        return self._interner.distinct

    @property
    def stems(self) -> list[str]:
        return list(self._stem_ids)

    @property
    def surfaces(self) -> list[str]:
        return list(self._surface_ids)

    def encode(self, texts: Sequence[str]) -> Encoded:
        """The texts' terms as ids."""
        parts = [self._encode(batch) for batch in _batches(texts)]
        if not parts:
            nothing = np.empty(0, np.uint32)
            none = np.empty(0, np.int64)
            return Encoded(nothing, nothing, none, none, nothing)
        if len(parts) == 1:
            return parts[0]
        return Encoded(
            np.concatenate([part.stems for part in parts]),
            np.concatenate([part.surfaces for part in parts]),
            np.concatenate([part.counts for part in parts]),
            np.concatenate([part.sentences for part in parts]),
            np.concatenate([part.begins for part in parts]),
        )

    def _encode(self, texts: list[bytes]) -> Encoded:
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        text_ends = np.cumsum(lengths + 1)
        padding = PADDING + -(int(text_ends[-1]) + PADDING) % 8
        buffer = b"\0".join([b"", *texts, bytes(padding - 1)])
        starts, ends = chunk_edges(buffer)
        chunks = self._interner.intern(buffer, starts, ends)
        self._learn()
        sizes = self._count.take(chunks)
        before = np.zeros(len(chunks) + 1, np.int64)
        np.cumsum(sizes, out=before[1:])
        where = np.repeat(self._first.take(chunks) - before[:-1], sizes)
        where += np.arange(before[-1])
        upto = before[np.searchsorted(starts, text_ends)]
        # A sentence that begins where a text does is its first.
        begins = before[beginning(buffer, starts, ends, self._short.take(chunks))]
        of_text = upto.searchsorted(begins, "right")
        inside = begins - np.concatenate([[0], upto])[of_text]
        later = np.diff(begins, prepend=-1) != 0
        later &= (inside > 0) & (of_text < len(texts))
        return Encoded(
            self._stem_of.take(where),
            self._surface_of.take(where),
            np.diff(upto, prepend=0),
            np.bincount(of_text[later], minlength=len(texts)),
            inside[later].astype(np.uint32),
        )

    def _learn(self) -> None:
        """Analyse the chunks that were not seen before."""
        names = self._interner.distinct
        if len(names) == self._chunks:
            return
        first: list[int] = []
        count: list[int] = []
        stems: list[int] = []
        surfaces: list[int] = []
        fresh: dict[bytes, int] = {}
        known, stem_ids, surface_ids = self._words, self._stem_ids, self._surface_ids
        terms = self._analysis.terms
        for name in names[self._chunks :]:
            if not name.islower() and _CHANGE_OF_CASE.search(name):
                self._learn_capitals(name)
            if name.isalpha():
                # ASCII letters: one token, the same for "Rusia" and "rusia". The commonest case.
                word = name.lower()
                place = known.get(word)
                if place is None:
                    place = fresh.get(word)
                if place is not None:
                    first.append(place)
                    count.append(1)
                    continue
                fresh[word] = self._terms + len(stems)
            first.append(self._terms + len(stems))
            found = terms(name.decode("utf-8", "surrogatepass"))
            count.append(len(found))
            for surface, stem in found:
                stems.append(stem_ids.setdefault(stem, len(stem_ids)))
                surfaces.append(surface_ids.setdefault(surface, len(surface_ids)))
        self._first = _room(self._first, len(names))
        self._short = _room(self._short, len(names))
        self._short[self._chunks : len(names)] = [*map(is_short, names[self._chunks :])]
        self._count = _room(self._count, len(names))
        self._first[self._chunks : len(names)] = first
        self._count[self._chunks : len(names)] = count
        self._chunks = len(names)
        end = self._terms + len(stems)
        self._stem_of = _room(self._stem_of, end)
        self._surface_of = _room(self._surface_of, end)
        self._stem_of[self._terms : end] = stems
        self._surface_of[self._terms : end] = surfaces
        self._terms = end
        known.update(fresh)

    def _learn_capitals(self, chunk: bytes) -> None:
        for word in _LETTERS.findall(chunk):
            if len(word) <= _LONGEST_WRITTEN and _CHANGE_OF_CASE.search(word):
                surface, written = word.lower().decode(), capitals(word)
                self.written[surface] = min(written, self.written.get(surface, written))


def capitals(word: bytes) -> int:
    """Which letters of a word are capitals: bit i for letter i."""
    return sum(1 << at for at, letter in enumerate(word) if letter < _SMALL_A)


def _room(array: NDArray[Any], size: int) -> NDArray[Any]:
    """The array, grown to hold ``size`` values at the least."""
    if size <= len(array):
        return array
    grown = np.empty(max(size, 2 * len(array)), array.dtype)
    grown[: len(array)] = array
    return grown


def _batches(texts: Sequence[str]) -> Iterator[list[bytes]]:
    """The texts as UTF-8, in lists of about ``BATCH_BYTES``; lone surrogates are kept."""
    batch: list[bytes] = []
    size = 0
    for text in texts:
        encoded = text.encode("utf-8", "surrogatepass")
        batch.append(encoded)
        size += len(encoded)
        if size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def chunk_edges(buffer: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where chunks start and end, (n,) each; ``buffer`` begins and ends with a zero byte."""
    kinds = np.frombuffer(buffer.translate(_CLASSES), np.uint8)
    joints = []
    if not buffer.isascii():
        kinds = kinds.copy()
        joints = list(_mark_longer(buffer, kinds))
    inside = kinds >> 1  # 1 at a joiner
    inside[1:-1] &= kinds[:-2] & kinds[2:]  # that has a word's byte on either side
    inside[0] = inside[-1] = 0
    inside |= kinds & 1
    for size, at in joints:
        between = at[(kinds[at - 1] & kinds[at + size] & 1) == 1]
        for step in range(size):
            inside[between + step] = 1
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    edges += 1
    return np.ascontiguousarray(edges[::2]), np.ascontiguousarray(edges[1::2])


def _mark_longer(
    buffer: bytes, kinds: NDArray[np.uint8]
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Write the class of separators and joiners of several bytes to ``kinds``.

    Yields the joiners' sizes in bytes and places.
    """
    raw = np.frombuffer(buffer, np.uint8)
    for prefix, table in _LONGER.items():
        at = np.flatnonzero(raw == prefix[0])
        for step, byte in enumerate(prefix[1:], start=1):
            at = at[raw[at + step] == byte]
        kind = table[raw[at + len(prefix)]]
        size = len(prefix) + 1
        parting = at[kind != _WORD]
        for step in range(size):
            kinds[parting + step] = _SEPARATOR
        yield size, at[kind == _JOINER]
