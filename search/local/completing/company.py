"""The company that words keep: how often one stands in an article with others of a query."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p
from typing import TYPE_CHECKING

import numpy as np

from index.kernels import kernel
from index.light_dataclass import dataclass
from search.budget import NODE, POSTING, TERM, Budget
from search.local.reading.snapshot import Snapshot

if TYPE_CHECKING:
    from index.kernels.counting import Companies
    from index.kernels.counting import Company as Compiled
    from search.local.completing.bodies import Articles, Bodies

_kernel = kernel("counting")
FIELDS = ("title", "body")
"""Where a word of the company is looked for."""
_WORD = 64
_MOST_WORDS = 4
"""Of a longer query the rarest words tell enough."""


@dataclass(frozen=True, slots=True)
class Kept:
    """``often``: the mean over the others of log(1 + the articles that have both), 0 for none.

    ``drawn``: how much that is more than by chance, as a difference.
    """

    often: float
    drawn: float


class Company:
    """The articles of some words, given by their stems; those that no article has do not count."""

    def __init__(
        self, snapshot: Snapshot, bodies: Bodies, stems: Sequence[str], budget: Budget
    ) -> None:
        self._snapshot = snapshot
        self._bodies = bodies
        self._budget = budget
        self._stems = stems
        self._often: dict[str, float] = {}
        self._known: dict[str, Kept] = {}
        self._is_read = False
        self._compiled: Compiled | None = None
        self._having: Sequence[Articles] = ()

    def _read(self) -> None:
        """Read the articles of the rarest words, once: of most companies nobody asks."""
        snapshot = self._snapshot
        if _kernel is None or snapshot.bodies is not None or snapshot.columns.live is not None:
            self._read_bodies()
            return
        lookups = [snapshot.dictionary.lookup(field) for field in FIELDS]
        self._compiled = compiled = _kernel.Company(
            lookups, snapshot.bases, snapshot.size, self._stems, _MOST_WORDS
        )
        for of_fields in compiled.of_fields:
            self._budget.work += work_of(snapshot.size, of_fields)
        self._is_read = True

    def _read_bodies(self) -> None:
        """The same without a kernel, or where it does not know who is gone."""
        snapshot = self._snapshot
        found = {stem: articles_with(snapshot, stem) for stem in dict.fromkeys(self._stems)}
        some = sorted((count, stem) for stem, count in found.items() if count)
        rarest = some[:_MOST_WORDS]
        self._having = [self._bodies.having(stem, self._budget) for _, stem in rarest]
        self._is_read = True

    def __bool__(self) -> bool:
        """Whether there is any. Raises ``FileDamaged``."""
        if not self._is_read:
            self._read()
        return bool(self._having if self._compiled is None else self._compiled.of_fields)

    def often(self, stem: str) -> float:
        """The first that ``kept`` tells, sooner. Raises ``FileDamaged``."""
        known = self._often.get(stem)
        if known is not None:
            return known
        if not self._is_read:
            self._read()
        compiled = self._compiled
        if compiled is None:
            return self.kept(stem).often
        of_fields, both = compiled.both(stem)
        self._budget.work += work_of(self._snapshot.size, of_fields)
        found = self._often[stem] = _mean(both)
        return found

    def kept(self, stem: str) -> Kept:
        """How a word stands with the others; found out once. Raises ``FileDamaged``."""
        known = self._known.get(stem)
        if known is None:
            count, others, both = self._counted(stem)
            share, often = count / self._snapshot.size, _mean(both)
            by_chance = _mean([share * other for other in others])
            known = self._known[stem] = Kept(often, often - by_chance)
            self._often[stem] = often
        return known

    def _counted(self, stem: str) -> tuple[int, Sequence[int], Sequence[int]]:
        """How many articles have a word, how many each of the others, and how many have both."""
        if not self._is_read:
            self._read()
        compiled = self._compiled
        if compiled is None:
            having, others = self._bodies.having(stem, self._budget), self._having
            return having.count, [one.count for one in others], [having.both(one) for one in others]
        count, of_fields, both = compiled.having(stem)
        if stem not in self._often:
            self._budget.work += work_of(self._snapshot.size, of_fields)
        return count, compiled.counts(), both


def companies_of(snapshot: Snapshot) -> Companies | None:
    """What tells at once what ``often`` does, and its work; None where no kernel knows.

    Raises ``FileDamaged``.
    """
    if _kernel is None or snapshot.bodies is not None or snapshot.columns.live is not None:
        return None
    lookups = [snapshot.dictionary.lookup(field) for field in FIELDS]
    size = snapshot.size
    found: Companies = _kernel.Companies(
        lookups, snapshot.bases, size, _MOST_WORDS, work_of(size, ()), work_of(0, (0,)) - NODE
    )
    return found


def _mean(counts: Sequence[float]) -> float:
    """The mean of log(1 + count)."""
    found = 0.0
    for one in counts:
        found += log1p(one)
    return found / len(counts)


@dataclass(frozen=True, slots=True)
class _Articles:
    """The articles that have a word, a bit each in whole eight bytes, and how many they are."""

    bits: bytes | bytearray
    count: int

    def both(self, other: _Articles) -> int:
        return _in_both(self.bits, other.bits)


def having(snapshot: Snapshot, stem: str, budget: Budget) -> _Articles:
    """The articles with a stem in title or body, by the postings of both."""
    bits, counts = _bits(snapshot, stem)
    budget.work += work_of(snapshot.size, counts)
    return _Articles(bits, _in_both(bits, bits))


def work_of(size: int, counts: Sequence[int]) -> int:
    """What that costs where so many of ``size`` articles have the stem in each field."""
    work = NODE + POSTING * size // 16
    for count in counts:
        work += TERM + POSTING * count // 4
    return work


def _bits(snapshot: Snapshot, stem: str) -> tuple[bytes | bytearray, list[int]]:
    """The articles with a stem, and how many have it in each field, deleted ones included."""
    if _kernel is None or snapshot.columns.live is not None:
        counts = [snapshot.dictionary.document_frequency(field, stem) for field in FIELDS]
        return in_arrays(snapshot, stem), counts
    lookups = [snapshot.dictionary.lookup(field) for field in FIELDS]
    found: tuple[bytearray, list[int]]
    found = _kernel.having(lookups, snapshot.bases, snapshot.size, stem)
    return found


def in_arrays(snapshot: Snapshot, stem: str) -> bytes:
    """The articles that have a stem and are not deleted, as above, by NumPy."""
    mask = np.zeros(-snapshot.size % _WORD + snapshot.size, np.bool_)
    for field in FIELDS:
        for place in snapshot.dictionary.term(field, stem).places:
            documents = snapshot.segments[place.segment].fields[field].documents(place.ordinal)
            mask[snapshot.bases[place.segment] :][documents] = True
    if snapshot.columns.live is not None:
        mask[: snapshot.size] &= snapshot.columns.live
    return np.packbits(mask, bitorder="little").tobytes()


def _in_both(one: bytes | bytearray, other: bytes | bytearray) -> int:
    """How many articles are in both."""
    if _kernel is not None:
        found: int = _kernel.in_both(one, other)
        return found
    return in_both_arrays(one, other)


def in_both_arrays(one: bytes | bytearray, other: bytes | bytearray) -> int:
    """The same by NumPy."""
    words, others = np.frombuffer(one, np.uint64), np.frombuffer(other, np.uint64)
    return int(np.bitwise_count(words & others).sum(dtype=np.int64))


def articles_with(snapshot: Snapshot, stem: str, scope: str | None = None) -> int:
    """About how many articles have a stem, deleted ones included; exactly 0 where none has it."""
    fields = FIELDS if scope is None else (scope,)
    return snapshot.dictionary.most_documents(fields, stem)
