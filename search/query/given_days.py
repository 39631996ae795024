"""What is said of days that are given beside a query, where others might read other days."""

from __future__ import annotations

from datetime import date

from search.query.days import days_of, first_day, last_day
from search.query.days_in_words import days_in_words
from search.response import Note


def days_meant(text: str, today: date, *, last: bool) -> tuple[Note, ...]:
    """A note on the first or the last day that a text names, unless it is spelt out.

    Of ``minggu lalu`` it says which week, of ``1/2/2024`` which day. Raises ``NotDays``.
    """
    day = (last_day if last else first_day)(text, today)
    if days_of(text, today).spelt:
        return ()
    words = days_in_words(None, day) if last else days_in_words(day, None)
    facts = {"typed": text.strip(), "days": words.english, "hari": words.indonesian}
    return (Note("days-meant", facts),)
