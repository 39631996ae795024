"""What the tests of crashes share: the runner, the directory to begin in, what generations hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.crash.commands import Command, Known, begin, known, prepare
from tests.crash.running import Runner

CRASHES = int(os.environ.get("WARTA_CRASHES", "0"))
SEED = int(os.environ.get("WARTA_CRASH_SEED", "20261129"))


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    found = Runner(tmp_path_factory.mktemp("runner"))
    try:
        yield found
    finally:
        found.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prepared") / "root"
    path.mkdir()
    prepare(path)
    return path


@pytest.fixture(scope="session")
def known_of(
    runner: Runner, prepared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Command], Known]:
    @cache
    def found(command: Command) -> Known:
        root = tmp_path_factory.mktemp("peace") / "root"
        begin(prepared, root)
        ended = runner.run(command, root)
        assert ended.status == 0, ended.told
        return known(prepared, command, root)

    return found
