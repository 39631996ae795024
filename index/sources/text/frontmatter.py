"""The head of a text file between two lines of hyphens, as site generators keep it.

::

    ---
    title: "Harga beras naik"
    date: 2023-06-01 10:15
    categories: [Ekonomi, Pangan]
    ---

Of YAML what ``plain_yaml`` reads counts; what it does not read stays in the text, behind the body,
and is told. Lines that are no names with values are text as they stand, as are lines between two
rules that name no title, nor two fields; where nothing stands between them, they are no text, and
remarks alone are not read. Instead of the second line of hyphens YAML's full stops may stand, or a
blank line where neither does. A list between two rules is no field, and goes behind the body.
Between lines of ``+++`` it is TOML, which is text as it stands where it is long.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from index.fields import FIELDS
from index.light_dataclass import dataclass
from index.sources.columns.grammar import LAST_RESORT
from index.sources.columns.meanings import meaning
from index.sources.text.plain_yaml import PlainYaml, read_plain_yaml
from index.sources.values.embedded import APART

_FENCES = ("---", "+++")
_MOST_LINES = 256
_FIELDS = frozenset(field.name for field in FIELDS)
_FEWEST = 2
_LONGEST_TOML = 10_000
"""In characters; Python's parser takes quadratic time for a name of many parts (``a.a.a = 1``)."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The ``values`` of a head by their names, those of its ``fields``, and the ``body`` behind.

    ``unread``: of what was not read the names and the lines.
    """

    values: dict[str, object]
    fields: dict[str, object]
    body: str
    unread: dict[str, str]


def read_front_matter(  # noqa: PLR0911 - one answer for each kind of head
    text: str,
) -> FrontMatter | None:
    """The head that a text with plain line ends begins with; None where it begins otherwise."""
    text = text.lstrip("\ufeff\n ")
    if not text.startswith(_FENCES):
        return None
    fence, *lines = text.split("\n", _MOST_LINES)
    fence = fence.rstrip()
    end = _end(fence, lines)
    if fence not in _FENCES or end is None:
        return None
    body = "\n".join(lines[end + 1 :])
    if not body.strip("\0 \t\n\xa0\ufeff"):
        return None
    fenced = bool(lines[end].strip())
    if fence == "---" and fenced and _is_list(lines[:end]):
        return FrontMatter({}, {}, body, {"-": "\n".join(lines[:end])})
    try:
        read = _toml(lines[:end]) if fence == "+++" else read_plain_yaml(lines[:end])
    except (ValueError, RecursionError):
        return None
    fields = _fields(read.values)
    if not (read.values or read.unread) and fenced:
        remarks = "\n".join(line for line in lines[:end] if line.strip())
        return FrontMatter({}, {}, body, {"#": remarks} if remarks else {})
    if "body" in fields or not ("title" in fields or len(fields) >= _FEWEST):
        return None
    return FrontMatter(read.values, fields, body, read.unread)


def _end(fence: str, lines: list[str]) -> int | None:
    """Where a head ends: at its second fence, at YAML's full stops, else at a blank line."""
    ends = {fence, "..."} if fence == "---" else {fence}
    found = next((at for at, line in enumerate(lines) if line.rstrip() in ends), None)
    if found is None and fence == "---":
        found = next((at for at, line in enumerate(lines) if not line.strip()), None)
    return found


def _is_list(lines: list[str]) -> bool:
    """Whether lines are items of a list and what belongs to them, which are no fields."""
    filled = [line for line in lines if line.strip()]
    is_item = [line.startswith("- ") for line in filled]
    return any(is_item[:1]) and all(
        item or line.startswith("  ") for item, line in zip(is_item, filled, strict=True)
    )


def _fields(values: Mapping[str, object]) -> dict[str, object]:
    """The fields of an article that the names mean, with the value of the first that means it.

    Those of an object that holds nothing but such come behind the others.
    """
    fields: dict[str, object] = {}
    apart: dict[str, object] = {}
    for name, value in values.items():
        if name in APART and isinstance(value, dict):
            apart = _fields(value) | apart
            continue
        meant = meaning(name)
        if meant is None or meant.field not in _FIELDS or value in ("", []):
            continue
        if meant.field != "date" or meant.tier < LAST_RESORT:
            fields.setdefault(meant.field, value)
    return apart | fields


def _toml(lines: list[str]) -> PlainYaml:
    """The same of TOML, read whole. Raises ``ValueError`` where it is none, or too long."""
    import tomllib

    text = "\n".join(lines)
    if len(text) > _LONGEST_TOML:
        raise ValueError("no head is so long")
    values = tomllib.loads(text)
    return PlainYaml({name: _with_texts(value) for name, value in values.items()}, {})


def _with_texts(value: object) -> object:
    """The value with texts for days and times."""
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, list):
        return [_with_texts(one) for one in value]
    if isinstance(value, dict):
        return {name: _with_texts(one) for name, one in value.items()}
    return value
