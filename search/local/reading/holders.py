"""The glued words of an index that hold a word, and what they are worth.

They are kept: readers ask about the same words again, and every query has several.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.fields import EXACT, LEAD_FIELD
from search.local.reading.rows import Rows
from search.query.syntax.glued import Holder

MOST = 1000
"""How many glued words stand for a word, the commonest ones: each is a term of the query. Of 27,091
articles the most are 198, of *yang*. In an archive of millions a word may have more: articles with
the others are then found by their other words only, and no message says so."""

_KEPT = 20_000
_holder = tuple.__new__
"""A ``NamedTuple`` calls it, too, but from Python."""


class Holders:
    """The glued words of one index by the words that they hold. Shared by threads."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._known: dict[str, Sequence[Holder]] = {}
        self._idfs: dict[int, float] = {}  # of so many articles

    def holding(self, stem: str) -> Sequence[Holder]:
        """Those that have a word of the stem as a part. Raises ``FileDamaged``."""
        known = self._known.get(stem)
        if known is None and not self._rows.snapshot.glued.hold(stem):
            return ()  # as of most words
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[stem] = self._find(stem)
        return known

    def keep(self, stem: str, holders: Sequence[Holder]) -> None:
        """Keep those of a stem that were found out otherwise."""
        if holders and stem not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[stem] = holders

    def _find(self, stem: str) -> tuple[Holder, ...]:
        rows = self._rows
        words = self._counted(stem)
        if len(words) > MOST:
            words.sort(key=lambda one: (-one[3], one[0], one[1]))
        own, idfs = rows.idf(LEAD_FIELD, stem), self._idfs
        found = []
        for surface, start, end, count in words[:MOST]:
            idf = idfs.get(count)
            if idf is None:
                idf = idfs[count] = rows.model.idf_of(rows.snapshot.size, count)
            # A glued word is rare, whatever it holds.
            share = own / idf if own < idf else 1.0
            found.append(_holder(Holder, (surface, start, end, share)))
        return tuple(found)

    def _counted(self, stem: str) -> list[tuple[str, int, int, int]]:
        """The glued words that hold a word: from where to where, and how many articles have it."""
        snapshot = self._rows.snapshot
        exact = LEAD_FIELD + EXACT
        counter = snapshot.dictionary.counter(exact)
        if counter is not None:
            return snapshot.glued.counted(stem, counter)
        return [
            (*one, snapshot.dictionary.document_frequency(exact, one.surface))
            for one in snapshot.glued.holding(stem)
        ]
