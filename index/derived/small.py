"""Which words of a segment are written in small letters wherever they stand, as no name is.

Terms are folded, so that only whoever makes them of texts sees it (``index.analysis.bulk``). Glued
words are told by it (``index.glued``): a name is not of two words, whatever its parts are.

The derivation ``small`` (see ``derivations``) has, for each field F of surface forms:

======= ===== ================ ==================================================================
section dtype items            what
======= ===== ================ ==================================================================
small.F |u1   terms / 8        a bit for each term, by its ordinal, the highest of a byte first:
                               set where it is a word of 6 to 40 letters that was met small
                               and never with a capital
======= ===== ================ ==================================================================

A builder that makes several segments knows of each what it met till then, so that all segments that
have a word are asked about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.errors import FileDamaged, FileMissing
from index.fields import EXACT, TEXTS
from index.kernels import kernel
from index.segments.container import Array
from index.segments.hashing import Numbers, are_among, distinct, numbers_of, term_numbers
from index.segments.reader import SegmentReader

NAME = "small"

_SHORTEST, _LONGEST = 6, 40
_CAPITAL = re.compile(rb"(?<![A-Za-z])[A-Z][A-Za-z]*+")


def numbers_of_small(words: Sequence[bytes]) -> Numbers:
    """What ``build`` takes, of words as they are written in texts: plain small letters."""
    return np.sort(numbers_of(_small_words(words, _SHORTEST, _LONGEST)))


def small_words(words: Sequence[bytes], shortest: int, longest: int) -> list[bytes]:
    """Those of ``words`` that are small letters alone and nowhere have a capital first."""
    others = b" ".join([one for one in words if not one.islower()])
    with_capital = set(map(bytes.lower, set(_CAPITAL.findall(others))))
    return [
        one
        for one in words
        if shortest <= len(one) <= longest
        and one.isalpha()
        and one.islower()
        and one not in with_capital
    ]


_compiled = kernel("small")
_small_words = small_words if _compiled is None else _compiled.small_words


def build(reader: SegmentReader, small: Numbers) -> dict[str, Array]:
    """The arrays of the derivation. ``small``: words in small letters, ascending numbers.

    Raises ``FileDamaged``.
    """
    found: dict[str, Array] = {}
    for name in (one + EXACT for one in TEXTS):
        if name in reader.fields and reader.fields[name].terms:
            numbers = term_numbers(reader.fields[name])
            found[name] = np.packbits(are_among(numbers, small))
    return found


def are_small(readers: Sequence[SegmentReader], words: Sequence[str]) -> list[bool]:
    """Whether words are written in small letters in all segments that have them.

    As ``small_in``, of a few words. Raises ``FileDamaged``.
    """
    small = [True] * len(words)
    for reader in readers:
        sections = _sections(reader)
        for name in (one + EXACT for one in TEXTS):
            field = reader.fields.get(name)
            bits = sections.get(name)
            for at, word in enumerate(words if field else ()):
                ordinal = field.find(word.encode()) if field and small[at] else -1
                if ordinal >= 0:
                    small[at] = bits is not None and bool(
                        bits[ordinal >> 3] >> (7 - ordinal & 7) & 1
                    )
    return small


def small_in(readers: Sequence[SegmentReader]) -> Numbers:
    """The words of segments that are written in small letters wherever they stand: ascending.

    None are known of segments that Whoosh's own writer or an older version made. Raises
    ``FileDamaged``.
    """
    found, others = [], []
    for reader in readers:
        for name, bits in _sections(reader).items():
            field = reader.fields[name]
            there = np.unpackbits(bits, count=field.terms).view(np.bool_)
            numbers = term_numbers(field)
            found.append(numbers[there])
            if len(readers) > 1:
                others.append(numbers[~there])
    if not found:
        return np.zeros(0, np.uint64)
    small = distinct(np.concatenate(found))
    if not others:
        return small
    # Ascending numbers are looked up among ascending ones ten times as fast as others.
    return small[~are_among(small, np.sort(np.concatenate(others)))]


def _sections(reader: SegmentReader) -> dict[str, Array]:
    """The bits of each field of a segment, by its name."""
    try:
        derived = reader.derived
    except FileMissing:
        return {}
    found: dict[str, Array] = {}
    for name, field in reader.fields.items():
        if f"{NAME}.{name}" in derived.sections:
            bits = found[name] = derived[f"{NAME}.{name}"].all()
            if len(bits) != -(-field.terms // 8):
                raise FileDamaged(derived.name, f"the words of {name} differ in number")
    return found
