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

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from index.light_dataclass import dataclass


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
        roots=frozenset(_lines("roots")),
        lexicalised=frozenset(_lines("lexicalised")),
        names=frozenset(_lines("names")),
        exceptions=dict(_pairs("exceptions")),
        families={word: line.split()[0] for line in _lines("families") for word in line.split()},
        variants=dict(_pairs("variants")),
        doubles=frozenset(_pairs("doubles")),
        prefixes=frozenset(_lines("prefixes")),
        degrees=frozenset(_lines("degrees")),
        stop_words=frozenset(_lines("stopwords")),
    )


def is_stop_word(word: str) -> bool:
    """Whether a folded word is a stop word, in another spelling too: ``yg`` is ``yang``."""
    words = lexicon()
    return words.variants.get(word, word) in words.stop_words


def _lines(name: str) -> Iterator[str]:
    text = files("index.analysis").joinpath("data", f"{name}.txt").read_text("utf-8")
    for line in text.splitlines():
        entry = line.partition("#")[0].strip()
        if entry:
            yield entry


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    for line in _lines(name):
        first, second = line.split()
        yield first, second
