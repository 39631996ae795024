"""A word to its stem: Snowball's Indonesian stemmer, corrected by what is known of words.

Snowball (through PyStemmer): Porter, M. F. and contributors; its Indonesian algorithm follows Tala,
F. Z. (2003), "A Study of Stemming Effects on Information Retrieval in Bahasa Indonesia". It knows
no words, so it strips whatever looks like an affix. Here a word is looked up, then derived from a
known root; Snowball's answer is taken only where no root is known and the affixes on both sides
leave little doubt.
"""

from __future__ import annotations

import threading
import unicodedata
from typing import NamedTuple

import Stemmer as PyStemmer

from index.analysis.lexicon import lexicon
from index.analysis.morphology import Derivation, derive

_CACHE_WORDS = 500_000
_SHORTEST_WITH_NYA = 6

_local = threading.local()


class Stem(NamedTuple):
    """A word's stem, the name of the rule that gave it, and the word's parts where it has any.

    ========== ===============================================================================
    rule       the stem is
    ========== ===============================================================================
    user       the word, since the user's file protects it
    exception  what the list of irregular forms says
    root       the word, a known root
    lexicalised  the word, which only looks derived today
    name       the word, a known name or acronym
    prefix, suffix, confix, clitic  a known root behind affixes
    nasal      a known root whose first letter the prefix had hidden
    diacritics that of the word without diacritics
    snowball   Snowball's
    unchanged  the word
    ========== ===============================================================================
    """

    text: str
    rule: str
    parts: tuple[str, ...] = ()


class Stemmer:
    """Stems words; the words in ``protected`` stay as they are.

    ``corrections``: False gives Snowball's output and nothing else. Safe under threads and fork.
    """

    def __init__(
        self, protected: frozenset[str] = frozenset(), *, corrections: bool = True
    ) -> None:
        self._lexicon = lexicon()
        self._protected = protected
        self._corrections = corrections
        self._roots = self._lexicon.roots | self._lexicon.lexicalised | protected
        self._whole = self._roots | self._lexicon.names
        self._stems: dict[str, str] = {}

    def stem(self, word: str) -> str:
        """The stem of a folded word."""
        known = self._stems.get(word)
        if known is None:
            if len(self._stems) >= _CACHE_WORDS:
                self._stems.clear()
            known = self._stems[word] = self._find(word)
        return known

    def _find(self, word: str) -> str:
        if not self._corrections:
            return snowball(word)
        if word in self._whole:  # most words of a text; the lists have no word twice
            return word
        return self.explain(word).text

    def known(self, word: str) -> bool:
        """Whether the word is a known root or comes from one."""
        return (
            word in self._roots
            or word in self._lexicon.exceptions
            or derive(word, self._roots, self._lexicon.exceptions) is not None
        )

    def explain(self, word: str) -> Stem:
        """The stem of a folded word and how it was found."""
        return self._listed(word) or self._derived(word)

    def _listed(self, word: str) -> Stem | None:
        known = self._lexicon
        if word in self._protected:
            return Stem(word, "user")
        if word in known.exceptions:
            return Stem(known.exceptions[word], "exception")
        for rule, words in (
            ("root", known.roots),
            ("lexicalised", known.lexicalised),
            ("name", known.names),
        ):
            if word in words:
                return Stem(word, rule)
        return None

    def _derived(self, word: str) -> Stem:
        if not word.isascii():
            plain = _without_diacritics(word)
            changed = plain.isascii() and plain != word
            return Stem(self.stem(plain), "diacritics") if changed else Stem(word, "unchanged")
        if not word.isalpha():
            return Stem(word, "unchanged")
        found = derive(word, self._roots, self._lexicon.exceptions)
        if found is not None:
            return Stem(found.root, _rule(found), found.parts)
        if word.endswith("nya") and len(word) >= _SHORTEST_WITH_NYA:
            # The one clitic that stands behind any name: "Indonesianya", "webnya".
            return Stem(self.stem(word[:-3]), "clitic", (word[:-3], "-nya"))
        return Stem(word, "unchanged")


def snowball(word: str) -> str:
    """Snowball's stem of a folded word."""
    if not hasattr(_local, "stemmer"):
        # A PyStemmer object must not be used by two threads at once.
        _local.stemmer = PyStemmer.Stemmer("indonesian", 0)
    found: str = _local.stemmer.stemWord(word)
    return found or word


def _rule(found: Derivation) -> str:
    if found.nasal:
        return "nasal"
    if found.prefixes and found.suffixes:
        return "confix"
    if found.prefixes:
        return "prefix"
    return "suffix" if found.suffixes[0] in {"an", "kan", "i"} else "clitic"


def _without_diacritics(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
