"""The recording and the replaying themselves: what they see, and what they make of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.commands import ALONE, COMMANDS, SHARED, Command, begin
from tests.crash.power_cut import states
from tests.crash.recording import Changed, Operation, Recording, Snapshot, Synced
from tests.crash.running import TRACES, WANTED, Runner

ROOT, OLD, NEW = 0, 1, 2
WRITE = Changed({NEW: b"new"}, ((ROOT, "CURRENT.new", NEW),), ())
RENAME = Changed({}, ((ROOT, "CURRENT.new", None), (ROOT, "CURRENT", NEW)), ())


def contents(operations: list[Operation]) -> set[bytes]:
    """What CURRENT may hold after all of the operations."""
    before = Snapshot({OLD: b"old"}, {ROOT: {"CURRENT": OLD}})
    recording = Recording(before, operations)
    return {
        state.files[state.folders[ROOT]["CURRENT"]]
        for done, _, state in states(recording, 1, mixed=20)
        if done == len(operations)
    }


def test_a_rename_without_a_flush_may_leave_an_empty_file() -> None:
    assert {b"old", b"new", b""} <= contents([WRITE, RENAME])


def test_a_file_that_is_flushed_before_it_is_renamed_is_old_or_new() -> None:
    assert contents([WRITE, Synced(NEW, 1), RENAME]) == {b"old", b"new"}


def test_only_what_its_directory_was_flushed_after_is_certain() -> None:
    assert contents([WRITE, Synced(NEW, 1), RENAME, Synced(ROOT, 3)]) == {b"new"}


def test_what_came_while_it_was_flushed_is_not_certain() -> None:
    late = contents([WRITE, RENAME, Synced(ROOT, 1), Synced(NEW, 1)])
    assert late == {b"old", b"new"}
    again = Changed({NEW: b"newer"}, (), ())
    flushed = [Synced(ROOT, 3), Synced(NEW, 2)]
    assert {b"new", b"newer"} <= contents([WRITE, RENAME, again, *flushed])
    assert contents([WRITE, RENAME, again, Synced(ROOT, 3), Synced(NEW, 3)]) == {b"newer"}


def test_a_later_name_may_be_there_without_an_earlier_one() -> None:
    first = Changed({2: b"a"}, ((ROOT, "a", 2),), ())
    second = Changed({3: b"b"}, ((ROOT, "b", 3),), ())
    recording = Recording(Snapshot({}, {ROOT: {}}), [first, second])
    names = {tuple(state.folders[ROOT]) for _, _, state in states(recording, 1, mixed=20)}
    assert names == {(), ("a",), ("b",), ("a", "b")}


def test_states_are_written_with_their_hard_links(tmp_path: Path) -> None:
    linked = Changed({2: b"x"}, ((ROOT, "a", 2), (3, "b", 2), (ROOT, "folder", 3)), (3,))
    recording = Recording(Snapshot({}, {ROOT: {}}), [linked])
    *_, (_, _, state) = [one for one in states(recording, 1) if one[1] == "everything"]
    state.write(tmp_path / "root")
    assert (tmp_path / "root" / "a").samefile(tmp_path / "root" / "folder" / "b")


@pytest.mark.skipif(not (TRACES or WANTED), reason="strace is missing, or may not trace here")
@pytest.mark.parametrize("command", [*ALONE[::4], *SHARED[:2]], ids=lambda one: one.name)
def test_the_recording_has_every_flush_that_the_system_saw(
    command: Command, runner: Runner, prepared: Path, scratch: Path
) -> None:
    begin(prepared, scratch / "recorded")
    recording = runner.record(command, scratch / "recorded")
    begin(prepared, scratch / "traced")
    calls = runner.calls(command, scratch / "traced")
    recorded = sum(isinstance(one, Synced) for one in recording.operations)
    around = int(command.changes in {"first", "fresh"})  # what holds a new index lies outside
    assert recorded <= sum(calls["fsync"]) <= recorded + 2 * around
    assert recorded >= 2


def test_the_recording_ends_with_what_is_there(
    runner: Runner, prepared: Path, scratch: Path
) -> None:
    root = scratch / "root"
    begin(prepared, root)
    recording = runner.record(COMMANDS[0], root)
    *_, (_, _, state) = [one for one in states(recording, 1) if one[1] == "everything"]
    state.write(scratch / "again")
    assert files(scratch / "again") == files(root)


def files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}
