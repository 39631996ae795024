"""The embedded engine: a request's way from query text to a page of hits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import perf_counter

from index.analysis import TokenAnalysis, analysis
from index.article import Article
from index.errors import IndexMissing, IndexOutdated
from index.store import Store
from search.budget import Budget
from search.cursor import continued, order_sum, seal
from search.limits import ASKING, BUDGET_MS, FINDING, LEADING, NAMING, PAGE
from search.local import value_notes
from search.local.completing.forms import Forms, PostingsForms
from search.local.copies import copies_of
from search.local.find import find
from search.local.matching.searcher import Searcher
from search.local.opened import Current, Opened, Pinned
from search.local.page.answer import answer
from search.local.plan import Plan
from search.local.scoring.ranking import Ranking
from search.local.similar import similar_to
from search.local.statistics import statistics
from search.marking import Marker
from search.request import SearchRequest
from search.response import Copy, SearchResponse, Statistics, Suggestion
from search.standing import Refused


class LocalEngine:
    """Searches the index directory at ``path``; always its current generation.

    See ``search.engine.SearchEngine``. Opening is lazy, so that an engine may be made before a
    process forks: nothing is open until the first question.
    """

    def __init__(
        self, path: Path, ranking: Ranking | None = None, pinned: Opened | None = None
    ) -> None:
        self._path = path
        self._ranking = ranking or Ranking()
        self._order = order_sum(self._ranking)
        if pinned is None:
            self._current = Current(path, self._ranking)
        else:
            self._current = Pinned(path, self._ranking, pinned)

    def prepare(self) -> None:
        """Open the index, do what makes the first questions slow, and learn the commonest words.

        And what begins as no word does, as words in other letters are learned for that.
        """
        from search.local import preparing  # no command but a server does
        from search.local.common_words import common_words

        preparing.ask_headlines(self.search)
        self.suggest(preparing.BEGUN, 1)
        with self._current.reading() as opened:
            opened.plans.learn(common_words(opened.snapshot), preparing.LEARNING_SECONDS)

    def close(self) -> None:
        """Let go of the open generation; the next question opens it again."""
        self._current.close()

    def pinned(self) -> LocalEngine:
        """An engine over what CURRENT names now, with all that is kept of it."""
        with self._current.reading() as opened:
            return LocalEngine(self._path, self._ranking, opened)

    def generation(self) -> str:
        """The name of what is served: what CURRENT names, unless that was refused."""
        return self._current.name()

    def refused(self) -> Refused | None:
        """What CURRENT names, where it is not served, and why."""
        return self._current.refused()

    def search(self, request: SearchRequest, budget: Budget | None = None) -> SearchResponse:
        """One page of hits, facets, the histogram and notes.

        ``budget``: by default the time that the request allows. Work is bounded in any case.
        """
        started = perf_counter()
        if request.cursor is not None:
            request = continued(request, self._order)
        opened = self._current.take()
        try:  # as ``reading`` does, without an object for it
            answering = None if request.facets else opened.answering
            begun = None
            if budget is None and answering is not None:
                found = answering.search(request, started)
                if isinstance(found, SearchResponse):
                    return found
                if isinstance(found, tuple):
                    begun = found
                else:
                    budget = found
            response, plan, whole = begun or self._answered(request, opened, budget, started)
            if not response.total and opened.snapshot.columns.live is not None:
                from search.local.page.gone import gone, with_notes  # few have deleted articles

                naming = whole.part(NAMING.of(opened.snapshot.size))
                words = gone(opened.snapshot, plan, request.query, naming)
                response.notes = with_notes(response.notes, words)
            if response.suggestion is not None or response.offers:
                self._keep_what_leads(response, request, opened, whole)
                response.took_ms = (perf_counter() - started) * 1000
        except BaseException as error:
            self._current.misread(opened, error)
            raise
        if response.next_cursor is not None:
            response.next_cursor += seal(request, self._order)
        return response

    def _answered(
        self, request: SearchRequest, opened: Opened, budget: Budget | None, started: float
    ) -> tuple[SearchResponse, Plan, Budget]:
        """The answer without what may follow from it, the plan, and what is left of the budget."""
        rows, plans = opened.rows, opened.plans
        whole = budget or Budget(request.budget_ms / 1000)
        finding, of_page = whole.part(opened.finding), whole.part(opened.of_page)
        plan = plans.plan(request.query, whole, correct=request.correct, today=request.today)
        suggestion = plans.suggestion(plan, whole) if request.offering else None
        answering = None if request.facets else opened.answering
        if answering is not None:
            response = answering.of(request, plan, whole, finding, of_page, suggestion, started)
            if response is not None:
                return response, plan, whole
        searcher = Searcher(opened.snapshot, rows, finding)
        if request.chosen or request.left_out:
            naming = whole.part(NAMING.of(opened.snapshot.size))
            columns = opened.snapshot.columns
            searcher.notes.extend(value_notes.of_filters(request, columns, naming))
            whole.partial |= naming.partial
        found = find(plan, searcher, request, self._ranking)
        of_page.partial = whole.partial or finding.partial
        # What was read to find the articles counts no more.
        of_page.counted = finding.counted
        searcher = Searcher(opened.snapshot, rows, of_page, searcher.notes)
        response = answer(request, searcher, plan, found, suggestion, self._ranking, started)
        return response, plan, whole

    def _keep_what_leads(
        self, response: SearchResponse, request: SearchRequest, opened: Opened, whole: Budget
    ) -> None:
        """Leave out offers that find nothing; looking takes nothing from the ``whole``'s work."""
        from search.local.page.leading import keep_what_leads  # few answers offer anything
        from search.local.page.looking import Looking

        budget = whole.part(LEADING.of(opened.snapshot.size))
        looking = Looking(opened.plans, Searcher(opened.snapshot, opened.rows, budget))
        known = self._ranking.partial and opened.snapshot.columns.live is None
        keep_what_leads(response, request, looking, known=known, dated=True)

    def similar(
        self, article_id: str, limit: int, *, snippets: bool = True
    ) -> SearchResponse | None:
        """Articles that share the article's most telling words."""
        started = perf_counter()
        with self._current.reading() as opened:
            number = opened.snapshot.number_of(article_id)
            if number is None:
                return None
            size = opened.snapshot.size
            budget = Budget(BUDGET_MS / 1000, FINDING.of(size))
            searcher = Searcher(opened.snapshot, opened.rows, budget)
            plan, found = similar_to(searcher, number)
            of_page = budget.part(PAGE.of(size))
            of_page.partial, of_page.counted = budget.partial, budget.counted
            searcher = replace(searcher, budget=of_page)
            request = SearchRequest(per_page=limit, facets=False, collapse=True, snippets=snippets)
            response = answer(request, searcher, plan, found, None, self._ranking, started)
            # There is no address where this row of hits could be followed.
            return replace(response, listed=len(response.hits), next_cursor=None)

    def copies(self, article_id: str, limit: int) -> list[Copy]:
        """Articles whose text is that of the article."""
        with self._current.reading() as opened:
            number = opened.snapshot.number_of(article_id)
            return [] if number is None else copies_of(opened.snapshot, number, limit)

    def article(self, article_id: str) -> Article | None:
        """The stored article of the id."""
        with self._current.reading() as opened:
            number = opened.snapshot.number_of(article_id)
            return None if number is None else opened.snapshot.article(number)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions by what stands together in the archive."""
        with self._current.reading() as opened:
            return opened.completions.of(prefix, limit, _Archive(opened))

    def marker(self, query: str, *, correct: bool = True) -> Marker:
        """What the query marks in texts."""
        with self._current.reading() as opened:
            return opened.plans.marker(query, correct=correct)

    def analyze(self, text: str) -> list[TokenAnalysis]:
        """How the index reads a text; without one, how one without the user's words would."""
        try:
            with self._current.reading() as opened:
                how = opened.snapshot.analysis
        except IndexMissing:
            how = analysis()
        except IndexOutdated:
            with Store(self._path).open_current(any_version=True) as generation:
                how = analysis(generation.words)
        return how.explain(text)

    def statistics(self) -> Statistics:
        """Counts of the current generation."""
        with self._current.reading() as opened:
            return statistics(opened.snapshot)


class _Archive:
    """What one suggestion asks of searching, within one budget for all of it."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._whole = Budget(BUDGET_MS / 1000)
        self._asking = self._whole.part(ASKING.of(opened.snapshot.size))

    def finds(self, text: str) -> bool | None:
        budget = self._asking
        if budget.spent():
            return None
        query = self._opened.plans.query(text, budget)
        if query is None:
            return False
        searcher = Searcher(self._opened.snapshot, self._opened.rows, budget)
        found = len(searcher.run(query)) > 0
        return None if budget.partial and not found else found

    def forms(self, budget: Budget) -> Forms:
        return PostingsForms(self._opened.snapshot, budget)

    def are_one(self, first: str, second: str) -> bool:
        return self._opened.plans.are_one(first, second, self._whole)
