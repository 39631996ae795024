"""Words that are composed in one call of a kernel are as their steps compose them."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analysis
from index.analysis.tokenizer import CURRENCIES, UNITS
from index.kernels import kernel
from search.budget import Budget
from search.local.completing.spellings import Spellings
from search.local.plain.memo import Memo
from search.local.plain.plan import PlainPlan
from search.local.plain.road import Road
from search.local.plain.road import _typed as road_typed
from search.local.plan import Plan
from search.local.plans import Plans
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.holding import typed
from search.local.scoring.ranking import Features, Ranking
from search.local.weighting import BM25
from search.query.syntax.word import Word
from tests.index.kernels.calls_of_plain import asked_of, texts_of
from tests.search.local.archives import write_archive
from tests.search.local.plain.test_road import BODIES, ODD, numbered

pytestmark = pytest.mark.skipif(kernel("composing") is None, reason="the kernels are not in use")

VOCABULARY = [*" ".join(BODIES).replace("-", " ").split(), *ODD]
RANKINGS = {
    "default": Ranking(),
    "all": Ranking(partial=False),
    "few lacking": Ranking(most_lacking=1),
    "no features": Ranking(features=Features(pairs=0.0, alike=0.0, headline=0.0, verbatim=0.0)),
    "not alike": Ranking(features=Features(alike=0.0)),
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    path = tmp_path_factory.mktemp("at-once") / "index"
    bodies = [*BODIES, "Harga emas Rp 15 naik, Rp 15.000 pada 9 Juni, buku 2 tetap Rp 8."]
    write_archive(path, [numbered(bodies * 5), numbered([*BODIES[:2]], 20)], {3})
    return Rows(Snapshot(path), BM25())


def told(plan: Plan, budget: Budget) -> object:
    """All that a plan tells, also of what compares by identity."""
    stage, price, features, ready = plan.stage, plan.price, plan.features, plan.ready
    assert stage is not None
    of_stage: list[object] = [stage[0], stage[3:], [(one.tolist(), by) for one, by in stage[1]]]
    if stage[2] is not None:
        of_stage += [stage[2].terms, stage[2].postings]
    of_features: list[object] = [repr(features)]
    if features is not None and features.ready is not None:
        one = features.ready
        of_features += [one.work, one.words, list(one.made)]
        assert ready is not None
        of_features += [price for words, price in one.prices if words is ready]
    of_words: object = None
    if ready is not None:
        of_words = ready.scorer, ready.words, list(ready.keys), ready.work, ready.uncounted
    return (
        *(of_stage, of_features, of_words, price, plan.flat, plan.queries.terms),
        *(plan.complete_first, plan.spares_words, plan.spared_texts),
        plan.queries.typed if isinstance(plan, PlainPlan) else typed(plan.question, analysis()),
        *(plan.question, repr(plan.question).removeprefix("Plain"), plan.question.notes),
        *(set(plan.spelt), plan.doubtful, plan.offers, plan.cut, plan.misread, plan.relaxed),
        *(plan.query, plan.spared, budget.all_work(), budget.partial),
    )


def compare(rows: Rows, ranking: Ranking, text: str, most: float = inf) -> bool:
    """Whether a text is composed at once, where all must be as by steps; each finds out anew."""
    plans, by_steps = Plans(rows, ranking), Plans(rows, ranking)
    budgets = Budget(inf), Budget(inf)
    for one in (plans, by_steps):
        if most < inf:
            one._correcting = one._holding = int(most)
    by_steps._road = of_steps = Road(by_steps._spellings, by_steps._holders, ranking)
    of_steps._words = plans._road._words  # words are made ready once, and compare by identity
    vars(of_steps)["_composer"] = None
    found = False
    for _ in range(2):  # what is found out for the first time, and then
        for one in (plans, by_steps):
            one.kept = Memo(1 << 20)
        at_once = plans.plan(text, budgets[0])
        step_by_step = by_steps.plan(text, budgets[1])
        assert not isinstance(step_by_step, PlainPlan)
        found |= isinstance(at_once, PlainPlan)
        if isinstance(at_once, PlainPlan):
            assert told(at_once, budgets[0]) == told(step_by_step, budgets[1]), text
            continue
        assert at_once.question == step_by_step.question
        assert budgets[0].all_work() == budgets[1].all_work()
    return found


@pytest.mark.parametrize("ranking", RANKINGS.values(), ids=RANKINGS)
def test_words_are_as_if_composed_step_by_step(rows: Rows, ranking: Ranking) -> None:
    random = Random(8)
    short = 0
    for _ in range(250):
        words = random.choices(VOCABULARY, k=random.choice((1, 2, 2, 3, 3, 4, 6)))
        if random.random() < 0.3:
            words = [word.capitalize() if random.random() < 0.5 else word for word in words]
        short += compare(rows, ranking, " ".join(words))
    assert short > 50


@pytest.mark.parametrize(
    "text",
    [
        *("harga emas", "sepak bola", "liga sepak bola", "sepakbola", "jawapos sering kali"),
        *("kota kotanya harga", "buku bukunya buku2", "jakarta JakartaKita", "anti korupsi daerah"),
        *("harga emas antam turun", "Harga harga", "covid 19 covid19", "17 agustus 2019 harga"),
        *(
            "rp15",
            "harga rp15 emas",
            "rp9 rp8 juni",
            "sepak bola harga sepak bola",
            "harga emas harga",
        ),
        *("emas sepakbola emas", "Rp15 rp 15 rp15", "buku2 buku 2", "harga RP15 emas"),
    ],
)
def test_odd_words_are_as_if_composed_step_by_step(rows: Rows, text: str) -> None:
    for ranking in RANKINGS.values():
        assert compare(rows, ranking, text)


@pytest.mark.parametrize("text", ["harga emas turun", "liga sepak bola", "sepakbola"])
def test_budgets_end_at_the_same_work(rows: Rows, text: str) -> None:
    plan = Budget(inf)
    Plans(rows, Ranking()).plan(text, plan)
    assert compare(rows, Ranking(), text)
    for most in (0, *Random(3).sample(range(plan.all_work()), 20)):
        compare(rows, Ranking(), text, most)


def test_whoever_is_asked_may_change_the_list_of_words(rows: Rows) -> None:
    plans = Plans(rows, Ranking())
    plans.plan("harga emas sepakbola beras", Budget(inf))
    road = plans._road
    facts: list[Any] = road._words.known(["harga", "sepakbola", "emas", "beras"])
    assert None not in facts
    composer = road._composer
    assert composer is not None

    def find(first: str, second: str, _: bool) -> None:
        facts.clear()
        road._known.pairs[first, second] = (None, 0)

    composed = composer.of(facts, SimpleNamespace(budget=Budget(inf), pair=find))
    assert composed
    assert composed.surfaces == ("harga", "sepakbola", "emas", "beras")
    assert len(composed.facts) == 4
    assert len(composed.pairs()) == 3


def words_of(known: Sequence[Any]) -> list[Word | None]:
    return [one and one.word for one in known]


def cut_at_numbers(road: Road, typed: str) -> Sequence[str]:
    """The words of what the kernel cuts, as the analysis has them."""
    found = road._words.pieces(typed)
    return found if len(found) == 2 else (typed,)


@given(
    st.lists(
        st.sampled_from((*CURRENCIES, *UNITS, "Rp", "KG", "an", "e", "k"))
        | st.text("0159", max_size=3),
        max_size=3,
    ).map("".join)
)
def test_numbers_are_cut_off_words_as_the_analysis_cuts_them(rows: Rows, text: str) -> None:
    road = Plans(rows, Ranking())._road
    assert road._has_texts()
    assert road.texts is not None
    found = road.texts.of(text, Budget(inf))
    if found is None:
        assert not text or len(road._words.pieces(text)) == 2
    elif not isinstance(found, tuple):
        pieces = cut_at_numbers(road, text)
        assert found.surfaces == tuple([one.lower() for one in pieces])


@pytest.mark.parametrize(
    "text",
    [
        *("harga", "harga emas harga", "harga emas rp15 turun", "yang harga", "siapa presiden"),
        *("tidakada harga tidakada", "rp2020", "harga qwertyuiop rp15 emas", "buku2 harga"),
    ],
)
@pytest.mark.parametrize("most", [0, 20, 400, inf])
def test_what_was_found_out_is_gone_on_with(rows: Rows, text: str, most: float) -> None:
    """Of each word in its order what steps find out, until one has no facts, counted apart.

    What has words in one piece is only composed.
    """
    road, steps = (Plans(rows, Ranking())._road for _ in range(2))
    chunks = [one for typed in text.split() for one in cut_at_numbers(steps, typed)]
    assert road._has_texts()
    assert road.texts is not None
    budget = Budget(inf, most)
    begun = road.texts.of(text, budget)
    finding, found = Spellings(steps._known, Budget(inf, most)), list[Any]()
    for chunk in chunks:
        found.append(steps._words.of(chunk, finding))
        if found[-1] is None:
            break
    assert road._words.learned == steps._words.learned
    if isinstance(begun, tuple):
        assert words_of(begun[0]) == words_of(found) + [None] * (len(chunks) - len(found))
        assert begun[1].budget.work >= finding.budget.work
        assert budget.work == 0
    elif begun is None:
        assert len(chunks) > len(text.split())
        assert budget.work == 0
    else:
        assert words_of(begun.facts) == [*dict.fromkeys(words_of(found))]
        assert budget.work == begun.work
    assert not budget.partial


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "  ", " harga", "harga ", "harga  emas", "harga\temas", "harga\nemas", "OR"),
        *("harga OR emas", "OR harga", "harga-emas", "h\u00e9", "\ud800", "harga \U0001f600"),
        *("harga\0emas", "\0", "harga.", "_", "\u0661", "harga " * 32 + "emas", "x " * 5000),
    ],
)
def test_other_texts_are_not_cut_and_find_out_nothing(rows: Rows, text: str) -> None:
    road, budget = Plans(rows, Ranking())._road, Budget(inf)
    assert road._has_texts()
    assert road.texts is not None
    assert road.texts.of(text, budget) is None
    assert road._words.learned == []
    assert budget.work == 0


@given(st.text("aOR1 \u00e9", max_size=12) | st.text(max_size=12))
def test_texts_are_cut_as_without_a_kernel(text: str) -> None:
    asked = asked_of(9, 5, 4, 30, 1, 1, 1)
    begun = texts_of(asked, kernel("memos").Memo(5000), 4, 100, 10).of(text, Budget(inf))
    typed = road_typed(text)
    is_plain = typed is not None and not typed[1] and len(typed[0]) <= 4
    assert (begun is not None) == is_plain
    if isinstance(begun, tuple):
        assert typed is not None
        assert len(begun[0]) == len(typed[0])


def test_what_no_composer_has_made_is_refused() -> None:
    composed = kernel("composed").Composed()
    for ask in ("searched", "keys", "fresh", "pairs", "sought"):
        with pytest.raises(TypeError):
            getattr(composed, ask)()
    for name in ("written", "nodes"):
        with pytest.raises(TypeError):
            getattr(composed, name)
    with pytest.raises(TypeError):
        composed.texts(str)
    assert composed.made() == []
