"""What holds after a command was interrupted, whatever it was doing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.backup import back_up
from index.build import LocalTarget
from index.errors import NoEarlierGeneration
from index.store import Store
from index.store.names import completed_names
from index.target import BuildOptions
from tests.conftest import article
from tests.crash.commands import INDEXES, Command, Known, ids_in, name_in

NEXT = article(99, "Tulisan berikutnya", "Yang ditulis setelah gangguan.")


@contextmanager
def told(where: str) -> Iterator[None]:
    """Say which interruption it was where a promise is broken."""
    try:
        yield
    except Exception as error:
        error.add_note(where)
        raise


def check(root: Path, command: Command, known: Known, *, done: bool, back_first: bool) -> None:
    """Fail where a promise is broken. What is at ``root`` is used up.

    ``done``: the command had ended well before. ``back_first``: whether going back comes before
    the next writing, or after it.
    """
    for name in INDEXES:
        if name != command.changes:
            assert name_in(root / name) == known.used[name]
    _check_used(root / command.changes, command, known, done=done)
    if command.changes in {"copy", "fresh"}:
        _check_next_backup(root, command.changes)
        return
    if back_first:
        _check_back(root / command.changes, known)
    _check_next(root / command.changes, known)
    if not back_first:
        _check_back(root / command.changes, known)


def _check_used(index: Path, command: Command, known: Known, *, done: bool) -> None:
    """The old generation is in use or the new one, and all of it can be read."""
    name = name_in(index)
    if done and command.name != "prune":
        assert name != known.used[command.changes], "what was published is lost"
    if name is None:
        assert known.used[command.changes] is None, "the index is gone"
        return
    # Going back leaves out what cannot be read, says so, and goes further.
    if name == known.used[command.changes] or (command.name == "rollback" and name in known.old):
        assert ids_in(index) == known.old[name]
    else:
        assert ids_in(index) == known.new


def _check_next(index: Path, known: Known) -> None:
    """The next writing finds all articles, adds its own, and leaves nothing that is damaged.

    Where a first generation was complete and CURRENT did not name it yet, it is kept.
    """
    before = ids_in(index)
    if before is None:
        before = known.new if completed_names(index) else frozenset()
    LocalTarget(index).update([NEXT], BuildOptions())
    assert ids_in(index) == before | {NEXT.id}
    assert Store(index).verify() == []
    assert not (index / "CURRENT.new").exists()


def _check_back(index: Path, known: Known) -> None:
    """Going back leads to a generation that was published, whole, or says that there is none."""
    if name_in(index) is None:
        return
    used, before = name_in(index), ids_in(index)
    try:
        name = LocalTarget(index).rollback().generation
    except NoEarlierGeneration:
        assert name_in(index) == used
        assert ids_in(index) == before
        return
    assert name == name_in(index) != used
    found = ids_in(index)
    assert found in {*known.old.values(), known.new}, "it went back to what never was"
    assert [one for one in Store(index).verify() if one.generation == name] == []


def _check_next_backup(root: Path, name: str) -> None:
    """The index is as it was, and the next backup is whole."""
    made = back_up(root / "index", root / name)
    assert made.generation == name_in(root / "index") == name_in(root / name)
    assert ids_in(root / name) == ids_in(root / "index")
    assert Store(root / name).verify() == []
    assert Store(root / "index").verify() == []
    shutil.rmtree(root / "index")
    assert ids_in(root / name)
