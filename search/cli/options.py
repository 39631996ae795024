"""The options of ``warta search`` that are more than a name and a help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from math import isnan
from typing import Any

import click

from index.fields import BY_NAME, Facet
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


def facet_options(function: Callable[..., None]) -> Callable[..., None]:
    """A repeatable option for every facet."""
    for field in reversed([BY_NAME[facet] for facet in Facet]):
        text = (
            f"{field.label.indonesian}, utuh atau sebagian; boleh berulang."
            f" / {field.label.english}, whole or a part; repeatable."
        )
        function = click.option(f"--{field.name}", multiple=True, help=text)(function)
    return function


language_option = setting(
    "--lang",
    "language",
    type=click.Choice(["id", "en"]),
    default="id",
    show_default=True,
    help="Bahasa catatan. / The language of notes.",
)
