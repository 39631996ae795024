"""The export of a WordPress site, and Blogger's."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.dates import iso_date
from index.sources import ProblemKind
from index.sources.formats.feeds.wordpress import paragraphs
from index.sources.problems import InputProblem
from index.sources.record import Record
from tests.index.sources.archive import read_file
from tests.index.sources.formats.feeds.test_feed import parts

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="WordPress/6.5" -->\n'
    '<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n'
    "<channel><title>Warta &amp; Kita - Beranda</title><wp:wxr_version>1.2</wp:wxr_version>"
    "<wp:author><wp:author_login><![CDATA[admin]]></wp:author_login><wp:author_display_name>"
    "<![CDATA[Budi Santoso]]></wp:author_display_name></wp:author>\n"
)
END = "</channel></rss>"


def entry(kind: str = "post", status: str = "publish", more: str = "") -> str:
    return (
        "<item><title>Judul</title><link>https://w.id/a/</link>"
        "<pubDate>Thu, 01 Jun 2023 03:15:00 +0000</pubDate><dc:creator>admin</dc:creator>"
        '<guid isPermaLink="false">https://w.id/?p=1</guid><description></description>'
        "<content:encoded><![CDATA[Isi satu.]]></content:encoded>"
        "<excerpt:encoded><![CDATA[Ringkas]]></excerpt:encoded>"
        "<wp:post_date>2023-06-01 10:15:00</wp:post_date>"
        "<wp:post_date_gmt>2023-06-01 03:15:00</wp:post_date_gmt>"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}"
        '<category domain="category" nicename="n"><![CDATA[Nasional]]></category>'
        '<category domain="post_tag" nicename="t"><![CDATA[banjir]]></category></item>\n'
    )


def test_a_post_is_an_article_with_its_author_and_its_categories(tmp_path: Path) -> None:
    (article,), report = read_file(tmp_path, "a.xml", f"{HEAD}{entry()}{END}".encode())
    assert (article.title, article.body, article.url) == ("Judul", "Isi satu.", "https://w.id/a/")
    assert (article.author, article.category) == ("Budi Santoso", "Nasional")
    assert article.date is not None
    assert iso_date(article.date) == "2023-06-01T10:15:00+07:00"
    assert not report.kinds


def test_what_is_no_published_post_is_counted_by_kind() -> None:
    others = [("attachment", "inherit")] * 3 + [("page", "publish"), ("post", "draft")]
    text = "".join(entry(kind, status) for kind, status in others)
    read = parts(f"{HEAD}{entry()}{text}{entry('berita_desa')}{END}")
    assert sum(isinstance(part, Record) for part in read) == 2
    told = [part for part in read if isinstance(part, InputProblem)]
    assert [part.detail for part in told] == ["attachment: 3", "page: 1", "draft: 1"]
    assert [part.articles for part in told] == [3, 1, 1]
    assert {part.kind for part in told} == {ProblemKind.NO_ARTICLE}


def test_a_post_without_a_moment_in_utc_has_that_of_the_site() -> None:
    text = entry().replace("2023-06-01 03:15:00", "0000-00-00 00:00:00")
    (read,) = parts(f"{HEAD}{text}{END}")
    assert isinstance(read, Record)
    assert read.values["date"] == "2023-06-01 10:15:00"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Satu.\n\nDua.", "Satu.\n\nDua."),
        ("<b>Satu</b>.\n\nDua\ntiga.", "<p><b>Satu</b>.</p><p>Dua<br/>tiga.</p>"),
        ("A <i>b</i>\n<ul>\n<li>c</li>\n</ul>\nd", "<p>A <i>b</i><ul><li>c</li></ul>d</p>"),
        ("<!-- wp:paragraph -->\n<p>A\nb</p>", "<!-- wp:paragraph -->\n<p>A\nb</p>"),
        ('[caption id="x"]<img src="a"/> Foto[/caption]', ' <img src="a"/> Foto '),
        ("A [embed]https://a.id/v[/embed] b", "A   b"),
        ("Kata [dia] (red.)", "Kata [dia] (red.)"),
    ],
)
def test_line_ends_are_paragraphs_and_short_codes_go(text: str, shown: str) -> None:
    assert paragraphs(text) == shown


def test_the_posts_of_blogger_are_told_from_comments_and_settings() -> None:
    scheme = "http://schemas.google.com/g/2005#kind"
    kind = "http://schemas.google.com/blogger/2008/kind#"
    entries = "".join(
        f'<entry><category scheme="{scheme}" term="{kind}{name}"/><category term="Desa"/>'
        f"<title>{name}</title><content>isi</content></entry>"
        for name in ("template", "post", "comment", "comment")
    )
    read = parts(f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>')
    posts = [part.values for part in read if isinstance(part, Record)]
    assert [(post["title"], post["category"]) for post in posts] == [("post", ["Desa"])]
    told = [part.detail for part in read if isinstance(part, InputProblem)]
    assert told == ["comment: 2", "template: 1"]
