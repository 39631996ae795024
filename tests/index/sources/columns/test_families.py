"""Columns that mean something only together."""

from __future__ import annotations

import pytest

from index.sources import SYNONYMS
from index.sources.columns.families import paragraphs
from index.sources.columns.plan import FieldNames


@pytest.mark.parametrize(
    "keys",
    [
        ["isi_1", "isi_2", "isi_10"],
        ["paragraf1", "paragraf2"],
        ["p1", "p2", "p3"],
        ["Paragraph 1", "Paragraph 2"],
        ["content/0", "content/1"],
        ["content[0]", "content[1]"],
        ["content.0", "content.2", "content.10"],
        ["paragraphs/0/text", "paragraphs/1/text"],
        ["isi_halaman_1", "isi_halaman_2"],
        ["paragraf", "paragraf.1", "paragraf.2"],
        ["LP", "TD"],
    ],
)
def test_the_parts_of_a_body_are_read_in_their_order(keys: list[str]) -> None:
    others = ["HD", "PD", "SN"] if "TD" in keys else ["judul", "tanggal"]
    assert paragraphs([*others, *reversed(keys)]) == tuple(keys)


@pytest.mark.parametrize(
    "keys",
    [
        ["judul_1", "isi_1", "judul_2", "isi_2"],
        ["isi_1", "judul"],
        ["isi", "isi_1"],
        ["gambar_1", "gambar_2"],
        ["isi_1", "isi_2", "teks_1", "teks_2"],
        ["label_1", "label_2"],
    ],
)
def test_what_may_be_several_texts_is_not_joined(keys: list[str]) -> None:
    assert paragraphs(keys) == ()


@pytest.mark.parametrize(
    ("title", "date", "body"),
    [
        ("detik_judul", "detik_tanggal", "detik_isi"),
        ("judul_detik", "tanggal_detik", "isi_detik"),
        ("web-scraper-title", "web-scraper-date", "web-scraper-content"),
        ("tb_berita.judul", "tb_berita.tanggal", "tb_berita.isi"),
        ("selection1_name", "selection1_date", "selection1_text"),
        ("1. Judul", "2. Tanggal", "3. Isi Berita"),
        ("A. Judul", "B. Tanggal", "C. Isi"),
        ("Judul (string)", "Tanggal (dd/mm/yyyy)", "Isi (text)"),
        ("title_text", "date_text", "content_text"),
        ("judul", "tgl_posting", "isi_posting"),
        ("TITLE_IND", "DATE", "CONTENT_IND"),
        ("jdl_berita", "tgl_berita", "isi_berita"),
        ("HD", "PD", "SN"),
    ],
)
def test_names_are_understood_without_what_they_share(title: str, date: str, body: str) -> None:
    keys = [title, date, body]
    plan = FieldNames({}).plan(["HD", "PD", "TD"] if title == "HD" else keys)
    assert plan["title"] == (title,)
    assert plan["date"] == (date,)
    assert (plan["body"] or plan["parts"]) == ("TD" if title == "HD" else body,)


def test_a_language_is_no_id_where_there_are_two() -> None:
    plan = FieldNames({}).plan(["title_id", "title_en", "content_id", "content_en"])
    assert (plan["title"], plan["body"], plan["id"]) == (("title_id",), ("content_id",), ())


@pytest.mark.parametrize(
    "keys",
    [
        ["komentar_isi", "komentar_tanggal"],
        ["image_title", "image_text", "image_url"],
        ["author_name", "author_text"],
        ["user_id", "user_title"],
        ["judul_1", "isi_1", "judul_2", "isi_2"],
    ],
)
def test_what_belongs_to_another_thing_is_no_article(keys: list[str]) -> None:
    assert FieldNames({}).plan(keys)["body"] == ()


def test_when_a_program_fetched_is_no_date_of_the_article() -> None:
    plan = FieldNames({}).plan(["scraped_title", "scraped_date", "scraped_content"])
    assert (plan["title"], plan["date"]) == (("scraped_title",), ())


def test_known_names_are_not_looked_at_twice() -> None:
    keys = ["judul", "isi", "x_judul", "x_isi"]
    plan = FieldNames({}).plan(keys)
    assert {name: plan[name] for name in SYNONYMS if plan[name]} == {
        "title": ("judul",),
        "body": ("isi",),
    }
