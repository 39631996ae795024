"""Saved web pages."""

# ruff: noqa: E501, ISC004 -- XML and HTML are written as they come

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bilingual import Text
from index.sources import ProblemKind
from index.sources.formats.pages import maintext
from index.sources.formats.pages.page import read_page
from index.sources.problems import InputProblem
from index.sources.record import Record
from tests.index.sources.archive import kinds, read_file
from tests.index.sources.formats.awkward import ENCODINGS, VALUES, to_articles, written
from tests.index.sources.formats.pages.layouts import (
    AUTHOR,
    FORBIDDEN,
    LAYOUTS,
    OTHERS,
    PARAGRAPHS,
    TITLE,
    URL,
)
from tests.index.sources.formats.timing import in_seconds

READERS = {"with-extra": maintext._page_reader, "without": lambda: None}


def read(page: str | bytes) -> Record | InputProblem:
    content = page.encode() if isinstance(page, str) else page
    (found,) = read_page([content[:1000], content[1000:]], "a.html")
    return found


def fields(page: str | bytes) -> dict[str, object]:
    found = read(page)
    assert isinstance(found, Record), found
    return dict(found.values)


def page(head: str, body: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body or TEXT}</body></html>"


def ld(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{text}</script>'


TEXT = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
WHOLE = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_no_paragraph_is_lost_and_no_menu_is_taken(
    layout: Callable[[], str],
    reader: Callable[[], Callable[[str], set[str]] | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(maintext, "_page_reader", reader)
    body = str(fields(layout())["body"])
    assert [text for text in PARAGRAPHS if text not in body] == []
    assert [text for text in FORBIDDEN if text in body] == []
    assert len(body.split("\n\n")) >= len(PARAGRAPHS)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_the_facts_of_a_page_are_found_wherever_its_template_has_them(
    layout: Callable[[], str],
) -> None:
    values = fields(layout())
    assert values["title"] == TITLE
    assert str(values["date"])[:4] == "2025" or "Juni 2025" in str(values["date"])
    if layout.__name__ != "table_like":
        assert (values["author"], values["url"]) == (AUTHOR, URL)


def test_without_the_extra_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintext, "_page_reader", lambda: None)
    found = read(page("<title>T</title>"))
    assert isinstance(found, Record)
    assert [kind for kind, _ in found.faults] == [ProblemKind.PLAIN_PAGE]


ARTICLE = {"@type": "NewsArticle", "headline": "Judul", "datePublished": "2025-01-02"}


@pytest.mark.parametrize(
    ("head", "name", "value"),
    [
        ("<title>Banjir Surut</title>", "title", "Banjir Surut"),
        ('<title>Banjir - X</title><meta property="og:site_name" content="X">', "title", "Banjir"),
        ("<title>Banjir - Rob</title>", "title", "Banjir - Rob"),
        (
            '<title>Banjir | kabar.id</title><link rel=canonical href="https://kabar.id/1">',
            "title",
            "Banjir",
        ),
        (
            '<title>KABAR.ID: Banjir</title><link rel=canonical href="https://www.kabar.id/1">',
            "title",
            "KABAR.ID: Banjir",
        ),
        ('<meta property="og:title" content="A &quot;B&quot; &amp; C">', "title", 'A "B" & C'),
        (ld(ARTICLE), "title", "Judul"),
        (ld([{"@type": "Organization"}, ARTICLE]), "date", "2025-01-02"),
        (ld({"@graph": [{"@type": ["WebPage"]}, ARTICLE]}), "date", "2025-01-02"),
        (ld({"@type": "ReportageNewsArticle", "datePublished": "2025"}), "date", "2025"),
        (ld({"@type": "WebPage", "datePublished": "2025-01-02"}), "date", "2025-01-02"),
        (ld('{"@type":"NewsArticle","headline":"a\nb","datePublished":"2025"}'), "date", "2025"),
        (ld('//<![CDATA[\n{"@type":"Article","headline":"a",}\n//]]>'), "title", "a"),
        (ld('{"@type":"Article","headline":"a "b" c","datePublished":"2025"}'), "date", "2025"),
        (ld('{"@type":"Article","headline":"a "b" c","datePublished":"2025"}'), "title", None),
        (ld({**ARTICLE, "author": [{"name": "A"}, "B", {"url": "x"}]}), "author", "A, B"),
        (ld({**ARTICLE, "author": {"name": ["A", "B"]}}), "author", "A, B"),
        (ld({**ARTICLE, "publisher": {"name": "Kabar"}}), "source", "Kabar"),
        (ld({**ARTICLE, "articleSection": ["Desa", "Kota"]}), "category", "Desa"),
        ('<meta property="article:published_time" content="2025-01-02">', "date", "2025-01-02"),
        (
            '<meta name="content_PublishedDate" content="2025-01-02 10:00">',
            "date",
            "2025-01-02 10:00",
        ),
        ('<meta name="pubdate" content="2025-01-02">', "date", "2025-01-02"),
        ('<meta name="DC.date" content="2025-01-02">', "date", "2025-01-02"),
        ('<meta itemprop="datePublished" content="2025-01-02">', "date", "2025-01-02"),
        ('<meta property="article:author" content="https://fb.id/a">', "author", None),
        ('<meta name="author" content="Ani">', "author", "Ani"),
        ('<meta property="article:section" content="Desa">', "category", "Desa"),
        ('<meta property="og:url" content="https://a.id/b">', "url", "https://a.id/b"),
        (
            '<link rel="canonical" href="https://a.id/"><meta property="og:url" content='
            '"https://a.id/b">',
            "url",
            "https://a.id/b",
        ),
        (
            '<link rel="canonical" href="https://web.archive.org/web/2015/https://a.id/b">',
            "url",
            "https://a.id/b",
        ),
        ("<!-- saved from url=(0014)https://a.id/b -->", "url", "https://a.id/b"),
    ],
)
def test_a_fact_of_the_head(head: str, name: str, value: object) -> None:
    assert fields(page(head)).get(name) == value


@pytest.mark.parametrize(
    "shown",
    [
        '<time datetime="2025-06-18"></time>',
        '<span class="tanggal">18 Juni 2025 10:15 WIB</span>',
        '<div id="waktu">Rabu, 18 Juni 2025</div>',
        "<h4>Rabu, 18 Juni 2025</h4>",
    ],
)
def test_a_date_that_only_the_page_shows(shown: str) -> None:
    values = fields(page("<title>T</title>", shown + TEXT))
    assert "2025" in str(values["date"])
    assert str(values["body"]).startswith(PARAGRAPHS[0])


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Isi satu</p>", "Isi satu"),
        ("Isi satu", "Isi satu"),
        ("<div>Satu<br>dua<br/><br/>tiga</div>", "Satu\ndua\n\ntiga"),
        ("<p>R&amp;D 3 &lt; 5</p>", "R&D 3 < 5"),
        ("<p>Tag &lt;b&gt; dan &amp;amp;</p>", "<!--as shown--><p>Tag &lt;b&gt; dan &amp;amp;</p>"),
        ("<p>&#147;kutip&#148; &ndash; &#55357;&#56832;</p>", "“kutip” – 😀"),
        ("<p>a<span hidden>x</span></p><p style='display: none'>y</p><p>b</p>", "a\n\nb"),
        ("<p>a</p><table><tr><td>Beras</td><td>5</td></tr></table>", "a\n\nBeras\t5"),
        ("<p>a</p><ul><li>b</li><li><a href=x>c</a></li></ul>", "a\n\nb\n\nc"),
        ("<p>Baca juga laporan itu dengan teliti.</p>", "Baca juga laporan itu dengan teliti."),
        ("<b>Jakarta</b> - <p>Hujan.</p>", "Jakarta - Hujan."),
        (f"<div class='widget sidebar'>{TEXT}</div>", WHOLE),
        (f"<form id=aspnetForm><div>{TEXT}</div></form>", WHOLE),
        (f"<div><p>Baca juga: <a href=x>{OTHERS[0]}</a></p>{TEXT}</div>", WHOLE),
        ("".join(f"<div>{text}</div>" for text in PARAGRAPHS), WHOLE),
        (f"{TEXT}<ul><li><a href=x>{OTHERS[0]}</a></li><li><a>{OTHERS[1]}</a></li></ul>", WHOLE),
    ],
)
def test_the_text_of_a_page(body: str, text: str) -> None:
    assert fields(page("<title>T</title>", body))["body"] == text


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        ("Beras &amp; Cabai", "Beras &amp; Cabai"),
        ('"Beras" naik', "\u201cBeras\u201d Naik"),
        ("Harga beras\u00a0naik", "HARGA BERAS NAIK"),
    ],
)
def test_a_headline_is_no_part_of_the_text_however_it_is_written(stated: str, shown: str) -> None:
    head = ld({"@type": "NewsArticle", "headline": stated})
    found = fields(page(head, f"<article><h1>{shown}</h1>{TEXT}</article>"))
    assert str(found["body"]).startswith(PARAGRAPHS[0])


