"""A word comes from the same root, by the same affixes, whether the rules are compiled or not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis.lexicon import lexicon
from index.analysis.morphology import Known, compiled, derive, deriver
from index.kernels import kernel

pytestmark = pytest.mark.skipif(kernel("morphology") is None, reason="kernels are not in use")

_WORDS = lexicon()
_FAMILIES = frozenset(_WORDS.families)
KNOWN = Known(_WORDS.roots, _WORDS.roots | _WORDS.lexicalised | _FAMILIES, _FAMILIES)
FEW = Known(
    frozenset(("ajar", "pukul", "tulis", "sapu", "kirim", "cat", "ke", "ikut", "kan", "ber")),
    frozenset(("ajar", "pukul", "tulis", "sapu", "kirim", "cat", "ikut", "pelajaran", "uji")),
    frozenset(("pelajaran", "kirim")),
)
ROOTS = sorted(_WORDS.roots)
BEGINS = (
    *("di", "me", "mem", "men", "meng", "menge", "meny", "pe", "pem", "pen", "peng", "peny", "per"),
    *("ber", "be", "ter", "te", "ke", "se", "ku", "kau", "tidak", "anti", "antar", "pasca", "non"),
    *("pra", "pro", "semi", "multi", "nge", "ng", "ny", "n", "m", "pelajar", "be", ""),
)
ENDS = (
    *("an", "kan", "i", "wan", "wati", "nya", "ku", "mu", "lah", "kah", "tah", "pun", "in", "ain"),
    "",
)


@st.composite
def words_with_affixes(draw: st.DrawFn) -> str:
    root = draw(st.sampled_from((*ROOTS, *sorted(FEW.stems))))
    root = root[draw(st.integers(0, 1)) :]
    before = "".join(draw(st.lists(st.sampled_from(BEGINS), max_size=3)))
    behind = "".join(draw(st.lists(st.sampled_from(ENDS), max_size=3)))
    return before + root + behind


@pytest.mark.parametrize("known", [KNOWN, FEW], ids=["the lists", "a few"])
@given(word=words_with_affixes() | st.text("dimekunsprbtagyo", max_size=70) | st.text(max_size=12))
@example(word="")
@example(word="lah")
@example(word="mengecat")
@example(word="se" * 33)
@example(word="mempelajarinyalah")
def test_both_ways_take_a_word_apart_alike(known: Known, word: str) -> None:
    assert deriver(known, compiled(known))(word) == derive(word, known)


@pytest.mark.parametrize("known", [KNOWN, FEW], ids=["the lists", "a few"])
def test_both_ways_agree_on_every_word_of_the_lists_with_affixes(known: Known) -> None:
    derived = deriver(known, compiled(known))
    for at, root in enumerate(ROOTS):
        begin, end = BEGINS[at % len(BEGINS)], ENDS[at // 3 % len(ENDS)]
        for word in (root, begin + root, root + end, begin + root[1:] + end, begin + root + end):
            assert derived(word) == derive(word, known), word
