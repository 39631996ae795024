"""JSON files: arrays of objects, one object around them, or objects one after another.

A file is read value by value, so that its size does not matter and what follows a broken value is
not lost. An object longer than one article may be is entered and read member by member.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from index.bilingual import Text
from index.patterns import on_use
from index.sources.columns.plan import FieldNames
from index.sources.formats.jsonfiles.beside import Left, inside, is_beside, told_of
from index.sources.formats.jsonfiles.decoding import NotAValue
from index.sources.formats.jsonfiles.emptiness import empty_run
from index.sources.formats.jsonfiles.members import Level, Members
from index.sources.formats.jsonfiles.mending import faults_of
from index.sources.formats.jsonfiles.payload import may_be_payload
from index.sources.formats.jsonfiles.places import lines_of_objects
from index.sources.formats.jsonfiles.surroundings import skip_surroundings
from index.sources.formats.jsonfiles.valuereader import TooLong, ValueReader, holds_list
from index.sources.formats.jsonfiles.window import Window
from index.sources.problems import Detail, InputProblem, ProblemKind
from index.sources.record import Record

_NEXT_OBJECT = on_use(r"\}[ \t\r]*[,\n]\s*(?=\{)|\n(?=\{[\"'])")
_SWALLOWED = on_use(r"\n\s{0,99}(?=\{\s{0,99}\"\Z)")
_BEGINS = on_use(r"[\s,]{0,200}(?=\{[\"'])")
_LONGEST_GAP = 200  # between two objects, where one begins anew after a broken one
_ROWS = on_use(r"\[\s{0,9}\"[^\[\]{}\n]{1,4000}\][ \t\r,]{0,9}\n[ \t]{0,9}\[")
_MOST_TRIES = 100  # to find a wrapper in what is broken
_STARTS = frozenset('{["]}')
_DEEPEST = 8
_NOT_CLOSED = {
    "]": Text("the array is not closed", "daftarnya tidak ditutup"),
    "}": Text("the object is not closed", "objeknya tidak ditutup"),
}


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
        self._levels: list[Level] = []
        self._lost = False
        self._last_line = 0
        self._tries = 0
        self._members = Members(names)

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
            elif character == "[" and not self._levels and not self._is_one():
                self._levels.append(Level("]", window.line))
                window.advance(window.at + 1)
            else:
                yield from self._member()
            self._last_line = window.line
        if self._levels and not self._lost:
            yield self._problem(ProblemKind.BROKEN_JSON, _NOT_CLOSED[self._levels[0].closing])

    def _is_one(self) -> bool:
        """A list begins that is read as one: a payload, or a line of a table."""
        text, at = self._window.text, self._window.at
        return (
            self._members.are_rows or may_be_payload(text, at) or _ROWS.match(text, at) is not None
        )

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
                self._problem(ProblemKind.BROKEN_JSON, error.told()),
                max(start, window.at) if error.position < window.at else error.position,
            )
            return
        except TooLong:
            opening = window.text[window.at]
            if opening in "[{" and len(self._levels) < _DEEPEST:
                beside = is_beside(key) or bool(level and level.beside)
                closing = "]" if opening == "[" else "}"
                self._levels.append(Level(closing, line, entered=True, beside=beside))
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
        if not inside_one:
            self._tries += 1
            if opening != "{" or self._tries > _MOST_TRIES:
                return False
            if not holds_list(window.text, start, self._names):
                return False
            self._tries -= 1
        closing = "]" if opening == "[" else "}"
        self._levels.append(Level(closing, line, broken=True))
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
        self, value: object, key: str, line: int, level: Level | None
    ) -> Iterator[Record | InputProblem]:
        articles = list(self._members.articles(inside(value), key, level))
        places = self._places(value, line) if len(articles) > 1 else {}
        for article in articles:
            if isinstance(article, dict):
                if level:
                    level.found = True
                yield Record(article, places.get(id(article), line), faults_of(article))
            elif isinstance(article, Left):
                yield told_of(article, self._file, line)
            else:
                yield InputProblem(ProblemKind.NOT_AN_OBJECT, self._file, line)

    def _places(self, value: object, line: int) -> Mapping[int, int]:
        window = self._window
        return lines_of_objects(window.text, self._reader.begins, window.at, line, value)

    def _problem(self, kind: ProblemKind, detail: Detail = "") -> InputProblem:
        return InputProblem(kind, self._file, self._window.line, detail)
