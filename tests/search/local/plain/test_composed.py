"""What is composed of words that are ready is what the general road makes of the same question."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from pathlib import Path
from random import Random

import pytest

from index.kernels import kernel
from search.budget import Budget
from search.local.matching.compiled import compiled
from search.local.matching.graded import Listed
from search.local.matching.searcher import Searcher
from search.local.plan import Plan
from search.local.plans import Plans
from search.local.queries import Queries
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.feature_plan import plan_features
from search.local.scoring.features import price_of
from search.local.scoring.ranking import Ranking
from search.local.weighting import BM25
from tests.search.local.archives import write_archive
from tests.search.local.plain.test_road import BODIES, numbered

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")

TEXTS = (
    *("harga emas", "jakarta", "harga emas antam turun", "yang turun", "harga yang naik dan turun"),
    *(
        "liga sepak bola",
        "kita jakarta kita",
        "bola emas bola harga emas",
        "jakarta OR beras OR tiada",
        "tiada harga",
        "rp15 emas",
    ),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("composed") / "index"
    write_archive(found, [numbered([*BODIES] * 5), numbered([*BODIES[:2]], 20)], {3})
    return found


def plans_of(path: Path, ranking: Ranking | None = None) -> Plans:
    return Plans(Rows(Snapshot(path), BM25()), ranking or Ranking())


def found(plans: Plans, plan: Plan, most: float, *, is_ready: bool) -> object:
    """What a kernel finds of a plan's words within a budget, and the work that it counted."""
    assert plan.flat is not None
    flat = plan.flat if is_ready else replace(plan.flat, ready=None)
    budget = Budget(inf, most)
    words = compiled(Searcher(plans._rows.snapshot, plans._rows, budget), flat)
    if words is None:
        return None, budget.work, budget.counted
    graded = words.graded(9, Listed.EVERY, complete_first=plan.complete_first)
    matches = graded.listed.documents.tolist(), graded.listed.scores.tolist()
    return graded.total, graded.partial_total, matches, budget.work, budget.counted


@pytest.mark.parametrize("ranking", [Ranking(), Ranking(partial=False)], ids=["some", "all"])
@pytest.mark.parametrize("text", TEXTS)
def test_words_that_are_ready_find_and_count_the_same(
    path: Path, text: str, ranking: Ranking
) -> None:
    """With every budget: first where nobody knows how many articles have a word, then again."""
    whole = plans_of(path, ranking)
    plan = whole.plan(text, Budget(inf))
    budget = Budget(inf)
    assert plan.flat is not None
    words = compiled(Searcher(whole._rows.snapshot, whole._rows, budget), plan.flat)
    assert words is not None
    words.graded(9, Listed.TOP, complete_first=True)
    for most in (inf, budget.work, budget.work - 1, *Random(1).sample(range(budget.work), 9), 0):
        plans = plans_of(path, ranking)
        plan = plans.plan(text, Budget(inf))
        for _ in range(2):
            by_ready, others = (
                found(plans, plan, most, is_ready=is_ready) for is_ready in (True, False)
            )
            assert by_ready == others


@pytest.mark.parametrize("text", TEXTS)
def test_features_are_planned_as_on_the_general_road(path: Path, text: str) -> None:
    plans = plans_of(path)
    budget = Budget(inf)
    plan = plans.plan(text, Budget(inf))
    general = plan_features(
        Queries(plan.question, Ranking()), Ranking().features, plans._rows, budget
    )
    assert repr(plan.features) == repr(general)  # which has arrays
    if general is None or general.ready is None:
        assert plan.features is None or plan.features.ready is None
        return
    assert plan.features is not None
    ready = plan.features.ready
    assert ready is not None
    assert ready.work == general.ready.work
    assert [one[1:] for one in ready.made] == [one[1:] for one in general.ready.made]
    assert [one.key for one in ready.made] == list(plan.features.words)
    assert ready.sought.terms == general.ready.sought.terms
    assert ready.sought.postings == general.ready.sought.postings
    for words, price in ready.prices:
        assert price == price_of(ready, words.counted)


def test_words_of_another_index_are_not_taken(path: Path) -> None:
    """As where the articles at hand are searched by a plan of the whole archive."""
    plan = plans_of(path).plan("harga emas", Budget(inf))
    other = plans_of(path)
    assert plan.flat is not None
    assert plan.flat.ready is not None
    assert other._rows.ready(plan.flat) is None
    assert found(other, plan, inf, is_ready=True) == found(other, plan, inf, is_ready=False)
