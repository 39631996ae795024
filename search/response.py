"""The answer, as web, command line and engines share it.

What is declared here is also what programs get: ``search.answers`` writes it as JSON, and the
documentation of the API describes that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Protocol

from index.bilingual import Text, listed
from index.fields import COUNTED, Counted, Facet
from index.light_dataclass import dataclass
from search.json_shapes import AsText, Keyword, Layout, StandsAs, described
from search.messages import message

Html = Annotated[
    str,
    Text(
        "HTML: <mark> elements around matches, everything else escaped.",
        "HTML: elemen <mark> mengapit kecocokan, selebihnya di-escape.",
    ),
]

Generation = Annotated[
    str, Text("The generation of the index that answered.", "Generasi indeks yang menjawab.")
]

Moment = Annotated[datetime, AsText(datetime.isoformat), Keyword("format", "date-time")]

_COUNTED = listed(Text(name, name) for name in COUNTED)


@described("ScorePartAnswer", Text("One addend of a score.", "Satu bagian penjumlahan skor."))
@dataclass(frozen=True, slots=True)
class ScorePart:
    """One addend of a hit's score: which word, through which term of which field.

    ``feature`` is ``bm25``; ``lead``, what the term gains by how early it stands in the body;
    ``answers``, a word that answers to the query's question stand beside; ``pairs``, two words
    that are neighbours in the query and in the body's opening; ``alike``, what lifts an article to
    the score of a better one that the query cannot tell from it; ``headline`` and ``verbatim``,
    what lifts an article that has the whole query as typed in its title or in its body above all
    that have not. ``pairs`` and ``alike`` have no field.
    """

    feature: str
    field: str
    word: str
    term: str
    value: float


@described(
    "ExplanationAnswer",
    Text(
        "How a score came about: factor times the sum of the parts' values.",
        "Asal sebuah skor: factor kali jumlah nilai bagian-bagiannya.",
    ),
)
@dataclass(frozen=True, slots=True)
class Explanation:
    """How a score came about: ``factor`` times the sum of the parts' values is the score."""

    score: float
    factor: float
    parts: tuple[ScorePart, ...]


@described("HitAnswer", Text("One article found.", "Satu artikel yang ditemukan."))
@dataclass(slots=True)
class Hit:
    """One article in an answer; nobody changes it. Frozen, it would take thrice as long to make.

    ``title_html`` and ``snippet_html`` are HTML, all escaped except the ``<mark>`` elements around
    matches. ``facets`` has those of which the article has a value. ``date`` is aware, in UTC.
    """

    id: str
    title: str
    title_html: Html
    snippet_html: Html
    url: str | None
    date: datetime | None
    facets: Annotated[Mapping[Facet, str], Layout.INLINE]
    score: Annotated[
        float | None,
        Text("null where the order is by date.", "null bila urutannya menurut tanggal."),
    ]
    missing: Annotated[
        tuple[str, ...],
        Text(
            "The words of the query that the article lacks, as they were typed.",
            "Kata-kata kueri yang tidak dimuat artikel ini, seperti diketik.",
        ),
    ]
    similar_count: Annotated[
        int,
        Text(
            "Other matching articles with the same text.",
            "Artikel cocok lain dengan teks yang sama.",
        ),
    ]
    explanation: Explanation | None = None
    body: Annotated[
        str,
        Text(
            "The whole text, where fields names it.",
            "Seluruh teks, bila disebut dalam fields.",
        ),
        Layout.OMITTED_WHEN_EMPTY,
    ] = ""


@described(
    "FacetValueAnswer",
    Text(
        "A value and the number of articles that have it.",
        "Nilai dan banyaknya artikel yang memilikinya.",
    ),
)
@dataclass(slots=True, unsafe_hash=True)
class FacetValue:
    """A value of a facet and the number of matching articles that have it, were it not filtered.

    Not frozen, as ``Hit``: an answer has some dozens.

    Neither what is chosen of the facet nor what is excluded of it changes the number: so many are
    found where this value alone is chosen.
    """

    value: str
    count: int
    selected: bool = False
    excluded: bool = False


@described(
    "BinAnswer",
    Text(
        "The hits from one day to another, both included.",
        "Hasil dari satu hari sampai hari lain, keduanya termasuk.",
    ),
)
@dataclass(slots=True)
class HistogramBin:
    """The matching articles of the days ``start`` to ``end``, both included, in Asia/Jakarta.

    Not frozen, as ``Hit``.
    """

    start: date
    end: date
    count: int


