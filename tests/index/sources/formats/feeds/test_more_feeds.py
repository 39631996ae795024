"""Feeds of sites as they are, and the XML of databases and spreadsheets."""

# ruff: noqa: E501 -- lines of XML are as long as programs write them

from __future__ import annotations

from pathlib import Path

import pytest

from index.article import Article
from index.sources.problems import ProblemKind
from tests.index.sources.archive import kinds, read_file

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
EXCEL = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Sheet1"><Table><Row><Cell><Data ss:Type="String">Arsip koran</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">judul</Data></Cell><Cell><Data ss:Type="String">isi</Data></Cell><Cell><Data ss:Type="String">penulis</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Satu</Data></Cell><Cell><Data ss:Type="String">Isi satu &amp; lagi.</Data></Cell><Cell><Data ss:Type="String">Ani Wijaya</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">Dua</Data></Cell><Cell ss:Index="3"><Data ss:Type="String">Budi Raya</Data></Cell></Row>
<Row/></Table></Worksheet></Workbook>"""
ACCESS = """<?xml version="1.0" encoding="UTF-8"?><dataroot xmlns:od="urn:schemas-microsoft-com:officedata">
<tblBerita><ID>1</ID><Judul_x0020_Berita>Satu</Judul_x0020_Berita><Isi_x0020_Berita>Isi satu saja.</Isi_x0020_Berita></tblBerita>
<tblBerita><ID>2</ID><Judul_x0020_Berita>Dua</Judul_x0020_Berita><Isi_x0020_Berita>Isi &lt;b&gt;dua&lt;/b&gt;.</Isi_x0020_Berita></tblBerita></dataroot>"""
MYSQL = """<?xml version="1.0"?><mysqldump xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><database name="koran"><table_data name="berita">
<row><field name="judul">Satu</field><field name="isi">Isi satu saja.</field><field name="penulis" xsi:nil="true"/></row></table_data></database></mysqldump>"""


def articles_of(folder: Path, content: str) -> list[Article]:
    return read_file(folder, "a.xml", content.encode())[0]


def feed(title: str, item: str) -> str:
    return f'<rss version="2.0" {NAMESPACES}><channel><title>{title}</title><item><title>A</title>{item}</item></channel></rss>'


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("ANTARA News - Terkini", "ANTARA News"),
        ("Ekonomi | Kompas.com", "Kompas.com"),
        ("Kabar Desa", "Kabar Desa"),
        ("Berita - Ekonomi", None),
    ],
)
def test_a_feed_names_its_newspaper(tmp_path: Path, title: str, source: str | None) -> None:
    (article,) = articles_of(tmp_path, feed(title, "<description>Isi satu.</description>"))
    assert article.source == source


@pytest.mark.parametrize(
    ("item", "body"),
    [
        ("<itunes:summary>Kami membahas banjir.</itunes:summary>", "Kami membahas banjir."),
        (
            "<media:group><media:description>Banjir surut.</media:description></media:group>",
            "Banjir surut.",
        ),
        (
            '<content:encoded><![CDATA[<p>Isi.</p><p>The post <a href="x">A</a> appeared first on <a href="y">Desa</a>.</p>]]></content:encoded>',
            "Isi.",
        ),
        (
            '<content:encoded><![CDATA[<p>Isi.</p><p>The post <a href="x">A</a> appeared first.</p>]]></content:encoded>',
            "Isi.\n\nThe post A appeared first.",
        ),
        ("<content:encoded><![CDATA[<p>a[1]]]]><![CDATA[>b</p>]]></content:encoded>", "a[1]]>b"),
    ],
)
def test_the_text_of_an_item(tmp_path: Path, item: str, body: str) -> None:
    (article,) = articles_of(tmp_path, feed("Kabar Desa", item))
    assert article.body == body


def test_the_rows_of_excels_xml_are_articles(tmp_path: Path) -> None:
    one, two = articles_of(tmp_path, EXCEL)
    assert (one.title, one.body, one.author) == ("Satu", "Isi satu & lagi.", "Ani Wijaya")
    assert (two.title, two.body, two.author) == ("Dua", "Dua", "Budi Raya")


def test_names_with_coded_blanks_are_read(tmp_path: Path) -> None:
    assert [(a.title, a.body) for a in articles_of(tmp_path, ACCESS)] == [
        ("Satu", "Isi satu saja."),
        ("Dua", "Isi dua."),
    ]


def test_a_null_of_a_database_is_no_value(tmp_path: Path) -> None:
    (article,) = articles_of(tmp_path, MYSQL)
    assert (article.title, article.author) == ("Satu", None)


def test_a_record_of_bare_marks_is_read_and_told(tmp_path: Path) -> None:
    content = feed("Kabar", f"<description>{'&' * 300_000}</description>")
    (article,), report = read_file(tmp_path, "a.xml", content.encode())
    assert article.body == "&" * 300_000
    assert ProblemKind.LOOSE_XML in kinds(report)
