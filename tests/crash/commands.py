"""The commands that are interrupted, and the directory in which each begins.

::

    index/      three generations: four articles, six, five
    copy/       a backup of the first, and copy.tar, the same as a stream
    all.jsonl   all articles, new.jsonl two that are new and one that is there, old.jsonl one of
                each segment, many.jsonl enough for several processes
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from unittest.mock import patch

import orjson

from index.backup import back_up, write_stream
from index.build import LocalTarget, stored_articles
from index.errors import IndexMissing
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE, article

INDEXES = ("index", "copy", "fresh", "first")
"""Where the commands below may have an index."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command line that begins in the directory above; ``changes`` is the index that it may.

    ``bounds``: of numbers from which on other processes take part, those that are others here, so
    that few articles are enough. ``imports``: whether one of the processes loads Warta itself.
    """

    name: str
    arguments: tuple[str, ...]
    changes: str = "index"
    bounds: tuple[tuple[str, int], ...] = ()
    imports: bool = False

    @contextmanager
    def bounded(self) -> Iterator[None]:
        """While it lasts, numbers are as ``bounds`` says."""
        with ExitStack() as stack:
            for name, number in self.bounds:
                stack.enter_context(patch(name, number))
            yield


ALONE = (
    Command("rebuild", ("rebuild", "all.jsonl", "--workers", "1", "--index", "index")),
    Command("first", ("rebuild", "all.jsonl", "--workers", "1", "--index", "first"), "first"),
    Command("update", ("update", "new.jsonl", "--workers", "1", "--index", "index")),
    Command("delete", ("delete", "a2", "--index", "index")),
    Command("prune", ("prune", "--keep", "1", "--index", "index")),
    Command("rollback", ("rollback", "--index", "index")),
    Command("backup", ("backup", "fresh", "--index", "index"), "fresh"),
    Command("again", ("backup", "copy", "--index", "index"), "copy"),
    Command("restore", ("restore", "copy", "--index", "index")),
    Command("unpack", ("restore", "copy.tar", "--index", "index")),
)
"""Commands of one process."""

_AHEAD = (("index.cli.build._MANY_BYTES", 1),)
_TWO = ("--workers", "2", "--index", "index")

SHARED = (
    Command("rebuild-shared", ("rebuild", "many.jsonl", *_TWO), bounds=_AHEAD),
    Command("update-shared", ("update", "many.jsonl", *_TWO), bounds=_AHEAD),
    Command(
        "rebuild-served",
        ("rebuild", "many.jsonl", *_TWO),
        bounds=(("index.build.new_segments._WORTH_WORKERS", 2),),
        imports=True,
    ),
    Command(
        "merge-served",
        ("update", "old.jsonl", *_TWO),
        bounds=(("index.build.merges._WORTH_PROCESSES", 1),),
        imports=True,
    ),
)
"""Those that share their work: with workers forked ahead, or by the server, and with merges."""

COMMANDS = (*ALONE, *SHARED)

_MANY = 600
"""Articles; the first worker is given 256, and the other two thirds of what is left."""


def prepare(root: Path) -> None:
    """Make the directory in which commands begin."""
    target, options = LocalTarget(root / "index"), BuildOptions()
    target.rebuild(ARCHIVE[:4], options)
    back_up(root / "index", root / "copy")
    with (root / "copy.tar").open("wb") as stream:
        write_stream(root / "index", stream)
    target.update(ARCHIVE[4:6], options)
    target.delete(["a1"], options)
    many = [
        article(number, f"Judul {number}", f"Berita ke-{number} dari Kota{number % 40}.")
        for number in range(100, 100 + _MANY)
    ]
    for name, articles in (
        ("all", ARCHIVE),
        ("new", (*ARCHIVE[6:8], ARCHIVE[5])),
        ("old", (ARCHIVE[1], ARCHIVE[4])),
        ("many", many),
    ):
        (root / f"{name}.jsonl").write_bytes(
            b"".join(orjson.dumps(asdict(one)) + b"\n" for one in articles)
        )


def begin(prepared: Path, root: Path) -> None:
    """A private copy of that directory; what are links are links in it."""
    subprocess.run(["cp", "-a", "--", prepared, root], check=True)


def ids_in(index: Path) -> frozenset[str] | None:
    """The ids of the articles of an index, every one read; None where there is no index."""
    try:
        return frozenset(one.id for one in stored_articles(index))
    except IndexMissing:
        return None


def name_in(index: Path) -> str | None:
    """The name of the generation in use."""
    return Store(index).current_name()


@dataclass(frozen=True, slots=True)
class Known:
    """What generations hold: ``old`` those from before, by name, ``new`` what a command makes.

    ``used``: which of them, if any, each index uses; ``after``: what the changed one uses then.
    """

    old: dict[str, frozenset[str]]
    used: dict[str, str | None]
    new: frozenset[str]


def known(prepared: Path, command: Command, after: Path) -> Known:
    """What there is before a command, and what there is in ``after``, where it has run in peace."""
    old: dict[str, frozenset[str]] = {}
    used = {name: name_in(prepared / name) for name in INDEXES}
    for name in INDEXES:
        generations = prepared / name / "generations"
        if generations.is_dir():
            for generation in generations.iterdir():
                old[generation.name] = _ids_of(prepared / name, generation.name, after.parent)
    new = ids_in(after / command.changes)
    assert new is not None
    return Known(old, used, new)


def _ids_of(index: Path, generation: str, scratch: Path) -> frozenset[str]:
    """The ids in one generation of an index, read in a copy."""
    copy = scratch / "looked-at"
    begin(index, copy)
    (copy / "CURRENT").write_text(f"{generation}\n")
    found = ids_in(copy)
    subprocess.run(["rm", "-rf", "--", copy], check=True)
    assert found is not None
    return found
