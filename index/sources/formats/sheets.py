"""Spreadsheets (.xlsx): a header, then one article a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.sources.columns import FieldNames
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record


def read_sheet(
    _content: Iterable[bytes], file: str, _names: FieldNames
) -> Iterator[Record | InputProblem]:
    """The record or the problem of every article of the file. Raises ``Broken``."""
    yield InputProblem(ProblemKind.UNKNOWN_FORMAT, file, None)
