"""Completions of what is typed, and articles about the same matter."""

from __future__ import annotations

from collections import Counter

import pytest

from index.analysis import analysis
from index.article import Article
from search.engine import SearchEngine
from tests.conftest import ARCHIVE, article
from tests.search.asking import ids
from tests.search.conftest import Make


def test_suggestions_complete_the_last_word(engine: SearchEngine) -> None:
    assert [one.text for one in engine.suggest("harga ber", 5)] == ["harga beras"]
    assert [one.text for one in engine.suggest("HARGA BER", 5)] == ["HARGA beras"]
    assert engine.suggest("harga ", 5) == []
    assert engine.suggest("zzz", 5) == []
    assert engine.suggest("", 5) == []


@pytest.mark.parametrize("typed", ["k", "p", "ke", "gempa", "a"])
def test_suggestions_count_the_titles_that_have_the_word(engine: SearchEngine, typed: str) -> None:
    counts = Counter(
        word
        for one in ARCHIVE
        for word in {token.surface for token in analysis().tokens(one.title)}
    )
    found = engine.suggest(typed, 100)
    assert {one.text: one.count for one in found} == {
        word: count for word, count in counts.items() if word.startswith(typed)
    }
    assert [one.count for one in found] == sorted((one.count for one in found), reverse=True)


def test_no_more_suggestions_are_made_than_asked_for(engine: SearchEngine) -> None:
    whole = engine.suggest("k", 100)
    for limit in (1, 3):
        assert engine.suggest("k", limit) == whole[:limit]


def test_derived_titles_suggest_nothing(make: Make) -> None:
    engine = make([Article("a", "Banjir di Kudus", "Banjir di Kudus surut.", derived_title=True)])
    assert engine.suggest("ban", 5) == []


def test_suggestions_complete_a_doubled_word_as_a_whole(make: Make) -> None:
    engine = make(
        [article(0, "Undang-undang baru soal Covid-19", "Isi."), article(1, "Undangan", "Isi.")]
    )
    texts = {text: [one.text for one in engine.suggest(text, 5)] for text in (
        "undang-un", "bahas undang-und", "covid-1", "Rusia-unda", "undang-", "judul:undang-un",
        '"undang-un', "(-Undang-un", "bahas undang\u2011un", "undang-un ", "undang--un", "-", "",
    )}  # fmt: skip
    assert texts == {
        "undang-un": ["undang-undang"],
        "bahas undang-und": ["bahas undang-undang"],
        "covid-1": ["covid-19"],
        "Rusia-unda": ["Rusia-undang-undang", "Rusia-undangan"],
        "undang-": ["undang-undang"],
        "judul:undang-un": ["judul:undang-undang"],
        '"undang-un': ['"undang-undang'],
        "(-Undang-un": ["(-undang-undang"],
        "bahas undang\u2011un": ["bahas undang-undang"],
        "undang-un ": [],
        "undang--un": ["undang--undang-undang", "undang--undangan"],
        "-": [],
        "": [],
    }


def test_similar_articles_share_words_and_leave_the_article_out(engine: SearchEngine) -> None:
    response = engine.similar("a4", 3)
    assert response is not None
    assert "a4" not in ids(response)
    assert ids(response)[0] == "a9"
    assert response.generation == engine.generation()


def test_similar_articles_are_a_list_and_no_more_than_asked_for(engine: SearchEngine) -> None:
    whole = engine.similar("a4", 100)
    assert whole is not None
    assert whole.total == len(whole.hits)
    scores = [hit.score or 0 for hit in whole.hits]
    assert scores == sorted(scores, reverse=True)
    for limit in (1, 2):
        some = engine.similar("a4", limit)
        assert some is not None
        assert ids(some) == ids(whole)[:limit]
        assert some.next_cursor is None
        assert (some.notes, dict(some.facets), some.histogram) == ((), {}, ())


def test_copies_are_the_other_articles_with_the_same_text(engine: SearchEngine) -> None:
    of = {one.id: [copy.id for copy in engine.copies(one.id, 10)] for one in ARCHIVE}
    assert of == {
        one.id: [copy.id for copy in ARCHIVE if copy.body == one.body and copy is not one]
        for one in ARCHIVE
    }
    assert of["a4"] == ["a9"]
    assert engine.copies("a4", 0) == engine.copies("nobody", 10) == []


def test_similar_articles_come_with_the_beginning_of_their_text(engine: SearchEngine) -> None:
    response = engine.similar("a4", 1)
    assert response is not None
    (hit,) = response.hits
    assert hit.snippet_html.startswith("AMBON – Gempa berkekuatan")
    assert "<mark>" not in hit.title_html + hit.snippet_html


def test_of_similar_articles_with_one_text_one_is_shown(make: Make) -> None:
    copies = [article(n, "Gempa Ambon", "Gempa mengguncang Ambon.") for n in range(3)]
    engine = make([*copies, article(3, "Gempa", "Gempa terasa di Seram."), *ARCHIVE[5:8]])
    response = engine.similar("a3", 10)
    assert response is not None
    assert len({"a0", "a1", "a2"} & set(ids(response))) == 1


def test_an_article_that_shares_no_word_has_no_similar_ones(make: Make) -> None:
    engine = make([article(1, "satu", "satu"), article(2, "dua", "dua"), Article("no", "", "")])
    for one in ("a1", "no"):
        response = engine.similar(one, 5)
        assert response is not None
        assert (response.total, response.hits) == (0, ())


def test_nothing_is_similar_to_an_unknown_id(engine: SearchEngine) -> None:
    for unknown in ("nobody", "", "a", "a44", "A4"):
        assert engine.similar(unknown, 3) is None
