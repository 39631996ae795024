"""What all commands share: options, the two languages of messages, progress, exit status."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from index.bilingual import Text
from index.errors import IndexUrlInvalid, WartaError
from index.lean_numpy import load_numpy
from index.lean_whoosh import load_whoosh
from index.location import Directory, locate
from index.patterns import on_use
from index.settings import setting
from index.system_errors import reason, remedy
from index.target import Progress, no_progress

DEFAULT_INDEX = "warta-index"

_GONE = Text("the working directory: ", "folder kerja: ")
"""What is not there where the system names nothing."""

_PHASES = {
    "read": "membaca / reading",
    "index": "mengindeks / indexing",
    "copy": "menyalin / copying",
    "evaluate": "mengukur / evaluating",
    "search": "mencari / searching",
}


class NamedPath(click.Path):
    """A path that is not empty."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Raise ``BadParameter`` for what is: it would be the working directory."""
        if value == "":  # As of a shell's variable that is not set.
            self.fail("kosong / is empty", param, ctx)
        return super().convert(value, param, ctx)


class _IndexUrl(click.Path):
    """A directory, which need not exist, or the URL of an index."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Raise ``BadParameter`` for what is neither."""
        if value == "":  # As of a shell's variable that is not set; not the working directory.
            self.fail("kosong / is empty", param, ctx)
        try:
            place = locate(value)
        except IndexUrlInvalid as error:
            self.fail(_valid(f"{error.indonesian} / {error.english}"), param, ctx)
        if isinstance(place, Directory):
            super().convert(str(place.path), param, ctx)
        return place.url


index_option = setting(
    "--index",
    "index_url",
    type=_IndexUrl(file_okay=False),
    metavar="INDEKS",
    default=DEFAULT_INDEX,
    show_default=True,
    help="Direktori atau URL indeks. / The index: its directory or URL.",
)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Keluaran JSON. / Print JSON instead of text."
)


_SURROGATES = on_use("[\ud800-\udfff]")


class Command(click.Command):
    """A command whose errors are sentences in both languages, with their exit status.

    ``asks``: whether it may ask an index questions.
    """

    def __init__(self, *given: Any, asks: bool = True, **named: Any) -> None:
        super().__init__(*given, **named)
        self._asks = asks

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Raises ``UsageError`` where text other than a path is not UTF-8."""
        for parameter in self.params:
            if not isinstance(parameter.type, click.Path):
                _check_text(ctx, parameter, ctx.params[parameter.name or ""])
        try:
            if "index_url" in ctx.params:
                load_numpy()
                load_whoosh(asks=self._asks)
            return super().invoke(ctx)
        except WartaError as error:
            fail(error.english, error.indonesian, error.status)
        except KeyboardInterrupt:
            fail("interrupted", "dihentikan")
        except MemoryError:
            fail_by_system(OSError(errno.ENOMEM, ""))
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            fail_by_system(error)


def _check_text(ctx: click.Context, parameter: click.Parameter, value: object) -> None:
    """Refuse the lone surrogates with which Python stands in for bytes that are not UTF-8."""
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, str) and _SURROGATES.search(one):
            raise click.UsageError(
                f"{parameter.get_error_hint(ctx)}: {_valid(one)}: bukan UTF-8 / not UTF-8", ctx
            )


def command(name: str, *, asks: bool = True) -> Callable[[Callable[..., None]], click.Command]:
    """Declare a command, see ``Command``."""
    return click.command(name, cls=Command, asks=asks)


def fail(english: str, indonesian: str, status: int = 1) -> NoReturn:
    """End with the status and an error in both languages on standard error."""
    click.echo(f"Galat: {indonesian}", err=True)
    if english != indonesian:
        click.echo(f"Error: {english}", err=True)
    sys.exit(status)


def fail_by_system(error: OSError) -> NoReturn:
    """End with what the system refused and what the operator can do about it."""
    context = click.get_current_context(silent=True)
    builds = context is not None and "memory" in context.params
    why, what = reason(error), remedy(error, builds=builds)
    where = _GONE if error.errno == errno.ENOENT and not error.filename else Text("", "")
    if error.filename:
        name = f"{_valid(os.fsdecode(error.filename))}: "
        where = Text(name, name)
    fail(
        f"{where.english}{why.english}; {what.english}",
        f"{where.indonesian}{why.indonesian}; {what.indonesian}",
    )


def print_json(value: object, *, to_stderr: bool = False) -> None:
    """Print a value as JSON, indented, on standard output, or where that is taken on the other.

    Names of files may hold any bytes: what is not UTF-8 becomes U+FFFD.
    """
    import json

    click.echo(_valid(json.dumps(value, ensure_ascii=False, indent=2)), err=to_stderr)


def _valid(text: str) -> str:
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def number(value: float) -> str:
    """A number as Indonesians write it: ``1.234``, ``0,5``."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return text.translate(str.maketrans(",.", ".,"))


@contextmanager
def progress_bar(unit: str) -> Iterator[Progress]:
    """A bar with count, speed and time left, on standard error if that is a terminal.

    Yields a function that is told the phase, what is done and the total (None: not known).
    """
    if not sys.stderr.isatty():
        yield no_progress
        return
    import rich.progress
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Speed(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{number(int(task.speed or 0))} {unit}/s", style="dim")

    with rich.progress.Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Speed(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        tasks: dict[str, Any] = {}

        def step(phase: str, done: int, total: int | None) -> None:
            if phase not in tasks:
                tasks[phase] = bar.add_task(_PHASES[phase], total=total)
            bar.update(tasks[phase], completed=done, total=total)

        yield step
