"""Months that are misspelt."""

from __future__ import annotations

import sys
from random import Random
from subprocess import run

import pytest
from rapidfuzz.distance import OSA

from index.dates.days import _HAS_MONTH
from index.dates.names import MORE_MONTHS, OLD_MONTHS, misspelt_month

NAMES = [name for name in MORE_MONTHS if len(name) >= 5 and name not in OLD_MONTHS]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def test_a_month_is_told_wherever_its_name_is_near() -> None:
    random = Random(3)
    for _ in range(3000):
        word = random.choice(NAMES)
        for _ in range(random.randint(1, 3)):
            at = random.randrange(len(word))
            letter = random.choice(LETTERS)
            word = random.choice(
                (
                    word[:at] + letter + word[at + 1 :],
                    word[:at] + letter + word[at:],
                    word[:at] + word[at + 1 :],
                    word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
                )
            )
        if len(word) < 5 or word in ("mulai", "macet", "market", "match", "merch", "caret"):
            continue
        most = 2 if len(word) >= 7 else 1
        near = {name: OSA.distance(word, name) for name in NAMES}
        least = min(near.values())
        months = {MORE_MONTHS[name] for name, edits in near.items() if edits == least}
        expected = months.pop() if least <= most and len(months) == 1 else None
        assert misspelt_month(word) == expected, word


@pytest.mark.parametrize("word", ["kedepan", "masuk", "pemerintah", "digelar", "alasannya"])
def test_what_is_far_from_any_month_loads_nothing(word: str) -> None:
    code = f"import sys, index.dates.names as n; n.misspelt_month({word!r}); print(*sys.modules)"
    told = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "rapidfuzz" not in told.stdout.split()


def test_no_name_is_passed_over_by_the_look_before() -> None:
    assert [name for name in MORE_MONTHS if not _HAS_MONTH.search(name)] == []
