"""The head of a text file between two lines of hyphens, as site generators keep it.

::

    ---
    title: "Harga beras naik"
    date: 2023-06-01 10:15
    categories: [Ekonomi, Pangan]
    ---

Of YAML only what can have one meaning is read: names with a text or a list of texts. A head that
holds anything else is text as it stands, as are lines between two rules that name no title, nor two
fields. Between lines of ``+++`` it is TOML.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, time

from index.fields import FIELDS
from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.columns.grammar import LAST_RESORT
from index.sources.columns.meanings import meaning

_FENCES = ("---", "+++")
_MOST_LINES = 64
_FIELDS = frozenset(field.name for field in FIELDS)
_FEWEST = 2

_DOUBLE = r"\"(?:[^\"\\]++|\\.)*+\""
_SINGLE = r"'(?:[^']++|'')*+'"
_PAIR = on_use(
    r"(?:\"(?P<double>[^\"\\]{1,40})\"|'(?P<single>[^']{1,40})'|(?P<name>\w[\w .:@/-]{0,39}?))"
    r"\s{0,9}:(?:\s{1,9}(?P<value>.*)|)"
)
_ITEM = on_use(r"(?P<indent> {0,9})-\s{1,9}(?P<value>.+)")
_SCALAR = on_use(
    rf"(?P<text>{_DOUBLE}|{_SINGLE}|[^\s\[\]{{}},#&*!|>'\"%@`].*?)(?:\s{{1,9}}#(?:\s.*)?)?"
)
_LIST = on_use(r"\[(?P<items>.*)\]\s*(?:\s#(?:\s.*)?)?")
_ONE_OF_LIST = on_use(
    rf"\s*(?P<text>{_DOUBLE}|{_SINGLE}|[^\s\[\]{{}},#&*!|>'\"%@`][^\[\]{{}},#]*+)\s*(?:,|$)"
)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = {"true": True, "True": True, "false": False, "False": False}


class _NotSimple(ValueError):
    """What is written so may mean something else than its letters."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The ``values`` of a head by their names, those of its ``fields``, and the ``body`` behind."""

    values: dict[str, object]
    fields: dict[str, object]
    body: str


def read_front_matter(text: str) -> FrontMatter | None:
    """The head that a text with plain line ends begins with; None where it begins otherwise."""
    text = text.lstrip("\ufeff\n ")
    if not text.startswith(_FENCES):
        return None
    fence, *lines = text.split("\n", _MOST_LINES)
    fence = fence.rstrip()
    end = next((at for at, line in enumerate(lines) if line.rstrip() == fence), None)
    if fence not in _FENCES or end is None:
        return None
    body = "\n".join(lines[end + 1 :])
    if not body.strip("\0 \t\n\xa0\ufeff"):
        return None
    try:
        values = _toml(lines[:end]) if fence == "+++" else _yaml(lines[:end])
    except (ValueError, RecursionError):
        return None
    fields = _fields(values)
    if "body" in fields or not ("title" in fields or len(fields) >= _FEWEST):
        return None
    return FrontMatter(values, fields, body)


def _fields(values: Mapping[str, object]) -> dict[str, object]:
    """The fields of an article that the names mean, with the value of the first that means it."""
    fields: dict[str, object] = {}
    for name, value in values.items():
        meant = meaning(name)
        if meant is None or meant.field not in _FIELDS or value in ("", []):
            continue
        if meant.field != "date" or meant.tier < LAST_RESORT:
            fields.setdefault(meant.field, value)
    return fields


def _toml(lines: list[str]) -> dict[str, object]:
    """What is no table. Raises ``ValueError`` where it is not TOML."""
    import tomllib

    values: dict[str, object] = {}
    for name, value in tomllib.loads("\n".join(lines)).items():
        if isinstance(value, (date, time)):
            values[name] = value.isoformat()
        elif not isinstance(value, list):
            if not isinstance(value, dict):  # what is deeper is of no field of an article
                values[name] = value
        elif all(isinstance(one, str) for one in value):
            values[name] = value
    return values


def _yaml(lines: list[str]) -> dict[str, object]:
    """What names have a value. Raises ``ValueError`` where a line is more than a name with one."""
    values: dict[str, object] = {}
    names: set[str] = set()
    items: list[object] | None = None
    indent: str | None = None
    for line in map(str.rstrip, lines):
        if not line or line.lstrip() == "#" or line.lstrip().startswith("# "):
            continue
        if (item := _ITEM.fullmatch(line)) and items is not None:
            if item["indent"] != (item["indent"] if indent is None else indent):
                raise _NotSimple
            indent = item["indent"]
            if item["value"][:2] == "- " or _PAIR.fullmatch(item["value"]):
                raise _NotSimple
            items.append(_scalar(item["value"]))
            continue
        pair = _PAIR.fullmatch(line)
        if pair is None:
            raise _NotSimple
        name = pair["name"] or pair["double"] or pair["single"]
        if name in names:
            raise _NotSimple
        names.add(name)
        value = (pair["value"] or "").strip()
        items, indent = (None, None) if value else ([], None)
        read = items if items is not None else _listed(value)
        if read is not None:
            values[name] = read
    return {name: value for name, value in values.items() if value != []}


def _listed(value: str) -> object:
    """A value of one line, None for none."""
    if not value.startswith("["):
        return _scalar(value)
    found = _LIST.fullmatch(value)
    if found is None:
        raise _NotSimple
    items, at = [], 0
    text = found["items"].strip()
    while at < len(text):
        one = _ONE_OF_LIST.match(text, at)
        if one is None:
            raise _NotSimple
        items.append(_scalar(one["text"].strip()))
        at = one.end()
    return [item for item in items if item is not None]


def _scalar(value: str) -> object:
    """A text as it is meant, a truth, or None. Raises ``ValueError`` for what is not simple."""
    if value[:1] == "#" and value[1:2] in {"", " "}:
        return None
    found = _SCALAR.fullmatch(value)
    if found is None:
        raise _NotSimple
    text: str = found["text"]
    if text[0] == '"':
        return json.loads(text)
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    if " #" in text or text[:2] in {"? ", "- ", ": "} or text in {"-", "?", ":"}:
        raise _NotSimple
    return None if text in _NOTHING else _TRUTHS.get(text, text)
