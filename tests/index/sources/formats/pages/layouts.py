"""Pages built as Indonesian news sites and their templates build them, around invented articles."""

# ruff: noqa: E501, ISC004 -- lines of HTML are as long as templates make them

from __future__ import annotations

import json
from collections.abc import Callable

TITLE = "Warga Sukamaju Gotong Royong Perbaiki Tanggul Sungai yang Jebol"
PARAGRAPHS = (
    "Ratusan warga Desa Sukamaju bergotong royong memperbaiki tanggul sungai yang jebol akibat"
    " hujan deras pada Selasa malam, kata kepala desa setempat.",
    "Tanggul sepanjang dua belas meter itu ambrol sekitar pukul 21.30 WIB, sehingga air merendam"
    " sedikitnya 140 rumah di tiga rukun warga.",
    "“Kami tidak bisa menunggu alat berat datang,” ujar Kepala Desa Sukamaju, Rahmat Hidayat, saat"
    " ditemui di lokasi, Rabu pagi.",
    "Menurut dia, warga menyumbang karung pasir, bambu, dan makanan secara sukarela.",
    "Badan penanggulangan bencana daerah mencatat tidak ada korban jiwa dalam kejadian tersebut,"
    " tetapi dua orang lanjut usia dibawa ke puskesmas karena kedinginan.",
    "Pemerintah kabupaten menjanjikan bantuan batu bronjong senilai Rp350 juta dan perbaikan"
    " permanen sebelum musim hujan berikutnya.",
    "Air mulai surut menjelang siang.",
)
DATE, AUTHOR = "2025-06-18T10:15:00+07:00", "Siti Rahmawati"
URL = "https://contoh.id/berita/123/warga-sukamaju"
NEWS: dict[str, object] = {"articleSection": "News"}
MENU = ("Beranda", "Nasional", "Ekonomi", "Olahraga", "Gaya Hidup", "Otomotif", "Indeks", "Masuk")
OTHERS = (
    "Harga Cabai di Pasar Induk Turun Menjelang Akhir Pekan",
    "Timnas U-17 Menang Tipis atas Tamunya di Laga Uji Coba",
    "Cara Merawat Tanaman Hias di Musim Kemarau agar Tidak Layu",
    "Jadwal Pemadaman Listrik di Wilayah Selatan Pekan Ini",
    "Pameran Batik Pesisir Dibuka untuk Umum Hingga Akhir Bulan",
)
COMMENTS = (
    "Mantap sekali warganya, semoga cepat dibangun tanggul permanen oleh pemerintah ya pak.",
    "Di desa kami juga begitu, sudah tiga kali jebol tetapi belum ada perbaikan sama sekali.",
)
FORBIDDEN = (
    *MENU,
    *OTHERS,
    *COMMENTS,
    "Baca juga",
    "ADVERTISEMENT",
    "Hak cipta",
    "Bagikan",
    "Ikuti",
)


def _menu() -> str:
    return "<ul>" + "".join(f'<li><a href="/{m}">{m}</a></li>' for m in MENU) + "</ul>"


def _related(tag: str = "h3") -> str:
    return "".join(
        f'<div class="item"><a href="/{n}"><img src="t.jpg"/><{tag}>{t}</{tag}></a>'
        f"<span>2 jam yang lalu</span></div>"
        for n, t in enumerate(OTHERS)
    )


def _head(extra: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">{extra}'
        "<script>var a = 1 < 2;</script><style>p{color:red}</style></head>"
    )


def _ps(between: str = "") -> str:
    out = [f"<p>{p}</p>" for p in PARAGRAPHS]
    out.insert(3, between)
    return "\n".join(out)


def _ld(**more: object) -> str:
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": TITLE,
        "datePublished": DATE,
        "author": {"@type": "Person", "name": AUTHOR},
        "publisher": {"@type": "Organization", "name": "Contoh.id"},
        **more,
    }
    return f'<script type="application/ld+json">{json.dumps(facts)}</script>'


