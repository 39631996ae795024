"""The kernel judges junctions as Python does, whatever the parts are and whoever has them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from threading import Event, Thread
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import NO_WORDS, TextAnalysis, analysis, lexicon, parse_words
from index.glued import candidates, small
from index.glued.apart import Archive
from index.glued.candidates import THREE_FROM, good_cuts, words_of
from index.glued.case import NO_BRANDS, cuts_of
from index.glued.compiled import OPEN, compiled
from index.glued.judging import LONGEST, SHORT_WORDS, Judge, Side
from index.glued.parts import Kinds, brands, lists
from index.kernels import kernel
from index.segments.hashing import BASE, BITS, INVERSE, MIX, blob_of, numbers_of

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

    def __init__(self, seed: int, fewest: int = 0, *, few: bool | None = None) -> None:
        self.random = random.Random(seed)
        choice, number = self.random.choice, self.random.randint
        words = choice([NO_WORDS, parse_words("kembangkan\nmayur", "test")])
        self.fewest = fewest or number(1, 5)
        self.common = 4 * self.fewest + choice([0, 30])
        self.everywhere = 1 + self.fewest + choice([0, 90])
        few = self.random.random() < 0.2 if few is None else few
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
        listed = [some for one in _LISTS if (some := _letters(one))]
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
        return (
            str(choice((vowels, first, word[1:] or "a", choice("bsm") + word, word))[:15])
            if (chance() < 0.9)
            else word + "nya"
        )

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


@pytest.mark.parametrize(
    ("pair", "articles", "loose", "worth"),
    [
        ("ia pemerintah", 1, True, 2),
        ("kesehatan di", 1, True, 5),
        ("antara lain", 1, False, 3),
        ("antara negara", 100, True, 0),
        ("dan yang", 1, False, 3),
        ("pemerintah kesehatan", 1, False, 5),
        ("menumbuh kembangkan", 100, False, 0),
        ("pemerintah tim", 1, False, 4),
        ("pemerintah xoxox", 1, True, 0),
        ("pemerintah xoxox", 100, False, 4),
        ("pemerintah warnai", 100, True, 0),
        ("yang kota", 1, False, 3),
        ("yang xoxoxo", 1, True, 0),
        ("yang xoxoxo", 100, False, 3),
        ("berlarut larut", 100, True, 0),
        ("rumah rumahnya", 100, True, 0),
        ("sayur mayur", 100, True, 0),
        ("warna warni", 100, True, 0),
        ("kota ini", 1, True, 2),
        ("dan kota", 1, True, 2),
        ("dan kota", 1, False, 0),
        ("multi guna", 100, True, 0),
        ("detik negara", 100, True, 0),
        ("kata negara", 1, True, 2),
        ("kondisi negara", 1, True, 2),
        ("bukupun negara", 1, True, 2),
        ("kondisi xoxoxo", 1, True, 0),
        ("kondisi xoxoxo", 100, True, 1),
        ("ditumbuh luaskan", 100, True, 0),
        ("ditolak tanggungan", 100, True, 2),
        ("terlalu tulisan", 1, False, 1),
        ("terlalu negara", 1, False, 0),
        ("detik tulisan", 1, False, 0),
    ],
)
def test_each_rule_is_the_kernels_too(pair: str, articles: int, loose: bool, worth: int) -> None:
    drawn = _Drawn(1, fewest=2, few=False)
    assert drawn.differing([(pair.split(), [1, articles, articles, 0], loose)]) == []
    assert drawn.seen == {worth}


@pytest.mark.parametrize(
    ("shown", "articles", "parts"),
    [
        ("diKota", 1, ("di", "kota")),
        ("diBantai", 5, ("dibantai",)),
        ("keIslaman", 1, ("keislaman",)),
        ("dariHuffington", 1, ("dari", "huffington")),
        ("DetikKota", 1, ("detikkota",)),
        ("kataPrabowo", 1, ("kata", "prabowo")),
        ("KataPrabowo", 1, ("kataprabowo",)),
        ("PSSIakan", 1, ("pssi", "akan")),
        ("BupatiSukowo", 1, ("bupati", "sukowo")),
        ("KotaKota", 1, ("kotakota",)),
    ],
)
def test_each_change_of_case_is_the_kernels_too(
    shown: str, articles: int, parts: tuple[str, ...]
) -> None:
    drawn = _Drawn(1, fewest=2, few=False)
    word = shown.lower()
    written = sum(1 << at for at, letter in enumerate(shown) if letter.isupper())
    bounds = list(pairwise((0, *cuts_of(word, written), len(word))))
    having = {word[left:right]: 2 for left, right in bounds}
    how: tuple[Any, ...] = written, bounds, {}, having, articles
    assert drawn.kernel.joined(word, *how) == drawn.witness._joined(word, *how) == parts


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


def test_a_whole_that_is_too_long_is_left_to_python() -> None:
    text = np.frombuffer(b"dari" + b"a" * LONGEST, np.uint8)
    found = np.zeros(1, np.uint8)
    bounds = np.array([[0], [4], [len(text)], [len(text)]], np.int64)
    some = np.ones((4, 1), np.int64)
    _judging().worths(text, bounds, some, np.ones(1, np.uint8), found)
    assert found.tolist() == [OPEN]


def test_words_that_are_too_long_are_refused() -> None:
    long = "a" * (LONGEST + 1)
    with pytest.raises(IndexError):
        _judging().joined(f"{long}b", 0, [(0, len(long)), (len(long), len(long) + 1)], {}, {}, 1)


def _cut_by_both(
    terms: list[bytes], words: Iterable[str], strong: Iterable[str], *others: Iterable[str]
) -> tuple[list[Any], list[Any]]:
    """The places in two and in three, after both roads found the same.

    Every second term is in small letters. ``others``: solid words and common ones.
    """
    sets = ([numbers_of([word.encode() for word in some])] for some in (words, strong, *others))
    known = words_of(*sets, sure=cast("Any", None))
    blob, starts, ends = blob_of(terms)
    asked = blob, starts, ends, known, np.arange(len(terms)) % 2 == 0
    found = tuple(one.tolist() for one in good_cuts(*asked))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_kernel", None)
        assert found == tuple(one.tolist() for one in good_cuts(*asked))
    return found[0], found[1]


_WORDS = st.lists(st.text("abc", min_size=3, max_size=6), min_size=2, max_size=9, unique=True)
_LETTERS = st.text("ab", max_size=14).map(str.encode) | st.binary(max_size=20)


@given(_WORDS, st.lists(_LETTERS, max_size=6), st.data())
def test_terms_are_cut_at_the_same_places(
    words: list[str], others: list[bytes], data: st.DataObject
) -> None:
    parts = st.lists(st.sampled_from(words), min_size=2, max_size=3)
    joined = data.draw(st.lists(parts, min_size=1, max_size=9))
    terms = [*others, *("".join(one).encode() for one in joined)]
    some = st.lists(st.sampled_from(words), unique=True)
    strong, solid, common = (data.draw(some) for _ in range(3))
    two, three = _cut_by_both(terms, words, strong, solid, common)
    for number, one in enumerate(joined, len(others)):
        solidly = all(part in (common if number % 2 else solid) for part in one)
        if len(one) == 2 and (solidly or not {*strong}.isdisjoint(one)):
            assert (number, len(one[0])) in set(zip(*two, strict=True))
        elif len("".join(one)) >= THREE_FROM and one[1:2] != one[-1:] and one[1] in strong:
            cut = number, len(one[0]), len(one[0] + one[1])
            assert cut in set(zip(*three, strict=True))


def test_terms_are_cut_into_two_and_three() -> None:
    terms = [b"kotabuku", b"kotabukuduo", b"kotadua", b"xkotabuku", b"tigadua"]
    words = ["kota", "buku", "duo", "kotabuku"]
    two, three = _cut_by_both(terms, words, words, (), ())
    assert (two, three) == ([[0, 1], [4, 8]], [[1], [4], [8]])


def test_a_set_that_is_altered_meanwhile_is_no_danger() -> None:
    count = 20_000
    text = np.frombuffer(b"abcdefghijklmnopqrst" * count, np.uint8)
    starts = np.arange(0, 20 * count, 20)
    having = np.zeros(1 << BITS, np.uint8)
    small = np.ones(count, np.uint8)
    ended = Event()

    def alter() -> None:
        while not ended.is_set():
            having[:] = 3 - having[0]

    thread = Thread(target=alter)
    thread.start()
    try:
        for _ in range(10):
            two, three = kernel("cutting").cuts(
                text, starts, starts + 20, small, having, BASE, INVERSE, MIX, BITS, 3, THREE_FROM
            )
            for found in (two, three):
                assert (found[0] < count).all()
                assert (found >= 0).all()
                assert (found[1:] < 20).all()
    finally:
        ended.set()
        thread.join()


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (0, 7), (4, 3), (0, 65)])
def test_terms_outside_the_text_are_refused(start: int, end: int) -> None:
    text = np.zeros(6 if end < 65 else 70, np.uint8)
    having, bounds = np.zeros(16, np.uint8), [np.array([at], np.int64) for at in (start, end)]
    small = np.ones(1, np.uint8)
    with pytest.raises(IndexError):
        kernel("cutting").cuts(text, *bounds, small, having, 3, 5, 7, 4, 3, 11)


def test_a_set_of_another_size_is_refused() -> None:
    text, nothing = np.zeros(6, np.uint8), np.zeros(0, np.int64)
    for bits in (0, 3, 5, 64):
        with pytest.raises(IndexError):
            kernel("cutting").cuts(
                text, nothing, nothing, text[:0], np.zeros(16, np.uint8), 3, 5, 7, bits, 3, 11
            )
