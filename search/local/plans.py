"""Plans: the queries that a text becomes in one index with one ranking, and a cache of them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from whoosh.query import Every, Query

from index.dates import local_today
from index.errors import FileDamaged
from index.kept import kept
from index.segments.checking import MISREAD
from search.budget import Budget
from search.limits import BUDGET_MS, CORRECTING, HOLDING, NAMING, SUGGESTING
from search.local import value_notes
from search.local.completing.spelling import absent, better_spelling, corrections
from search.local.completing.spellings import Known, Spellings
from search.local.completing.unoffered import Unoffered
from search.local.plain.at_once import Composed
from search.local.plain.composed import plan_of
from search.local.plain.memo import Memo
from search.local.plain.plan import PlainPlan, planner_of
from search.local.plain.road import Road, Understood
from search.local.plan import Plan, size_of
from search.local.queries import Queries
from search.local.reading.holders import Holders
from search.local.reading.rows import Rows
from search.local.scoring.feature_plan import plan_features
from search.local.scoring.ranking import Ranking
from search.marking import Marker, sought
from search.query.day_offers import OfferedDays, offered_days
from search.query.parse import Parsed
from search.query.rewrite import (
    rewritten,
    words_in_glued,
    words_of_numbers,
    words_with_spellings,
)
from search.query.syntax.boolean import AllOf
from search.query.syntax.node import Node
from search.query.syntax.spellings import Spellings as SpellingsNode
from search.query.syntax.word import Word
from search.question import Question, parsed, understood

if TYPE_CHECKING:
    from index.kernels.plain import Texts
    from index.kernels.planning import Planner

_KEPT = 1024
"""Suggestions that are kept; plans are as many as fit, as readers ask the same again: on the next
page, or with a filter."""
_PLANS_BYTES = 48 << 20
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Plans:
    """The plans of the last questions over one snapshot, as pages and filters ask the same again.

    A plan is of one day, as days in a query may count from it.

    What the clock cut short is not kept. What counted work cut short is, and stays cut: the next
    answer would be no other, and these are the dearest questions. Shared by threads.

    ``kept``: the plans by text, whether words are corrected, and day.
    """

    def __init__(self, rows: Rows, ranking: Ranking) -> None:
        self._rows = rows
        self._ranking = ranking
        self.kept: Memo[tuple[str, bool, date], Plan] = Memo(_PLANS_BYTES)
        self._suggestions: dict[tuple[str, frozenset[Word]], tuple[str | None, bool]] = {}
        self._spellings = Known(rows)
        self._holders = Holders(rows)
        self._road = Road(self._spellings, self._holders, ranking)
        self._unoffered = Unoffered(rows.snapshot)
        size = rows.snapshot.size
        self._correcting, self._holding = CORRECTING.of(size), HOLDING.of(size)
        self._corrects = ranking.correction
        self._suggesting, self._naming = SUGGESTING.of(size), NAMING.of(size)

    def prepare(self) -> None:
        """Make what all questions need, so that the first does not wait for it.

        Damage is told by the questions that find it.
        """
        with suppress(*MISREAD, FileDamaged, OSError):
            self._road.prepare()
            if self._road.composes:
                _ = self.planner

    @kept
    def planner(self) -> Planner[PlainPlan]:
        """What plans words that were composed at once. Raises ``FileDamaged``."""
        rows = self._road.compiled
        assert rows is not None
        return planner_of(self._ranking, rows, partial(_offered, rows), self._holding)

    @property
    def texts(self) -> Texts | None:
        """What reads plain texts at once; None where nothing does. Raises ``FileDamaged``."""
        return self._road.texts if self._road.composes else None

    def learn(self, typed: Iterable[str], seconds: float) -> None:
        """Find out about words before they are asked for, as ``Words.learn``, if that can be done.

        Damage is told by the questions that find it.
        """
        with suppress(*MISREAD, FileDamaged, OSError, MemoryError):
            self._road.learn(typed, seconds)

    @property
    def learned(self) -> list[str]:
        """As ``Words.learned``."""
        return self._road.learned

    def plan(
        self, text: str, budget: Budget, *, correct: bool = True, today: date | None = None
    ) -> Plan:
        """The plan of a text; without ``correct`` no word is replaced. Raises ``FileDamaged``.

        ``today``: from which days in it count; None: from the day that it is.
        """
        key = text, correct and self._corrects, today or local_today()
        known = self.kept.get(key)
        if known is not None:
            budget.partial |= known.cut
            return known
        part = budget.part(self._correcting)
        plain = self._road.understood(text, part, correct=key[1])
        if isinstance(plain, Composed):
            found = self.planner.of(key, plain, part, budget)
            if not found.late:
                self.kept.put(key, found, found.nbytes)
            return found
        _, correct, today = key
        looking = budget.part(self._holding)
        noting = part  # where there is nothing to note
        doubtful = None
        if isinstance(plain, Understood):
            queries, spelt, doubtful = plain.queries, plain.spelt, plain.doubtful
            offers = (
                _offered(self._rows, text, queries.question.root, today) if plain.tells_days else ()
            )
        else:
            query = plain or parsed(text, self._rows.snapshot.analysis, today)
            question, spelt = self._understood(query, part, correct=correct, today=today)
            noting = budget.part(self._naming)
            queries = self._noted(Queries(question, self._ranking), noting)
            offers = _offered(self._rows, text, question.root, today)
        features = None
        if not queries.question.nothing:
            wanted, rows = self._ranking.features, self._road.compiled
            if rows is not None and isinstance(plain, Understood):
                features = plan_of(plain.sought, queries, wanted, rows, looking)
            else:
                features = plan_features(queries, wanted, self._rows, looking)
        cut = part.partial or looking.partial or noting.partial
        plan = Plan(queries, features, spelt, cut, part.partial, offers, doubtful)
        if not (part.late or looking.late or noting.late):
            self.kept.put(key, plan, size_of(plan))
        budget.partial |= cut
        return plan

    def queries(self, text: str, budget: Budget, *, correct: bool, today: date) -> Queries:
        """What a text asks for, at the cost of one budget; not kept. Raises ``FileDamaged``."""
        query = parsed(text, self._rows.snapshot.analysis, today)
        correct = correct and self._corrects
        question, _ = self._understood(query, budget, correct=correct, today=today)
        return Queries(question, self._ranking)

    def query(self, text: str, budget: Budget) -> Query | None:
        """What must match a text as it is typed today, without the rest of a plan; not kept.

        None where there is nothing to search for. Raises ``FileDamaged``.
        """
        how, today = self._rows.snapshot.analysis, local_today()
        known = self.kept.get((text, False, today))
        if known is not None and not known.cut:
            return known.query
        part = budget.part(self._correcting)
        spellings = Spellings(self._spellings, part)
        root = rewritten(parsed(text, how, today), how, (), spellings, self._holders).root
        if root is not None:
            return root.compile(self._ranking.weights)
        return None if text.strip() else Every()

    def are_one(self, first: str, second: str, budget: Budget) -> bool:
        """Whether two surface forms are sought as one word. Raises ``FileDamaged``."""
        part = budget.part(self._correcting)
        return Spellings(self._spellings, part).pair(first, second) is not None

    def question(self, text: str, budget: Budget, *, correct: bool = True) -> Question:
        """What a plan's query comes from, for texts alone. Raises ``FileDamaged``."""
        if type(text) is not str:  # kernels take no other, as requests know
            text = str.__str__(text)
        correct = correct and self._corrects
        today = local_today()
        known = self.kept.get((text, correct, today))
        if known:
            budget.partial |= known.misread
            return known.question
        part = budget.part(self._correcting)
        plain = self._road.understood(text, part, correct=correct)
        if isinstance(plain, Composed):
            question: Question = self.planner.question(text, plain)
            return question
        if isinstance(plain, Understood):
            return plain.queries.question
        query = plain or parsed(text, self._rows.snapshot.analysis, today)
        question, _ = self._understood(query, part, correct=correct, today=today)
        budget.partial |= part.partial
        return question

    def marker(self, text: str, *, correct: bool = True) -> Marker:
        """What a text marks in other texts. Raises ``FileDamaged``."""
        budget = Budget(BUDGET_MS / 1000)
        question = self.question(text, budget, correct=correct)
        marker = Marker(sought(question.marked, self._rows.snapshot.analysis))
        marker.work.partial = budget.partial
        return marker

    def _understood(
        self, query: Parsed, part: Budget, *, correct: bool, today: date | None = None
    ) -> tuple[Question, frozenset[Word]]:
        """The question, and the words in it that are spelt otherwise in articles."""
        snapshot = self._rows.snapshot
        spellings = Spellings(self._spellings, part)
        spelt = words_with_spellings(query.root, spellings)
        spelt |= words_in_glued(query.root, self._holders)
        spelt |= words_of_numbers(query, snapshot.analysis, spellings)
        found = corrections(snapshot, query, part, spelt) if correct else ()
        question = understood(query, snapshot.analysis, found, spellings, self._holders, today)
        lacking = absent(snapshot, query, spelt.union(one.written for one in found))
        if lacking:
            question = replace(question, notes=question.notes + lacking)
        return question, spelt

    def _noted(self, queries: Queries, budget: Budget) -> Queries:
        """The same, with what is to be said of the values of facets in a question."""
        question = queries.question
        if question.nothing or _is_of_words(question.root):
            return queries
        assert queries.query is not None
        more = tuple(value_notes.of_query(queries.query, self._rows.snapshot.columns, budget))
        if not more:
            return queries
        return Queries(replace(question, notes=question.notes + more), self._ranking)

    def suggestion(self, plan: Plan, budget: Budget) -> str | None:
        """Another spelling of what a plan searches for; None for none. Raises ``FileDamaged``."""
        if plan.offers_nothing:
            return None
        part: Budget | None = None
        told: dict[str, str | None] = {}
        if isinstance(plan, PlainPlan):
            if plan.offers_nothing is None:
                part = budget.part(self._suggesting)
                composed = plan.composed
                words, once = composed.written, len(composed.surfaces) == len(composed.written)
                tells = self._unoffered.nothing_offered
                nothing = once and tells(words, plan.doubtful, part, told)
                if not part.late:
                    plan.offers_nothing = nothing
                if nothing:
                    return None
        elif plan.doubtful == () or plan.question.root is None:
            return None
        key = plan.question.text, frozenset(plan.spelt)
        known = self._suggestions.get(key)
        if known is not None:
            found, cut = known
            budget.partial |= cut
            return found
        snapshot = self._rows.snapshot
        if part is None or not told:
            part = budget.part(self._suggesting)
        query = Parsed(plan.question.text, plan.question.written, ())
        found = better_spelling(snapshot, query, part, plan.spelt, plan.doubtful, told=told)
        if not part.late:
            _keep(self._suggestions, key, (found, part.partial))
        budget.partial |= part.partial
        return found


def _is_of_words(root: Node | None) -> bool:
    """Whether a tree has nothing but words, and so no value of a facet."""
    nodes = root.nodes if isinstance(root, AllOf) else (root,)
    return all(isinstance(node, Word | SpellingsNode) for node in nodes)


def _keep(kept: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value


def _offered(rows: Rows, text: str, root: Node | None, today: date) -> tuple[OfferedDays, ...]:
    """The days in a text that are offered: those of which there are articles.

    ``root``: the tree of it; None where that has words alone.
    """
    offers = offered_days(text, root, today)
    if not offers:
        return ()
    has_days = rows.snapshot.columns.has_days
    return tuple([one for one in offers if has_days(one.first, one.last)])
