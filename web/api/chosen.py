"""Schemas of answers whose members ``fields`` chose: the same, with nothing that must be there."""

from __future__ import annotations

from index.bilingual import Text
from search.json_shapes import REFERENCE, Json, shape
from search.many import Many
from search.response import Hit, SearchResponse

_PREFIX = "Chosen"
_WHOLE = tuple(shape(one).schema["$ref"] for one in (Hit, SearchResponse, Many))
_SNIPPET = {
    "description": Text("The passage as plain text.", "Cuplikan sebagai teks biasa."),
    "title": "Snippet",
    "type": "string",
}


def chosen_schema(schema: Json) -> Json:
    """The schema, with chosen members of hits and answers in the place of all of them."""
    return {key: _chosen(value) for key, value in schema.items()}


def chosen_objects(objects: Json) -> Json:
    """The objects that such schemas refer to; ``objects`` are those with all members."""
    found = {}
    for reference in _WHOLE:
        name = reference.removeprefix(REFERENCE.format(name=""))
        whole = objects[name]
        properties = chosen_schema(whole["properties"])
        if reference == _WHOLE[0]:
            properties["snippet"] = _SNIPPET
        found[_PREFIX + name] = {
            **{key: value for key, value in whole.items() if key != "required"},
            "description": _with_choice(whole["description"]),
            "properties": properties,
            "title": _PREFIX + name,
        }
    return found


def _chosen(value: object) -> object:
    if isinstance(value, dict):
        return chosen_schema(value)
    if isinstance(value, list):
        return [_chosen(one) for one in value]
    if value in _WHOLE:
        return str(value).replace(REFERENCE.format(name=""), REFERENCE.format(name=_PREFIX))
    return value


def _with_choice(meaning: Text) -> Text:
    return Text(
        f"{meaning.english} With the members that fields names.",
        f"{meaning.indonesian} Dengan bagian yang disebut fields.",
    )
