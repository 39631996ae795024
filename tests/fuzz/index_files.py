"""Reads indexes with an altered file: ``python -m tests.fuzz.index_files COUNT SEED``.

It says what was read otherwise than with an answer or a typed error, and exits with 1 then. Its
memory is bounded, and so is the time for each input.
"""

from __future__ import annotations

import logging
import random
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from index.analysis import parse_words
from index.build import LocalTarget, stored_articles
from index.errors import IndexDirectoryError
from index.manifest import MANIFEST
from index.segments.checking import faults_in
from index.target import BuildOptions
from search.local.engine import LocalEngine
from search.request import SearchRequest, Sort
from tests.conftest import ARCHIVE
from tests.fuzz.mutating import put, way_of

MOST_MEMORY = 512 << 20
MOST_SECONDS = 20

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
    """Ask everything that can be asked. Raises ``IndexDirectoryError``."""
    engine = LocalEngine(path)
    errors: list[IndexDirectoryError] = []
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
            except IndexDirectoryError as error:
                errors.append(error)
    finally:
        engine.close()
    if errors:
        raise errors[0]


def main(count: int, seed: int) -> int:
    """How many inputs were read otherwise than they should."""
    logging.getLogger("search.local.opened").setLevel(logging.CRITICAL)
    generator = random.Random(seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        generation = index_at(path)
        whole = {file.name: file.read_bytes() for file in generation.iterdir()}
        read(path)
        names = sorted(name for name in whole if name != MANIFEST)
        names += ["_MAIN_1.toc"] * 3
        _bound()
        for number in range(count):
            name = generator.choice(names)
            content = way_of(name, generator)(whole[name], generator)
            put(generation, name, content)
            signal.alarm(MOST_SECONDS)
            try:
                read(path)
                outcomes["answered"] += 1
                list(faults_in(generation))
            except IndexDirectoryError:
                outcomes["refused"] += 1
            except BaseException:  # noqa: BLE001 - whatever it is, it is told
                outcomes["wrong"] += 1
                kept = Path(tempfile.gettempdir()) / f"warta-fuzz-{seed}-{number}-{name}"
                kept.write_bytes(content)
                print(f"{number}: {kept}", traceback.format_exc(), sep="\n", flush=True)
            finally:
                signal.alarm(0)
            for one in (name, MANIFEST):
                (generation / one).unlink()
                (generation / one).write_bytes(whole[one])
        shutil.rmtree(path)
    print(dict(outcomes), flush=True)
    return outcomes["wrong"]


def _bound() -> None:
    """No more memory than now and ``MOST_MEMORY``; what takes too long raises TimeoutError."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    signal.signal(signal.SIGALRM, _too_long)


def _too_long(*_: object) -> None:
    raise TimeoutError("it takes too long")


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1]), int(sys.argv[2])) else 0)
