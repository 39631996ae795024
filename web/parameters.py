"""The parameters of every address: declared once, for validation, documentation and pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from werkzeug.datastructures import MultiDict

from index.bilingual import Text, listed
from index.dates import local_today
from index.fields import BY_NAME, COUNTED, LABELS, Facet
from index.light_dataclass import dataclass
from search.cursor import day_of
from search.limits import (
    LONGEST_RECENCY,
    MAX_DEPTH,
    MAX_EXPORTED,
    MAX_PER_PAGE,
    MAX_QUERY_CHARACTERS,
    SHORTEST_RECENCY,
)
from search.members import Members, narrowed, read_members
from search.query.days import LONGEST, counts_from_today, first_day, last_day
from search.query.given_days import days_meant
from search.request import Partial, SearchRequest, Sort
from search.response import Note
from web.arguments import BadParameter, BadParameters, Help, read
from web.facet_parameters import FacetListParameters, FilterParameters
from web.members_parameter import LENGTH, MEMBERS, MEMBERS_HELP, OF_SIMILAR, OF_SIMILAR_HELP
from web.parameter_types import DIGITS, Flag, Switch

MAX_ANALYZED_CHARACTERS = 600
"""The longest text to analyse; each character takes up to 12 bytes of the request line."""


def _naming(day: Callable[[str, date], date]) -> AfterValidator:
    def check(value: str) -> str:
        day(value, local_today())
        return value

    return AfterValidator(check)


FirstDay = Annotated[str, Field(max_length=LONGEST), _naming(first_day)]
LastDay = Annotated[str, Field(max_length=LONGEST), _naming(last_day)]

_FLAG = Text("true, false, 1 or 0", "true, false, 1, atau 0")
_DAY = Text(
    "days such as 2023-06-01, 16/06/2025, 2023-06, June 2023, 2023, yesterday, last week or 7d",
    "tanggal seperti 2023-06-01, 16/06/2025, 2023-06, juni 2023, 2023, kemarin, minggu lalu, atau"
    " 7d",
)
_COUNTED = listed([*(LABELS[one] for one in COUNTED), BY_NAME["date"].label])


class Parameters(BaseModel):
    """What every address takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: Annotated[
        Literal["id", "en"] | None,
        Help(
            Text(
                "The language of sentences in the answer. Otherwise the cookie lang and then "
                "Accept-Language decide; Indonesian is the default.",
                "Bahasa kalimat dalam jawaban. Jika tidak ada, kuki lang lalu Accept-Language "
                "yang menentukan; bawaannya bahasa Indonesia.",
            ),
            Text("id or en", "id atau en"),
        ),
    ] = None


class _AskingParameters(Parameters):
    """What a search asks for, in which order, and the page to show of it."""

    q: Annotated[
        str,
        Field(max_length=MAX_QUERY_CHARACTERS, examples=["banjir Jakarta"]),
        Help(
            Text(
                "The query as typed. An empty query matches every article.",
                "Kueri seperti diketik. Kueri kosong cocok dengan semua artikel.",
            ),
            Text(
                f"at most {MAX_QUERY_CHARACTERS} characters",
                f"paling banyak {MAX_QUERY_CHARACTERS} karakter",
            ),
        ),
    ] = ""
    page: Annotated[
        int,
        Field(ge=1, le=MAX_DEPTH),
        DIGITS,
        Help(
            Text(
                f"The number of the page. Pages reach the first {MAX_DEPTH} hits; "
                "cursor reaches all.",
                f"Nomor halaman. Halaman menjangkau {MAX_DEPTH} hasil pertama; "
                "cursor menjangkau semuanya.",
            ),
            Text(f"a whole number from 1 to {MAX_DEPTH}", f"bilangan bulat 1 sampai {MAX_DEPTH}"),
        ),
    ] = 1
    per_page: Annotated[
        int,
        Field(ge=1, le=MAX_PER_PAGE),
        DIGITS,
        Help(
            Text("Hits on a page.", "Jumlah hasil pada satu halaman."),
            Text(
                f"a whole number from 1 to {MAX_PER_PAGE}",
                f"bilangan bulat 1 sampai {MAX_PER_PAGE}",
            ),
        ),
    ] = 10
    cursor: Annotated[
        str | None,
        Field(max_length=500),
        Help(
            Text(
                "next_cursor of an earlier answer to the same question; it takes the place of "
                "page. Query, filters, days, sort, recency, collapse, correct, by date partial, "
                "and the server's ranking must be the same.",
                "next_cursor dari jawaban sebelumnya atas pertanyaan yang sama; menggantikan page. "
                "Kueri, penyaring, tanggal, sort, recency, collapse, correct, partial pada urutan "
                "tanggal, dan aturan peringkat server harus sama.",
            ),
            Text(
                "a next_cursor from an earlier answer", "sebuah next_cursor dari jawaban sebelumnya"
            ),
        ),
    ] = None
    sort: Annotated[
        Sort,
        Help(
            Text("The order of hits.", "Urutan hasil."),
            Text("relevance, newest or oldest", "relevance, newest, atau oldest"),
        ),
    ] = Sort.RELEVANCE


