"""Real commands that are killed at any moment and at chosen calls, and whose calls fail."""

from __future__ import annotations

import random
import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.crash.commands import COMMANDS, SHARED, Command, Known, begin
from tests.crash.conftest import CRASHES, SEED
from tests.crash.promises import check, told
from tests.crash.running import CALLS, TRACES, WANTED, Ended, Injection, Runner


def _each(times: int) -> int:
    """How many kills by time, kills at calls and faults each command meets of so many in all.

    Those that share their work meet as many kills of other processes and full disks beside that.
    """
    return -(-times // (3 * len(COMMANDS)))


FEW = 30
EACH = _each(CRASHES or FEW)

_STOPPED = "Galat: sebuah proses pekerja terhenti"
_NAMING = ("openat(", "newfstatat(")
_LOADING = (*_NAMING, "close(", "getdents64(", "mmap(", "read(")

Known_of = Callable[[Command], Known]

each_command = pytest.mark.parametrize(
    "command",
    [one for one in COMMANDS if CRASHES or not one.imports],  # To import takes a while.
    ids=lambda one: one.name,
)
each_shared = pytest.mark.parametrize("command", SHARED, ids=lambda one: one.name)
traced = pytest.mark.skipif(
    not (TRACES or CRASHES or WANTED), reason="strace is missing, or may not trace here"
)


def test_how_many_there_are_is_what_documents_say() -> None:
    def said(name: str) -> str:
        return " ".join((ROOT / name).read_text("utf-8").split())

    each, shared = _each(1000) * len(COMMANDS), _each(1000) * len(SHARED)
    every, promises = f"{3 * each + 2 * shared:,} kills and", said("docs/promises.md")
    assert all(every in said(name) for name in ("Makefile", "CHANGELOG.md", "CONTRIBUTING.md"))
    assert f"{every} faults: {each} times" in promises
    assert promises.count(f"{each} times") == 3
    assert promises.count(f"{shared} times") == 2
    few = _each(FEW) * (3 * sum(not one.imports for one in COMMANDS) + 2 * len(SHARED))
    assert f"({few} without it" in said("CONTRIBUTING.md")


@each_command
def test_kills_at_any_time(
    command: Command, runner: Runner, prepared: Path, known_of: Known_of, scratch: Path
) -> None:
    facts, killed = known_of(command), 0
    begin(prepared, scratch / "peace")
    started = time.perf_counter()
    runner.run(command, scratch / "peace")
    whole = time.perf_counter() - started
    for number in range(50 * EACH):
        root = scratch / "root"
        begin(prepared, root)
        draw = random.Random(f"{SEED} {command.name} {number}")
        seconds = draw.random() * whole
        ended = runner.kill_after(command, root, seconds)
        where = f"{command.name}: killed after {seconds:.4f} s, number {number} (seed {SEED})"
        with told(where):
            assert ended.status in {0, -signal.SIGKILL}, ended.told
            check(root, command, facts, done=ended.status == 0, back_first=number % 2 == 0)
        shutil.rmtree(root)
        killed += ended.status != 0
        if killed == EACH:
            break
    assert killed == EACH, "too few were killed before they had ended"


@each_shared
def test_kills_of_what_a_command_has_begun(
    command: Command, runner: Runner, prepared: Path, known_of: Known_of, scratch: Path
) -> None:
    facts, killed = known_of(command), 0
    begin(prepared, scratch / "peace")
    started = time.perf_counter()
    runner.run(command, scratch / "peace")
    whole = time.perf_counter() - started
    for number in range(50 * EACH):
        root = scratch / "root"
        begin(prepared, root)
        draw = random.Random(f"{SEED} {command.name} other {number}")
        seconds = draw.random() * whole
        ended, was_there = runner.kill_other_after(command, root, seconds, draw)
        where = (
            f"{command.name}: another killed after {seconds:.4f} s, number {number} (seed {SEED})"
        )
        with told(f"{where}\n{ended.told}"):
            assert ended.status in {0, 1}
            assert "Traceback" not in ended.told
            assert ended.status == 0 or _STOPPED in ended.told
            check(root, command, facts, done=ended.status == 0, back_first=number % 2 == 0)
        shutil.rmtree(root)
        killed += was_there
        if killed == EACH:
            break
    assert killed == EACH, "too few had begun another process"


@each_shared
def test_no_room_for_the_whole_of_a_file(
    command: Command, runner: Runner, prepared: Path, known_of: Known_of, scratch: Path
) -> None:
    facts = known_of(command)
    before = {path.name for path in (prepared / "index" / "generations").glob("*/*")}
    begin(prepared, scratch / "peace")
    runner.run(command, scratch / "peace")
    files = (scratch / "peace" / "index" / "generations").glob("*/*")
    largest = max(path.stat().st_size for path in files if path.name not in before)
    for number in range(EACH):
        root = scratch / "root"
        begin(prepared, root)
        most = random.Random(f"{SEED} {command.name} room {number}").randrange(1000, largest)
        ended = runner.run(command, root, most)
        with told(f"{command.name}: files of {most} bytes (seed {SEED})\n{ended.told}"):
            assert ended.status == 1
            assert "Traceback" not in ended.told
            assert re.search(r"Galat: index.*: .*tidak ada yang diterbitkan", ended.told)
            check(root, command, facts, done=False, back_first=number % 2 == 0)
        shutil.rmtree(root)


@traced
@each_command
def test_kills_at_calls(
    command: Command, runner: Runner, prepared: Path, known_of: Known_of, scratch: Path
) -> None:
    for number, (where, root, ended) in enumerate(
        interrupted(command, runner, prepared, scratch, kill=True)
    ):
        with told(where):
            # Of a command that shares its work another process may have been killed.
            possible = {-signal.SIGKILL, 0, 1} if command in SHARED else {-signal.SIGKILL}
            assert ended.status in possible, ended.told
            if ended.status != -signal.SIGKILL:
                assert "Traceback" not in ended.told
                assert ended.status == 0 or _STOPPED in ended.told, ended.told
            done = ended.status == 0
            check(root, command, known_of(command), done=done, back_first=number % 2 == 0)


@traced
@each_command
def test_calls_that_fail(
    command: Command, runner: Runner, prepared: Path, known_of: Known_of, scratch: Path
) -> None:
    for number, (where, root, ended) in enumerate(
        interrupted(command, runner, prepared, scratch, kill=False)
    ):
        with told(f"{where}\n{ended.injected}\n{ended.told}"):
            # Where standard error cannot be written to, nothing can be told.
            if not any(line.startswith(("write(1,", "write(2,")) for line in ended.injected):
                assert ended.status in {0, 1}
                # What Python itself cannot load, and pipes that cannot be closed, it tells itself.
                loads = command.imports and any(_may_load(one, root) for one in ended.injected)
                pipes = command in SHARED and ended.injected[0].startswith("close(")
                assert "Traceback" not in ended.told or loads or pipes
                assert ended.status == 0 or re.search(r"Galat: .*\w", ended.told)
            check(
                root,
                command,
                known_of(command),
                done=ended.status == 0 and command.name != "prune",
                back_first=number % 2 == 0,
            )


def _may_load(call: str, root: Path) -> bool:
    """Whether Python may make such a call to load a module: none that names what is in ``root``."""
    if not call.startswith(_LOADING):
        return False
    named = re.search(r'"([^"]+)"', call) if call.startswith(_NAMING) else None
    return named is None or not (root / named[1]).is_relative_to(root)


@pytest.mark.parametrize(
    ("call", "may"),
    [
        ('openat(AT_FDCWD, "/lib/python/index/store/durable.py", O_RDONLY) = -1 EIO', True),
        ('newfstatat(3, "", 0x7ffd, AT_EMPTY_PATH) = -1 EIO', True),
        ("read(3, 0x55d0, 4096) = -1 EIO", True),
        ('openat(AT_FDCWD, "index/generations/.tmp", O_RDONLY) = -1 EIO', False),
        ('openat(AT_FDCWD, "/scratch/root/index/CURRENT", O_RDONLY) = -1 EIO', False),
        ("fsync(5) = -1 EIO", False),
        ('rename("index/CURRENT.new", "index/CURRENT") = -1 EIO', False),
    ],
)
def test_only_calls_that_load_modules_are_excused(call: str, may: bool) -> None:
    assert _may_load(call, Path("/scratch/root")) is may


def interrupted(
    command: Command, runner: Runner, prepared: Path, scratch: Path, *, kill: bool
) -> Iterator[tuple[str, Path, Ended]]:
    """As many runs as each command is to meet in which something was injected."""
    begin(prepared, scratch / "peace")
    calls = runner.calls(command, scratch / "peace")
    assert sum(map(sum, calls.values())) > 20
    met = 0
    for number in range(3 * EACH):
        draw = random.Random(f"{SEED} {command.name} {kill} {number}")
        # Calls that are made often are not all that is drawn.
        call = draw.choice(sorted(calls))
        when = draw.randint(1, draw.choice(calls[call]))
        lasting = not kill and draw.random() < 0.3
        what = "signal=KILL" if kill else f"error={draw.choice(CALLS[call])}"
        injection = Injection(call, when, what, lasting)
        root = scratch / "root"
        begin(prepared, root)
        ended = runner.inject(command, root, injection)
        if ended.injected:
            met += 1
            yield f"{command.name}: {injection}, number {number} (seed {SEED})", root, ended
        shutil.rmtree(root)
        if met == EACH:
            return
    pytest.fail(f"only {met} of {EACH} were interrupted")
