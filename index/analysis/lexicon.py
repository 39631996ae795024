"""The word lists: roots, irregular forms, names, doubled words, stop words.

The lists are written for this project and stand as plain text in ``data/``, one entry a line,
``#`` beginning a comment:

======================== =========================================================================
``roots.txt``            roots, native and borrowed, bound ones too; words that only look derived
``lexicalised.txt``      derived words that are stems themselves: ``pemuda``
``names.txt``            names and acronyms that look as if they had an affix: ``megawati``
``exceptions.txt``       ``form stem``: what no rule gives: ``belajar ajar``
``families.txt``         ``family form...``: derived words that readers tell from their root
``variants.txt``         ``spelling standard``: one word written in two ways: ``resiko risiko``
``doubles.txt``          ``word word``: doubled words with a changed sound: ``sayur mayur``
``prefixes.txt``         what is no word of its own before a hyphen: ``se`` of ``se-Indonesia``
``degrees.txt``          what follows the full stop of an academic degree: ``si`` of ``M.Si``
``stopwords.txt``        words that are optional in a query
======================== =========================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from index.light_dataclass import dataclass

_DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists. All words are folded. ``families``: each word of a family to its first one."""

    roots: frozenset[str]
    lexicalised: frozenset[str]
    names: frozenset[str]
    exceptions: dict[str, str]
    families: dict[str, str]
    variants: dict[str, str]
    doubles: frozenset[tuple[str, str]]
    prefixes: frozenset[str]
    degrees: frozenset[str]
    stop_words: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the program."""
    return Lexicon(
        roots=frozenset(_words("roots")),
        lexicalised=frozenset(_words("lexicalised")),
        names=frozenset(_words("names")),
        exceptions=dict(_pairs("exceptions")),
        families={word: family[0] for family in _families() for word in family},
        variants=dict(_pairs("variants")),
        doubles=frozenset(_pairs("doubles")),
        prefixes=frozenset(_words("prefixes")),
        degrees=frozenset(_words("degrees")),
        stop_words=frozenset(_words("stopwords")),
    )


def is_stop_word(word: str) -> bool:
    """Whether a folded word is a stop word, in another spelling too: ``yg`` is ``yang``."""
    words = lexicon()
    return words.variants.get(word, word) in words.stop_words


def _words(name: str) -> list[str]:
    return _text(name).split()


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    words = _words(name)
    return zip(words[::2], words[1::2], strict=True)


def _families() -> list[list[str]]:
    return [line.split() for line in _text("families").splitlines()]


def _text(name: str) -> str:
    text = (_DATA / f"{name}.txt").read_text("utf-8")
    return re.sub("#.*", "", text)
