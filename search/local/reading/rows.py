"""The scores of words in all documents, read from postings and kept while there is room.

What is read is scored at once: BM25 needs nothing of a query but its weights. Kept are the sums of
terms that are always searched for together (a word is a stem and a surface form in title and body),
so that a query of words adds up one row a word.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence, Sized
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.fields import EXACT, TEXTS
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.reader import SegmentReader
from search.budget import LOOKED_UP, POSTING, TERM, Budget
from search.local.matches import DENSE, Documents, Mask, Matches, Scores, added, grouped, nothing
from search.local.plain.memo import Memo
from search.local.reading.cache import Cache
from search.local.reading.made import Made, Ready, RowKey
from search.local.reading.openings import Openings, read_openings
from search.local.reading.row import BEST, Row
from search.local.reading.scoring import scorer_of
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import Place, Term, first_positions, read_postings
from search.local.weighting import BM25
from search.query.word_query import Terms

if TYPE_CHECKING:
    from index.kernels.scoring import Scorer, Word
    from search.local.matching.flat import FlatQuery

TEXT_FIELDS = frozenset(name + suffix for name in TEXTS for suffix in ("", EXACT))
"""The fields whose terms score."""

_ROWS_BYTES = 64 << 20
_ROWS_BYTES_A_DOCUMENT = 1024
_READY_BYTES = 32 << 20

_WORDS_BYTES = 4 << 20
_WORDS_BYTES_A_DOCUMENT = 16
_KERNEL_SHARE = 8
_LEFT_A_DOCUMENT = 16
_OPENINGS_BYTES = 16 << 20
_OPENINGS_BYTES_A_DOCUMENT = 48
_OBJECTS_BYTES = 500
_OF_A_TERM = 120
"""Bytes of a term in the key of a word: its text is what queries have, too."""
_PASSING = 8
"""Filters of which it is kept which documents pass them, a byte a document."""
_LARGE_KEY = range(12)
_OWN_AND_HOLDERS = 2
"""Ways of a word that glued words hold: its own, and theirs."""


class Rows:
    """The rows of a snapshot by a weighting model. Shared by threads; raises ``FileDamaged``.

    ``passing``: which documents, (N,), pass filters, by what these are.
    """

    def __init__(self, snapshot: Snapshot, model: BM25) -> None:
        self.model = model
        self.snapshot = snapshot
        size = snapshot.size
        # The kernel reads postings themselves; rows are left to what has anything but words.
        a_document = _ROWS_BYTES_A_DOCUMENT if kernel("scoring") is None else _LEFT_A_DOCUMENT
        share = 1 if kernel("scoring") is None else _KERNEL_SHARE
        self._rows: Cache[Hashable, Row] = Cache(_ROWS_BYTES // share + a_document * size)
        self._openings: Cache[tuple[str, str], Openings] = Cache(
            _OPENINGS_BYTES + _OPENINGS_BYTES_A_DOCUMENT * size
        )
        self._looked_up = LOOKED_UP * len(snapshot.segments)
        self._presence: dict[tuple[str, tuple[str, ...]], tuple[NDArray[np.uint8], int]] = {}
        self._norms: dict[str, NDArray[np.float32]] = {}
        self._ready: dict[int, tuple[FlatQuery, Ready]] = {}
        self._ready_bytes = 0
        limit = _WORDS_BYTES + _WORDS_BYTES_A_DOCUMENT * size
        self._words: Memo[tuple[Terms, ...], Made] = Memo(limit)
        self.passing: Cache[Hashable, Mask] = Cache(_PASSING * size)
        self._spelt: Cache[Hashable, tuple[Word, int]] = Cache(limit // 2)

    def row(self, terms: Terms, budget: Budget) -> Row:
        """What has one of the terms, scores added up. Terms of facets and ids score nothing."""
        row: Row | None = budget.counted.get(terms)
        if row is not None:
            return row
        row = self._rows.get(terms)
        if row is None:
            row = self._read(terms)
            self._rows.put(terms, row, _size_of(terms, row))
        if terms not in budget.counted:
            budget.work += row.work
        budget.counted[terms] = row
        return row

    @cached_property
    def scorer(self) -> Scorer | None:
        """The kernel that searches the snapshot; None where NumPy does."""
        return scorer_of(self.snapshot, self.model, self._norms_of)

    def word(self, ways: tuple[Terms, ...]) -> Made | None:
        """A word made ready for ``scorer``, which must be; None where a term does not score."""
        made = self._words.get(ways)
        if made is None:
            made = self.made(ways)
            if made is not None:
                size = made.word.nbytes + _OBJECTS_BYTES + _OF_A_TERM * sum(map(len, ways))
                self._words.put(ways, made, size)
        return made

    def made(self, ways: tuple[Terms, ...]) -> Made | None:
        """The same for who keeps it."""
        assert self.scorer is not None
        word = self.scorer.word(ways)
        if word is None:
            return None
        return Made(word, RowKey(key_of(ways)), self._cost_of(ways, word.reads))

    def made_both(self, ways: tuple[Terms, ...], terms: RowKey) -> tuple[Made, Made] | None:
        """The same, and the word that has all of the ways in one, ``terms``, which are several."""
        assert self.scorer is not None
        found = self.scorer.both(ways)
        if found is None:
            return None
        word, alike = found
        cost = self.cost(alike.reads[0])
        in_one = Made(alike, terms, cost)
        if alike is word:
            return in_one, in_one
        # Two ways whose fields differ are two rows, and cost what all of their terms do together.
        # Of others some may be the same row, which is read once.
        if ways[0][0][0] == ways[-1][0][0] or len(ways) > _OWN_AND_HOLDERS:
            cost = self._cost_of(ways, word.reads)
        return Made(word, RowKey(ways), cost), in_one

    def ready(self, query: FlatQuery) -> Ready | None:
        """What was made of the words of a query object before."""
        if query.ready is not None and query.ready.scorer is self.scorer:
            return query.ready
        known = self._ready.get(id(query))
        return known[1] if known is not None and known[0] is query else None

    def keep_ready(self, query: FlatQuery, ready: Ready) -> None:
        """Keep what was made of a query's words as long as others do not take its place."""
        size = _OBJECTS_BYTES + sum(word.nbytes for words in ready.words for word in words)
        self._ready_bytes += size
        if self._ready_bytes > _READY_BYTES:
            self._ready.clear()
            self._ready_bytes = size
        self._ready[id(query)] = query, ready

    def count_way(self, terms: Terms, read: tuple[int, int, int], budget: Budget) -> None:
        """Count one of a word's ways as if its row was read, once; ``read``: see ``Word.reads``."""
        key = key_of((terms,))
        if key not in budget.counted:
            budget.counted[key] = None
            budget.work += self.cost(read)

    @property
    def costs(self) -> tuple[int, int, int]:
        """What reading counts of a term, of one in a segment, and of a posting."""
        return self._looked_up, TERM, POSTING

    def cost(self, read: tuple[int, int, int]) -> int:
        """What reading one of a word's ways costs, as budgets count it."""
        terms, places, postings = read
        return self._looked_up * terms + TERM * places + POSTING * postings

    def spelt(self, key: Hashable, make: Callable[[], Word | None], budget: Budget) -> Word | None:
        """A word that is more than terms, made ready: as ``whole``, counted as that counts.

        None where the budget does not last, or ``make`` has none: then nothing was counted.
        """
        paid = key in budget.counted
        known = self._spelt.get(key)
        if known is not None:
            word, work = known
            if not paid and not budget.lasts(work):
                return None
        else:
            before, counted, partial = budget.work, budget.counted, budget.partial
            budget.counted, budget.partial = {}, False
            made = make()
            made = None if budget.partial else made
            work, budget.work = budget.work - before, before
            budget.counted, budget.partial = counted, partial
            if made is None:
                return None
            word = made
            self._spelt.put(key, (word, work), word.nbytes + _OBJECTS_BYTES)
        budget.counted.setdefault(key)
        budget.work += 0 if paid else work
        return word

    def _cost_of(self, ways: tuple[Terms, ...], reads: tuple[tuple[int, int, int], ...]) -> int:
        """What reading a word's row costs, as budgets count it."""
        if len(ways) == 1:
            return self.cost(reads[0])
        cost, seen = 0, list[Hashable]()
        for way, read in zip(ways, reads, strict=True):
            # Ways that are the same row are read once.
            key = key_of((way,))
            if key not in seen:
                seen.append(key)
                cost += self.cost(read)
        return cost

    def whole(self, key: Hashable, make: Callable[[], Matches], budget: Budget) -> Row:
        """The row of a query that is no word and costs more, ``make``, unless it is kept.

        ``key``: of equal queries. What the budget cut short is not kept.
        """
        row: Row | None = budget.counted.get(key)
        if row is not None:
            return row
        paid = key in budget.counted
        row = self._rows.get(key)
        if row is not None and (paid or budget.lasts(row.work)):
            budget.counted[key] = row
            budget.work += 0 if paid else row.work
            return row
        # What it costs is the same whatever was read before.
        before, counted, partial = budget.work, budget.counted, budget.partial
        budget.counted, budget.partial = {}, False
        found = make()
        row = Row(found.documents, found.scores, self.snapshot.size, budget.work - before)
        if paid:
            budget.work = before
        if not budget.partial:
            counted[key] = row
            self._rows.put(key, row, _size_of(_LARGE_KEY, row))
        budget.counted, budget.partial = counted, budget.partial or partial
        return row

    @property
    def articles(self) -> int:
        """Of how many articles document frequencies are."""
        return self.snapshot.size

    def idf(self, field: str, text: str) -> float:
        """The idf of a term."""
        scorer = self.scorer
        if scorer is not None and field in TEXT_FIELDS:
            return scorer.idf(field, text)
        frequency = self.snapshot.dictionary.document_frequency(field, text)
        return self.model.idf_of(self.articles, frequency)

    def average_length(self, field: str) -> float:
        """How many tokens a field of text has in the mean; 1 where none has any."""
        lengths = self.snapshot.columns.lengths(field)
        return float(lengths.sum(dtype=np.float64)) / max(self.snapshot.size, 1) or 1.0

    def at(
        self, field: str, text: str, documents: Documents
    ) -> tuple[NDArray[np.bool_], Scores, NDArray[np.float64]]:
        """Which of some documents have a term, what it scores with a weight of 1, and its lead.

        (k,) each; documents ascend and are not deleted. The lead is what of the score the term
        gains by how early it stands. Nothing is read of other documents but how often they have it.
        """
        snapshot, model = self.snapshot, self.model
        mask = np.zeros(len(documents), np.bool_)
        scores = np.zeros(len(documents), np.float32)
        leads = np.zeros(len(documents))
        term = snapshot.dictionary.term(field, text)
        if field not in TEXT_FIELDS:
            return *self._read_term(field, text, 1.0).at(documents), leads
        idf = self.idf(field, text)
        edges = documents.searchsorted([*snapshot.bases, snapshot.size]).tolist()
        for place in term.places:
            left, right = edges[place.segment : place.segment + 2]
            if left == right:
                continue
            index = snapshot.segments[place.segment].fields[field]
            having, often = index.part(place.start, place.stop)
            inside = (documents[left:right] - snapshot.bases[place.segment]).astype(having.dtype)
            rows = having.searchsorted(inside)
            there = having.take(rows, mode="clip") == inside
            rows, found = rows[there], left + there.nonzero()[0]
            if not len(rows):
                continue
            mask[found] = True
            frequencies = None if often is None else often[rows].astype(np.float32)
            norms = self._norms_of(field).take(documents[found])
            first = index.first_positions_at(place.ordinal, rows) if model.leads(field) else None
            scores[found] = model.scores(frequencies, norms, idf, first)
            if first is not None:
                leads[found] = idf * model.lead.worth(first)
        return mask, scores, leads

    def work_at(self, field: str, text: str) -> int:
        """What ``at`` costs of a term, as budgets count it."""
        term = self.snapshot.dictionary.term(field, text)
        added_up = term.document_frequency // 8 if self.model.leads(field) else 0
        return TERM * len(term.places) + POSTING * added_up

    def openings(self, field: str, text: str) -> Openings:
        """Where a term stands among the first tokens of articles."""
        key = field, text
        found = self._openings.get(key)
        if found is None:
            snapshot = self.snapshot
            term = snapshot.dictionary.term(field, text)
            found = read_openings(snapshot.segments, snapshot.bases, field, term)
            self._openings.put(key, found, found.nbytes + _OBJECTS_BYTES)
        return found

    def presence(
        self, field: str, words: tuple[str, ...], budget: Budget
    ) -> NDArray[np.uint8] | None:
        """How many of the words each document has: (N,), kept; None where the time is up."""
        known = self._presence.get((field, words))
        if known is not None and budget.lasts(known[1]):
            budget.work += known[1]
            return known[0]
        snapshot, before = self.snapshot, budget.work
        counts = np.zeros(snapshot.size, np.uint8)
        for word in words:
            if budget.spent():
                return None
            term = snapshot.dictionary.term(field, word)
            budget.work += TERM * len(term.places) + POSTING * term.document_frequency
            documents, _ = read_postings(snapshot.segments, snapshot.bases, field, term)
            counts[documents] += np.uint8(1)
        self._presence[field, words] = counts, budget.work - before
        return counts

    def _norms_of(self, field: str) -> NDArray[np.float32]:
        """What a text field's length does to its frequencies: (N,); see ``weighting``.

        The twin of a field has the same lengths.
        """
        field = field.removesuffix(EXACT)
        known = self._norms.get(field)
        if known is None:
            lengths = self.snapshot.columns.lengths(field)
            known = self._norms[field] = self.model.norms(lengths, self.average_length(field))
        return known

    def _read(self, terms: Terms) -> Row:
        snapshot, model = self.snapshot, self.model
        find = snapshot.dictionary.term
        found = [(name, text, find(name, text), weight) for name, text, weight in terms]
        scoring = all(name in TEXT_FIELDS and weight > 0.0 for name, _, _, weight in found)
        work = sum(
            LOOKED_UP * len(snapshot.segments)
            + TERM * len(term.places)
            + POSTING * term.document_frequency
            for _, _, term, _ in found
        )
        if not scoring or not any(term.places for _, _, term, _ in found):
            return _merged([self._read_term(*term) for term in terms], snapshot.size, work)
        scored = [
            _Scored(
                name,
                term,
                weight * self.idf(name, text),
                self._norms_of(name),
            )
            for name, text, term, weight in found
            if term.places
        ]
        row = _read_row(snapshot.segments, snapshot.bases, scored, model)
        live = snapshot.columns.live
        if live is not None:
            row = row.where(live[row.documents])
        return Row(row.documents, row.scores, snapshot.size, work)

    def _read_term(self, field: str, text: str, weight: float) -> Matches:
        snapshot, model = self.snapshot, self.model
        term = snapshot.dictionary.term(field, text)
        if not term.places:
            return nothing()
        documents, frequencies = read_postings(snapshot.segments, snapshot.bases, field, term)
        if field in TEXT_FIELDS:
            norms = self._norms_of(field).take(documents)
            idf = self.idf(field, text)
            first = first_positions(snapshot.segments, field, term) if model.leads(field) else None
            scores = model.scores(frequencies, norms, weight * idf, first)
        else:
            scores = np.zeros(len(documents), np.float32)
        row = Matches(documents, scores)
        live = snapshot.columns.live
        return row if live is None else row.where(live[documents])


