"""The list of the API's endpoints."""

from __future__ import annotations

from index.article import Article
from index.bilingual import Text
from search.answers import Analysis, Suggestions
from search.limits import MAX_EXPORTED
from search.many import Many
from search.response import SearchResponse, Statistics
from web.api.endpoints import Endpoint
from web.parameters import (
    AnalyzeParameters,
    ArticleParameters,
    ExportParameters,
    HitsParameters,
    Parameters,
    RowsParameters,
    SimilarParameters,
    SimilarToParameters,
    SuggestParameters,
)
from web.several import MAX_QUERIES, SearchesParameters

PREFIX = "/api/v1"
JSON = "application/json"
SEARCH_JSONL_PATH = "/search.jsonl"

_TOLD = Text(
    "Headers tell what rows cannot: Warta-Total how many there are; Warta-Partial that there are "
    "more than an export may have; Warta-Corrected, percent-encoded, what was searched for "
    "instead. If it cannot be finished, the connection is ended before the last piece.",
    "Header menyebut yang tidak ada tempatnya dalam baris: Warta-Total, jumlah semuanya; "
    "Warta-Partial, bahwa jumlahnya melebihi batas sekali ekspor; Warta-Corrected, dengan "
    "pengodean persen, kueri yang dicari sebagai gantinya. Bila tidak dapat diselesaikan, koneksi "
    "diputus sebelum potongan terakhir.",
)

