"""A word to its stem: looked up, else derived from a known root.

The other stemmer that an index may be built with is Snowball's Indonesian one (through PyStemmer:
Porter, M. F. and contributors; the algorithm follows Tala, F. Z., 2003, "A Study of Stemming
Effects on Information Retrieval in Bahasa Indonesia"). That knows no words and strips whatever
looks like an affix. Where no root is known to ours, the word stays as it is: what news has of such
words are names and typing errors, and on gold lemmas Snowball's answer is worse for them than none.
Only ``-nya``, which stands behind any name, comes off unknown words too.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import Stemmer as PyStemmer

from index.analysis.lexicon import lexicon
from index.analysis.morphology import (
    ROOT,
    SELF,
    STEM,
    WHOLE,
    Derivation,
    Known,
    compiled,
    derive,
    deriver,
)
from index.analysis.tokenizer import MAX_TERM_CHARACTERS

_CACHE_WORDS = 100_000
_NYA = "nya"
_SHORTEST_WITH_NYA = 6
_DERIVING = frozenset(("an", "kan", "i", "in", "wan", "wati"))

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
    family     the word that a family of derived words is named after, as readers tell them from
               their root
    name       the word, a known name or acronym
    prefix, suffix, confix  a known root behind affixes
    clitic     a known root before clitics, or an unknown word before ``-nya``
    nasal      a known root whose first letter the prefix had hidden
    unchanged  the word
    snowball   what Snowball makes of the word, in an index that was built with it
    ========== ===============================================================================
    """

    text: str
    rule: str
    parts: tuple[str, ...] = ()


class Stemmer:
    """Stems words; the words in ``protected`` stay as they are.

    ``families``: whether derived words that readers tell from their root, negations among them,
    stand for themselves, as in an index, or have the root for their stem, as in dictionaries.
    Safe under threads and fork.

    ``irregular``: the forms whose stems no rule gives, to their stems; ``whole``: the words that
    are their own.
    """

    def __init__(self, protected: frozenset[str] = frozenset(), *, families: bool = False) -> None:
        self._lexicon = lexicon()
        self._protected = protected
        self._families = self._lexicon.families if families else {}
        self.irregular = {**self._lexicon.exceptions, **self._families}
        stems = self._lexicon.roots | self._lexicon.lexicalised | protected
        self._forms = {form for form, stem in self.irregular.items() if form != stem}
        apart = frozenset(self._families)
        self._known = Known(self._lexicon.roots, stems | self._forms | apart, apart)
        self.whole = protected | (stems | self._lexicon.names) - apart
        self._stems: dict[str, str] = {}

    @cached_property
    def compiled(self) -> Any:
        """The kernel's rules, None where there is no kernel; made when a word needs them."""
        words, apart = self._lexicon, self._known.whole
        lists = (
            (SELF | STEM | ROOT, words.roots),
            (SELF | STEM, words.lexicalised),
            (SELF, words.names),
            (-SELF, apart),
            (STEM | WHOLE, apart),
            (SELF | STEM, self._protected),
            (STEM, self._forms),
        )
        return compiled(self._known, lists)

    @cached_property
    def _derive(self) -> Callable[[str], Derivation | None]:
        return deriver(self._known, self.compiled)

    def stem(self, word: str) -> str:
        """The stem of a folded word."""
        known = self._stems.get(word)
        if known is None and len(word) > MAX_TERM_CHARACTERS:
            return word  # no word of Indonesian, and too large to be kept
        if known is None:
            if len(self._stems) >= _CACHE_WORDS:
                self._stems.clear()
            known = self._stems[word] = self._find(word)
        return known

    def stems(self, words: Sequence[str]) -> list[str]:
        """The stems of different folded words, which are not kept."""
        whole, find = self.whole, self._find
        return [word if word in whole else find(word) for word in words]

    def _find(self, word: str) -> str:
        if word in self.whole:  # most words of a text; the lists have no word twice
            return word
        irregular = self.irregular.get(word)
        if irregular is not None:
            return irregular
        if not (word.isascii() and word.isalpha()):
            return word
        found = self._derive(word)
        if found is not None:
            return self._stem_of(found)
        return self.stem(word[: -len(_NYA)]) if _has_nya(word) else word

    def known(self, word: str) -> bool:
        """Whether the word is a known stem or comes from one."""
        if len(word) > MAX_TERM_CHARACTERS:
            return False
        return word in self._known.stems or self._derive(word) is not None

    @property
    def known_stems(self) -> Collection[str]:
        """The words that are ``known`` without taking anything off."""
        return self._known.stems

    def explain(self, word: str) -> Stem:
        """The stem of a folded word and how it was found."""
        return self._listed(word) or self._derived(word)

    def _listed(self, word: str) -> Stem | None:
        known = self._lexicon
        if word in self._protected:
            return Stem(word, "user")
        if word in self._families and word not in known.roots:
            return Stem(self._families[word], "family")
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
        found = derive(word, self._known) if word.isascii() and word.isalpha() else None
        if found is not None:
            return Stem(self._stem_of(found), _rule(found), found.parts)
        stem = self._find(word)
        if stem != word:
            return Stem(stem, "clitic", (word[: -len(_NYA)], "-" + _NYA))
        return Stem(word, "unchanged")

    def _stem_of(self, found: Derivation) -> str:
        """The root, or the stem of an irregular form that stands behind affixes."""
        stem = self.irregular.get(found.root, found.root)
        return found.negation + stem if self._families else stem


class SnowballStemmer:
    """Snowball's stems; the words in ``protected`` stay as they are. Safe under threads and fork.

    ``irregular``: compounds that the lists have for one word, which Snowball does not know, to what
    it is asked about in their place.
    """

    def __init__(self, protected: frozenset[str] = frozenset()) -> None:
        self._protected = protected
        listed = {**lexicon().exceptions, **lexicon().families}
        self.irregular = {form: stem for form, stem in listed.items() if "-" in form}

    def stem(self, word: str) -> str:
        """The stem of a folded word."""
        if word in self._protected:
            return word
        return snowball(self.irregular.get(word, word))

    def stems(self, words: Sequence[str]) -> list[str]:
        """The stems of folded words."""
        return [*map(self.stem, words)]

    def explain(self, word: str) -> Stem:
        """The stem of a folded word and how it was found."""
        return Stem(self.stem(word), "user" if word in self._protected else "snowball")


def _has_nya(word: str) -> bool:
    """Whether the one clitic that stands behind any name does: ``Indonesianya``, ``webnya``."""
    return word.endswith(_NYA) and len(word) >= _SHORTEST_WITH_NYA


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
    return "suffix" if found.suffixes[0] in _DERIVING else "clitic"
