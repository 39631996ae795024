"""The kernel judges junctions as Python does, whatever the parts are and whoever has them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import NO_WORDS, TextAnalysis, analysis, lexicon, parse_words
from index.glued import small
from index.glued.apart import Archive
from index.glued.candidates import Words, places_of, plain_places
from index.glued.case import NO_BRANDS, cuts_of
from index.glued.compiled import OPEN, compiled
from index.glued.judging import LONGEST, SHORT_WORDS, Judge, Side
from index.glued.parts import Kinds, brands, lists
from index.kernels import kernel
from index.segments.hashing import AtAGlance, blob_of, numbers_of

pytestmark = pytest.mark.skipif(kernel("judging") is None, reason="the kernels are not in use")

_LISTS = (
    *(lists().front, lists().back, lists().bound, lists().names, lists().titles, brands()),
    *(SHORT_WORDS, small.FRONT, small.BACK, small.TWICE, small.NAMING, small.PLAIN, NO_BRANDS),
)
_SPECIAL = ("antara", "lain", "di", "ke", "ia", "nya", "an", "i")
_BEFORE = ("me", "men", "mem", "meng", "di", "ber", "ter", "pe", "per", "ke", "se")
_BEHIND = ("nya", "lah", "kah", "pun", "ku", "mu", "kan", "an", "i")
_WRITTEN: tuple[Callable[[str], str], ...] = (str.lower, str.capitalize, str.capitalize, str.upper)


class _Beside:
    """Stands for ``Neighbours``: two words are together or not, always the same."""

    def are_together(self, one: str, two: str, least: int) -> bool:
        return (len(one) + len(two) + least) % 3 == 0


def _letters(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if word.isascii() and word.isalpha() and word.islower())


class _Drawn:
    """Words that the rules tell apart, and numbers of articles at their limits."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        choice, number = self.random.choice, self.random.randint
        words = choice([NO_WORDS, parse_words("kembangkan\nmayur", "test")])
        self.fewest = number(1, 5)
        self.common = 4 * self.fewest + choice([0, 30])
        self.everywhere = 1 + self.fewest + choice([0, 90])
        few = self.random.random() < 0.2
        plain, quick = (
            Judge(
                Kinds(how(words)),
                self.fewest,
                self.common,
                self.everywhere,
                few,
                cast("Any", _Beside()),
            )
            for how in (TextAnalysis, analysis)
        )
        nothing = cast("Any", None)
        self.witness = Archive(nothing, nothing, nothing, plain)
        judging = compiled(quick)
        assert judging is not None
        self.kernel = judging
        listed = [words for one in _LISTS if (words := _letters(one))]
        roots, common = _letters(lexicon().roots), _letters(lists().common)
        names = _letters(lexicon().names)
        self._sources = [*listed, list(_SPECIAL), names, *[common] * 6, *[roots] * 6]
        self._roots = roots

    def word(self) -> str:
        """A listed word, often with an affix, or a derived one."""
        chance, choice = self.random.random, self.random.choice
        if chance() < 0.3:
            return choice(_BEFORE) + choice(self._roots) + choice(("", "kan", "i", "an", "nya"))
        word: str = choice(choice(self._sources))
        if chance() < 0.25:
            word += choice(_BEHIND)
        if chance() < 0.1:
            word = choice(_BEFORE) + word
        return word if chance() < 0.95 else word[1:] or "a"

    def _echo(self, word: str) -> str:
        """The word with other letters."""
        chance, choice = self.random.random, self.random.choice
        vowels = "".join(choice("aiueo") if one in "aiueo" else one for one in word)
        first = choice("bdmrw") + word[1:]
        return str(choice((vowels, first, word[1:] or "a", choice("bsm") + word, word))[:15]) if (
            chance() < 0.9
        ) else word + "nya"

    def words(self, most: int) -> list[str]:
        """So many words of ``LONGEST`` letters in all, the second now and then like the first."""
        while True:
            found = [self.word() for _ in range(self.random.randint(2, most))]
            if self.random.random() < 0.2:
                found[1] = self._echo(found[0])
            elif self.random.random() < 0.04:
                found[:2] = "antara", self.random.choice(("lain", *self._roots))
            if len("".join(found)) <= LONGEST:
                return found

    def articles(self, whole: int) -> int:
        """How many have a part of a word that so many have."""
        choice = self.random.choice
        limits = [self.fewest, self.common, self.everywhere, 100, 2000, 0]
        limits += [times * self.fewest for times in (2, 4, 4, 20)]
        limits += [times * max(whole, 1) for times in (1, 5, 5, 10, 20, 20, 20)]
        return max(int(choice(limits)) - choice((0, 0, 1)), 0)

    def differing(self, cuts: Sequence[tuple[list[str], list[int], bool]]) -> list[Any]:
        """The cuts that kernel and witness find of other worth, and all worths."""
        found = np.full(len(cuts), OPEN, np.uint8)
        bounds, articles = np.zeros((2, 4, len(cuts)), np.int64)
        text, worths = "", []
        for at, (parts, having, loose) in enumerate(cuts):
            bounds[0, at] = len(text)
            for number, part in enumerate(parts):
                text += part
                bounds[number + 1 :, at] = len(text)
            articles[:, at] = having
            sides = [Side(part, count) for part, count in zip(parts, having[1:], strict=False)]
            worths.append(self.witness._worth("".join(parts), sides, having[0], loose=loose))
        flags = np.array([loose for *_, loose in cuts], np.uint8)
        self.kernel.worths(np.frombuffer(text.encode(), np.uint8), bounds, articles, flags, found)
        self.seen = set(worths)
        return [one for one in zip(cuts, worths, found.tolist(), strict=True) if one[1] != one[2]]


