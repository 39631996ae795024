"""Reads altered files of every format: ``python -m tests.fuzz.readers COUNT SEED``.

Each gives articles or counted problems, soon and in little memory, and none is lost unsaid.
"""

from __future__ import annotations

import io
import os
import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, fields
from datetime import UTC
from functools import partial
from pathlib import Path

from index.article import Article
from index.sources import ReadReport, read_articles
from index.sources.inputs.packing import unpacked
from tests.fuzz.mutating import altered
from tests.fuzz.running import Fuzzer, main
from tests.fuzz.seeds import PACKERS, SEEDS, altered_file


@dataclass(frozen=True, slots=True)
class File:
    """A file by its name and what it holds."""

    name: str
    content: bytes


def file(generator: random.Random) -> File:
    """A file, perhaps packed, perhaps under the name of another format."""
    ending = generator.choice([*SEEDS])
    content = altered_file(ending, generator)
    if generator.random() < 0.1:
        ending = generator.choice([*SEEDS])
    if generator.random() < 0.25:
        packed = generator.choice([*PACKERS])
        content = PACKERS[packed](content)
        ending += packed if generator.random() < 0.9 else generator.choice([*PACKERS, ""])
        if generator.random() < 0.5:
            content = altered(content, generator)
    if generator.random() < 0.05:
        content = content[: generator.randrange(len(content) + 1)]
    return File(f"berita{ending}", content)


def prepare(stack: ExitStack) -> Callable[[File], str]:
    """A folder for one file at a time; all readers are imported before memory is bounded."""
    os.environ.setdefault("TMPDIR", tempfile.gettempdir())
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    for ending in SEEDS:
        attempt(folder, File(f"a{ending}", SEEDS[ending]()))
    return partial(attempt, folder)


def attempt(folder: Path, given: File) -> str:
    """Read it, and look at the account. Raises ``AssertionError`` where that does not add up."""
    path = folder / given.name
    path.write_bytes(given.content)
    try:
        articles, report = _read(path)
        if len(given.content) % 8 == 0:
            again, _ = _read(path)
            assert again == articles
    finally:
        path.unlink()
    _look_at(report, articles, given)
    if articles:
        return "articles with problems" if report.kinds else "articles"
    return "problems" if report.kinds else "nothing in it"


def _read(path: Path) -> tuple[list[Article], ReadReport]:
    report = ReadReport()
    return list(read_articles([path], report)), report


def _look_at(report: ReadReport, articles: list[Article], given: File) -> None:
    assert report.files == 1
    assert report.accepted == len(articles)
    assert report.read == report.accepted + report.skipped
    assert report.repaired <= report.accepted
    assert report.bytes_read <= len(given.content)
    if not report.kinds:
        assert report.bytes_read == len(given.content)
    # A batch of rows in which a zero was put for their number holds none.
    if not articles and not report.kinds and not given.content.startswith(b"\xff\xff\xff\xff"):
        # Only what is blank, or the header of a table, may come to nothing without a word.
        whole = b"".join(unpacked(io.BytesIO(given.content), ReadReport()))
        assert len([one for one in whole.splitlines() if one.strip(_BLANK)]) <= 1, "nothing is said"
    for problem in report.examples:
        for text in (problem.english, problem.indonesian):
            assert text.isprintable()
        assert problem.line is None or problem.line >= 0
        assert problem.articles > 0
    for article in articles:
        _look_at_article(article)


_BLANK = b" \t\r\0\x1a\x0b\x0c"


def _look_at_article(article: Article) -> None:
    assert article.id
    assert article.body.strip()
    assert article.date is None or article.date.tzinfo is UTC
    for field in fields(article):
        text = getattr(article, field.name)
        if isinstance(text, str):
            text.encode()
            odd = [c for c in text if c < " " or "\x7f" <= c < "\xa0"]
            assert {*odd} <= ({"\n", "\t"} if field.name == "body" else {"\t"}), (field.name, odd)


FUZZER = Fuzzer(file, prepare)

if __name__ == "__main__":
    sys.exit(main("readers", FUZZER))
