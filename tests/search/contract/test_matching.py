"""Which articles a query finds."""

from __future__ import annotations

import pytest

from index.analysis import analysis
from index.article import Article
from search.engine import SearchEngine
from search.request import Partial, Sort
from tests.conftest import ARCHIVE, article
from tests.search.asking import ask, codes, ids
from tests.search.conftest import Make

EVERYTHING = {one.id for one in ARCHIVE}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("beras", "a2 a3 a7 a12"),
        ("BERAS", "a2 a3 a7 a12"),
        ("mengguncang", "a4 a9"),
        ("guncangan", "a4 a9"),
        ("kereta kereta", "a6 a7"),
        ("Kereta-cepat", "a6 a7"),
        ("gempa OR beras", "a2 a3 a4 a5 a7 a9 a12"),
        ("gempa ATAU beras", "a2 a3 a4 a5 a7 a9 a12"),
        ("gempa -warga", "a4"),
        ("kereta -(lambat ATAU penumpang)", ""),
        ("-(gempa ATAU beras) ambon", ""),
        ("gempa NOT warga", "a4"),
        ("gempa AND NOT warga", "a4"),
        ("gempa TANPA warga", "a4"),
        ("gempa DAN BUKAN warga", "a4"),
        ("gempa NOT (lambat OR warga)", "a4"),
        ('kereta NOT "kereta cepat"', "a7"),
        ('beras BUKAN sumber:"lintas niaga"', "a7"),
        ("NOT ambon gempa", ""),
        ("−ambon gempa", ""),
        ("--gempa", "a4 a5 a9"),
        ("-(-gempa)", "a4 a5 a9"),
        ('"harga beras"', "a2 a3"),
        ('"beras harga"', ""),
        ('"Harga gabah turun"', "a3"),
        ('"kereta cepat"', "a6"),
        ('kereta -"kereta cepat"', "a7"),
        ("“kereta cepat”", "a6"),
        ("perpus*", "a10 a11"),
        ("PERPUS*", "a10 a11"),
        ("ambon -tena*", "a4 a5"),
        ("judul:beras", "a2"),
        ("title:beras", "a2"),
        ("isi:beras", "a2 a3 a7 a12"),
        ('judul:"gempa guncang"', "a4 a9"),
        ("judul:(gempa -warga)", "a4"),
        ("judul:gem*", "a4 a9"),
        ("intitle: beras", "a2"),
        ("harga NEAR/1, beras", "a2 a3"),
        ("beras NEAR 1 harga", "a2 a3"),
        ('"beras harga" ~1', "a2 a3"),
        ('sumber:(="lintas niaga") beras', "a2 a3 a12"),
        ('sumber:"lintas niaga"', "a2 a3 a12"),
        ('source:"LINTAS NIAGA" beras', "a2 a3 a12"),
        ('beras -sumber:"lintas niaga"', "a7"),
        ("tempat:ambon gempa", "a4 a5 a9"),
        ("kategori:ekonomi kereta", "a6 a7"),
        ('penulis:"sari dewi"', "a1 a11"),
        ('sumber:"lintas niaga" ATAU tempat:ambon', "a2 a3 a4 a5 a9 a12"),
        ("sejak:2024-02-01", "a6 a7 a8 a11"),
        ("until:2023-06-01", "a1 a12"),
        ("beras sejak:2023-07-01 sampai:2023-12-31", "a3"),
        ("beras -sejak:2023-07-01", "a2 a12"),
    ],
)  # fmt: skip
def test_a_query_finds_these(engine: SearchEngine, query: str, found: str) -> None:
    response = ask(engine, query)
    assert set(ids(response)) == set(found.split())
    assert response.total == len(found.split())
    assert response.notes == ()
    assert not response.partial


