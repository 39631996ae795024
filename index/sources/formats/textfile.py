"""Text files: one article each.

::

    Kamis, 1 Juni 2023 10.15 WIB              an optional date
    Rusia dan Kamboja pererat hubungan        an optional title: short, without a full stop
    PHNOM PENH – Rusia dan Kamboja ...        the body, often with a dateline
    Duta Besar Rusia ...

A title may also come before the date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.dates import ImpossibleDate, NotADate, parse_date
from index.sources.cleaning import decode
from index.sources.dateline import read_dateline
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record
from index.sources.streams import LONGEST

_LONGEST_TITLE = 150


def read_text(content: Iterable[bytes], file: str) -> Iterator[Record | InputProblem]:
    """The one record of the file, or its problem. Raises ``Broken``."""
    parts: list[bytes] = []
    size = 0
    for block in content:
        size += len(block)
        if size > LONGEST:
            yield InputProblem(ProblemKind.LINE_TOO_LONG, file, None)
            return
        parts.append(block)
    text = decode(b"".join(parts)).replace("\r\n", "\n").replace("\r", "\n")
    yield _take_apart(text)


def _take_apart(text: str) -> Record:
    numbered = enumerate(text.split("\n"), start=1)
    lines = [(number, line.strip("\0 \t\ufeff")) for number, line in numbered]
    head = [number for number, line in lines if line][:4]
    values: dict[str, object] = {}
    for number in head:
        line = lines[number - 1][1]
        is_last = number == head[-1]
        if "date" not in values and _is_date(line):
            values["date"] = line
        elif "title" not in values and not is_last and _is_title(line):
            values["title"] = line
        else:
            body = text.split("\n", number - 1)[-1]
            return Record({**values, "body": body}, number)
    return Record(values, head[0] if head else None)


def _is_date(line: str) -> bool:
    """The line is a date, be it one that no calendar holds."""
    try:
        parse_date(line)
    except ImpossibleDate:
        return True
    except NotADate:
        return False
    return True


def _is_title(line: str) -> bool:
    return (
        len(line) <= _LONGEST_TITLE
        and line.rstrip("\"”’')")[-1:] not in {".", ",", ";", ":"}
        and read_dateline(line) is None
    )
