"""Plans: the queries that a text becomes in one index with one ranking, and a cache of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from whoosh.query import Every, Query

from index.dates import local_today
from index.errors import FileDamaged
from index.kept import kept
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.checking import MISREAD
from search.budget import Budget
from search.limits import BUDGET_MS, CORRECTING, HOLDING, NAMING, SUGGESTING
from search.local import value_notes
from search.local.completing.spelling import absent, better_spelling, corrections
from search.local.completing.spellings import Known, Spellings
from search.local.completing.unoffered import Unoffered
from search.local.matching.flat import FlatQuery
from search.local.page.stage import NO_STAGE, Stage, stage_of, staged
from search.local.plain.at_once import (
    PlainQueries,
    PlainQuestion,
    PlainReady,
    features_of,
    looked_for,
    spelt_of,
)
from search.local.plain.composed import plan_of
from search.local.plain.memo import Memo
from search.local.plain.road import Road, Understood
from search.local.queries import Queries
from search.local.reading.holders import Holders
from search.local.reading.made import Ready
from search.local.reading.rows import Rows
from search.local.scoring.feature_plan import FeaturePlan, plan_features
from search.local.scoring.features import price_beside
from search.local.scoring.holding import Holding
from search.local.scoring.ranking import Ranking
from search.marking import Marker, sought
from search.query.day_offers import OfferedDays, offered_days
from search.query.operators import as_word
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
    from index.kernels.candidates import Sought
    from index.kernels.paging import Lacking

_paging = kernel("paging")
_KEPT = 1024
"""Suggestions that are kept; plans are as many as fit, as readers ask the same again: on the next
page, or with a filter."""
_PLANS_BYTES = 48 << 20
_OF_A_PLAN, _OF_A_PLACE = 6400, 120
"""Bytes; of a plan with the price of its features, which is kept when it is first asked for."""
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True)
class Plan:
    """What is searched for to answer a question.

    ``features``: what the second stage looks for, None for nothing. ``spelt``: the words as typed
    that are written together or apart in articles, or glued to another one. ``cut``: whether it was
    cut short, so that another plan would find more, or less; ``misread``: whether its question was.
    ``offers``: the days that are told among its words. ``doubtful``: the words of which another
    spelling may be offered; None where nobody looked.
    """

    queries: Queries
    features: FeaturePlan | None = None
    spelt: Collection[Word] = ()
    cut: bool = False
    misread: bool = False
    offers: tuple[OfferedDays, ...] = ()
    doubtful: tuple[Word, ...] | None = None

    @kept
    def question(self) -> Question:
        return self.queries.question

    @kept
    def ready(self) -> Ready | None:
        """``flat`` made ready for the kernel of the index that the plan is of, where it is so."""
        return self.queries.ready

    @kept
    def query(self) -> Query | None:
        """What must match, None where there is nothing to search for."""
        return self.queries.query

    @kept
    def relaxed(self) -> Query | None:
        """The same with some of the words, None where that finds no more."""
        return self.queries.relaxed

    @kept
    def spared(self) -> tuple[tuple[str, Query], ...]:
        """What need not match in ``relaxed``, as it was typed."""
        return self.queries.spared

    @kept
    def spared_texts(self) -> tuple[str, ...]:
        """How that was typed."""
        return self.queries.spared_texts

    @kept
    def lacking(self) -> Lacking:
        """What tells those of ``spared_texts`` that a page lacks; only for kernels."""
        found: Lacking = _paging.Lacking(self.spared_texts)
        return found

    @kept
    def flat(self) -> FlatQuery | None:
        """What a kernel takes: the words of the question where it asks for nothing else."""
        return self.queries.flat

    @kept
    def spares_words(self) -> bool:
        """Whether each word of ``flat`` may be lacking, and nothing else."""
        return self.flat is not None and len(self.flat.words) == len(self.spared_texts)

    @kept
    def complete_first(self) -> bool:
        """Whether by relevance articles that have all words come first, whatever the scores."""
        return self.queries.complete_first

    @kept
    def stage(self) -> Stage | None:
        """What a kernel is asked for by the second stage; None where that does not suffice."""
        return stage_of(self.features, self.queries.ranking.features)

    @kept
    def price(self) -> tuple[int, int] | None:
        """What that costs beside ``ready``, and each document besides; None for nothing."""
        if self.ready is None or self.features is None or self.features.ready is None:
            return None
        return price_beside(self.features.ready, self.ready)[:2]


class PlainPlan(Plan):
    """The plan of plain words that were composed at once: nothing is made of it that is not read.

    ``price`` and ``stage`` are known, and of the ``stage`` what is held, ``_holding``.
    ``offers_nothing``: whether no other spelling is, as far as that is soon told; None where nobody
    looked.
    """

    ready: PlainReady
    stage: Stage
    price: tuple[int, int] | None
    question: PlainQuestion
    complete_first: bool
    spares_words: bool
    cut: bool
    misread: bool
    offers: tuple[OfferedDays, ...]
    doubtful: tuple[Word, ...]
    offers_nothing: bool | None
    _holding: tuple[Holding, ...]
    _ranking: Ranking

    # It is not frozen, as such a one is made in three times the time, and three times as large.
    __setattr__ = object.__setattr__

    @classmethod
    def of(  # noqa: PLR0917 - what a plan is made of
        cls,
        text: str,
        ranking: Ranking,
        ready: PlainReady,
        looked: tuple[tuple[Holding, ...], Sought | None, tuple[int, int] | None],
        offers: tuple[OfferedDays, ...],
        cut: bool,
        misread: bool,
    ) -> PlainPlan:
        """``looked``: what is looked for, as ``at_once.looked_for`` has it."""
        holding, sought, price = looked
        composed = ready.composed
        stage = NO_STAGE
        if sought is not None or holding:
            stage = staged(holding, sought, composed.alike, ranking.features)
        found = object.__new__(cls)
        found.question = PlainQuestion.of(text, composed)
        found.ready = ready
        found.complete_first = len(composed.loose) <= ranking.most_lacking
        found.spares_words = bool(composed.loose)
        found.stage, found.price = stage, price
        found.offers, found.doubtful = offers, composed.doubtful
        found.cut, found.misread = cut, misread
        found.offers_nothing = None if composed.doubtful else True
        found._holding, found._ranking = holding, ranking
        return found

    @kept
    def queries(self) -> PlainQueries:
        return PlainQueries(self.question, self._ranking, self.ready)

    @kept
    def features(self) -> FeaturePlan | None:
        return features_of(self.ready, self._holding, self.stage[2], self.price)

    @kept
    def spared_texts(self) -> tuple[str, ...]:
        composed = self.ready.composed
        return composed.texts(as_word) if composed.loose else ()

    @kept
    def spelt(self) -> Sequence[Word]:
        return spelt_of(self.ready.composed)


class Plans:
    """The plans of the last questions over one snapshot, as pages and filters ask the same again.

    A plan is of one day, as days in a query may count from it.

    What the clock cut short is not kept. What counted work cut short is, and stays cut: the next
    answer would be no other, and these are the dearest questions. Shared by threads.
    """

    def __init__(self, rows: Rows, ranking: Ranking) -> None:
        self._rows = rows
        self._ranking = ranking
        self._plans: Memo[tuple[str, bool, date], Plan] = Memo(_PLANS_BYTES)
        self._suggestions: dict[tuple[str, frozenset[Word]], tuple[str | None, bool]] = {}
        self._spellings = Known(rows)
        self._holders = Holders(rows)
        self._road = Road(self._spellings, self._holders, ranking)
        self._unoffered = Unoffered(rows.snapshot)
        size = rows.snapshot.size
        self._correcting, self._holding = CORRECTING.of(size), HOLDING.of(size)
        self._suggesting, self._naming = SUGGESTING.of(size), NAMING.of(size)

    def prepare(self) -> None:
        """Make what all questions need, so that the first does not wait for it.

        Damage is told by the questions that find it.
        """
        with suppress(*MISREAD, FileDamaged, OSError):
            self._road.prepare()

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
        correct = correct and self._ranking.correction
        today = today or local_today()
        key = text, correct, today
        known = self._plans.get(key)
        if known is not None:
            budget.partial |= known.cut
            return known
        part = budget.part(self._correcting)
        looking = budget.part(self._holding)
        noting = part  # where there is nothing to note
        doubtful = None
        plain = self._road.understood(text, part, correct=correct)
        if isinstance(plain, PlainReady):
            return self._plain(key, plain, part, looking, budget)
        if isinstance(plain, Understood):
            queries, spelt, doubtful = plain.queries, plain.spelt, plain.doubtful
            offers = self._offered(text, queries.question.root, today) if plain.tells_days else ()
        else:
            query = plain or parsed(text, self._rows.snapshot.analysis, today)
            question, spelt = self._understood(query, part, correct=correct, today=today)
            noting = budget.part(self._naming)
            queries = self._noted(Queries(question, self._ranking), noting)
            offers = self._offered(text, question.root, today)
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
            self._plans.put(key, plan, _size_of(plan))
        budget.partial |= cut
        return plan

    def _plain(
        self,
        key: tuple[str, bool, date],
        ready: PlainReady,
        part: Budget,
        looking: Budget,
        budget: Budget,
    ) -> Plan:
        """The plan of words that were composed at once; the budgets are those of ``plan``."""
        rows = self._road.compiled
        assert rows is not None
        looked = looked_for(ready, self._ranking.features, rows, looking)
        text, _, today = key
        offers: tuple[OfferedDays, ...] = ()
        if ready.composed.tells_days:
            offers = self._offered(text, None, today)
        cut = part.partial or looking.partial
        plan = PlainPlan.of(text, self._ranking, ready, looked, offers, cut, part.partial)
        if not (part.late or looking.late):
            size = _OF_A_PLAN + ready.composed.nbytes
            size += sum([one.documents.nbytes for one in looked[0]]) if looked[0] else 0
            size += 0 if looked[1] is None else _OF_A_PLACE * looked[1].terms
            self._plans.put(key, plan, size)
        budget.partial |= cut
        return plan

    def _offered(self, text: str, root: Node | None, today: date) -> tuple[OfferedDays, ...]:
        """The days in a text that are offered: those of which there are articles.

        ``root``: the tree of it; None where that has words alone.
        """
        offers = offered_days(text, root, today)
        if not offers:
            return ()
        has_days = self._rows.snapshot.columns.has_days
        return tuple([one for one in offers if has_days(one.first, one.last)])

    def queries(self, text: str, budget: Budget, *, correct: bool, today: date) -> Queries:
        """What a text asks for, at the cost of one budget; not kept. Raises ``FileDamaged``."""
        query = parsed(text, self._rows.snapshot.analysis, today)
        correct = correct and self._ranking.correction
        question, _ = self._understood(query, budget, correct=correct, today=today)
        return Queries(question, self._ranking)

    def query(self, text: str, budget: Budget) -> Query | None:
        """What must match a text as it is typed today, without the rest of a plan; not kept.

        None where there is nothing to search for. Raises ``FileDamaged``.
        """
        how, today = self._rows.snapshot.analysis, local_today()
        known = self._plans.get((text, False, today))
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
        correct = correct and self._ranking.correction
        today = local_today()
        known = self._plans.get((text, correct, today))
        if known:
            budget.partial |= known.misread
            return known.question
        part = budget.part(self._correcting)
        plain = self._road.understood(text, part, correct=correct)
        if isinstance(plain, PlainReady):
            return PlainQuestion.of(text, plain.composed)
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
        part: Budget | None = None
        told: dict[str, str | None] = {}
        if isinstance(plan, PlainPlan):
            if plan.offers_nothing is None:
                part = budget.part(self._suggesting)
                composed = plan.ready.composed
                words, once = composed.written, len(composed.surfaces) == len(composed.written)
                tells = self._unoffered.nothing_offered
                nothing = once and tells(words, plan.doubtful, part, told)
                if not part.late:
                    plan.offers_nothing = nothing
            if plan.offers_nothing:
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


def _size_of(plan: Plan) -> int:
    """About the bytes of a plan, with its words made ready, each once.

    These may be kept elsewhere, too, but live as long as the plan when they are forgotten there.
    """
    features, ready = plan.features, plan.ready
    size, words = _OF_A_PLAN, () if ready is None else ready.uncounted
    for word in words:
        size += word.nbytes
    if features is None:
        return size
    for one in features.holding:
        size += one.documents.nbytes
    if features.ready is not None:
        for word in features.ready.words:
            size += 0 if word in words else word.nbytes
        size += _OF_A_PLACE * features.ready.sought.terms
    return size


def _is_of_words(root: Node | None) -> bool:
    """Whether a tree has nothing but words, and so no value of a facet."""
    nodes = root.nodes if isinstance(root, AllOf) else (root,)
    return all(isinstance(node, Word | SpellingsNode) for node in nodes)


def _keep(kept: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value