class HitsParameters(FilterParameters, _AskingParameters):
    """What a search takes, in every format."""

    date_from: Annotated[
        FirstDay | None,
        Field(alias="from", examples=["2023-06-01", "2023-06", "kemarin"]),
        Help(
            Text(
                "Only articles of this day (Asia/Jakarta) or later; of a month, a year or several "
                f"days, of their first. Takes {_DAY.english}.",
                "Hanya artikel dari tanggal ini (Asia/Jakarta) atau sesudahnya; dari bulan, tahun, "
                "atau beberapa hari, hari pertamanya. Menerima "
                f"{_DAY.indonesian}.",
            ),
            _DAY,
        ),
    ] = None
    date_to: Annotated[
        LastDay | None,
        Field(alias="to", examples=["2023-06-30", "2023", "minggu lalu"]),
        Help(
            Text(
                "Only articles of this day (Asia/Jakarta) or earlier; of a month, a year or "
                f"several days, of their last. Takes {_DAY.english}.",
                "Hanya artikel dari tanggal ini (Asia/Jakarta) atau sebelumnya; dari bulan, tahun, "
                "atau beberapa hari, hari terakhirnya. Menerima "
                f"{_DAY.indonesian}.",
            ),
            _DAY,
        ),
    ] = None
    recency: Annotated[
        float | None,
        Field(ge=SHORTEST_RECENCY, le=LONGEST_RECENCY, allow_inf_nan=False),
        Help(
            Text(
                "A half-life in days: an article that old scores half.",
                "Waktu paruh dalam hari: skor artikel setua itu menjadi separuh.",
            ),
            Text(
                f"a number of days from {SHORTEST_RECENCY} to {LONGEST_RECENCY}",
                f"jumlah hari dari {SHORTEST_RECENCY} sampai {LONGEST_RECENCY}",
            ),
        ),
    ] = None
    collapse: Annotated[
        Flag,
        Help(
            Text(
                "Shows only the best of the articles that have the same text.",
                "Hanya menampilkan yang terbaik dari artikel yang teksnya sama.",
            ),
            _FLAG,
        ),
    ] = False
    partial: Annotated[
        Partial,
        Help(
            Text(
                "Articles with only some of the words: follow puts them after those with all, in "
                "order of relevance; with counts and lists them as the others; off leaves them "
                "out.",
                "Artikel yang hanya memuat sebagian kata: follow menaruhnya setelah yang memuat "
                "semua, dalam urutan relevansi; with menghitung dan menampilkannya seperti yang "
                "lain; off tidak menampilkannya.",
            ),
            Text("follow, with or off", "follow, with, atau off"),
        ),
    ] = Partial.FOLLOW
    correct: Annotated[
        Switch,
        Help(
            Text(
                "Whether a word that no article has may be replaced by the one that was meant.",
                "Apakah kata yang tidak dimuat artikel mana pun boleh diganti dengan yang "
                "dimaksud.",
            ),
            Text("on, off, true, false, 1 or 0", "on, off, true, false, 1, atau 0"),
        ),
    ] = True
    facets: Annotated[
        Flag,
        Help(
            Text(
                f"Counts the hits by {_COUNTED.english.lower()}.",
                f"Menghitung hasil menurut {_COUNTED.indonesian.lower()}.",
            ),
            _FLAG,
        ),
    ] = True
    explain: Annotated[
        Flag,
        Help(
            Text(
                "Shows for each hit how its score came about.",
                "Menunjukkan asal skor setiap hasil.",
            ),
            _FLAG,
        ),
    ] = False


