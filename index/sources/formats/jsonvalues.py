"""JSON files: an array of objects, one object, or objects one after another.

A file is read value by value, so that its size does not matter and what follows a broken value is
not lost.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator

from index.sources.columns import FieldNames
from index.sources.formats.jsonlines import LENIENT
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record
from index.sources.streams import LONGEST, Broken

_GAP = re.compile(r"[\s,]*")
_NEXT_OBJECT = re.compile(r"\}[ \t\r]*[,\n]\s*(?=\{)")
_LONGEST_GAP = 200  # between two objects, where one begins anew after a broken one
_LONGEST_TOKEN = 16  # an error nearer to the end may be only a token cut in two


class _Text:
    """A window over the text of a file: ``text[at:]`` is not read yet, ``line`` is that of ``at``.

    ``more`` raises ``Broken`` with the line.
    """

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = iter(content)
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self.text = ""
        self.at = 0
        self.line = 1
        self.ended = False

    def more(self) -> bool:
        """Doubles what is not read yet; False at the end of the file."""
        if self.ended:
            return False
        missing = max(len(self.text) - self.at, 1)
        parts = [self.text[self.at :]]
        try:
            while missing > 0 and not self.ended:
                block = next(self._content, None)
                self.ended = block is None
                parts.append(self._decoder.decode(block or b"", final=self.ended))
                missing -= len(parts[-1])
        except Broken as broken:
            broken.line = self.line
            raise
        self.text, self.at = "".join(parts), 0
        return len(parts) > 1 and any(parts[1:])

    def advance(self, end: int) -> None:
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def skip_gap(self) -> str:
        """Goes to the next character that is neither space nor comma; empty at the end."""
        while True:
            gap = _GAP.match(self.text, self.at)
            self.advance(gap.end() if gap else self.at)
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""


def read_json(
    content: Iterable[bytes], file: str, names: FieldNames
) -> Iterator[Record | InputProblem]:
    """The record or the problem of every value of the file. Raises ``Broken``."""
    text = _Text(content)
    inside = text.skip_gap() == "["
    if inside:
        text.advance(text.at + 1)
    while character := text.skip_gap():
        if inside and character == "]":
            text.advance(text.at + 1)
            inside = False
            continue
        line = text.line
        value = _next_value(text, file)
        if isinstance(value, InputProblem):
            yield value
            if not _go_to_next_object(text):
                return
        elif isinstance(value, dict):
            yield from _unwrap(value, line, inside=inside, names=names)
        else:
            yield InputProblem(ProblemKind.NOT_AN_OBJECT, file, line)
    if inside:
        yield InputProblem(ProblemKind.BROKEN_JSON, file, text.line, "the array is not closed")


def _next_value(text: _Text, file: str) -> object:
    """The value at the window's start, or the ``InputProblem`` in its place."""
    while True:
        kind, detail = ProblemKind.BROKEN_JSON, ""
        try:
            value, end = LENIENT.raw_decode(text.text, text.at)
        except json.JSONDecodeError as error:
            cut = len(text.text) - error.pos < _LONGEST_TOKEN or "Unterminated" in error.msg
            detail = error.msg
        except (ValueError, RecursionError):
            cut = False
        else:
            cut = not isinstance(value, dict) and end == len(text.text) and not text.ended
            if not cut and end - text.at <= LONGEST:
                text.advance(end)
                return value
        if len(text.text) - text.at > LONGEST and (cut or not detail):
            return InputProblem(ProblemKind.LINE_TOO_LONG, file, text.line)
        if not cut or not text.more():
            return InputProblem(kind, file, text.line, detail)


def _go_to_next_object(text: _Text) -> bool:
    """Leaves a broken value behind: to the next ``}, {``; False where none comes."""
    while True:
        found = _NEXT_OBJECT.search(text.text, text.at)
        if found:
            text.advance(found.end())
            return True
        text.advance(max(text.at, len(text.text) - _LONGEST_GAP))
        if not text.more():
            return False


def _unwrap(
    value: dict[str, object], line: int, *, inside: bool, names: FieldNames
) -> Iterator[Record]:
    """The record, or the records of an object that only wraps a list of them."""
    lists = [
        held
        for held in value.values()
        if isinstance(held, list) and held and all(isinstance(item, dict) for item in held)
    ]
    if inside or names.plan(value)["body"] or len(lists) != 1:
        yield Record(value, line)
        return
    for item in lists[0]:
        yield Record(item, line)
