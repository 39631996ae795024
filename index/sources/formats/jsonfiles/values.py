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
from index.sources.formats.jsonfiles.decoding import NotAValue, decode_value
from index.sources.formats.jsonfiles.emptiness import empty_run
from index.sources.formats.jsonfiles.mending import faults_of
from index.sources.formats.jsonfiles.orientations import is_header
from index.sources.formats.jsonfiles.payload import may_be_payload, of_payload
from index.sources.formats.jsonfiles.surroundings import skip_surroundings
from index.sources.formats.jsonfiles.unwrapping import unwrap, unwrap_member
from index.sources.formats.jsonfiles.window import Window
from index.sources.inputs.streams import LONGEST
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record

_NEXT_OBJECT = re.compile(r"\}[ \t\r]*[,\n]\s*(?=\{)|\n(?=\{[\"'])")
_SWALLOWED = re.compile(r"\n\s{0,99}(?=\{\s{0,99}\"\Z)")
_BEGINS = re.compile(r"[\s,]{0,200}(?=\{[\"'])")
_LONGEST_GAP = 200  # between two objects, where one begins anew after a broken one
_KEY = re.compile(
    r"(?:\"((?:[^\"\\]++|\\.)*+)\"|'((?:[^'\\]++|\\.)*+)'|([\w$]++))\s*+:\s*+(?=\S)", re.DOTALL
)
_LONGEST_KEY = 2**16
_LEAST_REST = 4  # behind a number, which may go on with an exponent
_STARTS = frozenset('{["]}')
_DEEPEST = 8
_MOST_WASTE = 4 * LONGEST  # characters read in vain as what is almost JSON
_LEAST_WASTE = 2**15  # of one attempt, so that there are some thousands at most


@dataclass(slots=True)
class _Level:
    """A bracket that is open; one that was ``entered`` is longer than an article may be."""

    closing: str
    line: int
    entered: bool = False
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
        self._file = file
        self._names = names
        self._levels: list[_Level] = []
        self._wasted = 0
        self._irregular = False
        self._lost = False
        self._last_line = 0

    def everything(self) -> Iterator[Record | InputProblem]:
        window = self._window
        while not self._lost and (character := window.skip_gap()):
            if not self._levels and character not in _STARTS:
                skipped = list(self._skip_surroundings(character))
                yield from (told for told in skipped if told is not None)
                if skipped:
                    continue
            if character in "]}":
                window.advance(window.at + 1)
                yield from self._close(character)
            elif (
                character == "["
                and not self._levels
                and not may_be_payload(window.text, window.at)
            ):
                self._levels.append(_Level("]", window.line))
                window.advance(window.at + 1)
            else:
                yield from self._member()
            self._last_line = window.line
        if self._levels and not self._lost:
            what = "array" if self._levels[0].closing == "]" else "object"
            yield self._problem(ProblemKind.BROKEN_JSON, f"the {what} is not closed")

    def _skip_surroundings(self, character: str) -> Iterator[InputProblem | None]:
        """Goes behind what is no JSON; None, or what is told of text, where there was any."""
        line = self._window.line
        begins = skip_surroundings(self._window, character)
        if begins is None:
            return
        apart = line > self._last_line and "{" not in begins
        kind = ProblemKind.NO_ARTICLE if apart else ProblemKind.BROKEN_JSON
        yield InputProblem(kind, self._file, line, begins) if begins else None

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
            found = self._key()
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
            value = self._value()
        except NotAValue as error:
            yield from self._resume(
                self._problem(ProblemKind.BROKEN_JSON, error.message),
                max(start, window.at) if error.position < window.at else error.position,
            )
            return
        except _TooLong:
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

    def _key(self) -> str | None:
        window = self._window
        while True:
            found = _KEY.match(window.text, window.at)
            if found:
                window.advance(found.end())
                return found[1] or found[2] or found[3] or ""
            if len(window.text) - window.at > _LONGEST_KEY or not window.more():
                return None

    def _value(self) -> object:
        """The value at the window's start. Raises ``NotAValue`` and ``_TooLong``."""
        window = self._window
        if self._irregular:
            window.shrink()
        while True:
            whole, strictly = window.ended, self._wasted > _MOST_WASTE
            try:
                value, end, strict = decode_value(
                    window.text, window.at, whole=whole, strictly=strictly
                )
            except NotAValue as error:
                if len(window.text) - window.at > LONGEST and (error.cut or not error.message):
                    raise _TooLong from None
                if not error.cut or whole:
                    self._wasted += max(error.parsed, _LEAST_WASTE)
                    self._irregular = True
                    raise
                window.more()
            else:
                rest = len(window.text) - end
                cut = not isinstance(value, dict) and rest < _LEAST_REST and not window.ended
                if end - window.at > LONGEST:
                    raise _TooLong
                if not cut:
                    self._irregular = self._irregular or not strict
                    window.advance(end)
                    return value
                window.more()

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
        position = level.position if level else 0
        articles: Iterable[object] = (value,)
        if level:
            level.position += 1
        if isinstance(value, str):
            value = inside(value)
        if level and level.closing == "}":
            if isinstance(value, str) and value and self._names.plan((key,))["body"]:
                level.lost = True
            articles = unwrap_member(key, value, position, self._names)
        elif isinstance(value, dict):
            articles = unwrap(value, self._names)
        elif isinstance(value, list):
            articles = self._of_list(value, level)
        for article in articles:
            if isinstance(article, dict):
                if level:
                    level.found = True
                yield Record(article, line, faults_of(article))
            elif isinstance(article, Left):
                yield told_of(article, self._file, line)
            else:
                yield InputProblem(ProblemKind.NOT_AN_OBJECT, self._file, line)

    def _of_list(self, value: list[object], level: _Level | None) -> Iterable[object]:
        """A list in an array: a page of objects, a header, or a row under one; or a payload."""
        if level is None:
            payload = of_payload(value)
            value = [payload] if isinstance(payload, dict) else value
            return [article for item in value for article in self._of_item(item)]
        if value and all(isinstance(item, dict) for item in value):
            return [article for item in value for article in unwrap(item, self._names)]  # type: ignore[arg-type]
        if level and level.header is not None:
            return [dict(zip(map(str, level.header), value, strict=False))]
        if level and is_header(value, self._names):
            level.header = value
            return ()
        return () if not value else (value,)

    def _of_item(self, item: object) -> Iterable[object]:
        return unwrap(item, self._names) if isinstance(item, dict) else (item,)

    def _problem(self, kind: ProblemKind, detail: str = "") -> InputProblem:
        return InputProblem(kind, self._file, self._window.line, detail)


class _TooLong(Exception):
    """A value is longer than an article may be."""
