"""Where nothing is soon said to be offered, the long way offers nothing, and counts as much."""

from __future__ import annotations

from math import inf
from random import Random

import pytest

from search.budget import Budget
from search.local.completing.spelling import better_spelling
from search.local.completing.unoffered import Unoffered
from search.local.plain.memo import Memo
from search.local.plain.plan import PlainPlan
from search.local.plans import Plans
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.local.weighting import BM25
from search.query.parse import parse
from search.query.rewrite import words_in
from tests.conftest import article
from tests.search.local.archives import write_archive

WORDS = (
    *("pertandingan", "pertandigan", "petrandingan", "kementerian", "kemntrian", "sepak", "sepka"),
    *("bola", "bolla", "menteri", "mentri", "kendaraan", "kendraan", "berapa", "beapa", "jakarta"),
    *("jakrta", "prabowo", "prabwo", "hutan", "hutn", "tahanan", "tahannya", "tahanx", "guyz"),
)
SIZE = 1500


@pytest.fixture(scope="module", params=[1, 3], ids=["a segment", "segments"])
def snapshot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    random, path = Random(5), tmp_path_factory.mktemp("unoffered")
    weights = [random.choice((1, 1, 900)) for _ in WORDS]
    bodies = [random.choices(WORDS, weights, k=random.randint(2, 5)) for _ in range(SIZE)]
    articles = [article(number, "", " ".join(words)) for number, words in enumerate(bodies)]
    size = len(articles) // request.param
    write_archive(path, [articles[at : at + size] for at in range(0, SIZE, size)], set())
    return Snapshot(path)


def test_what_is_soon_told_is_what_the_long_way_says(snapshot: Snapshot) -> None:
    random, told, handed_on = Random(8), 0, 0
    for _ in range(600):
        words = random.sample(WORDS, k=random.randint(1, 4))
        query = parse(" ".join(words), snapshot.analysis)
        found = [one for one in words_in(query.root) if not one.optional]
        doubtful = random.sample(found, k=random.randint(min(len(found), 1), len(found)))
        soon, late = Budget(inf), Budget(inf)
        known: dict[str, str | None] = {}
        offered = better_spelling(snapshot, query, late, (), doubtful)
        if Unoffered(snapshot).nothing_offered(found, doubtful, soon, known):
            assert offered is None, words
            told += 1
        else:
            handed_on += bool(known)
            assert better_spelling(snapshot, query, soon, (), doubtful, told=known) == offered, (
                words
            )
        assert soon.work == late.work, words
    assert 100 < told < 500
    assert handed_on > 20


def test_a_budget_ends_at_the_same_word(snapshot: Snapshot) -> None:
    random, cut, told, handed_on = Random(3), 0, 0, 0
    for _ in range(60):
        words = random.sample(WORDS, k=random.randint(2, 4))
        query = parse(" ".join(words), snapshot.analysis)
        found = [one for one in words_in(query.root) if not one.optional]
        whole = Budget(inf)
        better_spelling(snapshot, query, whole, (), found)
        for most in (whole.work, *(random.randrange(whole.work + 2) for _ in range(20))):
            soon, late = Budget(inf, most), Budget(inf, most)
            known: dict[str, str | None] = {}
            nothing = Unoffered(snapshot).nothing_offered(found, found, soon, known)
            offered = better_spelling(snapshot, query, late, (), found)
            cut += late.partial
            if nothing:
                assert (offered, late.partial, late.work) == (None, False, soon.work), words
                told += 1
            elif known:
                again = better_spelling(snapshot, query, soon, (), found, told=known)
                assert (again, soon.partial, soon.work) == (offered, late.partial, late.work), words
                handed_on += 1
    assert cut > 100
    assert handed_on > 10
    assert told > 10


def test_plans_with_small_budgets_offer_what_the_long_way_does(snapshot: Snapshot) -> None:
    random, cut = Random(21), 0
    plans, others = (Plans(Rows(snapshot, BM25()), Ranking()) for _ in range(2))
    for _ in range(150):
        text = " ".join(random.sample(WORDS, k=random.randint(2, 4)))
        for most in (0, random.randrange(20_000), random.randrange(200_000)):
            budgets = Budget(inf), Budget(inf)
            for one in (plans, others):
                one._suggesting = most
                one._suggestions.clear()
                one.kept = Memo(1 << 20)
            plan, other = plans.plan(text, Budget(inf)), others.plan(text, Budget(inf))
            if isinstance(other, PlainPlan) and other.doubtful:
                other.offers_nothing = False
            found = plans.suggestion(plan, budgets[0])
            assert found == others.suggestion(other, budgets[1]), (text, most)
            assert budgets[0].partial == budgets[1].partial, (text, most)
            cut += budgets[0].partial
    assert cut > 20


def test_nothing_is_told_by_a_budget_that_is_spent(snapshot: Snapshot) -> None:
    (word,) = words_in(parse("guyz", snapshot.analysis).root)
    assert not Unoffered(snapshot).nothing_offered([word], [word], Budget(inf, -1), {})


def test_plans_offer_the_same_when_they_are_asked_again(snapshot: Snapshot) -> None:
    random = Random(13)
    plans, others = (Plans(Rows(snapshot, BM25()), Ranking()) for _ in range(2))
    offered = 0
    for _ in range(200):
        text = " ".join(random.sample(WORDS, k=2))
        for one in (plans, others):
            one._suggestions.clear()
            one.kept = Memo(1 << 20)
        plan = plans.plan(text, Budget(inf))
        budgets = Budget(inf), Budget(inf)
        found = plans.suggestion(plan, budgets[0])
        assert plans.suggestion(plan, Budget(inf)) == found
        other = others.plan(text, Budget(inf))
        if isinstance(other, PlainPlan):
            other.offers_nothing = False  # so that the long way says it
        assert others.suggestion(other, budgets[1]) == found
        assert budgets[0].all_work() == budgets[1].all_work(), text
        offered += found is not None
    assert offered
