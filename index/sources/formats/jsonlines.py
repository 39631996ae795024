"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import orjson

from index.sources.cleaning import decode
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record
from index.sources.streams import Broken, lines

LENIENT = json.JSONDecoder(strict=False, parse_constant=lambda _name: None)
"""Reads what orjson rightly refuses but archives hold: raw control characters, NaN, and lone
surrogates, among them the bytes that are not UTF-8."""


def read_json_lines(content: Iterable[bytes], file: str) -> Iterator[Record | InputProblem]:
    """The record or the problem of every line that is not blank. Raises ``Broken``."""
    try:
        for number, line in lines(content):
            if line is None:
                yield InputProblem(ProblemKind.LINE_TOO_LONG, file, number)
                continue
            try:
                value = orjson.loads(line)
            except orjson.JSONDecodeError:
                if line.isspace() or not line:
                    continue
                value = _read_leniently(line, file, number)
            if type(value) is dict:
                yield Record(value, number)
            elif isinstance(value, InputProblem):
                yield value
            else:
                yield InputProblem(ProblemKind.NOT_AN_OBJECT, file, number)
    except Broken as broken:
        # The break may come after the last byte of an article, before its line end.
        value = _read_leniently(broken.rest, file, 0)
        if type(value) is dict:
            yield Record(value, broken.line)
        raise


def _read_leniently(line: bytes, file: str, number: int) -> object:
    """The value, or the ``InputProblem`` of a line that holds none."""
    try:
        return LENIENT.decode(decode(line))
    except json.JSONDecodeError as error:
        return InputProblem(
            ProblemKind.BROKEN_JSON, file, number, f"{error.msg}, column {error.colno}"
        )
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in brackets
        return InputProblem(ProblemKind.BROKEN_JSON, file, number)
