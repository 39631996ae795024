"""Words glued where a tag or a blank was lost: found by either of them, marked and explained."""

from __future__ import annotations

import pytest

from index.article import Article
from index.fields import Facet
from index.target import BuildOptions
from search.engine import SearchEngine
from search.request import Sort
from search.response import SuggestionKind
from tests.conftest import article
from tests.search.asking import ask, codes, ids
from tests.search.conftest import Make, NewIndex

BODIES = {
    "kita": "Acara JakartaKita semua diundang.",
    "jakarta": "Hujan di Jakarta sore hari.",
    "kota": "Pawai diKota itu ramai.",
    "cegah": "Program mencegahstunting berjalan baik.",
    "apart": "Program mencegah stunting berjalan baik.",
    "stunting": "Angka stunting turun dan ditulis ulang.",
    "gejala": "Itu adalahgejala umum.",
    "name": "Dilansir dariHuffington Post.",
    "brand": "Tayang di BeritaSatu malam ini.",
    "three": "Tim IndonesiaDenganFilipina bertemu.",
    "place": "Kota Sukabumi dan Tanjungpinang.",
}


def archive() -> list[Article]:
    return [
        article(number, "Kabar", body, source="Niaga" if "stunting" in body else "Nusa")
        for number, body in enumerate(BODIES.values())
    ]


@pytest.fixture(scope="module")
def engine(make: Make) -> SearchEngine:
    return make(archive())


def found(engine: SearchEngine, query: str) -> set[str]:
    """The names of the articles that have all that a query asks for."""
    names = list(BODIES)
    return {names[int(one[1:])] for one in ids(ask(engine, query, sort=Sort.NEWEST))}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("jakarta", {"kita", "jakarta"}),
        ("kita", {"kita"}),
        ("di kota", {"kota", "place"}),
        ("kota", {"kota", "place"}),
        ("mencegah", {"cegah", "apart"}),
        ("pencegahan", {"cegah", "apart"}),
        ("stunting", {"cegah", "apart", "stunting"}),
        ("gejala", {"gejala"}),
        ("adalah", {"gejala"}),
        ("huffington", {"name"}),
        ("mencegah stunting", {"cegah", "apart"}),
        ("+stunting program", {"cegah", "apart"}),
        ("isi:stunting", {"cegah", "apart", "stunting"}),
        ("judul:stunting", set()),
        ("stunting OR kita", {"cegah", "apart", "stunting", "kita"}),
        ("program -stunting", set()),
        ("jakartakita", {"kita"}),
        ('"stunting"', {"cegah", "apart", "stunting"}),
        ('"pencegahan"', set()),
        ('"mencegah stunting"', {"cegah", "apart"}),
        ('"program mencegah stunting"', {"cegah", "apart"}),
        ('"stunting mencegah"', set()),
        ('"jakarta kita diundang"', set()),
        ('"jakarta kita semua diundang"', {"kita"}),
        ('"kita semua"', {"kita"}),
        ('"acara jakarta"', {"kita"}),
        ('"acara kita"', set()),
        ('"jakarta semua"', set()),
        ('"tim indonesia"', {"three"}),
        ('"indonesia dengan"', {"three"}),
        ('"indonesia dengan filipina"', {"three"}),
        ('"dengan filipina"', {"three"}),
        ('"dengan filipina bertemu"', {"three"}),
        ('"tim indonesia dengan filipina bertemu"', {"three"}),
        ('"tim indonesia filipina"', set()),
        ('"tim dengan"', set()),
        ("satu", set()),
        ("suka", set()),
        ("bumi", set()),
        ("tanjung", set()),
    ],
)
def test_an_article_has_the_words_that_are_glued_in_it(
    engine: SearchEngine, query: str, expected: set[str]
) -> None:
    assert found(engine, query) == expected


def test_totals_and_facets_count_them(engine: SearchEngine) -> None:
    response = ask(engine, "stunting")
    assert response.total == 3
    assert [(one.value, one.count) for one in response.facets[Facet.SOURCE]] == [("Niaga", 3)]
    assert len(response.hits) == 3


