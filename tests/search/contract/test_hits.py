"""What a hit shows of its article: fields, marked texts, and how many others are like it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest

from index.article import Article
from index.fields import Facet
from search.engine import SearchEngine
from tests.conftest import ARCHIVE, article
from tests.search.asking import ask, ids
from tests.search.conftest import Make

ARTICLES = {one.id: one for one in ARCHIVE}

QUERIES = ("", "gempa", "harga beras", '"kereta cepat"', "per*", "beraz", "-gempa", "yang di")


def plain(html: str) -> str:
    """The text of HTML that has no elements but marks."""
    return unescape(re.sub("</?mark>", "", html))


def test_hits_carry_what_a_list_shows(engine: SearchEngine) -> None:
    hit = ask(engine, "hubungan Rusia Kamboja").hits[0]
    assert hit.id == "a1"
    assert hit.title_html == (
        "<mark>Rusia</mark> dan <mark>Kamboja</mark> perkuat <mark>hubungan</mark>"
    )
    assert "<mark>Hubungan</mark>" in hit.snippet_html
    assert hit.facets == {
        Facet.SOURCE: "Kabar Nusa",
        Facet.PLACE: "Phnom Penh",
        Facet.CATEGORY: "Politik",
        Facet.AUTHOR: "Sari Dewi",
    }
    assert hit.date == datetime(2023, 5, 31, 17, tzinfo=UTC)
    assert hit.url == "https://example.com/rusia-kamboja"


@pytest.mark.parametrize("snippets", [True, False])
def test_hits_carry_the_values_of_their_articles(engine: SearchEngine, snippets: bool) -> None:
    for query in QUERIES:
        for hit in ask(engine, query, snippets=snippets).hits:
            one = ARTICLES[hit.id]
            assert (hit.title, hit.url, hit.date) == (one.title, one.url, one.date)
            assert hit.date is None or hit.date.tzinfo is UTC
            given = {facet: getattr(one, facet) for facet in Facet}
            assert hit.facets == {facet: value for facet, value in given.items() if value}


@pytest.mark.parametrize("snippets", [True, False])
def test_hits_have_the_whole_text_where_it_is_asked_for(
    engine: SearchEngine, snippets: bool
) -> None:
    for hit in ask(engine, "gempa", snippets=snippets, bodies=True).hits:
        assert hit.body == ARTICLES[hit.id].body
    assert {hit.body for hit in ask(engine, "gempa", snippets=snippets).hits} == {""}


def test_a_date_is_exact_to_the_microsecond(make: Make) -> None:
    moment = datetime(2024, 1, 9, 17, 0, 0, 1, tzinfo=UTC)
    (hit,) = ask(make([Article("a", "k", "b", moment)])).hits
    assert hit.date == moment


def test_titles_and_snippets_are_texts_of_the_article(engine: SearchEngine) -> None:
    for query in QUERIES:
        for hit in ask(engine, query).hits:
            assert plain(hit.title_html) == hit.title
            body = " ".join(ARTICLES[hit.id].body.split())
            assert plain(hit.snippet_html).removeprefix("… ").removesuffix(" …") in body


def test_without_snippets_there_are_none_and_nothing_is_marked(engine: SearchEngine) -> None:
    for query in QUERIES:
        for hit in ask(engine, query, snippets=False).hits:
            assert hit.snippet_html == ""
            assert "<mark>" not in hit.title_html
            assert plain(hit.title_html) == hit.title


def test_everything_but_marks_is_escaped(make: Make) -> None:
    text = "<script>alert('gempa')</script> & \"beras\" <mark>padi</mark> &lt;b&gt;"
    engine = make([Article("a&b", text, text, source="<i>Antara</i>", url="javascript:alert(1)")])
    for query in ("", "beras", "gempa script", "padi"):
        for snippets in (True, False):
            (hit,) = ask(engine, query, snippets=snippets).hits
            assert (hit.id, hit.title, hit.url) == ("a&b", text, "javascript:alert(1)")
            assert hit.facets == {Facet.SOURCE: "<i>Antara</i>"}
            for html in (hit.title_html, hit.snippet_html):
                assert not set(re.sub("</?mark>", "", html)) & set("<>\"'")
                assert plain(html) in {text, ""}


def test_marks_stand_around_whole_words_in_every_form(make: Make) -> None:
    engine = make([article(1, "Kabar", "Membaca, DIBACA, bacaan; pembaca-pembaca. Baca buku.")])
    (hit,) = ask(engine, "membaca -koran").hits
    marked = re.findall("<mark>(.*?)</mark>", hit.snippet_html)
    assert marked[:3] == ["Membaca", "DIBACA", "bacaan"]
    assert marked[-1] == "Baca"


def test_of_a_phrase_only_its_words_together_are_marked(engine: SearchEngine) -> None:
    (hit,) = ask(engine, '"kereta cepat"').hits
    assert "<mark>Kereta</mark> <mark>cepat</mark>" in hit.snippet_html
    assert hit.snippet_html.count("<mark>") == 2


def test_the_snippet_of_a_long_text_is_where_the_matches_are(make: Make) -> None:
    filler = " ".join(f"kalimat ke-{n} tanpa isi." for n in range(400))
    engine = make([article(1, "Kabar", f"{filler} Gempa guncang Ambon. {filler}")])
    (hit,) = ask(engine, "gempa ambon").hits
    assert "<mark>Gempa</mark> guncang <mark>Ambon</mark>" in hit.snippet_html
    assert hit.snippet_html.startswith("… ")
    assert hit.snippet_html.endswith(" …")
    assert len(plain(hit.snippet_html)) < 400


def test_very_long_titles_are_shown_in_part_and_carried_whole(make: Make) -> None:
    long = replace(article(1, "gempa " * 300, "isi"), url="https://x/" + "y" * 3000)
    engine = make([long])
    for snippets in (True, False):
        (hit,) = ask(engine, "gempa", snippets=snippets).hits
        assert (hit.title, hit.url) == (long.title, long.url)
    assert len(plain(ask(engine, "gempa").hits[0].title_html)) < 400


def test_articles_without_a_title_or_a_text_are_found_by_what_they_have(make: Make) -> None:
    engine = make(
        [Article("body", "", "Gempa."), Article("title", "Gempa", ""), Article("no", "", "")]
    )
    found = {hit.id: hit for hit in ask(engine, "gempa").hits}
    assert found.keys() == {"body", "title"}
    assert (found["body"].title, found["body"].title_html) == ("", "")
    assert found["body"].snippet_html == "<mark>Gempa</mark>."
    assert (found["title"].title_html, found["title"].snippet_html) == ("<mark>Gempa</mark>", "")
    assert set(ids(ask(engine))) == {"body", "title", "no"}
    assert ask(engine, "-gempa").total == 1


def test_copies_are_counted_and_fold_into_one(engine: SearchEngine) -> None:
    response = ask(engine, "gempa guncang Ambon")
    counts = {hit.id: hit.similar_count for hit in response.hits}
    assert counts == {"a4": 1, "a9": 1, "a5": 0}
    folded = ask(engine, "gempa guncang Ambon", collapse=True)
    assert folded.total == response.total - 1
    assert ids(folded)[0] == ids(response)[0]


def test_only_copies_that_match_are_counted(engine: SearchEngine) -> None:
    for query in ("diminta", 'sumber:"harian samudra"', "gempa -tenang"):
        counts = {hit.id: hit.similar_count for hit in ask(engine, query).hits}
        assert counts.keys() & {"a4", "a9"}
        assert not any(counts.values())
    filtered = ask(engine, "gempa", filters={Facet.SOURCE: ("kabar nusa",)})
    assert [(hit.id, hit.similar_count) for hit in filtered.hits] == [("a4", 0)]


COPIES = [
    article(n, f"judul {n}", ("beras naik", "beras turun", f"beras nomor{n}")[n % 3])
    for n in range(60)
]


@pytest.mark.parametrize("query", ["", "beras", "naik ATAU turun", "beras naik", "nomor*"])
def test_counts_and_folding_agree_with_counting_the_texts(make: Make, query: str) -> None:
    engine = make(COPIES)
    bodies = {one.id: one.body for one in COPIES}
    whole = ask(engine, query, per_page=100)
    copies = Counter(bodies[one] for one in ids(whole))
    for hit in whole.hits:
        assert hit.similar_count == copies[bodies[hit.id]] - 1
    firsts: dict[str, str] = {}
    for one in ids(whole):
        firsts.setdefault(bodies[one], one)
    best = list(firsts.values())
    folded = ask(engine, query, per_page=100, collapse=True)
    assert ids(folded) == best
    assert folded.listed == len(best)
    assert [hit.similar_count for hit in folded.hits] == [copies[bodies[one]] - 1 for one in best]


@pytest.mark.parametrize("facets", [False, True])
def test_a_time_is_lacking_as_it_was_typed(make: Make, *, facets: bool) -> None:
    engine = make(
        [
            article(1, "Kereta pagi", "Kereta berangkat 10:15 dari kota."),
            article(2, "Kereta malam", "Kereta malam."),
            article(3, "Kereta baru", "Kereta 10 dan bus."),
        ]
    )
    for query, lacking in [
        ("kereta 10:15", ("10:15",)),
        ("kereta pukul 10:15", ("pukul", "10:15")),
        ("kereta 15 10", ("15",)),
    ]:
        hits = {hit.id: hit.missing for hit in ask(engine, query, facets=facets).hits}
        assert hits["a3"] == lacking
    hits = {hit.id: hit.missing for hit in ask(engine, "kereta 10:15", facets=facets).hits}
    assert (hits["a1"], hits["a2"]) == ((), ("10:15",))
