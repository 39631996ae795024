"""What the header of a table says of its rows: how many cells, and which hold what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from index.dates import ImpossibleDate, NotADate, parse_date
from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.columns.plan import FieldNames

_URL = on_use(r"(?:https?://|www\.)\S+")
_DATE = on_use(r"[^\d]{0,40}\d{1,4}\s?[-/ .]\s?\w{1,9}\s?[-/ .,]\s?\d{2,4}")
_LONGEST_DATE = 60
_PROSE = ",;"  # after these, texts have a space
_NUMBERING = {"no", "no.", "nomor", "index", "idx", "#", "", "unnamed: 0"}


@dataclass(frozen=True)
class Shape:
    """The columns of a table; ``body`` and the others are their numbers."""

    header: tuple[str, ...]
    delimiter: str
    body: int
    dates: frozenset[int]
    urls: frozenset[int]
    numbers: frozenset[int]
    spaced: bool = False
    """A space follows each delimiter."""

    quote: str = '"'
    separator: str = ""
    """What stands in the file where it is not ``delimiter``."""

    texts: frozenset[int] = frozenset()
    """The titles, summaries and bodies."""

    @property
    def joiner(self) -> str:
        """What stood between two cells that are one."""
        return self.separator or self.delimiter

    @property
    def width(self) -> int:
        """How many cells a row should have."""
        return len(self.header)

    def behind_row_names(self) -> Shape:
        """The same columns behind one more that has numbers and no name."""
        return replace(
            self,
            header=("", *self.header),
            body=self.body + 1,
            dates=frozenset(at + 1 for at in self.dates),
            urls=frozenset(at + 1 for at in self.urls),
            numbers=frozenset(at + 1 for at in self.numbers) | {0},
            texts=frozenset(at + 1 for at in self.texts),
        )

    @property
    def body_is_last(self) -> bool:
        """Nothing comes after the body."""
        return self.body == self.width - 1

    @cached_property
    def _cell(self) -> re.Pattern[str]:
        delimiter, quote = re.escape(self.delimiter), self.quote
        quoted = f"{quote}((?:[^{quote}]++|{quote}{quote})*+){quote}(?={delimiter}|$)"
        return re.compile(f"(?:{quoted}|([^{delimiter}]*+))(?:{delimiter}|$)")

    def split(self, line: str) -> list[str]:
        """The cells of one line; a quotation mark that does not enclose one is a character.

        None does where only so the right cells come out.
        """
        line = line.rstrip("\r\n").replace("\r", " ")
        cells = self._enclosed(line)
        if len(cells) != self.width and line.count(self.delimiter) == self.width - 1:
            plain = line.split(self.delimiter)
            right, wrong = self.suits(plain)
            if right and not wrong:
                return plain
        return cells

    def _enclosed(self, line: str) -> list[str]:
        cells, at = [], 0
        quote = self.quote
        while found := self._cell.match(line, at):
            enclosed = found[1]
            cells.append(found[2] if enclosed is None else enclosed.replace(quote * 2, quote))
            at = found.end()
            if at == len(line) and line[-1:] != self.delimiter:
                break
            if at == len(line):
                cells.append("")
                break
        return cells

    def glued(self, cells: list[str]) -> list[str]:
        """The cells, where one that begins with a space goes on with the text before it."""
        if self.delimiter not in _PROSE or self.spaced:
            return cells
        joined = cells[:1]
        for cell in cells[1:]:
            if cell[:1] == " " and cell.strip():
                joined[-1] += self.delimiter + cell
            else:
                joined.append(cell)
        return joined

    def is_full(self, line: str) -> bool:
        """The line alone has the right number of cells, none of which is the tail of a text."""
        if line.count(self.delimiter) < self.width - 1:
            return False
        cells = self.split(line)
        return len(cells) == self.width == len(self.glued(cells))

    def suits(self, cells: Sequence[str]) -> tuple[int, int]:
        """How many dates and addresses are such, and how many are something else."""
        right = wrong = 0
        for columns, is_right in ((self.dates, is_date), (self.urls, is_url)):
            for column in columns:
                value = cells[column].strip() if column < len(cells) else ""
                if value and value not in {"-", "\\N", "NULL", "nan", "None"}:
                    good = is_right(value)
                    right, wrong = right + good, wrong + (not good)
        return right, wrong

    def score(self, cells: Sequence[str]) -> int:
        """The more, the better the cells suit their columns."""
        right, wrong = self.suits(cells)
        return right - wrong


def shape_of(header: Sequence[str], delimiter: str, names: FieldNames) -> Shape:
    """The shape of a table with this header; what comes nearest to a body is its body."""
    plan = names.plan(header)
    places = {name: place for place, name in reversed([*enumerate(header)])}

    def columns(field: str) -> frozenset[int]:
        return frozenset(places[key] for key in plan[field] if key in places)

    named = frozenset(n for n, name in enumerate(header) if name.strip().lower() in _NUMBERING)
    texts = (*plan["body"], *plan.get("parts", ()), *plan.get("summary", ()), *plan["title"])
    bodies = [places[key] for key in texts if key in places]
    return Shape(
        tuple(header),
        delimiter,
        bodies[0] if bodies else len(header) - 1,
        columns("date"),
        columns("url"),
        columns("id") | named,
        texts=frozenset(bodies),
    )


def is_url(text: str) -> bool:
    """The text is an address on the web."""
    return _URL.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """The text is a date, or one inside a label."""
    if len(text) > _LONGEST_DATE or not any(map(str.isdigit, text)):
        return False
    if _DATE.match(text):
        return True
    try:
        parse_date(text)
    except ImpossibleDate:
        return True
    except NotADate:
        return False
    return True
