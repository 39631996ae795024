"""After every call that a command makes, and whatever of it has reached the disk."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash.commands import COMMANDS, Command, Known, begin
from tests.crash.conftest import CRASHES, SEED
from tests.crash.power_cut import states
from tests.crash.promises import check, told
from tests.crash.recording import Synced
from tests.crash.running import Runner

SHARE = 4
"""How many states of each command are looked at without WARTA_CRASHES."""


# What workers of the server flush is not recorded; they do as those do that are forked ahead.
RECORDED = [one for one in COMMANDS if one.name != "rebuild-served"]


@pytest.mark.parametrize(
    "command", [one for one in RECORDED if CRASHES or not one.imports], ids=lambda one: one.name
)
def test_a_power_cut_leaves_the_old_or_the_new(
    command: Command,
    runner: Runner,
    prepared: Path,
    known_of: Callable[[Command], Known],
    scratch: Path,
) -> None:
    root = scratch / "root"
    begin(prepared, root)
    recording = runner.record(command, root)
    last = len(recording.operations)
    syncs = sum(isinstance(one, Synced) for one in recording.operations)
    assert min(syncs, last - syncs) >= 2
    found = list(states(recording, SEED))
    if not CRASHES and len(found) > SHARE:
        found = [*random.Random(SEED).sample(found[:-1], SHARE - 1), found[-1]]
    facts = known_of(command)
    for number, (done, kind, state) in enumerate(found):
        cut = scratch / "cut"
        state.write(cut)
        where = f"{command.name}: after {done} of {last} operations: {kind} (seed {SEED})"
        with told(where):
            back_first = number % 2 == 0
            check(cut, command, facts, done=done == last, back_first=back_first)
        shutil.rmtree(cut)
