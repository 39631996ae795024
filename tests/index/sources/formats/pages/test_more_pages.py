"""Pages of other makings: facts in odd places, no headings, old tables, broken JSON-LD."""

# ruff: noqa: E501 -- lines of HTML are as long as templates make them

from __future__ import annotations

import html
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.sources.problems import ProblemKind
from tests.index.sources.archive import kinds, read, read_file

TITLE = "Pasar Ikan Muara Baru Kembali Dibuka Setelah Renovasi"
PARAGRAPHS = (
    "Pasar ikan di kawasan Muara Baru kembali dibuka untuk umum pada Senin pagi setelah enam bulan direnovasi.",
    "Sebanyak 412 pedagang menempati los baru yang dilengkapi saluran air bersih dan ruang pendingin.",
    "“Kami senang karena tidak becek lagi,” kata Yati Suryani, pedagang cumi yang sudah berjualan dua puluh tahun.",
    "Pemerintah kota menyiapkan parkir bagi 300 sepeda motor.",
    "Warga berharap harga ikan tidak naik.",
)
DATE, AUTHOR = "2024-03-11T08:15:00+07:00", "Galih Pratama"
TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
LINES = "<br><br>".join(PARAGRAPHS)
H1 = f"<h1>{TITLE}</h1>"
MENU = "<nav><ul><li><a href='/'>Beranda</a></li><li><a href='/bola'>Bola</a></li></ul></nav>"
END = "<footer><p>Hak Cipta © 2024 PT Media Contoh</p><a href='/redaksi'>Redaksi</a></footer>"
HEAD = f"<title>{TITLE} - Contoh.id</title>"
META_AUTHOR = f'<meta name="author" content="{AUTHOR}">'
FACTS = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": DATE,
    "author": {"name": AUTHOR},
}


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


PAGES = {
    "byline and time above the text": (
        HEAD,
        f"{MENU}<article><header>{H1}<span>Oleh {AUTHOR}</span> <time datetime='{DATE}'>Senin, 11 Maret 2024</time></header>{TEXT}</article>{END}",
    ),
    "the newspaper behind the name": (
        HEAD,
        f"{MENU}<div class='detail'>{H1}<div class='detail__author'>{AUTHOR} - <span>Contoh.id</span></div><div class='detail__date'>Senin, 11 Mar 2024 08:15 WIB</div><div>{TEXT}</div></div>{END}",
    ),
    "a table and no heading": (
        HEAD + META_AUTHOR,
        f"<table><tr><td><a href=/>Beranda</a><br><a href=/bola>Bola</a></td><td><font size=5><b>{TITLE}</b></font><br><i>Senin, 11 Maret 2024 08:15 WIB</i><br><br>{LINES}</td></tr></table>",
    ),
    "the date in a label": (
        HEAD + META_AUTHOR,
        f"{MENU}<div>{H1}<div class='read__time'>Kompas.com - 11/03/2024, 08:15 WIB</div></div><div class='read__content'>{TEXT}</div>{END}",
    ),
    "a post of Blogger": (
        HEAD,
        f"<div class='hentry'><h3 class='post-title'>{TITLE}</h3><div class='post-body'>{LINES}</div><div class='post-footer'>Diposting oleh <span class='fn'>{AUTHOR}</span> <abbr class='published' title='{DATE}'>08.15</abbr></div></div><div class='sidebar'><h2>Arsip</h2></div>",
    ),
    "escaped JSON-LD": (
        HEAD + f'<script type="application/ld+json">{html.escape(json.dumps(FACTS))}</script>',
        f"{MENU}<main>{H1}{TEXT}</main>{END}",
    ),
    "JSON-LD of other articles and of a video": (
        HEAD
        + ld({"@type": "VideoObject", "name": "Video", "uploadDate": "2020-01-01"})
        + ld(FACTS)
        + ld({**FACTS, "headline": "Lain", "datePublished": "2019-01-01"}),
        f"{MENU}<main>{H1}{TEXT}</main>{END}",
    ),
    "JSON-LD inside a page": (
        HEAD + ld({"@type": "WebPage", "mainEntity": FACTS}),
        f"{MENU}<main>{H1}{TEXT}</main>{END}",
    ),
    "a menu of links with strokes": (
        HEAD + ld(FACTS),
        f"<CENTER><A HREF=/>Beranda</A> | <A HREF=/bola>Bola</A></CENTER><HR><H1>{TITLE}</H1><P>{'<P>'.join(PARAGRAPHS)}<HR><FONT SIZE=1>Copyright 2024</FONT>",
    ),
    "a list of small print": (
        HEAD,
        f"{MENU}<main>{H1}<ul class=info><li>Senin, 11 Maret 2024 | 08:15 WIB</li><li>Penulis: {AUTHOR}</li><li>Dibaca: 1.234 kali</li></ul>{TEXT}</main>{END}",
    ),
    "a short date before the name": (
        HEAD,
        f"{MENU}<main>{H1}<p><time itemprop=datePublished datetime='2024-03-11T08:15+07:00'>11 Mar</time> by <a rel=author>{AUTHOR}</a></p>{TEXT}</main>{END}",
    ),
    "the site before the title": (
        f"<title>Contoh.id | {TITLE}</title>{ld(FACTS)}",
        f"{MENU}<main>{H1}{TEXT}</main>{END}",
    ),
}


