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

from index.errors import FileDamaged, FileMissing
from index.fields import EXACT, TEXTS
from index.segments.container import Array, Container
from index.segments.hashing import are_among, numbers_of, term_numbers
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


def written_in(readers: Sequence[SegmentReader]) -> dict[str, int]:
    """How the words of segments are written. Raises ``FileDamaged``."""
    return told_in(readers)[0]


def told_in(readers: Sequence[SegmentReader]) -> tuple[dict[str, int], dict[int, int]]:
    """How the words of segments are written, and what is no term of any. Raises ``FileDamaged``.

    Nothing is known of segments that Whoosh's own writer or an older version made.
    """
    found: dict[str, int] = {}
    strange: dict[int, int] = {}
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
        for (left, right), number in zip(pairwise(ends.tolist()), written.tolist(), strict=True):
            word = blob[left:right]
            found[word] = min(number, found.get(word, number))
        for one, number in _strange_in(derived).items():
            strange[one] = min(number, strange.get(one, number))
    if strange and len(readers) > 1:  # no segment has a term for its own
        _named(readers, found, strange)
    return found, strange


def _strange_in(derived: Container) -> Strange:
    if f"{NAME}.numbers" not in derived.sections:
        return {}
    numbers, written = (derived[f"{NAME}.{part}"].all() for part in ("numbers", "strange"))
    if len(numbers) != len(written):
        raise FileDamaged(derived.name, "its words with capitals differ in number")
    if bool((numbers[1:] <= numbers[:-1]).any()):
        raise FileDamaged(derived.name, "the numbers of its words do not ascend")
    return dict(zip(numbers.tolist(), written.tolist(), strict=True))


def _named(
    readers: Sequence[SegmentReader], found: dict[str, int], strange: dict[int, int]
) -> None:
    """Move what is a term of a segment from ``strange`` to ``found``."""
    asked = np.sort(np.array([*strange], np.uint64))
    known: set[int] = set()
    for reader in readers:
        for field in _fields(reader):
            numbers = term_numbers(field)
            for ordinal in are_among(numbers, asked).nonzero()[0].tolist():
                word, number = field.text(ordinal).decode("ascii", "replace"), int(numbers[ordinal])
                found[word] = min(strange[number], found.get(word, strange[number]))
                known.add(number)
    for number in known:
        del strange[number]
