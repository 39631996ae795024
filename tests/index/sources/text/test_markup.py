"""HTML to text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.text.markup import to_plain


@pytest.mark.parametrize(
    "text",
    [
        "Harga 3 < 5 dan R&D, AT&T, <3, a<b dan c>d, x<y>z",
        "<judul> dan <rina@contoh.id>",
        "https://contoh.id/?a=1&copy=2&sub=3",
        "tag <b> dipakai untuk huruf tebal",
        "Gunakan tag <b> dan </b> untuk huruf tebal",
        'Kode "<br>" dipakai',
        "x<b>c",
        "undang-undang <anak-anak>",
        "S&P; Q&A; R&D; a &or; b",
        "Link <<<. Link <<<.",
        "Harga <!-- naik",
        "tekan <menu> lalu <search>",
        "[VIDEO] banjir [Baca Juga: ini] [video]",
        "teks<br",
        "< & [",
    ],
)
def test_a_text_without_markup_is_the_same_object(text: str) -> None:
    assert to_plain(text) is text


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("<p>satu</p><p>dua</p>", "satu\n\ndua"),
        ("<div>a</div>b<div>c</div>", "a\n\nb\n\nc"),
        ("<b>ban</b>jir", "banjir"),
        ("Harga <i>BBM</i> naik", "Harga BBM naik"),
        ("satu<br>dua<br/>tiga", "satu\ndua\ntiga"),
        ("satu<br />\ndua<br />\n<br />\ntiga", "satu\ndua\n\ntiga"),
        ("Satu<p>Dua<p>Tiga", "Satu\n\nDua\n\nTiga"),
        ("<ul><li>satu</li><li>dua</li></ul>akhir", "satu\ndua\n\nakhir"),
        ("<tr><td>Beras</td><td>12</td></tr><tr><td>Gula</td></tr>", "Beras\t12\nGula"),
        ("<p>baris\n  satu &nbsp; dua </p>\n\n\n<p>&nbsp;</p><p>x</p>", "baris satu dua\n\nx"),
        ("<h2>Sub</h2>\nSatu.\n\nDua.", "Sub\n\nSatu.\n\nDua."),
        ("<pre>a\nb</pre>", "a\nb"),
        ("<P ALIGN=CENTER>BESAR</P>", "BESAR"),
        ("Teks</p>", "Teks"),
        ("<html><head><title>T</title></head><body><p>Isi</p></body></html>", "Isi"),
        ("m<sup>2</sup> CO<sub>2</sub>", "m2 CO2"),
        ("<a href='/x'>Baca juga: Y</a>", "Baca juga: Y"),
        ("<b>Banjir rendam kota", "Banjir rendam kota"),
        ('isi <a href="https://contoh', "isi"),
        ('<p>A <img class="emoji" alt="😀"><img alt="foto"></p>', "A 😀"),
        ("<o:p></o:p>Kata <st1:City w:st='on'>Jakarta</st1:City>", "Kata Jakarta"),
    ],
)
def test_tags_become_paragraphs_and_lines(text: str, result: str) -> None:
    assert to_plain(text) == result


@pytest.mark.parametrize(
    ("hidden"),
    [
        "<script>if (a<b) { x('</p>') }</script>",
        "<style>p { color: red }</style>",
        "<noscript><img src=x>n</noscript>",
        "<template>t</template>",
        "<iframe src='/x'>f</iframe>",
        '<iframe src="/x" />',
        "<!-- komentar > -->",
        "<!--[if gte mso 9]><xml><w:X>0</w:X></xml><![endif]-->",
        "<span hidden>h</span>",
        "<p style='display: none'>h</p>",
        '<div style="color:red;visibility:hidden"><p>h</p></div>',
        "<?xml:namespace prefix = o />",
        "<!-- wp:gallery {} -->",
        "<select><option>a</select>",
    ],
)
def test_what_a_reader_does_not_see_is_left_out(hidden: str) -> None:
    assert to_plain(f"<p>satu</p>{hidden}<p>dua</p>") == "satu\n\ndua"


def test_words_are_not_glued_by_what_is_left_out_between_them() -> None:
    assert to_plain("banjir<script>x</script>surut") == "banjir surut"
    assert to_plain("banjir<div hidden>x</div>surut") == "banjir\n\nsurut"
    assert to_plain("<b>ban</b><!-- -->jir") == "banjir"


def test_a_text_that_is_hidden_altogether_is_shown() -> None:
    assert to_plain("<div style='display:none'><p>isi</p></div>") == "isi"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a &amp; b &#8211; c&hellip; &#x2019; &#150;", "a & b – c… ’ –"),
        ("AT&amp;T &AMP; AT&amp;amp;T", "AT&T & AT&T"),
        ("maju&nbsp;lagi, maju&amp;nbsp;lagi", "maju lagi, maju lagi"),
        ("baris &amp; satu\n  dua ", "baris & satu\n  dua "),
        ("&lt;p&gt;Isi &amp;amp; lagi&lt;/p&gt;&lt;p&gt;Dua&lt;/p&gt;", "Isi & lagi\n\nDua"),
        ("Tag &lt;b&gt; tebal", "Tag <b> tebal"),
        ("<p>Tag &lt;b&gt; dan &lt;/b&gt;</p>", "Tag <b> dan </b>"),
        (
            "<p>3 < 5, a<b dan c>d, R&D, ?a=1&copy=2, <judul></p>",
            "3 < 5, a<b dan c>d, R&D, ?a=1&copy=2, <judul>",
        ),
        ("<p>Ya <![CDATA[<b>isi</b>]]></p>", "Ya isi"),
    ],
)
def test_entities_are_decoded_as_often_as_they_were_escaped(text: str, result: str) -> None:
    assert to_plain(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (
            '[caption id="a" width="3"]<img src="a.jpg" /> Banjir[/caption]\n\nSatu\ndua.',
            "Banjir\n\nSatu\ndua.",
        ),
        ("[embed]https://contoh.id/v[/embed]\nteks", "teks"),
        ('Satu\n\n[gallery ids="1,2"]\n\nDua', "Satu\n\nDua"),
        ("[vc_row][vc_column width='1/2']Isi[/vc_column][/vc_row]", "Isi"),
    ],
)
def test_shortcodes_go_and_captions_stay(text: str, result: str) -> None:
    assert to_plain(text) == result


def test_a_line_end_in_a_divided_word_is_left_for_who_knows_words() -> None:
    assert to_plain("<p>pemerin-\n  tah\nhadir</p>") == "pemerin-\ntah hadir"


@given(st.lists(st.text("abc <&>é", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_escaped_paragraphs_come_back(paragraphs: list[str]) -> None:
    escaped = [
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in paragraphs
    ]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in escaped)
    assert to_plain(text) == "\n\n".join(" ".join(p.split()) for p in paragraphs)


@pytest.mark.parametrize(
    "text",
    [
        "<",
        "&",
        "<p",
        "<p>",
        "<div>",
        "<p>x</p><!-- ",
        "<a b=",
        '<a href="',
        "&amp;",
        "[caption ",
        "<br>",
        "<b> dan ",
        "<script>",
        "<p>x</p><script ",
        "kata <p> ",
    ],
)
def test_long_runs_take_no_hours(text: str) -> None:
    started = time.thread_time()
    to_plain(text * 20_000)
    assert time.thread_time() - started < 5


@pytest.mark.parametrize(
    "text",
    [
        "Gunakan <h1> untuk judul dan <p> untuk paragraf",
        "Tutorial HTML: elemen yang dipakai ialah <p>, <br>, <table> dan <div>.",
        "Contoh <title> dan <script> pada laman web. Paragraf <div> lain.",
        "Dalam HTML5 ada elemen <section>, <article> dan <p>.",
    ],
)
def test_tags_that_stand_like_words_in_sentences_stay(text: str) -> None:
    assert to_plain(text) == text


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Harga naik. <p> Kata dia.", "Harga naik.\n\nKata dia."),
        ("Harga naik <br> kata dia", "Harga naik\nkata dia"),
        ("Satu <p>Dua <p>Tiga", "Satu\n\nDua\n\nTiga"),
        ("harga <div> naik </div> lagi", "harga\n\nnaik\n\nlagi"),
        ("kata <p> " * 9 + "kata", "\n\n".join(["kata"] * 10)),
    ],
)
def test_tags_that_part_sentences_are_markup(text: str, result: str) -> None:
    assert to_plain(text) == result


@pytest.mark.parametrize(
    "code",
    [
        "<script>var a=1;",
        "<style>.a{b:c}\n",
        "<SCRIPT async src='x'>",
        "<script>a('<p>x')",
        "<script>a</script><style>b",
    ],
)
def test_a_program_without_an_end_swallows_no_paragraph(code: str) -> None:
    assert to_plain(f"<p>Satu</p>{code}<p>Dua</p><p>Tiga</p>") == "Satu\n\nDua\n\nTiga"
    assert to_plain(f"<p>Satu</p>{code}<p>Dua</p><script>c</script>") == "Satu\n\nDua"
    assert to_plain(f"<p>Satu</p>{code}") == "Satu"
