"""Saved web pages: one article each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record


def read_page(_content: Iterable[bytes], file: str) -> Iterator[Record | InputProblem]:
    """The record or the problem of every article of the file. Raises ``Broken``."""
    yield InputProblem(ProblemKind.UNKNOWN_FORMAT, file, None)
