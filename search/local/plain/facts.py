"""What is known of a plain word of letters and digits in one index, whatever stands beside it."""

from __future__ import annotations

import sys
from functools import cached_property
from math import inf
from typing import NamedTuple

from search.budget import Budget
from search.local.completing.spelling import known_and_doubtful
from search.local.completing.spellings import Known, Spellings
from search.local.plain.memo import Memo
from search.local.plain.sought import SoughtWord, of_compound, of_word
from search.local.reading.holders import Holders
from search.local.reading.rows import Rows
from search.query.day_offers import may_tell_days
from search.query.lexemes import is_plain
from search.query.rewrite.question import may_ask
from search.query.syntax.glued import Holder
from search.query.syntax.word import Word
from search.query.weights import Weights
from search.query.words import word_of

_BYTES = 24 << 20
"""Some 6,000 words of a segment; half of it is what those with many holders take."""
_BYTES_A_DOCUMENT = 16
"""In many segments, words made ready for the kernel are larger."""
_OTHERS_BYTES = 4 << 20
_SEVERAL = 2
_OF_A_WORD, _OF_A_HOLDER = 1200, 400
"""Bytes that the facts of a word take, about, and those of each glued word that holds it."""
_OF_A_COMPOUND, _OF_ITS_TERM = 3000, 400
"""Bytes that a compound takes, about, and each of its terms, of which it has several."""


class Facts(NamedTuple):
    """``word``: as the parser reads it; ``sought``: with the glued words that hold it, ``holders``.

    ``is_joined``: whether it is also written apart, which counts where it does not go with the word
    before or behind it; ``work``: what finding that out cost, as budgets count it. ``is_unknown``:
    whether no article has it and readers are told; ``is_doubtful``: whether another spelling of it
    may be offered. ``asks``, ``tells_days``: whether questions, and days among words, have such a
    word.
    """

    word: Word
    sought: SoughtWord
    holders: tuple[Holder, ...]
    is_joined: bool
    work: int
    is_unknown: bool
    is_doubtful: bool
    asks: bool
    tells_days: bool


class Words:
    """The facts of an index's words by how they are typed, for one ranking. Shared by threads.

    ``known``: those of several words that are known; None of each other one.
    """

    def __init__(self, known: Known, holders: Holders, weights: Weights) -> None:
        self._known = known
        self._snapshot = known.rows.snapshot
        self._holders = holders
        self._weights = weights
        self._facts: Memo[str, Facts] = Memo(_BYTES + _BYTES_A_DOCUMENT * self._snapshot.size)
        self._get, self.known = self._facts.get, self._facts.several
        self._others: Memo[tuple[str, bool, int, bool], SoughtWord] = Memo(_OTHERS_BYTES)
        self._compounds: Memo[tuple[tuple[str, int], ...], SoughtWord] = Memo(_OTHERS_BYTES)

    def of(self, typed: str, spellings: Spellings) -> Facts | None:
        """The facts of a word of ASCII letters and digits.

        None where it may be no word, or is several, or where the budget does not last. Raises
        ``FileDamaged``.
        """
        known = self._get(typed)
        if known is not None:
            return known
        found = self._find(typed, spellings)
        if found is not None:
            size = _OF_A_WORD + sys.getsizeof(typed) + _OF_A_HOLDER * len(found.holders)
            # In the place of a word that is also written apart a compound is searched for.
            made = 0 if found.is_joined else self._made(found.sought)
            self._facts.put(typed, found, size + made)
        return found

    def pieces(self, typed: str) -> tuple[str, ...]:
        """Words that are typed without a blank between them: ``rp``, ``15`` of *rp15*.

        Each is the same alone. None where letters and digits are no such words.
        """
        how = self._snapshot.analysis
        tokens = how.chunk(typed)
        if len(tokens) < _SEVERAL or not is_plain(typed):
            return ()
        found = tuple([typed[one.start : one.end] for one in tokens])
        if "".join(found) != typed:
            return ()
        for text, token in zip(found, tokens, strict=True):
            alone = how.chunk(text)
            if len(alone) != 1 or alone[0].surface != token.surface or alone[0].stem != token.stem:
                return ()
        return found

    def sought(self, node: Word, holders: tuple[Holder, ...]) -> SoughtWord:
        """A word that a question has made another one of, with its glued words or none."""
        key = node.typed, node.is_optional, node.name_words, bool(holders)
        known = self._others.get(key)
        if known is None:
            known = of_word(node.held_in(holders), self._weights)
            size = _OF_A_WORD + _OF_A_HOLDER * len(holders) + self._made(known)
            self._others.put(key, known, size)
        return known

    def compound(self, words: tuple[Word, ...]) -> SoughtWord | None:
        """What is sought for a word, or two, written together or apart.

        None where they are not, or no kernel takes it. Raises ``FileDamaged``.
        """
        key = tuple([(word.typed, word.name_words) for word in words])
        known = self._compounds.get(key)
        if known is None:
            # Whoever asks has counted what finding out costs.
            compounds = Spellings(self._known, Budget(inf))
            how = self._snapshot.analysis
            known = of_compound(words, how, compounds, self._holders, self._weights)
            if known is not None:
                size = _OF_A_COMPOUND + _OF_ITS_TERM * sum(map(len, known.terms))
                self._compounds.put(key, known, size + self._made(known))
        return known

    @cached_property
    def compiled(self) -> Rows | None:
        """The rows for whose kernel words are made ready; None without, and in a companion.

        Raises ``FileDamaged``.
        """
        rows = self._known.rows
        return None if self._snapshot.bodies is not None or rows.scorer is None else rows

    def _made(self, sought: SoughtWord) -> int:
        """The bytes that a word takes made ready, which it is then."""
        return 0 if self.compiled is None else sought.make(self.compiled)

    def _find(self, typed: str, spellings: Spellings) -> Facts | None:
        snapshot = self._snapshot
        tokens = snapshot.analysis.chunk(typed)
        if len(tokens) != 1 or tokens[0].end - tokens[0].start != len(typed) or not is_plain(typed):
            return None
        word = word_of(tokens[0], typed, None)
        is_joined, work = False, 0
        if not word.is_optional:
            budget: Budget = spellings.budget
            before = budget.work
            is_joined = spellings.joined(word.surface) is not None
            work = budget.work - before
            if budget.partial:
                return None
        holders = self._holders.holding(word.stem)
        node, is_known, is_doubtful = word, True, False
        if holders:
            node = word.held_in(holders)
        else:
            is_known, is_doubtful = known_and_doubtful(snapshot, word)
        return Facts(
            word,
            of_word(node, self._weights),
            holders,
            is_joined,
            work,
            not (is_known or word.is_optional),
            is_doubtful,
            may_ask(word),
            may_tell_days(typed),
        )
