"""Feeds in XML, tidy and not."""

# ruff: noqa: E501, ISC004 -- XML and HTML are written as they come

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bilingual import Text
from index.sources import ProblemKind
from index.sources.columns.plan import FieldNames
from index.sources.formats.feeds.feed import read_feed
from index.sources.inputs.streams import LONGEST
from index.sources.problems import InputProblem
from index.sources.record import Record
from tests.index.sources.archive import kinds, packed, read_file
from tests.index.sources.formats.awkward import ENCODINGS, VALUES, to_articles, written
from tests.index.sources.formats.timing import in_seconds

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Kabar Desa</title>'
    "<link>https://kabar.id/</link>"
)
END = "</channel></rss>"
NAMES = FieldNames({})
Values = dict[str, object]


def parts(text: str | bytes, size: int = 100_000) -> list[Record | InputProblem]:
    content = text.encode() if isinstance(text, str) else text
    blocks = [content[at : at + size] for at in range(0, len(content), size)]
    return list(read_feed(blocks, "a.xml", NAMES))


def values(text: str | bytes) -> list[Values]:
    return [dict(part.values) for part in parts(text) if isinstance(part, Record)]


def item(inside: str) -> Values:
    """The fields of the one item of a feed."""
    (only,) = values(f"{HEAD}<item>{inside}</item>{END}")
    return only


def atom(inside: str) -> Values:
    """The fields of the one entry of an Atom feed."""
    (only,) = values(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.id/blog/">'
        f"<title>Blog Ani</title><author><name>Ani</name></author><entry>{inside}</entry></feed>"
    )
    return only


@pytest.mark.parametrize(
    ("inside", "name", "value"),
    [
        ("<title>A</title>", "title", "A"),
        ("<title><![CDATA[A & B]]></title>", "title", "A & B"),
        ("<media:title>X</media:title><title>A</title>", "title", "A"),
        ("<description>a</description><content:encoded>b</content:encoded>", "body", "b"),
        ("<description>a</description><content:encoded/>", "body", "a"),
        ("<media:content><media:description>x</media:description></media:content>", "body", None),
        ("<description><p>a</p><p>b &lt; c</p></description>", "body", "<p>a</p><p>b &lt; c</p>"),
        ("<description>&lt;p&gt;a&lt;/p&gt;</description>", "body", "<p>a</p>"),
        ("<link>https://a.id/1?x=1&amp;y=2</link>", "url", "https://a.id/1?x=1&y=2"),
        ("<link>https://a.id/1?x=1&y=2</link>", "url", "https://a.id/1?x=1&y=2"),
        ("<link><![CDATA[ https://a.id/1?x=1&y=2\n]]></link>", "url", "https://a.id/1?x=1&y=2"),
        ("<link>/baca/1</link>", "url", "https://kabar.id/baca/1"),
        ("<guid>https://a.id/1</guid>", "url", "https://a.id/1"),
        ('<guid isPermaLink="false">https://a.id/?p=1</guid>', "url", None),
        ('<guid isPermaLink="false">tag:1</guid>', "id", "tag:1"),
        ("<guid>tag:1</guid><link>https://a.id/1</link>", "id", None),
        ('<atom:link rel="alternate" href="https://a.id/1"/>', "url", "https://a.id/1"),
        ("<author>redaksi@a.id (Siti A)</author>", "author", "Siti A"),
        ("<author>Siti A &lt;siti@a.id&gt;</author>", "author", "Siti A"),
        ("<dc:creator>A</dc:creator><dc:creator>B</dc:creator>", "author", "A, B"),
        ("<dc:creator>A</dc:creator><author>A</author>", "author", "A"),
        ("<category>A</category><category><![CDATA[B]]></category>", "category", ["A", "B"]),
        ("<dc:subject>Olahraga</dc:subject>", "category", ["Olahraga"]),
        ("<pubDate>Thu, 19 Jun 2025</pubDate>", "date", "Thu, 19 Jun 2025"),
        ("<pubDate/><dc:date>2025-06-19</dc:date>", "date", "2025-06-19"),
        ('<source url="https://l.id">Lain.id</source>', "source", "Lain.id"),
        ("<title>A - Lain.id</title><source url='x'>Lain.id</source>", "title", "A"),
        ("<title>A</title>", "source", "Kabar Desa"),
        ("<lokasi>Bandung</lokasi>", "lokasi", "Bandung"),
        ("<title>Rp10 M &#8211; &nbsp;BUMN</title>", "title", "Rp10 M – \xa0BUMN"),
        ("<title>&tidakada; R&D 3 < 5 <3</title>", "title", "&tidakada; R&D 3 < 5 <3"),
        ("<title>&#146;x&#x94; &#55357;&#56832; &#xD83D;&#xDE00;</title>", "title", "’x” 😀 😀"),
        ("<description>a<br>b<hr>c</description><title>T</title>", "title", "T"),
        ("<description>a<p>b<b>c</p></description><title>T</title>", "title", "T"),
        ("<description>a<p>b<b>c</p></description><title>T</title>", "body", "a<p>b<b>c</p>"),
        ("<description><![CDATA[a</description><title>T</title>", "body", "a"),
        ("<description>a<!-- b</description><title>T</title>", "title", "T"),
        ("<title>a]]></title><description>b</description>", "body", "b"),
    ],
)
def test_an_item_of_rss(inside: str, name: str, value: object) -> None:
    assert item(inside).get(name) == value