SEARCH = Endpoint(
    name="search",
    path=f"{PREFIX}/search",
    summary=Text("Search", "Cari"),
    description=Text(
        "One page of the articles that match, with facets, a histogram by date and notes. With "
        "all=true all of them in the same shape, sent as they are found: page and per_page are "
        "those of its beginning, and where there are more next_cursor leads on and the header "
        "Warta-Partial says so. If it cannot be finished, the connection is ended within the "
        "document.",
        "Satu halaman artikel yang cocok, dengan faset, histogram tanggal, dan catatan. Dengan "
        "all=true semuanya dalam bentuk yang sama, dikirim sambil ditemukan: page dan per_page "
        "milik awalnya, dan bila masih ada, next_cursor melanjutkan dan header Warta-Partial "
        "menyebutnya. Bila tidak dapat diselesaikan, koneksi diputus di tengah dokumen.",
    ),
    parameters=ExportParameters,
    media_type=JSON,
    answer=SearchResponse,
    example=f"{PREFIX}/search?q=banjir+Jakarta&per_page=3",
)
SEARCHES = Endpoint(
    name="searches",
    path=f"{PREFIX}/searches",
    summary=Text("Several searches", "Beberapa pencarian"),
    description=Text(
        f"Totals and first hits for up to {MAX_QUERIES} queries at once, in their order, all of "
        "one generation. All other parameters hold for each of them. Together they have the time "
        "of one search: what is not reached by then is null in its place and counted in "
        "unanswered, and partial is true. Where requests are limited, each query counts as one. A "
        "q that is too long refuses all; the problem names its place.",
        f"Total dan hasil pertama untuk sampai {MAX_QUERIES} kueri sekaligus, menurut urutannya, "
        "semuanya dari satu generasi. Semua parameter lain berlaku untuk masing-masing. Waktunya "
        "bersama sama dengan satu pencarian: yang belum sempat dicari bernilai null di tempatnya, "
        "terhitung dalam unanswered, dan partial bernilai true. Bila permintaan dibatasi, setiap "
        "kueri terhitung satu. Satu q yang terlalu panjang menolak semuanya; masalahnya menyebut "
        "tempatnya.",
    ),
    parameters=SearchesParameters,
    media_type=JSON,
    answer=Many,
    example=f"{PREFIX}/searches?q=banjir+Jakarta&q=gempa+-Ambon&fields=total,id,title",
)
SEARCH_JSON = Endpoint(
    name="search_json",
    path="/search.json",
    summary=Text("Search, as JSON", "Cari, sebagai JSON"),
    description=Text(
        f"The same answer as {SEARCH.path}, beside the page /search.",
        f"Jawaban yang sama dengan {SEARCH.path}, di samping halaman /search.",
    ),
    parameters=ExportParameters,
    media_type=JSON,
    answer=SearchResponse,
    example="/search.json?q=banjir&sort=newest&all=true",
)
SEARCH_RSS = Endpoint(
    name="search_rss",
    path="/search.rss",
    summary=Text("Search, as an RSS feed", "Cari, sebagai umpan RSS"),
    description=Text(
        "The hits of a page as RSS 2.0; with sort=newest a feed to subscribe to.",
        "Hasil satu halaman sebagai RSS 2.0; dengan sort=newest menjadi umpan langganan.",
    ),
    parameters=HitsParameters,
    media_type="application/rss+xml",
    answer=None,
    example="/search.rss?q=banjir&sort=newest",
)
SEARCH_ATOM = Endpoint(
    name="search_atom",
    path="/search.atom",
    summary=Text("Search, as an Atom feed", "Cari, sebagai umpan Atom"),
    description=Text(
        "The hits of a page as Atom (RFC 4287); with sort=newest a feed to subscribe to.",
        "Hasil satu halaman sebagai Atom (RFC 4287); dengan sort=newest menjadi umpan langganan.",
    ),
    parameters=HitsParameters,
    media_type="application/atom+xml",
    answer=None,
    example="/search.atom?q=banjir&sort=newest",
)
SEARCH_CSV = Endpoint(
    name="search_csv",
    path="/search.csv",
    summary=Text("Search, as a table", "Cari, sebagai tabel"),
    description=Text(
        f"All hits, at most {MAX_EXPORTED}, or those of a page, as CSV in UTF-8 with a header, "
        f"sent as they are found. {_TOLD.english} fields chooses the columns. missing has the "
        "words that an article lacks. A cell that a spreadsheet would take for a formula begins "
        f"with an apostrophe; {SEARCH_JSONL_PATH} gives texts as they are.",
        f"Semua hasil, paling banyak {MAX_EXPORTED}, atau hasil satu halaman, sebagai CSV dalam "
        f"UTF-8 dengan kepala kolom, dikirim sambil ditemukan. {_TOLD.indonesian} fields memilih "
        "kolom. missing berisi kata yang tidak dimuat artikel. Sel yang akan dianggap rumus oleh "
        f"lembar kerja diawali apostrof; {SEARCH_JSONL_PATH} memberi teks apa adanya.",
    ),
    parameters=RowsParameters,
    media_type="text/csv",
    answer=None,
    example="/search.csv?q=banjir&sort=newest",
)
SEARCH_JSONL = Endpoint(
    name="search_jsonl",
    path=SEARCH_JSONL_PATH,
    summary=Text("Search, as lines of JSON", "Cari, sebagai baris JSON"),
    description=Text(
        f"All hits, at most {MAX_EXPORTED}, or those of a page, each as the JSON object of a hit "
        f"on a line of its own, sent as they are found. {_TOLD.english} fields chooses what a line "
        "holds.",
        f"Semua hasil, paling banyak {MAX_EXPORTED}, atau hasil satu halaman, masing-masing "
        "sebagai objek JSON di barisnya sendiri, dikirim sambil ditemukan. "
        f"{_TOLD.indonesian} fields memilih isi baris.",
    ),
    parameters=RowsParameters,
    media_type="application/x-ndjson",
    answer=None,
    example="/search.jsonl?q=banjir&fields=id,date,title",
)
ARTICLE = Endpoint(
    name="article",
    path=f"{PREFIX}/articles/{{id}}",
    summary=Text("An article", "Sebuah artikel"),
    description=Text(
        "The article as it is stored. An id with a . or .. between slashes, which clients resolve, "
        f"is asked for at {PREFIX}/articles?id=.",
        "Artikel seperti tersimpan. Id dengan . atau .. di antara garis miring, yang diuraikan "
        f"oleh klien, ditanyakan di {PREFIX}/articles?id=.",
    ),
    parameters=Parameters,
    media_type=JSON,
    answer=Article,
    example=f"{PREFIX}/articles/ID",
)
SIMILAR = Endpoint(
    name="similar",
    path=f"{PREFIX}/articles/{{id}}/similar",
    summary=Text("Similar articles", "Artikel serupa"),
    description=Text(
        "Articles about the same matter, without the article itself, in the shape of a search. An "
        "article whose own id ends with /similar is answered as itself; "
        f"{PREFIX}/similar?id= never mistakes one for the other.",
        "Artikel tentang hal yang sama, tanpa artikel itu sendiri, dalam bentuk jawaban pencarian. "
        "Artikel yang idnya sendiri berakhir dengan /similar dijawab sebagai artikel itu; "
        f"{PREFIX}/similar?id= tidak pernah tertukar.",
    ),
    parameters=SimilarParameters,
    media_type=JSON,
    answer=SearchResponse,
    example=f"{PREFIX}/articles/ID/similar?limit=5",
)
ARTICLE_BY_ID = Endpoint(
    name="article_by_id",
    path=f"{PREFIX}/articles",
    summary=Text("An article of any id", "Artikel dengan id apa pun"),
    description=Text(
        f"The same answer as {ARTICLE.path}, for ids that cannot stand in a path.",
        f"Jawaban yang sama dengan {ARTICLE.path}, untuk id yang tidak dapat ditulis dalam alamat.",
    ),
    parameters=ArticleParameters,
    media_type=JSON,
    answer=Article,
    example=f"{PREFIX}/articles?id=ID",
)
SIMILAR_BY_ID = Endpoint(
    name="similar_by_id",
    path=f"{PREFIX}/similar",
    summary=Text("Articles similar to one of any id", "Artikel serupa dengan id apa pun"),
    description=Text(
        f"The same answer as {SIMILAR.path}, for ids that cannot stand in a path.",
        f"Jawaban yang sama dengan {SIMILAR.path}, untuk id yang tidak dapat ditulis dalam alamat.",
    ),
    parameters=SimilarToParameters,
    media_type=JSON,
    answer=SearchResponse,
    example=f"{PREFIX}/similar?id=ID&limit=5",
)
SUGGEST = Endpoint(
    name="suggest",
    path=f"{PREFIX}/suggest",
    summary=Text("Completions", "Saran pelengkap"),
    description=Text(
        "Queries that complete what was typed, the likeliest first, then whole headlines. Behind"
        " the name of a field its values. One typo is forgiven where nothing else completes it.",
        "Kueri yang melengkapi ketikan, yang termungkin lebih dulu, lalu judul utuh."
        " Di belakang nama isian, nilainya. Satu salah ketik dimaafkan bila tidak ada yang lain.",
    ),
    parameters=SuggestParameters,
    media_type=JSON,
    answer=Suggestions,
    example=f"{PREFIX}/suggest?q=banj",
)
ANALYZE = Endpoint(
    name="analyze",
    path=f"{PREFIX}/analyze",
    summary=Text("Words and stems", "Kata dan kata dasarnya"),
    description=Text(
        "How each word of a text is cut out and stemmed, and by which rule.",
        "Cara setiap kata sebuah teks dipotong dan dicari kata dasarnya, dan menurut aturan mana.",
    ),
    parameters=AnalyzeParameters,
    media_type=JSON,
    answer=Analysis,
    example=f"{PREFIX}/analyze?text=Pemerintah+memberlakukan+pembatasan",
    reads_index=False,
)
STATISTICS = Endpoint(
    name="stats",
    path=f"{PREFIX}/stats",
    summary=Text("The index", "Indeks"),
    description=Text("What the index holds now.", "Isi indeks saat ini."),
    parameters=Parameters,
    media_type=JSON,
    answer=Statistics,
    example=f"{PREFIX}/stats",
)
OPENAPI = Endpoint(
    name="openapi",
    path=f"{PREFIX}/openapi.json",
    summary=Text("This document", "Dokumen ini"),
    description=Text(
        "The description of the API in OpenAPI 3.1.", "Pemerian API ini dalam OpenAPI 3.1."
    ),
    parameters=Parameters,
    media_type=JSON,
    answer=None,
    example=f"{PREFIX}/openapi.json?lang=en",
    reads_index=False,
)

ENDPOINTS = (
    SEARCH,
    SEARCHES,
    ARTICLE,
    SIMILAR,
    ARTICLE_BY_ID,
    SIMILAR_BY_ID,
    SUGGEST,
    ANALYZE,
    STATISTICS,
    OPENAPI,
    SEARCH_JSON,
    SEARCH_RSS,
    SEARCH_ATOM,
    SEARCH_CSV,
    SEARCH_JSONL,
)
"""All of them, in the order of the documentation."""
