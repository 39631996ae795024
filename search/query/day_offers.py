"""Days that stand among the words of a query, offered as a filter: ``banjir mei 2017``.

The words stay words; the reader may take ``banjir tanggal:2017-05`` instead. Only what is certain
is offered: ``17 agustus`` and ``2016`` alone are not, nor what is part of a name (``UU 13 tahun
2003``, ``versi 1.2.2017``). Nothing in a field, behind a sign or beside ``NEAR`` is, nor in a
group, unless it is all of it: ``Jakarta (17/5/2017)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from string import digits

from index.bilingual import Text
from index.dates.names import MONTHS, MORE_MONTHS
from index.dressed import undressed
from index.light_dataclass import dataclass
from index.patterns import on_use
from search.query.day_shapes import may_name_days
from search.query.day_words import DIGITS_OF_A_YEAR, FROM_TODAY, UNITS, days_apart, tells_days
from search.query.days import NotDays, counts_from_today, days_of
from search.query.days_in_words import span_in_words
from search.query.foreign import DATES
from search.query.lexeme import Kind, Lexeme
from search.query.lexemes import lexemes
from search.query.one_span import Days
from search.query.syntax.boolean import AllOf, Exclude
from search.query.syntax.filters import DateRange, Undated
from search.query.syntax.node import Node
from search.response import Offer

_MOST = 3
_MOST_TRIES = 48
_MOST_WORDS = 8
_KEPT = 1024
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
SIGNS = (
    frozenset(MONTHS)
    | {"kemarin", "kemaren", "yesterday", "today", "ini", "lalu", "terakhir", "silam", "depan"}
    | {"weekend", "sepekan", "seminggu", "sebulan", "setahun"}
    | {"this", "last", "past", "next", "ago", "tahun", "thn", "year", "kuartal", "triwulan"}
    | {"semester", "quarter", "paruh", "q1", "q2", "q3", "q4"}
)
"""Words in small letters without which, and without digits, a text tells no days."""
_NUMERIC = on_use(
    rf"[0-9][-/.][0-9]{{1,2}}[-/.][0-9]|(?:{_NAMES})(?:'?[0-9]| '[0-9])|\bq[1-4][0-9]{{4}}",
    re.IGNORECASE,
)
_BEGINNING = 3
"""Letters of a month's name by which it is looked for; none has fewer."""
_BEGINNINGS = tuple({name[:_BEGINNING] for name in MONTHS})
_ALONE = frozenset({"kemarin", "kemaren", "today", "yesterday"})
"""The words of letters that name a day without another one."""
_AROUND = ".,;:!?()\"'\u201c\u201d"
_CERTAIN = on_use(
    rf"\b(?:{_NAMES})(?![a-z])|kemar[ie]n|today|yesterday|ini\b|lalu\b|terakhir|silam|ago\b|this|last|past"
    r"|next|depan|tahun|thn|year|kuartal|triwulan|semester|quarter|paruh|\bq[1-4]"
    r"|[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}",
    re.IGNORECASE,
)
"""What words that name days must have; numbers alone may be anything."""
_BEFORE_NUMBERS = frozenset(
    {
        *("no", "no.", "nomor", "nomer", "nr", "pasal", "ayat", "versi", "version"),
        *("ip", "sni", "iso", "perkara", "putusan", "surat", "sk"),
    }
)
"""Behind them stands a number, however it looks."""
_NAMES_OF_PEOPLE = {"may": frozenset({"theresa", "teresa", "brian", "elaine"})}
_NAMES_WITH_NUMBERS = frozenset({"covid", "liga", "formula", "serie", "grup"})
"""Their numbers are part of their names, and not of the year behind: ``covid 19 tahun 2020``."""
_BACK = frozenset({"lalu", "silam", "ago", "terakhir", "belakangan"})
"""Words that make a number before them how far back days lie."""
_HOW_MANY = re.compile(r"[0-9][0-9.,]*")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_A_YEAR = on_use(r"(?:tahun|thn\.?|th\.?) [0-9]{4}", re.IGNORECASE)
_ASKING = frozenset(
    {Kind.FIELD, Kind.STRANGER, Kind.STRANGE_FILTER, Kind.MINUS, Kind.NOT, Kind.PLUS}
)
_AROUND_WORDS = ",;:()"
_LOOKED_BACK = 6
_PLAIN = on_use(r"\w+(?: \w+)*")
_WORDS = re.compile(r"[A-Za-z0-9 ]*")
_DIGIT = re.compile(r"[0-9]")
_MIXED = re.compile(r"\b(?:[A-Za-z]+[0-9]|[0-9]+[A-Za-z])[A-Za-z0-9]*")
"""A word of letters and digits."""