class SearchParameters(FacetListParameters, HitsParameters):
    """What a search takes on the page, which lists values of facets."""


class RowsParameters(HitsParameters):
    """What a search takes whose hits may be asked for all at once."""

    fields: Annotated[str | None, MEMBERS, LENGTH, MEMBERS_HELP] = None

    everything: Annotated[
        Flag | None,
        Field(alias="all"),
        Help(
            Text(
                f"All hits instead of a page, or those after cursor, at most {MAX_EXPORTED}: the "
                "articles with all the words or, where there are none, those with some; partial "
                "says otherwise. page and per_page then mean nothing. /search.csv and "
                "/search.jsonl do so unless page, per_page or cursor is given.",
                "Semua hasil alih-alih satu halaman, atau yang setelah cursor, paling banyak "
                f"{MAX_EXPORTED}: artikel yang memuat semua kata atau, bila tidak ada, yang memuat "
                "sebagian; partial menentukan lain. page dan per_page lalu tidak berarti. "
                "/search.csv dan /search.jsonl melakukannya kecuali page, per_page, atau cursor "
                "diberikan.",
            ),
            _FLAG,
        ),
    ] = None


class ExportParameters(FacetListParameters, RowsParameters):
    """What such a search takes that lists values of facets beside the hits."""


class SimilarParameters(Parameters):
    """What the list of similar articles takes."""

    limit: Annotated[
        int,
        Field(ge=1, le=MAX_PER_PAGE),
        DIGITS,
        Help(
            Text("The most articles to list.", "Jumlah artikel maksimum."),
            Text(
                f"a whole number from 1 to {MAX_PER_PAGE}",
                f"bilangan bulat 1 sampai {MAX_PER_PAGE}",
            ),
        ),
    ] = 10
    fields: Annotated[str | None, OF_SIMILAR, LENGTH, OF_SIMILAR_HELP] = None


class ArticleParameters(Parameters):
    """Which article is meant, whatever its id is made of."""

    id: Annotated[
        str,
        Field(min_length=1),
        Help(
            Text("The id of the article, as hits name it.", "Id artikel, seperti dalam hasil."),
            Text("the id of an article", "id sebuah artikel"),
        ),
    ]


class SimilarToParameters(ArticleParameters, SimilarParameters):
    """What the list of articles similar to one takes, whatever the id of that one is made of."""


class SuggestParameters(Parameters):
    """What the completion of a query takes."""

    q: Annotated[
        str,
        Field(max_length=MAX_QUERY_CHARACTERS, examples=["banj"]),
        Help(
            Text("What has been typed so far.", "Yang sudah diketik."),
            Text(
                f"at most {MAX_QUERY_CHARACTERS} characters",
                f"paling banyak {MAX_QUERY_CHARACTERS} karakter",
            ),
        ),
    ] = ""
    limit: Annotated[
        int,
        Field(ge=1, le=50),
        DIGITS,
        Help(
            Text("The most completions to list.", "Jumlah saran maksimum."),
            Text("a whole number from 1 to 50", "bilangan bulat 1 sampai 50"),
        ),
    ] = 10


class AnalyzeParameters(Parameters):
    """What the analysis of a text takes."""

    text: Annotated[
        str,
        Field(max_length=MAX_ANALYZED_CHARACTERS, examples=["Pemerintah memberlakukan pembatasan"]),
        Help(
            Text(
                "The text to cut into words and stem.",
                "Teks untuk dipotong dan dicari kata dasarnya.",
            ),
            Text(
                f"at most {MAX_ANALYZED_CHARACTERS} characters",
                f"paling banyak {MAX_ANALYZED_CHARACTERS} karakter",
            ),
        ),
    ] = ""


