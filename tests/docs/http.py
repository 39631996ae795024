"""The parameters of addresses, as the OpenAPI document has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from search.json_shapes import Json
from tests.docs.markdown import BOTH, between, table
from web.api.document import openapi

Row = tuple[str, ...]
"""The cells of one parameter."""


def http_section() -> Iterator[str]:
    """Addresses that take the same stand together; what all of them take stands once."""
    english, indonesian = openapi("en")["paths"], openapi("id")["paths"]
    takes = {path: _rows(english[path]["get"], indonesian[path]["get"]) for path in english}
    first, *others = takes.values()
    common = [one for one in first if all(one in other for other in others)]
    groups: dict[tuple[Row, ...], list[str]] = defaultdict(list)
    for path, rows in takes.items():
        groups[tuple(one for one in rows if one not in common)].append(path)
    yield "## HTTP parameters\n"
    yield "The page `/api` of a server has them, too, and the shapes of the answers.\n"
    yield "### Every address\n"
    yield from _table(common)
    for own, paths in groups.items():
        yield f"### {english[paths[0]]['get']['summary']}\n"
        for path in paths:
            summaries = (document[path]["get"]["summary"] for document in (english, indonesian))
            yield f"- `GET {path}`: {' / '.join(summaries)}"
        yield ""
        if own:
            yield from _table(own)


def _table(rows: Sequence[Row]) -> Iterator[str]:
    return table(("parameter", "takes", "default", *BOTH), rows)


def _rows(english: Json, indonesian: Json) -> list[Row]:
    return [
        (
            f"`{one['name']}`{_need(one)}",
            _allowed(one["schema"]),
            f"`{str(one['schema']['default']).lower()}`" if "default" in one["schema"] else "",
            one["description"],
            other["description"],
        )
        for one, other in zip(english["parameters"], indonesian["parameters"], strict=True)
    ]


def _need(parameter: Json) -> str:
    if parameter["in"] == "path":
        return " (in the path)"
    return " (required)" if parameter.get("required") else ""


def _allowed(schema: Json) -> str:
    match schema:
        case {"enum": values}:
            return ", ".join(f"`{value}`" for value in values)
        case {"type": "array", "items": each, "maxItems": most}:
            return f"{_allowed(each)}; up to {most} times"
        case {"minimum": least, "maximum": most, "type": kind}:
            return f"{'whole number' if kind == 'integer' else kind}, {between(least, most)}"
        case {"type": "boolean"}:
            return "`true`, `false`, `1`, `0`"
        case {"format": "date"}:
            return "`YYYY-MM-DD`"
        case {"pattern": _, "examples": [example, *_]}:
            return f"as `{example}`"
        case {"maxLength": most}:
            return f"text, up to {most} characters"
    return "text"
