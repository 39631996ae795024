"""Patterns that are compiled on use are those that were asked for."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from index.patterns import on_use

_UNUSED = ("rich", "pydantic", "flask", "gunicorn", "multiprocessing.pool", "lxml", "ftfy")


def test_a_pattern_is_that_of_re() -> None:
    pattern = on_use(r"(?P<day>\d+)x", re.IGNORECASE)
    same = re.compile(r"(?P<day>\d+)x", re.IGNORECASE)
    for _ in range(2):
        assert [one["day"] for one in pattern.finditer("1X 22x")] == ["1", "22"]
        assert pattern.sub("-", "1X 2x") == same.sub("-", "1X 2x")
    assert (pattern.pattern, pattern.flags) == (same.pattern, same.flags)


def test_a_wrong_pattern_is_told_when_it_is_used() -> None:
    wrong = on_use("(")
    with pytest.raises(re.error):
        wrong.search("a")


def test_asking_an_index_imports_nothing_that_serving_or_reading_files_needs() -> None:
    code = (
        "import sys, search.cli.ask, search.local, search.answers, search.cli.printing;"
        "print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert not set(_UNUSED) & set(loaded)
