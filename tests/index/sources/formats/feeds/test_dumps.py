"""XML that is no feed: dumps of databases, corpora, agencies."""

# ruff: noqa: E501 -- XML and HTML are written as they come

from __future__ import annotations

import pytest

from index.sources.record import Record
from tests.index.sources.formats.feeds.test_feed import parts

DUMPS = {
    "elements": "<articles><article><judul>A</judul><isi>Isi & satu</isi></article>"
    "<article><judul>B</judul><isi>Dua</isi></article></articles>",
    "groups": "<data><post><meta><title>A</title><author>C</author></meta><content>Isi & satu"
    "</content></post><post><meta><title>B</title></meta><content>Dua</content></post></data>",
    "mysqldump": '<mysqldump><database name="d"><table_data name="t"><row><field name="judul">A'
    '</field><field name="isi">Isi & satu</field></row><row><field name="judul">B</field>'
    '<field name="isi">Dua</field></row></table_data></database></mysqldump>',
    "phpmyadmin": '<pma_xml_export><database><table name="b"><column name="judul">A</column>'
    '<column name="isi">Isi & satu</column></table><table name="b"><column name="judul">B</column>'
    '<column name="isi">Dua</column></table></database></pma_xml_export>',
    "solr": '<response><result><doc><str name="title">A</str><str name="content">Isi & satu</str>'
    '<arr name="tags"><str>x</str></arr></doc><doc><str name="title">B</str>'
    '<str name="content">Dua</str></doc></result></response>',
    "attributes": '<posts><row Title="A" Body="Isi & satu"/><row Title="B" Body="Dua"/></posts>',
    "trec": "<DOC>\n<DOCNO>1</DOCNO><TITLE>A</TITLE><TEXT>Isi & satu</TEXT></DOC>\n"
    "<DOC><DOCNO>2</DOCNO><TITLE>B</TITLE><TEXT>Dua</TEXT></DOC>",
    "namespace": '<b:koran xmlns:b="urn:x"><b:tulisan><b:judul>A</b:judul><b:isi>Isi & satu</b:isi>'
    "</b:tulisan><b:tulisan><b:judul>B</b:judul><b:isi>Dua</b:isi></b:tulisan></b:koran>",
}


@pytest.mark.parametrize("dump", DUMPS.values(), ids=DUMPS)
def test_the_element_that_holds_the_fields_is_found(dump: str) -> None:
    records = [part.values for part in parts(dump) if isinstance(part, Record)]
    lowered = [{key.lower(): value for key, value in record.items()} for record in records]
    titles = [record.get("judul") or record.get("title") for record in lowered]
    bodies = [r.get("isi") or r.get("content") or r.get("text") or r.get("body") for r in lowered]
    assert titles == ["A", "B"]
    assert bodies == ["Isi & satu", "Dua"]


def test_paragraphs_may_be_elements() -> None:
    dump = (
        "<d><teks><judul>A</judul><isi><p>x</p><p>y</p></isi></teks>"
        "<teks><judul>B</judul><isi><par>x</par><par>y</par></isi></teks></d>"
    )
    bodies = [part.values["isi"] for part in parts(dump) if isinstance(part, Record)]
    assert bodies == ["<p>x</p><p>y</p>", ["x", "y"]]


def test_an_article_in_nitf() -> None:
    (read,) = parts(
        '<nitf><head><title>T</title><docdata><doc-id id-string="ant-1"/>'
        '<date.issue norm="20230601T101500+0700"/></docdata></head><body><body.head><hedline>'
        "<hl1>Judul besar</hl1></hedline><byline>Oleh <person>Budi</person></byline><dateline>"
        "<location>Jakarta</location></dateline></body.head><body.content><p>Satu.</p><p>Dua.</p>"
        "</body.content></body></nitf>"
    )
    assert isinstance(read, Record)
    assert read.values == {
        "title": "Judul besar",
        "body": "<p>Satu.</p><p>Dua.</p>",
        "date": "20230601T101500+0700",
        "author": "Budi",
        "place": "Jakarta",
        "id": "ant-1",
    }


def test_an_article_in_newsml() -> None:
    (read,) = parts(
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:1">'
        '<itemMeta><provider literal="KANTOR"/><versionCreated>2023-06-01</versionCreated></itemMeta>'
        "<contentMeta><headline>Judul</headline><by>Ani</by><located><name>Bandung</name></located>"
        '</contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        "<title>t</title></head><body><p>Satu</p></body></html></inlineXML></contentSet></newsItem>"
        "</itemSet></newsMessage>"
    )
    assert isinstance(read, Record)
    assert read.values["body"] == "<p>Satu</p>"
    assert [read.values[name] for name in ("title", "author", "source", "place", "id")] == [
        *("Judul", "Ani", "KANTOR", "Bandung", "urn:1")
    ]


def test_the_titles_of_a_news_sitemap_are_read_and_bare_addresses_told() -> None:
    read = parts(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.id/1</loc>'
        "<news:news><news:publication><news:name>A.id</news:name></news:publication>"
        "<news:publication_date>2025-01-01</news:publication_date><news:title>Judul</news:title>"
        "</news:news></url><url><loc>https://a.id/2</loc></url></urlset>"
    )
    assert isinstance(read[0], Record)
    assert read[0].values == {
        "title": "Judul",
        "url": "https://a.id/1",
        "date": "2025-01-01",
        "source": "A.id",
    }
    assert str(read[1]).endswith("no published article (sitemap: 1); passed over")


@pytest.mark.parametrize(
    ("dump", "title"),
    [
        (
            (
                "<wiki><page><title>A</title><id>5</id><revision><id>9</id><text>Isi</text></revision>"
                "</page></wiki>"
            ),
            "A",
        ),
        ("<data><title>X</title><row><title>A</title><isi>Isi</isi></row></data>", "A"),
        ("<berita><judul>A</judul><isi>Isi</isi></berita>", "A"),
    ],
    ids=["title-around", "title-of-all", "one-record"],
)
def test_a_title_around_the_text_belongs_to_it(dump: str, title: str) -> None:
    (read,) = parts(dump)
    assert isinstance(read, Record)
    assert title in {read.values.get("title"), read.values.get("judul")}