def detik_like() -> str:
    return f"""{
        _head(
            f'<title>{TITLE}</title><meta property="og:title" content="{TITLE}">'
            f'<meta name="dtk:publishdate" content="2025/06/18 10:15:00"><meta name="author" content='
            f'"{AUTHOR}"><link rel="canonical" href="{URL}"><meta property="og:site_name" content="contohnews">'
        )
    }
    <body><div class="container"><header class="header">{_menu()}</header>
    <div class="column-8"><article class="detail"><div class="detail__header">
    <h1 class="detail__title">{TITLE}</h1><div class="detail__author">{AUTHOR} - contohnews</div>
    <div class="detail__date">Rabu, 18 Jun 2025 10:15 WIB</div>
    <div class="share-box">Bagikan <a href="#">Facebook</a><a href="#">Twitter</a></div></div>
    <div class="detail__media"><figure><img src="a.jpg"><figcaption>Foto: tanggul jebol (dok. warga)
    </figcaption></figure></div><div class="detail__body itp_bodycontent_wrapper">
    <div class="detail__body-text itp_bodycontent"><strong>Sukamaju</strong> - {
        _ps(
            '<div class="parallaxindetail scrollpage"><div class="para_caption">ADVERTISEMENT</div>'
            '<p class="para_caption">SCROLL TO CONTINUE WITH CONTENT</p></div>'
            f'<table class="linksisip"><tr><td><div class="lihatjg">Baca juga: <a href="/x">{OTHERS[0]}</a>'
            "</div></td></tr></table>"
        )
    }
    <div class="clearfix"></div></div></div>
    <div class="detail__body-tag"><a href="/tag/a">tanggul</a><a href="/tag/b">banjir</a></div>
    </article><div class="komentar">{"".join(f"<p>{c}</p>" for c in COMMENTS)}</div></div>
    <div class="column-4"><div class="box"><h2>Terpopuler</h2>{_related()}</div></div>
    <footer>Hak cipta 2025 contohnews. {_menu()}</footer></div></body></html>"""


def kompas_like() -> str:
    return f"""{
        _head(
            f'<title>{TITLE} Halaman all - Contoh.id</title><meta property="og:title" '
            f'content="{TITLE} Halaman all - Contoh.id"><meta name="content_PublishedDate" '
            f'content="2025-06-18 10:15:00"><meta name="content_author" content="{AUTHOR}">'
            f'<link rel="canonical" href="{URL}"><meta property="og:site_name" content="Contoh.id">'
        )
    }
    <body><div class="header">{
        _menu()
    }</div><div class="container clearfix"><div class="col-bs10-7">
    <h1 class="read__title">{
        TITLE
    }</h1><div class="read__time">Contoh.id, 18/06/2025, 10:15 WIB</div>
    <div class="read__content"><div class="clearfix">{
        _ps(f'<p><strong>Baca juga: <a href="/y">{OTHERS[1]}</a></strong></p>')
    }
    <div class="ads-on-body">ADVERTISEMENT</div></div></div>
    <div class="tag__article"><ul class="tag__article__wrap"><li><a href="/t">tanggul</a></li></ul></div>
    <div class="comment__wrap">{"".join(f"<div class='comment'>{c}</div>" for c in COMMENTS)}</div>
    </div><div class="col-bs10-3"><div class="most">{_related("h2")}</div></div></div>
    <div class="footer"><p class="copyright">Hak cipta 2025 Contoh.id. Semua hak dilindungi.</p></div>
    </body></html>"""


def tribun_like() -> str:
    return f"""{
        _head(
            f'<title>{TITLE} - Contoh.id</title>{_ld()}<meta property="og:title" content="'
            f'{TITLE} - Contoh.id"><meta property="og:site_name" content="Contoh.id"><link rel="canonical" '
            f'href="{URL}">'
        )
    }<body class="has-sidebar"><div id="nav">{_menu()}</div><div class="content">
    <div id="article"><h1 class="f32" id="arttitle">{
        TITLE
    }</h1><time class="grey">Rabu, 18 Juni 2025
    10:15 WIB</time><div class="side-article txt-article multi-fontsize">{
        _ps(
            f'<p class="baca">Baca juga: <a href="/z"><b>{OTHERS[2]}</b></a></p>'
            f'<div class="ads-placeholder">ADVERTISEMENT</div>'
        )
    }
    <p><b>(Tribun/{AUTHOR})</b></p></div><div class="paging"><a href="?page=2">2</a>
    <a href="?page=all">Semua Halaman</a></div></div><div class="bsh mb20">
    <h4>Berita Terkait</h4><ul>{
        "".join(f"<li><a href='/b'>{o}</a></li>" for o in OTHERS)
    }</ul></div>
    </div></body></html>"""


