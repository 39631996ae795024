"""Bodies as editors, word processors, content managers and their exports leave them."""

# ruff: noqa: E501 -- lines of HTML are as long as editors make them

from __future__ import annotations

import time

import pytest

from index.sources.problems import ProblemKind
from index.sources.text.cleaning import Faults
from index.sources.text.markup import AS_SHOWN, MOST_MARKS, to_plain

WORD = (
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->"
    '<!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:"Table Normal";}</style><![endif]-->'
    "<p class=MsoNormal><span lang=IN style='mso-fareast-font-family:\"Times New Roman\"'>Bupati hadir."
    "<o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Warga senang.</p>"
)
QUILL = (
    '<p class="ql-align-justify">Bupati hadir.</p><p><br></p>'
    '<p><strong style="color: rgb(0, 0, 0);">Warga</strong> senang.</p>'
)
GOOGLE_DOCS = (
    '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span>Bupati </span>'
    "<span>hadir</span><span>.</span></p><br /><p dir='ltr'><span>Warga senang.</span></p></b>"
)
GUTENBERG = (
    '<!-- wp:paragraph {"align":"left"} -->\n<p>Bupati hadir.</p>\n<!-- /wp:paragraph -->\n\n<!--more-->'
    '<!-- wp:image {"id":3} -->\n<figure><img src="a.jpg" alt=""/></figure>\n<!-- /wp:image -->'
    "<!-- wp:paragraph --><p>Warga senang.</p><!-- /wp:paragraph -->"
)
AMP = (
    '<p>Bupati hadir.</p><amp-ad width=300 type="x"><div placeholder></div></amp-ad>'
    '<amp-img src="a.jpg"><noscript><img src="a.jpg"></noscript></amp-img><p>Warga senang.</p>'
)
ADVERTISED = (
    '<p>Bupati hadir.</p><ins class="adsbygoogle" style="display:block"></ins><script>(adsbygoogle ='
    " window.adsbygoogle || []).push({});</script><!--s:parallax--><div class='parallax'></div>"
    "<p>Warga senang.</p>"
)
FRAMEWORK = (
    '<p v-if="a > b && c" @click="x()" :class="{a: b}">Bupati hadir.</p>'
    "<p data-v-7ba5bd90 _ngcontent-abc-1>Warga senang.</p>"
)
DRUPAL = (
    '<div class="field__item"><p>Bupati hadir.</p>\n<!--break-->\n'
    '[[{"fid":"12","view_mode":"default","type":"media","attributes":{"height":"1"}}]]'
    "<p>Warga senang.</p></div>"
)
BLOGGER = (
    '<div dir="ltr" trbidi="on"><div class="separator"><a href="x"><img src="y" /></a></div>'
    "Bupati hadir.<br /><br /><a name='more'></a>Warga senang.</div>"
)