@dataclass(frozen=True)
class _Scored:
    """A term of a row: where it is, its idf times its weight, and its field's norms, (N,)."""

    field: str
    term: Term
    factor: float
    norms: NDArray[np.float32]


def _read_row(
    segments: Sequence[SegmentReader], bases: Sequence[int], terms: list[_Scored], model: BM25
) -> Matches:
    """What has one of the terms, scores added up, a segment at a time: its arrays stay cached."""
    places: list[dict[str, list[tuple[_Scored, Place]]]] = [{} for _ in segments]
    for one in terms:
        for place in one.term.places:
            places[place.segment].setdefault(one.field, []).append((one, place))
    documents: list[NDArray[np.int32]] = []
    scores: list[NDArray[Any]] = []
    for segment, base, by_field in zip(segments, bases, places, strict=True):
        if not by_field:
            continue
        found = [_scored(segment, base, field, some, model) for field, some in by_field.items()]
        having, values = found[0]
        if len(found) > 1 or len(next(iter(by_field.values()))) > 1:
            having, values = _added_up(found, segment.size)
        documents.append(having.astype(np.int32) + np.int32(base))
        scores.append(values)
    # One term's scores are float32; sums of several are exact in float64, and stay so.
    kept = np.float32 if len(terms) == 1 else np.float64
    return Matches(np.concatenate(documents), np.concatenate(scores, dtype=kept))


