"""Writes completions of a word that is begun, of those that find something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.analysis.tokenizer import APOSTROPHES
from search.budget import Budget
from search.local.completing.following import BODIES, TITLES
from search.local.completing.typed import BegunWord
from search.local.matching.phrase import with_phrase
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import read_postings
from search.response import Suggestion, SuggestionKind

_UNCHANGED: Mapping[int, str] = {}


@dataclass(frozen=True)
class Offering:
    """What was typed, and the word that is begun at its end. Methods raise ``FileDamaged``."""

    snapshot: Snapshot
    typed: str
    begun: BegunWord
    budget: Budget

    def completed(
        self,
        term: str,
        count: int,
        kind: SuggestionKind,
        changed: Mapping[int, str] = _UNCHANGED,
        written: str = "",
    ) -> Suggestion | None:
        """With the term in the place of the word that is begun; None if that finds nothing.

        ``changed``: other words for some of those before, by their numbers. ``written``: how the
        term is written, if otherwise.
        """
        words = [changed.get(at, one.term) for at, one in enumerate(self.begun.words)]
        if not self._finds(words, term, count):
            return None
        begun = self.begun
        written = written or term
        last = self.typed[begun.start :]
        if begun.beginning and any(sign in last for sign in APOSTROPHES):
            # Terms have no apostrophes: those that were typed are kept.
            if not term.startswith(begun.beginning):
                return None
            written = last + written[len(begun.beginning) :]
        text = self.typed[: begun.start]
        for at in sorted(changed, reverse=True):
            one = begun.words[at]
            text = text[: one.start] + changed[at] + text[one.end :]
        return Suggestion(text + written + begun.closing, count, kind)

    def continued(self, term: str, count: int) -> Suggestion | None:
        """With a further word behind the one that is begun, which is whole."""
        words = [*(one.term for one in self.begun.words), self.begun.beginning]
        if not self._finds(words, term, count):
            return None
        text = f"{self.typed} {term}{self.begun.closing}"
        return Suggestion(text, count, SuggestionKind.PHRASE)

    def _finds(self, words: list[str], term: str, count: int) -> bool:
        """Whether an article has the term where it is sought; in a phrase, behind all words."""
        if count < 1 or term in self.snapshot.glued:
            return False
        if self.begun.closing and words:
            run = [*words, term]
            return any(self._has_phrase(field, run) for field in self._fields())
        if self.begun.scope is None and self.snapshot.columns.live is None:
            return True
        return any(self.has(field, term) for field in self._fields())

    def _fields(self) -> tuple[str, ...]:
        if self.begun.scope is None:
            return TITLES, BODIES
        return (TITLES,) if self.begun.scope == "title" else (BODIES,)

    def has(self, field: str, term: str) -> bool:
        """Whether an article that is not deleted has a term."""
        return len(self.documents(field, term)) > 0

    def documents(self, field: str, term: str) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        """Those that have it: ascending."""
        snapshot = self.snapshot
        where = snapshot.dictionary.term(field, term)
        found, _ = read_postings(snapshot.segments, snapshot.bases, field, where)
        live = snapshot.columns.live
        return found if live is None else found[live[found]]

    def _has_phrase(self, field: str, run: list[str]) -> bool:
        if field == TITLES:
            return self.snapshot.runs.count(run, self.budget) > 0
        having = self.documents(field, run[-1])
        for word in run[:-1]:
            if not len(having):
                return False
            others = self.documents(field, word)
            self.budget.work += len(having) + len(others)
            having = np.intersect1d(having, others, assume_unique=True)
        return bool(with_phrase(self.snapshot, field, run, having, self.budget).any())