@pytest.mark.parametrize(
    ("inside", "name", "value"),
    [
        ('<link href="p/1"/>', "url", "https://b.id/blog/p/1"),
        ('<link rel="edit" href="e"/><link rel="alternate" href="/1"/>', "url", "https://b.id/1"),
        ('<link type="application/json" href="/j"/><link href="/1"/>', "url", "https://b.id/1"),
        ("<id>https://b.id/9</id>", "url", "https://b.id/9"),
        ("<id>tag:b.id,2025:1</id>", "id", "tag:b.id,2025:1"),
        ('<title type="html">A &amp;amp; B</title>', "title", "A &amp; B"),
        (
            '<title type="text">Tag &lt;b&gt;</title>',
            "title",
            "<!--as shown--><p>Tag &lt;b&gt;</p>",
        ),
        (
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div></content>',
            "body",
            "<div><p>a</p></div>",
        ),
        ('<content type="html">&lt;p&gt;a</content><summary>s</summary>', "body", "<p>a"),
        ("<summary>s</summary>", "body", "s"),
        ("<published>2025-01-02</published><updated>2026-01-01</updated>", "date", "2025-01-02"),
        ("<author><name>Budi</name><email>b@c</email></author>", "author", "Budi"),
        ("<title>A</title>", "author", "Ani"),
        ('<category term="x" label="Ekonomi"/><category term="b"/>', "category", ["Ekonomi", "b"]),
    ],
)
def test_an_entry_of_atom(inside: str, name: str, value: object) -> None:
    assert atom(inside).get(name) == value


def test_an_atom_summary_is_told_as_one() -> None:
    (read,) = parts(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary>s</summary></entry></feed>'
    )
    assert isinstance(read, Record)
    assert read.faults == ((ProblemKind.NO_BODY, Text("summary", "ringkasan")),)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('<rss version="0.91"><channel><item><title>A</title></item></channel></rss>', "A"),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns="http://purl.org/rss/1.0/"><channel><items/></channel>'
            '<item rdf:about="x"><title>A</title></item></rdf:RDF>',
            "A",
        ),
        (
            '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>A</a:title></a:entry>'
            "</a:feed>",
            "A",
        ),
        (
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A</title></entry></feed>',
            "A",
        ),
        ("<rss><channel><item><dc:title>A</dc:title></item></channel></rss>", "A"),
        ("<RSS><CHANNEL><TITLE>X</TITLE><ITEM><TITLE>A</TITLE></ITEM></CHANNEL></RSS>", "A"),
        ("<item><title>A</title><description>b</description></item>", "A"),
    ],
    ids=["rss-0.91", "rdf", "prefixed", "atom-0.3", "undeclared-prefix", "capitals", "rootless"],
)
def test_dialects(text: str, title: str) -> None:
    assert [found["title"] for found in values(text)] == [title]


