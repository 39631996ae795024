"""Batches of texts to numbers of their chunks, and where sentences begin, by array operations.

``Scanner`` is the compiled one (``index.kernels.scanning``) where it is there, which does the same
in one pass; ``ArrayScanner`` is its witness.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from index.analysis.interning import PADDING, Ids, Interner, Numbers
from index.analysis.sentences import beginning
from index.analysis.tokenizer import JOINERS, SEPARATORS
from index.kernels import kernel

_SEPARATOR, _WORD, _JOINER = 0, 1, 2


def _kinds() -> NDArray[np.uint8]:
    """Of each code point up to the last that is no part of a word, what it is."""
    kinds = np.full(1 + max(map(ord, SEPARATORS + JOINERS)), _WORD, np.uint8)
    kinds[[*map(ord, SEPARATORS)]] = _SEPARATOR
    kinds[[*map(ord, JOINERS)]] = _JOINER
    return kinds


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


def padded(texts: list[bytes]) -> bytes:
    """Texts as a scanner takes them: zeros before, between and behind them."""
    size = 1 + sum(map(len, texts)) + len(texts)
    return b"\0".join([b"", *texts, bytes(PADDING - 1 + -(size - 1 + PADDING) % 8)])


class ArrayScanner:
    """One vocabulary of chunks, numbered from 0 on. Not safe under threads.

    ``distinct``: number to chunk.
    """

    def __init__(self) -> None:
        self._interner = Interner()

    @property
    def distinct(self) -> list[bytes]:
        return self._interner.distinct

    def scan(
        self, buffer: bytes, text_ends: Numbers
    ) -> tuple[Ids, Numbers, Numbers, NDArray[np.bool_]]:
        """The chunks of ``padded`` texts; ``text_ends``: (t,) where these end, ascending.

        Returns ``numbers``, (n,) int32, of all chunks; ``upto``, (t,) int64, how many of them begin
        before the end of each text; and what ``beginning`` does.
        """
        starts, ends = chunk_edges(buffer)
        numbers = self._interner.intern(buffer, starts, ends)
        return numbers, starts.searchsorted(text_ends), *beginning(buffer, starts, ends)


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


_compiled, _terms = kernel("scanning"), kernel("terms")


def scanner() -> ArrayScanner:
    """A scanner with an empty vocabulary: the compiled one where it is there."""
    return ArrayScanner() if _compiled is None else _compiled.Scanner(_kinds())


EncodedArrays = tuple[NDArray[np.uint32], NDArray[np.uint32], Numbers, Numbers, NDArray[np.uint32]]
"""The arrays of an ``Encoded`` (see ``bulk``), in their order."""


def encoded_by_arrays(  # noqa: PLR0917 - arrays that belong together
    chunks: Ids,
    upto: Numbers,
    begins: Numbers,
    unless: NDArray[np.bool_],
    first: Ids,
    terms: NDArray[np.uint32],
    are_short: NDArray[np.bool_],
) -> EncodedArrays:
    """The terms of texts, and where their sentences begin.

    ``chunks``, ``upto``, ``begins`` and ``unless``: what ``scan`` gives. ``first``: (c + 1 or
    more,), where the terms of each chunk begin in ``terms``, (m, 2), stems and surface forms, and
    where the last one's end. ``are_short``: (c or more,), which are abbreviations.
    """
    begins = begins[~(unless & are_short[chunks[begins - 1]])]
    of_chunks = first.take(chunks)
    sizes = first[1:].take(chunks) - of_chunks
    before = np.zeros(len(chunks) + 1, np.int64)
    np.cumsum(sizes, out=before[1:])
    where = np.repeat(of_chunks - before[:-1], sizes)
    where += np.arange(before[-1])
    upto, begins = before[upto], before[begins]
    # A sentence that begins where a text does is its first.
    of_text = upto.searchsorted(begins, "right")
    inside = begins - np.concatenate([[0], upto])[of_text]
    later = np.diff(begins, prepend=-1) != 0
    later &= (inside > 0) & (of_text < len(upto))
    return (
        terms[:, 0].take(where),
        terms[:, 1].take(where),
        np.diff(upto, prepend=0),
        np.bincount(of_text[later], minlength=len(upto)),
        inside[later].astype(np.uint32),
    )


def _encoded(  # noqa: PLR0917 - arrays that belong together
    chunks: Ids,
    upto: Numbers,
    begins: Numbers,
    unless: NDArray[np.bool_],
    first: Ids,
    terms: NDArray[np.uint32],
    are_short: NDArray[np.bool_],
) -> EncodedArrays:
    flags = unless.view(np.uint8), are_short.view(np.uint8)
    found: EncodedArrays = _terms.encoded(chunks, upto, begins, flags[0], first, terms, flags[1])
    return found


encoded = encoded_by_arrays if _terms is None else _encoded
