"""Numbers that were typed otherwise than articles write them."""

from __future__ import annotations

import pytest

from index.target import BuildOptions
from search.engine import SearchEngine
from tests.conftest import article
from tests.search.asking import ask, codes, ids
from tests.search.conftest import Index, Make

NUMBERS = [
    article(1, "Dana segar", "Bank itu meraih Rp 1,5 triliun dalam sehari.", None),
    article(2, "Fitur baru", "Versi 1.5 gim itu dirilis, kata pembuatnya.", None),
    article(3, "Dana lain", "Bank itu meraih Rp 15 triliun dalam sehari.", None),
    article(4, "Rapat", "Rapat dimulai pukul 10.30 di Jakarta.", None),
    article(5, "Inflasi", "Inflasi tahunan 10,30 persen pada Mei.", None),
    article(6, "Hadiah", "Pemenang mendapat Rp 1.500.000 dan piala.", None),
    article(8, "Rapat lain", "Rapat dimulai pukul 09.05 WIB di Bogor.", None),
    article(9, "Sarapan", "Sarapan dimulai pukul 07:45 WIB di Bogor, 45 orang.", None),
    article(7, "Inflasi", "Inflasi bulanan 2,75 persen pada Juni.", None),
    article(10, "Gempa 5,6 di laut", "Getaran terasa kuat.", None),
    article(11, "Kurs", "Satu euro 1,20 dolar, kata bank.", None),
    article(13, "Sidang", "Sidang dibuka 7.07 di Medan.", None),
    article(12, "Senam", "Senam dimulai pagi pukul 06.15 di Bogor.", None),
]


@pytest.fixture(scope="module")
def numbers(make: Make) -> SearchEngine:
    return make(NUMBERS)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Rp 1.5 triliun", {"1"}),
        ("Rp 1,5 triliun", {"1"}),
        ("Rp1.5 triliun", {"1"}),
        ("1.5", {"1", "2"}),
        ("1,5", {"1", "2"}),
        ("1½", {"1", "2"}),
        ("1½ triliun", {"1"}),
        ("$1.20, kurs", {"11"}),
        ("=1.5", {"2"}),
        ('"1.5"', {"2"}),
        ('"Rp 1.5 triliun"', set()),
        ("isi:1.5 dana", {"1"}),
        ("meraih -1,5", {"1"}),  # read as it stands in texts
        ("meraih TANPA 1.5", {"3"}),
        ("1.5 NEAR/3 triliun", {"1"}),
        ("(1.5 OR 15) triliun", {"1", "3"}),
        ("pukul 10.30", {"4"}),
        ("10.30 persen", {"5"}),
        ("rapat pukul 9.05", {"8"}),
        ("rapat 9.05 WIB", {"8"}),
        ("pukul 07.45", {"9"}),
        ("pukul 7.45 bogor", {"9"}),
        ("pukul 45.07", set()),
        ("pukul 10.45", set()),
        ("10,30 rapat", set()),
        ("hadiah 1,500,000", {"6"}),
        ("inflasi 10.30%", {"5"}),
        ("inflasi 10.30 %", {"5"}),
        ("kurs $1.20", {"11"}),
        ("kurs \u20ac 1.20", {"11"}),
        ("kurs \u00a31.20", {"11"}),
        ("kurs 1.20", set()),
        ("gempa 5.6", {"10"}),
        ("judul:5.6", {"10"}),
        ("isi:5.6", set()),
        ("pukul 10:30", {"4"}),
        ("rapat pukul 9:05 WIB", {"8"}),
        ("rapat pukul 09:05", {"8"}),
        ("sarapan pukul 7:45", {"9"}),
        ("10:30 rapat", {"4"}),
        ("10:30", {"4"}),
        ("9:05", {"8"}),
        ("skor 10:30", set()),
        ("7:07", {"13"}),
        ("sidang 07:07", {"13"}),
        ("sidang 07 07:07", set()),  # the number is asked for, too
        ('"10:30"', {"4"}),
        ('"pukul 10:30"', {"4"}),
        ('"pukul 07.45 WIB"', {"9"}),
        ('"pukul 7.45 WIB"', set()),
        ('"07.45"', set()),
        ('sidang "7:07"', {"13"}),
        ('rapat -"10:30"', {"8"}),
        ('"10:30" NEAR/3 jakarta', {"4"}),
        ("senam 6.15 pagi", {"12"}),
        ("senam pagi 6:15", {"12"}),
        ("awal:1.5", {"1", "2"}),
        ("inflasi 2.75%", {"7"}),
        ("hadiah Rp 1.500.000,00", {"6"}),
        ("hadiah Rp 1,500,000.00", {"6"}),
    ],
)
def test_numbers_are_found_with_other_signs(
    numbers: SearchEngine, query: str, found: set[str]
) -> None:
    response = ask(numbers, query)
    whole = {hit.id.removeprefix("a") for hit in response.hits if not hit.missing}
    assert whole == found
    assert response.total == len(found)


def test_a_time_in_quotation_marks_is_marked_and_said_back_as_typed(numbers: SearchEngine) -> None:
    response = ask(numbers, '"pukul 10:30" rapat')
    assert "10.30</mark>" in response.hits[0].snippet_html
    assert [part.text.english for part in response.understood] == ["“pukul 10:30”", "rapat"]
    assert response.understood[1].query == '"pukul 10:30"'


