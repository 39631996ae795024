"""The embedded engine: a request's road from query text to a page of hits."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, perf_counter

import numpy as np
from numpy.typing import NDArray
from whoosh import query as whoosh_query

from index.analysis import TokenAnalysis, analysis
from index.article import Article
from index.errors import IndexDirectoryError, IndexMissing
from index.store import Store
from search.errors import PageTooDeep
from search.local import facets as facet_arrays
from search.local import order
from search.local.clock import microseconds, moment
from search.local.columns import NO_DATE
from search.local.evaluate import Evaluation, Matches
from search.local.explain import explain
from search.local.marks import MAX_CHARACTERS, Wanted, mark, to_html, wanted
from search.local.similar import similar_query
from search.local.snapshot import Snapshot
from search.local.snippets import headline, snippet
from search.local.suggest import better_spelling, completions
from search.local.weighting import BM25
from search.query import DateRange, Parsed, parse, query_tree, relaxed
from search.query.tree import DEFAULT_WEIGHTS, FieldWeights
from search.request import MAX_DEPTH, SearchRequest, Sort
from search.response import Explanation, Hit, Note, SearchResponse, Statistics, Suggestion

_AHEAD = 0.25  # of the best score; tried from 0 to 1 on the news topics
_LOOSER = frozenset({"relaxed", "widened"})
_DAY = 24 * 3600 * 1e6


@dataclass(frozen=True)
class Ranking:
    """How articles are scored.

    All words must match, but where fewer than ``enough`` articles have them all, one suffices.
    """

    model: BM25 = field(default_factory=BM25)
    weights: FieldWeights = DEFAULT_WEIGHTS
    enough: int = 10


class LocalEngine:
    """Searches the index directory at ``path``; always its current generation.

    See ``search.engine.SearchEngine``. Opening is lazy, so that an engine may be made before a
    process forks: nothing is open until the first question.
    """

    def __init__(self, path: Path, ranking: Ranking | None = None) -> None:
        self._store = Store(path)
        self._ranking = ranking or Ranking()
        self._lock = threading.Lock()
        self._opened: Snapshot | None = None

    def close(self) -> None:
        """Let go of the open generation; the next question opens it again."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def generation(self) -> str:
        """The name in CURRENT."""
        name = self._store.current_name()
        if name is None:
            raise IndexMissing(self._store.path)
        return name

    def search(self, request: SearchRequest) -> SearchResponse:
        """One page of hits, facets, the histogram and notes."""
        started = perf_counter()
        if request.cursor is None and request.page * request.per_page > MAX_DEPTH:
            raise PageTooDeep(request.page, request.per_page)
        snapshot = self._snapshot()
        parsed = parse(request.query, snapshot.analysis)
        evaluation = self._evaluation(snapshot, request.budget_ms)
        query, matches, notes = self._match(parsed, evaluation, request.sort)
        suggestion = None
        if parsed.root is not None and (notes or not matches.mask.any()):
            suggestion = better_spelling(snapshot, parsed.root, parsed.text, evaluation.deadline)
        return self._answer(
            request,
            evaluation,
            _Found(query, matches, (*parsed.notes, *notes), wanted(parsed.root), suggestion),
            started,
        )

    def similar(self, article_id: str, limit: int) -> SearchResponse | None:
        """Articles that share the article's most telling words."""
        started = perf_counter()
        snapshot = self._snapshot()
        number = snapshot.number_of(article_id)
        if number is None:
            return None
        evaluation = self._evaluation(snapshot, SearchRequest().budget_ms)
        query = similar_query(snapshot, self._ranking.model, snapshot.article(number))
        matches = evaluation.run(query)
        matches.mask[number] = False
        request = SearchRequest(per_page=limit, facets=False, collapse=True)
        found = _Found(query, matches, (), wanted(None), None)
        response = self._answer(request, evaluation, found, started)
        # There is no address where this row of hits could be followed.
        return replace(response, next_cursor=None)

    def article(self, article_id: str) -> Article | None:
        """The stored article of the id."""
        snapshot = self._snapshot()
        number = snapshot.number_of(article_id)
        return None if number is None else snapshot.article(number)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions from the words of headlines."""
        return completions(self._snapshot(), prefix, limit)

    def highlight(self, query: str, text: str) -> str:
        """The text as HTML with the query's matches marked."""
        how = self._snapshot().analysis
        return to_html(mark(text, wanted(parse(query, how).root), how))

    def analyze(self, text: str) -> list[TokenAnalysis]:
        """How the index reads a text; without one, how one without the user's words would."""
        try:
            how = self._snapshot().analysis
        except IndexDirectoryError:
            how = analysis()
        return how.explain(text)

    def statistics(self) -> Statistics:
        """Counts of the current generation."""
        snapshot = self._snapshot()
        dates = snapshot.dates[snapshot.live & (snapshot.dates != NO_DATE)]
        manifest = snapshot.generation.manifest
        return Statistics(
            articles=manifest.articles,
            segments=snapshot.segments,
            terms=snapshot.terms,
            bytes=sum(entry.bytes for entry in manifest.files.values()),
            generation=snapshot.name,
            published=manifest.published,
            version=manifest.version + (f", words {manifest.words}" if manifest.words else ""),
            oldest=moment(int(dates.min())) if len(dates) else None,
            newest=moment(int(dates.max())) if len(dates) else None,
            facets={
                facet: facet_arrays.count_values(
                    column, snapshot.live, set(), facet_arrays.MAX_VALUES
                )
                for facet, column in snapshot.facets.items()
            },
        )

    def _snapshot(self) -> Snapshot:
        """The current generation, opened anew where another one was published."""
        name = self.generation()
        opened = self._opened
        if opened is not None and opened.name == name:
            return opened
        with self._lock:
            if self._opened is None or self._opened.name != name:
                # Whoever still reads the old one keeps it open by holding it.
                snapshot = Snapshot(self._store.path)
                snapshot.load()
                self._opened = snapshot
            return self._opened

    def _evaluation(self, snapshot: Snapshot, budget_ms: int) -> Evaluation:
        return Evaluation(snapshot, self._ranking.model, monotonic() + budget_ms / 1000)

    def _match(
        self, parsed: Parsed, evaluation: Evaluation, sort: Sort
    ) -> tuple[whoosh_query.Query, Matches, list[Note]]:
        """What matches all words or, where little does, some of them.

        By date, where scores cannot keep the latter behind, only where nothing has all words.
        """
        root = parsed.root
        if root is None and parsed.text.strip():
            return whoosh_query.NullQuery, evaluation.run(whoosh_query.NullQuery), []
        looser = relaxed(root)
        query = query_tree(root, self._ranking.weights)
        matches = evaluation.run(query)
        full = int(matches.mask.sum())
        enough = self._ranking.enough if sort is Sort.RELEVANCE else 1
        if looser is None or evaluation.partial or full >= enough:
            return query, matches, []
        looser_query = query_tree(looser, self._ranking.weights)
        more = evaluation.run(looser_query)
        if more.mask.sum() == full:
            return query, matches, []
        if not full:
            return looser_query, more, [Note("relaxed")]
        # What has all the words gains on what has some of them.
        ahead = _AHEAD * float(more.scores.max())
        more.scores[matches.mask] += ahead
        whole = whoosh_query.ConstantScoreQuery(query, ahead)
        return whoosh_query.Or([looser_query, whole]), more, [Note("widened")]

    def _answer(
        self, request: SearchRequest, evaluation: Evaluation, found: _Found, started: float
    ) -> SearchResponse:
        snapshot = evaluation.snapshot
        days = DateRange(request.date_from, request.date_to)
        mask = found.matches.mask
        if days != DateRange(None, None):
            mask = mask & evaluation.run(query_tree(days)).mask
        masks = facet_arrays.facet_masks(snapshot, request)
        passing = mask.copy()
        for facet_mask in masks.values():
            passing &= facet_mask
        numbers = np.flatnonzero(passing)
        cursor = (
            None if request.cursor is None else order.Cursor.decode(request.cursor, request.sort)
        )
        now = microseconds(datetime.now(UTC)) if cursor is None else cursor.now
        factors = _recency(request, snapshot, numbers, now)
        scores = found.matches.scores[numbers] * factors
        first, second = order.keys(request.sort, scores, snapshot.dates[numbers])
        rows = _Rows(numbers, first, second)
        if request.collapse:
            kept = order.distinct(snapshot.hashes[numbers], first, second, numbers)
            rows = _Rows(numbers[kept], first[kept], second[kept])
        page, chosen, following = _page(request, rows, cursor, now)
        shown = rows.numbers[chosen]
        at = np.searchsorted(numbers, shown)
        explanations: list[Explanation | None] = [None] * len(shown)
        if request.explain:
            explanations = explain(evaluation, found.query, shown, factors[at])
        copies = snapshot.hashes[numbers]
        hits = [
            replace(
                self._hit(evaluation, found, number, snippets=request.snippets),
                score=float(score) if request.sort is Sort.RELEVANCE else None,
                similar_count=int(np.count_nonzero(copies == snapshot.hashes[number])) - 1,
                explanation=explanation,
            )
            for number, score, explanation in zip(
                shown.tolist(), scores[at].tolist(), explanations, strict=True
            )
        ]
        notes = [*evaluation.notes]
        notes += [note for note in found.notes if note.code not in _LOOSER or len(numbers)]
        if evaluation.partial:
            notes.append(Note("partial", {"milliseconds": str(request.budget_ms)}))
        return SearchResponse(
            query=request.query,
            total=len(rows.numbers),
            page=page,
            per_page=request.per_page,
            next_cursor=following,
            hits=tuple(hits),
            facets=facet_arrays.facet_counts(snapshot, request, mask, masks)
            if request.facets
            else {},
            histogram=facet_arrays.histogram(snapshot.dates[numbers]) if request.facets else (),
            suggestion=found.suggestion,
            notes=tuple(notes),
            partial=evaluation.partial,
            generation=snapshot.name,
            took_ms=(perf_counter() - started) * 1000,
        )

    def _hit(self, evaluation: Evaluation, found: _Found, number: int, *, snippets: bool) -> Hit:
        article = evaluation.snapshot.article(number)
        how = evaluation.snapshot.analysis
        return Hit(
            id=article.id,
            title=article.title,
            title_html=headline(mark(article.title[:MAX_CHARACTERS], found.wanted, how)),
            snippet_html=snippet(mark(article.body[:MAX_CHARACTERS], found.wanted, how))
            if snippets
            else "",
            url=article.url,
            date=article.date,
            source=article.source,
            category=article.category,
            place=article.place,
            score=None,
            similar_count=0,
        )


