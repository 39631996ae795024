"""The kernel gives the stems and terms that lists and rules of Python give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import lexicon
from index.analysis.text import TextAnalysis
from index.analysis.user_words import UserWords
from index.kernels import kernel
from index.stemming import StemmerName

pytestmark = pytest.mark.skipif(kernel("stems") is None, reason="the kernels are not in use")

AFFIXES = ("ber", "mem", "pe", "di", "ter", "tidak", "anti", "kan", "nya", "an", "lah", "", "")
LISTS = lexicon()
WORDS = sorted(LISTS.roots)[::97] + sorted(LISTS.exceptions)[::7] + sorted(LISTS.variants)[::7]
words = st.one_of(
    st.tuples(*map(st.sampled_from, (AFFIXES, AFFIXES, WORDS, AFFIXES, AFFIXES))).map("".join),
    st.text("abeknty19-\u00e9", max_size=70),
)
by_lists, by_rules = TextAnalysis(), TextAnalysis()
by_rules.rules = by_rules.compiled and by_rules.compiled.stems


@given(words)
def test_a_word_has_the_same_stem(word: str) -> None:
    by_lists.rules = None
    assert by_rules.stem(word) == by_lists.stem(word)
    told = by_rules.rules.of(word)
    assert told in {None, by_lists.stem(word)}
    assert told is not None or not word.isascii() or len(word) > 64


@given(st.lists(words, min_size=1, max_size=3).map("-".join))
def test_a_chunk_has_the_same_terms(chunk: str) -> None:
    by_lists.rules = None
    assert list(by_rules.terms(chunk)) == list(by_lists.terms(chunk))


def test_the_kernel_is_made_ready_when_it_pays() -> None:
    how = TextAnalysis()
    stems = [how.stem(f"kata{one}nya") for one in map(chr, range(97, 120))]
    begun = how.rules
    more = [how.stem(f"ka{one}{other}nya") for one in "abcdefghij" for other in "abcdefghij"]
    assert begun is None
    assert how.rules is not None
    assert len({*stems, *more}) == 123


def test_snowballs_stems_are_left_to_it() -> None:
    how = TextAnalysis(UserWords(stemmer=StemmerName.SNOWBALL))
    for number in range(300):
        how.stem("kata" + "abcdefghij"[number % 10] * (number // 10 + 1))
    assert how.rules is None
