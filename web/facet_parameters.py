"""The parameters of what articles are counted by: facets, years and months.

They choose and exclude articles by values, and say which values stand in an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, create_model

from index.bilingual import Text
from index.fields import BY_NAME, PERIOD_EXAMPLES, Facet, Period
from search.limits import FACET_VALUES, MAX_FACET_OFFSET, MAX_FACET_VALUES
from search.query.days import LONGEST
from search.query.periods import period_of
from search.request import FacetSort
from web.arguments import Help
from web.parameter_types import DIGITS

MAX_VALUES = 20
"""How often a filter may be repeated."""

MAX_VALUE_CHARACTERS = 500
"""The longest value of a filter, so long as a query may be."""

Value = Annotated[str, StringConstraints(min_length=1, max_length=MAX_VALUE_CHARACTERS)]
Values = Annotated[tuple[Value, ...], Field(max_length=MAX_VALUES)]


def _period(period: Period) -> AfterValidator:
    return AfterValidator(lambda value: period_of(value, period))


_Year = Annotated[
    str, Field(max_length=LONGEST, examples=[PERIOD_EXAMPLES[Period.YEAR]]), _period(Period.YEAR)
]
_Month = Annotated[
    str, Field(max_length=LONGEST, examples=[PERIOD_EXAMPLES[Period.MONTH]]), _period(Period.MONTH)
]
Years = Annotated[tuple[_Year, ...], Field(max_length=MAX_VALUES)]
Months = Annotated[tuple[_Month, ...], Field(max_length=MAX_VALUES)]

_VALUES = Text(
    f"up to {MAX_VALUES} values of at most {MAX_VALUE_CHARACTERS} characters",
    f"paling banyak {MAX_VALUES} nilai dengan paling banyak {MAX_VALUE_CHARACTERS} karakter",
)
_YEARS = Text(
    f"up to {MAX_VALUES} years such as 2017", f"paling banyak {MAX_VALUES} tahun seperti 2017"
)
_MONTHS = Text(
    f"up to {MAX_VALUES} months such as 2017-05 or May 2017",
    f"paling banyak {MAX_VALUES} bulan seperti 2017-05 atau mei 2017",
)


def _filter(facet: Facet) -> Any:
    """The type and the default of the parameter that filters by the facet."""
    field = BY_NAME[facet]
    assert field.filters is not None
    return Annotated[Values, Help(field.filters, _VALUES)], ()


def _exclusion(facet: Facet) -> Any:
    """The type and the default of the parameter that excludes values of the facet."""
    label = BY_NAME[facet].label
    meaning = Text(
        f"No article with this {label.english.lower()}; repeat it to exclude several. Articles"
        f" without any stay. If no value matches exactly, those with words of it are excluded; ="
        " before it requires the whole value.",
        f"Tanpa artikel dengan {label.indonesian.lower()} ini; ulangi untuk mengecualikan beberapa."
        " Artikel tanpa nilai tetap ada. Bila tidak ada nilai yang persis sama, yang memuat"
        " sebagian katanya dikecualikan; = di depannya meminta nilai utuh.",
    )
    return Annotated[Values, Help(meaning, _VALUES)], ()


if TYPE_CHECKING:
    _FacetFilters = BaseModel  # filters are only read by the names of their facets
else:
    _FacetFilters = create_model(
        "_FacetFilters",
        **{facet.value: _filter(facet) for facet in Facet},
        **{f"exclude_{facet}": _exclusion(facet) for facet in Facet},
    )


class FilterParameters(_FacetFilters):
    """The values that articles must or must not have."""

    year: Annotated[
        Years,
        Help(
            Text(
                "Only articles of this year (Asia/Jakarta); repeat it to allow several.",
                "Hanya artikel dari tahun ini (Asia/Jakarta); ulangi untuk beberapa tahun.",
            ),
            _YEARS,
        ),
    ] = ()
    month: Annotated[
        Months,
        Help(
            Text(
                "Only articles of this month (Asia/Jakarta), such as 2017-05 or May 2017; repeat it"
                " to allow several. With year, both must fit.",
                "Hanya artikel dari bulan ini (Asia/Jakarta), seperti 2017-05 atau mei 2017; ulangi"
                " untuk beberapa bulan. Bersama year, keduanya harus cocok.",
            ),
            _MONTHS,
        ),
    ] = ()
    exclude_year: Annotated[
        Years,
        Help(
            Text(
                "No article of this year; articles without a date stay.",
                "Tanpa artikel dari tahun ini; artikel tanpa tanggal tetap ada.",
            ),
            _YEARS,
        ),
    ] = ()
    exclude_month: Annotated[
        Months,
        Help(
            Text(
                "No article of this month; articles without a date stay.",
                "Tanpa artikel dari bulan ini; artikel tanpa tanggal tetap ada.",
            ),
            _MONTHS,
        ),
    ] = ()


class FacetListParameters(BaseModel):
    """Which values of each facet stand in an answer, named as in ``SearchRequest``."""

    facet_limit: Annotated[
        int,
        Field(ge=0, le=MAX_FACET_VALUES),
        DIGITS,
        Help(
            Text(
                "Values of each facet in the answer. facet_totals says how many there are;"
                " facet_offset leads on.",
                "Jumlah nilai tiap faset dalam jawaban. facet_totals menyebut banyaknya semua;"
                " facet_offset melanjutkan.",
            ),
            Text(
                f"a whole number from 0 to {MAX_FACET_VALUES}",
                f"bilangan bulat 0 sampai {MAX_FACET_VALUES}",
            ),
        ),
    ] = FACET_VALUES
    facet_offset: Annotated[
        int,
        Field(ge=0, le=MAX_FACET_OFFSET),
        DIGITS,
        Help(
            Text(
                "How many values of each facet are passed over. Without it and facet_query, values"
                " that are chosen or excluded always stand in the answer.",
                "Banyaknya nilai tiap faset yang dilewati. Tanpa ini dan facet_query, nilai yang"
                " dipilih atau dikecualikan selalu ada dalam jawaban.",
            ),
            Text(
                f"a whole number from 0 to {MAX_FACET_OFFSET}",
                f"bilangan bulat 0 sampai {MAX_FACET_OFFSET}",
            ),
        ),
    ] = 0
    facet_query: Annotated[
        str,
        Field(max_length=MAX_VALUE_CHARACTERS, examples=["jakarta"]),
        Help(
            Text(
                "Only values of facets that have this in them: letters anywhere, of several words"
                " each, or a part as in a filter. For months their names too. No hit depends on"
                " it.",
                "Hanya nilai faset yang memuat ini: huruf di mana saja, semua bila beberapa kata,"
                " atau sebagian nilai seperti dalam filter. Untuk bulan juga namanya. Tidak"
                " memengaruhi hasil.",
            ),
            Text(
                f"at most {MAX_VALUE_CHARACTERS} characters",
                f"paling banyak {MAX_VALUE_CHARACTERS} karakter",
            ),
        ),
    ] = ""
    facet_sort: Annotated[
        FacetSort,
        Help(
            Text(
                "The order of values: count, the commonest first, years and months the newest"
                " first; name, by name, years and months the oldest first.",
                "Urutan nilai: count, yang terbanyak dulu, tahun dan bulan yang terbaru dulu; name,"
                " menurut nama, tahun dan bulan yang terlama dulu.",
            ),
            Text("count or name", "count atau name"),
        ),
    ] = FacetSort.COUNT