def test_every_word_finds_the_articles_that_have_its_stem(engine: SearchEngine) -> None:
    stems = {
        one.id: {token.stem for token in analysis().tokens(f"{one.title}\n{one.body}")}
        for one in ARCHIVE
    }
    words = {
        token.surface: token.stem
        for one in ARCHIVE
        for token in analysis().tokens(f"{one.title}\n{one.body}")
    }
    for surface, stem in words.items():
        having = {one for one, known in stems.items() if stem in known}
        assert set(ids(ask(engine, surface))) == having, surface


@pytest.mark.parametrize("query", ["", "   ", "\t\n"])
def test_the_empty_query_finds_everything_newest_first(engine: SearchEngine, query: str) -> None:
    response = ask(engine, query)
    assert response.total == len(ARCHIVE)
    dates = [hit.date for hit in response.hits]
    known = [one for one in dates if one is not None]
    assert known == sorted(known, reverse=True)
    assert dates[-1] is None
    assert response.notes == ()


def test_a_query_without_letters_finds_nothing(engine: SearchEngine) -> None:
    response = ask(engine, "?!")
    assert (response.total, codes(response)) == (0, ["nothing-searchable"])
    assert response.hits == ()


def test_a_query_that_only_excludes_finds_everything_else(engine: SearchEngine) -> None:
    response = ask(engine, "-gempa -beras")
    assert set(ids(response)) == EVERYTHING - {"a2", "a3", "a4", "a5", "a7", "a9", "a12"}
    assert codes(response) == ["only-excluded"]


def test_articles_with_some_words_follow_however_many_have_all(make: Make) -> None:
    both = [article(n, "kabar", f"Harga beras naik {n}") for n in range(30)]
    some = [article(n, "kabar", f"Harga gabah naik {n}") for n in range(30, 40)]
    response = ask(make([*both, *some]), "harga beras", per_page=100)
    assert set(ids(response)[:30]) == {one.id for one in both}
    assert set(ids(response)[30:]) == {one.id for one in some}
    assert (response.total, response.partial_total, response.listed) == (30, 10, 40)
    assert [hit.missing for hit in response.hits] == [()] * 30 + [("beras",)] * 10
    assert response.notes == ()


def test_where_no_article_has_all_words_some_suffice_and_a_note_says_so(
    engine: SearchEngine,
) -> None:
    response = ask(engine, "beras gempa")
    assert set(ids(response)) == {"a2", "a3", "a4", "a5", "a7", "a9", "a12"}
    assert codes(response) == ["relaxed"]
    response = ask(engine, "beras gempa", partial=Partial.OFF)
    assert (ids(response), response.total, response.partial_total) == ([], 0, 7)
    assert codes(response) == ["none-with-all"]


@pytest.mark.parametrize("partial", list(Partial))
@pytest.mark.parametrize("query", ["xyzzyq qqzzxv", "xyzzyq qqzzxv yang", "xyzzyq OR qqzzxv"])
def test_several_words_that_no_article_has_find_nothing(
    engine: SearchEngine, query: str, partial: Partial
) -> None:
    response = ask(engine, query, partial=partial)
    assert (ids(response), response.total, response.partial_total) == ([], 0, 0)
    assert codes(response) == ["no-article-has"] * 2


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("+gempa beras", "gempa"),
        ("beras +gempa", "gempa"),
        ("beras +(gempa ambon)", "gempa"),
        ("gempa AND ambon beras", "gempa"),
        ("beras judul:gempa", "gempa"),
        ('beras kereta "gempa"', "gempa"),
        ("gempa NOT tenang beras", "gempa"),
        ("+di beras kereta", "di"),
    ],
)
def test_what_binds_must_match_where_some_words_suffice(
    engine: SearchEngine, query: str, word: str
) -> None:
    texts = {one.id: f"{one.title} {one.body}".lower().split() for one in ARCHIVE}
    response = ask(engine, query)
    assert response.hits
    assert all(word in texts[found] for found in ids(response))


