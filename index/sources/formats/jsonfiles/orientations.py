"""Tables in JSON: columns beside each other as pandas writes them, or rows under a header.

``{"columns": [...], "data": [[...]]}``, ``{"judul": {"0": …}, "isi": {"0": …}}``,
``{"judul": [...], "isi": [...]}``, ``[["judul", "isi"], ["a", "b"]]``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.sources.columns.plan import FieldNames, Plan

Values = dict[str, object]


def rows_of_object(value: Values, plan: Plan, names: FieldNames) -> list[Values]:
    """The rows of a table that is held by columns, or apart from its header."""
    header = next(
        (
            held
            for key in ("columns", "fields", "header", "headers", "cols")
            if isinstance(held := value.get(key), list) and is_header(held, names)
        ),
        None,
    )
    if header is not None:
        for key in ("data", "rows", "values", "records"):
            rows = value.get(key)
            if isinstance(rows, list) and rows and all(isinstance(row, list) for row in rows):
                return [_of_row(header, row) for row in rows]
    columns = list(value.values())
    if len(columns) < 2 or not (plan["body"] or plan["title"]):
        return []
    first = columns[0]
    if isinstance(first, dict):
        if not first or not all(map(str.isdigit, first)):
            return []
        if all(isinstance(column, dict) and column.keys() == first.keys() for column in columns):
            return [{name: _item(value[name], key) for name in value} for key in first]
    elif (
        isinstance(first, list)
        and len(first) > 1
        and plan["title"]
        and all(isinstance(column, list) and len(column) == len(first) for column in columns)
    ):
        return [{name: _item(value[name], at) for name in value} for at in range(len(first))]
    return []


def _item(column: object, key: str | int) -> object:
    return column[key] if isinstance(column, (dict, list)) else None  # type: ignore[index]


def rows_of_list(rows: Sequence[object], names: FieldNames) -> Iterator[Values]:
    """The rows of a list of lists of which the first is the header."""
    header = rows[0]
    if not isinstance(header, list) or not is_header(header, names):
        return
    if all(isinstance(row, list) for row in rows):
        for row in rows[1:]:
            assert isinstance(row, list)
            yield _of_row(header, row)


def is_header(row: Sequence[object], names: FieldNames) -> bool:
    """The row holds the names of a body and of another field."""
    texts = [name for name in row if isinstance(name, str)]
    if len(texts) != len(row) or len(texts) < 2:
        return False
    plan = names.plan(texts)
    return bool(plan["body"]) and sum(1 for keys in plan.values() if keys) > 1


def _of_row(header: Sequence[object], row: Sequence[object]) -> Values:
    return {str(name): cell for name, cell in zip(header, row, strict=False)}