@pytest.mark.parametrize(("head", "body"), PAGES.values(), ids=PAGES)
def test_title_date_author_and_text_are_exactly_right(tmp_path: Path, head: str, body: str) -> None:
    page = f"<!DOCTYPE html><html lang=id><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    (article,), _ = read_file(tmp_path, "a.html", page.encode())
    assert article.title == TITLE
    assert article.date == datetime(2024, 3, 11, 1, 15, tzinfo=UTC)
    assert article.author == AUTHOR
    assert article.body == "\n\n".join(PARAGRAPHS)


def test_a_line_below_the_text_names_the_author(tmp_path: Path) -> None:
    below = f"<p>Pewarta: {AUTHOR}<br>Editor: Sinta Dewi<br>Copyright © ANTARA 2024</p>"
    page = f"<html><head>{HEAD}</head><body><article>{H1}{TEXT}{below}</article></body></html>"
    (article,), _ = read_file(tmp_path, "a.html", page.encode())
    assert article.author == AUTHOR
    assert article.body.startswith("\n\n".join(PARAGRAPHS))


def test_entities_that_a_page_shows_are_shown(tmp_path: Path) -> None:
    shown = "<p>Tanda &amp;amp; dan &amp;lt;b&amp;gt; terlihat begitu saja di halaman ini, kata dia.</p>"
    page = f"<html><head>{HEAD}{ld(FACTS)}</head><body>{H1}{TEXT}{shown}</body></html>"
    (article,), _ = read_file(tmp_path, "a.html", page.encode())
    assert article.body.endswith(
        "\n\nTanda &amp; dan &lt;b&gt; terlihat begitu saja di halaman ini, kata dia."
    )


@pytest.mark.parametrize("folder", ["Pasar Ikan_files", "Pasar Ikan_berkas", "Pasar Ikan-files"])
def test_what_a_browser_saves_beside_a_page_is_passed_over_and_told_once(
    tmp_path: Path, folder: str
) -> None:
    page = f"<html><head>{HEAD}{ld(FACTS)}</head><body>{H1}{TEXT}</body></html>"
    (tmp_path / "Pasar Ikan.html").write_text(page)
    (tmp_path / folder).mkdir()
    for name in ("iklan.html", "saved_resource.html", "a.js", "data.json", "b.css", "c.txt"):
        (tmp_path / folder / name).write_text("<p>Iklan yang panjang sekali.</p>")
    articles, report = read(tmp_path)
    assert [article.title for article in articles] == [TITLE]
    assert kinds(report) == {ProblemKind.NO_ARTICLE: 1}


def test_a_folder_of_that_name_without_its_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "berita_files").mkdir()
    (tmp_path / "berita_files" / "a.txt").write_text("Pasar ikan dibuka lagi.\n\nWarga senang.")
    assert len(read(tmp_path)[0]) == 1
    (tmp_path / "berita.html").write_text("<p>x</p>")
    assert len(read(tmp_path / "berita_files")[0]) == 1