TWO = "<item><title>A “é”</title></item><item><title>B</title></item>"


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}{TWO}{END}".encode(),
        b"\xef\xbb\xbf" + f"{HEAD}{TWO}{END}".encode(),
        f"{HEAD}{TWO}{END}".encode("utf-16"),
        f"{HEAD}{TWO}{END}".replace("UTF-8", "utf-16").encode(),
        f"{HEAD}{TWO}{END}".replace("UTF-8", "windows-1252").encode("cp1252"),
        f"{HEAD}{TWO}{END}".replace("UTF-8", "ISO-8859-1").encode("cp1252"),
        f"{HEAD}{TWO}{END}".replace("UTF-8", "ISO-8859-1").encode(),
        f"{HEAD}{TWO}{END}".replace("UTF-8", "x-tidak-ada").encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "no-utf-16", "1252", "latin-1", "no-latin-1", "unknown"],
)
def test_encodings(content: bytes) -> None:
    assert [found["title"] for found in values(content)] == ["A “é”", "B"]


def test_bytes_that_are_not_utf_8_are_told(tmp_path: Path) -> None:
    content = f"{HEAD}<item><title>é</title><description>é</description></item>{END}"
    articles, report = read_file(tmp_path, "a.xml", content.encode("cp1252"))
    assert [article.body for article in articles] == ["é"]
    assert kinds(report) == {ProblemKind.INVALID_UTF8: 1}


def test_control_characters_are_told_as_everywhere(tmp_path: Path) -> None:
    content = f"{HEAD}<item><title>a\x01</title><description>b\x00c</description></item>{END}"
    articles, report = read_file(tmp_path, "a.xml", content.encode())
    assert [(article.title, article.body) for article in articles] == [("a", "bc")]
    assert kinds(report) == {ProblemKind.CONTROL_CHARACTER: 1, ProblemKind.NUL_BYTE: 1}


@pytest.mark.parametrize(
    ("text", "titles", "told"),
    [
        (f"\n\n{HEAD}{TWO}{END}", ["A “é”", "B"], []),
        (f"<b>Warning</b>: x\n{HEAD}{TWO}{END}", ["A “é”", "B"], [ProblemKind.LOOSE_XML]),
        (f"{HEAD}{TWO}", ["A “é”", "B"], [ProblemKind.CUT_TEXT]),
        (f"{HEAD}{TWO}<item><title>C", ["A “é”", "B", "C"], []),
        (f"{HEAD}<item><title>A</title>{TWO}{END}", ["A", "A “é”", "B"], []),
        (f"{HEAD}<!-- <item><title>X</title></item> -->{TWO}{END}", ["A “é”", "B"], []),
        (f"{HEAD}<item><title><![CDATA[A</title></item>{TWO}{END}", ["A", "A “é”", "B"], []),
        (f"{HEAD}{END}", [], [ProblemKind.NO_ARTICLE]),
        ("<opml><body><outline/></body></opml>", [], [ProblemKind.NO_ARTICLE]),
        ("<a><b>c</b></a>", [], [ProblemKind.NO_RECORD]),
        ("bukan xml", [], [ProblemKind.NO_RECORD]),
        ("", [], [ProblemKind.NO_RECORD]),
    ],
    ids=[
        "blank-lines",
        "junk",
        "no-end",
        "cut",
        "no-item-end",
        "comment",
        "open-cdata",
        "empty",
        "opml",
        "other",
        "text",
        "nothing",
    ],
)
def test_what_can_be_read_of_a_broken_feed_is_read(
    text: str, titles: list[str], told: list[ProblemKind]
) -> None:
    read = parts(text)
    assert [part.values["title"] for part in read if isinstance(part, Record)] == titles
    assert [part.kind for part in read if isinstance(part, InputProblem)] == told


