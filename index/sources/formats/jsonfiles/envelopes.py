"""Objects that programs put around one record, opened: what is sent, stored, changed or shown.

An answer of AWS Lambda (``{"statusCode": 200, "body": "{…}"}``), a change of a database
(``{"before": …, "after": …}``), YouTube's ``snippet``, LangChain's ``kwargs``, a table of Google's
(``{"cols": …, "rows": [{"c": [{"v": …}]}]}``), resources in HAL (``_embedded``).
"""

from __future__ import annotations

from collections.abc import Callable

from index.sources.formats.jsonfiles.beside import inside

Values = dict[str, object]

_OF_HAL = {"_embedded", "_links", "page", "count", "total", "limit", "start"}
_ACTIONS = frozenset(("index", "create", "update", "delete"))


def _of_answer(value: Values) -> Values | None:
    held = inside(value.get("body")) if is_answer(value) else None
    if not isinstance(held, (dict, list)):
        return None
    return {**{key: inner for key, inner in value.items() if key != "body"}, "articles": held}


def is_answer(value: Values) -> bool:
    """It is a program's answer, whose body may be JSON."""
    return "statusCode" in value


def _of_change(value: Values) -> Values | None:
    """The record as it is after a change."""
    if "before" not in value or not isinstance(value.get("after"), dict):
        return None
    return {key: held for key, held in value.items() if key != "before"}


def _of_snippet(value: Values) -> Values | None:
    snippet = value.get("snippet")
    if not isinstance(snippet, dict) or "title" not in snippet:
        return None
    own = value.get("id")
    return {"id": own.get("videoId") if isinstance(own, dict) else own, **snippet}


def _of_constructor(value: Values) -> Values | None:
    held = value.get("kwargs")
    return held if "lc" in value and isinstance(held, dict) else None


def _of_table(value: Values) -> Values | None:
    """A table of Google's, of which each row is a list of cells under ``c`` or ``f``."""
    schema = value.get("schema")
    columns = value.get("cols") or (schema.get("fields") if isinstance(schema, dict) else None)
    rows = value.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list) or not rows:
        return None
    cells = [_cells(row) for row in rows]
    if None in cells:
        return None
    names = [
        column.get("label") or column.get("name") or column.get("id")
        for column in columns
        if isinstance(column, dict)
    ]
    return {"columns": names, "data": cells}


def _cells(row: object) -> list[object] | None:
    cells = row.get("c") or row.get("f") if isinstance(row, dict) else None
    if not isinstance(cells, list):
        return None
    return [cell.get("v") if isinstance(cell, dict) else cell for cell in cells]


def _of_resource(value: Values) -> Values | None:
    """The resources in HAL, which WordPress has beside an article and others around them."""
    held = value.get("_embedded")
    if not isinstance(held, dict) or not value.keys() <= _OF_HAL:
        return None
    return {"data": held}


def action_id(value: Values) -> str | None:
    """The id in a line of Elasticsearch's bulk format that announces a document.

    Empty where it gives none; None for any other object.
    """
    if len(value) != 1:
        return None
    action, held = next(iter(value.items()))
    if action not in _ACTIONS or not isinstance(held, dict):
        return None
    if not all(key.startswith("_") or key in {"routing", "pipeline"} for key in held):
        return None
    given = held.get("_id")
    return str(given or "") if isinstance(given, (str, int)) else ""


ENVELOPES: tuple[Callable[[Values], Values | None], ...] = (
    *(_of_answer, _of_change, _of_snippet, _of_constructor, _of_table, _of_resource),
)
"""Each gives the record in an envelope of its kind, None where it is none."""