@pytest.mark.parametrize(
    ("stated", "first", "is_headline"),
    [
        ("???", "???", True),
        ("C++", "C#", False),
        ("-5 derajat", "5 derajat", False),
        ("a" * 520, "a" * 530, False),
    ],
)
def test_what_is_not_the_headline_is_part_of_the_text(
    stated: str, first: str, *, is_headline: bool
) -> None:
    head = ld({"@type": "NewsArticle", "headline": stated})
    found = fields(page(head, f"<article><p>{first}</p>{TEXT}</article>"))
    assert str(found["body"]).startswith(PARAGRAPHS[0] if is_headline else first)


def test_a_text_that_only_a_script_holds_is_read() -> None:
    values = fields(page(ld({**ARTICLE, "articleBody": WHOLE}), "<div id=app>Memuat</div>"))
    assert values["body"] == WHOLE


def test_an_article_without_text_has_its_summary_and_is_told() -> None:
    found = read(page(ld({**ARTICLE, "description": "Ringkas"}), "<div></div>"))
    assert isinstance(found, Record)
    assert (found.values["body"], found.faults) == (
        "Ringkas",
        ((ProblemKind.NO_BODY, Text("description", "deskripsi")),),
    )


LIST = "".join(
    f"<article><h2><a href=x>{title}</a></h2><p>Ringkasan berita yang pendek saja.</p></article>"
    for title in OTHERS
)
LINKS = "<ul>" + "".join(f"<li><h3><a href=x>{title}</a></h3></li>" for title in OTHERS) + "</ul>"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (page("<title>Indeks</title>", LIST), ProblemKind.NO_ARTICLE),
        (page("<title>Indeks</title>", LINKS), ProblemKind.EMPTY_BODY),
        (page("<title>404 Not Found</title>", "<p>Maaf.</p>"), ProblemKind.NO_ARTICLE),
        (page("<title>X</title>", "<h1>Halaman tidak ditemukan</h1>"), ProblemKind.NO_ARTICLE),
        (page("<title>Just a moment...</title>", "<p>Memeriksa</p>"), ProblemKind.NO_ARTICLE),
        ("", ProblemKind.EMPTY_BODY),
        (" \n", ProblemKind.EMPTY_BODY),
        ("<html><frameset><frame src=a></frameset></html>", ProblemKind.EMPTY_BODY),
    ],
)
def test_what_is_no_article_is_told(content: str, kind: ProblemKind) -> None:
    found = read(content)
    assert isinstance(found, InputProblem)
    assert found.kind is kind


