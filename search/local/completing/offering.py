"""Writes completions of a word that is begun, of those that find something."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from itertools import pairwise, starmap
from typing import Protocol

from index.analysis import is_stop_word
from index.analysis.tokenizer import APOSTROPHES
from index.light_dataclass import dataclass
from search.budget import Budget
from search.local.completing.following import BODIES, TITLES
from search.local.completing.forms import Forms, Having
from search.local.completing.typed import BegunWord
from search.local.reading.snapshot import Snapshot
from search.query.rewrite.compound_parts import belongs
from search.response import Suggestion, SuggestionKind

_FEW = 10
"""So many articles more, of which half a one is among some, tell that few tell little."""
_UNCHANGED: Mapping[int, str] = {}


class Archive(Protocol):
    """What searching would make of a query. Methods raise ``FileDamaged``."""

    def finds(self, text: str) -> bool | None:
        """Whether any article has all that a query asks for; None: that costs too much to know."""

    def are_one(self, first: str, second: str) -> bool | None:
        """Whether two words are sought as one, side by side or in one piece; None as above."""

    def forms(self, budget: Budget) -> Forms:
        """Which articles have words in the form that was typed."""


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
    _having: dict[tuple[str, ...], Having | None] = field(default_factory=dict)

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

    @cached_property
    def forms(self) -> Forms:
        """Which articles have words in the form that was typed."""
        return self.archive.forms(self.budget)

    def share_of(self, term: str, having: Having) -> float:
        """The share of the articles with a term that are among some, smoothed."""
        among, size = having.share_of(term)
        return (among + 0.5) / (size + _FEW)

    @property
    def likely(self) -> bool:
        """Whether an article has all words before, in the form that was typed."""
        return self._having_any([one.term for one in self.begun.words])

    def _having_any(self, words: Sequence[str]) -> bool:
        """Whether an article has all words, so that what is offered was found among such."""
        having = self.having_all(words)
        return having is None or bool(having)

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
        answer = likely and self.archive.are_one(first, second)
        self.budget.partial |= answer is None
        return bool(answer)

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
        # Where the words before find nothing, the word alone may.
        among = having or self.forms
        return among.any_with(self._fields(), term)

    def having_all(self, words: Sequence[str]) -> Having | None:
        """The articles that have all words but stop words; None where all words are such."""
        key = tuple(words)
        if key not in self._having:
            told = [word for word in dict.fromkeys(key) if not is_stop_word(word)]
            self._having[key] = self.forms.having(told) if told else None
        return self._having[key]

    def _fields(self) -> tuple[str, ...]:
        if self.begun.scope is None:
            return TITLES, BODIES
        return (TITLES,) if self.begun.scope == "title" else (BODIES,)

    def _has_phrase(self, name: str, run: list[str]) -> bool:
        if name == TITLES:
            return self.snapshot.runs.count(run, self.budget) > 0
        return self.forms.have_run(run)
