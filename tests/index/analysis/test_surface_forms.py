"""A surface form has one stem, wherever it stands and whatever ties its letters together."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analysis import TextAnalysis, UserWords, analysis, lexicon
from index.analysis.quick import QuickAnalysis
from index.kernels import kernel
from index.stemming import StemmerName
from tests.index.analysis.test_text import texts

_DOTTED = (
    *sorted({*lexicon().variants, *lexicon().degrees, *lexicon().exceptions}),
    *("makanan", "pembelian", "membeli", "berlari", "dikirim", "keuangan", "terbaik", "sekolahnya"),
)
"""Words that have another stem, or another spelling of it."""


_PIECES = st.sampled_from(
    [
        *map(".".join, _DOTTED),
        *_DOTTED,
        *("di", "ke", "e", "non", "nya", "an", "ph", "rp"),
        *("phk", "kata2", "1.250", "2,5", "b", "20", "ke10", "10nya", "ke7pun"),
        *"adeknsx9é²øđß\u0301",
    ]
)
_TIED = st.lists(st.tuples(_PIECES, st.sampled_from([*"..---,'’ ", ""])), max_size=6)
_TEXTS = _TIED.map(lambda found: "".join(map("".join, found)))
"""Initials, words, numbers and what is tied to them, small."""


@pytest.mark.parametrize("stemmer", [*StemmerName])
@example(some=["ke" + "1" * size for size in (97, 98, 99, 150)])
@example(some=["ke" + "1" * 97 + ending for ending in ("", "n", "nya", "lah")])
@given(some=st.lists(texts | _TEXTS | _TEXTS.map(str.upper), max_size=5))
def test_who_has_a_surface_form_has_its_stem(stemmer: StemmerName, some: list[str]) -> None:
    # Searching relies on it: surface forms are not looked at to tell which documents have a word.
    how = analysis(UserWords(stemmer=stemmer))
    stems: dict[str, str] = {}
    for token in (token for text in some for token in how.tokens(text)):
        assert stems.setdefault(token.surface, token.stem) == token.stem
        alone = how.chunk(token.surface)
        if len(alone) == 1 and alone[0].surface == token.surface:
            assert alone[0].stem == token.stem


@pytest.mark.parametrize("stemmer", [*StemmerName])
def test_initials_have_the_stem_of_the_word_that_they_look_like(stemmer: StemmerName) -> None:
    words = [word for word in _DOTTED if len(word) > 1 and word.isalpha() and word.isascii()]

    def is_left(text: str) -> bool:
        return len(text) > 21 or stemmer is StemmerName.SNOWBALL or kernel("tokens") is None

    ways: list[TextAnalysis] = [TextAnalysis(UserWords(stemmer=stemmer))]
    ways.append(QuickAnalysis(ways[0].words))
    others = 0
    for how in ways:
        for word in words:
            written = ".".join(word.upper())
            for text in (written, written.lower(), f"di-{written}", f"{written}-nya"):
                (one,) = how.chunk(text)
                (alone,) = how.chunk(one.surface)
                assert (one.surface, one.stem) == (alone.surface, alone.stem), text
                assert [*how.terms(text)] == [(one.surface, one.stem)]
                told = how.compiled and how.compiled.terms(text.encode())
                assert told == [(one.surface, one.stem)] or (told is None and is_left(text))
                others += one.stem not in one.surface
    assert len(words) > 100
    assert others > 100 or stemmer is StemmerName.SNOWBALL
