"""What a server's worker asks before its first reader comes."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import LocalTarget
from index.errors import IndexMissing
from index.target import BuildOptions
from search.local import LocalEngine, preparing
from search.local.common_words import common_words
from search.local.preparing import LONGEST, WORDS, ask_headlines, first_words
from search.request import SearchRequest
from tests.conftest import article

TITLES = [
    "Gempa bumi mengguncang Jawa Barat, BMKG: tidak berpotensi tsunami",
    '"Harga beras" naik 10% -- NOT turun (lagi)',
    "x" * 600,
    "",
    "123 456",
]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    articles = [article(at, title, "Isi berita.") for at, title in enumerate(TITLES)]
    LocalTarget(tmp_path).rebuild(articles, BuildOptions())
    return tmp_path


def test_questions_are_a_few_plain_words_of_headlines(index: Path) -> None:
    engine = LocalEngine(index)
    asked: list[SearchRequest] = []

    def search(request: SearchRequest):  # type: ignore[no-untyped-def]
        asked.append(request)
        return engine.search(request)

    ask_headlines(search)
    texts = {request.query for request in asked}
    assert texts == {"gempa bumi mengguncang jawa", "naik not turun", ""}
    assert all(len(text) <= WORDS * (LONGEST + 1) for text in texts)
    assert any(request.facets and request.snippets for request in asked)


def test_no_more_is_asked_after_a_while(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "SECONDS", -1.0)
    asked: list[SearchRequest] = []
    engine = LocalEngine(index)

    def search(request: SearchRequest):  # type: ignore[no-untyped-def]
        asked.append(request)
        return engine.search(request)

    ask_headlines(search)
    _, page = asked  # as a reader's first page is asked in any case
    assert page.facets
    assert page.snippets


def test_the_words_of_most_titles_are_learned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        "gempa di jakarta",
        "gempa di bali 2024",
        "gempa di 2024 covid-19",
        "élite yang langka",
    ]
    articles = [article(at, text, "Isi.") for at, text in enumerate(texts)]
    LocalTarget(tmp_path).rebuild(articles, BuildOptions())
    engine = LocalEngine(tmp_path)
    opened = engine._current.take()
    every = common_words(opened.snapshot)
    assert every[:2] == ["gempa", "2024"]
    assert sorted(every[2:]) == ["bali", "jakarta", "langka"]
    assert common_words(opened.snapshot, 2) == every[:2]
    engine.prepare()
    assert {"gempa", "2024", "langka"} <= set(opened.plans.learned)
    monkeypatch.setattr(preparing, "LEARNING_SECONDS", -1.0)
    late = LocalEngine(tmp_path)
    late.prepare()
    assert "langka" not in late._current.take().plans.learned


def test_answers_are_those_of_an_engine_that_is_not_prepared(index: Path) -> None:
    prepared, other = LocalEngine(index), LocalEngine(index)
    prepared.prepare()
    for text in ["gempa bumi", "harga beras", "jawa barat tsunami", "gmpa"]:
        found, expected = (one.search(SearchRequest(text)) for one in (prepared, other))
        assert [(hit.id, hit.score) for hit in found.hits] == [
            (hit.id, hit.score) for hit in expected.hits
        ]
        assert found.total == expected.total
        assert found.suggestion == expected.suggestion


def test_an_index_without_articles_is_prepared(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild([article(1, "Gempa", "Isi.")], BuildOptions())
    target.delete(["a1"], BuildOptions())
    LocalEngine(tmp_path).prepare()


def test_who_prepares_is_told_that_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        LocalEngine(tmp_path).prepare()


def test_words_of_letters_are_taken() -> None:
    assert first_words("Rp2 juta, 'emas' naik pada 2025 dan terus naik") == "naik pada dan terus"
