"""Patterns that are compiled on use are those that were asked for."""

from __future__ import annotations

import re

import pytest

from index.patterns import compile_all, on_use


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
