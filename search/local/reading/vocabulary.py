"""The words of an index's exact fields that are near to a given one.

Only words of the letters a to z are looked at. Of each, its length and the set of its letters, a
bit each, stand in the segments (``index.derived.words``). An edit changes at most two of these
bits, so that most words are ruled out by arithmetic on one number each, and edits are counted for
the few left. They are kept by length, the commonest first: most words are in few articles, and
need not be looked at where a commoner one is wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.derived.words import OTHER, WordShapes, words_of
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader
from search.budget import SHAPE, TERM, Budget
from search.local.reading.nearest import near
from search.local.reading.terms import find_term

if TYPE_CHECKING:
    from index.kernels.shapes import Shapes

_kernel = kernel("shapes")
_A = ord("a")
_LENGTHS = 256
_BITS = 63
"""Of a number that is not negative."""
_FIRST = np.uint16(0xFF)
_TWO_ENDS = 5
"""One edit leaves the first two letters or the last two of a word of so many as they were."""
_MOST_DOCUMENTS = 0x7FFFFFFF
_KEPT = 1000
_Number = TypeVar("_Number", bound=np.generic)
_SELDOM = 7000
"""What fewer than one article of so many has is hardly asked for: see ``likely``."""
_Nears = list[tuple[bytes, int, int]]
_Look = Callable[[bytes, tuple[int, ...]], tuple[_Nears, int]]
"""As ``_in_arrays`` of the words of a segment."""
_Key = tuple[str, str, tuple[int, ...]]
_Found = dict[bytes, list[tuple[int, int]]]
"""Of each near word how many edits it is away, and how many documents have it, by segments."""
_Part = tuple[int, int, int]
"""Where words of one length begin and end, and how many letters more or fewer they have."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the index: how many edits from the given one, and how many articles have it."""

    word: str
    distance: int
    articles: int


