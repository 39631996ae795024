"""Completions while typing: of the whole of what was typed, words first, then headlines.

====================== =========================================================================
what is offered        where
====================== =========================================================================
values of a facet      behind ``sumber:`` and the like, and nothing else there
the next word          what titles and bodies have behind the words before it (``following``)
a word of such titles  what titles have that have all the words before it, wherever
one typo forgiven      if there is neither: in the word begun, or in one before it (``forgiving``)
any word               the commonest words of titles that begin so
headlines              of which what was typed is a run of words (``headlines``), if it is plain
====================== =========================================================================

What is offered finds something, unless what was typed before finds nothing. Where all words are of
one kind the likeliest comes first, a stop word never unless texts have no other behind the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from itertools import chain, islice

from index.analysis import fold, is_stop_word
from search.budget import Budget
from search.limits import COMPLETING
from search.local.completing.following import TITLES, Beside, Next, next_words, titles_with
from search.local.completing.forgiving import beginning_alike, mended, nearly_beginning
from search.local.completing.headlines import headlines, tied_behind
from search.local.completing.offering import Archive, Offering
from search.local.completing.typed import BegunValue, begun
from search.local.completing.values import values
from search.local.reading.snapshot import Snapshot
from search.response import Suggestion, SuggestionKind

_SECONDS = 0.5
_KEPT = 2000
_HEADLINES = 4
"""Of so many places one is kept for a headline."""
_MOST_HEADLINES = 3
"""Of eight places so many headlines take at the most."""
_OFTEN = 2
"""So many titles have a word that is more than a headline."""
_WORDS = re.compile(r"[^\W_]+")
_PLENTY = 3
"""Where so many are offered, what is less likely is left out."""
_FURTHER = 4
"""After so many words, as many of what stands behind a word that is whole."""
_LOOKED_AT = 2048
"""So many titles, about, tell which words articles have with those before."""
_TRIED = 16
"""Of the words that may come next so many are tried."""
_WEIGHED = 10
_MANY = 4
"""So many words that a title has in a row come from there."""
_SIGNS = ' +("\u201c\u201d\u201e\u00ab'
"""Alone, these leave nothing out."""
_ASKED = 2
"""As many times as many as are wanted are asked about; so many, where a title has one."""
_WHOLE = 3
"""A shorter word is hardly a whole one."""


def completions(
    snapshot: Snapshot, typed: str, limit: int, archive: Archive
) -> list[Suggestion]:
    """At most ``limit`` completions of what was typed, none twice. Raises ``FileDamaged``.

    ``archive`` is asked whether a query finds anything only where nothing else tells.
    """
    key = typed, limit
    known = snapshot.completed.get(key)
    if known is not None:
        return list(known)
    budget = Budget(_SECONDS, COMPLETING.of(snapshot.size))
    found: list[Suggestion] = []
    for one in begun(typed, snapshot.analysis):
        if isinstance(one, BegunValue):
            found = values(snapshot, typed, one, limit, budget)
        else:
            found = _completed(Offering(snapshot, typed, one, budget, archive), limit)
        if found:
            break
    if not budget.partial:
        if len(snapshot.completed) >= _KEPT:
            snapshot.completed.clear()
        snapshot.completed[key] = tuple(found)
    return found


def _completed(offering: Offering, limit: int) -> list[Suggestion]:
    """Words, and headlines in the places that are left or kept for them."""
    begun = offering.begun
    whole: Iterator[Suggestion] = iter(())
    words = _Words(offering).offers()
    if begun.text:
        terms = [one.term for one in begun.words]
        whole = headlines(
            offering.snapshot, terms, begun.beginning, _MOST_HEADLINES * limit // 8, offering.budget
        )
    if offering.typed[: begun.start].strip(_SIGNS):
        words = _finding(words, offering, limit)
    first = list(islice(whole, limit // _HEADLINES))
    found: dict[str, Suggestion] = {}
    for one in words:
        if len(found) >= limit - len(first):
            if len(first) < 2 or one.count < _OFTEN:
                break
            # Of many headlines one tells as little as another.
            first.pop()
        found.setdefault(fold(one.text), one)
    return _with_headlines(found, chain(first, whole), limit)


def _with_headlines(
    found: dict[str, Suggestion], whole: Iterable[Suggestion], limit: int
) -> list[Suggestion]:
    """Words and, behind them, headlines; a headline of the same words takes a word's place."""
    by_words = {_words(one.text): key for key, one in found.items()}
    for one in whole:
        key = by_words.get(_words(one.text))
        if key is not None:
            if found[key].count <= one.count:
                found[key] = one
        elif len(found) < limit:
            found.setdefault(fold(one.text), one)
        else:
            break
    return list(found.values())


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(fold(text)))


def _finding(
    words: Iterator[Suggestion], offering: Offering, limit: int
) -> Iterator[Suggestion]:
    """Those that find something; all if what was typed before finds nothing."""
    left, vain = _ASKED * limit, None
    before = offering.typed[: offering.begun.start]
    for one in words:
        if one.text in offering.found:
            left = min(left, _ASKED)
        elif not vain:
            if not left:
                return
            left -= 1
            if vain is None and not offering.likely:
                vain = not offering.archive.finds(before)
            if not vain and not offering.archive.finds(one.text):
                if vain is None:
                    vain = not offering.archive.finds(before)
                if not vain:
                    continue
        yield one


class _Words:
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
            having = self._offering.having_all(self._words) if offered else None
            if offered >= _PLENTY or (having is not None and not having.any()):
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
        if not one.run:
            return one.bodies
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
        if having is None or not having.any():
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

    def _in_such_titles(self, words: Iterable[str]) -> Iterator[Suggestion]:
        for word in words:
            count = partial(self._titles.count, word, self._budget)
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
            yield from self._in_such_titles(nearly_beginning(beside, beginning, budget))

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
        sure = having is not None and bool(having.any())
        if having is not None and sure:
            documents = having.nonzero()[0]
            some = documents[:: 1 + len(documents) // _LOOKED_AT]
            found = snapshot.runs.beside(some, beginning, budget).words
            words = sorted(found, key=found.__getitem__, reverse=True)
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
        return len(self._offering.documents(TITLES, word))