def test_an_article_about_what_is_not_found_is_an_article() -> None:
    assert fields(page("<title>Halaman sejarah tidak ditemukan</title>"))["body"] == WHOLE


SMALL = "<html><head>{}<title>“Kutip” é</title></head><body><p>Isi “kutip” é</p></body></html>"


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("<meta charset=windows-1252>", "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "cp1252"),
        ("<meta charset=iso-8859-1>", "utf-8"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=utf-16>", "utf-16"),
        ("", "utf-16-le"),
    ],
)
def test_encodings(charset: str, codec: str) -> None:
    values = fields(SMALL.format(charset).encode(codec))
    assert (values["title"], values["body"]) == ("“Kutip” é", "Isi “kutip” é")


def test_a_page_of_no_known_encoding_is_read_as_browsers_do_and_told(tmp_path: Path) -> None:
    (article,), report = read_file(tmp_path, "a.html", SMALL.format("").encode("cp1252"))
    assert (article.title, article.body) == ("“Kutip” é", "Isi “kutip” é")
    assert kinds(report) == {ProblemKind.INVALID_UTF8: 1}


def test_a_page_saved_as_one_file_is_read() -> None:
    values = fields(
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.id/b\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="--B"\r\n\r\n'
        b"----B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<title>T</title><p>Isi =C3=A9 panj=\r\nang</p>\r\n----B\r\nContent-Type: image/png\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----B--\r\n"
    )
    assert values == {"title": "T", "url": "https://a.id/b", "body": "Isi é panjang"}


