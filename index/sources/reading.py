"""``read_articles``: sources to articles, with every problem counted in a report."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, BinaryIO

from index.article import Article
from index.errors import SourceError
from index.light_dataclass import dataclass
from index.sources.columns.plan import FieldNames
from index.sources.formats.jsonfiles.lines import read_json_lines
from index.sources.formats.jsonfiles.values import read_json
from index.sources.formats.telling import tell_format
from index.sources.ids import Ids
from index.sources.inputs.filenames import Format
from index.sources.inputs.files import Input, check_sources, find_inputs
from index.sources.inputs.opening import Opened, open_source
from index.sources.inputs.packing import NO_HARM, Limits, unpacked
from index.sources.inputs.seekable import seekable
from index.sources.inputs.sniffing import no_articles, no_text
from index.sources.inputs.streams import Broken
from index.sources.lean import LeanRoad
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record, to_article
from index.sources.report import ReadReport
from index.sources.text.cleaning import Faults
from index.sources.values.dateorder import with_ordered_dates
from index.system_errors import reason
from index.target import HeldArticles

_NO_MAPPING: Mapping[str, str | Sequence[str]] = {}
_WITHOUT_COLUMNS = {Format.TEXT, Format.PAGE, Format.UNKNOWN}
_SEEKING = {Format.SHEET, Format.COLUMNAR}
"""The formats whose readers go back and forth in a file."""


def read_articles(
    sources: Sequence[str | Path],
    report: ReadReport,
    *,
    mapping: Mapping[str, str | Sequence[str]] = _NO_MAPPING,
    limits: Limits = NO_HARM,
    held: HeldArticles | None = None,
    strict: bool = False,
    stdin: BinaryIO | None = None,
) -> Iterator[Article]:
    """Every article of the sources, in a fixed order; ``report`` is kept up to date on the way.

    A source is a file, a folder or ``-`` for JSON Lines on ``stdin``. ``mapping`` adds names of
    fields as ``{our field: their names}``, best first (``FieldNames``). ``limits`` say how far
    packed files may unpack. ``held`` are the articles of the index to be updated, None where it is
    replaced. The same sources give the same articles with the same ids; an id may come more than
    once, and then the last counts.

    Raises ``SourceError`` at once where a source does not exist or the mapping names a field that
    an article does not have, and under ``strict`` at the first problem that loses or repairs an
    article; on the way ``IndexDamaged`` where the index of ``held`` is.
    """
    names = FieldNames(mapping)
    check_sources(sources)
    reading = _Reading(report, names, limits, strict, stdin)
    return reading.articles(find_inputs(sources), held)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What all files of one reading share."""

    report: ReadReport
    names: FieldNames
    limits: Limits
    strict: bool
    stdin: BinaryIO | None

    def articles(
        self, inputs: Iterator[Input | InputProblem], held: HeldArticles | None
    ) -> Iterator[Article]:
        """The articles of all inputs, each under an id of its own."""
        inputs, are_several = _look_ahead(inputs)
        ids = Ids(held) if are_several or held is not None else None
        for found in inputs:
            if isinstance(found, InputProblem):
                self._count(found)
                continue
            self.report.files += 1
            yield from self._of(found, ids)
        self.report.columns.end(self.names.never_met())

    def _of(self, found: Input, ids: Ids | None) -> Iterator[Article]:
        """The articles of one file; without ``ids`` only its parts may have given the same id."""
        if ids is not None:
            ids.begin(found)
        report, names, take = self.report, self.names, self.report.columns.take
        paths = names.paths
        lean = LeanRoad(names)
        for item in with_ordered_dates(self._records(found), names):
            if isinstance(item, InputProblem):
                self._count(item)
                continue
            if paths:
                item.values = names.resolved(item.values)
            faults: Faults = []
            article = lean.article(item, faults)
            if article is None:
                article, faults = to_article(item, names)
            take(item.values, names, article)
            for kind, detail in faults:
                self._count(InputProblem(kind, found.name, item.line, detail))
            if article is not None:
                report.read += 1
                report.accepted += 1
                report.repaired += bool(faults) and any(kind.repaired for kind, _ in faults)
                if ids is None and item.part:
                    ids = Ids()
                    ids.begin(found)
                yield article if ids is None else ids.settle(article, item.part)
        for told in ids.told(found.name) if ids is not None else ():
            self._count(told)

    def _count(self, problem: InputProblem) -> None:
        self.report.count(problem)
        if self.strict and (problem.kind.skipped or problem.kind.repaired):
            raise SourceError(problem.english, problem.indonesian)

    def _records(self, source: Input) -> Iterator[Record | InputProblem]:
        """What one file holds; a file that breaks off ends with its problem."""
        try:
            with open_source(source.path, self.stdin) as opened:
                yield from _read_content(opened, source, self)
        except OSError as error:
            yield InputProblem(ProblemKind.UNREADABLE_FILE, source.name, None, reason(error))
        except Broken as broken:
            yield InputProblem(broken.kind, source.name, broken.line, broken.detail)


