"""Questions are planned over a companion as the embedded engine plans them over all postings."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from math import inf
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import pytest
from opensearchpy import NotFoundError

from index.article import Article
from index.opensearch.connection import Connection
from index.opensearch.looked_up import articles_with
from index.opensearch.moment import Searched
from index.schema import SUMS_VERSION
from index.sources import ReadReport, read_articles
from search.budget import Budget
from search.local.completing import bodies, forms
from search.local.completing.following import BODIES, TITLES
from search.local.scoring.ranking import Ranking
from search.opensearch import completing
from search.opensearch.completing import ClusterForms
from search.opensearch.copies import copies_of
from search.opensearch.planning import ClusterBodies, ClusterPlans
from search.opensearch.settling import Settling
from search.opensearch.similar import similar
from search.opensearch.statistics import statistics
from search.query.rewrite.archive import Together
from search.request import SearchRequest
from tests.cluster.twins import ONE, Twins, twins
from tests.conftest import article

pytestmark = pytest.mark.cluster

_Value = TypeVar("_Value")

WORDS = (
    *("sepak", "bola", "sepakbola", "anti", "korupsi", "antikorupsi", "rumah", "sakit"),
    *("kereta", "api", "liga", "1", "gempa", "lombok", "gempalombok", "jawa", "timur", "yang"),
)


def made_up() -> list[Article]:
    """Articles of a few words, so that all of them stand together in some."""
    chance = random.Random(7)
    texts = [chance.choices(WORDS, k=chance.randint(1, 12)) for _ in range(150)]
    return [
        article(number, " ".join(text[:3]), " ".join(text[chance.randint(0, 3) :]), "2024-01-10")
        for number, text in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory, hosts: list[str]) -> Iterator[Twins]:
    with twins(tmp_path_factory.mktemp("few") / "index", hosts, made_up()) as made:
        yield made


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory, hosts: list[str]) -> Iterator[Twins]:
    """The same, of which some were deleted and some replaced."""
    with twins(tmp_path_factory.mktemp("changed") / "index", hosts, made_up()) as made:
        new = [article(number, "liga jawa", "rumah sakit api") for number in range(100, 110)]
        for target in made.targets:
            target.delete([f"a{number}" for number in range(0, 60, 2)], ONE)
            target.update(new, ONE)
        yield made


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory, hosts: list[str], data: Path) -> Iterator[Twins]:
    """1,000 articles."""
    articles = list(read_articles([data / "news" / "articles-1k.jsonl"], ReadReport()))
    with twins(tmp_path_factory.mktemp("news") / "index", hosts, articles) as made:
        yield made


@pytest.fixture(scope="module")
def queries(data: Path) -> list[str]:
    found: list[str] = json.loads((data / "news" / "user-queries.json").read_text())[:300]
    return found


def settled(by: Settling, answer: Callable[[Budget], _Value]) -> _Value:
    """An answer of which everything is known in the end."""
    last = Budget(inf)

    def once() -> _Value:
        nonlocal last
        last = Budget(inf)
        return answer(last)

    found = by.settled(once, Budget(inf))
    assert not last.partial
    return found


def test_stems_stand_together_as_often_as_postings_say(few: Twins) -> None:
    with few.opened() as (local, cluster, _):
        postings, counts = bodies.PostingsBodies(local.snapshot), cluster.companion.bodies
        assert counts is not None
        stems = [local.snapshot.analysis.stem(word) for word in (*WORDS, "zzz")]
        pairs = [(first, second) for first in stems for second in stems if first != second]

        def told(by: bodies.Bodies, budget: Budget) -> list[tuple[Together, bool]]:
            return [(by.together(*pair, budget), by.stand_beside(*pair, budget)) for pair in pairs]

        expected = told(postings, Budget(inf))
        assert settled(cluster.settling, lambda budget: told(counts, budget)) == expected
        assert {beside for _, beside in expected} == {True, False}


@pytest.mark.parametrize("which", ["few", "changed"])
def test_articles_with_stems_are_counted_as_in_postings(
    which: str, request: pytest.FixtureRequest
) -> None:
    made: Twins = request.getfixturevalue(which)
    with made.opened() as (local, cluster, _):
        stems = [local.snapshot.analysis.stem(word) for word in (*WORDS, "zzz")]

        def counted(by: bodies.Bodies, budget: Budget) -> list[tuple[int, list[int]]]:
            every = [by.having(stem, budget) for stem in stems]
            return [(one.count, [one.both(other) for other in every]) for one in every]

        expected = counted(bodies.PostingsBodies(local.snapshot), Budget(inf))
        by = bodies.bodies_of(cluster.companion)
        assert settled(cluster.settling, lambda budget: counted(by, budget)) == expected


@pytest.mark.parametrize("which", ["few", "changed"])
def test_forms_are_where_postings_have_them(which: str, request: pytest.FixtureRequest) -> None:
    made: Twins = request.getfixturevalue(which)
    chance = random.Random(3)
    runs = [chance.sample([*WORDS, "zzz"], chance.randint(1, 3)) for _ in range(80)]
    with made.opened() as (local, cluster, _):
        ids = [local.snapshot.hit(number)["id"] for number in range(local.snapshot.size)]
        names = [cluster.companion.hit(number)["id"] for number in range(cluster.companion.size)]

        def told(by: forms.Forms, names: list[str]) -> list[object]:
            found: list[object] = []
            for words in runs:
                having = by.having(words)
                found.append(
                    (
                        bool(having),
                        having.share_of("liga"),
                        having.any_with((TITLES,), "liga"),
                        having.any_with((TITLES, BODIES), "api"),
                        by.any_with((BODIES,), words[0]),
                        by.have_run(words),
                        {names[number] for number in having.some(1000).tolist()},
                        len(having.some(4)) <= 4,
                    )
                )
            return found

        expected = told(forms.PostingsForms(local.snapshot, Budget(inf)), ids)
        found = settled(
            cluster.settling,
            lambda budget: told(ClusterForms(cluster.companion, cluster.settling, budget), names),
        )
        assert found == expected


def test_user_queries_are_planned_alike(news: Twins, queries: Sequence[str]) -> None:
    with news.opened() as (local, cluster, _):
        for text in queries:
            budgets = Budget(inf), Budget(inf)
            plans = local.plans.plan(text, budgets[0]), cluster.plans.plan(text, budgets[1])
            one, other = plans
            assert repr(other.query) == repr(one.query), text
            assert repr(other.relaxed) == repr(one.relaxed), text
            assert other.question.notes == one.question.notes, text
            assert frozenset(other.spelt) == frozenset(one.spelt), text
            assert other.flat == one.flat, text
            suggested = (
                local.plans.suggestion(one, budgets[0]),
                cluster.plans.suggestion(other, budgets[1]),
            )
            assert suggested[0] == suggested[1], text
            assert not budgets[0].partial
            assert not budgets[1].partial
            assert cluster.plans.question(text, budgets[1]) == other.question


MISSPELT = ("presidenn jokowi", "sepakbola indonsia", "komisi pemberantsan korupsi", "bulu tngkis")


def test_misspelt_queries_are_offered_the_same(news: Twins) -> None:
    offered = []
    with news.opened() as (local, cluster, _):
        for text in MISSPELT:
            budget = Budget(inf)
            plan = cluster.plans.plan(text, budget)
            offered.append(cluster.plans.suggestion(plan, budget))
            same = local.plans.plan(text, budget)
            assert repr(plan.query) == repr(same.query)
            assert offered[-1] == local.plans.suggestion(same, budget)
    assert any(offered)


def test_what_is_typed_is_completed_alike(news: Twins, queries: Sequence[str]) -> None:
    engine = news.local()
    with news.opened() as (_, cluster, _):
        for text in (*queries[:60], *(f"-{text}" for text in queries[60:80])):
            for end in range(2, len(text) + 1, 3):
                typed = text[:end]
                expected = engine.suggest(typed, 8)
                assert cluster.completions.of(typed, 8) == expected, typed


TYPED = ("{} ", "{} k", '"{} s', "isi:{} j", "-{} a", "{} yang rumah s")


def test_words_of_bodies_are_completed_alike(few: Twins) -> None:
    engine = few.local()
    with few.opened() as (_, cluster, _):
        for typed in (form.format(word) for form in TYPED for word in WORDS):
            expected = engine.suggest(typed, 8)
            assert cluster.completions.of(typed, 8) == expected, typed


def test_what_completes_after_changes_finds_something(changed: Twins) -> None:
    """What stands behind a word is told by deleted articles, too, until a rebuild."""
    engine, offered = changed.local(), 0
    with changed.opened() as (_, cluster, _):
        for typed in (form.format(word) for form in TYPED[:3] for word in WORDS):
            for one in cluster.completions.of(typed, 8):
                offered += 1
                assert engine.search(SearchRequest(one.text)).total > 0, one.text
    assert offered > len(WORDS)


@pytest.mark.parametrize("which", ["news", "changed"])
def test_similar_articles_and_copies_are_the_same(
    which: str, request: pytest.FixtureRequest
) -> None:
    made: Twins = request.getfixturevalue(which)
    engine = made.local()
    with made.opened() as (local, cluster, connection):
        for number in local.snapshot.columns.everything.documents[::25].tolist():
            name = local.snapshot.hit(number)["id"]
            assert articles_with(connection, cluster.searched, [name]) == [engine.article(name)]
            expected = engine.similar(name, 6)
            found = similar(cluster, connection, Ranking(), name, 6, perf_counter())
            assert found is not None
            assert expected is not None
            if which == "news":  # Where some are deleted, counts of terms differ for a while.
                assert found.hits == expected.hits
            assert (found.total, found.listed) == (expected.total, expected.listed)
            copies = copies_of(cluster, connection, name, 5)
            assert copies == engine.copies(name, 5)
        assert articles_with(connection, cluster.searched, ["zzz"]) == [None]
        assert similar(cluster, connection, Ranking(), "zzz", 6, 0.0) is None
        assert copies_of(cluster, connection, "zzz", 6) == []


def test_statistics_are_the_same_but_for_what_is_the_clusters_own(changed: Twins) -> None:
    engine = changed.local()
    with changed.opened() as (_, cluster, connection):
        found, expected = statistics(cluster, connection), engine.statistics()
    assert found.segments is None
    assert found.bytes is not None
    assert found.bytes > 0
    for name in ("articles", "oldest", "newest", "facets", "command", "skipped"):
        assert getattr(found, name) == getattr(expected, name), name
    # Checksums of files are the directory's own.
    assert found.version == expected.version.replace(f", sums {SUMS_VERSION}", "")


class Counted(Connection):
    """A connection that counts what it is asked."""

    requests = 0

    def asked(self, *given: object, **more: object) -> object:  # type: ignore[override]
        self.requests += 1
        return super().asked(*given, **more)  # type: ignore[arg-type]


def test_a_plan_asks_a_few_times_and_never_the_same_again(
    news: Twins, queries: Sequence[str]
) -> None:
    with news.opened() as (_, cluster, connection):
        counted = Counted(connection.cluster)
        by = Settling(counted, cluster.searched)
        cluster.companion.bodies = ClusterBodies(cluster.companion, by)
        most = 0
        for again in (False, True):
            plans = ClusterPlans(cluster.rows, Ranking(), by)
            for text in queries[:100]:
                before = counted.requests
                plans.plan(text, Budget(inf))
                most = max(most, counted.requests - before)
            if not again:
                asked = counted.requests
        assert counted.requests == asked
        assert 1 <= most <= 3


def test_what_is_not_counted_in_time_is_not_there_and_nothing_of_it_is_kept(few: Twins) -> None:
    text = "sepakbola rumah"
    with few.opened() as (local, cluster, _):
        budget = Budget(inf)
        budget.patience = 0.0
        assert cluster.plans.plan(text, budget).cut
        assert budget.partial
        whole = cluster.plans.plan(text, Budget(inf))
        assert not whole.cut
        assert repr(whole.query) == repr(local.plans.plan(text, Budget(inf)).query)


def test_completions_that_were_cut_are_not_kept(
    few: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed, expected = "sepak b", few.local().suggest("sepak b", 8)
    with few.opened() as (_, cluster, _):
        with monkeypatch.context() as hurried:
            hurried.setattr(completing, "BUDGET_MS", 0)
            assert cluster.completions.of(typed, 8) != expected
        assert cluster.completions.of(typed, 8) == expected


def test_an_index_that_is_gone_is_no_count_of_none(few: Twins) -> None:
    with few.opened() as (_, _, connection):
        by = Settling(connection, Searched(f"{connection.cluster.alias}-gone"))
        with pytest.raises(NotFoundError):
            by.settled(lambda: by.count({"match_all": {}}, 1, Budget(inf)), Budget(inf))


def test_another_spelling_that_was_cut_is_not_kept(few: Twins) -> None:
    cut = 0
    with few.opened() as (local, cluster, _):
        for text in ("rumah sakt api", "kereta aip jawa", "gempa lombk", "antti korupsi liga"):
            plan, same = cluster.plans.plan(text, Budget(inf)), local.plans.plan(text, Budget(inf))
            hurried, patient = Budget(inf), Budget(inf)
            hurried.patience = 0.0
            cluster.plans.suggestion(plan, hurried)
            cut += hurried.partial
            expected = local.plans.suggestion(same, Budget(inf))
            assert cluster.plans.suggestion(plan, patient) == expected
            assert not patient.partial
    assert cut
