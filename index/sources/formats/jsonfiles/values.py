"""JSON files: arrays of objects, one object around them, or objects one after another.

A file is read value by value, so that its size does not matter and what follows a broken value is
not lost. An object longer than one article may be is entered and read member by member.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.sources.columns.plan import FieldNames
from index.sources.formats.jsonfiles.beside import Left, inside, is_beside, told_of
from index.sources.formats.jsonfiles.decoding import NotAValue
from index.sources.formats.jsonfiles.emptiness import empty_run
from index.sources.formats.jsonfiles.mending import faults_of
from index.sources.formats.jsonfiles.orientations import is_header
from index.sources.formats.jsonfiles.payload import may_be_payload, of_payload
from index.sources.formats.jsonfiles.surroundings import skip_surroundings
from index.sources.formats.jsonfiles.unwrapping import unwrap, unwrap_member
from index.sources.formats.jsonfiles.valuereader import TooLong, ValueReader, holds_list
from index.sources.formats.jsonfiles.window import Window
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record

_NEXT_OBJECT = re.compile(r"\}[ \t\r]*[,\n]\s*(?=\{)|\n(?=\{[\"'])")
_SWALLOWED = re.compile(r"\n\s{0,99}(?=\{\s{0,99}\"\Z)")
_BEGINS = re.compile(r"[\s,]{0,200}(?=\{[\"'])")
_LONGEST_GAP = 200  # between two objects, where one begins anew after a broken one
_ROWS = re.compile(r"\[\s{0,9}\"[^\[\]{}\n]{1,4000}\][ \t\r,]{0,9}\n[ \t]{0,9}\[")
_STARTS = frozenset('{["]}')
_DEEPEST = 8


@dataclass(slots=True)
class _Level:
    """A bracket that is open; one that was ``entered`` is longer than an article may be.

    In one that is ``broken`` something else is wrong.
    """

    closing: str
    line: int
    entered: bool = False
    broken: bool = False
    beside: bool = False
    header: list[object] | None = None
    position: int = 0
    found: bool = False
    lost: bool = False


def read_json(
    content: Iterable[bytes], file: str, names: FieldNames
) -> Iterator[Record | InputProblem]:
    """The record or the problem of every value of the file. Raises ``Broken``."""
    return _Walk(Window(content), file, names).everything()


class _Walk:
    """The way through one file, with the brackets that are open on it."""

    def __init__(self, window: Window, file: str, names: FieldNames) -> None:
        self._window = window
        self._reader = ValueReader(window)
        self._file = file
        self._names = names
        self._levels: list[_Level] = []
        self._lost = False
        self._last_line = 0
        self._header: list[object] | None = None

    def everything(self) -> Iterator[Record | InputProblem]:
        window = self._window
        while not self._lost and (character := window.skip_gap()):
            if not self._levels and character not in _STARTS:
                line = window.line
                text = skip_surroundings(window, character)
                if text:
                    yield self._told_text(text, line)
                if text is not None:
                    continue
            if character in "]}":
                window.advance(window.at + 1)
                yield from self._close(character)
            elif (
                character == "[" and not self._levels and not may_be_payload(window.text, window.at)
            ):
                self._levels.append(_Level("]", window.line))
                window.advance(window.at + 1)
            else:
                yield from self._member()
            self._last_line = window.line
        if self._levels and not self._lost:
            what = "array" if self._levels[0].closing == "]" else "object"
            yield self._problem(ProblemKind.BROKEN_JSON, f"the {what} is not closed")

    def _is_row(self) -> bool:
        """A list begins that is a line of a table, as are those before and after."""
        window = self._window
        return self._header is not None or _ROWS.match(window.text, window.at) is not None

    def _told_text(self, text: str, line: int) -> InputProblem:
        """What is told of text that is no JSON; on the line of a value it may belong to one."""
        apart = line > self._last_line and "{" not in text
        kind = ProblemKind.NO_ARTICLE if apart else ProblemKind.BROKEN_JSON
        return InputProblem(kind, self._file, line, text)

    def _close(self, character: str) -> Iterator[InputProblem]:
        """Leaves a level; a bracket that closes nothing is what an array left that was broken."""
        if not self._levels or self._levels[-1].closing != character:
            return
        level = self._levels.pop()
        if level.entered and not level.beside and (level.lost or not level.found):
            yield InputProblem(ProblemKind.LINE_TOO_LONG, self._file, level.line)
        if self._levels:
            self._levels[-1].found = True

    def _member(self) -> Iterator[Record | InputProblem]:
        """What the next value, or the next member of an object that was entered, holds."""
        window, level = self._window, self._levels[-1] if self._levels else None
        line, key = window.line, ""
        if level and level.closing == "}":
            found = self._reader.key()
            if found is None:
                yield from self._resume(self._problem(ProblemKind.BROKEN_JSON), window.at)
                return
            key = found
        elif level and (run := empty_run(window.text, window.at)):
            end, count, kind = run
            window.advance(end)
            level.position += count
            if not level.beside:
                yield InputProblem(kind, self._file, line, "", count)
            return
        start = window.at
        try:
            value = self._reader.value()
        except NotAValue as error:
            if self._enter_broken(start, line):
                return
            yield from self._resume(
                self._problem(ProblemKind.BROKEN_JSON, error.message),
                max(start, window.at) if error.position < window.at else error.position,
            )
            return
        except TooLong:
            opening = window.text[window.at]
            if opening in "[{" and len(self._levels) < _DEEPEST:
                beside = is_beside(key) or bool(level and level.beside)
                closing = "]" if opening == "[" else "}"
                self._levels.append(_Level(closing, line, entered=True, beside=beside))
                window.advance(window.at + 1)
            else:
                yield from self._resume(self._problem(ProblemKind.LINE_TOO_LONG), window.at)
            return
        if level is None or not level.beside:
            yield from self._records(value, key, line, level)

    def _enter_broken(self, start: int, line: int) -> bool:
        """Enters a wrapper around articles that is broken somewhere, to read them one by one."""
        window, level = self._window, self._levels[-1] if self._levels else None
        opening = window.text[start : start + 1]
        inside_one = opening == "[" and level is not None and level.broken
        if len(self._levels) >= _DEEPEST or start < window.at:
            return False
        if not inside_one and not (opening == "{" and holds_list(window.text, start, self._names)):
            return False
        closing = "]" if opening == "[" else "}"
        self._levels.append(_Level(closing, line, broken=True))
        window.advance(start + 1)
        return True

    def _resume(self, problem: InputProblem, position: int) -> Iterator[InputProblem]:
        """Tells a broken value and leaves it behind: to the next object; for good if none comes."""
        yield problem
        window = self._window
        at = max(window.at, min(position, len(window.text)))
        swallowed = _SWALLOWED.search(window.text, max(window.at + 1, at - _LONGEST_GAP), at)
        if swallowed:  # by the text before, which was not closed
            window.advance(swallowed.end())
            window.shrink()
            self._leave_object(found=True)
            return
        begins = _BEGINS.match(window.text, at)
        if begins and at > window.at + 1:  # the broken value was not closed, and the next begins
            window.advance(begins.end())
            window.shrink()
            self._leave_object(found=True)
            return
        while window.text[at - 1 : at].isspace() and at > window.at:
            at -= 1
        while True:
            found = _NEXT_OBJECT.search(window.text, at)
            if found:
                window.advance(found.end())
                window.shrink()
                self._leave_object(found=True)
                return
            window.advance(max(at, len(window.text) - _LONGEST_GAP))
            at = window.at
            more = window.more()
            at = window.at
            if not more:
                self._lost = True
                return

    def _leave_object(self, *, found: bool) -> None:
        if self._levels and self._levels[-1].closing == "}":
            self._levels.pop()
            if self._levels:
                self._levels[-1].found = found

    def _records(
        self, value: object, key: str, line: int, level: _Level | None
    ) -> Iterator[Record | InputProblem]:
        for article in self._articles(inside(value), key, level):
            if isinstance(article, dict):
                if level:
                    level.found = True
                yield Record(article, line, faults_of(article))
            elif isinstance(article, Left):
                yield told_of(article, self._file, line)
            else:
                yield InputProblem(ProblemKind.NOT_AN_OBJECT, self._file, line)

    def _articles(self, value: object, key: str, level: _Level | None) -> Iterable[object]:
        """The articles in a value, and what else is in their place."""
        if level:
            level.position += 1
        if level and level.closing == "}":
            if isinstance(value, str) and value and self._names.plan((key,))["body"]:
                level.lost = True
            return unwrap_member(key, value, level.position - 1, self._names)
        if isinstance(value, list):
            return self._of_list(value, level)
        return self._of_item(value)

    def _of_list(self, value: list[object], level: _Level | None) -> Iterable[object]:
        """A list in an array: a page of objects, a header, or a row under one; or a payload."""
        if level is None:
            if self._header is not None:
                return [dict(zip(map(str, self._header), value, strict=False))]
            if is_header(value, self._names):
                self._header = value
                return ()
            payload = of_payload(value)
            value = [payload] if isinstance(payload, dict) else value
            return [article for item in value for article in self._of_item(item)]
        if value and all(isinstance(item, dict) for item in value):
            return [article for item in value for article in self._of_item(item)]
        if level.header is not None:
            return [dict(zip(map(str, level.header), value, strict=False))]
        if is_header(value, self._names):
            level.header = value
            return ()
        return () if not value else (value,)

    def _of_item(self, item: object) -> Iterable[object]:
        return unwrap(item, self._names) if isinstance(item, dict) else (item,)

    def _problem(self, kind: ProblemKind, detail: str = "") -> InputProblem:
        return InputProblem(kind, self._file, self._window.line, detail)