def test_a_cut_item_is_told_with_its_line() -> None:
    read = parts(f"{HEAD}\n{TWO}\n<item><title>C</title><description>Isi yang terpot")
    assert isinstance(read[2], Record)
    assert read[2].line == 3
    assert [kind for kind, _ in read[2].faults] == [ProblemKind.CUT_TEXT]


def test_loose_xml_is_told_at_its_item_alone() -> None:
    read = parts(f"{HEAD}<item><title>R&D</title></item>\n{TWO}{END}")
    told = [(part.line, part.faults) for part in read if isinstance(part, Record)]
    assert told == [(1, ((ProblemKind.LOOSE_XML, "&"),)), (2, ()), (2, ())]


def test_a_damaged_gzip_gives_what_comes_before(tmp_path: Path) -> None:
    whole = packed(
        f"{HEAD}{TWO.replace('</title>', '</title><description>a</description>')}".encode()
    )
    articles, report = read_file(tmp_path, "a.xml.gz", whole[:-4])
    assert len(articles) == 2
    assert kinds(report) == {ProblemKind.TRUNCATED_PACKED: 1}


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE rss [<!ENTITY a0 "a">{ENTITIES}]><rss><channel><item><title>&a19;</title></item>'
        f"{END}",
        '<!DOCTYPE rss [<!ENTITY a19 SYSTEM "file:///etc/passwd">]><rss><channel><item>'
        f"<title>&a19;</title></item>{END}",
    ],
    ids=["bomb", "external"],
)
def test_entities_of_the_file_are_never_expanded(text: str) -> None:
    assert [found["title"] for found in values(text)] == ["&a19;"]


@pytest.mark.parametrize("closed", ["", "</a>" * 90_000])
def test_elements_in_elements_without_end_are_cut_and_told(closed: str) -> None:
    deep = f"<item><title>A</title><description>{'<a>x' * 90_000}{closed}</description></item>"
    read = parts(f"{HEAD}{deep}{TWO}{END}")
    assert [part.values["title"] for part in read if isinstance(part, Record)] == [
        "A",
        "A “é”",
        "B",
    ]
    first = read[0]
    assert isinstance(first, Record)
    assert first.faults


def test_an_item_longer_than_an_article_may_be_is_skipped() -> None:
    long = f"<item><title>{'x' * (LONGEST + 1)}</title></item>"
    read = parts(f"{HEAD}{long}{TWO}{END}", 2**18)
    assert [part.kind for part in read if isinstance(part, InputProblem)] == [
        ProblemKind.LINE_TOO_LONG
    ]
    assert len(read) == 3


@pytest.mark.parametrize(
    "run", ["<item ", "<item>", "<!-- ", "<![CDATA[", "< ", "&", '<a "', "</item>"]
)
def test_no_run_of_marks_takes_long_or_fails(run: str) -> None:
    with in_seconds(20):
        assert parts(
            f"{HEAD}<item><description>{run * 50_000}</description></item>{TWO}{END}", 2**16
        )


@pytest.mark.parametrize("run", [" ", "\n", " - ", "| ", " |", "-"])
def test_no_run_of_marks_in_a_title_takes_long(run: str) -> None:
    with in_seconds(3):
        item(f"<title>a{run * 20_000}b</title><source>Kabar</source>")


@given(
    st.lists(st.sampled_from(["a", "<b>", "&amp;", "<![CDATA[<item>]]>", "<!-- </item> -->", "é"])),
    st.integers(1, 40),
)
def test_where_blocks_end_makes_no_difference(inside: list[str], size: int) -> None:
    text = f"{HEAD}<item><title>{''.join(inside)}</title></item>\n{TWO}{END}".encode()
    assert parts(text, size) == parts(text)
    assert len(parts(text)) == 3


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(content: bytes) -> None:
    parts(content)
    parts(HEAD.encode() + b"<item><title>" + content)


