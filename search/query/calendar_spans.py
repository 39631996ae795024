"""Spans of the calendar that are written out: years, months, quarters, halves, weeks.

Texts come in small letters, with single blanks.
"""

from __future__ import annotations

from datetime import date, timedelta

from index.dates import FIRST_YEAR, LAST_YEAR
from index.dates.names import MORE_MONTHS, misspelt_month
from index.patterns import on_use
from search.query.calendar import Span, months
from search.query.day_words import MONTH, ORDINAL, ORDINALS

_YEAR = on_use(r"[0-9]{4}")
_DECADE = on_use(r"(?:dekade |decade )?([0-9]{3})0 ?(?:an|s)|(?:dekade|decade) ([0-9]{3})0")
_YEAR_MONTH = on_use(r"([0-9]{4})[-/.]([0-9]{1,2})|([0-9]{4})([0-9]{2})")
_MONTH_YEAR = on_use(r"([0-9]{1,2})[-/.]([0-9]{4})")
_NAMED_MONTH = on_use(
    r"(?P<name>[a-z]{3,11})[., /]{1,2}(?:tahun )?(?P<year>[0-9]{4})"
    r"|(?P<before>[0-9]{4})[ /](?P<behind>[a-z]{3,11})"
)
_MONTHS = on_use(rf"({MONTH}) ({MONTH}) (?:tahun )?([0-9]{{4}})")
_OF = r"(?: of| in|,)?(?: tahun)?[ /-]?"
_QUARTER = on_use(
    rf"(?:q|kw|tw)(?P<short>[1-4]){_OF}(?P<year>[0-9]{{4}})|(?P<first>[0-9]{{4}}) ?q(?P<last>[1-4])"
    rf"|(?:kuartal|triwulan|tw|kw|quarter) (?:ke )?(?P<number>{ORDINAL}){_OF}(?P<of>[0-9]{{4}})"
    rf"|(?P<which>{ORDINAL}) quarter{_OF}(?P<in>[0-9]{{4}})"
)
_HALF = on_use(
    rf"[hs](?P<short>[12]){_OF}(?P<year>[0-9]{{4}})|(?P<first>[0-9]{{4}}) ?[hs](?P<last>[12])"
    rf"|(?:semester|smt|paruh) (?:ke )?(?P<number>{ORDINAL}){_OF}(?P<of>[0-9]{{4}})"
    rf"|(?P<which>{ORDINAL}) half{_OF}(?P<in>[0-9]{{4}})"
)
_WEEK = on_use(
    r"(?P<year>[0-9]{4}) ?w(?P<short>[0-9]{2})"
    rf"|(?:minggu|pekan|week) (?:ke )?(?P<number>[0-9]{{1,2}}){_OF}(?P<of>[0-9]{{4}})"
)
_WEEK_OF_MONTH = on_use(
    rf"(?:minggu|pekan|week) (?:ke )?(?P<number>{ORDINAL}|5|kelima|fifth|5th) (?:of |bulan )?"
    rf"(?P<month>{MONTH}),? (?:tahun )?(?P<year>[0-9]{{4}})"
    rf"|(?:the )?(?P<which>{ORDINAL}|fifth|5th) week (?:of|in) (?P<name>{MONTH}) (?P<of>[0-9]{{4}})"
)


def written_span(  # noqa: PLR0911 - one answer for each form
    text: str,
) -> Span | None:
    """A month, or several that make a whole; a week. None where the text is none.

    Raises ``ValueError`` where the calendar has no such one.
    """
    if _YEAR.fullmatch(text):
        return months(int(text), 1, 12)
    if match := _DECADE.fullmatch(text):
        return months(10 * int(match[1] or match[2]), 1, 120)
    if match := _YEAR_MONTH.fullmatch(text):
        year = int(match[1] or match[3])
        if match[1] or FIRST_YEAR <= year <= LAST_YEAR:
            return months(year, int(match[2] or match[4]))
    if match := _MONTH_YEAR.fullmatch(text):
        return months(_likely(match[2]), int(match[1]))
    if match := _NAMED_MONTH.fullmatch(text):
        name = match["name"] or match["behind"]
        number = MORE_MONTHS.get(name) or misspelt_month(name)
        if number is not None:
            return months(_likely(match["year"] or match["before"]), number)
    if match := _MONTHS.fullmatch(text):
        first, last, year = MORE_MONTHS[match[1]], MORE_MONTHS[match[2]], _likely(match[3])
        return months(year - (first > last), first)[0], months(year, last)[1]
    return _part_of_year(text)


def _part_of_year(text: str) -> Span | None:
    for form, count in ((_QUARTER, 3), (_HALF, 6)):
        if match := form.fullmatch(text):
            facts = match.groupdict()
            number = facts["short"] or facts["last"] or facts["number"] or facts["which"]
            year = facts["year"] or facts["first"] or facts["of"] or facts["in"]
            return months(_likely(year), (ORDINALS[number] - 1) * count + 1, count)
    if match := _WEEK.fullmatch(text):
        year, week = match["year"] or match["of"], match["short"] or match["number"]
        monday = date.fromisocalendar(_likely(year), int(week), 1)
        return monday, monday + timedelta(days=6)
    if match := _WEEK_OF_MONTH.fullmatch(text):
        month = MORE_MONTHS[match["month"] or match["name"]]
        return _week_of_month(
            _likely(match["year"] or match["of"]),
            month,
            ORDINALS.get(match["number"] or match["which"], 5),
        )
    return None


def _week_of_month(year: int, month: int, number: int) -> Span:
    """Days 1 to 7, 8 to 14, and so on; of the fifth week what is left of the month."""
    _, end = months(year, month)
    first = date(year, month, 7 * number - 6)
    return first, min(end, first + timedelta(days=6))


def _likely(year: str) -> int:
    """Of a year that stands beside a month. Raises ``ValueError`` for a mistake."""
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueError("no article is of such a year")
    return int(year)