def _scored(
    segment: SegmentReader,
    base: int,
    field: str,
    terms: list[tuple[_Scored, Place]],
    model: BM25,
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The documents of terms of one field in a segment and their scores, (n,), term after term."""
    index = segment.fields[field]
    of_segment = terms[0][0].norms[base : base + segment.size]
    if len(terms) == 1:
        ((one, place),) = terms
        inside, often = index.part(place.start, place.stop)
        first = index.first_positions(place.ordinal) if model.leads(field) else None
        return inside, model.scores(often, of_segment.take(inside), one.factor, first)
    parts = [index.part(place.start, place.stop) for _, place in terms]
    inside = np.concatenate([having for having, _ in parts])
    factors = np.array([one.factor for one, _ in terms], np.float32)
    factors = factors.repeat([len(having) for having, _ in parts])
    often = None
    if parts[0][1] is not None:
        often = np.concatenate([times for _, times in parts if times is not None])
    first = None
    if model.leads(field):
        first = np.concatenate([index.first_positions(place.ordinal) for _, place in terms])
    return inside, model.scores(often, of_segment.take(inside), factors, first)


def _added_up(
    found: list[tuple[NDArray[Any], NDArray[Any]]], size: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The documents of a segment of ``size``, ascending, each once, and their scores added up."""
    documents: NDArray[Any] = np.concatenate([one for one, _ in found], dtype=np.intp)
    scores = np.concatenate([one for _, one in found], dtype=np.float64)
    having: NDArray[Any]
    if len(documents) * DENSE < size:
        having, values, starts = grouped([Matches(documents, scores)])
        return having[starts], np.add.reduceat(values, starts)
    totals = np.bincount(documents, scores)
    having = (totals > 0.0).nonzero()[0]  # no score is 0
    return having, totals[having]


def key_of(ways: tuple[Terms, ...]) -> tuple[Any, ...]:
    """The key of the row of a word's ways: a term alone is kept without its weight."""
    if len(ways) > 1:
        return ways
    terms = ways[0]
    return ((*terms[0][:2], 1.0),) if len(terms) == 1 else terms


def _size_of(key: Sized, row: Row) -> int:
    """The bytes of a row that is kept, objects around the arrays included (by tracemalloc)."""
    derived = (12 * BEST if len(row) > BEST else 0) + (row.size // 8 if row.long else 0)
    return row.documents.nbytes + row.scores.nbytes + derived + 500 + 250 * len(key)


def _merged(rows: list[Matches], size: int, work: int) -> Row:
    """The rows of several terms as one, scores added up."""
    rows = [row for row in rows if len(row)]
    row = added(rows, size) if rows else nothing()
    return Row(row.documents, row.scores, size, work)
