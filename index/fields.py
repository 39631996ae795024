"""Every field of an article, declared once: its kind and all of its names.

From these declarations follow the names that readers of archives understand, the schema's facets,
the filters of a query, the parameters of the web page and the API, the options of the command line,
the columns of tables, and the labels on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, StrEnum

from index.bilingual import Text
from index.light_dataclass import dataclass


class FieldKind(Enum):
    """What is done with a field."""

    IDENTITY = "identity"
    """One term, unique in an index."""

    TEXT = "text"
    """Searched by words: by their stems, and by their surface forms in a twin field."""

    DATE = "date"
    """Searched by days."""

    LINK = "link"
    """Kept to be shown."""

    FACET = "facet"
    """Its values are counted and filter, without regard to case."""


class Facet(StrEnum):
    """A field whose values are counted and can filter the hits."""

    SOURCE = "source"
    CATEGORY = "category"
    PLACE = "place"
    AUTHOR = "author"


class Period(StrEnum):
    """A stretch of time that is counted and filters as the value of a facet does.

    Its values are years and months of Asia/Jakarta: ``2017`` and ``2017-05``. An article without a
    date has none.
    """

    YEAR = "year"
    MONTH = "month"


PERIOD_FORMS: Mapping[Period, str] = {Period.YEAR: "{:04}", Period.MONTH: "{:04}-{:02}"}
"""How the values of periods are written: what is formatted with a year and a month."""

PERIOD_EXAMPLES: Mapping[Period, str] = {
    period: form.format(2017, 5) for period, form in PERIOD_FORMS.items()
}

Counted = Facet | Period
"""A facet or a period: its values are counted beside hits, and are chosen and excluded."""

COUNTED: tuple[Counted, ...] = (*Facet, *Period)


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    ``archive_names``: what archives call it, best first; compared without regard to case, spaces,
    underscores and hyphens. ``query_names``: what stands before the colon in a query. ``filters``:
    what the parameter does that filters by it. A ``prominent`` facet is shown beside hits, and its
    commonest values on the start page.
    """

    name: str
    kind: FieldKind
    label: Text
    archive_names: tuple[str, ...]
    query_names: tuple[str, ...] = ()
    filters: Text | None = None
    prominent: bool = False


def _or_a_part(only: Text) -> Text:
    """What a facet's parameter does, ``only``, and what it takes for a value."""
    return Text(
        f"{only.english} If no value matches exactly, words of one are enough; = before it requires"
        " the whole value.",
        f"{only.indonesian} Bila tidak ada nilai yang persis sama, sebagian katanya cukup; = di"
        " depannya meminta nilai utuh.",
    )


FIELDS = (
    Field(
        "id",
        FieldKind.IDENTITY,
        Text("Id", "Id"),
        ("id", "guid", "uuid", "article id", "artikel id", "id artikel", "id berita"),
    ),
    Field(
        "title",
        FieldKind.TEXT,
        Text("Title", "Judul"),
        ("title", "judul", "headline", "judul berita", "judul artikel"),
        ("judul", "title", "intitle", "headline"),
    ),
    Field(
        "body",
        FieldKind.TEXT,
        Text("Text", "Isi"),
        (
            *("body", "isi", "content", "text", "teks", "konten", "isi berita", "isi artikel"),
            *("article body", "full text", "article", "artikel"),
        ),
        ("isi", "body", "intext", "inbody"),
    ),
    Field(
        "date",
        FieldKind.DATE,
        Text("Date", "Tanggal"),
        (
            *("date", "tanggal", "published at", "published", "pub date", "date published"),
            *("publish date", "published date", "published time", "publication date", "tgl"),
            *("waktu", "tanggal terbit", "tanggal publikasi", "datetime", "timestamp"),
            "created at",
        ),
    ),
    Field(
        "url",
        FieldKind.LINK,
        Text("Address", "Alamat"),
        ("url", "link", "tautan", "permalink"),
    ),
    Field(
        Facet.SOURCE.value,
        FieldKind.FACET,
        Text("Source", "Sumber"),
        ("source", "sumber", "publisher", "media", "penerbit"),
        ("sumber", "source", "site", "situs", "domain"),
        _or_a_part(
            Text(
                "Only articles of this source; repeat it to allow several.",
                "Hanya artikel dari sumber ini; ulangi untuk beberapa sumber.",
            )
        ),
        prominent=True,
    ),
    Field(
        Facet.CATEGORY.value,
        FieldKind.FACET,
        Text("Category", "Kategori"),
        ("category", "kategori", "section", "rubrik", "kanal", "categories"),
        ("kategori", "category", "rubrik", "section"),
        _or_a_part(
            Text(
                "Only articles of this category; repeat it to allow several.",
                "Hanya artikel dari kategori ini; ulangi untuk beberapa kategori.",
            )
        ),
        prominent=True,
    ),
    Field(
        Facet.PLACE.value,
        FieldKind.FACET,
        Text("Place", "Tempat"),
        ("place", "tempat", "lokasi", "location", "kota", "city"),
        ("tempat", "place", "lokasi", "location"),
        _or_a_part(
            Text(
                "Only articles from this place; repeat it to allow several.",
                "Hanya artikel dari tempat ini; ulangi untuk beberapa tempat.",
            )
        ),
        prominent=True,
    ),
    Field(
        Facet.AUTHOR.value,
        FieldKind.FACET,
        Text("Author", "Penulis"),
        ("author", "penulis", "byline", "wartawan", "authors", "reporter", "jurnalis"),
        ("penulis", "author", "inauthor", "by", "oleh", "byline"),
        _or_a_part(
            Text(
                "Only articles by this author; repeat it to allow several.",
                "Hanya artikel oleh penulis ini; ulangi untuk beberapa penulis.",
            )
        ),
    ),
)
"""All of them, in the order in which answers name them."""

BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}

LABELS: Mapping[Counted, Text] = {
    **{facet: BY_NAME[facet].label for facet in Facet},
    Period.YEAR: Text("Year", "Tahun"),
    Period.MONTH: Text("Month", "Bulan"),
}
"""What readers call what is counted."""

TEXTS = tuple(field.name for field in FIELDS if field.kind is FieldKind.TEXT)
"""The fields of stems; the twin of each, of surface forms, has ``EXACT`` behind its name."""

FACETS = tuple(facet.value for facet in Facet)
"""The names of the facets, as plain strings."""

EXACT = "_exact"

LEAD_FIELD = "body"
"""The field in which it counts how early a word stands, and between which words."""

SCOPES: Mapping[str, str] = {
    name: field.name
    for field in FIELDS
    if field.kind is FieldKind.TEXT
    for name in field.query_names
}
"""What restricts words of a query to a field, by its name in queries."""

FACET_NAMES: Mapping[str, Facet] = {
    name: Facet(field.name)
    for field in FIELDS
    if field.kind is FieldKind.FACET
    for name in field.query_names
}
"""The facets by their names in queries."""
