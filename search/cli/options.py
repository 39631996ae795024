"""The options of ``warta search`` that are more than a name and a help."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from enum import Enum
from math import isnan
from typing import Any

import click

from index.bilingual import Text
from index.fields import COUNTED, LABELS, Period
from index.settings import setting


class Form(Enum):
    """How answers are printed."""

    TEXT = "text"
    JSON = "json"
    LINES = "jsonl"
    TABLE = "csv"


class DayType(click.ParamType[Any]):
    """What names days, as in queries (``search.query.days``): the first of them or the last."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Raise ``BadParameter`` for what names none."""
        from index.dates import local_today
        from search.messages import DAYS
        from search.query.days import NotDays, first_day, last_day

        if isinstance(value, date):
            return value
        try:
            return (last_day if self._last else first_day)(value, local_today())
        except NotDays:
            self.fail(f"{DAYS.indonesian} / {DAYS.english}", param, ctx)


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


_PERIODS = {
    Period.YEAR: (re.compile(r"[0-9]{4}"), "2017"),
    Period.MONTH: (re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])"), "2017-05"),
}
"""How years and months are written, and an example."""


class PeriodType(click.ParamType[str]):
    """A year or a month."""

    def __init__(self, period: Period) -> None:
        self.name = period.value
        self._form, self._example = _PERIODS[period]

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raise ``BadParameter`` for anything else."""
        if self._form.fullmatch(value) is None:
            self.fail(f"{value!r}: seperti / as {self._example}", param, ctx)
        return str(value)


def facet_options(function: Callable[..., None]) -> Callable[..., None]:
    """Repeatable options for every facet, for years and months: to choose and to exclude values."""
    for one in reversed(COUNTED):
        label = LABELS[one]
        kind: dict[str, Any] = {}
        part = Text(", whole or a part", ", utuh atau sebagian")
        if isinstance(one, Period):
            kind = {"type": PeriodType(one), "metavar": _PERIODS[one][1]}
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