@dataclass(frozen=True, slots=True)
class OfferedDays:
    """An offer, and the days that it leaves; None where they are open at that end."""

    offer: Offer
    first: date | None
    last: date | None


def offered_days(text: str, root: Node | None, today: date) -> tuple[OfferedDays, ...]:
    """The filters offered for the words of a query, in their order.

    Not those that its own days, in ``root``, exclude or already imply: its tree, or None where that
    has words alone. Raises nothing.
    """
    if not text.isascii():
        text = undressed(text)
    if not _may_tell_days(text):
        return ()
    found, _ = lexemes(text)
    if _is_choice(found):
        return ()  # of one of several things that suffice, nothing is left to choose from
    offers = []
    for start, end, days in _told(text, found, today):
        if _may_be_added(days, root):
            typed = _as_typed(text[start:end], days)
            behind = text[end:].strip()
            query = " ".join(f"{text[:start]} {days_apart(typed, behind)} {behind}".split())
            offers.append(OfferedDays(Offer(_label(days), query), days.first, days.last))
            if len(offers) == _MOST:
                break
    return tuple(offers)


def offers_within(
    offers: tuple[OfferedDays, ...], first: date | None, last: date | None
) -> tuple[Offer, ...]:
    """Those whose days are not all out of the days that are filtered by already."""
    return tuple(
        one.offer
        for one in offers
        if (first is None or one.last is None or first <= one.last)
        and (last is None or one.first is None or one.first <= last)
    )


def may_tell_days(word: str) -> bool:
    """Whether a text in which a word of letters and digits stands may tell days; else none does."""
    return word.lower() in SIGNS or not word.isalpha()


def _may_tell_days(text: str) -> bool:
    """Whether a longer look at a text is worth its time."""
    if not _WORDS.fullmatch(text):
        words = [word.strip(_AROUND) for word in text.lower().replace("-", " ").split()]
        return not SIGNS.isdisjoint(words) or _NUMERIC.search(text) is not None
    written = text.lower().split()
    if FROM_TODAY.isdisjoint(written) and _DIGIT.search(text) is None:
        return False  # a month, or a unit, and nothing that makes it certain
    if SIGNS.isdisjoint(written) and not any(map(_is_numeric, _MIXED.findall(text.lower()))):
        return False
    words = text.split()
    if not any(_may_be_certain(words, at) for at in range(len(words))):
        return False
    return any(_may_begin_days(words[at : at + _MOST_WORDS]) for at in range(len(words)))


def _is_numeric(word: str) -> bool:
    """Whether a word of letters and digits has a month before a number, or is a quarter's."""
    # Most have none, which is sooner told without the pattern: it takes 1 ms to be compiled.
    may_be = word[0] == "q"
    if len(word.rstrip(digits)) >= _BEGINNING:  # not ``rp15``
        may_be = may_be or any(one in word for one in _BEGINNINGS)
    return may_be and _NUMERIC.search(word) is not None


def _may_be_certain(words: Sequence[str], at: int) -> bool:
    """Whether one of words that stand side by side may make it certain that these are days."""
    word = words[at]
    if _CERTAIN.search(word) is None:
        return False
    if word.lower() in _ALONE or not word.isalpha():
        return True
    beside = (*words[max(at - 1, 0) : at], *words[at + 1 : at + 2])
    return any(map(tells_days, beside))


