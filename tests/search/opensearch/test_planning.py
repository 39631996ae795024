"""What a companion tells by itself is planned and completed without asking the cluster."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from index.companion import lighten
from index.errors import IndexUnreachable
from index.location import ClusterAlias, locate
from index.opensearch.connection import Connection
from index.opensearch.moment import Searched
from search.budget import Budget
from search.local.completing.bodies import PostingsBodies, bodies_of
from search.local.engine import LocalEngine
from search.local.plans import Plans
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.opensearch.companion import Companion
from search.opensearch.completing import ClusterCompletions
from search.opensearch.planning import ClusterBodies, ClusterPlans
from search.opensearch.settling import Settling
from tests.index.conftest import current
from tests.nodes import closed_port


@pytest.fixture
def settling() -> Settling:
    """Of a cluster that nobody reaches."""
    cluster = locate(f"opensearch://{closed_port()}/berita")
    assert isinstance(cluster, ClusterAlias)
    return Settling(Connection(cluster), Searched("berita"))


@pytest.fixture
def light(sample_index: Path, tmp_path: Path, settling: Settling) -> Companion:
    """That of ``sample_index``."""
    lighten(current(sample_index), tmp_path)
    companion = Companion(tmp_path, "a generation")
    companion.bodies = ClusterBodies(companion, settling)
    return companion


@pytest.fixture
def plans(light: Companion, settling: Settling) -> ClusterPlans:
    return ClusterPlans(Rows(light, Ranking().model), Ranking(), settling)


PLAIN = ("beras", "harga beras", "gempa ambon", "judul:gempa", '"harga beras"', "taka", "kopi -teh")


@pytest.mark.parametrize("text", PLAIN)
def test_plain_words_are_planned_by_the_companion_alone(
    text: str, plans: ClusterPlans, sample_index: Path
) -> None:
    expected = Plans(Rows(Snapshot(sample_index), Ranking().model), Ranking())
    found = plans.plan(text, Budget(inf))
    assert repr(found.query) == repr(expected.plan(text, Budget(inf)).query)
    assert found.features is None
    assert not found.cut
    assert plans.plan(text, Budget(inf)) is found


def test_words_in_no_article_stand_with_none(light: Companion, sample_index: Path) -> None:
    budgets = Budget(inf), Budget(inf)
    postings = PostingsBodies(Snapshot(sample_index))
    for by, budget in zip((postings, bodies_of(light)), budgets, strict=True):
        assert by.together("beras", "taka", budget).both == 0
        assert not by.stand_beside("taka", "beras", budget)
        none = by.having("taka", budget)
        assert (none.count, none.both(none)) == (0, 0)
    assert budgets[0].work == budgets[1].work
    assert not budgets[1].partial


def test_what_only_the_cluster_knows_is_asked_there(light: Companion, settling: Settling) -> None:
    def answer() -> int:
        return bodies_of(light).having("harga", Budget(inf)).count

    with pytest.raises(IndexUnreachable):
        settling.settled(answer, Budget(inf))
    assert settling.settled(lambda: "nothing asked", Budget(inf)) == "nothing asked"


def test_a_guess_leaves_its_budget_late(light: Companion) -> None:
    budget = Budget(inf)
    assert not bodies_of(light).stand_beside("harga", "beras", budget)
    assert budget.partial
    assert budget.late


@pytest.mark.parametrize("typed", ["ger", "har", "kop", "sumber:kab"])
def test_titles_complete_what_is_typed(
    typed: str, light: Companion, plans: ClusterPlans, settling: Settling, sample_index: Path
) -> None:
    rows = Rows(light, Ranking().model)
    expected = LocalEngine(sample_index).suggest(typed, 8)
    assert ClusterCompletions(rows, plans, settling).of(typed, 8) == expected