@pytest.mark.parametrize("query", ["kor%psi", "beraz^2", "judul:beraz[0-3]"])
def test_a_foreign_sign_is_named_first(engine: SearchEngine, query: str) -> None:
    assert codes(ask(engine, query))[0] == "unknown-operator"


@pytest.mark.parametrize(
    "query", ["*karta", "kor*psi", "b?njir", "beraz~", "kor%psi", "judul:beraz[0-3]"]
)
def test_no_spelling_is_offered_for_what_is_no_word(engine: SearchEngine, query: str) -> None:
    response = ask(engine, query)
    assert response.suggestion is None
    assert "corrected" not in codes(response)


def test_filters_and_exclusions_stay_strict_where_some_words_suffice(engine: SearchEngine) -> None:
    for query in ("beras gempa -naik tempat:Ambon", "beras gempa -naik sejak:2024-01-10"):
        response = ask(engine, query)
        assert {"a4", "a5", "a9"} <= set(ids(response)) <= {"a4", "a5", "a7", "a9"}
        assert codes(response) == ["relaxed"]


def test_by_date_only_articles_with_all_words_are_shown_where_there_are_any(
    engine: SearchEngine,
) -> None:
    for sort in (Sort.NEWEST, Sort.OLDEST):
        response = ask(engine, "harga beras", sort=sort)
        assert set(ids(response)) == {"a2", "a3"}
        assert response.notes == ()
        assert codes(ask(engine, "beras gempa", sort=sort)) == ["relaxed"]


def test_stop_words_are_not_insisted_on_and_not_marked(engine: SearchEngine) -> None:
    plain, with_stops = ask(engine, "harga beras"), ask(engine, "harga untuk beras yang")
    assert set(ids(with_stops)[:2]) == set(ids(plain)[:2]) == {"a2", "a3"}
    assert all("<mark>yang</mark>" not in hit.snippet_html for hit in with_stops.hits)


def test_a_query_of_stop_words_alone_looks_for_them(engine: SearchEngine) -> None:
    only = ask(engine, "yang di", sort=Sort.NEWEST)
    assert only.hits
    assert all("<mark>" in hit.title_html + hit.snippet_html for hit in only.hits)
    in_field = ask(engine, 'yang di sumber:"pelita kota"', sort=Sort.NEWEST)
    assert ids(in_field) == ["a7"]


def test_stop_words_count_in_quotation_marks(engine: SearchEngine) -> None:
    assert ids(ask(engine, '"beras naik di pasar"')) == ["a2"]
    assert ids(ask(engine, '"beras naik ke pasar"')) == []


def test_stop_words_below_an_exclusion_are_insisted_on(engine: SearchEngine) -> None:
    everything = ask(engine, "harga").total
    assert ask(engine, "harga -(tiadaada yang)").total == everything
    assert ask(engine, "harga -(beras tiadaada)").total == everything


def test_what_asks_need_not_match(engine: SearchEngine) -> None:
    response = ask(engine, "Berapa harga gabah?")
    assert ids(response)[0] == "a3"
    assert "<mark>Berapa</mark>" not in response.hits[0].snippet_html


def test_an_excluded_prefix_excludes_all_of_its_words(make: Make) -> None:
    many = [article(n, "kabar", f"beras me{'abcdefghij'[n % 10]}{n}") for n in range(90)]
    engine = make([*many, article(90, "kabar", "beras saja")])
    assert ids(ask(engine, "beras -me*")) == ["a90"]
    response = ask(engine, "me*")
    assert codes(response) == ["prefix-cut"]
    assert response.total == int(response.notes[0].facts["limit"]) < 90


def test_a_title_that_is_the_beginning_of_the_body_is_not_searched_as_a_title(make: Make) -> None:
    engine = make(
        [
            Article("given", "Banjir di Demak", "Air naik."),
            Article("derived", "Banjir di Kudus", "Banjir di Kudus surut.", derived_title=True),
        ]
    )
    assert ids(ask(engine, "judul:banjir")) == ["given"]
    response = ask(engine, "kudus")
    assert [(hit.id, hit.title) for hit in response.hits] == [("derived", "Banjir di Kudus")]


