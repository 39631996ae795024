"""Patterns that are compiled on use are those that were asked for."""

from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys

import pytest

from index.patterns import compile_all, on_use

_ALL = """
from importlib import import_module
from pkgutil import walk_packages
import index, search, web
from index import patterns

for package in (index, search, web):
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
made = list(patterns._MADE)
print(*(one.pattern for one in made if one._compiled is not None))
patterns.compile_all()
kinds = {type(one.pattern).__name__ for one in made}
print(len(made) > 300, *sorted(kinds), all(one._compiled is not None for one in made))
"""


def test_a_pattern_is_that_of_re() -> None:
    pattern = on_use(r"(?P<day>\d+)x", re.IGNORECASE)
    same = re.compile(r"(?P<day>\d+)x", re.IGNORECASE)
    for _ in range(2):
        assert [one["day"] for one in pattern.finditer("1X 22x")] == ["1", "22"]
        assert pattern.sub("-", "1X 2x") == same.sub("-", "1X 2x")
    assert (pattern.pattern, pattern.flags) == (same.pattern, same.flags)


def test_a_server_compiles_all_before_it_is_asked() -> None:
    wrong = on_use("(")
    with pytest.raises(re.error):
        compile_all()
    del wrong
    compile_all()


def test_a_wrong_pattern_is_told_when_it_is_used() -> None:
    wrong = on_use("(")
    with pytest.raises(re.error):
        wrong.search("a")


def test_every_pattern_of_the_program_is_right_and_waits_for_its_use() -> None:
    command = [sys.executable, "-W", "error", "-c", _ALL]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "\nTrue bytes str True\n"


@pytest.mark.parametrize("made", [on_use(r"a(b)", re.IGNORECASE), on_use(rb"a(b)", re.IGNORECASE)])
def test_a_pattern_can_be_copied(made: re.Pattern[str] | re.Pattern[bytes]) -> None:
    copies = copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))
    for one in copies:
        assert (one.pattern, one.flags) == (made.pattern, made.flags)