def test_what_was_typed_comes_first(numbers: SearchEngine) -> None:
    assert ids(ask(numbers, "1.5")) == ["a2", "a1"]
    assert ids(ask(numbers, "1,5")) == ["a1", "a2"]


def test_the_reader_is_told_where_newspapers_write_it_otherwise(numbers: SearchEngine) -> None:
    response = ask(numbers, "Rp 1.5 triliun")
    assert codes(response) == ["other-number"]
    assert response.notes[0].position == 3
    assert response.notes[0].facts == {"written": "1.5", "other": "1,5"}
    assert response.corrected is None
    assert codes(ask(numbers, "Rp 1,5 triliun")) == []
    assert codes(ask(numbers, "pukul 9.05")) == ["other-number"]
    assert codes(ask(numbers, "pukul 09.05")) == []
    assert codes(ask(numbers, "pukul 07.45")) == []
    assert codes(ask(numbers, "pukul 10.30")) == []
    assert codes(ask(numbers, "Rp 1.7 triliun")) == ["relaxed", "no-article-has"]
    assert codes(ask(numbers, "inflasi 2.75 persen")) == ["other-number"]


def test_its_place_is_that_in_what_was_typed(numbers: SearchEngine) -> None:
    response = ask(numbers, "meraih diantara 1.5 dan 1,500,000")
    assert response.corrected == "meraih di antara 1.5 dan 1,500,000"
    assert [one.position for one in response.notes if one.code == "other-number"] == [16, 24]
    assert codes(ask(numbers, "Rp 1\uff0e5 triliun")) == ["other-number"]


def test_the_other_number_is_marked(numbers: SearchEngine) -> None:
    (hit,) = ask(numbers, "Rp 1.5 triliun", per_page=1).hits
    assert "<mark>1,5</mark>" in hit.snippet_html


@pytest.mark.parametrize(
    ("query", "place"),
    [("awal:1.5", 5), ("1.5~1", 0), ("meraih -1.5", 8), ("(bank 1.5)", 6), ("2,5 21.5 1.5", 9)],
)
def test_its_place_is_told_behind_any_sign(numbers: SearchEngine, query: str, place: int) -> None:
    told = [one for one in ask(numbers, query).notes if one.code == "other-number"]
    assert [(one.facts["other"], one.position) for one in told] == [("1,5", place)]


def test_a_time_with_a_colon_is_told_with_its_place(numbers: SearchEngine) -> None:
    (note,) = ask(numbers, "rapat pukul 9:05").notes
    assert (note.facts, note.position) == ({"written": "9:05", "other": "09.05"}, 12)


def test_a_time_that_an_article_has_not_is_told_as_it_was_typed(numbers: SearchEngine) -> None:
    missing = {hit.id: hit.missing for hit in ask(numbers, "rapat pukul 9:05").hits}
    assert missing["a4"] == ("9:05",)


def test_numbers_of_deleted_articles_are_no_other_way(index: Index) -> None:
    more = [article(n, "Pasar", f"Bank buka {n}.", None) for n in range(100, 120)]
    index.target.rebuild([*NUMBERS, *more], BuildOptions())
    assert codes(ask(index.engine, "bank 1.5")) == ["other-number"]
    index.target.delete(["a1"], BuildOptions())
    assert "other-number" not in codes(ask(index.engine, "bank 1.5"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("bogor NOT 10:10", ["bogor", "tanpa 10:10"]),
        ("bogor -(10:10)", ["bogor", "tanpa 10:10"]),
        ('"12 30" 12:30', ["“12 30”", "12:30"]),
        ('"12:30" bogor', ["“12:30”", "bogor"]),
        ('bogor 42" 12:30', ["bogor", "42", "12:30"]),
    ],
)
def test_a_time_is_said_back_as_it_is_read(
    numbers: SearchEngine, query: str, said: list[str]
) -> None:
    assert [str(part.text.in_language("id")) for part in ask(numbers, query).understood] == said


def test_an_excluded_time_excludes_no_other_text_with_its_number(numbers: SearchEngine) -> None:
    assert ids(ask(numbers, "bogor NOT 45:45")) == ids(ask(numbers, "bogor"))


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("bogor NOT (07:07 OR 07)", "bogor NOT 07"),
        ("bogor NOT (07 OR 07:07)", "bogor NOT 07"),
        ("bogor NOT 07 NOT 07:07", "bogor NOT 07"),
        ("bogor NOT 07:07 NOT 07", "bogor NOT 07"),
        ("bogor NOT (07 07:07)", "bogor NOT 07:07"),
        ("bogor NOT (skor 07:07)", 'bogor NOT (skor "07:07")'),
    ],
)
def test_an_excluded_time_is_not_taken_for_its_number(make: Make, query: str, same: str) -> None:
    engine = make(
        [
            article(1, "Bogor", "Bogor 07 selesai.", None),
            article(2, "Bogor", "Bogor 07:07 selesai.", None),
            article(3, "Bogor", "Bogor skor 07 lawan 07:07.", None),
            article(4, "Bogor", "Bogor selesai.", None),
        ]
    )
    assert {*ids(ask(engine, query))} == {*ids(ask(engine, same))}


def test_a_time_in_quotation_marks_that_is_excluded_too_is_told(numbers: SearchEngine) -> None:
    assert "asked-and-excluded" in codes(ask(numbers, '"07:07" NOT 07:07'))
