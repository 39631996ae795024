"""What stands where a file or directory of the index should: nothing waits, everything is told."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.analysis import parse_words
from index.build import LocalTarget, stored_articles
from index.errors import IndexDamaged, IndexUnreadable, WartaError
from index.manifest import MANIFEST
from index.stemming import StemmerName
from index.store import Store
from index.target import BuildOptions
from search.local.engine import LocalEngine
from search.request import SearchRequest
from tests.conftest import ARCHIVE

ONE = BuildOptions()
HUGE = 10 * 2**30


def fifo(path: Path) -> None:
    os.mkfifo(path)


def directory(path: Path) -> None:
    (path / "in it").mkdir(parents=True)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def full(path: Path) -> None:
    path.symlink_to("/dev/full")


def a_socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # Paths of sockets are short.
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(before)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere/at/all")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def huge(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(HUGE)


def empty(path: Path) -> None:
    path.touch()


KINDS = (fifo, directory, device, terminal, full, a_socket, link_to_nothing, loop, huge, empty)
FILES = (
    "CURRENT",
    "LOCK",
    "CURRENT.new",
    "generations",
    "generation",
    "previous",
    MANIFEST,
    "*.toc",
    "*.inv",
    "*.doc",
    "*.der",
    "words.txt",
    "stemmer.txt",
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kinds") / "index"
    words = parse_words("gojek", "kata.txt")
    target = LocalTarget(path)
    target.rebuild(ARCHIVE[:3], BuildOptions(words=words, stemmer=StemmerName.SNOWBALL))
    target.update(ARCHIVE[3:4], ONE)
    return path


@contextmanager
def at_once() -> Iterator[None]:
    """Whatever waits for a pipe or reads a device without end is ended."""

    def ring(*_: object) -> None:
        pytest.fail("it waits")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(20)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def place(index: Path, file: str) -> Path:
    generations = index / "generations"
    current = generations / (index / "CURRENT").read_text().strip()
    match file:
        case "CURRENT" | "LOCK" | "CURRENT.new" | "generations":
            return index / file
        case "generation":
            return current
        case "previous":
            return min(generations.iterdir())
    return next(current.glob(file))


def put(path: Path, kind: Callable[[Path], None]) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    kind(path)


def searched(index: Path) -> None:
    engine = LocalEngine(index)
    try:
        engine.search(SearchRequest(query="beras"))
    finally:
        engine.close()


USES: dict[str, Callable[[Path], object]] = {
    "search": searched,
    "verify": lambda index: LocalTarget(index).verify(),
    "generations": lambda index: LocalTarget(index).generations(),
    "stored": lambda index: list(stored_articles(index)),
    "made from": lambda index: LocalTarget(index).made_from(),
    "delete": lambda index: LocalTarget(index).delete(["a1"], ONE),
    "prune": lambda index: LocalTarget(index).prune(2),
    "update": lambda index: LocalTarget(index).update(ARCHIVE[4:5], ONE),
    "rebuild": lambda index: LocalTarget(index).rebuild(ARCHIVE[:3], ONE),
    "rollback": lambda index: LocalTarget(index).rollback(),
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_nothing_waits_and_everything_is_told(
    template: Path, tmp_path: Path, file: str, kind: Callable[[Path], None]
) -> None:
    index = tmp_path / "index"
    shutil.copytree(template, index)
    put(place(index, file), kind)
    for name, use in USES.items():
        with at_once():
            try:
                use(index)
            except WartaError as error:
                told = error.english
            else:
                if name == "rebuild":
                    break  # It has put a new one to use.
                continue
        assert str(index) in told, name
        assert ";" in told, name  # what is wrong; what to do


@pytest.mark.parametrize("kind", [*KINDS], ids=lambda kind: kind.__name__)
def test_a_current_that_is_none_is_mended_as_it_says(
    template: Path, tmp_path: Path, kind: Callable[[Path], None]
) -> None:
    index = tmp_path / "index"
    shutil.copytree(template, index)
    before = Store(index).current_name()
    put(index / "CURRENT", kind)
    with at_once(), pytest.raises((IndexUnreadable, IndexDamaged)) as caught:
        Store(index).open_current()
    assert f"{index}/CURRENT" in caught.value.english
    if "remove it" in caught.value.english:
        put(index / "CURRENT", fifo)
        (index / "CURRENT").unlink()
    assert f"warta rollback --index {index}" in caught.value.english
    assert LocalTarget(index).rollback().generation == before
    assert LocalTarget(index).verify() == []


@pytest.mark.parametrize("kind", [link_to_nothing, loop, empty, fifo])
def test_an_index_that_is_no_directory_is_told(
    tmp_path: Path, kind: Callable[[Path], None]
) -> None:
    index = tmp_path / "index"
    kind(index)
    for name, use in USES.items():
        if name == "made from":
            continue  # It is told where it is built.
        with at_once(), pytest.raises(WartaError) as caught:
            use(index)
        assert str(index) in caught.value.english, name
