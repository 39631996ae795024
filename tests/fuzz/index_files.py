"""Reads indexes with an altered file: ``python -m tests.fuzz.index_files COUNT SEED``.

Whatever a file holds, there is an answer or a typed error.
"""

from __future__ import annotations

import logging
import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from index.analysis import parse_words
from index.build import LocalTarget, stored_articles
from index.errors import IndexUnusable
from index.manifest import MANIFEST
from index.segments.checking import faults_in
from index.target import BuildOptions
from search.local.engine import LocalEngine
from search.request import SearchRequest, Sort
from tests.conftest import ARCHIVE
from tests.fuzz.mutating import put, way_of
from tests.fuzz.running import Fuzzer, main

REQUESTS = (
    SearchRequest(query="beras"),
    SearchRequest(query='"kereta cepat"', explain=True),
    SearchRequest(query="har* -impor"),
    SearchRequest(query="berass naik di", sort=Sort.NEWEST),
    SearchRequest(query="kota:jakarta beras OR gempa"),
    SearchRequest(query="", per_page=100, collapse=True),
)


def index_at(path: Path) -> Path:
    """An index of three segments, a deletion, words and another stemmer; its generation."""
    target = LocalTarget(path)
    words = parse_words("pelabuhan\nkpk = korupsi", "words")
    target.rebuild(ARCHIVE[:6], BuildOptions(words=words))
    target.update(ARCHIVE[6:9], BuildOptions())
    target.update(ARCHIVE[9:], BuildOptions())
    target.delete(["a2"], BuildOptions())
    target.prune(1)
    return path / "generations" / (path / "CURRENT").read_text().strip()


def read(path: Path) -> None:
    """Ask everything that can be asked. Raises ``IndexUnusable``."""
    engine = LocalEngine(path)
    errors: list[IndexUnusable] = []
    try:
        questions: list[Callable[[], object]] = [
            *(partial(engine.search, one) for one in REQUESTS),
            lambda: engine.article("a3"),
            lambda: engine.copies("a3", 5),
            lambda: engine.similar("a1", 5),
            lambda: engine.suggest("har", 8),
            lambda: engine.marker("beras kereta").html("beras"),
            lambda: engine.analyze("pelabuhan"),
            engine.statistics,
            lambda: list(stored_articles(path)),
        ]
        for question in questions:
            try:
                question()
            except IndexUnusable as error:
                errors.append(error)
    finally:
        engine.close()
    if errors:
        raise errors[0]


def prepare(stack: ExitStack) -> Callable[[random.Random], str]:
    """An index, whose files are altered one at a time."""
    log = logging.getLogger("search.local.opened")
    stack.callback(log.setLevel, log.level)
    log.setLevel(logging.CRITICAL)
    path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "index"
    generation = index_at(path)
    whole = {file.name: file.read_bytes() for file in generation.iterdir()}
    read(path)
    return partial(attempt, path, generation, whole)


def attempt(path: Path, generation: Path, whole: dict[str, bytes], generator: random.Random) -> str:
    """Alter a file, read the index, and put the file back."""
    names = sorted(name for name in whole if name != MANIFEST)
    name = generator.choice([*names, *["_MAIN_1.toc"] * 3])
    put(generation, name, way_of(name, generator)(whole[name], generator))
    try:
        read(path)
        list(faults_in(generation))
    except IndexUnusable:
        return "refused"
    finally:
        for one in (name, MANIFEST):
            (generation / one).unlink()
            (generation / one).write_bytes(whole[one])
    return "answered"


FUZZER = Fuzzer(lambda generator: generator, prepare)

if __name__ == "__main__":
    sys.exit(main("index_files", FUZZER))
