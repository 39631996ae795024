"""The head of a text file between two lines of hyphens, as site generators keep it.

::

    ---
    title: "Harga beras naik"
    date: 2023-06-01 10:15
    categories: [Ekonomi, Pangan]
    ---

Of YAML, or of TOML between lines of ``+++``, only what such heads hold is read: names with a text
or a list of texts.
"""

from __future__ import annotations

from index.light_dataclass import dataclass
from index.patterns import on_use

_FENCES = ("---", "+++")
_MOST_LINES = 64
_PAIR = on_use(r"(?P<name>[^\W\d_][\w .-]{0,39}?)\s{0,9}[:=](?:\s{1,9}(?P<value>.*)|)")
_ITEM = on_use(r"\s{0,9}-\s{1,9}(?P<value>.+)")
_QUOTED = on_use(r"\"(.*)\"|'(.*)'")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The ``values`` of a head by their names, and the ``body`` behind it."""

    values: dict[str, object]
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
    values = _values(lines[:end])
    return FrontMatter(values, "\n".join(lines[end + 1 :])) if values else None


def _values(lines: list[str]) -> dict[str, object]:
    """Nothing where a line is none of such a head: then it is a text between two rules."""
    values: dict[str, object] = {}
    items: list[str] | None = None
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if (item := _ITEM.fullmatch(line)) and items is not None:
            items.append(_plain(item["value"]))
        elif pair := _PAIR.fullmatch(line.rstrip()):
            value = pair["value"] or ""
            items = [] if not value else None
            values[pair["name"].strip()] = _listed(value) if items is None else items
        elif not (values and line[0].isspace()):  # what is deeper is of no field of an article
            return {}
    return values


def _listed(value: str) -> object:
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [_plain(one) for one in value[1:-1].split(",") if one.strip()]
    return _plain(value)


def _plain(value: str) -> str:
    value = value.strip()
    quoted = _QUOTED.fullmatch(value)
    return value if quoted is None else quoted[1] or quoted[2] or ""