def _may_begin_days(words: Sequence[str]) -> bool:
    """Whether words without a sign may begin with some that name days together."""
    for count, word in enumerate(words, 1):
        if not tells_days(word):
            return False
        some = " ".join(words[:count]).lower()
        if may_name_days(some.split()) and _CERTAIN.search(some) is not None:
            return True
    return False


def _told(text: str, found: list[Lexeme], today: date) -> Iterator[tuple[int, int, Days]]:
    """What names days outside fields and groups: from which character to which, and the days."""
    ends = [one.position for one in found[1:]] + [len(text)]
    at = depth = tries = 0
    while at < len(found) and tries < _MOST_TRIES:
        one = found[at]
        whole = _whole_group(found, at)
        depth += (one.kind is Kind.LEFT) - (one.kind is Kind.RIGHT)
        taken = 1
        if one.kind in _ASKING:
            taken = _asked(found, at)
        elif not depth and one.kind in {Kind.WORD, Kind.PHRASE}:
            most = _run(found, at) if one.kind is Kind.WORD else 1
            tries += most
            for count in range(most, 0, -1):
                end = one.position + len(text[one.position : ends[at + count - 1]].rstrip())
                days = _certain(text[one.position : end], today)
                if days is not None and _stands_alone(found, at, count):
                    yield one.position, end, days
                    taken = count
                    break
        elif depth == 1 and whole:
            tries += whole
            end = found[at + whole + 1].position
            days = _certain(text[one.position + 1 : end], today)
            if days is not None and _stands_alone(found, at, whole + 2):
                yield one.position, end + 1, days
                taken, depth = whole + 2, 0
        at += taken


def _is_choice(found: list[Lexeme]) -> bool:
    """Whether one of several things suffices, outside groups."""
    depth = 0
    for one in found:
        depth += (one.kind is Kind.LEFT) - (one.kind is Kind.RIGHT)
        if one.kind is Kind.OR and depth <= 0:
            return True
    return False


def _whole_group(found: list[Lexeme], at: int) -> int:
    """How many words stand in the group that begins at a place, where they may all name days."""
    if found[at].kind is not Kind.LEFT or (at and found[at - 1].kind in _ASKING):
        return 0
    count = _run(found, at + 1)
    end = at + 1 + count
    return count if end < len(found) and found[end].kind is Kind.RIGHT else 0


def _is_beside(found: list[Lexeme], at: int, count: int) -> bool:
    """Whether what stands from a place on is searched near something else."""
    around = found[max(0, at - 1) : at] + found[at + count : at + count + 1]
    return any(one.kind is Kind.NEAR for one in around)


def _stands_alone(found: list[Lexeme], at: int, count: int) -> bool:
    """Whether words are no part of a name, of a law's number or of what goes on behind them."""
    behind = found[at + count].text.casefold() if at + count < len(found) else ""
    if _is_beside(found, at, count) or behind == "lintas":  # minggu | lalu lintas
        return False
    around = _texts(found[max(0, at - _LOOKED_BACK) : at])[-2:]
    words, first = [*around, *_texts(found[at : at + count])], len(around)
    before = words[first - 1] if first else ""
    if before in _BEFORE_NUMBERS or before in _NAMES_OF_PEOPLE.get(words[first], ()):
        return False
    if words[-1] in _BACK and _is_miscounted(words, first):
        return False
    if (
        _A_YEAR.fullmatch(" ".join(filter(None, words[first:])))
        and before.isdigit()
        and len(before) < 4
    ):
        return first > 1 and words[0] in _NAMES_WITH_NUMBERS
    return True


def _texts(found: Sequence[Lexeme]) -> list[str]:
    """The words of lexemes in small letters, without parentheses and other signs around them."""
    texts = [word.strip(_AROUND_WORDS) for one in found for word in one.text.casefold().split()]
    return [text for text in texts if text]