class Vocabulary:
    """The words of a snapshot's segments. Safe under threads; methods raise ``FileDamaged``."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._segments = segments
        self._looks: dict[tuple[int, str], tuple[_Look, int]] = {}
        self._having: dict[str, tuple[int, ...]] = {}
        self._seldom = sum([one.size for one in segments]) // _SELDOM
        self._near: dict[_Key, tuple[tuple[Near, ...], int]] = {}

    def near(
        self, field: str, word: str, fewest: tuple[int, ...], budget: Budget
    ) -> tuple[Near, ...] | None:
        """The words of a field that are near to ``word`` of the letters a to z, unordered.

        ``fewest``: how many articles at least have those of up to one edit, then those of two, if
        they are asked for, which are not fewer. Those that begin with another letter are near by
        one edit only.
        None where the budget was spent before all were looked at; what was read until then is kept,
        so that the next call gets farther.
        """
        key = field, word, fewest
        known = self._near.get(key)
        if known is not None and budget.lasts(known[1]):
            budget.work += known[1]
            return known[0]
        found = self._looked_for(key, budget)
        return None if found is None else found[0]

    def nearest(
        self, field: str, word: str, fewest: tuple[int, ...]
    ) -> tuple[tuple[Near, ...], int]:
        """The words as ``near`` finds them, and the work of that, which no budget bounds."""
        key = field, word, fewest
        found = self._near.get(key) or self._looked_for(key)
        assert found is not None  # as no budget was spent
        return found

    def _looked_for(
        self, key: _Key, budget: Budget | None = None
    ) -> tuple[tuple[Near, ...], int] | None:
        """The near words of all segments, kept from now on, and the work; None: budget spent."""
        field, word, fewest = key
        having, work = self._having_of(field), 0
        # What so many articles have, one segment has in its share of them at the least.
        shares = tuple([-(-least // max(len(having), 1)) for least in fewest])
        found: _Found = {}
        letters = word.encode()
        for number in having:
            if budget is not None and budget.spent():
                return None
            cost = self._read(number, field, letters, shares, found)
            work += cost
            if budget is not None:
                budget.work += cost
        return self._kept(key, shares, found, work), work

    def looks(self, field: str, fewest: int) -> tuple[list[_Look], int]:
        """What looks among a field's words, of each segment, that so many articles have in all.

        And how many articles of a segment have these at the least.
        """
        having = self._having_of(field)
        share = -(-fewest // max(len(having), 1))
        known = [self._look(number, field, share) for number in having]
        return [look for look, _ in known], max([least for _, least in known], default=0)

    def _having_of(self, field: str) -> tuple[int, ...]:
        """The numbers of the segments that have a field."""
        having = self._having.get(field)
        if having is None:
            some = enumerate(self._segments)
            having = tuple([number for number, one in some if _has(one, field)])
            self._having[field] = having
        return having

    def _read(
        self, number: int, field: str, letters: bytes, shares: tuple[int, ...], found: _Found
    ) -> int:
        """Add the near words of a segment to what was found; what it costs."""
        look, _ = self._look(number, field, shares[0])
        near, looked_at = look(letters, shares)
        for text, distance, articles in near:
            found.setdefault(text, []).append((distance, articles))
        return TERM + SHAPE * looked_at

    def _kept(
        self, key: _Key, shares: tuple[int, ...], found: _Found, work: int
    ) -> tuple[Near, ...]:
        """Those of the words that were found which articles enough have; kept from now on."""
        if len(self._near) >= _KEPT:
            self._near.clear()
        if not found:  # as of most words
            self._near[key] = (), work
            return ()
        field, _, fewest = key
        segments = len(self._having_of(field))
        several = []
        for text, of_segments in found.items():
            distance, _ = of_segments[0]
            least, share = fewest[max(distance, 1) - 1], shares[max(distance, 1) - 1]
            articles = sum(count for _, count in of_segments)
            unseen = (share - 1) * (segments - len(of_segments))
            if unseen and articles + unseen >= least:
                articles = find_term(self._segments, field, text).document_frequency
            if articles >= least:
                several.append(Near(text.decode(), distance, articles))
        near = tuple(several)
        self._near[key] = near, work
        return near

    def _look(self, number: int, field: str, fewest: int) -> tuple[_Look, int]:
        """What looks among the words of a segment that so many articles have.

        And how many have these at the least.
        """
        known = self._looks.get((number, field))
        if known is None or fewest < known[1]:
            # Most words are in few articles: they are left out until they are asked for.
            least = -(-self._seldom // len(self._having[field]))
            least = least if fewest >= least else 1
            words = _words_of(self._segments[number], field, least)
            look = partial(_in_arrays, words) if _kernel is None else _compiled(words).near
            known = self._looks[number, field] = look, least
        return known


def is_plain(word: str) -> bool:
    """Whether a word has nothing but the letters a to z."""
    return word.isascii() and word.isalpha() and word.islower()


@dataclass(frozen=True, slots=True)
class _Words:
    """The plain words of a segment's field: (n,) each, by length, the commonest first.

    ``begins``: where those of each length begin, up to the end of the greatest. ``counts``: how
    many articles have them, as negative numbers, which ascend. ``heads``, ``tails``: the first two
    bytes and the last two, of shorter words with a neighbour's. ``text``, ``ends``: all terms of
    the field, and where each ends, behind a zero. The others as in ``WordShapes``.
    """

    begins: NDArray[np.int64]
    ordinals: NDArray[np.int32]
    counts: NDArray[np.int32]
    letters: NDArray[np.uint32]
    heads: NDArray[np.uint16]
    tails: NDArray[np.uint16]
    text: memoryview
    ends: NDArray[np.integer[Any]]

    def texts(self, ordinals: NDArray[np.int32]) -> list[bytes]:
        """Some terms."""
        bounds = zip(self.ends[ordinals].tolist(), self.ends[ordinals + 1].tolist(), strict=True)
        return [bytes(self.text[start:end]) for start, end in bounds]

    def common(self, length: int, fewest: int) -> tuple[int, int]:
        """Where those of a length begin and end that no fewer articles have."""
        start, end = self.begins[length : length + 2].tolist()
        least = np.int32(-min(fewest, _MOST_DOCUMENTS))
        return start, start + int(self.counts[start:end].searchsorted(least, "right"))

    def near(self, size: int, fewest: tuple[int, ...]) -> list[_Part]:
        """Where words are that may be near to one of so many letters."""
        edits = len(fewest)
        found = []
        for length in range(max(size - edits, 1), min(size + edits + 1, _LENGTHS)):
            longer = abs(length - size)
            found.append((*self.common(length, fewest[longer - 1 if longer else 0]), longer))
        return found


def _has(segment: SegmentReader, field: str) -> bool:
    return field in segment.fields and segment.fields[field].terms > 0


def _words_of(segment: SegmentReader, field: str, least: int) -> _Words:
    """Those that no fewer articles have."""
    index, shapes = segment.fields[field], words_of(segment, field)
    of_terms = _words_in_arrays if _kernel is None else _words_compiled
    return of_terms(index, shapes, least)


def _words_compiled(index: FieldIndex, shapes: WordShapes, least: int) -> _Words:
    """The same by the kernel. Raises ``IndexError`` where arrays do not fit each other."""
    text, ends, places = _text_of(index), index.all_of("text_at"), index.all_postings()
    begins, ordinals, counts, letters, heads, tails = _kernel.by_length(
        places.view(np.uint8),
        places.itemsize,
        shapes.lengths,
        shapes.letters,
        text,
        ends.view(np.uint8),
        ends.itemsize,
        least,
        int(OTHER),
    )
    return _Words(begins, ordinals, counts, letters, heads, tails, text.data, ends)


def _words_in_arrays(index: FieldIndex, shapes: WordShapes, least: int) -> _Words:
    """The same without a kernel."""
    frequencies = index.document_frequencies(0, index.terms)
    plain = ((frequencies >= least) & (shapes.letters < OTHER)).nonzero()[0]
    counts = -frequencies[plain].astype(np.int32)
    lengths = shapes.lengths[plain]
    order = _in_order(lengths, counts)
    begins = lengths[order].searchsorted(np.arange(_LENGTHS + 1, dtype=np.uint16))
    text, ends = _text_of(index), index.all_of("text_at")
    # Two bytes from any place on as one number.
    pairs: NDArray[np.uint16] = np.ndarray((len(text) - 1,), "<u2", text.data, strides=(1,))
    last = len(pairs) - 1
    # In the order of the terms, in which they lie in memory, and then in that of lengths.
    starts, stops = ends[plain].astype(np.intp), ends[plain + 1].astype(np.intp)
    return _Words(
        begins.astype(np.int64),
        plain.astype(np.int32)[order],
        counts[order],
        shapes.letters[plain][order],
        pairs[np.minimum(starts, last)][order],
        pairs[stops - 2][order],
        text.data,
        ends,
    )


def _text_of(index: FieldIndex) -> NDArray[np.uint8]:
    """The terms of a field one behind the other; two bytes or more."""
    text: NDArray[np.uint8] = index.all_of("text")
    return text if len(text) > 1 else np.concatenate((text, np.zeros(2, np.uint8)))


def _in_order(lengths: NDArray[np.uint8], counts: NDArray[np.int32]) -> NDArray[np.int64]:
    """The places of terms by length, then by count, which is as ``_Words`` has it: (n,) each."""
    # As one number: sorting by two takes twice as long, and the places of numbers four times.
    most = int(-counts.min(initial=0))
    of_count, of_place = most.bit_length(), len(lengths).bit_length()
    keys = (lengths.astype(np.int64) << of_count) + (counts + most)
    if _LENGTHS.bit_length() + of_count + of_place > _BITS:
        return np.argsort(keys)
    keys = (keys << of_place) + np.arange(len(keys))
    keys.sort()
    return keys & ((1 << of_place) - 1)


def _in_arrays(words: _Words, word: bytes, fewest: tuple[int, ...]) -> tuple[_Nears, int]:
    """Term, distance and document frequency of each near term of a segment; see ``near``.

    And how many were looked at. Of those that are two edits away and that fewer documents have,
    some.
    """
    fits, looked_at = _fitting(words, word, fewest)
    texts = words.texts(words.ordinals[fits])
    counts = words.counts[fits]
    found = near(word, texts, len(fewest))
    return [(texts[at], distance, -int(counts[at])) for at, distance in found], looked_at


def _fitting(words: _Words, word: bytes, fewest: tuple[int, ...]) -> tuple[NDArray[np.int64], int]:
    """The places of the words that may be near, by length: (k,); and how many were looked at."""
    size, edits = len(word), len(fewest)
    parts = words.near(size, fewest)
    if not parts:
        return np.empty(0, np.int64), 0

    def of_all(array: NDArray[_Number]) -> NDArray[_Number]:
        return np.concatenate([array[start:stop] for start, stop, _ in parts])

    changed = np.bitwise_count(of_all(words.letters) ^ np.uint32(_letters(word)))
    # A letter in place of another changes two bits, one more or less changes one.
    changed += np.repeat(
        np.array([longer for _, _, longer in parts], np.uint8),
        [stop - start for start, stop, _ in parts],
    )
    heads, counts = of_all(words.heads), of_all(words.counts)
    fits = changed <= 2
    if size >= _TWO_ENDS:
        head, tail = _ends(word)
        fits &= (heads == head) | (of_all(words.tails) == tail)
    if edits > 1:
        common = counts <= -fewest[1]
        fits |= common & (changed <= 2 * edits) & ((heads & _FIRST) == word[0])
    places = np.concatenate([np.arange(start, stop) for start, stop, _ in parts])
    return places[fits], len(places)


def _compiled(words: _Words) -> Shapes:
    """What looks in the same way by a kernel."""
    found: Shapes = _kernel.Shapes(
        words.letters,
        words.heads,
        words.tails,
        words.counts,
        words.begins,
        words.ordinals,
        words.text,
        words.ends.view(np.uint8),
        words.ends.itemsize,
    )
    return found


def _letters(word: bytes) -> int:
    return sum(1 << (letter - _A) for letter in set(word))


def _ends(word: bytes) -> tuple[int, int]:
    """The first two bytes and the last two as numbers."""
    return int.from_bytes(word[:2], "little"), int.from_bytes(word[-2:], "little")