@pytest.mark.parametrize(
    "unit", ["<div>isi yang cukup panjang untuk dihitung ", "<p>isi</p>", "<", "<p class='"]
)
def test_no_page_takes_long_or_fails(unit: str) -> None:
    with in_seconds(20):
        read("<html><body>" + unit * 20_000)


@pytest.mark.parametrize(
    "run", [" ", "\n\t", "\xa0", "//", "/*", " - ", "| ", " |", "-", ";", ",", "]"]
)
@pytest.mark.parametrize(
    "head",
    [
        ld("{}"),
        ld('{"@type": "Article", "headline": "a"}'),
        ld('{"@type": "Article", "headline": "a  b"}'),
        ld('{"@type": "Article", "author": "a  b", "datePublished": "  "}'),
        "<title>a  b</title>",
        "<title>a </title><h1>a</h1>",
        '<title>a</title><meta property="og:title" content="a  b">',
    ],
    ids=["script", "article", "headline", "author", "title", "heading", "og-title"],
)
def test_no_run_of_marks_in_a_head_takes_long(head: str, run: str) -> None:
    long = run * 20_000
    with in_seconds(3):
        read(
            page(head.replace("  ", long).replace("}<", f"x{long}y<").replace("a </t", f"a{long}<"))
        )


def test_many_headings_in_a_long_title_take_no_time() -> None:
    headings = "".join(f"<h1>{'a' * length}</h1>" for length in range(1, 1500))
    with in_seconds(5):
        read(page(f"<title>{'a' * 5_000_000}</title>", headings + TEXT))


@pytest.mark.parametrize(
    "script",
    [
        "<!-- {} -->",
        "//<![CDATA[\n{}\n//]]>",
        "/*<![CDATA[*/{}/*]]>*/",
        "{};",
        " [{}] ",
        "[{}]//]]>",
    ],
)
def test_comments_around_the_facts_are_left_out(script: str) -> None:
    facts = json.dumps(ARTICLE)
    assert fields(page(ld(script.replace("{}", facts))))["title"] == "Judul"


def test_a_page_that_is_deeper_than_can_be_read_is_told() -> None:
    found = read("<html><body>" + "<div>isi yang cukup panjang " * 5000)
    assert isinstance(found, Record)
    assert ProblemKind.CUT_TEXT in [kind for kind, _ in found.faults]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(content: bytes) -> None:
    read(content)
    read(b"<html><script type='application/ld+json'>" + content)


@given(st.lists(VALUES, min_size=16, max_size=16), ENCODINGS)
def test_no_fact_of_a_page_is_an_error(found: list[str], encoding: str) -> None:
    url, site, own, date, shown, author, title, name, *stated = found
    facts = dict(zip(("@type", "url", "headline", "author", "datePublished"), stated, strict=False))
    head = (
        f'<!-- saved from url=(1)http://{url} --><meta charset="{encoding}">'
        f'<base href="{url}"><link rel="canonical" href="{url}">'
        f'<meta property="og:url" content="https://web.archive.org/web/2020/{own}">'
        f'<meta property="og:site_name" content="{site}">'
        f'<meta property="article:published_time" content="{date}"><title>{title}</title>'
        f'<meta name="author" content="{author}">{ld({**facts, "@type": "NewsArticle"})}'
    )
    body = f'<h1>{name}</h1><time datetime="{date}">{shown}</time><p class="author">{author}</p>'
    content = written(page(head, f"{body}{TEXT}"))
    assert len(to_articles([read(content)])) == 1
    to_articles([read(mhtml(f'"{encoding}"', content))])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", page("<title>T</title>", "<p>Isi</p>")),
        ("a.txt", page("<title>T</title>", "<p>Isi</p>")),
        ("a.xml", "<?xml version='1.0'?>" + page("<title>T</title>", "<p>Isi</p>")),
        ("a.dat", "<!-- x -->\n<HTML><TITLE>T</TITLE><P>Isi</HTML>"),
        (
            "a.html",
            "<rss><channel><item><title>T</title><description>Isi</description></item></channel></rss>",
        ),
        (
            "a.txt",
            "<?xml version='1.0'?><rss><channel><item><title>T</title><description>Isi</description></item></channel></rss>",
        ),
        (
            "a.dat",
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><content>Isi</content></entry></feed>",
        ),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_page_or_a_feed_is_known_by_its_first_element(
    tmp_path: Path, name: str, content: str, codec: str
) -> None:
    (article,), report = read_file(tmp_path, name, content.encode(codec))
    assert (article.title, article.body) == ("T", "Isi")
    assert not report.skipped


