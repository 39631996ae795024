"""Compounds that make whole words of what holds them."""

from __future__ import annotations

import pytest

from index.glued.parts import _inside


@pytest.mark.parametrize(
    ("compounds", "inside", "outside"),
    [
        (["satupadu", "bulutangkis"], ["kesatupaduan", "bulutangkis", "menyatupadukan"], ["mesin"]),
        (["bulutangkis", "garisbawah"], ["pebulutangkis", "garisbawahi"], ["mei", "pean", "me"]),
    ],
)
def test_a_compound_is_found_wherever_it_is(
    compounds: list[str], inside: list[str], outside: list[str]
) -> None:
    pattern = _inside(compounds)
    assert all(map(pattern.search, inside))
    assert not any(map(pattern.search, outside))
