"""Articles by their id, the marking and the analysis of texts, and what an index holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from index.article import Article
from index.fields import Facet
from search.engine import SearchEngine
from tests.conftest import ARCHIVE, article
from tests.search.asking import ask, ids
from tests.search.conftest import Index, Make

IDS = (
    "https://contoh.id/berita/2024/01/gempa?halaman=1&x=%20#atas",
    "../../etc/passwd",
    "dengan spasi",
    "a:b",
    '"kutip"',
    "Gempa",
    "gempa",
    "berita-é-東京-𝒳",
    "0",
    "-1",
    "_search",
    "x" * 400,
)


def test_an_article_comes_back_as_it_was_given(engine: SearchEngine) -> None:
    for one in ARCHIVE:
        assert engine.article(one.id) == one


def test_every_field_comes_back_as_it_was_given(make: Make) -> None:
    given = [
        Article(
            "whole",
            "Judul & <b>",
            "Isi\n\nparagraf kedua\tdengan tab 𝒳",
            datetime(1999, 12, 31, 23, 59, 59, 123456, tzinfo=UTC),
            "javascript:alert(1)",
            "Sumber",
            "Kategori",
            "Tempat",
            "Penulis",
            derived_title=True,
        ),
        Article("bare", "", ""),
        Article("early", "t", "b", datetime(1, 1, 2, tzinfo=UTC)),
        Article("late", "t", "b", datetime(9999, 12, 30, tzinfo=UTC)),
        Article("long", "t" * 2000, "kata " * 20_000),
    ]
    engine = make(given)
    for one in given:
        assert engine.article(one.id) == one


@pytest.mark.parametrize("unknown", ["nobody", "", "a", "a44", "A4", "a4 ", "é", "\x00", "a*"])
def test_there_is_no_article_of_an_unknown_id(engine: SearchEngine, unknown: str) -> None:
    assert engine.article(unknown) is None


def test_ids_are_any_text_and_compare_exactly(make: Make) -> None:
    engine = make([Article(one, f"Judul {n}", "Isi sama.") for n, one in enumerate(IDS)])
    assert set(ids(ask(engine))) == set(IDS)
    for number, one in enumerate(IDS):
        found = engine.article(one)
        assert found is not None
        assert (found.id, found.title) == (one, f"Judul {number}")
        similar = engine.similar(one, 20)
        assert similar is not None
        assert one not in ids(similar)
        assert similar.listed == len(similar.hits)


def test_highlighting_escapes_everything_else(engine: SearchEngine) -> None:
    html = engine.marker("naik").html('<b>Harga</b> naik & "turun"')
    assert html == "&lt;b&gt;Harga&lt;/b&gt; <mark>naik</mark> &amp; &quot;turun&quot;"


@pytest.mark.parametrize(
    "query", ["", "gempa", "harga beras", '"kereta cepat"', "per*", "beraz", "gempa -warga", "yang"]
)
def test_highlighting_marks_what_titles_of_hits_have_marked(
    engine: SearchEngine, query: str
) -> None:
    for hit in ask(engine, query).hits:
        assert engine.marker(query).html(hit.title) == hit.title_html


def test_what_is_excluded_or_nothing_at_all_is_not_marked(engine: SearchEngine) -> None:
    for query in ("", "?!", "-naik", "harga -naik"):
        assert engine.marker(query).html("beras naik") == "beras naik"
    assert engine.marker("naik").html("") == ""


def test_what_a_correction_found_is_not_marked_where_words_stay_as_they_are(
    engine: SearchEngine,
) -> None:
    marked = engine.marker("perpustakan keliling").html("Perpustakaan keliling")
    assert marked == "<mark>Perpustakaan</mark> <mark>keliling</mark>"
    marked = engine.marker("perpustakan keliling", correct=False).html("Perpustakaan keliling")
    assert marked == "Perpustakaan <mark>keliling</mark>"


def test_analysis_gives_the_words_of_a_text_in_order(engine: SearchEngine) -> None:
    text = "Penangkapan menteri di Ambon, se-Indonesia; COVID-19."
    tokens = engine.analyze(text)
    assert [token.position for token in tokens] == list(range(len(tokens)))
    assert [text[token.start : token.end] for token in tokens] == [token.text for token in tokens]
    assert all(one.end <= other.start for one, other in pairwise(tokens))
    assert tokens[0].stem == "tangkap"
    assert engine.analyze("") == []


def test_analysis_does_without_an_index(index: Index, engine: SearchEngine) -> None:
    text = "Penangkapan menteri"
    assert index.engine.analyze(text) == engine.analyze(text)


def test_statistics_tell_what_the_index_holds(engine: SearchEngine) -> None:
    found = engine.statistics()
    assert found.articles == len(ARCHIVE)
    assert found.generation == engine.generation()
    assert found.oldest == datetime(2022, 11, 4, 17, tzinfo=UTC)
    assert found.newest == datetime(2025, 8, 31, 17, tzinfo=UTC)
    assert abs(datetime.now(UTC) - found.published) < timedelta(days=1)
    assert found.version


def test_statistics_count_facets_as_the_empty_query_does(engine: SearchEngine) -> None:
    facets = engine.statistics().facets
    assert list(facets) == list(Facet)
    counted = ask(engine).facets
    assert facets == {facet: counted[facet] for facet in Facet}


def test_of_articles_without_dates_none_is_oldest(make: Make) -> None:
    found = make([article(1, "k", "b")]).statistics()
    assert (found.oldest, found.newest) == (None, None)
