"""Every command that changes an index, with the system failing at each call in turn."""

from __future__ import annotations

import errno
import gc
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import LocalTarget
from index.errors import FlushFailed, PruneFailed, WartaError, WritingFailed
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE, LONG
from tests.faults import faults

ONE = BuildOptions()
ERRORS = (
    errno.ENOSPC,
    errno.EIO,
    errno.EACCES,
    errno.EROFS,
    errno.EDQUOT,
    errno.EMFILE,
)

COMMANDS: dict[str, Callable[[LocalTarget], object]] = {
    "rebuild": lambda target: target.rebuild(ARCHIVE[:4], ONE),
    "update": lambda target: target.update(ARCHIVE[3:5], ONE),
    "delete": lambda target: target.delete(["a1"], ONE),
    "rollback": lambda target: target.rollback(),
    "prune": lambda target: target.prune(1),
}
STATES = (
    "what is in use is as it was",
    "nothing was published",
    "nothing was changed",
    "stays in use",
    "is in use now",
    "cannot be read",
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of three generations."""
    path = tmp_path_factory.mktemp("template") / "index"
    target = LocalTarget(path)
    target.rebuild(ARCHIVE[:3], ONE)
    target.update(ARCHIVE[3:4], ONE)
    target.update(ARCHIVE[4:5], ONE)
    return path


def copied(template: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(template, to, symlinks=True)
    return to


def trial(template: Path, to: Path, command: str, at: int, number: int) -> WartaError | None:
    """One command with one fault, and what must hold afterwards; the error that was told."""
    index = copied(template, to)
    before = Store(index).current_name()
    told: WartaError | None = None
    with faults(index, at, number) as met:
        try:
            COMMANDS[command](LocalTarget(index))
        except WartaError as error:
            told = error
    what = f"{command}, call {at} ({met.calls[-1]}): {os.strerror(number)}"
    with Store(index).open_current() as generation:
        after = generation.name
    if told is not None:
        assert str(index) in told.english, what
        assert str(index) in told.indonesian, what
        assert any(state in told.english for state in STATES), f"{what}: {told.english}"
        assert (after != before) == isinstance(told, FlushFailed), f"{what}: {told.english}"
    LocalTarget(index).update(ARCHIVE[5:6], ONE)
    assert LocalTarget(index).verify() == [], what
    return told


# A file that could not be written is closed when nobody refers to it any more.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_fault_at_any_call_is_told_and_harms_nothing(
    template: Path, tmp_path: Path, command: str
) -> None:
    with faults(copied(template, tmp_path / "count")) as met:
        COMMANDS[command](LocalTarget(tmp_path / "count"))
    calls = len(met.calls)
    chosen = [(at, number) for at in range(calls) for number in ERRORS]
    if not LONG:
        chosen = random.Random(command).sample(chosen, 4)
        # Those that decide: from the last flush before CURRENT, or a manifest's removal, on.
        step = "unlink" if command == "prune" else "replace"
        last = calls - 1 - met.calls[::-1].index(step)
        chosen += [(at, errno.EIO) for at in range(last - 2, last + 4) if at < calls]
    index = tmp_path / "index"
    told = {type(trial(template, index, command, at, number)) for at, number in chosen}
    gc.collect()
    assert told & {WritingFailed, PruneFailed}
    assert (FlushFailed in told) == (command != "prune")
