"""Days in a field of a query: ``tanggal:juni 2023``, ``sejak:3 hari terakhir``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import itemgetter

from index.patterns import on_use
from search.query.day_words import tells_days
from search.query.days import NotDays, counts_from_today, days_of
from search.query.days_in_words import days_in_words
from search.query.foreign import ON, SINCE
from search.query.lexeme import Kind, Lexeme
from search.query.syntax.boolean import AllOf, Exclude, any_of
from search.query.syntax.filters import DateRange, Undated
from search.query.syntax.node import Node
from search.query.words import Noting

_MOST_WORDS_OF_DAYS = 10
_MOST_READINGS_OF_DAYS = 40
"""After so many, values of days are single words: what costs most is what names none."""
_WITHOUT_A_DATE = frozenset(
    {"tidak ada", "tidakada", "tak ada", "kosong", "tanpa tanggal", "tanpa", "tidak bertanggal"}
    | {"none", "null", "missing", "empty", "undated", "unknown", "no date"}
)
_WITH_A_DATE = frozenset({"*", "ada", "any", "dated"})
_BETWEEN_WORDS = on_use("[-_\u2010-\u2014\u2212]")
_day = itemgetter(0)
_NOT_STRICTLY = frozenset({"before", "after", "sebelum", "setelah", "sesudah"})
"""Fields that others may read as without the day that they name."""


class DayFields:
    """Reads days from the lexemes of one query, as many as are allowed.

    ``today``: from which days count. ``unsay`` takes back notes on what stands between two places.
    """

    def __init__(
        self,
        text: str,
        lexemes: Sequence[Lexeme],
        today: date,
        note: Noting,
        unsay: Callable[[int, int], None],
    ) -> None:
        self._text = text
        self._lexemes = lexemes
        self._today = today
        self._note = note
        self._unsay = unsay
        self._readings = 0
        self._typed: dict[DateRange, tuple[int, str]] = {}
        self._meant: list[dict[str, str]] = []

    def named(
        self, field: str, name: Lexeme, first: Lexeme, following: int
    ) -> tuple[Node, int] | None:
        """What a lexeme and those behind it name for a field, as many as make days.

        ``field``: the field that ``name`` stands for. ``following``: the number of the lexeme
        behind the first. Also gives the number of the one behind the days; None where there are
        none.
        """
        for text, more in self._values(first, following):
            written = text.split(",") if field in ON and not more else []
            for values in [text], written:
                self._meant.clear()
                found = [self._node(field, name, one) for one in values]
                days = any_of(node for node in found if node is not None)
                if days is not None and all(found):
                    self._unsay(first.position, first.position + len(text))
                    for facts in self._meant:
                        self._note("days-meant", first.position, **facts)
                    return days, following + more
        return None

    def longest(self, first: Lexeme, following: int) -> str:
        """All that may have been meant to name days."""
        text, _ = next(self._values(first, following))
        return text

    def compare(self, root: Node | None) -> None:
        """Notes that no day is both since the latest day and until the earliest."""
        nodes = root.nodes if isinstance(root, AllOf) else ()
        days = [one for one in nodes if isinstance(one, DateRange)]
        since = max(((one.first, one) for one in days if one.first), key=_day, default=None)
        until = min(((one.last, one) for one in days if one.last), key=_day, default=None)
        if since and until and since[0] > until[0]:
            (first, earlier), (last, later) = self._typed[since[1]], self._typed[until[1]]
            self._note("no-days", max(first, last), since=earlier, until=later)

    def _values(self, first: Lexeme, following: int) -> Iterator[tuple[str, int]]:
        """What may name days, the longest first, and how many lexemes behind the first it takes."""
        if first.kind is Kind.PHRASE:
            yield first.text, 0
            return
        last = following
        while (
            self._readings < _MOST_READINGS_OF_DAYS
            and last < len(self._lexemes)
            and last - following < _MOST_WORDS_OF_DAYS
            and self._lexemes[last].kind is Kind.WORD
            and tells_days(self._lexemes[last].text)
        ):
            last += 1
        for end in range(last, following - 1, -1):
            rest = self._lexemes[end : end + 1]
            stop = rest[0].position if rest else len(self._text)
            yield self._text[first.position : stop].strip(), end - following

    def _node(self, field: str, name: Lexeme, text: str) -> Node | None:
        """What a text asks of dates in a field, however named; None where it names no days."""
        if field in ON:
            value = " ".join(_BETWEEN_WORDS.sub(" ", text.casefold()).split())
            if value.strip(",;") in _WITHOUT_A_DATE:
                return Undated()
            if value in _WITH_A_DATE:
                return Exclude(Undated())
        self._readings += 1
        try:
            found = days_of(text, self._today)
        except NotDays:
            return None
        if found.ranged or field in ON:
            first, last = found.first, found.last
        else:
            first, last = (found.since, None) if field in SINCE else (None, found.until)
        typed = text.strip(' ,;"')
        counts = not found.spelt and counts_from_today(typed)
        value = f'"{typed}"' if " " in typed else typed
        days = DateRange(first, last, f"{name.text}:{value}" if counts else "")
        self._typed.setdefault(days, (name.position, f"{name.text}:{typed}"))
        if not found.spelt or name.text in _NOT_STRICTLY:
            words = days_in_words(days.first, days.last)
            facts = {"typed": typed, "days": words.english, "hari": words.indonesian}
            self._meant.append(facts)
        return days
