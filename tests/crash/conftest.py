"""What the tests of crashes share: the runner, the directory to begin in, what generations hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.conftest import in_memory, sweep
from tests.crash.commands import Command, Known, begin, known, prepare
from tests.crash.running import Runner

CRASHES = int(os.environ.get("WARTA_CRASHES", "0"))
_PREFIX = "warta-crash-"
SEED = int(os.environ.get("WARTA_CRASH_SEED", "20261129"))


@pytest.fixture(scope="session")
def shared() -> Iterator[Path]:
    """A directory in memory where there is room: else these tests wait for a disk."""
    memory = in_memory()
    if memory is not None:
        sweep(memory, _PREFIX)
    with TemporaryDirectory(prefix=_PREFIX, dir=memory) as path:
        yield Path(path)


@pytest.fixture
def scratch(shared: Path) -> Iterator[Path]:
    """A directory there for one test."""
    with TemporaryDirectory(dir=shared) as path:
        yield Path(path)


@pytest.fixture(scope="session")
def runner(shared: Path) -> Iterator[Runner]:
    (shared / "runner").mkdir()
    found = Runner(shared / "runner")
    try:
        yield found
    finally:
        found.close()


@pytest.fixture(scope="session")
def prepared(shared: Path) -> Path:
    path = shared / "prepared"
    path.mkdir()
    prepare(path)
    return path


@pytest.fixture(scope="session")
def known_of(runner: Runner, prepared: Path, shared: Path) -> Callable[[Command], Known]:
    @cache
    def found(command: Command) -> Known:
        root = shared / "peace" / command.name / "root"
        root.parent.mkdir(parents=True)
        begin(prepared, root)
        ended = runner.run(command, root)
        assert ended.status == 0, ended.told
        return known(prepared, command, root)

    return found
