"""``warta search --queries``: totals and first hits for each query, in the order of the lines.

All queries are asked of one generation, one after the other, and what is printed of one is let go
of. A line that cannot be asked is told at its place; the others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import click
import orjson

from index.bilingual import Language, Text
from index.console import fail, number
from index.light_dataclass import dataclass
from search.cli.output import Form, leaves_out_notes, tell_notes
from search.cli.printing import print_several
from search.cli.queries import Asked, read_queries
from search.engine import SearchEngine
from search.errors import RequestError
from search.json_shapes import as_json
from search.members import HITS, Members, answer_of, narrowed
from search.request import SearchRequest
from search.response import SearchResponse
from search.table import COLUMNS, cells, rows

_FACTS = ("corrected", "total", "partial_total", "partial")
_BEFORE = ("line", "query_id", "query", *_FACTS, "error")


@dataclass(frozen=True, slots=True)
class Answered:
    """A line, and its answer or what was wrong with it."""

    asked: Asked
    response: SearchResponse | None
    problem: Text | None


def answer_file(  # noqa: PLR0917 - what is asked, of whom, and how it is shown
    engine: SearchEngine,
    request: SearchRequest,
    path: str,
    form: Form,
    members: Members,
    language: Language,
) -> None:
    """Print the answers to the queries of a file; all else of each request is as given.

    Ends with status 1 where a line could not be asked. Raises ``SourceError`` and
    ``IndexUnavailable``.
    """
    request = narrowed(request, members)
    if form is Form.TEXT:
        request = replace(request, snippets=False)
    untold = leaves_out_notes(members, form)
    asked = failed = 0

    def answered() -> Iterator[Answered]:
        """The answers, counted and their notes told as they come."""
        nonlocal asked, failed
        for one in _answered(pinned, request, read_queries(path)):
            asked += 1
            failed += one.response is None
            if untold and one.response is not None:
                tell_notes(one.response, language, f"{one.asked.line}: ")
            yield one

    with closing(engine.pinned()) as pinned:
        if form is Form.TEXT:
            print_several(answered(), language)
        else:
            for piece in _pieces(answered(), form, members, language):
                click.echo(piece, nl=False)
    if failed:
        of_all = f"{number(failed)}/{number(asked)}"
        fail(f"{of_all} queries failed", f"{of_all} kueri gagal")


def _answered(
    engine: SearchEngine, request: SearchRequest, lines: Iterable[Asked]
) -> Iterator[Answered]:
    """Each line with its answer, when that is wanted. Raises ``IndexUnavailable``."""
    for one in lines:
        if one.query is None:
            yield Answered(one, None, one.problem)
            continue
        try:
            response = engine.search(replace(request, query=one.query))
        except RequestError as error:
            yield Answered(one, None, Text(error.english, error.indonesian))
        else:
            yield Answered(one, response, None)


def _pieces(
    answered: Iterable[Answered], form: Form, members: Members, language: Language
) -> Iterator[bytes]:
    """The answers in a form for programs."""
    if form is Form.JSON:
        return _document(answered, language, members)
    if form is Form.TABLE:
        return _table(answered, members, language)
    return (
        orjson.dumps(_object(one, language, members), option=orjson.OPT_APPEND_NEWLINE)
        for one in answered
    )


def _object(one: Answered, language: Language, members: Members) -> dict[str, Any]:
    named = {"line": one.asked.line, "query_id": one.asked.name, "query": one.asked.query}
    if one.response is not None:
        return {**named, **answer_of(one.response, members, language)}
    assert one.problem is not None
    return {**named, "error": one.problem.in_language(language)}


def _document(
    answered: Iterable[Answered], language: Language, members: Members
) -> Iterator[bytes]:
    """One object, a query a piece."""
    before = b'{"answers":[\n'
    for one in answered:
        yield before + orjson.dumps(_object(one, language, members))
        before = b",\n"
    yield (before if before.startswith(b"{") else b"\n") + b"]}\n"


def _table(answered: Iterable[Answered], members: Members, language: Language) -> Iterator[bytes]:
    """A row a hit; of a query without any, and where no hits are wanted, a row without one."""
    columns = (members.of_hits or COLUMNS) if members.hits else ()
    beside = [name for name in members.of_answer if name not in {*_BEFORE, HITS}]
    yield rows([(*_BEFORE, *beside, *(("rank", *columns) if columns else ()))])
    for one in answered:
        asked, response = one.asked, one.response
        told: list[Any] = [None] * len(_FACTS + tuple(beside))
        if response is not None:
            answer = as_json(replace(response, hits=()), language)
            told = [answer[name] for name in (*_FACTS, *beside)]
        problem = one.problem.in_language(language) if one.problem else None
        told.insert(len(_FACTS), problem)
        facts = (asked.line, asked.name, asked.query, *told)
        hits = response.hits if response is not None and columns else ()
        found = [(*facts, rank, *cells(hit, columns)) for rank, hit in enumerate(hits, start=1)]
        yield rows(found or [(*facts, *(None for _ in range(len(columns) and len(columns) + 1)))])
