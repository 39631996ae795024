"""From the fields of a record to an article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.article import Article
from index.bilingual import Text
from index.sources.columns.plan import FieldNames
from index.sources.problems import ProblemKind
from index.sources.record import LONGEST_ID, Record, to_article
from index.sources.text.cleaning import Faults

NAMES = FieldNames({})


def made(**values: object) -> tuple[Article, Faults]:
    """The article of these values, with a body unless one is given."""
    article, faults = to_article(Record({"body": "Isi berita.", **values}, 1), NAMES)
    assert article is not None
    return article, faults


def test_every_field_finds_its_place() -> None:
    article, faults = made(
        id="a1",
        judul=" Harga\nberas  naik ",
        isi="terabaikan",
        tanggal="1 Juni 2023",
        tautan="https://contoh.example/1",
        sumber="Kabar",
        kategori="Ekonomi",
        tempat="Jakarta",
        penulis="Sari",
    )
    assert faults == []
    assert article == Article(
        id="a1",
        title="Harga beras naik",
        body="Isi berita.",
        date=datetime(2023, 5, 31, 17, tzinfo=UTC),
        url="https://contoh.example/1",
        source="Kabar",
        category="Ekonomi",
        place="Jakarta",
        author="Sari",
    )


def test_empty_values_count_as_missing_and_the_next_name_is_tried() -> None:
    article, faults = made(title=None, judul="  \n", headline="Judul", source="", date="  ")
    assert (article.title, article.source, article.date, faults) == ("Judul", None, None, [])


NOTHING: list[object] = [
    None,
    "",
    " \n\t",
    "\0\x07",
    "\ufeff",
    [],
    ["", " "],
    {},
    "[]",
    "nan",
    "Konten tidak ditemukan",
]


@pytest.mark.parametrize("body", NOTHING)
def test_without_any_text_there_is_no_article(body: object) -> None:
    article, faults = to_article(Record({"body": body, "title": "nan", "date": "2023"}, 1), NAMES)
    assert article is None
    assert faults[-1][0] is ProblemKind.EMPTY_BODY


@pytest.mark.parametrize("body", NOTHING)
def test_a_title_stands_in_for_a_body(body: object) -> None:
    article, faults = made(body=body, title="Judul")
    assert (article.title, article.body, article.derived_title) == ("Judul", "Judul", False)
    assert [kind for kind, _ in faults][-1] is ProblemKind.NO_BODY
    assert not ProblemKind.NO_BODY.repaired
    assert faults[-1][1] == Text("title", "judul")


@pytest.mark.parametrize(
    ("value", "title", "author"),
    [
        (2024, "2024", None),
        (1.5, "1.5", None),
        (["Sari", "Budi"], "Sari, Budi", "Sari, Budi"),
        (["Sari", "", "Sari", 7], "Sari, 7", "Sari"),
    ],
)
def test_numbers_and_lists_become_text_but_no_number_is_a_name(
    value: object, title: str, author: str | None
) -> None:
    article, faults = made(title=value, author=value)
    assert (article.title, article.author, faults) == (title, author, [])


def test_a_list_of_paragraphs_becomes_a_body() -> None:
    article, _ = made(body=["Satu.", "Dua."])
    assert article.body == "Satu.\n\nDua."


@pytest.mark.parametrize("value", [{"usia": 3}, [{"usia": [3]}], [True], True])
def test_what_is_no_text_is_left_out_and_reported(value: object) -> None:
    article, faults = made(penulis=value)
    assert article.author is None
    assert faults == [(ProblemKind.WRONG_TYPE, "penulis")]


def test_an_object_without_a_text_is_reported_as_such() -> None:
    article, faults = to_article(Record({"body": {"panjang": "Isi"}}, 1), NAMES)
    assert article is None
    assert [kind for kind, _ in faults] == [ProblemKind.WRONG_TYPE, ProblemKind.EMPTY_BODY]


@pytest.mark.parametrize("date", ["31 Februari 2023", "besar", 12])
def test_a_bad_date_is_reported_and_the_article_kept(date: object) -> None:
    article, faults = made(date=date)
    assert article.date is None
    assert [kind for kind, _ in faults] == [ProblemKind.BAD_DATE]
    assert str(date) in str(faults[0][1])


@pytest.mark.parametrize("date", [{"$dat": 1}, [2023, 6], True])
def test_a_date_of_the_wrong_type_is_left_out(date: object) -> None:
    article, faults = made(date=date)
    assert (article.date, faults) == (None, [(ProblemKind.WRONG_TYPE, "date")])


def test_an_id_may_be_a_number() -> None:
    assert made(id=17)[0].id == "17"
    assert made(id=17.0)[0].id == "17"


def test_a_number_too_large_to_be_exact_is_no_id() -> None:
    article, faults = made(id=1e20)
    assert article.id.startswith("h-")
    assert faults == [(ProblemKind.WRONG_TYPE, "id")]


def test_the_url_stands_in_for_a_missing_id() -> None:
    assert made(url="https://contoh.example/1", id=" ")[0].id == "https://contoh.example/1"


def test_else_the_id_is_a_hash_of_what_was_given() -> None:
    first, again = made(title="Judul", date="2023-06-01"), made(date="1 Juni 2023", judul="Judul")
    assert first[0].id == again[0].id
    assert first[0].id.startswith("h-")
    assert len(first[0].id) == 26
    others = [made(title="Lain"), made(body="Lain."), made(date="2023-06-02"), made(source="Lain")]
    assert len({article.id for article, _ in [first, *others]}) == 5


def test_the_address_of_a_site_or_list_is_shown_and_no_id() -> None:
    article, _ = made(source_url="https://contoh.example")
    assert article.url == "https://contoh.example"
    assert article.id.startswith("h-")
    article, _ = made(source_url="https://contoh.example", url="https://contoh.example/1")
    assert article.url == article.id == "https://contoh.example/1"


def test_an_id_is_short_and_one_line() -> None:
    article, _ = made(id="x" * (LONGEST_ID + 1))
    assert article.id.startswith("h-")
    assert made(id="x" * LONGEST_ID)[0].id == "x" * LONGEST_ID
    assert made(id="dua\nbaris\0")[0].id == "dua baris"
    assert len(made(url="https://contoh.example/" + "x" * 1000)[0].id) == 26


def test_a_dateline_fills_only_what_is_missing() -> None:
    body = "JAKARTA, KOMPAS.com - Harga beras naik. Pasar ramai."
    article, _ = made(body=body)
    assert (article.place, article.source) == ("Jakarta", "KOMPAS.com")
    assert article.title == "Harga beras naik"
    assert article.body == body
    article, _ = made(body=body, place="Bogor", source="Kabar")
    assert (article.place, article.source) == ("Bogor", "Kabar")
    assert article.title == "Harga beras naik"


def test_links_are_kept_as_given_but_for_an_escaped_ampersand() -> None:
    article, faults = made(url="javascript:alert(1)")
    assert (article.url, faults) == ("javascript:alert(1)", [])
    assert (
        made(url="https://contoh.id/?a=1&amp;b=2&copy=3")[0].url
        == "https://contoh.id/?a=1&b=2&copy=3"
    )


def test_every_field_of_words_is_read_without_markup() -> None:
    article, faults = made(
        title="<i>Beras</i> &amp; gula &#8211; naik",
        body="<p><b>JAKARTA, KOMPAS.com</b> &mdash; Harga pemerin-\ntah naik.</p>"
        "<p>&acirc;&euro;&oelig;Ya&acirc;&euro;&#157;</p>",
        author='<a href="/rina">Rina&nbsp;Tan</a>',
        category="<span>Ekonomi</span>",
    )
    assert article.title == "Beras & gula – naik"
    assert article.body == "JAKARTA, KOMPAS.com — Harga pemerintah naik.\n\n“Ya”"
    assert (article.author, article.category) == ("Rina Tan", "Ekonomi")
    assert (article.place, article.source) == ("Jakarta", "KOMPAS.com")
    assert faults == [(ProblemKind.MOJIBAKE, "body"), (ProblemKind.LINE_END_HYPHEN, "body")]


def test_the_places_of_wordpress_are_named_by_what_it_embeds() -> None:
    embedded = {
        "author": [{"id": 3, "name": "Rina Tan"}],
        "wp:term": [
            [
                {"taxonomy": "category", "name": "Ekonomi"},
                {"taxonomy": "category", "name": "Pasar"},
            ],
            [{"taxonomy": "post_tag", "name": "beras"}],
        ],
    }
    article, faults = made(author=3, categories=[2, 4], _embedded=embedded)
    assert (article.author, article.category, faults) == ("Rina Tan", "Ekonomi, Pasar", [])
    article, faults = made(author=3, categories=[2, 4])
    assert (article.author, article.category, faults) == (None, None, [])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("nan", None),
        ("Nan", "Nan"),
        ("None", None),
        ("null", None),
        ("-", None),
        ("N/A", None),
        ("Penulis tidak ditemukan", None),
        ("Tidak Ditemukan", None),
        ("(kosong)", None),
        ("Author not found", None),
        ("['nan']", None),
        (["nan", "Rina"], "Rina"),
        ({"name": "Rina Tan"}, "Rina Tan"),
        ("Anonim", "Anonim"),
        ("Redaksi", "Redaksi"),
        ("Oleh: Rina Tan", "Rina Tan"),
        ("By Rina Tan", "Rina Tan"),
        ("Penulis : Rina Tan", "Rina Tan"),
        ("By the Sea", "By the Sea"),
        ("Rina Tan - detikNews", "Rina Tan - detikNews"),
        ("Kontributor Bali, Rina", "Kontributor Bali, Rina"),
        ("Byron Tan", "Byron Tan"),
    ],
)
def test_an_author_is_a_name(given: object, kept: str | None) -> None:
    article, faults = made(author=given)
    assert (article.author, faults) == (kept, [])


def test_a_placeholder_leaves_the_next_column_to_be_tried() -> None:
    article, faults = made(author="Penulis tidak ditemukan", penulis="nan", reporter="Rina")
    assert (article.author, faults) == ("Rina", [])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("www.contoh.id", "contoh.id"),
        ("https://www.contoh.id/", "contoh.id"),
        ("http://News.Contoh.co.id/nasional?a=1", "news.contoh.co.id"),
        ("Contoh.com", "Contoh.com"),
        ("Kabar www.contoh.id", "Kabar www.contoh.id"),
        ({"id": None, "name": "Contoh.com"}, "Contoh.com"),
        ({"uri": "contoh.id", "title": "Contoh"}, "Contoh"),
        ({"id": "contoh"}, "contoh"),
        (12, None),
    ],
)
def test_a_source_is_a_name_or_a_bare_domain(given: object, kept: str | None) -> None:
    article, faults = made(source=given)
    assert (article.source, faults) == (kept, [])


@pytest.mark.parametrize(
    ("body", "kept", "detail"),
    [
        ("Harga naik… [+1200 chars]", "Harga naik…", "+1200"),
        ("Harga naik... [2345 chars]", "Harga naik...", "+2345"),
        ("Harga naik […]", "Harga naik […]", ""),
        ("Harga naik ... Baca selengkapnya", "Harga naik ... Baca selengkapnya", ""),
        ("Harga naik…", "Harga naik…", None),
        ("Ia diam ...", "Ia diam ...", None),
        ("Rata-rata [5 chars] huruf.", "Rata-rata [5 chars] huruf.", None),
        ("Baca selengkapnya di koran", "Baca selengkapnya di koran", None),
    ],
)
def test_a_text_that_its_source_cut_is_told(body: str, kept: str, detail: str | None) -> None:
    article, faults = made(body=body)
    assert article.body == kept
    assert faults == ([] if detail is None else [(ProblemKind.CUT_TEXT, detail)])


def test_an_id_that_is_a_placeholder_is_none() -> None:
    first, second = made(id="None", body="Satu."), made(id="nan", body="Dua.")
    assert first[0].id.startswith("h-")
    assert first[0].id != second[0].id
