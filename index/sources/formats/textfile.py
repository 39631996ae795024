"""Text files: one article each.

::

    Kamis, 1 Juni 2023 10.15 WIB              an optional date
    Rusia dan Kamboja pererat hubungan        an optional title: short, without a full stop
    PHNOM PENH – Rusia dan Kamboja ...        the body, often with a dateline
    Duta Besar Rusia ...

A title may also come before the date; the date may stand in a label, and a line may name the
author (``text/bylines.py``), another be the article's address. Or the lines name their fields:
``Judul: ...`` (``labelledhead.py``), also between two lines of hyphens (``frontmatter.py``). Of
Markdown a title may have its signs, or a rule below it; a rule above it is no title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from index.patterns import on_use
from index.sources.inputs.streams import whole
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record
from index.sources.text.bylines import (
    Byline,
    is_counter,
    read_author_line,
    read_author_pair,
    read_date_line,
    read_source_line,
)
from index.sources.text.cleaning import decode
from index.sources.text.dateline import read_dateline
from index.sources.text.frontmatter import FrontMatter, read_front_matter
from index.sources.text.labelledhead import read_labelled_head
from index.sources.values.texts import as_text

_LONGEST_TITLE = 150
_LONGEST_BETWEEN = 60
_HEAD_LINES = 8

_ADDRESS = on_use(r"https?://[^\s<>\"/?#]{4,200}(?P<path>[/?][^\s<>\"]{0,2000})?")
_ADDRESS_OF_THE_TEXT = "page_url"
"""The column that gives an address, but never an id: nothing says that no other text has it."""
_NO_NEWS = on_use(
    r"https?://(?:[\w-]{1,20}\.){0,2}(?:youtube\.com|youtu\.be|twitter\.com|x\.com|t\.co|instagram\.com"
    r"|facebook\.com|fb\.watch|tiktok\.com|t\.me|wa\.me|whatsapp\.com|vimeo\.com|dailymotion\.com"
    r"|spotify\.com|soundcloud\.com|threads\.net|google\.com|forms\.gle|zoom\.us|bit\.ly|s\.id)/",
    re.IGNORECASE,
)
"""What a report shows or leads to, not where it stood."""
_HEADING = on_use(r"#{1,6}\s{1,9}(?P<title>.*?\S)(?:\s+#+)?\s*")
_RULE = on_use(r"={3,}|-{2,}|_{3,}|~{3,}|\*{3,}|\+{3,}|[\u2013\u2014]+")
_EMPHASIS = on_use(r"(?P<sign>[*_]{1,3})(?P<text>[^*_\s][^*_]*[^*_\s])(?P=sign)")


def read_text(content: Iterable[bytes], file: str) -> Iterator[Record | InputProblem]:
    """The one record of the file, or its problem. Raises ``Broken``."""
    data = whole(content)
    if data is None:
        yield InputProblem(ProblemKind.LINE_TOO_LONG, file, None)
        return
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    front = read_front_matter(text)
    yield _take_apart(text) if front is None else _below(front)


def _below(front: FrontMatter) -> Record:
    """What the head tells, and below it what its lines tell that the head does not."""
    title = as_text(front.fields.get("title"), "title") or None
    record = _take_apart(front.body, title)
    told = {name: value for name, value in record.values.items() if name not in front.fields}
    faults = tuple((ProblemKind.UNREAD_HEAD, name) for name in front.unread)
    if front.unread:
        body = str(told.get("body", front.body)).rstrip()
        told["body"] = "\n\n".join((body, *front.unread.values()))
    return Record({"body": front.body, **told, **front.values}, 1, faults)


def _take_apart(text: str, title: str | None = None) -> Record:
    """The record of a text, of whose first lines one may be the ``title`` that is known."""
    numbered = enumerate(text.split("\n"), start=1)
    lines = [(number, line.strip("\0 \t\xa0\ufeff")) for number, line in numbered]
    filled = [(number, line) for number, line in lines if line]
    rules = next((at for at, (_, line) in enumerate(filled) if not _RULE.fullmatch(line)), 0)
    filled = filled[rules:][: _HEAD_LINES + 2]
    named = None
    if title is None:
        named = read_labelled_head([line for _, line in filled[: _HEAD_LINES + 1]])
    if named is not None:
        number = filled[named.lines - 1][0]
        behind = "".join(text.split("\n", number)[number:]).lstrip("\n")
        parts = (*named.kept, named.body, behind)
        body = "\n\n".join(part for part in parts if part)
        return Record({**named.values, "body": body}, filled[0][0])
    head = _read_head([line for _, line in filled], title)
    if head.lines == len(filled):
        kept = {"body": "\n\n".join(head.kept)} if head.kept else {}
        return Record({**head.values, **kept}, filled[0][0] if filled else None)
    number = filled[head.lines][0]
    body = text.split("\n", number - 1)[-1]
    return Record({**head.values, "body": "\n\n".join((*head.kept, body))}, number)


@dataclass(slots=True)
class _Head:
    """The lines over a body: how many there are, what they tell, which of them stay in the body."""

    lines: int = 0
    values: dict[str, object] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    editor: str | None = None
    stated: str | None = None
    """The title that was known before, until its line has come."""

    def takes_title(self, line: str) -> bool:
        if self.stated is None:
            return "title" not in self.values and _is_title(line)
        is_it = _is_same(line, self.stated)
        self.stated = "" if is_it else self.stated
        return is_it

    def add(self, told: Byline) -> None:
        if told.date and "date" in self.values:
            self.values["date"] = f"{self.values['date']} | {told.date}"
        for name in ("date", "source", "place", "author"):
            value = getattr(told, name)
            if value:
                self.values.setdefault(name, value)
        self.editor = self.editor or told.editor


def _read_head(  # noqa: C901 - one branch a kind of line
    lines: list[str], title: str | None
) -> _Head:
    head = _Head() if title is None else _Head(values={"title": title}, stated=title)
    address = _only_address(lines)
    while head.lines < min(len(lines), _HEAD_LINES):
        written, *rest = lines[head.lines :]
        below = head.lines > 0 or (bool(rest) and _is_title(rest[0]))
        line = _without_emphasis(written)
        if rest and written == address:
            head.values[_ADDRESS_OF_THE_TEXT] = address
            head.lines += 1
        elif (told := _date_line(line, head, below=below)) or (
            told := read_author_line(line, below=head.lines > 0)
        ):
            head.add(told)
            head.lines += 1
        elif rest and (told := read_author_pair(line, rest[0])):
            head.add(told)
            head.lines += 2
        elif rest and "title" not in head.values and _RULE.fullmatch(written):
            head.lines += 1
        elif rest and head.takes_title(line):
            head.values.setdefault("title", _without_signs(line))
            head.lines += 1 + bool(_RULE.fullmatch(rest[0]))
        elif "title" in head.values and rest and (told := read_source_line(line)):
            head.add(told)
            head.lines += 1
        elif "date" in head.values and is_counter(line):
            head.lines += 1
        elif len(rest) > 1 and _is_over_a_date(line, rest[0], head):
            head.kept.append(written)
            head.lines += 1
        else:
            break
    if head.editor:
        head.values.setdefault("author", head.editor)
    return head


def _only_address(lines: list[str]) -> str | None:
    """The address of a page that is alone in a line, where no other line is an address."""
    found = [address for line in lines if (address := _ADDRESS.fullmatch(line))]
    if len(found) != 1 or len(found[0]["path"] or "") < len("/a") or _NO_NEWS.match(found[0][0]):
        return None
    return found[0][0]


def _is_same(line: str, title: str) -> bool:
    """The line is the title, be it with signs of Markdown."""
    if len(line) > len(title) + _LONGEST_TITLE:
        return False
    return title.split() in (line.split(), _without_signs(line).split())


def _without_emphasis(line: str) -> str:
    emphasis = _EMPHASIS.fullmatch(line)
    return emphasis["text"] if emphasis else line


def _without_signs(line: str) -> str:
    """A title without the signs by which Markdown knows it."""
    heading = _HEADING.fullmatch(line)
    return heading["title"] if heading else line


def _date_line(line: str, head: _Head, *, below: bool) -> Byline | None:
    """The date of the line; a second one only where it says what it is the date of."""
    told = read_date_line(line, below=below)
    return told if told is None or "date" not in head.values or told.labelled else None


def _is_over_a_date(line: str, next_line: str, head: _Head) -> bool:
    """A short line that says who knows what, between the title and a date with a time."""
    if head.kept or "date" in head.values or "title" not in head.values:
        return False
    if len(line) > _LONGEST_BETWEEN or not _is_title(line) or ":" not in next_line:
        return False
    return read_date_line(next_line) is not None


def _is_title(line: str) -> bool:
    return (
        len(line) <= _LONGEST_TITLE
        and line.rstrip("\"”’')")[-1:] not in {".", ",", ";", ":"}
        and read_dateline(line) is None
    )