@dataclass(frozen=True)
class _Found:
    """What a query found, before filters and order."""

    query: whoosh_query.Query
    matches: Matches
    notes: tuple[Note, ...]
    wanted: Wanted
    suggestion: str | None


@dataclass(frozen=True)
class _Rows:
    """The hits and their sort keys: (n,) each."""

    numbers: NDArray[np.int64]
    first: NDArray[np.float64]
    second: NDArray[np.int64]


def _recency(
    request: SearchRequest, snapshot: Snapshot, numbers: NDArray[np.int64], now: int
) -> NDArray[np.float64]:
    """What age leaves of each score; an article without a date counts as the oldest."""
    if request.recency is None:
        return np.ones(len(numbers))
    dates = snapshot.dates
    known = dates[dates != NO_DATE]
    oldest = int(known.min()) if len(known) else now
    dated = np.where(dates[numbers] == NO_DATE, oldest, dates[numbers])
    ages = np.maximum(now - dated, 0) / _DAY
    factors: NDArray[np.float64] = np.exp2(-ages / request.recency)
    return factors


def _page(
    request: SearchRequest, rows: _Rows, cursor: order.Cursor | None, now: int
) -> tuple[int, NDArray[np.int64], str | None]:
    """The page's number, its rows in order, and the cursor to the next page if there is one."""
    size = request.per_page
    if cursor is None:
        page = request.page
        ordered = order.top(page * size + 1, rows.first, rows.second, rows.numbers)
        window = ordered[(page - 1) * size :]
    else:
        page = cursor.page
        later = np.flatnonzero(order.after(cursor, rows.first, rows.second, rows.numbers))
        ordered = order.top(size + 1, rows.first[later], rows.second[later], rows.numbers[later])
        window = later[ordered]
    chosen = window[:size]
    if len(window) <= size:
        return page, chosen, None
    last = int(chosen[-1])
    following = order.Cursor(
        request.sort,
        page + 1,
        float(rows.first[last]),
        int(rows.second[last]),
        int(rows.numbers[last]),
        now,
    )
    return page, chosen, following.encode()
