"""What cut a plan short: counted work, which stays so, or the clock, which may not."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from math import inf
from pathlib import Path

import pytest

from index.analysis import analysis
from index.build import LocalTarget
from index.errors import FileDamaged
from index.fields import Facet
from index.kernels import kernel
from index.target import BuildOptions
from search.budget import Budget, Work
from search.local import engine as engines
from search.local import plans
from search.local.completing.spellings import Known
from search.local.engine import LocalEngine
from search.local.plan import Plan, size_of
from search.local.plans import Plans
from search.local.reading.remainders import Remainders
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.local.weighting import BM25
from search.question import parsed
from search.request import SearchRequest
from tests.conftest import article
from tests.search.local.archives import write_archive

MISSPELT = "pemerintha daerah"
RARE = "pemarintah daerah"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("plans") / "index"
    bodies = ["pemerintah daerah", "pemerintah daerah kota", "daerah", "kota"] * 8
    numbers = count()
    parts = [
        [article(next(numbers), "judul berita", body) for body in some]
        for some in (bodies[:16], bodies[16:])
    ]
    write_archive(found, parts, set())
    return found


def new(path: Path) -> Plans:
    """Plans of which nobody has asked anything, nor of what they are made of."""
    return Plans(Rows(Snapshot(path), BM25()), Ranking())


def test_a_text_may_be_more_than_one(path: Path) -> None:
    class Text(str):
        __slots__ = ()

    for text in (RARE, "daerah OR kota", "rp2020", '"daerah'):
        some, budget = new(path), Budget(inf)
        assert some.question(Text(text), budget) == some.question(text, budget)


def bounds(whole: int) -> list[int]:
    return [*range(0, whole, whole // 12), whole - 1, whole]


def correcting(path: Path) -> int:
    """What correcting costs."""
    plan, budget = new(path), Budget(inf)
    part = budget.part()
    plan._understood(parsed(MISSPELT, analysis()), part, correct=True)
    return part.work


def test_damage_is_told_by_the_questions_that_find_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_: Known) -> Remainders:
        raise FileDamaged("a.inv", "it is damaged")

    with monkeypatch.context() as patched:
        patched.setattr(Known, "common", property(damaged))
        some = new(path)
        some.prepare()
        with pytest.raises(FileDamaged):
            some.plan("pemerintah daerah", Budget(inf))
    some.prepare()
    assert some.plan("pemerintah daerah", Budget(inf)).question.root is not None


def test_what_counted_work_cut_short_is_kept_with_its_flag(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most in bounds(correcting(path)):
        monkeypatch.setattr(plans, "CORRECTING", Work(most))
        some = new(path)
        asked = [Budget(inf), Budget(inf), Budget(inf)]
        first, second = (some.plan(MISSPELT, budget) for budget in asked[:2])
        assert first is second
        assert some.question(MISSPELT, asked[2]) is first.question
        assert {budget.partial for budget in asked} == {first.cut}
        alone = Budget(inf)
        assert new(path).question(MISSPELT, alone) == first.question
        assert alone.partial == first.misread


def test_a_correction_that_ends_above_its_bound_is_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = new(path).plan(MISSPELT, Budget(inf))
    assert expected.question.text == "pemerintah daerah"
    monkeypatch.setattr(plans, "CORRECTING", Work(correcting(path) - 1))
    budget = Budget(inf)
    assert new(path).plan(MISSPELT, budget).question == expected.question
    assert not budget.partial


def test_a_plan_that_is_not_flagged_is_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = new(path).plan(MISSPELT, Budget(inf)).question
    flags = set()
    for most in bounds(correcting(path)):
        monkeypatch.setattr(plans, "CORRECTING", Work(most))
        plan = new(path).plan(MISSPELT, Budget(inf))
        flags.add(plan.cut)
        assert plan.cut or plan.question == expected
    assert flags == {True, False}


def test_what_the_clock_cut_short_is_not_kept(path: Path) -> None:
    some = new(path)
    late, after = Budget(-1), Budget(inf)
    assert some.plan(MISSPELT, late).cut
    assert late.partial
    plan = some.plan(MISSPELT, after)
    assert plan == new(path).plan(MISSPELT, Budget(inf))
    assert not after.partial
    late, after = Budget(-1), Budget(inf)
    some.suggestion(plan, late)
    suggested = some.suggestion(plan, after)
    assert not after.partial
    assert suggested == new(path).suggestion(plan, Budget(inf))


def test_a_suggestion_that_is_cut_short_says_so_each_time(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = new(path)
    plan = some.plan(RARE, Budget(inf))
    assert some.suggestion(plan, Budget(inf)) == "pemerintah daerah"
    monkeypatch.setattr(plans, "SUGGESTING", Work(-1))
    some = new(path)
    for _ in range(2):
        budget = Budget(inf)
        assert some.suggestion(plan, budget) is None
        assert budget.partial


@pytest.mark.skipif(kernel("words") is None, reason="the kernels are not in use")
def test_a_plan_is_as_large_as_its_words_that_others_may_forget(path: Path) -> None:
    some = new(path)
    plan = some.plan("pemerintah daerah baru", Budget(inf))
    size = some.kept.nbytes
    assert plan.queries.known is not None
    assert plan.features is not None
    assert plan.features.ready is not None
    ready = plan.queries.known[0].ready
    assert ready is not None
    words = {*ready.words[0], *ready.words[1], *ready.words[2], *plan.features.ready.words}
    without = Plan(replace(plan.queries, known=None), replace(plan.features, ready=None))
    assert len(words) >= 3
    assert size >= size_of(without) + sum(word.nbytes for word in words)


@pytest.mark.parametrize(
    ("module", "request_"),
    [
        (plans, SearchRequest("daerah sumber:wrata")),
        (engines, SearchRequest("daerah", filters={Facet.SOURCE: ("wrata",)})),
    ],
    ids=["in the query", "in a filter"],
)
def test_values_that_could_not_be_named_make_an_answer_partial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, request_: SearchRequest
) -> None:
    LocalTarget(tmp_path).rebuild(
        [replace(article(1, "judul", "daerah"), source="warta")], BuildOptions()
    )
    codes = [note.code for note in LocalEngine(tmp_path).search(request_).notes]
    assert "nearest-values" in codes
    assert "partial" not in codes
    monkeypatch.setattr(module, "NAMING", Work(-1))
    engine = LocalEngine(tmp_path)
    for _ in range(2):
        found = engine.search(request_)
        assert found.partial
        assert {"unknown-value", "partial"} <= {note.code for note in found.notes}


def test_a_plan_that_is_cut_short_takes_nothing_from_finding(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Articles with some of the words are found as if the correction had found nothing."""
    whole = LocalEngine(path).search(SearchRequest("pemerintha kota", correct=False))
    assert whole.partial_total > 0
    monkeypatch.setattr(plans, "CORRECTING", Work(-1))
    found = LocalEngine(path).search(SearchRequest("pemerintha kota"))
    assert found.partial
    assert found.partial_total == whole.partial_total


@pytest.mark.skipif(kernel("paging") is None, reason="the kernels are not in use")
@pytest.mark.parametrize("text", ["pemerintah daerah kota", "pemerintah daerah kota gempa*"])
def test_what_is_lacking_is_told_by_bits(path: Path, text: str) -> None:
    plan = new(path).plan(text, Budget(inf))
    texts = plan.spared_texts
    assert texts[:3] == ("pemerintah", "daerah", "kota")
    expected = [(), texts[:1], texts[1:3], texts[:1], texts[:3], ()]
    assert plan.lacking.of([0, 1, 6, 1, 7, 0]) == expected
    for number in -1, 1 << 8, 1 << 64:
        with pytest.raises(OverflowError):
            plan.lacking.of([number])
