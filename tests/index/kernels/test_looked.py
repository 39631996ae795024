"""Chunks are known by their characters, whoever comes in meanwhile."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Iterator
from random import Random
from threading import Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel

pytestmark = pytest.mark.skipif(kernel("looked") is None, reason="the kernels are not in use")

Tokens = tuple[tuple[int, int, str, str], ...]


class Finalized:
    """What only the collector frees; then it lets others in, and comes back in itself."""

    def __init__(self, asked: list[Any]) -> None:
        self.me, self.asked = self, asked

    def __del__(self) -> None:
        time.sleep(0)
        for ask in self.asked[:1]:
            self.asked.clear()
            ask()


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads take turns, and garbage is collected, as often as can be."""
    interval, threshold = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(1e-6)
    gc.set_threshold(1, 1, 1)
    yield
    gc.set_threshold(*threshold)
    sys.setswitchinterval(interval)


def tokens_of(chunk: str) -> Tokens:
    return tuple((at, at + 1, letter, letter + "s") for at, letter in enumerate(chunk))


def chosen(chance: Random) -> str:
    """A chunk. It is no generator's: what is freed while one runs could not ask for the next."""
    return "".join(chance.choices("abcdefghij0123", k=chance.randint(1, 60)))


def looked_of(most: int, asked: list[Any]) -> Any:
    def places(chunk: str) -> list[tuple[int, int]]:
        found = tuple([(at, at + 1) for at in range(len(chunk))])
        Finalized(asked)
        return found  # type: ignore[return-value]

    def terms(chunk: str) -> list[tuple[str, str]]:
        found = [(letter, letter + "s") for letter in chunk]
        Finalized(asked)
        return found

    return kernel("looked").Looked(places, terms, most)


@pytest.mark.usefixtures("restless")
@pytest.mark.parametrize("most", [1, 2, 40])
def test_whoever_comes_back_in_while_objects_are_made_alters_nothing(most: int) -> None:
    asked: list[Any] = []
    looked, chance = looked_of(most, asked), Random(most)
    for _ in range(600):
        asked[:] = [lambda: [looked.tokens(chosen(chance)) for _ in range(8)]]
        word = chosen(chance)
        assert looked.tokens(word) == tokens_of(word)
        assert len(looked) <= most


@pytest.mark.usefixtures("restless")
def test_threads_that_share_it_get_their_own_tokens() -> None:
    looked, wrong = looked_of(50, []), []

    def ask(seed: int) -> None:
        chance = Random(seed)
        for _ in range(1_000):
            word = chosen(chance)
            if looked.tokens(word) != tokens_of(word):
                wrong.append(word)

    threads = [Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@given(st.lists(st.text("ab\0é\U0001f600", max_size=9), max_size=60), st.integers(1, 9))
def test_chunks_of_any_characters_and_lengths_are_told_apart(chunks: list[str], most: int) -> None:
    looked = kernel("looked").Looked(
        lambda chunk: ((0, len(chunk)),), lambda chunk: [(chunk, chunk)], most
    )
    for chunk in (*chunks, *chunks):
        assert looked.tokens(chunk) == ((0, len(chunk), chunk, chunk),)


class Index:
    """A number of a kind that would run code when it is asked for."""

    def __index__(self) -> int:
        raise AssertionError("it was asked")

    __int__ = __index__


def test_places_that_are_no_numbers_are_refused() -> None:
    looked = kernel("looked").Looked(lambda _: ((0, Index()),), lambda chunk: [(chunk, chunk)])
    with pytest.raises(TypeError, match="no place"):
        looked.tokens("a-b")
