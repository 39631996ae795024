"""The embedded engine: a request's road from query text to a page of hits."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from time import monotonic, perf_counter

from whoosh import query as whoosh_query

from index.analysis import TextAnalysis, TokenAnalysis, analysis
from index.article import Article
from index.errors import FileDamaged, IndexMissing, IndexOutdated
from index.store import Store
from search.limits import MAX_FACET_VALUES
from search.local import facets as facet_arrays
from search.local.clock import moment
from search.local.columns import NO_DATE
from search.local.evaluate import Evaluation
from search.local.features import Sought, sought
from search.local.marks import Wanted, mark, to_html, wanted
from search.local.matches import Matches, nothing
from search.local.page import Found, answer
from search.local.ranking import Ranking
from search.local.similar import similar_query
from search.local.snapshot import Snapshot
from search.local.spelling import Correction, better_spelling, corrected, corrections
from search.local.suggest import completions
from search.local.words import leading_of_any, words_of
from search.query import Parsed, parse, query_tree, relaxed, understood
from search.request import SearchRequest, Sort
from search.response import Note, SearchResponse, Statistics, Suggestion

_KEPT_QUESTIONS = 128


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
        self._current = str(path / "CURRENT")
        self._seen: tuple[int, ...] | None = None

    def close(self) -> None:
        """Let go of the open generation; the next question opens it again."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = self._seen = None

    def generation(self) -> str:
        """The name in CURRENT."""
        name = self._store.current_name()
        if name is None:
            raise IndexMissing(self._store.path)
        return name

    def search(self, request: SearchRequest) -> SearchResponse:
        """One page of hits, facets, the histogram and notes."""
        started = perf_counter()
        snapshot = self._snapshot()
        try:
            evaluation = self._evaluation(snapshot, request.budget_ms)
            question = self._asked(snapshot, request.query, evaluation.deadline)
            found = self._match(question, evaluation, request)
            return answer(request, evaluation, found, self._ranking.features, started)
        except FileDamaged as error:
            raise snapshot.damaged(error) from None

    def similar(self, article_id: str, limit: int) -> SearchResponse | None:
        """Articles that share the article's most telling words."""
        started = perf_counter()
        with self._reading() as snapshot:
            number = snapshot.number_of(article_id)
            if number is None:
                return None
            evaluation = self._evaluation(snapshot, SearchRequest().budget_ms)
            query = similar_query(snapshot, self._ranking.model, snapshot.article(number))
            matches = evaluation.run(query)
            matches = matches.where(matches.documents != number)
            request = SearchRequest(per_page=limit, facets=False, collapse=True)
            found = Found(query, matches, None, (), wanted(None), None, Sought())
            response = answer(request, evaluation, found, self._ranking.features, started)
            # There is no address where this row of hits could be followed.
            return replace(response, next_cursor=None)

    def article(self, article_id: str) -> Article | None:
        """The stored article of the id."""
        with self._reading() as snapshot:
            number = snapshot.number_of(article_id)
            return None if number is None else snapshot.article(number)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions from the words of headlines."""
        with self._reading() as snapshot:
            return completions(snapshot, prefix, limit)

    def highlight(self, query: str, text: str) -> str:
        """The text as HTML with the query's matches marked."""
        with self._reading() as snapshot:
            deadline = monotonic() + SearchRequest().budget_ms / 1000
            looked_for = self._asked(snapshot, query, deadline).wanted
            return to_html(mark(text, looked_for, snapshot.analysis))

    def analyze(self, text: str) -> list[TokenAnalysis]:
        """How the index reads a text; without one, how one without the user's words would."""
        try:
            how = self._snapshot().analysis
        except IndexMissing:
            how = analysis()
        except IndexOutdated:
            with self._store.open_current(any_version=True) as generation:
                how = analysis(generation.words)
        return how.explain(text)

    def statistics(self) -> Statistics:
        """Counts of the current generation."""
        with self._reading() as snapshot:
            live = snapshot.everything.documents
            dates = snapshot.dates[live]
            dates = dates[dates != NO_DATE]
            manifest = snapshot.generation.manifest
            version = manifest.version + (f", words {manifest.words}" if manifest.words else "")
            return Statistics(
                articles=manifest.articles,
                segments=len(snapshot.segments),
                terms=snapshot.terms,
                bytes=sum(entry.bytes for entry in manifest.files.values()),
                generation=snapshot.name,
                published=manifest.published,
                version=version,
                oldest=moment(int(dates.min())) if len(dates) else None,
                newest=moment(int(dates.max())) if len(dates) else None,
                facets={
                    facet: facet_arrays.count_values(column, live, set(), MAX_FACET_VALUES)
                    for facet, column in snapshot.facets.items()
                },
            )

    def _snapshot(self) -> Snapshot:
        """The current generation, opened anew where another one was published."""
        opened = self._opened
        seen = self._current_file()
        if opened is not None and seen is not None and seen == self._seen:
            return opened
        name = self.generation()
        if opened is not None and opened.name == name:
            self._seen = seen
            return opened
        with self._lock:
            if self._opened is None or self._opened.name != name:
                # Whoever still reads the old one keeps it open by holding it.
                self._opened = Snapshot(self._store.path)
                self._seen = None
            return self._opened

    def _current_file(self) -> tuple[int, ...] | None:
        """What tells one CURRENT from the next, which is always another file."""
        try:
            status = os.stat(self._current)  # noqa: PTH116 - a third of the time of Path's
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        """The current generation; damage found while it is read becomes ``IndexDamaged``."""
        snapshot = self._snapshot()
        try:
            yield snapshot
        except FileDamaged as error:
            raise snapshot.damaged(error) from None

    def _evaluation(self, snapshot: Snapshot, budget_ms: int) -> Evaluation:
        return Evaluation(snapshot, self._ranking.model, monotonic() + budget_ms / 1000)

    def _asked(self, snapshot: Snapshot, text: str, deadline: float) -> _Question:
        """What a text asks of this generation, whose words say what unknown ones stand for."""
        question = _question(text, snapshot.analysis, self._ranking)
        if not self._ranking.correction:
            return question
        found = corrections(snapshot, question.parsed.root, deadline)
        return _question(text, snapshot.analysis, self._ranking, found) if found else question

    def _match(self, question: _Question, evaluation: Evaluation, request: SearchRequest) -> Found:
        """What matches all words or, where little does, some of them.

        By date, where scores cannot keep the latter behind, only where nothing has all words.
        """
        parsed, query = question.parsed, question.query
        if query is None:
            return Found(
                whoosh_query.NullQuery,
                nothing(),
                None,
                parsed.notes,
                question.wanted,
                None,
                question.sought,
            )
        count = None
        if _first_only(request):
            candidates = self._ranking.features.candidates if question.sought else 0
            count = max(request.page * request.per_page + 1, candidates)
        looser = question.looser if self._ranking.enough else None
        notes: tuple[Note, ...] = ()
        if looser is None:
            look = _look(evaluation, query, count)
        else:
            look = _look(evaluation, query, None)
            enough = self._ranking.enough if request.sort is Sort.RELEVANCE else 1
            if not evaluation.partial and look.number < enough:
                more = _look(evaluation, looser, count)
                # What was cut short may lack the very articles that have all the words.
                if look.number != more.number and not (look.number and more.cut):
                    notes = (Note("widened" if look.number else "relaxed"),)
                    query, look = looser, more
        suggestion = None
        if parsed.root is not None and (notes or not look.number):
            suggestion = better_spelling(evaluation.snapshot, parsed, evaluation.deadline)
        notes = (*parsed.notes, *notes)
        return Found(
            query, look.matches, look.total, notes, question.wanted, suggestion, question.sought
        )


