"""How words with a change of case inside them are written: ``JakartaKita``, ``diKota``.

Terms are folded, so that only whoever makes them of texts sees it (``index.analysis.bulk``). Glued
words are told by it (``index.glued``).

The derivation ``capitals`` (see ``derivations``) has, of each such word that is a term of surface
forms, in the order of their bytes, and of others, which are parts of terms:

================ ===== ======= ==================================================================
section          dtype items   what
================ ===== ======= ==================================================================
capitals.text    |u1   bytes   the words one after the other
capitals.text_at <u4   words+1 where each begins
capitals.written <u8   words   bit i is set where its letter i is a capital; of several ways to
                               write a word, the one of the lowest number
capitals.numbers <u8   others  of words that are no terms of the segment, ascending numbers, as
                               they may be terms of another
capitals.strange <u8   others  how they are written
================ ===== ======= ==================================================================

An older version wrote none of the last two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress, pairwise
from operator import not_

import numpy as np
from numpy.typing import NDArray

from index.errors import FileDamaged, FileMissing
from index.fields import EXACT, TEXTS
from index.segments.container import Array, Container
from index.segments.hashing import NumbersOfTerms, are_among, numbers_of, term_numbers
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader

NAME = "capitals"

Written = Mapping[str, int]
"""Words to which of their letters are capitals, as bits."""

Strange = Mapping[int, int]
"""The same of words by their numbers."""


def build(reader: SegmentReader, written: Written, strange: Strange) -> dict[str, Array]:
    """The arrays of the derivation: of words that may be in the segment. Raises ``FileDamaged``."""
    fields = _fields(reader)
    every = sorted(written)
    there = [any(one.find(text) >= 0 for one in fields) for text in map(str.encode, every)]
    words = [*compress(every, there)]
    texts = [word.encode() for word in words]
    gone = [*compress(every, map(not_, there))]
    numbers = numbers_of([word.encode() for word in gone]).tolist()
    others = dict(strange)
    for number, word in zip(numbers, gone, strict=True):
        others[number] = min(written[word], others.get(number, written[word]))
    ends = np.cumsum([0, *map(len, texts)])
    return {
        "text": np.frombuffer(b"".join(texts), np.uint8),
        "text_at": ends.astype("<u4"),
        "written": np.array([written[word] for word in words], "<u8"),
        "numbers": np.array(sorted(others), "<u8"),
        "strange": np.array([others[number] for number in sorted(others)], "<u8"),
    }


def _fields(reader: SegmentReader) -> list[FieldIndex]:
    """Those of the texts' surface forms, bodies first, which have most words."""
    names = [one + EXACT for one in reversed(TEXTS)]
    return [reader.fields[one] for one in names if one in reader.fields]


def written_in(
    readers: Sequence[SegmentReader], numbers_of_terms: NumbersOfTerms = term_numbers
) -> dict[str, int]:
    """How the words of segments are written. Raises ``FileDamaged``."""
    return told_in(readers, numbers_of_terms)[0]


def told_in(
    readers: Sequence[SegmentReader], numbers_of_terms: NumbersOfTerms = term_numbers
) -> tuple[dict[str, int], dict[int, int]]:
    """How the words of segments are written, and what is no term of any. Raises ``FileDamaged``.

    Nothing is known of segments that Whoosh's own writer or an older version made.
    """
    found: dict[str, int] = {}
    strange: list[tuple[Array, Array]] = []
    for reader in readers:
        try:
            derived = reader.derived
        except FileMissing:
            continue
        if f"{NAME}.written" not in derived.sections:
            continue
        text, ends, written = (
            derived[f"{NAME}.{part}"].all() for part in ("text", "text_at", "written")
        )
        if len(ends) != len(written) + 1 or int(ends[-1]) != len(text):
            raise FileDamaged(derived.name, "its words with capitals differ in number")
        blob = text.tobytes().decode("ascii", "replace")
        words = [blob[left:right] for left, right in pairwise(ends.tolist())]
        _add_lowest(found, words, written.tolist())
        strange.append(_strange_in(derived))
    numbers, written = _lowest_of_each(strange)
    if len(numbers) and len(readers) > 1:  # no segment has a term for its own
        left = _named(readers, numbers_of_terms, found, numbers, written)
        numbers, written = numbers[left], written[left]
    return found, dict(zip(numbers.tolist(), written.tolist(), strict=True))


def _add_lowest(found: dict[str, int], words: Sequence[str], written: Sequence[int]) -> None:
    """Take in how words are written; of several ways the one of the lowest number."""
    for word, number in zip(words, written, strict=True):
        if found.setdefault(word, number) > number:
            found[word] = number


def _lowest_of_each(parts: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Numbers, ascending and each once, and of the ways to write each the lowest: (n,) both."""
    none = np.zeros(0, np.uint64)
    columns = zip(*parts, (none, none), strict=True)
    numbers, written = (np.concatenate(column) for column in columns)
    order = np.lexsort((written, numbers))
    numbers, written = numbers[order], written[order]
    first = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return numbers[first], written[first]


def _strange_in(derived: Container) -> tuple[Array, Array]:
    """Of words that are no terms of a segment their numbers and how they are written: (n,) both."""
    if f"{NAME}.numbers" not in derived.sections:
        return np.zeros(0, np.uint64), np.zeros(0, np.uint64)
    numbers, written = (derived[f"{NAME}.{part}"].all() for part in ("numbers", "strange"))
    if len(numbers) != len(written):
        raise FileDamaged(derived.name, "its words with capitals differ in number")
    if bool((numbers[1:] <= numbers[:-1]).any()):
        raise FileDamaged(derived.name, "the numbers of its words do not ascend")
    return numbers, written


def _named(
    readers: Sequence[SegmentReader],
    numbers_of_terms: NumbersOfTerms,
    found: dict[str, int],
    strange: Array,
    written: Array,
) -> NDArray[np.bool_]:
    """Take what is a term of a segment of ``strange``, ascending, into ``found``; what is left."""
    left = np.ones(len(strange), np.bool_)
    for reader in readers:
        for field in _fields(reader):
            numbers = numbers_of_terms(field)
            ordinals = are_among(numbers, strange).nonzero()[0]
            at = strange.searchsorted(numbers[ordinals])
            left[at] = False
            text, bounds = field.all_of("text").tobytes(), field.all_of("text_at")
            starts, ends = bounds[ordinals].tolist(), bounds[ordinals + 1].tolist()
            words = [
                text[start:end].decode("ascii", "replace")
                for start, end in zip(starts, ends, strict=True)
            ]
            _add_lowest(found, words, written[at].tolist())
    return left
