"""Which words of a query may be misspelt: those that no article has, rare ones, forms of no one."""

from __future__ import annotations

from index.analysis import lexicon
from index.fields import EXACT
from search.local.completing.company import articles_with
from search.local.completing.likely import is_word
from search.local.reading.snapshot import Snapshot
from search.local.reading.vocabulary import is_plain
from search.query.question_words import ASKING_WORDS
from search.query.syntax.word import Word

DOUBTED_LENGTHS = 4, 30
"""Letters of words that may be misspelt, an x at the end counted twice."""
_RARE_SHARE = 400
"""A word that more than one article of so many has is no misspelling."""


def is_doubtful(snapshot: Snapshot, word: Word) -> bool:
    """Whether another spelling of a word may be offered: it is rare, or no one wrote this form."""
    if not may_be_misspelt(word):
        return False
    return _is_doubtful(snapshot, word, articles_with(snapshot, word.stem, word.scope))


def known_and_doubtful(
    snapshot: Snapshot, word: Word, counted: tuple[int, bool] | None = None
) -> tuple[bool, bool]:
    """What ``is_known`` and ``is_doubtful`` say of a word of no field, which is counted once.

    ``counted``: where that was done, what it gave: how many articles have the stem, and whether any
    has the surface form.
    """
    articles, written = counted or (articles_with(snapshot, word.stem), None)
    doubtful = may_be_misspelt(word) and _is_doubtful(snapshot, word, articles, written)
    return _is_known(word, articles), doubtful


def doubted_up_to(snapshot: Snapshot) -> int:
    """A word is not doubtful that more articles have, and any in the form that was typed."""
    return snapshot.size // _RARE_SHARE


def may_be_misspelt(word: Word) -> bool:
    """Whether it is long enough and nothing but letters."""
    least, most = DOUBTED_LENGTHS
    return (
        not word.optional
        and least <= len(word.surface) + word.surface.endswith("x") <= most
        and is_plain(word.surface)
    )


def is_known(snapshot: Snapshot, word: Word) -> bool:
    """Whether an article has it or it asks; where its surface form is, its stem is too."""
    return _is_known(word, articles_with(snapshot, word.stem))


def _is_known(word: Word, articles: int) -> bool:
    """The same of a word whose stem so many articles have."""
    return articles > 0 or word.surface in ASKING_WORDS


def _is_doubtful(
    snapshot: Snapshot, word: Word, articles: int, written: bool | None = None
) -> bool:
    """Whether a word that so many articles have in its field is rare, or no one wrote its form."""
    is_rare = articles * _RARE_SHARE <= snapshot.size and word.surface not in ASKING_WORDS
    return is_rare or (not written and is_unseen(snapshot, word))


def is_unseen(snapshot: Snapshot, word: Word) -> bool:
    """Whether rules make it of a root, no list has it, and no article this form of it."""
    surface, words = word.surface, lexicon()
    if word.stem == surface or surface in words.exceptions or surface in words.variants:
        return False
    fields = ("body", "title") if word.scope is None else (word.scope,)
    if any(snapshot.dictionary.document_frequency(f + EXACT, surface) for f in fields):
        return False
    return is_word(snapshot, surface)
