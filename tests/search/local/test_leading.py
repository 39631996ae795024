"""Offers of other spellings and of days: never of what finds nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import LocalTarget
from index.fields import Facet
from index.target import BuildOptions
from search.local import LocalEngine
from search.request import Partial, SearchRequest
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
