"""Whatever is sent to a server over a cluster: a whole and well-formed answer, never one of 500."""

from __future__ import annotations

import base64
import logging
import random
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from index.fields import Facet
from index.target import BuildOptions, open_target
from search.cursor import order_sum, seal
from search.engine import SearchEngine, open_engine
from search.local.scoring.ranking import Ranking
from search.request import Partial, SearchRequest, Sort
from tests.cluster.fixtures import new_alias
from tests.conftest import article
from tests.fuzz import COUNT, requests
from tests.fuzz.queries import ARTICLES
from web.app import create_app

pytestmark = pytest.mark.cluster

COPIES = [article(100 + number, "Kabar beras naik", f"Isi {number // 2}.") for number in range(140)]
ODD = (
    "\ud800",
    "beras\ud800",
    '"beras \udfff naik"',
    "sumber:\ud800",
    "ber\ud800*",
    "beras\0",
    "a" * 500,
    "* " * 200,
    "(" * 200,
    "be* OR " * 60,
    "gempa NEAR/500 (a* OR b*)",
)


@pytest.fixture(scope="module")
def archive(hosts: list[str]) -> Iterator[str]:
    """The URL of an index with an article that is all signs, and with more than a block of hits."""
    with new_alias(hosts) as url:
        open_target(url).rebuild([*ARTICLES, *COPIES], BuildOptions(workers=1))
        yield url


@pytest.fixture(scope="module")
def engine(archive: str) -> SearchEngine:
    return open_engine(archive)


@pytest.fixture
def unlogged() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("unlogged")
def test_requests_by_chance_are_answered_or_refused(archive: str) -> None:
    app = create_app(archive)
    apps = dict.fromkeys(("plain", "proxied", "keys"), app)
    outcomes: Counter[str] = Counter()
    for number in range(5 * COUNT):
        made = requests.request(random.Random(f"17/{number}"))
        if made.app == "absent":  # of which 503 is what is expected
            made = replace(made, app="plain")
        outcomes[requests.attempt(apps, made)] += 1
    assert outcomes["200"] > COUNT // 2
    assert outcomes["404"]


@pytest.mark.parametrize("sort", list(Sort))
def test_cursors_of_any_numbers_lead_on_or_nowhere(engine: SearchEngine, sort: Sort) -> None:
    scores = (0.0, -0.0, 1e308, -1e308, 5e-324, -3.5)
    dates = (0, -1, 2**63 - 1, -(2**63))
    for score, date, passed in {
        *product(scores, (0,), (50,)),
        *product((1.0,), dates, (50,)),
        *product((1.0,), (0,), (0, 49, 100, 9_999, 10_000, 2**31)),
    }:
        packed = struct.pack(
            "<BIdqIqBI", list(Sort).index(sort), 3, score, date, 2**32 - 1, 10**15, 1, passed
        )
        cursor = base64.urlsafe_b64encode(packed).decode().rstrip("=")
        for collapse in (False, True):
            request = SearchRequest(
                "beras naik", sort=sort, collapse=collapse, partial=Partial.WITH, facets=False
            )
            sealed = cursor + seal(request, order_sum(Ranking()))
            assert engine.search(replace(request, cursor=sealed)).page == 3


@pytest.mark.parametrize("query", ODD)
def test_odd_questions_are_answered_by_all_that_takes_one(engine: SearchEngine, query: str) -> None:
    filters = {Facet.SOURCE: (query,)}
    for request in (
        SearchRequest(query),
        SearchRequest(query, budget_ms=0),
        SearchRequest(query, budget_ms=1, explain=True, collapse=True, recency=0.001),
        SearchRequest(query, sort=Sort.OLDEST, partial=Partial.WITH, correct=False),
        SearchRequest("beras", filters=filters, years=(query,), excluded_months=(query,)),
    ):
        assert engine.search(request).total >= 0
    assert isinstance(engine.suggest(query, 5), list)
    engine.marker(query)
    engine.analyze(query)
    assert engine.article(query) is None
    assert engine.similar(query, 5) is None
    assert engine.copies(query, 5) == []


def test_a_filter_of_which_not_all_values_are_named_is_answered_in_part(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SearchRequest(filters={Facet.SOURCE: ("kabar nusa", "lintas niaga")})
    whole = engine.search(request)
    assert not whole.partial
    monkeypatch.setattr("search.opensearch.filters.MOST_NAMED", 1)
    found = engine.search(request)
    assert found.partial
    assert 0 < found.total < whole.total
