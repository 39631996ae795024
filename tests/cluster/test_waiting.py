"""A cluster that is slow is waited for as long as the question may, and what is cut says so."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from index.article import Article
from index.errors import ClusterBusy
from index.target import BuildOptions, open_target
from search.cursor import Cursor
from search.engine import SearchEngine, open_engine
from search.many import ask_many
from search.opensearch import waiting
from search.request import Partial, SearchRequest, Sort
from search.response import SearchResponse
from tests.cluster.fixtures import connected, new_alias
from tests.cluster.indexes import asked
from tests.cluster.relay import Relay, relayed
from tests.conftest import article
from tests.search.asking import ids
from web.app import create_app

pytestmark = pytest.mark.cluster

ONE = BuildOptions(workers=1)
PLANNED = "keretaapi rumah sakt"
"""The cluster is asked for counts to plan it, and again for another spelling."""
SLOW = {
    "script": {
        "script": "boolean spin() { long end = System.nanoTime() + 10000000L;"
        " while (System.nanoTime() < end) {} return true }"
        " return spin() && spin() && spin()"
    }
}
"""What takes 30 ms an article; a node looks at its clock between the parts of a shard."""

Which = Callable[[int, dict[str, Any]], bool]


def archive(first: int, number: int) -> list[Article]:
    return [
        article(
            n, f"gempa lombok {n}", f"rumah sakit api kereta {n // 2}", f"2024-01-{n % 28 + 1:02}"
        )
        for n in range(first, first + number)
    ]


@pytest.fixture(scope="module")
def index(hosts: list[str]) -> Iterator[str]:
    """240 articles, of which each text is there twice, in shards of several parts."""
    with new_alias(hosts) as url:
        target = open_target(url)
        target.rebuild(archive(0, 80), ONE)
        for first in range(80, 240, 40):
            target.update(archive(first, 40), ONE)
        yield url


@pytest.fixture
def relay(hosts: list[str]) -> Iterator[Relay]:
    with relayed(hosts[0]) as made:
        yield made


@pytest.fixture
def engine(index: str, relay: Relay) -> SearchEngine:
    return open_engine(_through(relay, index))


def _through(relay: Relay, index: str) -> str:
    return f"opensearch://{relay.host}/{connected(index).cluster.alias}"


def slowed(which: Which = lambda _, __: True) -> Callable[[bytes], bytes]:
    """The searches of a request, those made slow that are meant by number and body."""

    def searches(body: bytes) -> bytes:
        lines = [json.loads(line) for line in body.splitlines()]
        for number, one in enumerate(lines[1::2]):
            if which(number, one):
                query = one.get("query", {"match_all": {}})
                one["query"] = {"bool": {"must": [query], "filter": [SLOW]}}
        return b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    return searches


def after(seconds: float) -> Callable[[bytes], bytes]:
    def searches(body: bytes) -> bytes:
        time.sleep(seconds)
        return body

    return searches


def timed(search: Callable[[], SearchResponse]) -> tuple[SearchResponse, float]:
    begun = time.monotonic()
    return search(), time.monotonic() - begun


def require_honest(cut: SearchResponse, whole: SearchResponse) -> None:
    """An answer says that it was cut, and nothing in it is too much or less than nothing."""
    assert cut.partial
    assert [note.code for note in cut.notes].count("partial") == 1
    assert not whole.partial
    assert len(cut.hits) <= cut.listed <= whole.listed
    assert 0 <= cut.total <= whole.total
    counts = [one.count for values in cut.facets.values() for one in values]
    counts += [one.count for one in cut.histogram] + [cut.undated or 0]
    assert min(counts) >= 0
    assert (cut.undated or 0) <= (whole.undated or 0)
    assert sum(one.count for one in cut.histogram) <= sum(one.count for one in whole.histogram)


@pytest.mark.parametrize("partial", Partial)
@pytest.mark.parametrize("query", ["", "gempa", "gempa rumah mars"])
def test_slow_shards_give_what_they_have_in_time(
    engine: SearchEngine, relay: Relay, query: str, partial: Partial
) -> None:
    request = SearchRequest(query, budget_ms=700, partial=partial)
    whole = engine.search(request)
    relay.searches = slowed()
    cut, took = timed(lambda: engine.search(replace(request, per_page=9)))
    require_honest(cut, whole)
    assert took < 20  # All of it would take a minute.
    relay.searches = bytes
    again = engine.search(request)
    assert not again.partial
    assert (again.total, again.partial_total, ids(again)) == (
        whole.total,
        whole.partial_total,
        ids(whole),
    )


def test_of_one_slow_search_nothing_is_taken_away_twice(
    engine: SearchEngine, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Equal texts are counted by several searches, of which the first does not end in time."""
    monkeypatch.setattr("search.opensearch.counts._COPIES_AT_ONCE", 300)
    request = SearchRequest("gempa", collapse=True, budget_ms=600)
    whole = engine.search(request)
    relay.searches = slowed(lambda number, _: number == 0)
    require_honest(engine.search(request), whole)


def test_what_is_counted_in_part_is_as_much_as_is_listed(
    engine: SearchEngine, relay: Relay
) -> None:
    request = SearchRequest("gempa", budget_ms=600, facets=False, per_page=100)
    relay.searches = slowed(lambda _, one: not one["size"])
    found = engine.search(request)
    assert found.partial
    assert len(found.hits) == 100
    assert found.total == found.listed >= 100


