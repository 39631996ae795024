"""The work of rebuild and update: read the sources, write, report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

import click

from index.article import Article
from index.cli.options import Choices
from index.console import number, progress_bar
from index.errors import FlushFailed, NothingToIndex, WartaError
from index.target import BuildOptions, HeldArticles, Progress, Published

if TYPE_CHECKING:
    from index.cli.need import Need
    from index.sources import ReadReport


class Write(Protocol):
    """``rebuild`` or ``update`` of an ``IndexTarget``."""

    def __call__(
        self, articles: Iterable[Article], options: BuildOptions, progress: Progress
    ) -> Published: ...


def run(
    choices: Choices,
    write: Write,
    articles: Iterable[Article] | None = None,
    *,
    fingerprint: str = "",
    held: HeldArticles | None = None,
    because: Need | None = None,
) -> None:
    """Write ``articles``, those of the sources where none are given, and say what came of it.

    ``held``: the articles of the index that is to be updated. ``because``: why it is rebuilt.
    What was read is told also where nothing of it could be indexed (``NothingToIndex``).
    """
    from index.cli.preview import Preview
    from index.cli.report import print_preview, print_report
    from index.sources import ReadReport

    started = perf_counter()
    report = ReadReport()
    options = BuildOptions(
        choices.workers,
        choices.memory,
        choices.wait,
        fingerprint,
        choices.words,
        choices.stemmer,
        choices.shards,
        choices.replicas,
        report.by_effect,
    )
    published = None
    with progress_bar("artikel") as step:
        reading = _read(choices, report, step, held) if articles is None else iter(articles)
        if choices.dry_run:
            preview = Preview()
            for article in reading:
                preview.take(article)
        else:
            try:
                published = write(reading, options, step)
            except NothingToIndex:
                print_report(choices, report, None, perf_counter() - started, because=because)
                named = " ".join(choices.sources) or choices.index_url
                stream = report.read > 0 and "-" in choices.sources
                raise NothingToIndex(named, stream=stream) from None
            except FlushFailed as error:  # It is in use all the same.
                seconds = perf_counter() - started
                print_report(
                    choices, report, error.published, seconds, because=because, flushed=False
                )
                raise
    if choices.dry_run:
        print_preview(choices, report, preview, perf_counter() - started)
    else:
        print_report(choices, report, published, perf_counter() - started, because=because)


def _read(
    choices: Choices, report: ReadReport, step: Progress, held: HeldArticles | None
) -> Iterator[Article]:
    """The articles of the sources; ``report`` accounts for them, ``step`` is told how many."""
    from index.sources import read_articles, total_bytes

    size = total_bytes(choices.sources)
    found = read_articles(
        choices.sources,
        report,
        mapping=choices.fields,
        limits=choices.limits,
        held=held,
        strict=choices.strict,
    )
    for done, article in enumerate(found, start=1):
        yield article
        if done % 100 == 0:
            # How many there are is guessed from the share of the bytes that is read.
            seen = report.bytes_read
            step("read", done, max(done, done * size // seen) if size and seen else None)


def in_parts(write: Write, size: int) -> Write:
    """The same, published after every ``size`` articles; an error tells what came before it.

    Each article is read while its part is written, when no other command can publish.
    """

    def write_parts(
        articles: Iterable[Article], options: BuildOptions, progress: Progress
    ) -> Published:
        waiting = iter(articles)
        published = None
        read = 0

        def next_part() -> Iterator[Article]:
            nonlocal read
            for one in islice(waiting, size):
                read += 1
                yield one

        try:
            while published is None or read == size:
                read = 0
                try:
                    part = write(next_part(), options, progress)
                except NothingToIndex:
                    if published is None:
                        raise
                    break
                before = published or Published("", 0)
                published = Published(
                    part.generation,
                    part.articles,
                    before.added + part.added,
                    before.replaced + part.replaced,
                    before.repeated + part.repeated,
                )
        except (WartaError, OSError):
            if published is not None:
                click.echo(
                    f"{number(published.added)} artikel sudah diterbitkan / "
                    f"articles were already published: {published.generation}",
                    err=True,
                )
            raise
        return published

    return write_parts