@pytest.mark.parametrize(
    "text",
    [WORD, QUILL, GOOGLE_DOCS, GUTENBERG, AMP, ADVERTISED, FRAMEWORK, DRUPAL, BLOGGER],
    ids=["word", "quill", "docs", "gutenberg", "amp", "ads", "framework", "drupal", "blogger"],
)
def test_two_paragraphs_of_an_editor(text: str) -> None:
    assert to_plain(text) == "Bupati hadir.\n\nWarga senang."


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ('<p>Satu.</p><p>Dua <a href="https://www.con', "Satu.\n\nDua"),
        ("<p>Satu.</p><p>Dua</", "Satu.\n\nDua"),
        ("<p>Satu.</p><p>Dua.</p><stro", "Satu.\n\nDua."),
        ("<p>Satu.</p><p>Dua &nb", "Satu.\n\nDua"),
        ("<p>Satu.</p><!-- wp:para", "Satu."),
        ("<p>Satu.</p><p>R&D", "Satu.\n\nR&D"),
        ("<p>Nilai 3 <", "Nilai 3 <"),
        ("Satu.</p>Dua.</p>", "Satu.\n\nDua."),
        ("strong>Jakarta</strong> - Satu.</p><p>Dua.</p>", "strong>Jakarta - Satu.\n\nDua."),
    ],
)
def test_what_was_cut_off_at_the_ends_of_a_text_is_no_text(text: str, result: str) -> None:
    assert to_plain(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ('<p class="a>Satu.</p><p>Dua.</p>', "Satu.\n\nDua."),
        ('<p class="a>Satu.</p><p class="b">Dua.</p>', "Satu.\n\nDua."),
        ('<p class="a>Satu.</p><p>Ia bilang "dua" lalu.</p>', 'Satu.\n\nIa bilang "dua" lalu.'),
        ("<p class='a>Hari Jum'at.</p><p>Dua</p>", "Hari Jum'at.\n\nDua"),
        ('<p title="a > b\'s x">Satu</p>', "Satu"),
        ('<a href="x" title="y>z" class="q">k</a>', "k"),
        ("<p>Satu.</p><!-- iklan --!><p>Dua.</p>", "Satu.\n\nDua."),
        ("<my-card>Isi.</my-card><p>Dua.</p>", "Isi.\n\nDua."),
        ("<p>Sila <anak-anak> dan <x-y>.</p>", "Sila <anak-anak> dan <x-y>."),
        ("<p>x <math><mi>a</mi><mo>=</mo><mn>3</mn></math></p>", "x a=3"),
        ("<pre>a[1]]>b</pre>", "a[1]]>b"),
    ],
)
def test_broken_and_unusual_elements_swallow_nothing(text: str, result: str) -> None:
    assert to_plain(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Kode <b>rahasia</b> itu", "Kode rahasia itu"),
        ("Ia memakai tanda <i>hashtag</i>.", "Ia memakai tanda hashtag."),
        ("Perintah <a href='x'>presiden</a>", "Perintah presiden"),
        ("menggunakan <b>masker</b> medis", "menggunakan masker medis"),
        ("Gunakan &lt;div&gt; untuk wadah", "Gunakan <div> untuk wadah"),
        ("Ketik <p> lalu teksnya", "Ketik <p> lalu teksnya"),
        ("tag <b> dan kode <b> itu", "tag <b> dan kode <b> itu"),
        ("<p>Tulis &amp;amp; untuk tanda dan.</p>", "Tulis &amp; untuk tanda dan."),
        ('<p>Kode "&amp;nbsp;" adalah spasi.</p>', 'Kode "&nbsp;" adalah spasi.'),
        (
            "<p>Bidang R&amp;amp;D &amp;amp; lain, maju&amp;nbsp;lagi</p>",
            "Bidang R&D & lain, maju lagi",
        ),
        ("<p>memakai &amp;ldquo;masker&amp;rdquo;</p>", "memakai “masker”"),
        (f"{AS_SHOWN}<p>R&amp;amp;D dan &amp;lt;b&amp;gt;</p>", "R&amp;D dan &lt;b&gt;"),
    ],
)
def test_what_a_text_speaks_of_stays_and_what_it_uses_goes(text: str, result: str) -> None:
    assert to_plain(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("beras&nbspnaik &amp gula &lt 5%", "beras naik & gula < 5%"),
        ("&ldquobanjir&rdquo itu&hellip", "“banjir” itu…"),
        ("https://contoh.id/?a=1&lt=2&amp=3&copy=4", "https://contoh.id/?a=1&lt=2&amp=3&copy=4"),
        ("&amphibi &ltd", "&amphibi &ltd"),
    ],
)
def test_entities_without_a_semicolon(text: str, result: str) -> None:
    assert to_plain(text) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (r"\u003cp\u003eSatu.\u003c/p\u003e\u003cp\u003eDua.\u003c\/p\u003e", "Satu.\n\nDua."),
        (r"<p class=\"a\">Satu \"kutip\".<\/p>", 'Satu "kutip".'),
        (r"Satu kalimat.\n\nDua kalimat.\r\nTiga.", "Satu kalimat.\n\nDua kalimat.\nTiga."),
        (r"<p>Satu.</p>\n<p>Dua.</p>\n", "Satu.\n\nDua."),
        (r"Jum\u2019at \ud83d\ude00", "Jum’at 😀"),
        (r"Jum\'at dan Ma\'ruf", "Jum'at dan Ma'ruf"),
        ("< p > Satu . < / p > < p > Dua . < / p >", "Satu .\n\nDua ."),
        ("Satu < br / > dua", "Satu\ndua"),
    ],
)
def test_escapes_that_a_program_left_are_undone(text: str, result: str) -> None:
    assert to_plain(text) == result


@pytest.mark.parametrize(
    "text",
    [
        r"Rumus \frac{a}{b}, \nu dan \textbf{x}",
        r"Simpan di C:\new\test\readme.txt",
        r"C:\Users\u00e9\n\nlain",
        "x < b > y, a < p",
        r"kata \n lain",
        r"\section{Judul} $x < y$",
        "Catatan [b] dan [i], [1], [url]",
        "**tebal** [teks](https://contoh.id) # Judul",
    ],
)
def test_what_only_looks_like_an_escape_stays(text: str) -> None:
    assert to_plain(text) is text


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("[b]Tebal[/b] dan [url=https://contoh.id]tautan[/url]", "Tebal dan tautan"),
        ("[quote=Budi;1]Halo[/quote]Ya [img]https://contoh.id/a.jpg[/img]", "Halo\nYa"),
        ("[list][*]satu[*]dua[/list]", "satu\ndua"),
    ],
)
def test_the_marks_of_forums_go(text: str, result: str) -> None:
    assert to_plain(text) == result


@pytest.mark.parametrize("unit", ["<p>", "<", "&amp;", "<b>x</b>", "<!--", "<p a=b c=d>"])
def test_a_text_of_too_many_marks_is_left_and_told(unit: str) -> None:
    faults: Faults = []
    text = f"<p>a</p>{unit * (MOST_MARKS + 1)}"
    assert to_plain(text, faults) is text
    assert [kind for kind, _ in faults] == [ProblemKind.TOO_MUCH_TO_MEND]


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "\\u003c",
            "\\",
            "[b]",
            "[/b]",
            "< p >",
            "< / ",
            "&lt",
            "&ldquo",
            "<p a='",
            '<p a="x>',
            "tag <b> ",
        ),
        *(
            "</x-y>",
            "<x-y></x-y>",
            "<div>",
            "<pre>\n",
            "<td>",
            "</p>",
            '<a b="c>d',
            "[[{",
            "\\n\\n",
        ),
    ],
)
def test_long_runs_of_these_take_no_hours(unit: str) -> None:
    started = time.thread_time()
    to_plain(unit * 20_000)
    to_plain(f"<p>x</p>{unit * 20_000}")
    assert time.thread_time() - started < 10
