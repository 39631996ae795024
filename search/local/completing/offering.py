"""Writes completions of a word that is begun, of those that find something."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from itertools import pairwise, starmap
from typing import Protocol

import numpy as np

from index.analysis import is_stop_word
from index.analysis.tokenizer import APOSTROPHES
from index.light_dataclass import dataclass
from search.budget import LOOKED_UP, POSTING, Budget
from search.local.completing.following import BODIES, TITLES
from search.local.completing.typed import BegunWord
from search.local.matches import Documents, Mask
from search.local.matching.phrase import with_phrase
from search.local.reading.snapshot import Snapshot
from search.query.rewrite.compounds import belongs
from search.response import Suggestion, SuggestionKind

_FEW = 10
"""So many articles more, of which half a one is among some, tell that few tell little."""
_UNCHANGED: Mapping[int, str] = {}


class Archive(Protocol):
    """What searching would make of a query. Methods raise ``FileDamaged``."""

    def finds(self, text: str) -> bool | None:
        """Whether any article has all that a query asks for; None: that costs too much to know."""

    def are_one(self, first: str, second: str) -> bool:
        """Whether two words are sought as one, side by side or in one piece."""


@dataclass(frozen=True)
class Offering:
    """What was typed, and the word that is begun at its end. Methods raise ``FileDamaged``."""

    snapshot: Snapshot
    typed: str
    begun: BegunWord
    budget: Budget
    archive: Archive
    found: set[str] = field(default_factory=set)
    """Of what was written, what is known to find something."""
    _having: dict[tuple[str, ...], Mask | None] = field(default_factory=dict)

    def completed(
        self,
        term: str,
        count: Callable[[], int],
        kind: SuggestionKind,
        *,
        changed: Mapping[int, str] = _UNCHANGED,
        written: str = "",
        sure: bool = False,
        with_all: bool = False,
        beside: bool = False,
    ) -> Suggestion | None:
        """With the term in the place of the word that is begun; None if that finds nothing.

        ``count``: how many have it. ``changed``: other words for some of those before, by their
        numbers. ``written``: how the term is written, if otherwise. ``sure``: a title is known to
        have it behind all words; ``with_all``: to have it and all words; ``beside``: some text to
        have it behind the last word.
        """
        words = [changed.get(at, one.term) for at, one in enumerate(self.begun.words)]
        if not (sure or beside) and words and self._are_one(words[-1], term):
            return None  # They are sought side by side only.
        known = sure or with_all or (beside and len(words) == 1 and self._all_live)
        if not self._finds(words, term, sure=known) or (many := count()) < 1:
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
        text += written + begun.closing
        if self._known(words, term, sure=sure, with_all=with_all):
            self.found.add(text)
        return Suggestion(text, many, kind)

    def continued(self, term: str, count: Callable[[], int], *, sure: bool) -> Suggestion | None:
        """With a further word behind the one that is begun, which is whole; else as above."""
        words = [*(one.term for one in self.begun.words), self.begun.beginning]
        if not self._finds(words, term, sure=sure) or (many := count()) < 1:
            return None
        text = f"{self.typed} {term}{self.begun.closing}"
        if self._known(words, term, sure=sure):
            self.found.add(text)
        return Suggestion(text, many, SuggestionKind.PHRASE)

    @property
    def _all_live(self) -> bool:
        """Whether no article is deleted, so that all that is counted is there."""
        return self.snapshot.columns.live is None

    def share_of(self, term: str, having: Mask) -> float:
        """The share of the articles with a term that are among some, (N,), smoothed."""
        among, size = 0.5, _FEW
        for found in self._places(BODIES, term):
            among += np.count_nonzero(having[found])
            size += len(found)
        return among / size

    @property
    def likely(self) -> bool:
        """Whether an article has all words before, in the form that was typed."""
        return self._having_any([one.term for one in self.begun.words])

    def _having_any(self, words: Sequence[str]) -> bool:
        """Whether an article has all words, so that what is offered was found among such."""
        having = self.having_all(words)
        return having is None or bool(having.any())

    def _known(
        self, words: Sequence[str], term: str, *, sure: bool, with_all: bool = False
    ) -> bool:
        """Whether a query of all of them finds something, without asking it."""
        if sure or not self.begun.text:
            return self.begun.text
        if not self.begun.plain or not (with_all or self._having_any(words)):
            return False
        return not any(starmap(self._are_one, pairwise([*words, term])))

    def _are_one(self, first: str, second: str) -> bool:
        """Whether two words mean one that is written in one piece, too: ``anti korupsi``.

        Asked about prefixes and numbers, of which it is likely.
        """
        likely = belongs(first) or first[:1].isdigit() or second[:1].isdigit()
        return likely and self.archive.are_one(first, second)

    def _finds(self, words: Sequence[str], term: str, *, sure: bool) -> bool:
        """Whether an article has the term where it is sought, with the words before it."""
        if term in self.snapshot.glued:
            return False
        if self.begun.closing and words:
            run = [*words, term]
            return any(self._has_phrase(name, run) for name in self._fields())
        if sure and self.begun.scope is None:
            return True
        having = None if sure or not words else self.having_all(words)
        if having is not None and not having.any():
            having = None  # The words before find nothing: the word alone may.
        return any(
            len(found if having is None else having[found].nonzero()[0])
            for name in self._fields()
            for found in self._places(name, term)
        )

    def having_all(self, words: Sequence[str]) -> Mask | None:
        """Which articles have all words but stop words: (N,); None where all words are such."""
        key = tuple(words)
        if key not in self._having:
            masks = [self._with(word) for word in dict.fromkeys(key) if not is_stop_word(word)]
            self._having[key] = np.logical_and.reduce(masks) if masks else None
        return self._having[key]

    def _with(self, word: str) -> Mask:
        mask = np.zeros(self.snapshot.size, np.bool_)
        for name in (TITLES, BODIES):
            for found in self._places(name, word):
                mask[found] = True
        return mask

    def _places(self, name: str, term: str) -> Iterator[Documents]:
        """The articles that have a term, of each segment, ascending; none that is deleted."""
        live = self.snapshot.columns.live
        for place in self.snapshot.dictionary.term(name, term).places:
            index = self.snapshot.segments[place.segment].fields[name]
            self.budget.work += LOOKED_UP + POSTING * (place.stop - place.start)
            found = index.documents(place.ordinal).astype(np.int32)
            found += np.int32(self.snapshot.bases[place.segment])
            yield found if live is None else found[live[found]]

    def _fields(self) -> tuple[str, ...]:
        if self.begun.scope is None:
            return TITLES, BODIES
        return (TITLES,) if self.begun.scope == "title" else (BODIES,)

    def documents(self, name: str, term: str) -> Documents:
        """The articles that have a term: ascending."""
        return np.concatenate([np.empty(0, np.int32), *self._places(name, term)])

    def _has_phrase(self, name: str, run: list[str]) -> bool:
        if name == TITLES:
            return self.snapshot.runs.count(run, self.budget) > 0
        having = self.documents(name, run[-1])
        for word in run[:-1]:
            if not len(having):
                return False
            others = self.documents(name, word)
            self.budget.work += len(having) + len(others)
            having = np.intersect1d(having, others, assume_unique=True)
        return bool(with_phrase(self.snapshot, name, run, having, self.budget).any())
