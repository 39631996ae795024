"""The queries of a file or of standard input, line by line, as people and editors write them.

A line is a query, or its id, a tab and the query, as ``warta evaluate`` has them. Blank lines count
and say nothing. A byte order mark and both kinds of line ends are understood.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from index.bilingual import Text
from index.errors import SourceError
from index.light_dataclass import dataclass
from index.system_errors import reason

_LONGEST = 1 << 16
_BOM = b"\xef\xbb\xbf"
_UTF_16 = b"\xff\xfe", b"\xfe\xff"


@dataclass(frozen=True, slots=True)
class Asked:
    """A line: its number from 1 on, its id (else its number), and its query or what is wrong."""

    line: int
    name: str
    query: str | None
    problem: Text | None = None


def read_queries(path: str) -> Iterator[Asked]:
    """The lines that are not blank; ``-`` is standard input. What is wrong with one stands in it.

    Raises ``SourceError`` where the file cannot be read, or is of another encoding altogether.
    """
    try:
        if path == "-":
            yield from _lines(sys.stdin.buffer, path)
        else:
            with Path(path).open("rb") as stream:
                yield from _lines(stream, path)
    except OSError as error:
        why = reason(error)
        raise SourceError(
            f"{path} cannot be read: {why.english}", f"{path} tidak terbaca: {why.indonesian}"
        ) from None


def _lines(stream: IO[bytes], path: str) -> Iterator[Asked]:
    number = 0
    while line := stream.readline(_LONGEST):
        number += 1
        if number == 1:
            if line.startswith(_UTF_16):
                raise SourceError(
                    f"{path} is UTF-16; save it as UTF-8",
                    f"{path} berupa UTF-16; simpan sebagai UTF-8",
                )
            line = line.removeprefix(_BOM)
        if len(line) == _LONGEST and not line.endswith(b"\n"):
            while (more := stream.readline(_LONGEST)) and not more.endswith(b"\n"):
                pass
            problem = Text("the line is too long", "barisnya terlalu panjang")
            yield Asked(number, str(number), None, problem)
        elif line.strip():
            yield _asked(number, line)


def _asked(number: int, line: bytes) -> Asked:
    try:
        text = line.decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        problem = Text(
            f"not UTF-8 at byte {error.start + 1} of the line",
            f"bukan UTF-8 pada bita ke-{error.start + 1} baris ini",
        )
        return Asked(number, str(number), None, problem)
    before, tab, after = text.partition("\t")
    name, query = (before.strip(), after.strip()) if tab else ("", text.strip())
    if not query:
        problem = Text("no query after the tab", "tidak ada kueri setelah tab")
        return Asked(number, name or str(number), None, problem)
    return Asked(number, name or str(number), query)
