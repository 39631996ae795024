"""Plans that a kernel makes of plain words: what is made of them later, and what is refused."""

from __future__ import annotations

import copy
import gc
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from math import inf
from typing import Any
from weakref import ref

import pytest

from index.kernels import kernel
from search.budget import Budget
from search.local.plain.at_once import PlainQuestion, PlainReady
from search.local.plain.memo import Memo
from search.local.plain.plan import PlainPlan, planner_of
from search.local.plan import Plan
from search.local.plans import Plans
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.local.weighting import BM25
from search.question import Question
from search.response import Note
from tests.search.local.archives import write_archive
from tests.search.local.plain.test_road import BODIES, numbered

pytestmark = pytest.mark.skipif(kernel("planning") is None, reason="the kernels are not in use")

TODAY = date(2026, 11, 30)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    path = tmp_path_factory.mktemp("plain-plan") / "index"
    write_archive(path, [numbered([*BODIES] * 5), numbered([*BODIES[:2]], 20)], {3})
    return Rows(Snapshot(path), BM25())


@pytest.fixture
def plans(rows: Rows) -> Plans:
    return Plans(rows, Ranking())


def plain(plans: Plans, text: str = "harga emas antam") -> PlainPlan:
    plan = plans.plan(text, Budget(inf), today=TODAY)
    assert isinstance(plan, PlainPlan)
    return plan


def test_what_is_made_later_is_made_once(plans: Plans) -> None:
    plan = plain(plans)
    assert isinstance(plan.ready, PlainReady)
    assert isinstance(plan.question, PlainQuestion)
    for name in (
        "ready",
        "question",
        "stage",
        "queries",
        "features",
        "spared_texts",
        "lacking",
        "spelt",
    ):
        assert getattr(plan, name) is getattr(plan, name)
    assert plan.ready.counted == dict.fromkeys(plan.ready.keys)
    assert plan.question.text == plan.text == "harga emas antam"
    assert not plan.question.nothing


def test_another_one_with_other_features_is_a_plan_of_steps(plans: Plans) -> None:
    plan = plain(plans)
    other = replace(plan, features=None)
    assert type(other) is Plan
    assert (other.features, other.price) == (None, None)
    assert (other.queries, other.question, other.spelt) == (plan.queries, plan.question, plan.spelt)


def test_another_question_is_no_plain_one(plans: Plans) -> None:
    question = plain(plans).question
    other = replace(question, notes=(Note("partial"),))
    assert type(other) is Question
    assert (other.text, other.root, other.notes) == (
        question.text,
        question.root,
        (Note("partial"),),
    )
    assert replace(question, root=None).nothing
    assert replace(question) == question


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_questions_are_pickled_and_copied_as_any(plans: Plans, again: Callable[[Any], Any]) -> None:
    question = plain(plans).question
    found = again(question)
    assert type(found) is Question
    assert found == question
    assert hash(found) == hash(question)
    assert repr(question) == "Plain" + repr(found)


def test_any_number_of_words_may_be_lacking(rows: Rows) -> None:
    for most, complete_first in ((1 << 64, True), (3, True), (2, False), (0, False)):
        plan = plain(Plans(rows, Ranking(most_lacking=most)))
        assert plan.complete_first == plan.queries.complete_first == complete_first


def test_a_question_does_not_keep_its_plan(plans: Plans) -> None:
    plan = plain(plans)
    question, gone = plan.question, ref(plan)
    plans.kept = Memo(1 << 20)
    del plan
    assert gone() is None
    assert question.root is not None


def test_a_plan_and_its_planner_leave_nothing_to_the_garbage(rows: Rows) -> None:
    some = Plans(rows, Ranking())
    for text in ("harga emas", "harga emas antam turun naik"):
        plan = plain(some, text)
        assert plan.stage
        assert plan.ready
    gone = ref(plan), ref(some)
    gc.collect()
    gc.disable()
    try:
        del plan, some
        assert [one() for one in gone] == [None, None]
    finally:
        gc.enable()


def test_what_nobody_planned_is_refused(plans: Plans) -> None:
    planned = kernel("planning").Planned()
    for name in ("ready", "question", "stage", "ranking", "doubtful", "spared_texts", "lacking"):
        with pytest.raises(TypeError, match="no planner"):
            getattr(planned, name)
    assert planned.price is None
    composed = kernel("composed").Composed()
    key = ("harga", True, TODAY)
    with pytest.raises(TypeError, match="no composer"):
        plans.planner.of(key, composed, Budget(inf), Budget(inf))
    with pytest.raises(TypeError, match="no composer"):
        plans.planner.question("harga", composed)


def test_bad_arguments_are_refused(plans: Plans) -> None:
    composed = plain(plans).composed
    key, budget = ("harga emas antam", True, TODAY), Budget(inf)
    of: Callable[..., Any] = plans.planner.of
    fitting = [key, composed, budget, budget]
    for at in range(len(fitting)):
        for odd in (None, 1, [*key]):
            with pytest.raises(TypeError):
                of(*fitting[:at], odd, *fitting[at + 1 :])
    with pytest.raises(TypeError):
        of((1, True, TODAY), composed, budget, budget)
    with pytest.raises(ValueError, match="of a day"):
        of(("harga",), composed, budget, budget)


def test_a_planner_makes_plans_of_its_kind(rows: Rows) -> None:
    makes = kernel("planning").Planner
    with pytest.raises(TypeError):
        makes()
    maker = kernel("slotted").Maker
    slots = "scorer", "words", "work", "uncounted", "composed", "_counted", "_keys"
    fitting = {
        "plan": PlainPlan,
        "question": PlainQuestion,
        "ready": maker(PlainReady, slots, (-1,) * len(slots)),
        "ranking": Ranking(),
        "scorer": rows.scorer,
        "holdings": planner_of,
        "offered": lambda *_: (),
        "as_word": str,
        "lacking": tuple,
        "most": 1 << 30,
        "costs": (1, 1, 1),
        "sizes": (1, 1),
    }
    with pytest.raises(TypeError):
        makes(**fitting)
    fitting["holdings"] = kernel("holding").Holdings(
        titles=None,
        bodies=None,
        lengths=rows.snapshot.columns.title_lengths,
        fields=("a", "b"),
        worth=(0.0, 0.0),
        long=4,
        links=(),
        by_steps=list,
        inside=list,
    )
    assert makes(**fitting).scorer is rows.scorer
    for name, odd in (("plan", Plan), ("question", Question), ("plan", PlainQuestion)):
        with pytest.raises(TypeError, match="of these classes"):
            makes(**{**fitting, name: odd})
    with pytest.raises(TypeError):
        makes(**{**fitting, "ready": maker(Note, ("code", "values", "position"), (-1,) * 3)})


def test_threads_ask_the_same_plan(plans: Plans) -> None:
    def ask(_: int) -> bool:
        one, other = (plain(plans, "harga emas antam turun").question for _ in range(2))
        return bool(one.root == other.root)

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(ask, range(400)))