def search_request(
    arguments: MultiDict[str, str],
    model: type[HitsParameters] = SearchParameters,
    *,
    ignore_unknown: bool = False,
    facet_limit: int | None = None,
) -> SearchRequest:
    """The question that the arguments of an address ask; see ``read`` and ``request_of``.

    Raises ``BadParameters``.
    """
    parameters = read(model, arguments, ignore_unknown=ignore_unknown)
    return _one_request(parameters, facet_limit)


@dataclass(frozen=True, slots=True)
class ExportQuestion:
    """A question, and whether all hits are asked for: None where only ``paged`` can tell.

    ``paged``: whether a page, its size or a cursor was given. ``members``: what the answer holds.
    """

    request: SearchRequest
    everything: bool | None
    paged: bool
    members: Members


def export_question(arguments: MultiDict[str, str], model: type[RowsParameters]) -> ExportQuestion:
    """What the arguments of an address ask of which all may be given.

    Raises ``BadParameters`` and ``RequestError``.
    """
    parameters = read(model, arguments)
    paged = not parameters.model_fields_set.isdisjoint(("page", "per_page", "cursor"))
    members = read_members(parameters.fields or "")
    request = narrowed(_one_request(parameters), members)
    return ExportQuestion(request, parameters.everything, paged, members)


def _one_request(parameters: HitsParameters, facet_limit: int | None = None) -> SearchRequest:
    return request_of(
        parameters, parameters.q, parameters.page, parameters.cursor, facet_limit=facet_limit
    )


def _counting(text: str | None) -> str:
    return text if text is not None and counts_from_today(text) else ""


_EXCLUSIONS = {facet: f"exclude_{facet}" for facet in Facet}
_FILTERS = frozenset({*Facet, *_EXCLUSIONS.values()})
_FACET_LISTS = frozenset(FacetListParameters.model_fields)


def _of_facets(parameters: HitsParameters) -> dict[str, Any]:
    """What is given of filters and of lists of values; of all else a question has the default."""
    given = parameters.model_fields_set
    asked: dict[str, Any] = {name: getattr(parameters, name) for name in given & _FACET_LISTS}
    if not given.isdisjoint(_FILTERS):
        asked["filters"] = {facet: getattr(parameters, facet) for facet in Facet}
        asked["excluded"] = {one: getattr(parameters, name) for one, name in _EXCLUSIONS.items()}
    return asked


def request_of(
    parameters: HitsParameters,
    query: str,
    page: int = 1,
    cursor: str | None = None,
    *,
    facet_limit: int | None = None,
) -> SearchRequest:
    """What the parameters ask with the query, at a page or behind a cursor.

    ``facet_limit`` takes the place of theirs.
    Days count from today, or from the day of the cursor's first page. Raises ``BadParameters``
    where the first day is after the last.
    """
    today = day_of(cursor, parameters.sort)
    of_facets = _of_facets(parameters)
    if facet_limit is not None:
        of_facets["facet_limit"] = facet_limit
    first = last = None
    notes: tuple[Note, ...] = ()
    if parameters.date_from is not None:
        first = first_day(parameters.date_from, today)
        notes += days_meant(parameters.date_from, today, last=False)
    if parameters.date_to is not None:
        last = last_day(parameters.date_to, today)
        notes += days_meant(parameters.date_to, today, last=True)
    if first and last and first > last:
        allowed = Text(f"a date up to {last}, that of “to”", f"tanggal sampai {last}, yaitu “to”")
        raise BadParameters((BadParameter("from", str(first), allowed),))
    return SearchRequest(
        query=query,
        page=page,
        per_page=parameters.per_page,
        cursor=cursor,
        sort=parameters.sort,
        years=parameters.year,
        months=parameters.month,
        excluded_years=parameters.exclude_year,
        excluded_months=parameters.exclude_month,
        date_from=first,
        date_to=last,
        typed_from=_counting(parameters.date_from),
        typed_to=_counting(parameters.date_to),
        recency=parameters.recency,
        collapse=parameters.collapse,
        partial=parameters.partial,
        correct=parameters.correct,
        facets=parameters.facets,
        explain=parameters.explain,
        today=today,
        notes=notes,
        **of_facets,
    )