def test_where_only_what_has_all_words_is_listed_as_much_of_it_is_counted(
    engine: SearchEngine, relay: Relay
) -> None:
    """By date, the first page is full, so there may be more behind it."""
    request = SearchRequest(
        "gempa rumah sakit",
        sort=Sort.NEWEST,
        partial=Partial.OFF,
        budget_ms=600,
        facets=False,
        per_page=100,
    )
    relay.searches = slowed(lambda _, one: not one["size"])
    seen: list[str] = []
    page = engine.search(request)
    while True:
        assert page.partial
        assert len(page.hits) <= page.total == page.listed <= 240
        assert page.total + page.partial_total <= 240
        seen += ids(page)
        if page.next_cursor is None:
            break
        page = engine.search(replace(request, cursor=page.next_cursor))
    assert len(seen) == len({*seen}) == 240


def test_what_a_cursor_says_to_be_before_it_is_not_counted(
    engine: SearchEngine, relay: Relay
) -> None:
    request = SearchRequest("gempa", sort=Sort.NEWEST, budget_ms=600, facets=False, per_page=100)
    cursor = engine.search(request).next_cursor
    assert cursor is not None
    old = replace(Cursor.decode(cursor, Sort.NEWEST), passed=1_000_000).encode()
    old += cursor[len(old) :]  # its seal
    relay.searches = slowed(lambda _, one: not one["size"])
    found = engine.search(replace(request, cursor=old))
    assert found.partial
    assert len(found.hits) == 100
    assert 100 <= found.total <= 240


def test_similar_articles_of_slow_shards_are_partial(engine: SearchEngine, relay: Relay) -> None:
    relay.searches = slowed()
    begun = time.monotonic()
    found = engine.similar("a7", 5)
    assert found is not None
    assert found.partial
    assert time.monotonic() - begun < 20


def test_what_is_sifted_is_read_for_as_long_as_the_question_may_wait(
    engine: SearchEngine, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.opensearch.dsl.translating.MOST", 0)
    monkeypatch.setattr("search.opensearch.sifting._BATCH", 20)
    request = SearchRequest("gempa", budget_ms=60_000, snippets=False)
    assert engine.search(request).total == 240
    relay.searches = after(0.3)
    found = engine.search(replace(request, budget_ms=500))
    assert found.partial
    assert found.total in {20, 40}


def test_planning_that_takes_too_long_is_told_in_json_and_on_the_page(
    index: str, relay: Relay
) -> None:
    """Each request takes longer than a question may wait."""
    of_json, of_pages = (create_app(_through(relay, index)).test_client() for _ in range(2))
    address = f"search?q={PLANNED.replace(' ', '+')}"
    relay.searches = after(2.1)
    cut = of_json.get(f"/api/v1/{address}")
    page = of_pages.get(f"/{address}").text
    relay.searches = bytes
    assert cut.json is not None
    assert cut.json["partial"] is True
    assert cut.headers["Cache-Control"] == "no-store"
    note = "hanya dijawab sebagian"
    assert note in page
    assert note not in of_pages.get(f"/{address}").text
    whole = of_json.get(f"/api/v1/{address}").json
    assert whole is not None
    assert whole["partial"] is False


def test_a_node_that_hangs_is_waited_for_no_longer_than_the_question_may(
    index: str, relay: Relay, hosts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "GRACE", 0.3)
    request, asks = SearchRequest("gempa", budget_ms=500), count()

    def hang(body: bytes) -> bytes:
        next(asks)
        time.sleep(20)
        return body

    alone = open_engine(_through(relay, index))
    alone.search(request)
    relay.searches = hang
    begun = time.monotonic()
    with pytest.raises(ClusterBusy):
        alone.search(request)
    assert time.monotonic() - begun < 15
    engine = open_engine(_through(relay, index).replace(relay.host, f"{relay.host},{hosts[1]}"))
    before = next(asks)
    for _ in range(3):  # The nodes are asked in turn.
        found, took = timed(lambda: engine.search(request))
        assert not found.partial
        assert took < 15
    assert next(asks) > before + 1


def test_nodes_know_answers_again_however_long_may_be_waited(index: str, hosts: list[str]) -> None:
    """A node keeps counts by the text of a search, of which its time limit is a part."""
    alias = connected(index).cluster.alias

    def hits() -> int:
        found = asked(hosts[0], f"/{alias}/_stats/request_cache")
        number: int = found["_all"]["total"]["request_cache"]["hit_count"]
        return number

    request = SearchRequest("api kereta", budget_ms=1990)
    open_engine(index).search(request)
    before = hits()
    open_engine(index).search(replace(request, budget_ms=1900))
    assert hits() > before


def test_several_questions_wait_no_longer_than_one(engine: SearchEngine, relay: Relay) -> None:
    questions = [SearchRequest(f"gempa {number}", snippets=False) for number in range(40)]
    assert ask_many(engine.search, questions[:3], "g").unanswered == 0
    relay.searches = after(0.3)
    begun = time.monotonic()
    found = ask_many(engine.search, questions, "g", budget_ms=1500)
    assert time.monotonic() - begun < 18  # All of it would take 24 seconds.
    assert found.partial
    assert 0 < found.unanswered < len(questions)
