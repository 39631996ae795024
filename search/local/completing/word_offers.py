"""Words that complete what was typed: the likeliest next ones, others, then forgiven typos.

The order of what is looked for is in ``suggest``; each is looked for only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from itertools import islice

import numpy as np

from index.analysis import is_stop_word
from search.local.completing.following import TITLES, Beside, Next, next_words, titles_with
from search.local.completing.forgiving import beginning_alike, mended, nearly_beginning
from search.local.completing.forms import PostingsForms
from search.local.completing.headlines import tied_behind
from search.local.completing.offering import Offering
from search.response import Suggestion, SuggestionKind

_PLENTY = 3
"""Where so many are offered, what is less likely is left out."""
_FURTHER = 4
"""After so many words, as many of what stands behind a word that is whole."""
_LOOKED_AT = 2048
"""So many titles, about, tell which words articles have with those before."""
_TRIED = 16
"""Of the words that may come next so many are tried."""
_WEIGHED = 6
"""So many of these are weighed by the articles that have all words, too."""
_MANY = 4
"""So many words that a title has in a row come from there."""
_WHOLE = 3
"""A shorter word is hardly a whole one."""


class Words:
    """The words that complete one reading of what was typed, one after the other as needed."""

    def __init__(self, offering: Offering) -> None:
        self._offering = offering
        self._snapshot = offering.snapshot
        self._begun = offering.begun
        self._budget = offering.budget
        self._words = [one.term for one in offering.begun.words]

    def offers(self) -> Iterator[Suggestion]:
        """The best first; some may come twice."""
        if self._words and self._is_quoted:
            yield from self._behind()
            return
        offered = often = 0
        for some in (self._behind, self._beside, self._forgiven) if self._words else ():
            if offered >= _PLENTY or (some == self._forgiven and often >= self._enough):
                continue
            for one in some():
                offered += 1
                often = max(often, one.count)
                yield one
        if self._words:
            yield from self._further()
            if offered >= _PLENTY or (offered and not self._offering.likely):
                return
        if self._begun.beginning and not (self._begun.closing and self._words):
            alone = self._alone()
            yield from islice(alone, _FURTHER)
            if not self._words:
                yield from self._further()
            yield from alone

    @property
    def _enough(self) -> int:
        """Behind one word chance is in a title, too."""
        return 2 if len(self._words) == 1 else 1

    def _next(self, words: list[str], beginning: str) -> list[Next]:
        return next_words(self._snapshot, words, beginning, self._budget, self._begun.scope)

    def _count(self, words: list[str], one: Next) -> int:
        if not one.run or one.once:
            return 1 if one.once else one.bodies
        run = [*words[len(words) - one.run :], one.word]
        return self._snapshot.runs.count(run, self._budget)

    def _behind(self) -> Iterator[Suggestion]:
        words, beginning = self._words, self._begun.beginning
        found = self._fitting(self._likely[:_TRIED])
        if self._is_quoted:
            found = [one for one in found if one.run == len(words)]
        for place, one in enumerate(found):
            count = partial(self._count, words, one)
            terms = [one.word]
            if one.run and not place and beginning:
                run = [*words[len(words) - one.run :], one.word]
                tied = tied_behind(self._snapshot, run, count(), self._budget)
                terms[:0] = [one.word + tied] if tied else []
            for written in terms:
                made = self._offering.completed(
                    one.word,
                    count,
                    SuggestionKind.PHRASE,
                    written=written,
                    sure=one.run == len(words),
                    beside=one.run > 0 or one.bodies > 0,
                )
                if made is not None:
                    yield made

    def _fitting(self, found: list[Next]) -> list[Next]:
        """Where no title has all the words: by the articles that have them, too, the best first.

        Behind "kabinet indonesia" that is "maju", which fewer have behind "indonesia" than "masih".
        """
        words = self._words
        if len(words) == 1 or len(found) == 1 or any(one.run == len(words) for one in found):
            return found
        having = self._offering.having_all(words)
        if not having:
            return found
        scores = {
            one.word: one.share * self._offering.share_of(one.word, having)
            for one in found[:_WEIGHED]
        }
        weighed = sorted(found[:_WEIGHED], key=lambda one: -scores[one.word])
        return weighed + found[_WEIGHED:]

    @cached_property
    def _likely(self) -> list[Next]:
        return self._next(self._words, self._begun.beginning)

    @cached_property
    def _is_quoted(self) -> bool:
        """Whether so many words are a run of a title's that nothing else can be meant."""
        size = len(self._words)
        return size >= _MANY and any(one.run == size for one in self._likely)

    def _further(self) -> Iterator[Suggestion]:
        """What stands behind the word that is begun, if it is whole."""
        beginning = self._begun.beginning
        if len(beginning) < _WHOLE or is_stop_word(beginning):
            return
        words = [*self._words, beginning]
        for one in self._next(words, "")[:_FURTHER]:
            if one.run >= min(len(words), 2) or not self._words:
                count, sure = partial(self._count, words, one), one.run == len(words)
                made = self._offering.continued(one.word, count, sure=sure)
                if made is not None:
                    yield made

    @cached_property
    def _titles(self) -> Beside:
        return titles_with(self._snapshot, self._words, self._budget)

    def _beside(self) -> Iterator[Suggestion]:
        beginning = self._begun.beginning
        if beginning and not self._begun.closing:
            yield from self._in_such_titles(self._titles.having(beginning, self._budget))

    def _in_such_titles(self, counts: Mapping[str, int]) -> Iterator[Suggestion]:
        for word in counts:
            count = partial(counts.__getitem__, word)
            made = self._offering.completed(word, count, SuggestionKind.PHRASE, with_all=True)
            if made is not None:
                yield made

    def _forgiven(self) -> Iterator[Suggestion]:
        beginning, budget = self._begun.beginning, self._budget
        if self._begun.excluded or not beginning:
            return
        behind = {one.word: one for one in self._next(self._words, beginning[:1])}
        for word in nearly_beginning(behind, beginning, budget):
            count = partial(self._count, self._words, behind[word])
            made = self._offering.completed(word, count, SuggestionKind.PHRASE, beside=True)
            if made is not None:
                yield made
        yield from self._mended()
        if not self._begun.closing:
            beside = self._titles.having(beginning[:1], budget)
            near = nearly_beginning(beside, beginning, budget)
            yield from self._in_such_titles({word: beside[word] for word in near})

    def _mended(self) -> list[Suggestion]:
        """With another word in the place of one before, which most texts have so."""
        found: list[tuple[int, Suggestion]] = []
        for at, other in mended(self._snapshot, self._words, self._budget):
            words = [*self._words[:at], other, *self._words[at + 1 :]]
            for one in self._next(words, self._begun.beginning)[:_FURTHER]:
                behind = len(words) - at
                if one.run < behind and (behind > 1 or not one.bodies):
                    continue
                made = self._offering.completed(
                    one.word,
                    partial(self._count, words, one),
                    SuggestionKind.PHRASE,
                    changed={at: other},
                    sure=one.run == len(words),
                    beside=True,
                )
                if made is not None:
                    found.append((one.bodies + (made.count if one.run else 0), made))
        return [made for _, made in sorted(found, key=lambda pair: -pair[0])]

    def _alone(self) -> Iterator[Suggestion]:
        """Words of titles that begin so, or nearly: of articles that have those before, or of any.

        The commonest first.
        """
        beginning, budget, snapshot = self._begun.beginning, self._budget, self._snapshot
        having = self._offering.having_all(self._words)
        sure = bool(having)
        if having:
            some = having.some(_LOOKED_AT).astype(np.int64)
            found = snapshot.runs.beside(some, beginning, budget).words
            words = sorted(found, key=lambda word: (-found[word], word))
        else:
            words = [
                word for word, _ in snapshot.dictionary.commonest(TITLES, beginning, budget).terms
            ]
            if not words and not self._words and not self._begun.excluded:
                alike = beginning_alike(snapshot, beginning, budget)
                words = nearly_beginning(alike, beginning, budget)
        for word in words:
            if is_stop_word(word) or word in self._words:
                continue
            count = partial(self._in_titles, word)
            made = self._offering.completed(word, count, SuggestionKind.WORD, with_all=sure)
            if made is not None:
                yield made

    def _in_titles(self, word: str) -> int:
        if self._snapshot.columns.live is None:
            return self._snapshot.dictionary.document_frequency(TITLES, word)
        return len(PostingsForms(self._snapshot, self._budget).documents(TITLES, word))
