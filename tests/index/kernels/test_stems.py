"""The kernel gives the stems and terms that lists and rules of Python give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import TextAnalysis, lexicon
from index.analysis.learning import CompiledVocabulary
from index.analysis.quick import QuickAnalysis
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
witness, quick = TextAnalysis(), QuickAnalysis()
quick.rules = quick.compiled and quick.compiled.stems


@given(words)
def test_a_word_has_the_same_stem(word: str) -> None:
    told = quick.rules.of(word)
    assert told in {None, witness.stem(word)}
    assert told is not None or not word.isascii() or len(word) > 64
    assert quick.stem(word) == witness.stem(word)


@given(st.lists(words, min_size=1, max_size=3).map("-".join))
def test_a_chunk_has_the_same_terms(chunk: str) -> None:
    assert [*quick.terms(chunk)] == [*witness.terms(chunk)]
    assert quick.chunk(chunk) == witness.chunk(chunk)


def test_the_witness_never_asks_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    how = TextAnalysis()
    monkeypatch.setattr(how, "compiled", None)
    for one in (f"kata{one}{other}nya" for one in "abcdefghijk" for other in "abcdefghij"):
        assert [*how.terms(one)] == [(one, how.stem(one))]
    assert how.rules is None


def test_a_chunk_that_was_left_open_is_asked_of_the_kernel_once() -> None:
    how = QuickAnalysis()
    vocabulary, asked = CompiledVocabulary(how), Asked()
    how.rules, how.compiled = quick.rules, asked
    left = ["éa-b", "buku\u00adku", "中文"]
    counts, _, terms = vocabulary.learn([one.encode() for one in left])
    assert not asked.chunks
    expected = [witness.terms(one) for one in left]
    assert counts.tolist() == [*map(len, expected)]
    stems, surfaces = vocabulary.stems(0), vocabulary.surfaces(0)
    found = [(surfaces[surface], stems[stem]) for stem, surface in terms.tolist()]
    assert found == [term for one in expected for term in one]
    assert [*how.terms(left[0])] == [*expected[0]]
    assert asked.chunks == [left[0].encode()]


class Asked:
    """Leaves all chunks open, and has those that it was asked for."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def terms(self, chunk: bytes) -> None:
        self.chunks.append(chunk)


def test_the_kernel_is_made_ready_when_a_word_needs_it() -> None:
    how = QuickAnalysis()
    assert [how.stem(word) for word in ("buku", "belajar", "resiko")] == [
        "buku",
        "belajar",
        "risiko",
    ]
    assert how.rules is None
    assert how.stem("kataanunya") == "kataanu"
    assert how.rules is not None


def test_the_kernel_is_made_ready_when_a_server_asks_for_it() -> None:
    how = QuickAnalysis()
    how.prepare()
    assert how.rules is not None
    assert how.stem("perkiraannya") == witness.stem("perkiraannya")


def test_snowballs_stems_are_left_to_it() -> None:
    how = QuickAnalysis(UserWords(stemmer=StemmerName.SNOWBALL))
    for number in range(300):
        how.stem("kata" + "abcdefghij"[number % 10] * (number // 10 + 1))
    assert how.rules is None


@pytest.mark.parametrize("word", ["\ud800", "makan\udfff", "\u00e9", "a" * 65])
def test_of_what_is_no_short_word_of_ascii_no_stem_is_told(word: str) -> None:
    assert quick.rules.of(word) is None