@pytest.mark.parametrize("seed", range(24))
def test_a_cut_is_worth_the_same(seed: int) -> None:
    drawn = _Drawn(seed)
    cuts = []
    for _ in range(200):
        whole = drawn.random.choice((0, 1, 2, 3, 4, 5, 8))
        having = [whole, *(drawn.articles(whole) for _ in range(3))]
        cuts.append((drawn.words(3), having, drawn.random.random() < 0.7))
    assert drawn.differing(cuts) == []
    assert len(drawn.seen) > 3


@pytest.mark.parametrize("seed", range(24))
def test_a_word_is_joined_to_the_same_parts(seed: int) -> None:
    drawn = _Drawn(seed)
    chance = drawn.random.random
    ways = set()
    for _ in range(200):
        pieces = drawn.words(4)
        shown = "".join(drawn.random.choice(_WRITTEN)(one) for one in pieces)
        word = shown.lower()
        written = sum(1 << at for at, letter in enumerate(shown) if letter.isupper())
        bounds = list(pairwise((0, *cuts_of(word, written), len(word))))
        inner: dict[str, tuple[str, ...]] = {
            word[left:right]: (word[left : left + 3], word[left + 3 : right])
            for left, right in bounds
            if right - left > 5 and chance() < 0.1
        }
        parts = {word[left:right] for left, right in bounds}.union(*inner.values())
        whole = drawn.random.choice((0, 1, 2, 3, 4, 5, 8))
        how = written, bounds, inner, {one: drawn.articles(whole) for one in sorted(parts)}, whole
        expected = drawn.witness._joined(word, *how)
        assert drawn.kernel.joined(word, *how) == expected, (shown, how)
        ways.add(len(expected))
    assert len(ways) > 2


def _judging() -> Any:
    judge = Judge(Kinds(analysis()), 2, 9, 9, few=False, neighbours=cast("Any", _Beside()))
    return compiled(judge)


def test_other_letters_are_left_to_python() -> None:
    found = np.zeros(2, np.uint8)
    bounds = np.array([[0, 7], [3, 10], [7, 14], [7, 14]], np.int64)
    some = np.ones((4, 2), np.int64)
    text = np.frombuffer(b"dariab1dari\xc3\xa9m", np.uint8)[:14]
    bounds[2:, 1] = bounds[1, 1] = 13
    bounds[1, 1] = 11
    _judging().worths(text, bounds, some, np.ones(2, np.uint8), found)
    assert found.tolist() == [OPEN, OPEN]
    assert _judging().joined("dariéa", 0, [(0, 6)], {}, {}, 1) is None


@pytest.mark.parametrize(
    "bounds",
    [(-1, 3, 6, 6), (0, 3, 9, 9), (0, 3, 2, 6), (3, 3, 6, 6), (0, 7, 6, 6)],
)
def test_parts_outside_the_text_are_refused(bounds: tuple[int, ...]) -> None:
    text = np.frombuffer(b"dariku", np.uint8)
    found = np.zeros(1, np.uint8)
    columns = np.array(bounds, np.int64).reshape(4, 1)
    with pytest.raises(IndexError):
        _judging().worths(text, columns, np.ones((4, 1), np.int64), np.ones(1, np.uint8), found)


def test_columns_of_other_lengths_are_refused() -> None:
    text, found = np.frombuffer(b"dariku", np.uint8), np.zeros(1, np.uint8)
    some = np.ones((4, 1), np.int64)
    for bounds, articles, loose in (
        (some[:3], some, found),
        (some, some[:, :0].copy(), found),
        (some, some, found[:0]),
    ):
        with pytest.raises(IndexError):
            _judging().worths(text, bounds, articles, loose, found)


def test_words_that_are_too_long_are_refused() -> None:
    long = "a" * (LONGEST + 1)
    with pytest.raises(IndexError):
        _judging().joined(f"{long}b", 0, [(0, len(long)), (len(long), len(long) + 1)], {}, {}, 1)


_LETTERS = st.text("ab", max_size=14).map(str.encode) | st.binary(max_size=20)


@given(st.lists(_LETTERS, max_size=12), st.sets(st.text("ab", min_size=1, max_size=6), max_size=9))
def test_terms_are_cut_at_the_same_places(terms: list[bytes], words: set[str]) -> None:
    glance = AtAGlance([numbers_of([word.encode() for word in words])])
    told = cast("Any", None)
    known = Words(glance.has, told, told, told, told, few=False, glance=glance)
    blob, starts, ends = blob_of(terms)
    for found, expected in zip(
        places_of(blob, starts, ends, known), plain_places(blob, starts, ends, known), strict=True
    ):
        assert found.tolist() == expected.tolist()


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (0, 7), (4, 3), (0, 65)])
def test_terms_outside_the_text_are_refused(start: int, end: int) -> None:
    text = np.zeros(6 if end < 65 else 70, np.uint8)
    having, bounds = np.zeros(16, np.uint8), [np.array([at], np.int64) for at in (start, end)]
    with pytest.raises(IndexError):
        kernel("cutting").cuts(text, *bounds, having, 3, 5, 7, 4, 3, 11)


def test_a_set_of_another_size_is_refused() -> None:
    text, nothing = np.zeros(6, np.uint8), np.zeros(0, np.int64)
    for bits in (0, 3, 5, 64):
        with pytest.raises(IndexError):
            kernel("cutting").cuts(
                text, nothing, nothing, np.zeros(16, np.uint8), 3, 5, 7, bits, 3, 11
            )