def test_diacritics_and_variants_of_spelling_are_no_difference(make: Make) -> None:
    engine = make(
        [article(1, "Pokémon", "Resiko banjir."), article(2, "Pokemon", "Risiko banjir.")]
    )
    for query in ("pokemon", "POKÉMON", "risiko", "resiko"):
        assert set(ids(ask(engine, query))) == {"a1", "a2"}


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Ødegaard", "odegaard"),
        ("Łukasz", "lukasz"),
        ("Đoković", "djokovic"),
        ("Hoeneß", "hoeness"),
        ("m²", "m2"),
        ("CO₂", "co2"),
        ("2½", "2,5"),
    ],
)
def test_letters_beyond_ascii_are_found_by_plain_ones_and_mark_what_is_written(
    make: Make, written: str, plain: str
) -> None:
    engine = make([article(1, f"Kabar {written}.", "Isi."), article(2, f"Isi {plain}.", "Kabar.")])
    for query in (written, plain, plain.upper()):
        hits = {hit.id: hit.title_html for hit in ask(engine, query).hits}
        assert hits == {
            "a1": f"Kabar <mark>{written}</mark>.",
            "a2": f"Isi <mark>{plain}</mark>.",
        }


def test_words_beyond_the_basic_plane_and_of_other_scripts_are_found(make: Make) -> None:
    engine = make([article(1, "東京 Олимпиада", "كتاب 𝒳𝓎𝓏"), article(2, "Tokyo", "Olimpiade")])
    for query in ("東京", "олимпиада", "كتاب"):
        assert ids(ask(engine, query)) == ["a1"]


@pytest.mark.parametrize(
    ("query", "title", "snippet"),
    [
        ("judul:beras", True, False),
        ("isi:beras", False, True),
        ("judul:(harga NEAR/3 beras)", True, False),
        ('judul:"harga beras" beras', True, True),
        ("judul:ber?s OR judul:hrga~1", True, False),
    ],
)
def test_what_is_searched_for_in_one_field_is_marked_there_alone(
    make: Make, query: str, title: bool, snippet: bool
) -> None:
    (hit,) = ask(make([article(1, "Harga beras naik", "Harga beras naik lagi.")]), query).hits
    assert ("<mark>" in hit.title_html, "<mark>" in hit.snippet_html) == (title, snippet)


def test_initials_are_the_word_that_they_look_like(make: Make) -> None:
    """What matches is told by stems alone: who has a surface form must have its stem."""
    bodies = (
        *("Program T.T.G. bupati desa", "cerita tentang bupati desa", "bupati", "kota desa"),
        *("M.A.K.A.N.A.N. bupati", "makanan kota"),
    )
    engine = make([article(number, "", body) for number, body in enumerate(bodies)])
    every, initials, food = {f"a{at}" for at in range(6)}, {"a0", "a1"}, {"a4", "a5"}
    for query, wanted in (
        *(("ttg", initials), ("T.T.G.", initials), ("tentang", initials), ("makanan", food)),
        *(("M.A.K.A.N.A.N.", food), ("ttg bupati", initials), ("T.T.G. bupati", initials)),
        *(("bupati -ttg", {"a2", "a4"}), ("desa -T.T.G.", {"a3"}), ("-ttg kota", {"a3", "a5"})),
        *(("ttg OR kota", initials | {"a3", "a5"}), ("isi:ttg", initials)),
        *(("(ttg OR NOT ttg)", every), ("-ttg", every - initials)),
        *(("+ttg +bupati", initials), ("makanan -kota", {"a4"})),
    ):
        assert set(ids(ask(engine, query, partial=Partial.OFF))) == wanted, query
