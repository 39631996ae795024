"""One day or one span of the calendar, however it is told: written out, or counted from today.

Texts come in small letters, with single blanks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from index.dates import ImpossibleDate, NotADate, local_day, parse_date
from index.dates.names import MONTHS
from index.light_dataclass import dataclass
from index.patterns import on_use
from search.query.calendar import months, third
from search.query.calendar_spans import written_span
from search.query.day_words import MONTH, WEEKDAY
from search.query.relative_days import relative_days

_HYPHEN = on_use(r"(?<=[^\W\d_])-(?=\w)|(?<=\w)-(?=[^\W\d_])|_")
_NAMED = on_use(
    r"(?:pada |di |in |on |during |the )?"
    r"(?:(?:tanggal|tgl\.?|hari|date|bulan|bln\.?|month|tahun|thn\.?|th\.?|year) )?(?P<rest>.+)"
)
_OF_YEAR = on_use(
    r"(?<=\S )(?:(?:tahun|thn) (?P<which>ini|lalu|kemarin|silam|depan)"
    r"|(?P<before>this|last|next) year)$"
)
_YEARS_ON = {"lalu": -1, "kemarin": -1, "silam": -1, "last": -1, "depan": 1, "next": 1}

_ISO_DAY = on_use(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_THIRD = on_use(
    r"(?:(?P<early>awal|early|start of|beginning of)|(?P<mid>pertengahan|tengah|mid|middle of)"
    r"|(?:akhir|late|end of)) (?P<rest>.+)"
)
_SECONDS = on_use(r"-?[0-9]{9,13}(?:\.[0-9]*)?|[0-9]{15,}")
_SEVERAL = on_use(rf"[0-9] ?(?:-|s/d|sampai|hingga|dan|and|&|to) ?[0-9]{{1,2}} (?:{MONTH})")
_FULL = on_use(rf"[0-9]{{1,2}} (?:{MONTH}) [0-9]{{4}}|(?:{MONTH}) [0-9]{{1,2}},? [0-9]{{4}}")
_PLAIN = on_use(rf"[0-9]{{4}}(?:-[0-9]{{2}})?|(?:{MONTH}) [0-9]{{4}}")
_YEAR = on_use(r"(?:19|20)[0-9]{2}")
_ISO = on_use(r"((?:19|20)[0-9]{2})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_BEFORE = on_use(rf"[ ,.|()/-]*(?:(?:{WEEKDAY})[ ,.|()/-]*)?")
_BEHIND = on_use(rf"[ ,.|()/-]*(?:\((?:{WEEKDAY})\))?[ ,.]*")


@dataclass(frozen=True, slots=True)
class Days:
    """The days from ``first`` to ``last``, both included; None where they are open at that end.

    ``exact``: of ``2 minggu lalu`` the day so long ago. ``ranged``: both ends, or that one is open,
    stand in the text. ``spelt``: one day, month or year, spelt out so that nobody can read another.
    """

    first: date | None
    last: date | None
    exact: date | None = None
    ranged: bool = False
    spelt: bool = False

    @property
    def since(self) -> date | None:
        """The first day of what is since these days."""
        return self.exact or self.first

    @property
    def until(self) -> date | None:
        """The last day of what is until these days."""
        return self.exact or self.last


def spaced(text: str) -> str:
    """With blanks for the hyphens and underscores that stand for them."""
    return " ".join(_HYPHEN.sub(" ", text).split())


def usual_span(text: str) -> Days | None:
    """What most texts are that tell a span: ``juni 2023``, ``2023``, ``2023-06``, ``2023-06-01``.

    Of these two centuries. None for others, and where no calendar has it.
    """
    month, _, year = text.partition(" ")
    number = MONTHS.get(month)
    if number is not None:
        return Days(*months(int(year), number), spelt=True) if _YEAR.fullmatch(year) else None
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    of_year, of_month, of_day = match.groups()
    if of_day is not None:
        try:
            day = date(int(of_year), int(of_month), int(of_day))
        except ValueError:
            return None
        return Days(day, day, spelt=True)
    span = months(int(of_year), 1, 12) if of_month is None else months(int(of_year), int(of_month))
    return Days(*span, spelt=True)


def one_span(text: str, today: date) -> Days | None:
    """What is one span of the calendar, or a day as most archives write it. None for others.

    Raises ``ValueError`` and ``OverflowError`` where the calendar has no such one.
    """
    if (counted := relative_days(text, today)) is not None:
        (first, last), exact = counted
        return Days(first, last, exact)
    if match := _OF_YEAR.search(text):
        year = today.year + _YEARS_ON.get(match["which"] or match["before"], 0)
        found = one_span(f"{text[: match.start()]}{year:04}", today)
        return found and replace(found, spelt=False)
    if match := _THIRD.fullmatch(text):
        rest = match["rest"]
        of = one_span(f"{rest} ini" if rest in {"bulan", "tahun"} else rest, today)
        if of is None or of.first is None or of.last is None:
            return None
        number = 0 if match["early"] else 1 if match["mid"] else 2
        return Days(*third((of.first, of.last), number))
    if match := _NAMED.fullmatch(text):
        text = match["rest"]
    if match := _ISO_DAY.fullmatch(text):
        day = date(*map(int, match.groups()))
        return Days(day, day, spelt=True)
    whole = written_span(text)
    return _day(text) if whole is None else Days(*whole, spelt=bool(_PLAIN.fullmatch(text)))


def _day(text: str) -> Days | None:
    """A day as most archives write it, not in seconds. Raises ``ImpossibleDate``."""
    if _SECONDS.fullmatch(text):
        return None
    try:
        day = local_day(parse_date(text))
    except ImpossibleDate:
        if (swapped := day_somehow(text)) is None:  # the month first: 06/19/2025
            raise
        return swapped
    except NotADate:
        return None
    return Days(day, day, spelt=_FULL.fullmatch(text) is not None)


def day_somehow(text: str) -> Days | None:
    """A day as any archive writes it, without other days or words around it."""
    if _SECONDS.fullmatch(text) or not any(char.isdigit() for char in text):
        return None
    from index.dates.days import find_days
    from index.dates.labels import find_date

    if _SEVERAL.search(text) or len({one.day for one in find_days(text)}) > 1:
        return None
    try:
        found = find_date(text)
    except NotADate:
        return None
    before, *others = found.around
    if not _BEFORE.fullmatch(before) or not all(map(_BEHIND.fullmatch, others)):
        return None
    day = local_day(found.moment)
    return Days(day, day)
