"""The glued words of an index that hold a word, and what they are worth.

They are kept: readers ask about the same words again, and every query has several.
"""

from __future__ import annotations

from index.fields import EXACT, LEAD_FIELD
from search.local.reading.rows import Rows
from search.query.syntax.glued import Holder

MOST = 1000
"""How many glued words stand for a word, the commonest ones: each is a term of the query. Of 27,091
articles the most are 198, of *yang*. In an archive of millions a word may have more: articles with
the others are then found by their other words only, and no message says so."""

_KEPT = 20_000


class Holders:
    """The glued words of one index by the words that they hold. Shared by threads."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._known: dict[str, tuple[Holder, ...]] = {}

    def holding(self, stem: str) -> tuple[Holder, ...]:
        """Those that have a word of the stem as a part. Raises ``FileDamaged``."""
        known = self._known.get(stem)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[stem] = self._find(stem)
        return known

    def _find(self, stem: str) -> tuple[Holder, ...]:
        rows = self._rows
        words = rows.snapshot.glued.holding(stem)
        if not words:
            return ()
        articles = rows.snapshot.dictionary.document_frequency
        exact = LEAD_FIELD + EXACT
        if len(words) > MOST:
            words.sort(key=lambda one: (-articles(exact, one.surface), one.surface, one.start))
        idf_of, size = rows.model.idf_of, rows.snapshot.size
        own = rows.idf(LEAD_FIELD, stem)
        found = []
        shares: dict[int, float] = {}
        for one in words[:MOST]:
            # A glued word is rare, whatever it holds.
            count = articles(exact, one.surface)
            share = shares.get(count)
            if share is None:
                share = shares[count] = min(1.0, own / idf_of(size, count))
            found.append(Holder(one.surface, one.start, one.end, share))
        return tuple(found)
