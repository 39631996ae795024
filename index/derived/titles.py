"""The words of titles in their order, and all ends of titles sorted: a suffix array.

Suggestions read of it what stands behind what was typed, however many words that are: all titles
that have some words in a row are neighbours there (Manber and Myers 1990).

The derivation ``titles`` (see ``derivations``) has, if the segment has titles:

=============== ======== =============== ========================================================
section         dtype    items           what
=============== ======== =============== ========================================================
titles.words    u1 to u4 tokens + titles the titles one after the other: of each token one more
                                         than the ordinal of its term in ``title_exact``, and 0
                                         behind the last token of each
titles.starts   u4       titles          where each begins in ``words``; a title is that of the
                                         document with its number, and may have no token
titles.suffixes u4       tokens          the places in ``words`` but those of 0, ordered by the
                                         words from there to the title's end, and of equal ones by
                                         place. The ones that begin with a term are where its
                                         positions are in ``title_exact``
=============== ======== =============== ========================================================
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.derived.in_order import in_order
from index.errors import FileDamaged, FileMissing
from index.light_dataclass import dataclass
from index.segments.container import Array
from index.segments.postings_writer import width
from index.segments.reader import SegmentReader

NAME = "titles"
FIELD = "title_exact"

_BITS = 63
"""Of a number that is not negative."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The arrays of a segment: read, not to be written to."""

    words: NDArray[np.unsignedinteger]
    starts: NDArray[np.unsignedinteger]
    suffixes: NDArray[np.unsignedinteger]


def build(reader: SegmentReader) -> dict[str, Array]:
    """The arrays of the derivation. Raises ``FileDamaged``."""
    index = reader.fields.get(FIELD)
    if index is None or not index.terms:
        return {}
    texts = in_order(index, reader.size)
    number = np.repeat(np.arange(reader.size), np.diff(texts.starts))
    words = np.zeros(len(texts.tokens) + reader.size, np.int64)
    words[np.arange(len(texts.tokens)) + number] = texts.tokens
    starts = texts.starts[:-1] + np.arange(reader.size)
    ends = texts.starts[1:] + np.arange(reader.size)
    return {
        "words": words.astype(width(index.terms)),
        "starts": starts.astype("<u4"),
        "suffixes": _sorted(words, np.repeat(ends, ends - starts + 1)).astype("<u4"),
    }


def _sorted(words: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """The places of words, but of zeros, by what follows up to ``ends``, where the zeros are.

    Ranks of two words, of four, of eight ... (prefix doubling). No word is a number above how many
    places there are, as ordinals are not, each of which is somewhere: two share a key.
    """
    bits = len(words).bit_length()
    low = (1 << bits) - 1
    order = words.nonzero()[0]
    keys = words[order] << bits | words[order + 1]  # a zero is behind the last
    by_keys = _stable_order(keys, int(words.max(initial=0)).bit_length() + bits)
    order, keys = order[by_keys], keys[by_keys]
    ranks = np.zeros(len(words), np.int64)
    at, known = np.arange(len(order)), 2
    while len(at):
        changes = np.concatenate([[True], keys[1:] != keys[:-1]])
        # The rank of equal ones is the place of the first of them.
        firsts = at[np.maximum.accumulate(np.where(changes, np.arange(len(at)), 0))]
        ranks[order[at]] = firsts + 1
        alone = changes & np.concatenate([changes[1:], [True]])
        # Equal ones that end here stay equal.
        at = at[~alone & (keys & low > 0)]
        some = order[at]
        behind = some + known
        second = np.where(behind < ends[some], ranks.take(behind, mode="clip"), 0)
        keys = ranks[some] << bits | second
        by_keys = keys.argsort(kind="stable")  # sooner here: they are almost in order
        order[at] = some[by_keys]
        keys = keys[by_keys]
        known *= 2
    return order


def _stable_order(keys: NDArray[np.int64], bits: int) -> NDArray[np.int64]:
    """A stable argsort of numbers of so many bits: by a sort with their places, if both fit."""
    places = len(keys).bit_length()
    if bits + places > _BITS:
        return keys.argsort(kind="stable")
    together = keys << places | np.arange(len(keys))
    together.sort()
    return together & ((1 << places) - 1)


def titles_of(reader: SegmentReader) -> Titles | None:
    """The titles of a segment; None where it has none. Raises ``FileDamaged``.

    Computed where Whoosh's own writer wrote the segment.
    """
    index = reader.fields.get(FIELD)
    if index is None or not index.terms:
        return None
    try:
        derived = reader.derived
    except FileMissing:
        return Titles(**build(reader))
    words, starts, suffixes = (
        derived[f"{NAME}.{part}"].all() for part in ("words", "starts", "suffixes")
    )
    tokens = len(suffixes)
    if (
        len(starts) != reader.size
        or len(words) != tokens + len(starts)
        or tokens != int(index.all_of("position_at")[-1])
        or int(starts.max(initial=0)) >= len(words)
        or int(suffixes.max(initial=0)) >= len(words)
        or int(words.max(initial=0)) > index.terms
        or int(words[-1])
    ):
        raise FileDamaged(derived.name, "its titles do not fit the segment")
    return Titles(words, starts, suffixes)
