"""The search that the address of a page asks for, read with more patience than a program's."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from index.dates import local_today
from search.query.days import NotDays, first_day, last_day
from search.request import SearchRequest
from web import language
from web.current import current_request
from web.parameters import search_request

_FOR_PROGRAMS = frozenset(
    {"cursor", "explain", "facets", "facet_limit", "facet_offset", "facet_query", "facet_sort"}
)
"""Parameters of a search that a page neither shows nor passes on."""


def read_question(
    own: frozenset[str] = frozenset(), facet_limit: int | None = None
) -> tuple[SearchRequest, bool]:
    """The search that the address asks for, each filter once, and whether its days were swapped.

    ``own``: the parameters for programs that the page takes nevertheless. ``facet_limit``: how many
    values of each facet it needs, if not as many as are asked for. Raises ``BadParameters``.
    """
    passed_over = (_FOR_PROGRAMS - own) | {language.PARAMETER}
    arguments: MultiDict[str, str] = current_request().args
    if not passed_over.isdisjoint(arguments):
        arguments = MultiDict(
            pair for pair in arguments.items(multi=True) if pair[0] not in passed_over
        )
    swapped = "from" in arguments and "to" in arguments and _are_swapped(arguments)
    if swapped:
        arguments = MultiDict(arguments)
        arguments["from"], arguments["to"] = arguments["to"], arguments["from"]
    asked = search_request(arguments, ignore_unknown=True, facet_limit=facet_limit)
    if not (asked.chosen or asked.left_out):
        return asked, swapped
    once = replace(
        asked,
        filters={facet: _distinct(values) for facet, values in asked.filters.items()},
        excluded={facet: _distinct(values) for facet, values in asked.excluded.items()},
        years=_distinct(asked.years),
        months=_distinct(asked.months),
        excluded_years=_distinct(asked.excluded_years),
        excluded_months=_distinct(asked.excluded_months),
    )
    return once, swapped


def _are_swapped(arguments: MultiDict[str, str]) -> bool:
    """Whether of two days, given once each, the first lies after the last."""
    first, last = arguments.getlist("from"), arguments.getlist("to")
    if not len(first) == len(last) == 1 or not first[0] or not last[0]:
        return False
    return _is_after(first[0], last[0])


def _is_after(first: str, last: str) -> bool:
    """Whether the days of one text lie after those of another; False where one names none."""
    today = local_today()
    with suppress(NotDays):
        return first_day(first, today) > last_day(last, today)
    return False


def _distinct(values: Sequence[str]) -> tuple[str, ...]:
    """The values without those that differ from an earlier one in nothing but case."""
    seen: dict[str, str] = {}
    for value in values:
        seen.setdefault(value.casefold(), value)
    return tuple(seen.values())
