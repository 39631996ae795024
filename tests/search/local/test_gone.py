"""Words that only deleted articles have are told where nothing is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import LocalTarget
from index.target import BuildOptions
from search.budget import Work
from search.local import LocalEngine
from search.response import Note
from tests.conftest import article
from tests.search.asking import ask, codes

ARCHIVE = [
    *(article(n, "Kabar pasar", f"Harga beras naik di pasar kota {n}.") for n in range(100, 140)),
    article(1, "Vulkanolog", "Vulkanolog meneliti gunung Semeru di ibukota yang kita bangun."),
    article(2, "Pertandingan", "Pertandingan sepak bola di Bandung."),
    article(3, "Ibu kota", "Ibu kota dibangun. Hujan di Jakarta sore hari."),
    article(4, "Kabar", "Acara JakartaKita semua diundang."),
]


@pytest.mark.parametrize(
    ("query", "word", "position"),
    [
        ("pasar semeru", "semeru", 6),
        ("pasar Semeru -bandung", "Semeru", 6),
        ("Semeru (pasar OR beras)", "Semeru", 0),
        ("pasar yang semeru", "semeru", 11),
        ("\ufb01fi semeru", "semeru", 4),
    ],
)
def test_of_words_that_only_deleted_articles_have_no_article_has_any(
    tmp_path: Path, query: str, word: str, position: int
) -> None:
    target = LocalTarget(tmp_path / "index")
    target.rebuild(ARCHIVE, BuildOptions())
    told = Note("no-article-has", {"word": word}, position)
    assert told not in ask(LocalEngine(tmp_path / "index"), query).notes
    target.delete(["a1"], BuildOptions())
    for facets in (False, True):
        notes = ask(LocalEngine(tmp_path / "index"), query, facets=facets).notes
        assert told in notes
        assert sum(one.code == "no-article-has" for one in notes) == 1 + ("fi" in query)


@pytest.fixture
def engine(tmp_path: Path) -> LocalEngine:
    target = LocalTarget(tmp_path / "index")
    target.rebuild(ARCHIVE, BuildOptions())
    target.delete(["a1"], BuildOptions())
    return LocalEngine(tmp_path / "index")


@pytest.mark.parametrize("word", ["ibukota", "kita"])
@pytest.mark.parametrize("facets", [False, True])
def test_what_articles_have_in_another_way_is_not_gone(
    engine: LocalEngine, word: str, *, facets: bool
) -> None:
    assert ask(engine, word).total
    response = ask(engine, f"beras {word} semeru", facets=facets)
    told = [one.facts["word"] for one in response.notes if one.code == "no-article-has"]
    assert (response.total, told) == (0, ["semeru"])


def test_such_words_are_told_at_their_places_among_notes(engine: LocalEngine) -> None:
    response = ask(engine, "beras semeru kor%psi")
    placed = [one.position for one in response.notes if one.position is not None]
    assert placed == sorted(placed)
    assert "no-article-has" in codes(response)


def test_where_the_budget_is_spent_nothing_is_said_of_them(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no-article-has" in codes(ask(engine, "beras semeru"))
    monkeypatch.setattr("search.local.engine.NAMING", Work(0, 0))
    assert "no-article-has" not in codes(ask(engine, "beras semeru"))