@pytest.mark.parametrize("start", ["<p>Isi</p>", "<3 untuk semua", "1 < 2"])
def test_a_text_with_some_markup_is_still_a_text(tmp_path: Path, start: str) -> None:
    (article,), _ = read_file(tmp_path, "a.txt", f"{start}\nIsi kedua.\n".encode())
    assert "Isi kedua." in article.body


@pytest.mark.parametrize(
    "named",
    [
        '<link rel="canonical" href="http://[x/a">',
        '<meta property="og:url" content="https://web.archive.org/web/2020/http://[x">',
        ld({**ARTICLE, "url": "https://a]b.id/x"}),
        "<!-- saved from url=(0011)http://[x/a -->",
    ],
    ids=["canonical", "archived", "json-ld", "saved-from"],
)
def test_an_address_that_is_none_leaves_the_others(named: str) -> None:
    good = '<meta property="og:url" content="https://a.id/berita/1">'
    assert fields(page(f"<title>T</title>{named}"))["body"] == WHOLE
    assert fields(page(f"<title>T</title>{good}{named}"))["url"] == "https://a.id/berita/1"


def mhtml(charset: str, content: bytes, depth: int = 1) -> bytes:
    head = b"From: <x>\nMIME-Version: 1.0\n"
    for number in range(depth):
        head += b'Content-Type: multipart/related; boundary="b%d"\n\n--b%d\n' % (number, number)
    return head + b"Content-Type: text/html; charset=" + charset.encode() + b"\n\n" + content


@pytest.mark.parametrize(
    "charset",
    ['"a\0b"', "idna", "punycode", '"\xff"', "undefined", "hex", "", "x*=a\0b'en'c", "utf-16"],
)
def test_an_archive_of_a_page_in_an_encoding_that_is_none_is_read(charset: str) -> None:
    content = page("<title>T</title>", TEXT).encode() + b"<p>\xe9</p>"
    assert str(fields(mhtml(charset, content))["body"]).startswith(WHOLE)
    read(mhtml(charset, content).replace(b"charset=", b"charset*="))


def test_an_archive_of_archives_without_end_is_told() -> None:
    with in_seconds(5):
        found = read(mhtml("utf-8", b"<p>Isi</p>" + b"\n" * 100_000, 900))
    assert isinstance(found, InputProblem)


def test_an_archive_without_an_encoding_is_read_as_its_page_says() -> None:
    content = page("<meta charset=cp1251><title>T</title>", f"<p>Ж. {PARAGRAPHS[0]}</p>")
    read = fields(mhtml("", content.encode("cp1251", "replace")))
    assert str(read["body"]).startswith("Ж. ")


LONG = "kata kota air " * 200_000
TEASERS = "<article><h2><a>x</a></h2></article>" * 5


@pytest.mark.parametrize(
    "body",
    [
        "<b>" * 100 + LONG,
        "<h1><div>" * 100 + LONG,
        "<h3>" * 100 + LONG,
        "<h2><div hidden>" * 100 + LONG,
        ("<span class=author>" * 900 + "</span>" * 900) * 40,
        TEASERS + ("<p><span>" * 950 + "</span></p>" * 950) * 15,
    ],
    ids=["bold", "h1", "h3", "hidden", "authors", "paragraphs"],
)
def test_elements_in_elements_take_no_time(body: str) -> None:
    with in_seconds(5):
        read(page("<title>Banjir surut di desa</title>", body))
