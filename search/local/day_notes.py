"""Which days a filter of days means that counts from today: ``from=minggu lalu``."""

from __future__ import annotations

from collections.abc import Iterator

from search.query.days_in_words import days_in_words
from search.request import SearchRequest
from search.response import Note


def of_days(request: SearchRequest) -> Iterator[Note]:
    """A note for each end that was typed so."""
    for typed, first, last in (
        (request.typed_from, request.date_from, None),
        (request.typed_to, None, request.date_to),
    ):
        if typed and (first or last):
            words = days_in_words(first, last)
            facts = {"typed": typed, "days": words.english, "hari": words.indonesian}
            yield Note("days-meant", facts=facts)