def liputan_like() -> str:
    halves = (
        "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:4]),
        "".join(f"<p>{p}</p>" for p in PARAGRAPHS[4:]),
    )
    return f"""{
        _head(
            f"<title>{TITLE} - News Contoh.id</title>{_ld(**NEWS)}"
            f'<meta property="og:site_name" content="contoh.id"><meta property="og:url" content="{URL}">'
        )
    }
    <body><nav>{
        _menu()
    }</nav><article class="read-page hentry"><header><h1 class="read-page--header--title">
    {
        TITLE
    }</h1><p class="read-page--header--author"><time>18 Jun 2025, 10:15 WIB</time></p></header>
    <div class="article-content-body"><div class="article-content-body__item-page" data-page="1">
    <div class="article-content-body__item-content">{halves[0]}</div></div>
    <div class="baca-juga-collections"><h5>Baca Juga</h5><ul>
    {"".join(f"<li><a href='/c'>{o}</a></li>" for o in OTHERS[:3])}</ul></div>
    <div class="article-content-body__item-page" data-page="2"><h2 class="article-content-body__item-title">
    Bantuan Bronjong</h2><div class="article-content-body__item-content">{
        halves[1]
    }</div></div></div>
    </article><section class="comments">{"".join(f"<p>{c}</p>" for c in COMMENTS)}</section>
    <footer><p>Hak cipta Contoh.id</p></footer></body></html>"""


def tempo_like() -> str:
    return f"""{
        _head(
            f"<title>{TITLE} | contoh.id</title>{_ld(author=[AUTHOR])}"
            f'<link rel="canonical" href="{URL}"><meta property="og:site_name" content="Contoh.id">'
        )
    }
    <body><main><div class="flex"><h1>{
        TITLE
    }</h1><span class="text-date">18 Juni 2025 | 10.15 WIB</span>
    </div><div id="content-wrapper"><div class="relative"><div class="space-y-4">
    {
        _ps(
            f'<p>Pilihan Editor: <a href="/d"><em>{OTHERS[3]}</em></a></p><div class="ad">Iklan</div>'
        )
    }
    </div></div></div><div class="share"><p>Bagikan artikel ini</p></div></main>
    <aside>{_related("p")}</aside></body></html>"""


def cnn_like() -> str:
    return f"""{
        _head(
            f'<title>{TITLE}</title><meta name="publishdate" content="2025/06/18 10:15:00">'
            f'<meta name="author" content="{AUTHOR}"><meta property="og:url" content="{URL}">'
            f'<meta property="og:site_name" content="nasional"><meta property="og:type" content="article">'
        )
    }
    <body><div class="nav-bar">{_menu()}</div><div class="flex"><div class="w-leftcontent">
    <h1 class="mb-2">{
        TITLE
    }</h1><div class="text-cnn_grey text-sm mb-4">Rabu, 18 Jun 2025 10:15 WIB</div>
    <div class="detail-wrap flex gap-4 relative"><div class="detail-text text-cnn_black">
    {
        _ps(
            f'<table class="topiksisip"><tbody><tr><td><strong>Lihat Juga :</strong><a href="/e">'
            f'{OTHERS[4]}</a></td></tr></tbody></table><p class="paradetail">ADVERTISEMENT</p>'
        )
    }
    <p>[Gambas:Video CNN]</p></div></div></div><div class="w-rightcontent">{
        _related("h2")
    }</div></div>
    <div class="footer">Hak cipta</div></body></html>"""


def antara_like() -> str:
    text = "<br/><br/>\n".join(PARAGRAPHS[:3]), "<br><br>".join(PARAGRAPHS[3:])
    return f"""{
        _head(
            f'<title>{TITLE} - CONTOH News</title><meta property="og:title" content="{TITLE}">'
            f'<meta name="dc.date.issued" content="{DATE}"><meta property="article:author" content="{AUTHOR}">'
            f'<link rel="canonical" href="{URL}">'
        )
    }<body><header>{_menu()}</header><div class="row">
    <div class="col-md-8"><article class="post-wrapper clearfix"><h1 class="post-title">{TITLE}</h1>
    <p class="simple-share">Bagikan <a href="#"><span class="fa-tw"></span></a></p>
    <div class="post-content clearfix">{text[0]}<br/><br/><span class="baca-juga"><b>Baca juga:
    <a href="/f">{OTHERS[0]}</a></b></span><br><br>{text[1]}<br/><br/>
    <p class="text-muted small mt10">Pewarta: {AUTHOR}<br/>Hak cipta &copy; CONTOH 2025</p></div>
    <div class="tags-widget"><ul><li><a>tanggul</a></li></ul></div></article></div>
    <div class="col-md-4"><div class="widget">{_related("p")}</div></div></div></body></html>"""


