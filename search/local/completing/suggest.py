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

What is offered finds something, unless asking costs too much; where what was typed before finds
nothing, it lists what has some of the words. Of one kind the likeliest comes first, a stop word
never unless texts have no other there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, islice

from index.analysis import fold
from index.dates import local_today
from index.dressed import undressed
from search.budget import Budget
from search.limits import COMPLETING
from search.local.completing.headlines import headlines
from search.local.completing.offering import Archive, Offering
from search.local.completing.other_letters import OtherLetters
from search.local.completing.typed import Begun, BegunValue, begun
from search.local.completing.values import values
from search.local.completing.word_offers import Words
from search.local.reading.snapshot import Snapshot
from search.query.lexemes import is_plain
from search.response import Suggestion

_SECONDS = 0.5
_KEPT = 2000
_HEADLINES = 4
"""Of so many places one is kept for a headline."""
_MOST_HEADLINES = 3
"""Of eight places so many headlines take at the most."""
_OFTEN = 2
"""So many titles have a word that is more than a headline."""
_WORDS = re.compile(r"[^\W_]+")
_SIGNS = ' +("\u201c\u201d\u201e\u00ab'
"""Alone, these leave nothing out."""
_SOME_SUFFICE = re.compile(r"\(*(?:[^\W_]+(?:[-\u2011'.\u2019][^\W_]+)*(?:[-\u2011]|\s+|$))*")
"""Words and no sign among them by which each must match."""
_ASKED = 2
"""As many times as many as are wanted are asked about; so many, where a title has one."""
_MOSTLY = 2
"""Most find something where so many times as many do as do not."""


class Completions:
    """What completes what is typed over one snapshot, and what completed what was typed last.

    Words may tell days, so that what is kept is of one day. What was cut short is not kept. Shared
    by threads.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._others = OtherLetters(snapshot.segments)
        self._known: dict[tuple[str, int, date], tuple[Suggestion, ...]] = {}

    def of(self, typed: str, limit: int, archive: Archive) -> list[Suggestion]:
        """At most ``limit`` completions of what was typed, none twice. Raises ``FileDamaged``.

        Letters in another dress are completed as plain ones. ``archive`` is asked whether a query
        finds anything only where nothing else tells.
        """
        if not typed.isascii():
            typed = undressed(typed)
        key = typed, limit, local_today()
        known = self._known.get(key)
        if known is not None:
            return list(known)
        snapshot = self._snapshot
        budget = Budget(_SECONDS, COMPLETING.of(snapshot.size))
        found: list[Suggestion] = []
        for one in self._readings(typed):
            if isinstance(one, BegunValue):
                found = values(snapshot, typed, one, limit, budget)
            else:
                found = _completed(Offering(snapshot, typed, one, budget, archive), limit)
            if found:
                break
        if not budget.partial:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = tuple(found)
        return found

    def _readings(self, typed: str) -> Iterator[Begun]:
        for one in begun(typed, self._snapshot.analysis):
            if isinstance(one, BegunValue):
                yield one
            else:
                yield from self._others.readings(one)


def _completed(offering: Offering, limit: int) -> list[Suggestion]:
    """Words, and headlines in the places that are left or kept for them."""
    begun = offering.begun
    whole: Iterator[Suggestion] = iter(())
    words = Words(offering).offers()
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
    """Words and, behind them, headlines; one takes the place of its words without its signs."""
    by_words: dict[tuple[str, ...], str] | None = None
    for one in whole:
        if by_words is None:
            by_words = {_words(some.text): key for key, some in found.items()}
        key = by_words.get(_words(one.text))
        if key is not None:
            if key != fold(one.text) and found[key].count <= one.count:
                found[key] = one
        elif len(found) < limit:
            found.setdefault(fold(one.text), one)
        else:
            break
    return list(found.values())


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(fold(text)))


def _finding(words: Iterator[Suggestion], offering: Offering, limit: int) -> Iterator[Suggestion]:
    """Those that find something; behind what finds nothing all of them, or none."""
    before = offering.typed[: offering.begun.start]
    left, vain = _ASKED * limit, _is_vain(before)
    finds = _asking(offering)
    for one in words:
        if one.text in offering.found:
            left = min(left, _ASKED)
        elif not vain:
            if not left:
                return
            left -= 1
            if vain is None and not offering.likely:
                vain = not finds(before)
            if not vain and not finds(one.text):
                vain = not finds(before) if vain is None else vain
                if not vain:
                    continue
        if vain and not _some_suffice(before):
            return
        yield one


def _asking(offering: Offering) -> Callable[[str], bool]:
    """What tells whether a text finds anything.

    What is not known to find anything is taken as most of the others; the budget is ``partial``.
    """
    answers = {True: 0, False: 0}

    def finds(text: str) -> bool:
        answer = offering.archive.finds(text)
        if answer is None:
            offering.budget.partial = True
            return answers[True] >= _MOSTLY * answers[False]
        answers[answer] += 1
        return answer

    return finds


def _is_vain(before: str) -> bool | None:
    """Whether what has no words finds nothing: it leaves nothing out. None: that is to be asked."""
    return None if _WORDS.search(before) else False


def _some_suffice(text: str) -> bool:
    """Whether articles are listed that have some of the words."""
    return _SOME_SUFFICE.fullmatch(text) is not None and all(map(is_plain, _WORDS.findall(text)))
