"""What is written is what is described, whatever the values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from string import Formatter
from typing import Annotated, Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analysis
from index.article import Article
from index.bilingual import Language, Text, localised
from index.fields import Facet
from search.answers import Analysis, Suggestions
from search.json_shapes import AsText, Keyword, Layout, StandsAs, as_json, described, shape
from search.messages import CODES, SENTENCES
from search.question import parsed, understood
from search.response import (
    Explanation,
    FacetValue,
    Hit,
    Note,
    ScorePart,
    SearchResponse,
    Statistics,
)


class Shelf(StrEnum):
    ROOM = "room"
    ROW = "row"


@described("PageAnswer", Text("A page.", "Sebuah halaman."))
@dataclass(frozen=True)
class Page:
    number: int


@described("BookAnswer", Text("A book.", "Sebuah buku."), without=("owner",))
@dataclass(frozen=True)
class Book:
    title: Annotated[str, Text("As printed.", "Seperti tercetak."), Keyword("examples", ("A",))]
    genre: Text
    shelf: Annotated[Mapping[Shelf, str], Layout.INLINE]
    pages: tuple[Page, ...]
    first: Page | None
    facts: Annotated[Mapping[str, str], StandsAs("fact")]
    bought: date
    read: datetime
    lent: Annotated[datetime, AsText(datetime.isoformat)]
    owner: str
    notes: Annotated[tuple[str, ...], Layout.OMITTED_WHEN_EMPTY] = ()

    @property
    def fact(self) -> Text:
        return Text("blue", "biru").filled(self.facts)


NOON = datetime(2023, 6, 1, 5, tzinfo=UTC)
MIDNIGHT = datetime(2023, 5, 31, 17, tzinfo=UTC)
BOOK = Book(
    "T",
    Text("novel", "roman"),
    {Shelf.ROW: "3"},
    (Page(1), Page(2)),
    None,
    {},
    date(2023, 6, 1),
    MIDNIGHT,
    NOON,
    "I",
)


def test_an_object_has_the_declared_fields_in_their_order() -> None:
    assert list(as_json(BOOK, "en").items()) == [
        ("title", "T"),
        ("genre", "novel"),
        ("room", None),
        ("row", "3"),
        ("pages", [{"number": 1}, {"number": 2}]),
        ("first", None),
        ("fact", "blue"),
        ("bought", "2023-06-01"),
        ("read", "2023-06-01"),
        ("lent", "2023-06-01T05:00:00+00:00"),
    ]
    assert as_json(BOOK, "id")["genre"] == "roman"


def test_a_schema_says_what_a_field_means_and_refers_to_objects() -> None:
    found = shape(Book)
    assert found.schema == {"$ref": "#/components/schemas/BookAnswer"}
    assert set(found.objects) == {"BookAnswer", "PageAnswer"}
    book: Any = localised(found.objects["BookAnswer"], "id")
    assert book["description"] == "Sebuah buku."
    assert book["properties"]["title"] == {
        "description": "Seperti tercetak.",
        "examples": ["A"],
        "title": "Title",
        "type": "string",
    }
    assert book["properties"]["pages"]["items"] == {"$ref": "#/components/schemas/PageAnswer"}
    assert set(book["properties"]) - set(book["required"]) == {"notes"}
    assert "owner" not in book["properties"]


def test_a_type_that_no_answer_has_is_refused() -> None:
    for declared in (bytes, set[str], tuple[str, int], str | int):
        with pytest.raises(TypeError):
            shape(declared)


TEXT = st.text(max_size=5)
COUNT = st.integers(0, 9)
MOMENT = st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC))
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
FACTS = sorted(
    {
        name
        for said in SENTENCES.values()
        for _, name, _, _ in Formatter().parse(said.english)
        if name is not None
    }
)
VALUES = st.dictionaries(
    st.sampled_from(Facet),
    st.lists(st.builds(FacetValue, TEXT, COUNT, st.booleans()), max_size=2).map(tuple),
)
PARTS = st.builds(ScorePart, TEXT, TEXT, TEXT, TEXT, NUMBER)
HITS = st.builds(
    Hit,
    date=st.none() | MOMENT,
    facets=st.dictionaries(st.sampled_from(Facet), TEXT),
    score=st.none() | NUMBER,
    explanation=st.none() | st.builds(Explanation, NUMBER, NUMBER, st.lists(PARTS).map(tuple)),
)
NOTES = st.builds(
    Note, st.sampled_from(sorted(CODES)), st.just(dict.fromkeys(FACTS, "x")), st.none() | COUNT
)
QUESTIONS = st.sampled_from(
    [
        understood(parsed(text, analysis()), analysis())
        for text in ("", "beras", "harga beras -impor", '"harga beras" OR judul:gula', "NEAR/3 (")
    ]
)
ANSWERS = st.one_of(
    st.builds(
        SearchResponse,
        took_ms=NUMBER,
        hits=st.lists(HITS, max_size=2).map(tuple),
        facets=VALUES,
        notes=st.lists(NOTES, max_size=2).map(tuple),
        question=QUESTIONS,
    ),
    st.builds(Article, date=st.none() | MOMENT),
    st.builds(Suggestions),
    st.builds(Analysis),
    st.builds(
        Statistics,
        published=MOMENT,
        oldest=st.none() | MOMENT,
        newest=st.none() | MOMENT,
        facets=VALUES,
    ),
)


@given(ANSWERS, st.sampled_from(["id", "en"]))
def test_every_answer_fits_its_schema(answer: object, language: Language) -> None:
    kind: Any = type(answer)
    described_as = shape(kind)
    schema: Any = localised(
        {**described_as.schema, "components": {"schemas": described_as.objects}}, language
    )
    jsonschema.validate(as_json(answer, language), schema)
