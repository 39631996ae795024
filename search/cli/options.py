"""The options of ``warta search`` that are more than a name and a help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import isnan
from typing import Any

import click

from index.bilingual import Text
from index.fields import COUNTED, LABELS, PERIOD_EXAMPLES, Period
from index.settings import setting

NOTES = "search.notes"
"""Under this name the context of a command has notes on how its options were read."""


class DayType(click.ParamType[Any]):
    """What names days, as in queries (``search.query.days``): the first of them or the last.

    They count from the day of the command's cursor, which is read before (``is_eager``).
    """

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Raise ``BadParameter`` for what names none."""
        from search.cursor import day_of
        from search.messages import DAYS
        from search.query.days import NotDays, first_day, last_day
        from search.query.given_days import days_meant
        from search.request import Sort

        if isinstance(value, date):
            return value
        # What was not given is no text yet.
        params = {} if ctx is None else ctx.params
        given = {name: one for name, one in params.items() if isinstance(one, str)}
        today = day_of(given.get("cursor"), Sort(given.get("sort", Sort.RELEVANCE)))
        try:
            day = (last_day if self._last else first_day)(value, today)
        except NotDays:
            self.fail(f"{DAYS.indonesian} / {DAYS.english}", param, ctx)
        if ctx is not None:
            ctx.meta.setdefault(NOTES, []).extend(days_meant(value, today, last=self._last))
        return day


def no_nan(ctx: click.Context, parameter: click.Parameter, value: float | None) -> float | None:
    """Refuse what is neither below nor above any bound."""
    del ctx, parameter
    if value is not None and isnan(value):
        raise click.BadParameter("nan bukan bilangan / nan is not a number")
    return value


def complete_members(ctx: click.Context, parameter: click.Parameter, typed: str) -> list[str]:
    """The members of answers that the last name of several may go on to."""
    del ctx, parameter
    from search.members import answer_names, hit_names

    before, comma, begun = typed.rpartition(",")
    names = (*hit_names(), *answer_names())
    return [f"{before}{comma}{name}" for name in names if name.startswith(begun)]


class PeriodType(click.ParamType[str]):
    """What names a year or a month, as in queries (``search.query.periods``)."""

    def __init__(self, period: Period) -> None:
        self.name = period.value
        self._period = period

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raise ``BadParameter`` for what names none."""
        from search.query.days import NotDays
        from search.query.periods import period_of

        try:
            return period_of(value, self._period)
        except NotDays:
            self.fail(f"{value!r}: seperti / as {PERIOD_EXAMPLES[self._period]}", param, ctx)


def facet_options(function: Callable[..., None]) -> Callable[..., None]:
    """Repeatable options for every facet, for years and months: to choose and to exclude values."""
    for one in reversed(COUNTED):
        label = LABELS[one]
        kind: dict[str, Any] = {}
        part = Text(", whole or a part", ", utuh atau sebagian")
        if isinstance(one, Period):
            kind = {"type": PeriodType(one), "metavar": PERIOD_EXAMPLES[one]}
            part = Text("", "")
        text = (
            f"Tanpa {label.indonesian.lower()} ini; boleh berulang."
            f" / Not this {label.english.lower()}; repeatable."
        )
        function = click.option(f"--exclude-{one}", multiple=True, help=text, **kind)(function)
        text = (
            f"{label.indonesian}{part.indonesian}; boleh berulang."
            f" / {label.english}{part.english}; repeatable."
        )
        function = click.option(f"--{one}", multiple=True, help=text, **kind)(function)
    return function


language_option = setting(
    "--lang",
    "language",
    type=click.Choice(["id", "en"]),
    default="id",
    show_default=True,
    help="Bahasa catatan. / The language of notes.",
)