def _is_miscounted(words: Sequence[str], first: int) -> bool:
    """Whether days that lie back, told from a word on, are counted by what cannot count them.

    Nought, the number of a name, or a number that stands before them and was left out.
    """
    before = words[first - 1] if first else ""
    if words[first] in UNITS:
        if first > 1 and words[0] in _NAMES_WITH_NUMBERS and before.isdigit() and before[0] != "0":
            return False
        return _is_how_many(before)
    if words[first + 1] not in UNITS:  # a day of a month
        return False
    return words[first][:1] == "0" or (words[first].isdigit() and before in _NAMES_WITH_NUMBERS)


def _is_how_many(word: str) -> bool:
    """Whether a word before a unit may be how many of them, in digits; a year is not."""
    return _HOW_MANY.fullmatch(word) is not None and _YEAR.fullmatch(word) is None


def _asked(found: list[Lexeme], at: int) -> int:
    """How many lexemes a sign or a field takes with what it is of; of a group only its sign."""
    if at + 1 == len(found) or found[at + 1].kind is Kind.LEFT:
        return 1
    if found[at + 1].kind in _ASKING:
        return 1 + _asked(found, at + 1)
    is_run = found[at].text in DATES and found[at + 1].kind is Kind.WORD
    return 1 + max(1, _run(found, at + 1) if is_run else 1)


def _run(found: list[Lexeme], at: int) -> int:
    """How many words from a place on may name days together."""
    count = 0
    for one in found[at : at + _MOST_WORDS]:
        if one.kind is not Kind.WORD or not tells_days(one.text):
            break
        count += 1
    return count


@lru_cache(_KEPT)
def _certain(text: str, today: date) -> Days | None:
    """The days that words name; kept, as many queries have the same."""
    # A month without its year is no certain one.
    written = text.lower()
    if written in MORE_MONTHS:
        return None
    if _WORDS.fullmatch(written) and not may_name_days(written.split()):
        return None
    if _CERTAIN.search(text) is None:
        return None
    try:
        return days_of(text, today)
    except NotDays:
        return None


def _may_be_added(days: Days, root: Node | None) -> bool:
    """Whether days leave something of what the days of a query let pass, and not all of it."""
    for node in root.nodes if isinstance(root, AllOf) else (root,):
        if isinstance(node, Undated):
            return False
        is_out = isinstance(node, Exclude)
        of = node.node if isinstance(node, Exclude) else node
        if isinstance(of, DateRange) and (
            _holds(of, days) if is_out else _holds(days, of) or not _meet(of, days)
        ):
            return False
    return True


def _holds(outer: Days | DateRange, inner: Days | DateRange) -> bool:
    """Whether all days of one are days of the other."""
    return (outer.first or date.min) <= (inner.first or date.min) and (inner.last or date.max) <= (
        outer.last or date.max
    )


def _meet(one: Days | DateRange, other: Days | DateRange) -> bool:
    return (one.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (
        one.last or date.max
    )


def _label(days: Days) -> Text:
    words = span_in_words(days.first, days.last)
    if days.first is None or days.last is None:
        english, indonesian = words.english, words.indonesian
        return Text(english[0].upper() + english[1:], indonesian[0].upper() + indonesian[1:])
    return Text(f"Only {words.english}", f"Hanya {words.indonesian}")


def _as_typed(text: str, days: Days) -> str:
    """A filter for the days, which counts from today where the words do."""
    written = " ".join(text.lower().split()).strip(" ()\"'\u201c\u201d,;.")
    counts = not _is_of_a_year(written) and _PLAIN.fullmatch(written) is not None
    if counts and counts_from_today(written):
        return f"tanggal:{written.replace(' ', '-')}"
    return DateRange(days.first, days.last).as_typed()


def _is_of_a_year(written: str) -> bool:
    """Whether it is a month or a day of one with its year, as most are: none counts from today."""
    *before, year = written.split() or [""]
    if len(year) != DIGITS_OF_A_YEAR or not year.isdigit() or not before:
        return False
    *days, month = before
    return month in MONTHS and (not days or (len(days) == 1 and days[0].isdigit()))
