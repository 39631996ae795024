"""The shapes of the JSON answers, from which the documentation is made."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict  # pydantic reads the standard one from Python 3.12 on

from web.api.schema import Means, shape

Html = Annotated[
    str,
    Means(
        "HTML: <mark> elements around matches, everything else escaped.",
        "HTML: elemen <mark> mengapit kecocokan, selebihnya di-escape.",
    ),
]
Moment = Annotated[
    str,
    Means(
        "ISO 8601: a day, or a moment with its zone where the time is known.",
        "ISO 8601: hari, atau saat dengan zonanya bila waktunya diketahui.",
    ),
    Field(examples=["2023-06-01"]),
]
Generation = Annotated[
    str,
    Means(
        "The generation of the index that answered.",
        "Generasi indeks yang menjawab.",
    ),
]


@shape("Satu bagian penjumlahan skor.")
class ScorePartAnswer(TypedDict):
    """One addend of a score."""

    feature: str
    field: str
    word: str
    term: str
    value: float


@shape("Asal sebuah skor: factor kali jumlah nilai bagian-bagiannya.")
class ExplanationAnswer(TypedDict):
    """How a score came about: factor times the sum of the parts' values."""

    score: float
    factor: float
    parts: list[ScorePartAnswer]


@shape("Satu artikel yang ditemukan.")
class HitAnswer(TypedDict):
    """One article found."""

    id: str
    title: str
    title_html: Html
    snippet_html: Html
    url: str | None
    date: Moment | None
    source: str | None
    category: str | None
    place: str | None
    author: str | None
    score: Annotated[
        float | None,
        Means("null where the order is by date.", "null bila urutannya menurut tanggal."),
    ]
    similar_count: Annotated[
        int,
        Means(
            "Other matching articles with the same text.",
            "Artikel cocok lain dengan teks yang sama.",
        ),
    ]
    explanation: ExplanationAnswer | None


@shape("Nilai dan banyaknya artikel yang memilikinya.")
class FacetValueAnswer(TypedDict):
    """A value and the number of articles that have it."""

    value: str
    count: int
    selected: bool


@shape("Hasil dari satu hari sampai hari lain, keduanya termasuk.")
class BinAnswer(TypedDict):
    """The hits from one day to another, both included."""

    start: Annotated[str, Field(json_schema_extra={"format": "date"})]
    end: Annotated[str, Field(json_schema_extra={"format": "date"})]
    count: int


@shape("Hal yang perlu diketahui tentang jawaban.")
class NoteAnswer(TypedDict):
    """Something to know of an answer."""

    code: str
    message: Annotated[str, Means("A sentence for the reader.", "Kalimat untuk pembaca.")]
    position: Annotated[
        int | None,
        Means("The offset in the query, in characters.", "Letak dalam kueri, dalam karakter."),
    ]


@shape("Satu halaman hasil dan keterangan tentang semuanya.")
class SearchAnswer(TypedDict):
    """One page of hits and what is known of all of them."""

    query: str
    total: Annotated[int, Means("Articles that match.", "Banyaknya artikel yang cocok.")]
    took_ms: float
    page: int
    per_page: int
    next_cursor: Annotated[
        str | None,
        Means(
            "The cursor of the next page; null on the last.",
            "cursor halaman berikutnya; null pada yang terakhir.",
        ),
    ]
    hits: list[HitAnswer]
    facets: Annotated[
        dict[str, list[FacetValueAnswer]],
        Means(
            "Values and their counts by source, category, place and author.",
            "Nilai dan banyaknya menurut source, category, place, dan author.",
        ),
    ]
    histogram: Annotated[list[BinAnswer], Means("Hits over time.", "Hasil sepanjang waktu.")]
    suggestion: Annotated[
        str | None,
        Means("A query that may have been meant.", "Kueri yang mungkin dimaksud."),
    ]
    notes: list[NoteAnswer]
    partial: Annotated[
        bool,
        Means(
            "The search ran out of time; there may be more.",
            "Waktu pencarian habis; mungkin masih ada yang lain.",
        ),
    ]
    generation: Generation


@shape("Artikel yang tersimpan.")
class ArticleAnswer(TypedDict):
    """A stored article."""

    id: str
    title: str
    body: Annotated[
        str,
        Means("Plain text; a line is a paragraph.", "Teks polos; satu baris satu paragraf."),
    ]
    date: Moment | None
    url: str | None
    source: str | None
    category: str | None
    place: str | None
    author: str | None


@shape("Kueri yang dilengkapi dan banyaknya judul yang memuatnya.")
class SuggestionAnswer(TypedDict):
    """A completed query and the number of titles that have it."""

    text: str
    count: int


@shape("Saran pelengkap, yang tersering lebih dulu.")
class SuggestionsAnswer(TypedDict):
    """Completions, the most frequent first."""

    suggestions: list[SuggestionAnswer]


@shape("Satu kata dari teks yang dianalisis.")
class TokenAnswer(TypedDict):
    """One word of an analysed text."""

    text: str
    start: Annotated[int, Means("Offset in characters.", "Letak dalam karakter.")]
    end: int
    position: int
    surface: Annotated[str, Means("The form as it is matched.", "Bentuk yang dicocokkan.")]
    stem: str
    term: Annotated[str, Means("What stands in the index.", "Yang ada di indeks.")]
    rule: Annotated[str, Means("What made the stem.", "Yang menghasilkan kata dasar.")]
    parts: Annotated[list[str], Means("Affixes and root.", "Imbuhan dan kata dasar.")]


@shape("Kata-kata sebuah teks, berurutan.")
class AnalysisAnswer(TypedDict):
    """The words of a text, in order."""

    tokens: list[TokenAnswer]


@shape("Isi indeks saat ini.")
class StatisticsAnswer(TypedDict):
    """What the index holds now."""

    articles: int
    segments: int
    terms: Annotated[int, Means("Distinct stems of bodies.", "Kata dasar berbeda dalam isi.")]
    bytes: Annotated[int, Means("Size on disk.", "Ukuran di cakram.")]
    generation: Generation
    published: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    version: Annotated[
        str,
        Means("The versions of schema and analyzer.", "Versi skema dan penganalisis."),
    ]
    oldest: Moment | None
    newest: Moment | None
    facets: dict[str, list[FacetValueAnswer]]


@shape("Satu parameter yang tidak dapat diterima.")
class ParameterProblem(TypedDict):
    """One parameter that is not allowed."""

    parameter: Annotated[str, Field(examples=["per_page"])]
    given: Annotated[str, Field(examples=["1000"])]
    allowed: Annotated[str, Field(examples=["a whole number from 1 to 100"])]


@shape("Dokumen masalah menurut RFC 9457.")
class Problem(TypedDict):
    """A problem document as in RFC 9457."""

    type: Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
    title: str
    status: int
    detail: Annotated[str, Means("What went wrong, for the reader.", "Yang keliru, untuk pembaca.")]
    instance: Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
    errors: NotRequired[list[ParameterProblem]]