def _look_ahead(
    inputs: Iterator[Input | InputProblem],
) -> tuple[Iterator[Input | InputProblem], bool]:
    """The same again, and whether more than one file is among them."""
    first: list[Input | InputProblem] = []
    files = 0
    for item in inputs:
        first.append(item)
        files += isinstance(item, Input)
        if files > 1:
            break
    return itertools.chain(first, inputs), files > 1


def _read_content(
    opened: Opened, source: Input, reading: _Reading
) -> Iterator[Record | InputProblem]:
    names = reading.names
    content = unpacked(
        opened.file,
        reading.report,
        packed=source.packed,
        limits=reading.limits,
        size=opened.size,
    )
    head = next(content, b"")
    told = no_articles(head, source)
    if told is not None:
        yield told
        return
    found = tell_format(head, source.format, names)
    told = no_text(source) if found is Format.TEXT else None
    if told is not None:
        yield told
        return
    reading.report.columns.begin(source.name, has_columns=_has_columns(found, head))
    whole = itertools.chain((head,), content)
    if found in _SEEKING:
        with seekable(opened.file, whole, head, reading.report) as copy:
            yield from _by_seeking(found, copy, source, reading)
    else:
        yield from _by_format(found, whole, source, names)


def _has_columns(found: Format, head: bytes) -> bool:
    """Whether the records have the names that their owner gave."""
    if found is not Format.FEED:
        return found not in _WITHOUT_COLUMNS
    from index.sources.formats.feeds.feed import names_its_fields

    return names_its_fields(head)


def _by_seeking(
    found: Format, file: IO[bytes], source: Input, reading: _Reading
) -> Iterator[Record | InputProblem]:
    if found is Format.SHEET:
        from index.sources.formats.sheets import read_sheet

        return read_sheet(file, source.name, reading.names, reading.limits)
    from index.sources.formats.columnar import read_columnar

    return read_columnar(file, source.name, reading.names, reading.limits)


def _by_format(
    found: Format, whole: Iterator[bytes], source: Input, names: FieldNames
) -> Iterator[Record | InputProblem]:
    match found:
        case Format.JSON_LINES:
            yield from read_json_lines(whole, source.name, names)
        case Format.JSON:
            yield from read_json(whole, source.name, names)
        # Others are imported where they are wanted: some take longer than a small archive.
        case Format.TABLE:
            from index.sources.formats.tables.table import read_table

            yield from read_table(whole, source.name, names)
        case Format.TEXT:
            from index.sources.formats.textfile import read_text

            yield from read_text(whole, source.name)
        case Format.FEED:
            from index.sources.formats.feeds.feed import read_feed

            yield from read_feed(whole, source.name, names)
        case Format.PAGE:
            from index.sources.formats.pages.page import read_page

            yield from read_page(whole, source.name)
        case _:
            yield InputProblem(ProblemKind.UNKNOWN_FORMAT, source.name, None)
