"""The hand-written cases of ``specification.txt``, one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.analysis import analysis

_FILE = Path(__file__).with_name("specification.txt")


def _cases() -> list[tuple[str, str, str]]:
    rule = ""
    found = []
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            rule = line.strip("[]")
        elif " =>" in line:
            text, _, tokens = line.partition(" =>")
            found.append((rule, text, tokens.strip()))
    return found


CASES = _cases()


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 200
    assert len({text for _, text, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("rule", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_text_gives_the_tokens(rule: str, text: str, expected: str) -> None:
    found = [
        token.surface if token.surface == token.stem else f"{token.surface}>{token.stem}"
        for token in analysis().tokens(text)
    ]
    assert found == expected.split(), rule