@dataclass(frozen=True, slots=True)
class _Question:
    """What a typed text asks for, in any index with the same analysis and the corrected words.

    ``query`` is None where there is nothing to search for, ``looser`` where nothing can be spared.
    """

    parsed: Parsed
    query: whoosh_query.Query | None
    looser: whoosh_query.Query | None
    wanted: Wanted
    sought: Sought


@lru_cache(maxsize=_KEPT_QUESTIONS)
def _question(
    text: str, how: TextAnalysis, ranking: Ranking, found: tuple[Correction, ...] = ()
) -> _Question:
    """The question of a text. Kept, as pages and filters ask the same again.

    Raises ``QueryTooLong``.
    """
    parsed = corrected(parse(text, how), found, how)
    root, kind = understood(parsed.root)
    if root is None and text.strip():
        return _Question(parsed, None, None, wanted(root), Sought())
    query, looser = query_tree(root, ranking.weights), relaxed(root)
    return _Question(
        parsed,
        query,
        None if looser is None else query_tree(looser, ranking.weights),
        wanted(root),
        sought(root, kind, query, ranking.features),
    )


def _first_only(request: SearchRequest) -> bool:
    """Whether no more than the first hits and the number of all are asked for."""
    return (
        request.sort is Sort.RELEVANCE
        and request.cursor is None
        and request.recency is None
        and not (
            request.facets
            or request.collapse
            or request.date_from
            or request.date_to
            or request.filters
        )
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """Matches: all of them, or of ``total`` those that may be among the first.

    ``cut``: the time was up before all were found.
    """

    matches: Matches
    total: int | None
    cut: bool

    @property
    def number(self) -> int:
        return len(self.matches) if self.total is None else self.total


def _look(evaluation: Evaluation, query: whoosh_query.Query, count: int | None) -> _Look:
    """All matches, or where only ``count`` of a simple query are asked for, the leading ones."""
    words = None if count is None else words_of(query)
    if words is None or count is None:
        matches = evaluation.run(query)
        return _Look(matches, None, evaluation.partial)
    sought = [evaluation.row(terms) for terms in words.sought]
    extra = [evaluation.row(terms) for terms in words.extra]
    leading = leading_of_any(sought, extra, evaluation.snapshot.size, count)
    return _Look(leading.matches, leading.total, evaluation.partial)
