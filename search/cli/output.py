"""An answer, or all hits as they are found, in the form that was asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING

import click

from index.console import number, print_json, progress_bar

if TYPE_CHECKING:
    from index.bilingual import Language
    from search.export import Export
    from search.members import Members
    from search.response import SearchResponse


class Form(Enum):
    """How answers are printed."""

    TEXT = "text"
    JSON = "json"
    LINES = "jsonl"
    TABLE = "csv"


@contextmanager
def with_progress(found: Export) -> Iterator[Export]:
    """The export, whose progress is shown where only its output goes elsewhere than a terminal."""
    if sys.stdout.isatty():
        yield found
        return
    with progress_bar("artikel") as step:

        def counted() -> Iterator[SearchResponse]:
            done = len(found.first.hits)
            for batch in found.rest:
                step("search", done, found.first.listed)
                yield batch
                done += len(batch.hits)

        yield replace(found, rest=counted())


def tell_notes(response: SearchResponse, language: Language, before: str = "") -> None:
    """Say on standard error what the printed form of an answer has no place for.

    ``before`` stands before each note.
    """
    from search.cli.printing import remarks

    for line in remarks(response, language):
        click.echo(f"{before}{line}", err=True)


def leaves_out_notes(members: Members, form: Form) -> bool:
    """Whether an answer in this form has no notes."""
    chosen = members.of_answer
    return form is Form.TABLE or (bool(chosen) and "notes" not in chosen)


def _tell_of_rows(response: SearchResponse, *, whole: bool) -> None:
    from search.cli.printing import is_past_the_end, past_the_end

    given = len(response.hits)
    if is_past_the_end(response):
        click.echo(past_the_end(response), err=True)
    elif not whole and given < response.listed:
        of_all = f"{number(given)}/{number(response.listed)}"
        click.echo(f"{of_all} artikel; semua: --all / articles; all: --all", err=True)


def print_found(
    found: Export, members: Members, language: Language, form: Form, *, whole: bool = False
) -> None:
    """Print an answer in the form; ``whole``: all hits instead of a page.

    What the form has no place for is told on standard error. Raises as going through ``found``
    does.
    """
    from search.answers import export_answer, hit_lines, search_answer
    from search.cli.printing import print_answer
    from search.table import table

    pieces: Iterable[bytes] = ()
    if form is Form.LINES or leaves_out_notes(members, form):
        tell_notes(found.first, language)
    if form in {Form.LINES, Form.TABLE}:
        _tell_of_rows(found.first, whole=whole)
    match form:
        case Form.TEXT:
            print_answer(found, language)
        case Form.JSON if whole:
            pieces = chain(export_answer(found, language, members), (b"\n",))
        case Form.JSON:
            print_json(search_answer(found.first, language, members))
        case Form.LINES:
            pieces = (hit_lines(batch.hits, language, members) for batch in found.batches())
        case Form.TABLE:
            pieces = table((batch.hits for batch in found.batches()), members.of_hits)
    for piece in pieces:
        click.echo(piece, nl=False)
