"""Dataclasses as JSON objects: how they are written, and the JSON Schema of what is written.

Both follow from the declared fields, so that no answer differs from its description. Beside the
type of a field stands in ``Annotated`` what the type does not tell: the meaning of the field, as a
``Text``, and the annotations of this module::

    @described("BookAnswer", Text("A book.", "Sebuah buku."))
    @dataclass(frozen=True)
    class Book:
        title: Annotated[str, Text("As printed.", "Seperti tercetak.")]
        bought: date | None

Descriptions in a schema are ``Text``; ``index.bilingual.localised`` puts them into one language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, lru_cache
from itertools import chain, islice
from operator import attrgetter
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import orjson

from index.bilingual import Language, Text
from index.dates import iso_date
from index.kernels import kernel
from index.light_dataclass import dataclass

REFERENCE = "#/components/schemas/{name}"
"""Where OpenAPI keeps the schema of a named object."""

Json = dict[str, Any]
"""A JSON object."""

Declared = TypeVar("Declared")

_compiled = kernel("objects")
_encoding = kernel("encoded")

_KEPT_MOMENTS = _KEPT_DAYS = 4096
"""Most hits are of days that others are of, too, and so are bins of histograms."""


class Layout(Enum):
    """Where the value of a field stands in the object."""

    INLINE = "inline"
    """The entries of a mapping by an enumeration are members of the object itself, null where
    there is none."""

    OMITTED_WHEN_EMPTY = "omitted when empty"
    """Without a value the object has no such member. Only of plain values and of arrays, which are
    empty where what is written of them is."""


@dataclass(frozen=True, slots=True)
class StandsAs:
    """In the place of the field stands the property of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class AsText:
    """The value is written as the text that the function makes of it.

    Without this annotation, a moment is written as ``index.dates.iso_date`` says.
    """

    write: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword of JSON Schema that does not follow from the type, and its value."""

    name: str
    value: object


Write = Callable[[Sequence[Any], Language], Sequence[Any]]
"""What makes of some values as many that a JSON encoder takes."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the values of a type stand in JSON.

    ``schema`` describes them; ``objects`` are the schemas of the named objects that it refers to.
    ``write`` makes of values what a JSON encoder takes, their texts in the language; None where
    that is the values as they are. It takes many at once: an answer has ten hits and some dozens of
    values and bins, of which a call each would take longer than all else. ``form`` is the same
    for the kernel that writes JSON text, None where that is not in use.
    """

    schema: Json
    write: Write | None
    objects: Mapping[str, Json]
    form: Any


@dataclass(frozen=True, slots=True)
class _Member:
    """A member of an object: its name, its shape, and the attribute of the dataclass that has it.

    ``key``: its key where the attribute is a mapping whose entries are members.
    """

    name: str
    shape: Shape
    attribute: str
    required: bool = True
    key: Enum | None = None

    @property
    def read(self) -> Callable[[Any], Any]:
        """What reads it of a value of the dataclass."""
        key, read = self.key, attrgetter(self.attribute)
        return read if key is None else lambda value: read(value).get(key)


_DESCRIBED: dict[type, tuple[str, Text, tuple[str, ...]]] = {}


def described(
    name: str, meaning: Text, without: tuple[str, ...] = ()
) -> Callable[[type[Declared]], type[Declared]]:
    """A decorator: what a dataclass is called in schemas, what it is, and the fields left out."""

    def decorate(declared: type[Declared]) -> type[Declared]:
        _DESCRIBED[declared] = name, meaning, without
        return declared

    return decorate


@cache
def shape(declared: Any) -> Shape:
    """The shape of a type.

    Raises ``TypeError`` for one that has none, or that has a member omitted when empty that may not
    be, and ``KeyError`` for a dataclass that is not described.
    """
    if declared in _PLAIN:
        return _PLAIN[declared]
    if is_dataclass(declared):
        return _object(declared)
    origin, arguments = get_origin(declared), get_args(declared)
    if origin is Annotated:
        return _annotated(arguments[0], arguments[1:])
    if origin in {Union, UnionType} and arguments[1:] == (type(None),):
        return _nullable(shape(arguments[0]))
    if origin is tuple and arguments[1:] == (...,):
        return _array(shape(arguments[0]))
    if origin is Mapping:
        return _mapping(shape(arguments[1]))
    raise TypeError(declared)


def as_json(value: Any, language: Language = "id") -> Json:
    """An object of a described dataclass, its texts in the language."""
    declared: Any = type(value)
    write = shape(declared).write
    assert write is not None
    written: Json = write((value,), language)[0]
    return written


def as_json_text(value: Any, language: Language = "id") -> bytes:
    """The same as text, in UTF-8 without blanks."""
    if _encoding is None:
        return orjson.dumps(as_json(value, language))
    declared: Any = type(value)
    text: bytes = _encoding.encoded(shape(declared).form, value, language, orjson.dumps)
    return text


def _form(kind: str, **parts: Any) -> Any:
    return None if _encoding is None else _encoding.Form(kind, **parts)


def _object(declared: Any) -> Shape:
    name, meaning, without = _DESCRIBED[declared]
    members = [member for member in _members(declared) if member.name not in without]
    schema = {
        "additionalProperties": False,
        "description": meaning,
        "properties": {member.name: _titled(member) for member in members},
        "required": [member.name for member in members if member.required],
        "title": name,
        "type": "object",
    }
    objects = {name: schema}
    for member in members:
        objects |= member.shape.objects

    form = _form("object", members=map(_encoded_member, members))
    return Shape({"$ref": REFERENCE.format(name=name)}, _writer(members), objects, form)


def _encoded_member(member: _Member) -> Any:
    if _encoding is None:
        return None
    return _encoding.Member(
        orjson.dumps(member.name),
        member.attribute,
        member.shape.form,
        member.key,
        not member.required,
    )


def _writer(members: Sequence[_Member]) -> Write:
    """What makes objects of values: member by member, each of all values at once."""
    names = tuple(member.name for member in members)
    attributes = tuple(member.attribute for member in members)
    keys = tuple(member.key for member in members)
    omitted = tuple(not member.required for member in members)
    readers = [member.read for member in members]
    changed = [(place, made) for place, one in enumerate(members) if (made := one.shape.write)]

    def write(values: Sequence[Any], language: Language) -> list[Json]:
        if not values:
            return []
        columns: list[list[Any] | None] = [None] * len(names)
        for place, change in changed:
            columns[place] = list(change(list(map(readers[place], values)), language))
        if _compiled is not None:
            documents: list[Json] = _compiled.objects(
                values, names, attributes, keys, omitted, columns
            )
            return documents
        rows = zip(
            *(
                map(read, values) if column is None else column
                for read, column in zip(readers, columns, strict=True)
            ),
            strict=True,
        )
        return [
            {
                name: one
                for name, one, may_lack in zip(names, row, omitted, strict=True)
                if one or not may_lack
            }
            for row in rows
        ]

    return write


def _members(declared: Any) -> Iterator[_Member]:
    hints = get_type_hints(declared, include_extras=True)
    for field in fields(declared):
        hint = hints[field.name]
        annotations = getattr(hint, "__metadata__", ())
        if Layout.INLINE in annotations:
            keys, values = get_args(get_args(hint)[0])
            for key in keys:
                yield _Member(key.value, shape(values | None), field.name, key=key)
        elif stand_ins := [
            annotation.name for annotation in annotations if isinstance(annotation, StandsAs)
        ]:
            getter = getattr(declared, stand_ins[0]).fget
            returned = get_type_hints(getter, include_extras=True)["return"]
            yield _Member(stand_ins[0], shape(returned), stand_ins[0])
        else:
            required, found = Layout.OMITTED_WHEN_EMPTY not in annotations, shape(hint)
            if not required and found.write is not None and found.schema.get("type") != "array":
                raise TypeError(f"{declared.__name__}.{field.name} may not be omitted")
            yield _Member(field.name, found, field.name, required)


def _titled(member: _Member) -> Json:
    """The schema of a member; one that refers to an object has the title of that."""
    schema = member.shape.schema
    choices = schema.get("anyOf", (schema,))
    if any("$ref" in choice for choice in choices):
        return schema
    return _with(schema, "title", member.name.replace("_", " ").title())


def _annotated(inner: Any, annotations: tuple[Any, ...]) -> Shape:
    written = [annotation.write for annotation in annotations if isinstance(annotation, AsText)]
    found = _text(written[0]) if written else shape(inner)
    schema = found.schema
    for annotation in annotations:
        if isinstance(annotation, Text):
            schema = _with(schema, "description", annotation)
        elif isinstance(annotation, Keyword):
            schema = _with(schema, annotation.name, annotation.value)
    return Shape(schema, found.write, found.objects, found.form)


def _nullable(inner: Shape) -> Shape:
    write = inner.write
    schema = {"anyOf": [inner.schema, {"type": "null"}]}
    if write is None:
        return Shape(schema, None, inner.objects, inner.form)

    def written(values: Sequence[Any], language: Language) -> Sequence[Any]:
        some = [value for value in values if value is not None]
        if len(some) == len(values):
            return write(some, language)
        if not some:
            return values
        found = iter(write(some, language))
        return [None if value is None else next(found) for value in values]

    return Shape(schema, written, inner.objects, inner.form)


def _array(inner: Shape) -> Shape:
    write = inner.write
    schema = {"items": inner.schema, "type": "array"}
    form = _form("array", inner=inner.form)
    if write is None:
        return Shape(
            schema, lambda arrays, _: [list(values) for values in arrays], inner.objects, form
        )

    def written(arrays: Sequence[Any], language: Language) -> list[list[Any]]:
        if len(arrays) == 1:
            return [list(write(arrays[0], language))]
        found = iter(write(list(chain.from_iterable(arrays)), language))
        return [list(islice(found, len(values))) for values in arrays]

    return Shape(schema, written, inner.objects, form)


def _mapping(inner: Shape) -> Shape:
    """A mapping by names, such as those of an enumeration of texts."""
    write = inner.write or _unchanged

    def written(mappings: Sequence[Any], language: Language) -> list[Json]:
        return [
            dict(zip(map(str, one), write(tuple(one.values()), language), strict=True))
            for one in mappings
        ]

    schema = {"additionalProperties": inner.schema, "type": "object"}
    return Shape(schema, written, inner.objects, _form("mapping", inner=inner.form))


def _unchanged(values: Sequence[Any], _: Language) -> Sequence[Any]:
    return values


def _text(write: Callable[[Any], str], **keywords: object) -> Shape:
    return Shape(
        {**keywords, "type": "string"},
        lambda values, _: list(map(write, values)),
        {},
        _form("text", function=write),
    )


def _as_it_is(name: str) -> Shape:
    return Shape({"type": name}, None, {}, _form("plain"))


def _with(schema: Json, keyword: str, value: object) -> Json:
    return dict(sorted({**schema, keyword: value}.items()))


_PLAIN: Mapping[Any, Shape] = {
    str: _as_it_is("string"),
    int: _as_it_is("integer"),
    float: _as_it_is("number"),
    bool: _as_it_is("boolean"),
    date: _text(lru_cache(_KEPT_DAYS)(date.isoformat), format="date"),
    datetime: _text(
        lru_cache(_KEPT_MOMENTS)(iso_date),
        description=Text(
            "ISO 8601: a day, or a moment with its zone where the time is known.",
            "ISO 8601: hari, atau saat dengan zonanya bila waktunya diketahui.",
        ),
        examples=("2023-06-01",),
    ),
    Text: Shape(
        {"type": "string"},
        lambda texts, language: [text.in_language(language) for text in texts],
        {},
        _form("translated"),
    ),
}
