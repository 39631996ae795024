"""``read_articles``: sources to articles, with every problem counted in a report."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from index.article import Article
from index.errors import SourceError
from index.sources.columns import FieldNames
from index.sources.files import Format, Input, check_sources, find_inputs
from index.sources.formats.columnar import read_columnar
from index.sources.formats.feeds import read_feed
from index.sources.formats.jsonlines import read_json_lines
from index.sources.formats.jsonvalues import read_json
from index.sources.formats.pages import read_page
from index.sources.formats.sheets import read_sheet
from index.sources.formats.tables import read_table
from index.sources.formats.textfile import read_text
from index.sources.ids import Ids
from index.sources.problems import InputProblem, ProblemKind, ReadReport
from index.sources.record import Record, to_article
from index.sources.sniffing import tell_format
from index.sources.streams import Broken, unpacked

_NO_MAPPING: Mapping[str, str] = {}


def read_articles(
    sources: Sequence[str | Path],
    report: ReadReport,
    *,
    mapping: Mapping[str, str] = _NO_MAPPING,
    strict: bool = False,
    stdin: BinaryIO | None = None,
) -> Iterator[Article]:
    """Every article of the sources, in a fixed order; ``report`` is kept up to date on the way.

    A source is a file, a folder or ``-`` for JSON Lines on ``stdin``. ``mapping`` adds names of
    fields as ``{our field: their name}``. The same sources give the same articles with the same
    ids; an id may come more than once.

    Raises ``SourceError`` at once where a source does not exist or the mapping names a field that
    an article does not have, and under ``strict`` at the first problem that loses or repairs an
    article.
    """
    names = FieldNames(mapping)
    check_sources(sources)
    return _read(find_inputs(sources), report, names, strict=strict, stdin=stdin)


def _read(
    inputs: Iterable[Input | InputProblem],
    report: ReadReport,
    names: FieldNames,
    *,
    strict: bool,
    stdin: BinaryIO | None,
) -> Iterator[Article]:
    ids = Ids()
    for found in inputs:
        if isinstance(found, InputProblem):
            _count(found, report, strict=strict)
            continue
        for item in _read_input(found, report, names, stdin):
            if isinstance(item, InputProblem):
                _count(item, report, strict=strict)
                continue
            article, faults = to_article(item, names)
            for kind, detail in faults:
                _count(InputProblem(kind, found.name, item.line, detail), report, strict=strict)
            if article is not None:
                report.read += 1
                report.accepted += 1
                report.repaired += any(kind.repaired for kind, _ in faults)
                article, told = ids.settle(article, found.name, item.line)
                if told is not None:
                    _count(told, report, strict=strict)
                yield article


def _count(problem: InputProblem, report: ReadReport, *, strict: bool) -> None:
    report.count(problem)
    if strict and (problem.kind.skipped or problem.kind.repaired):
        raise SourceError(problem.english, problem.indonesian)


def _read_input(
    source: Input, report: ReadReport, names: FieldNames, stdin: BinaryIO | None
) -> Iterator[Record | InputProblem]:
    """What one file holds; a file that breaks off ends with its problem."""
    try:
        if source.path is None:
            yield from _read_content(stdin or sys.stdin.buffer, source, report, names)
            return
        with source.path.open("rb") as file:
            yield from _read_content(file, source, report, names)
    except OSError as error:
        yield InputProblem(ProblemKind.UNREADABLE_FILE, source.name, None, error.strerror or "")
    except Broken as broken:
        yield InputProblem(broken.kind, source.name, broken.line, broken.detail)


def _read_content(
    file: BinaryIO, source: Input, report: ReadReport, names: FieldNames
) -> Iterator[Record | InputProblem]:
    content = unpacked(file, report, packed=source.packed)
    head = next(content, b"")
    whole = itertools.chain((head,), content)
    match tell_format(head, source.format, names):
        case Format.JSON_LINES:
            yield from read_json_lines(whole, source.name, names)
        case Format.JSON:
            yield from read_json(whole, source.name, names)
        case Format.TABLE:
            yield from read_table(whole, source.name, names)
        case Format.TEXT:
            yield from read_text(whole, source.name)
        case Format.FEED:
            yield from read_feed(whole, source.name)
        case Format.PAGE:
            yield from read_page(whole, source.name)
        case Format.SHEET:
            yield from read_sheet(whole, source.name, names)
        case Format.COLUMNAR:
            yield from read_columnar(whole, source.name, names)
        case Format.UNKNOWN:
            yield InputProblem(ProblemKind.UNKNOWN_FORMAT, source.name, None)