def test_the_word_is_marked_inside_the_glued_one(engine: SearchEngine) -> None:
    marked = {
        "kita": "Acara Jakarta<mark>Kita</mark> semua diundang.",
        "huffington": "Dilansir dari<mark>Huffington</mark> Post.",
        "mencegah stunting": "Program <mark>mencegah</mark><mark>stunting</mark> berjalan baik.",
    }
    for query, snippet in marked.items():
        assert snippet in [hit.snippet_html for hit in ask(engine, query).hits]
    (whole,) = [hit for hit in ask(engine, '"mencegah stunting"').hits if hit.id == "a3"]
    assert whole.snippet_html == "Program <mark>mencegahstunting</mark> berjalan baik."


def test_an_explanation_names_the_word_and_what_holds_it(engine: SearchEngine) -> None:
    expected = {
        "kita": ("kita", "jakartakita"),
        '"kita"': ("kita", "jakartakita"),
        '"jakarta kita"': ("jakarta kita", "jakartakita"),
        '"jakarta kita semua"': ("jakarta kita semua", "jakartakita semua"),
        '"acara jakarta"': ("acara jakarta", "acara jakartakita"),
    }
    for query, words in expected.items():
        (hit,) = ask(engine, query, explain=True).hits
        assert hit.explanation is not None
        assert {(part.word, part.term) for part in hit.explanation.parts} == {words}
        assert sum(part.value for part in hit.explanation.parts) == pytest.approx(hit.score)


def test_a_word_alone_is_worth_more_than_a_glued_one(make: Make) -> None:
    bodies = ["Program mencegahstunting berjalan.", "Program mencegah stunting berjalan."] * 2
    engine = make([article(number, "", body) for number, body in enumerate(bodies)])
    assert set(ids(ask(engine, "stunting"))[:2]) == {"a1", "a3"}


def test_a_word_that_stands_only_in_glued_ones_is_not_said_to_be_absent(
    engine: SearchEngine,
) -> None:
    assert codes(ask(engine, "huffington")) == []


def test_updates_and_deletions_decide_anew(new_index: NewIndex) -> None:
    index = new_index()
    index.target.rebuild([article(0, "", "Periksa kondisikesehatan itu.")], BuildOptions(workers=1))
    assert ids(ask(index.engine, "kesehatan")) == ["a0"]
    more = [article(number, "", "Periksa kondisikesehatan itu.") for number in range(1, 40)]
    index.target.update(more, BuildOptions(workers=1))
    assert ids(ask(index.engine, "kesehatan")) == []
    index.target.update([article(50, "", "Acara JakartaKita.")], BuildOptions(workers=1))
    index.target.delete(["a3"], BuildOptions(workers=1))
    assert ids(ask(index.engine, "kita")) == ["a50"]
    assert index.target.verify() == []


def test_no_glued_word_is_offered(engine: SearchEngine, make: Make) -> None:
    for typed in ("mencegahstuntin", "jakartakitaa", "adalahgejalaa"):
        assert ask(engine, typed).suggestion is None
    titles = ["Soal hargarumah naik", "Soal harganya naik", "Soal harga naik"]
    of_titles = make([article(number, title, "Isi.") for number, title in enumerate(titles)])
    words = [one for one in of_titles.suggest("harga", 5) if one.kind is SuggestionKind.WORD]
    assert [one.text for one in words] == ["harga", "harganya"]
    assert "hargarumah" not in {one.text for one in of_titles.suggest("hargar", 5)}


@pytest.mark.parametrize("query", ["stunt*", "mencegahs*"])
def test_a_beginning_with_a_star_is_of_terms_as_they_are_written(
    engine: SearchEngine, query: str
) -> None:
    expected = {"stunt*": {"apart", "stunting"}, "mencegahs*": {"cegah"}}
    assert found(engine, query) == expected[query]


def test_a_heading_has_the_words_glued_in_it(make: Make) -> None:
    engine = make([article(0, "Soal hargarumah naik", "Isi."), article(1, "Lain", "hargarumah")])
    assert ids(ask(engine, "judul:rumah")) == ["a0"]
    assert set(ids(ask(engine, "rumah"))) == {"a0", "a1"}
