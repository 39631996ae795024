"""Which words of a segment are written in small letters wherever they stand, as no name is.

Terms are folded, so that only whoever makes them of texts sees it (``index.analysis.bulk``). Glued
words are told by it (``index.glued``): a name is not of two words, whatever its parts are.

The derivation ``small`` (see ``derivations``) has, for each field F of surface forms:

=============== ===== ========= ==================================================================
section         dtype items     what
=============== ===== ========= ==================================================================
small.F         |u1   terms / 8 a bit for each term, by its ordinal, the highest of a byte first:
                                set where it is a word of 6 to 40 letters that was met small and
                                not with a capital
small.capital.F |u1   terms / 8 the same of those that were met with a capital first
small.others    <u8   words     the numbers of words that were met so and are no terms of the
                                segment, as parts of others are: ascending
=============== ===== ========= ==================================================================

What one segment knows of a word counts for all: a word is small that one met small and none with a
capital, however articles fall into segments. Where the last two sections are missing, as an older
version wrote none, all terms were met with a capital that were not met small.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from index.errors import FileDamaged, FileMissing
from index.fields import EXACT, TEXTS
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.container import Array
from index.segments.hashing import (
    Flags,
    Numbers,
    Places,
    are_among,
    distinct,
    numbers_of,
    places_among,
    term_numbers,
)
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader

NAME = "small"

_CAPITALS, _OTHERS = "capital.", "others"
_SHORTEST, _LONGEST = 6, 40
_CAPITAL = re.compile(rb"(?<![A-Za-z])[A-Z][A-Za-z]*+")


@dataclass(frozen=True, slots=True)
class Cases:
    """Words by how they are written, as ascending numbers: ``small`` ones, others ``capital``."""

    small: Numbers
    capital: Numbers


def cases_of(words: Sequence[bytes]) -> Cases:
    """Those of words as they are written in texts: plain small letters, or a capital first."""
    small, capital = _small_words(words, _SHORTEST, _LONGEST)
    return Cases(np.sort(numbers_of(small)), np.sort(numbers_of([*capital])))


def small_words(
    words: Sequence[bytes], shortest: int, longest: int
) -> tuple[list[bytes], set[bytes]]:
    """Those of ``words`` that are small letters alone and nowhere have a capital first.

    And what has one, in small letters.
    """
    others = b" ".join([one for one in words if not one.islower()])
    with_capital = set(map(bytes.lower, set(_CAPITAL.findall(others))))
    with_capital = {one for one in with_capital if shortest <= len(one) <= longest}
    found = [
        one
        for one in words
        if shortest <= len(one) <= longest
        and one.isalpha()
        and one.islower()
        and one not in with_capital
    ]
    return found, with_capital


_compiled = kernel("small")
_small_words = small_words if _compiled is None else _compiled.small_words


def build(reader: SegmentReader, cases: Cases) -> dict[str, Array]:
    """The arrays of the derivation. Raises ``FileDamaged``."""
    found: dict[str, Array] = {}
    # Of both kinds at once, as terms are many.
    every = np.concatenate((cases.small, cases.capital))
    order = every.argsort(kind="stable")
    every, capital = every[order], order >= len(cases.small)
    others = capital.copy()
    for name in (one + EXACT for one in TEXTS):
        if name in reader.fields and reader.fields[name].terms:
            numbers = term_numbers(reader.fields[name])
            at = places_among(every, numbers)
            there = np.zeros(len(numbers), np.bool_)
            if len(every):
                there = every.take(at, mode="clip") == numbers
            at = at[there]
            others[at] = False
            with_capital = there.copy()
            with_capital[there] = capital[at]
            found[name] = np.packbits(there & ~with_capital)
            found[_CAPITALS + name] = np.packbits(with_capital)
    found[_OTHERS] = every[others].astype("<u8")
    return found


def are_small(readers: Sequence[SegmentReader], words: Sequence[str]) -> list[bool]:
    """Whether words are written in small letters wherever they stand.

    As ``cases_in``, of a few words. Raises ``FileDamaged``.
    """
    small, capital = [False] * len(words), [False] * len(words)
    numbers = numbers_of([word.encode() for word in words])
    for reader in readers:
        sections, others = _sections(reader)
        if others is not None and len(others):
            capital = [*(are_among(numbers, others) | np.array(capital, np.bool_)).tolist()]
        for name, (bits, with_capital) in sections.items():
            field = reader.fields[name]
            for at, word in enumerate(words):
                ordinal = -1 if capital[at] else field.find(word.encode())
                if ordinal < 0:
                    continue
                is_small = _is_set(bits, ordinal)
                small[at] = small[at] or is_small
                if with_capital is None:
                    capital[at] = not is_small
                else:
                    capital[at] = _is_set(with_capital, ordinal)
    return [one and not other for one, other in zip(small, capital, strict=True)]


def _is_set(bits: Array, ordinal: int) -> bool:
    return bool(bits[ordinal >> 3] >> (7 - ordinal & 7) & 1)


def cases_in(readers: Sequence[SegmentReader]) -> Cases:
    """The words of segments that are written in small letters wherever they stand, and the others.

    None are known of segments that Whoosh's own writer or an older version made. Raises
    ``FileDamaged``.
    """
    small, capital = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    for reader in readers:
        sections, others = _sections(reader)
        if others is not None:
            capital.append(others)
        for name, (bits, with_capital) in sections.items():
            field = reader.fields[name]
            numbers = term_numbers(field)
            there = np.unpackbits(bits, count=field.terms).view(np.bool_)
            small.append(numbers[there])
            if with_capital is not None:
                there = ~np.unpackbits(with_capital, count=field.terms).view(np.bool_)
            capital.append(numbers[~there])
    met, others = distinct(np.concatenate(small)), distinct(np.concatenate(capital))
    # Ascending numbers are looked up among ascending ones ten times as fast as others.
    return Cases(met[~are_among(met, others)], others)


def small_in(
    readers: Sequence[SegmentReader],
    numbers: Numbers,
    places_of: Callable[[FieldIndex], Places | None],
) -> Flags:
    """Which terms of segments are small, as ``cases_in`` has them: (t,). Raises ``FileDamaged``.

    ``numbers``: those of all terms, ascending, at least one; ``places_of``: where a field's are
    among them, None of one that nothing is asked about.
    """
    small, capital = np.zeros(len(numbers), np.bool_), np.zeros(len(numbers), np.bool_)
    for reader in readers:
        sections, others = _sections(reader)
        if others is not None and len(others):
            at = places_among(numbers, others)
            there = numbers.take(at, mode="clip") == others
            capital[at[there]] = True
        for name, (bits, with_capital) in sections.items():
            field = reader.fields[name]
            places = places_of(field)
            if places is None:
                continue
            there = np.unpackbits(bits, count=field.terms).view(np.bool_)
            small[places[there]] = True
            if with_capital is None:
                there = ~there
            else:
                there = np.unpackbits(with_capital, count=field.terms).view(np.bool_)
            capital[places[there]] = True
    return small & ~capital


def _sections(
    reader: SegmentReader,
) -> tuple[dict[str, tuple[Array, Array | None]], Numbers | None]:
    """Of each field of a segment, by name, its bits ``small`` and ``capital``; and ``others``."""
    try:
        derived = reader.derived
    except FileMissing:
        return {}, None
    found: dict[str, tuple[Array, Array | None]] = {}
    for name, field in reader.fields.items():
        small, capital = (f"{NAME}.{one}{name}" for one in ("", _CAPITALS))
        if small in derived.sections:
            bits = derived[small].all()
            others = derived[capital].all() if capital in derived.sections else None
            found[name] = bits, others
            if any(one.dtype != np.uint8 for one in found[name] if one is not None):
                raise FileDamaged(derived.name, f"{NAME} is of numbers that it should not be")
            if {len(one) for one in found[name] if one is not None} != {-(-field.terms // 8)}:
                raise FileDamaged(derived.name, f"the words of {name} differ in number")
    section = f"{NAME}.{_OTHERS}"
    if section not in derived.sections:
        return found, None
    numbers = derived[section].all()
    if numbers.dtype != np.dtype("<u8"):
        raise FileDamaged(derived.name, f"{section} is of numbers that it should not be")
    if bool((numbers[1:] <= numbers[:-1]).any()):
        raise FileDamaged(derived.name, "the numbers of its words do not ascend")
    return found, numbers