@given(st.lists(VALUES, min_size=12, max_size=12), ENCODINGS)
def test_no_value_of_a_feed_is_an_error(found: list[str], encoding: str) -> None:
    base, link, own, date, title, body, author, guid, category, day, status, source = found
    item = (
        f'<item xml:base="{own}"><title>{title}</title><link>{link}</link><guid>{guid}</guid>'
        f'<atom:link xml:base="{own}" href="{link}"/><pubDate>{date}</pubDate><source>{source}'
        f"</source><author>{author}</author><category>{category}</category>"
        f"<dc:date>{day}</dc:date><description>{body}</description></item>"
    )
    entry = (
        f'<entry xml:base="{own}"><title type="{source}">{title}</title><link href="{link}"/>'
        f"<updated>{date}</updated><content>{body}</content><id>{guid}</id></entry>"
    )
    export = item.replace(
        "</item>", f"<wp:post_date>{day}</wp:post_date><wp:status>{status}</wp:status></item>"
    )
    rss = HEAD.replace("UTF-8", encoding) + f"<link>{link}</link>{item}\udc81\n{export}{TWO}{END}"
    read = to_articles(parts(written(rss)))
    assert any(isinstance(part, Record) for part in read)
    to_articles(parts(written(f'<feed xml:base="{base}"><link href="{own}"/>{entry}</feed>')))
    to_articles(
        parts(written(f"<urlset><url><loc>{link}</loc><title>{title}</title></url></urlset>"))
    )


BAD = "http://[salah/x"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}<item><title>A</title><link>{BAD}</link></item>{END}",
        f'{HEAD}<item><title>A</title><atom:link xml:base="https://a.id/" href="{BAD}"/></item>{END}',
        f'{HEAD}<item><title>A</title><atom:link xml:base="{BAD}" href="{BAD}"/></item>{END}',
        f'<feed xml:base="{BAD}"><entry xml:base="b/"><title>A</title><link href="{BAD}"/></entry></feed>',
        f'<feed><link xml:base="https://a.id/" href="{BAD}"/><entry><title>A</title><link href="{BAD}"/></entry></feed>',
    ],
    ids=["link", "link-base", "both", "feed-base", "feed-link"],
)
def test_an_address_that_is_none_is_kept_as_it_is(text: str) -> None:
    assert values(text) == [{"title": "A", "url": BAD, **SOURCE.get(HEAD in text, {})}]


SOURCE: dict[bool, Values] = {True: {"source": "Kabar Desa"}}


def test_an_address_of_a_feed_that_is_none_is_not_used_for_those_of_its_entries() -> None:
    entry = '<entry xml:base="b/"><title>A</title><link href="/a"/></entry>'
    (only,) = values(f'<feed xml:base="{BAD}"><link href="https://a.id/"/>{entry}</feed>')
    assert only["url"] == "https://a.id/a"


@pytest.mark.parametrize("declared", ["idna", "punycode", "undefined", "utf-7", "unicode_escape"])
def test_an_encoding_that_is_none_costs_no_item(declared: str) -> None:
    head = HEAD.replace("UTF-8", declared).encode()
    items = b"<item><title>Caf\xe9 .. \\u0041</title></item>" + TWO.encode()
    assert [found["title"] for found in values(head + items + END.encode())] == [
        "Caf\udce9 .. \\u0041",
        "A “é”",
        "B",
    ]


@pytest.mark.parametrize("run", ["<a/>", "<a>", "<wp:author>"])
def test_a_feed_with_a_head_without_end_is_read(run: str) -> None:
    with in_seconds(5):
        (only,) = values(f"{HEAD}{run * 1_000_000}<item><title>A</title></item>{END}")
    assert only == {"title": "A", "source": "Kabar Desa"}


def test_a_file_without_its_end_has_lost_no_article_that_is_known(tmp_path: Path) -> None:
    items = "".join(
        f"<item><title>{n}</title><description>{n} x</description></item>" for n in "abc"
    )
    articles, report = read_file(tmp_path, "a.xml", f"{HEAD}{items}".encode())
    assert (len(articles), report.skipped) == (3, 0)
    assert kinds(report) == {ProblemKind.CUT_TEXT: 1}
