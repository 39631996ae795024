"""Spelling corrections: what a query's word that no article has may stand for.

Two words that stand beside each other in an article ("ibukota": ibu kota), or else the nearest
word (see ``_nearest``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.analysis import lexicon
from index.fields import EXACT
from search.budget import Budget
from search.local.matching.phrase import stand_together
from search.local.reading.nearest import near
from search.local.reading.snapshot import Snapshot
from search.local.reading.vocabulary import Near, is_plain
from search.query.parse import word_of
from search.query.question_words import ASKING_WORDS
from search.query.rewrite import Correction, correctable_words, retyped
from search.query.syntax.node import Node
from search.query.syntax.word import Word
from search.question import parsed

_MIN_LENGTH = 4
_MAX_LENGTH = 30
_TWO_EDITS = 8
_MIN_PART = 3
_SHORT_FIRSTS = frozenset({"di", "ke"})
"""Prepositions that are often written together with what follows."""


def corrections(snapshot: Snapshot, root: Node | None, budget: Budget) -> tuple[Correction, ...]:
    """What unknown words of a query are searched for as, in their order.

    Words that are not looked at when the budget is spent stay as they are.
    """
    words = correctable_words(root, snapshot.analysis)
    found = []
    for word in _unknown(snapshot, words):
        text = _two_words(snapshot, word, budget)
        if text is None and (max_edits := _edits(word)):
            text = _nearest(snapshot, word, max_edits, budget, asks=_may_ask(words, word))
        if text is not None:
            tokens = snapshot.analysis.tokens(text)
            replacement = [word_of(token, text, word.scope) for token in tokens]
            found.append(
                Correction(word, tuple(replace(one, capital=word.capital) for one in replacement))
            )
    return tuple(found)


def better_spelling(snapshot: Snapshot, text: str, budget: Budget) -> str | None:
    """A query's text with unknown words replaced by ones up to two edits away; None if none is.

    Words that are not looked at when the budget is spent stay as they are.
    """
    better = text
    words = correctable_words(parsed(text, snapshot.analysis).root, snapshot.analysis)
    for word in _unknown(snapshot, words):
        near = _nearest(snapshot, word, 2, budget, asks=_may_ask(words, word))
        if near is not None:
            better = retyped(snapshot.analysis, better, word.surface, near)
    return better if better != text else None


def _unknown(snapshot: Snapshot, words: Sequence[Word]) -> list[Word]:
    """The words that may be misspelt: long enough, nothing but letters, and in no article."""
    return [
        word
        for word in words
        if not word.optional
        and _MIN_LENGTH <= len(word.surface) <= _MAX_LENGTH
        and is_plain(word.surface)
        and not _is_known(snapshot, word)
    ]


def _is_known(snapshot: Snapshot, word: Word) -> bool:
    """Whether an article has it or it asks; where its surface form is, its stem is too."""
    return word.surface in ASKING_WORDS or any(
        snapshot.dictionary.document_frequency(field, word.stem) for field in ("body", "title")
    )


def _two_words(snapshot: Snapshot, word: Word, budget: Budget) -> str | None:
    """The word cut in two that stand beside each other in an article.

    Of several cuts that whose rarer word is commonest.
    """
    field, surface = _exact(word), word.surface
    cuts = []
    for at in range(2, len(surface) - _MIN_PART + 1):
        parts = surface[:at], surface[at:]
        if at < _MIN_PART and parts[0] not in _SHORT_FIRSTS:
            continue
        rarer = min(snapshot.dictionary.document_frequency(field, part) for part in parts)
        if rarer:
            cuts.append((rarer, parts))
    cuts.sort(reverse=True)
    together = (cut for _, cut in cuts if stand_together(snapshot, field, cut, budget))
    return next(map(" ".join, together), None)


def _edits(word: Word) -> int:
    """How many edits are corrected: two in long words, one fewer in what is no misspelling.

    An archive without a word of Indonesian is no reason to read it as another: what is one letter
    away from "koran" is not meant by it. Long words have other spellings.
    """
    words = lexicon()
    spelt = any(word.stem in known for known in (words.roots, words.lexicalised, words.names))
    return (1 if len(word.surface) < _TWO_EDITS else 2) - spelt


def _may_ask(words: Sequence[Word], word: Word) -> bool:
    """Whether a word of a query may be meant as one that asks: about others, and no name."""
    return word.scope is None and len(words) > 1 and (not word.capital or word == words[0])


def _nearest(
    snapshot: Snapshot, word: Word, max_edits: int, budget: Budget, *, asks: bool
) -> str | None:
    """The nearest word of the field: the same first letter before others, then the commonest.

    Words that ask are words of every index and its commonest, where the word may be one (``asks``).
    """
    found = snapshot.dictionary.vocabulary.near(_exact(word), word.surface, max_edits, budget)
    if found is None:
        return None
    if asks:
        found += _asking(word.surface, max_edits, snapshot.size)

    def order(near: Near) -> tuple[int, bool, int, str]:
        return near.distance, near.word[0] != word.surface[0], -near.articles, near.word

    return min(found, key=order).word if found else None


def _asking(surface: str, max_edits: int, articles: int) -> list[Near]:
    """The words that ask and are near."""
    words = sorted(ASKING_WORDS)
    return [Near(words[place], edits, articles) for place, edits in near(surface, words, max_edits)]


def _exact(word: Word) -> str:
    """The field whose words it may stand for."""
    return (word.scope or "body") + EXACT
