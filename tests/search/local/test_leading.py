"""Offers of other spellings and of days: never of what finds nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import LocalTarget
from index.fields import Facet
from index.target import BuildOptions
from search.budget import Budget, Work
from search.export import export
from search.limits import MAX_QUERY_CHARACTERS
from search.local import LocalEngine
from search.local.page.leading import Counted, keep_what_leads
from search.request import Partial, SearchRequest
from search.response import SearchResponse
from tests.conftest import article
from tests.search.asking import ask

FILLING = [
    article(n, "Kabar pasar", f"Harga beras naik di pasar kota {n}.", f"2024-01-{n % 28 + 1:02}")
    for n in range(100, 140)
]
ARCHIVE = [
    *FILLING,
    article(1, "Vulkanolog", "Vulkanolog meneliti gunung Semeru.", "2023-05-01", source="Antara"),
    article(2, "Pertandingan", "Pertandingan sepak bola di Bandung.", "2024-02-01"),
    article(3, "Banjir bandang", "Banjir bandang merendam desa.", "2024-03-01", source="Antara"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("index") / "index"
    LocalTarget(made).rebuild(ARCHIVE, BuildOptions())
    return made


@pytest.fixture(scope="module")
def engine(path: Path) -> LocalEngine:
    return LocalEngine(path)


def test_words_of_deleted_articles_are_not_offered(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path / "index")
    target.rebuild(ARCHIVE, BuildOptions())
    before = LocalEngine(tmp_path / "index")
    assert ask(before, "Vulkanolgo").suggestion == "Vulkanolog"
    assert ask(before, "semeru mei 2023").offers
    target.delete(["a1"], BuildOptions())
    after = LocalEngine(tmp_path / "index")
    assert ask(after, "Vulkanolgo").suggestion is None
    assert ask(after, "semeru mei 2023").offers == ()


def test_words_of_deleted_articles_replace_nothing(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path / "index")
    target.rebuild(ARCHIVE, BuildOptions())
    assert ask(LocalEngine(tmp_path / "index"), "pertandigan").corrected == "pertandingan"
    target.delete(["a2"], BuildOptions())
    response = ask(LocalEngine(tmp_path / "index"), "pertandigan")
    assert (response.corrected, response.suggestion, response.total) == (None, None, 0)


def test_what_filters_leave_out_is_not_offered(engine: LocalEngine) -> None:
    assert ask(engine, "bandugn").suggestion == "bandung"
    assert ask(engine, "bandugn", filters={Facet.SOURCE: ("Antara",)}).suggestion is None
    assert ask(engine, "bandugn", date_to=date(2024, 1, 1)).suggestion is None
    assert ask(engine, "bandugn sumber:antara").suggestion is None
    assert ask(engine, "bandugn -sepak").suggestion is None
    assert ask(engine, "judul:bandugn").suggestion is None


@pytest.mark.parametrize(
    ("before", "tail", "longer"),
    [
        ("semeru," * 100, " mei 2023", len("tanggal:2023-05") - len("mei 2023")),
        ("semeru".ljust(500), " Vulkanolg", len("Vulkanolog") - len("Vulkanolg")),
    ],
    ids=["days", "another spelling"],
)
def test_what_is_too_long_to_be_asked_is_not_offered(
    engine: LocalEngine, before: str, tail: str, longer: int
) -> None:
    for length in range(MAX_QUERY_CHARACTERS - 12, MAX_QUERY_CHARACTERS + 1):
        response = ask(engine, before[: length - len(tail)] + tail)
        offered = [one.query for one in response.offers]
        fits = length + longer <= MAX_QUERY_CHARACTERS
        lengths = [len(one) for one in (*offered, response.suggestion) if one]
        assert lengths == [length + longer] * fits


def work(engine: LocalEngine, request: SearchRequest) -> int:
    budget = Budget(inf)
    engine.search(request, budget)
    return budget.all_work()


def test_what_is_cut_short_stays(engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "beras mei 2023"
    assert ask(engine, query).offers == ()  # no article of that month has the word
    monkeypatch.setattr("search.local.engine.LEADING", Work(0))
    (offer,) = ask(engine, query).offers
    assert offer.query == "beras tanggal:2023-05"


def test_offers_are_the_same_each_time(path: Path) -> None:
    for query in ("Vulkanolgo semreu mei 2023", "bandugn -banjir", "beras mei 2023 juni 2023"):
        requests = [SearchRequest(query), SearchRequest(query, facets=False)] * 2
        engine = LocalEngine(path)
        answers = [engine.search(one) for one in requests]
        assert len({(one.suggestion, one.offers) for one in answers}) == 1


def test_only_the_first_page_offers_anything(engine: LocalEngine) -> None:
    request = SearchRequest("beras januari 2024", per_page=5)
    first = engine.search(request)
    assert first.offers
    pages = [replace(request, page=2), replace(request, cursor=first.next_cursor)]
    for other in [*pages, replace(request, offers=False)]:
        response = engine.search(other)
        assert response.hits
        assert (response.suggestion, response.offers) == (None, ())
        assert work(engine, other) <= work(engine, request)
    begun, *others = export(engine, request).batches()
    assert begun.offers == first.offers
    assert not any(batch.offers for batch in others)
    assert ask(engine, "Vulkanolgo").suggestion
    assert ask(engine, "Vulkanolgo", offers=False).suggestion is None
    assert ask(engine, "Vulkanolgo", page=2).suggestion is None


def counting_questions(response: SearchResponse, request: SearchRequest) -> list[str]:
    """What is looked for to tell which offers of an answer lead on."""
    asked: list[str] = []

    def finding(other: SearchRequest) -> Counted:
        asked.append(other.query)
        return Counted(0, 0, partial=True)

    keep_what_leads(response, request, finding, known=True, dated=True)
    return asked


def test_days_alone_are_told_by_the_days_that_there_are(engine: LocalEngine) -> None:
    for query, looked_for in [
        ("mei 2023", []),
        ("Vulkanolgo", []),
        ("semeru mei 2023", ["semeru tanggal:2023-05"]),
    ]:
        request = SearchRequest(query)
        response = engine.search(request)
        assert response.offers or response.suggestion
        assert counting_questions(response, request) == looked_for
    filtered = SearchRequest("mei 2023", filters={Facet.SOURCE: ("antara",)})
    assert counting_questions(engine.search(filtered), filtered) == ["tanggal:2023-05"]


def test_looking_for_offers_is_part_of_the_time_taken(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(*_: object, **__: object) -> None:
        sleep(0.05)

    monkeypatch.setattr("search.local.page.leading.keep_what_leads", slowly)
    assert ask(engine, "semeru mei 2023").took_ms >= 50.0


_WORDS = ["bandugn", "bandung", "semreu", "beras", "banjri", "vulkanolgo", "pertandingan", "psaar"]
_AROUND = ["{}", "-{}", "judul:{}", '"{}"', "({})", "+{}", "{} sumber:antara", "{} mei 2023"]
_ONE = st.builds(str.format, st.sampled_from(_AROUND), st.sampled_from(_WORDS))


@given(
    st.lists(_ONE, min_size=1, max_size=4).map(" ".join),
    st.sampled_from(list(Partial)),
    st.sampled_from([None, date(2024, 1, 15)]),
)
def test_whatever_is_offered_finds_something(
    engine: LocalEngine, query: str, partial: Partial, first: date | None
) -> None:
    request = SearchRequest(query, partial=partial, date_from=first)
    response = engine.search(request)
    offered = [one.query for one in response.offers]
    for text in [*offered, *filter(None, [response.suggestion])]:
        there = engine.search(SearchRequest(text, partial=partial, date_from=first))
        assert there.listed, (query, text)
