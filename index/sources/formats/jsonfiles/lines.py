"""JSON Lines: one object a line.

Commas at line ends, brackets around all lines, several values in a line and values over several
lines are read as well; a line that begins with a brace begins an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import orjson

from index.sources.columns.plan import FieldNames
from index.sources.formats.jsonfiles.beside import Left, inside, told_of
from index.sources.formats.jsonfiles.decoding import NotAValue
from index.sources.formats.jsonfiles.emptiness import SHORT, EmptyLines
from index.sources.formats.jsonfiles.envelopes import action_id
from index.sources.formats.jsonfiles.linevalues import BETWEEN, behind_label, gap_end, values_of
from index.sources.formats.jsonfiles.mending import faults_of
from index.sources.formats.jsonfiles.unwrapping import has_body, unwrap
from index.sources.formats.jsonfiles.valuereader import holds_list
from index.sources.formats.jsonfiles.values import read_json
from index.sources.inputs.streams import LONGEST, Broken, lines
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record
from index.sources.text.cleaning import decode

_BYTES_BETWEEN = b" \t\r,;\x1e"


def read_json_lines(
    content: Iterable[bytes], file: str, names: FieldNames
) -> Iterator[Record | InputProblem]:
    """The record or the problem of every line that is not blank. Raises ``Broken``."""
    reader = _Reader(file, names)
    empty = EmptyLines(file)
    try:
        for number, line in lines(content, blank=False):
            if line is not None and len(line) < SHORT and not reader.waits:
                told = empty.take(line, number)
                if told is not None:
                    yield from told
                    continue
            if line is None:
                yield from reader.finish()
                yield InputProblem(ProblemKind.LINE_TOO_LONG, file, number)
                continue
            try:
                value = orjson.loads(line)
            except orjson.JSONDecodeError:
                yield from reader.irregular(line, number)
                continue
            if type(value) is dict and not reader.waits and has_body(value, names):
                yield Record(value, number)
            else:
                yield from reader.irregular(line, number)
        yield from reader.finish()
        yield from empty.rest()
        yield from reader.told()
    except Broken as broken:
        # The break may come after the last byte of an article, before its line end.
        yield from reader.finish(broken.rest, broken.line)
        yield from empty.rest()
        raise


class _Reader:
    """Reads what is not an article in a line of its own.

    ``waits`` says that lines before belong to the next: the beginning of an object, or an id.
    """

    def __init__(self, file: str, names: FieldNames) -> None:
        self._file = file
        self._names = names
        self._first = 0
        self._size = 0
        self._announced = ""
        self._unfinished: list[str] = []
        self._labelled: tuple[int, str] | None = None
        self.waits = False

    def told(self) -> Iterator[InputProblem]:
        """What is told at the end: the first text that stood before the object of its line."""
        if self._labelled:
            number, label = self._labelled
            yield InputProblem(ProblemKind.NO_ARTICLE, self._file, number, label)

    def _record(self, value: object, number: int) -> Record | InputProblem:
        """The record of a value, under the id that the line before announced for it."""
        if isinstance(value, Left):
            return told_of(value, self._file, number)
        if not isinstance(value, dict):
            return InputProblem(ProblemKind.NOT_AN_OBJECT, self._file, number)
        faults = faults_of(value)
        if self._announced:
            value = {**value, "_id": value.get("_id", self._announced)}
            self._announced = ""
            self.waits = bool(self._unfinished)
        return Record(value, number, faults)

    def _opened(self, value: dict[str, object]) -> Iterable[object]:
        """The articles in an object of one member, which may only announce one."""
        announced = action_id(value)
        if announced is None:
            return unwrap(value, self._names)
        self._announced = announced
        self.waits = True
        return ()

    def irregular(self, line: bytes, number: int) -> Iterator[Record | InputProblem]:
        """What a line holds that is not one object; nothing where it goes on."""
        if self._unfinished and not line.startswith((b"{", b"\x1e")) and not self._ends(line):
            self._hold(decode(line))
            return
        yield from self.finish()
        inner = line.strip(_BYTES_BETWEEN)
        try:
            values: list[object] = [orjson.loads(inner)]
        except orjson.JSONDecodeError:
            text = decode(line)
            values, problem = values_of(text)
            if problem is not None and not any(isinstance(value, dict) for value in values):
                behind = behind_label(text)
                if behind is not None:
                    values, problem = [behind], None
                    self._labelled = self._labelled or (number, text.partition("{")[0].strip())
            if (
                problem is not None
                and problem.cut
                and not values
                and text.lstrip(BETWEEN)[:1] == "{"
            ):
                self._first = number
                self._hold(text)
                return
            if problem is not None and not values and self._is_wrapper(text):
                yield from self._within(text, number)
                return
            yield from self._records(values, number)
            if problem is not None:
                yield self._problem(problem, number)
            return
        yield from self._records(values, number)

    def finish(
        self, rest: bytes | None = None, line: int | None = None
    ) -> Iterator[Record | InputProblem]:
        """What the unfinished lines hold; with the ``rest`` of a broken stream no problem."""
        if rest is not None and not self._unfinished:
            values, _ = values_of(decode(rest))
            yield from self._records([v for v in values if isinstance(v, dict)], line or 0)
            return
        if not self._unfinished:
            return
        held, self._unfinished, size, self._size = self._unfinished, [], self._size, 0
        self.waits = bool(self._announced)
        if size > LONGEST:
            yield InputProblem(ProblemKind.LINE_TOO_LONG, self._file, self._first)
            yield from self._singly(held)
            return
        text = "\n".join([*held, decode(rest or b"")])
        values, problem = values_of(text)
        if problem is not None and not values and self._is_wrapper(text):
            yield from self._within(text, self._first)
            return
        if problem is None or values:
            yield from self._records(values, self._first)
        if problem is not None and rest is None:
            yield self._problem(problem, self._first)
        if problem is not None and not values:
            yield from self._singly(held)

    def _is_wrapper(self, text: str) -> bool:
        """The text is that of a wrapper around articles, which is broken or cut."""
        at = gap_end(text, 0)
        return text[at : at + 1] == "{" and holds_list(text, at, self._names)

    def _within(self, text: str, number: int) -> Iterator[Record | InputProblem]:
        """The articles in a broken wrapper, one by one."""
        for item in read_json([text.encode(errors="surrogateescape")], self._file, self._names):
            line = (item.line or 1) + number - 1
            if isinstance(item, Record):
                item.line = line
                yield item
            else:
                yield replace(item, line=line)

    def _ends(self, line: bytes) -> bool:
        """The line is an article, indented, and would be lost with too many lines before it."""
        if self._size + len(line) < LONGEST:
            return False
        try:
            value = orjson.loads(line.strip(_BYTES_BETWEEN))
        except orjson.JSONDecodeError:
            return False
        return type(value) is dict and has_body(value, self._names)

    def _hold(self, text: str) -> None:
        self.waits = True
        self._size += len(text) + 1
        if self._size <= LONGEST:
            self._unfinished.append(text)

    def _singly(self, held: list[str]) -> Iterator[Record | InputProblem]:
        """The objects of one line each among lines that together are none."""
        for number, text in enumerate(held[1:], start=self._first + 1):
            if text.lstrip(BETWEEN)[:1] == "{":
                values, problem = values_of(text)
                if problem is None:
                    yield from self._records(values, number)

    def _records(self, values: list[object], number: int) -> Iterator[Record | InputProblem]:
        for value in map(inside, values):
            if isinstance(value, list) and all(isinstance(item, dict) for item in value):
                yield from self._records(value, number)
            elif isinstance(value, dict):
                for article in (
                    self._opened(value) if len(value) == 1 else unwrap(value, self._names)
                ):
                    yield self._record(article, number)
            else:
                yield self._record(value, number)

    def _problem(self, error: NotAValue, number: int) -> InputProblem:
        return InputProblem(ProblemKind.BROKEN_JSON, self._file, number, error.told(column=True))
