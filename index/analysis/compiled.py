"""What the rules of a text's terms go by, as the kernel that has them compiled takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.analysis.compounds import ENDINGS, ENDINGS_OF_AFFIXED, PREFIXES_OF_DOUBLED
from index.analysis.lexicon import lexicon
from index.analysis.morphology import NEGATIONS
from index.analysis.sentences import ABBREVIATIONS
from index.analysis.stemmer import Stemmer
from index.analysis.tokenizer import APOSTROPHES, CURRENCIES, HYPHENS, UNITS, plain_sign
from index.kernels import kernel

_SIGNS = (HYPHENS + APOSTROPHES).translate(dict.fromkeys(range(128))) + "\u02bc\ufffd"
"""What is beyond ASCII in most chunks that are not of other letters: what replaces a character that
was lost, in scraped texts, is the commonest."""

_stems, _tokens = kernel("stems"), kernel("tokens")


def compiled(stemmer: Stemmer, variants: Mapping[str, str], protected: frozenset[str]) -> Any:
    """The kernel's ``Tokens`` by a stemmer and the spellings of its stems.

    ``protected``: the user's words. None where there is no kernel.
    """
    if _tokens is None:
        return None
    words = lexicon()
    lists = (  # in the order of ``stems.pxd``
        words.prefixes,
        {one for one in (*words.exceptions, *words.families) if "-" in one},
        words.exceptions.keys() | protected,
        words.degrees,
        ENDINGS,
        ENDINGS_OF_AFFIXED,
        NEGATIONS,
        PREFIXES_OF_DOUBLED,
        CURRENCIES,
        UNITS,
        ABBREVIATIONS,
    )
    stems = _stems.Stems(lists, stemmer.irregular, dict(variants), stemmer.compiled)
    return _tokens.Tokens(stems, words.doubles, {one: plain_sign(one) for one in _SIGNS})
