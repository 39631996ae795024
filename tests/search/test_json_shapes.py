"""What is written is what is described, whatever the values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, make_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from string import Formatter
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import jsonschema  # type: ignore[import-untyped]
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analysis
from index.article import Article
from index.bilingual import Language, Text, localised
from index.dates import iso_date
from index.fields import Facet
from search.answers import Analysis, Suggestions
from search.json_shapes import (
    AsText,
    Keyword,
    Layout,
    StandsAs,
    as_json,
    as_json_text,
    described,
    shape,
)
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
    price: Annotated[float | None, Layout.OMITTED_WHEN_EMPTY] = None
    print: Annotated[str, Layout.OMITTED_WHEN_EMPTY] = ""

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
    assert set(book["properties"]) - set(book["required"]) == {"notes", "price", "print"}
    assert "owner" not in book["properties"]


def test_a_type_that_no_answer_has_is_refused() -> None:
    for declared in (bytes, set[str], tuple[str, int], str | int):
        with pytest.raises(TypeError):
            shape(declared)


@pytest.mark.parametrize(
    "hint", [Text, Annotated[int, AsText(str)], date, Page, Mapping[Shelf, str], Page | None]
)
def test_what_may_be_written_as_empty_where_it_is_not_cannot_be_omitted(hint: Any) -> None:
    made = make_dataclass("Made", [("it", Annotated[hint, Layout.OMITTED_WHEN_EMPTY])])
    described("MadeAnswer", Text("Made.", "Buatan."))(made)
    with pytest.raises(TypeError, match=r"Made\.it may not be omitted"):
        shape(made)


TEXT = st.text(max_size=5)
COUNT = st.integers(0, 9)
MOMENT = st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC))
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
FACTS = sorted(
    {
        name
        for said in SENTENCES.values()
        for sentence in (said.english, said.indonesian)
        for _, name, _, _ in Formatter().parse(sentence)
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
KINDS = (
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
ANSWERS = st.one_of(*KINDS)
BOOKS = st.builds(
    Book,
    title=TEXT,
    genre=st.builds(Text, TEXT, TEXT),
    shelf=st.dictionaries(st.sampled_from(Shelf), TEXT),
    pages=st.lists(st.builds(Page, COUNT), max_size=3).map(tuple),
    first=st.none() | st.builds(Page, COUNT),
    facts=st.just({}),
    bought=st.dates(),
    read=MOMENT,
    lent=MOMENT,
    owner=TEXT,
    notes=st.lists(TEXT, max_size=2).map(tuple),
    price=st.none() | st.just(0.0) | st.floats(),
    print=st.just("") | TEXT,
)


@given(ANSWERS | BOOKS, st.sampled_from(["id", "en"]))
def test_text_is_that_of_the_object(answer: object, language: Language) -> None:
    try:
        expected = orjson.dumps(as_json(answer, language))
    except orjson.JSONEncodeError:  # a number of more than 64 bits
        with pytest.raises(orjson.JSONEncodeError):
            as_json_text(answer, language)
    else:
        assert as_json_text(answer, language) == expected


@given(ANSWERS, st.sampled_from(["id", "en"]))
def test_every_answer_fits_its_schema(answer: object, language: Language) -> None:
    kind: Any = type(answer)
    described_as = shape(kind)
    schema: Any = localised(
        {**described_as.schema, "components": {"schemas": described_as.objects}}, language
    )
    jsonschema.validate(as_json(answer, language), schema)


def plainly(hint: Any, value: Any, language: Language) -> Any:
    """The value as JSON, one after the other, as the type and its annotations say."""
    if value is None:
        return None
    if hint is Text:
        return value.english if language == "en" else value.indonesian
    if is_dataclass(hint):
        return object_plainly(hint, value, language)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        written = [one.write for one in arguments[1:] if isinstance(one, AsText)]
        return written[0](value) if written else plainly(arguments[0], value, language)
    if arguments and arguments[-1] is type(None):
        return plainly(arguments[0], value, language)
    if origin is tuple:
        return [plainly(arguments[0], one, language) for one in value]
    if origin is Mapping:
        return {str(key): plainly(arguments[1], one, language) for key, one in value.items()}
    if hint in {date, datetime}:
        return value.isoformat() if hint is date else iso_date(value)
    return value


def object_plainly(declared: Any, value: Any, language: Language) -> dict[str, Any]:
    written: dict[str, Any] = {}
    hints = get_type_hints(declared, include_extras=True)
    for field in fields(declared):
        hint = hints[field.name]
        annotations = getattr(hint, "__metadata__", ())
        stand_ins = [one.name for one in annotations if isinstance(one, StandsAs)]
        if Layout.INLINE in annotations:
            keys, of_entries = get_args(get_args(hint)[0])
            for key in keys:
                entry = getattr(value, field.name).get(key)
                written[str(key)] = plainly(of_entries, entry, language)
        elif stand_ins:
            getter: Any = getattr(declared, stand_ins[0]).fget
            returned = get_type_hints(getter, include_extras=True)["return"]
            written[stand_ins[0]] = plainly(returned, getattr(value, stand_ins[0]), language)
        elif getattr(value, field.name) or Layout.OMITTED_WHEN_EMPTY not in annotations:
            written[field.name] = plainly(hint, getattr(value, field.name), language)
    described_as = shape(declared)
    (properties,) = [
        schema["properties"]
        for name, schema in described_as.objects.items()
        if described_as.schema["$ref"].endswith(f"/{name}")
    ]
    return {name: one for name, one in written.items() if name in properties}


MANY = st.one_of(*(st.lists(one, min_size=1, max_size=4) for one in (*KINDS, HITS, NOTES, BOOKS)))


@given(MANY, st.sampled_from(["id", "en"]))
def test_many_values_are_written_as_each_is_by_its_type(
    values: list[object], language: Language
) -> None:
    """Member by member, as answers are written, and value by value: to the letter the same."""
    kind: Any = type(values[0])
    write = shape(kind).write
    assert write is not None
    expected = [plainly(kind, one, language) for one in values]
    assert json.dumps(write(tuple(values), language)) == json.dumps(expected)
    assert json.dumps(as_json(values[0], language)) == json.dumps(expected[0])