def wordpress_like() -> str:
    return f"""{
        _head(
            f"<title>{TITLE} &#8211; Kabar Contoh</title>{_graph()}"
            f'<link rel="canonical" href="{URL}">'
        )
    }<body class="post-template-default single single-post
    sidebar-right"><div id="page" class="site"><header id="masthead">{_menu()}</header>
    <div id="content" class="site-content"><div id="primary" class="content-area"><main class="site-main">
    <article id="post-5" class="post-5 post type-post category-daerah tag-banjir"><header class="entry-header">
    <h1 class="entry-title">{TITLE}</h1><div class="entry-meta"><time class="entry-date published"
    datetime="{DATE}">18 Juni 2025</time> <span class="byline"> oleh <a rel="author">{
        AUTHOR
    }</a></span></div>
    </header><div class="entry-content">{
        _ps(f'<p><strong>Baca Juga:</strong> <a href="/g">{OTHERS[1]}</a></p>')
    }
    <div class="sharedaddy sd-sharing-enabled"><h3>Bagikan ini:</h3><ul><li><a>Twitter</a></li></ul></div>
    <div id="jp-relatedposts" class="jp-relatedposts">{_related()}</div></div>
    <footer class="entry-footer"><span class="tags-links">Tag: <a>banjir</a></span></footer></article>
    <div id="comments" class="comments-area"><ol class="comment-list">
    {"".join(f"<li class='comment'><p>{c}</p></li>" for c in COMMENTS)}</ol></div></main></div>
    <aside id="secondary" class="widget-area">{_related("p")}</aside></div></div></body></html>"""


def _graph() -> str:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebPage", "@id": "#w", "datePublished": DATE},
            {
                "@type": "Article",
                "headline": TITLE,
                "datePublished": DATE,
                "author": {"@id": "#a"},
                "publisher": {"@id": "#o"},
                "articleSection": ["Daerah"],
            },
            {"@type": "Person", "@id": "#a", "name": AUTHOR},
            {"@type": "Organization", "@id": "#o", "name": "Kabar Contoh"},
        ],
    }
    return f'<script type="application/ld+json">{json.dumps(graph)}</script>'


def blogspot_like() -> str:
    body = "".join(
        f'<div style="text-align: justify;">{p}</div><div><br/></div>' for p in PARAGRAPHS
    )
    return f"""{
        _head(
            f'<title>Blog Contoh: {TITLE}</title><meta content="{TITLE}" property="og:title"/>'
            f'<link href="{URL}" rel="canonical"/><meta property="og:site_name" content="Blog Contoh">'
        )
    }
    <body class="loading"><div class="navbar section" id="navbar">{_menu()}</div>
    <div class="content-outer"><div class="main-outer"><div class="column-center-outer"><div class="main section"
    id="main"><div class="widget Blog" id="Blog1"><div class="blog-posts hfeed"><div class="date-outer">
    <h2 class="date-header"><span>Rabu, 18 Juni 2025</span></h2><div class="post hentry">
    <h3 class="post-title entry-title">{TITLE}</h3><div class="post-body entry-content">{body}</div>
    <div class="post-footer"><span class="post-author vcard">Diposting oleh <span class="fn">{
        AUTHOR
    }</span>
    </span> di <abbr class="published" title="{DATE}">10.15</abbr></div></div></div></div>
    <div class="comments" id="comments"><h4>2 komentar:</h4>
    {"".join(f"<p class='comment-content'>{c}</p>" for c in COMMENTS)}</div></div></div></div>
    <div class="column-right-outer"><div class="sidebar section"><div class="widget BlogArchive">
    {_related("span")}</div></div></div></div></div></body></html>"""


def table_like() -> str:
    """As pages were built around the year 2003."""
    return f"""<HTML><HEAD><TITLE>{TITLE}</TITLE><META HTTP-EQUIV="Content-Type" CONTENT="text/html;
    charset=utf-8"></HEAD><BODY BGCOLOR=#ffffff><TABLE WIDTH=750><TR><TD COLSPAN=3>
    {" | ".join(f"<A HREF=/{m}>{m}</A>" for m in MENU)}</TD></TR><TR><TD WIDTH=150 VALIGN=top>
    {"<BR>".join(f"<A HREF=/x>{o}</A>" for o in OTHERS)}</TD><TD WIDTH=450><FONT SIZE=4><B>{TITLE}</B>
    </FONT><BR><FONT SIZE=1>Rabu, 18 Juni 2025 10:15 WIB</FONT><P>{"<P>".join(PARAGRAPHS)}</TD>
    <TD WIDTH=150>Iklan<BR><A HREF=/i><IMG SRC=b.gif></A></TD></TR><TR><TD COLSPAN=3 ALIGN=center>
    <FONT SIZE=1>Hak cipta 2003 Contoh</FONT></TD></TR></TABLE></BODY></HTML>"""


LAYOUTS: tuple[Callable[[], str], ...] = (
    *(detik_like, kompas_like, tribun_like, liputan_like, tempo_like, cnn_like, antara_like),
    *(wordpress_like, blogspot_like, table_like),
)