@described(
    "NoteAnswer",
    Text("Something to know of an answer.", "Hal yang perlu diketahui tentang jawaban."),
)
@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader should know of an answer; ``facts`` are what its sentence names."""

    code: str
    facts: Annotated[Mapping[str, str], StandsAs("message")] = field(default_factory=dict)
    position: Annotated[
        int | None,
        Text("The offset in the query, in characters.", "Letak dalam kueri, dalam karakter."),
    ] = None

    @property
    def message(
        self,
    ) -> Annotated[Text, Text("A sentence for the reader.", "Kalimat untuk pembaca.")]:
        """The note as a sentence."""
        return message(self.code, self.facts)


@described(
    "PartAnswer",
    Text("A part of the query, in words.", "Satu bagian kueri, dalam kata-kata."),
)
@dataclass(frozen=True, slots=True)
class Part:
    """A part of the query as it was understood."""

    text: Annotated[Text, Text("What it asks for.", "Yang dimintanya.")]
    query: Annotated[str, Text("The query without it.", "Kueri tanpa bagian itu.")]
    word: Annotated[
        bool,
        Text(
            "Whether it is a plain word, searched for everywhere.",
            "Apakah ia kata biasa yang dicari di mana saja.",
        ),
    ]
    optional: Annotated[
        bool,
        Text(
            "Whether it need not stand in an article, as a stop word.",
            "Apakah ia tidak harus ada dalam artikel, seperti kata umum.",
        ),
    ]


class Said(Protocol):
    """What can say a query back in parts."""

    @property
    def parts(self) -> tuple[Part, ...]: ...


@described(
    "OfferAnswer",
    Text(
        "A filter that some words of the query may stand for.",
        "Penyaring yang mungkin dimaksud sebagian kata kueri.",
    ),
)
@dataclass(frozen=True, slots=True)
class Offer:
    """A filter in place of words: what it leaves, and the query with it instead of them."""

    label: Annotated[Text, Text("What is left, for the reader.", "Yang tersisa, untuk pembaca.")]
    query: Annotated[
        str,
        Text(
            "The query with the filter in place of the words.",
            "Kueri dengan penyaring sebagai ganti kata-katanya.",
        ),
    ]


@described(
    "SearchAnswer",
    Text(
        "One page of hits and what is known of all of them.",
        "Satu halaman hasil dan keterangan tentang semuanya.",
    ),
)
@dataclass(slots=True)
class SearchResponse:
    """One page of hits and what is known of all of them; not frozen, as ``Hit``.

    ``question``: what says the query back, where that is asked for. The kernel ``answering`` gives
    the fields in their order here.
    """

    query: str
    corrected: Annotated[
        str | None,
        Text(
            "The query that was searched for in its place; null where words were left as they are.",
            "Kueri yang dicari sebagai gantinya; null bila kata-katanya dibiarkan.",
        ),
    ]
    total: Annotated[
        int,
        Text(
            "Articles that match as asked: with all words but those that need not stand there.",
            "Artikel yang cocok seperti diminta: memuat semua kata kecuali yang tidak harus ada.",
        ),
    ]
    partial_total: Annotated[
        int,
        Text(
            "Articles beside them that have only some of the words.",
            "Artikel selain itu yang hanya memuat sebagian kata.",
        ),
    ]
    listed: Annotated[
        int,
        Text(
            "The hits of all pages together: total, and partial_total where those are among them.",
            "Hasil di semua halaman: total, dan partial_total bila termasuk di dalamnya.",
        ),
    ]
    took_ms: float
    page: int
    per_page: int
    next_cursor: Annotated[
        str | None,
        Text(
            "The cursor of the next page; null on the last.",
            "cursor halaman berikutnya; null pada yang terakhir.",
        ),
    ]
    hits: tuple[Hit, ...]
    facets: Annotated[
        Mapping[Counted, tuple[FacetValue, ...]],
        Text(
            f"Values and their counts by {_COUNTED.english}.",
            f"Nilai dan banyaknya menurut {_COUNTED.indonesian}.",
        ),
    ]
    facet_totals: Annotated[
        Mapping[Counted, int],
        Text(
            "How many values there are by facet: those that any article counted has, and that"
            " facet_query is in.",
            "Banyaknya nilai menurut faset: yang dimiliki artikel yang dihitung, dan yang memuat"
            " facet_query.",
        ),
    ]
    histogram: Annotated[
        tuple[HistogramBin, ...], Text("Hits over time.", "Hasil sepanjang waktu.")
    ]
    undated: Annotated[
        int | None,
        Text(
            "Articles without a date, which no bin of the histogram has; null where that was not"
            " counted.",
            "Artikel tanpa tanggal, yang tidak termasuk batang histogram mana pun; null bila tidak"
            " dihitung.",
        ),
    ]
    suggestion: Annotated[
        str | None,
        Text(
            "A query that may have been meant; on the first page alone.",
            "Kueri yang mungkin dimaksud; hanya pada halaman pertama.",
        ),
    ]
    notes: tuple[Note, ...]
    question: Annotated[Said, StandsAs("understood")]
    partial: Annotated[
        bool,
        Text(
            "Something was cut short, and the notes say what: there may be more hits, or matches"
            " that are not marked.",
            "Ada yang dipotong, dan notes menyebutkannya: mungkin masih ada hasil lain, atau"
            " kecocokan yang tidak ditandai.",
        ),
    ]
    generation: Generation
    offers: Annotated[
        tuple[Offer, ...],
        Text(
            "Filters for days that stand among the words of the query; on the first page alone.",
            "Penyaring untuk tanggal yang ada di antara kata-kata kueri; hanya pada halaman"
            " pertama.",
        ),
    ] = ()

    @property
    def understood(
        self,
    ) -> Annotated[
        tuple[Part, ...],
        Text(
            "The query said back in parts, as it was searched for.",
            "Kueri diucapkan kembali per bagian, seperti yang dicari.",
        ),
    ]:
        """The parts of the query, made when somebody asks for them."""
        return self.question.parts


class SuggestionKind(StrEnum):
    """What completes a query."""

    WORD = "word"
    PHRASE = "phrase"
    HEADLINE = "headline"
    VALUE = "value"


@described(
    "SuggestionAnswer",
    Text(
        "A completed query and the number of titles or articles that have it.",
        "Kueri yang dilengkapi dan banyaknya judul atau artikel yang memuatnya.",
    ),
)
@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what was typed: the whole text to search for, and how many titles have it.

    ``kind``: a ``word`` that has nothing to do with the words before it; a word that makes a
    ``phrase`` with them; a ``headline``; the ``value`` of a field.

    ``count`` does not count the same things in all of one list, so that counts of different kinds
    must not be compared: of a ``word`` the titles that have it; of a ``phrase`` the titles that
    have the word behind as many words of what was typed as any title has, or all of them anywhere,
    and where none has, about how many bodies have the last two words side by side; of a
    ``headline`` or a ``value`` the articles with it.
    """

    text: str
    count: int
    kind: Annotated[
        SuggestionKind,
        AsText(str),
        Keyword("enum", tuple(one.value for one in SuggestionKind)),
        Text("What completes the query.", "Yang melengkapi kueri."),
    ]


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article with the text of one, as lists show it: without that text.

    ``facets``: its values, as in ``Hit``.
    """

    id: str
    title: str
    date: datetime | None
    facets: Mapping[Facet, str]


@described("StatisticsAnswer", Text("What the index holds now.", "Isi indeks saat ini."))
@dataclass(frozen=True, slots=True)
class Statistics:
    """What an index holds.

    ``bytes`` is its size on disk, ``terms`` counts distinct body stems; like ``segments`` they are
    None where the engine does not know them. ``version`` names the versions of schema and analyzer.
    ``rebuilt`` is when the index was last made from scratch, None where that is not known;
    ``skipped`` and ``repaired`` count by kind what the last command that read sources could not
    keep and what it mended.
    """

    articles: int
    segments: int | None
    terms: Annotated[int | None, Text("Distinct stems of bodies.", "Kata dasar berbeda dalam isi.")]
    bytes: Annotated[int | None, Text("Size on disk.", "Ukuran di cakram.")]
    generation: Generation
    published: Moment
    version: Annotated[
        str, Text("The versions of schema and analyzer.", "Versi skema dan penganalisis.")
    ]
    oldest: datetime | None
    newest: datetime | None
    facets: Mapping[Facet, tuple[FacetValue, ...]]
    command: Annotated[
        str | None,
        Text(
            "The command that published this generation; null where that is not known.",
            "Perintah yang menerbitkan generasi ini; null bila tidak diketahui.",
        ),
    ] = None
    rebuilt: Annotated[
        Moment | None,
        Text(
            "When the index was last rebuilt from scratch; null where that is not known.",
            "Saat indeks terakhir dibangun dari awal; null bila tidak diketahui.",
        ),
    ] = None
    skipped: Annotated[
        Mapping[str, int],
        Text(
            "Articles that the last rebuild or update could not keep, by kind of problem.",
            "Artikel yang tidak dapat dipakai rebuild atau update terakhir, menurut jenis masalah.",
        ),
    ] = field(default_factory=dict)
    repaired: Annotated[
        Mapping[str, int],
        Text(
            "Problems that the last rebuild or update mended, by their kind.",
            "Masalah yang diperbaiki rebuild atau update terakhir, menurut jenisnya.",
        ),
    ] = field(default_factory=dict)
