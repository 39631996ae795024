"""What a word may be a misspelling of: near words of the index, the likeliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from heapq import nlargest
from math import ceil, exp, inf, log
from typing import Any

from index.analysis import is_stop_word
from index.fields import EXACT
from index.light_dataclass import dataclass
from search.budget import Budget
from search.local.completing.company import Company
from search.local.completing.slips import LEAST, slips
from search.local.reading.snapshot import Snapshot
from search.local.reading.vocabulary import Near

_BODY = "body" + EXACT
SHORT = 5
"""The letters of a word of which the letters say little: acronyms, names."""

_TWO_EDITS = 6
_MOST_SHORT, _MOST_MIDDLING, _MOST_LONG = 5.0, 5.5, 8.0
_LONG = 8
_LOOKED_AT = 24
"""Of words with many near ones the commonest are looked at; those of one edit before others."""
_COMPARED = 6
"""How many of them are looked up beside the other words of the query."""
_SHARE_FOR_NOTHING = 50_000
"""A word that no slip parts from what was typed is likely if one article of so many has it."""
_ROUNDING = 1e-9
_SECOND = 1.5
"""What a second edit costs beside its own slip: most misspellings are one."""
_NYA = 0.5
"""What x costs for -nya, as it is written in messages."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A word of the index, and how likely it was meant: ``worth``, as a log.

    ``drawn``: how much more than by chance it stands with the other words of the query.
    """

    word: str
    edits: int
    articles: int
    cost: float
    worth: float
    drawn: float = 0.0


def likely(
    snapshot: Snapshot,
    scope: str | None,
    typed: str,
    max_edits: int,
    budget: Budget,
    *,
    worth: float = -inf,
) -> list[Likely]:
    """What a word of the letters a to z may stand for, the likeliest first.

    No stop words, and no words that are two without a blank. ``worth``: what they are worth at the
    least. Two edits are looked for in longer words only. Nothing where the budget was spent before
    all were looked at. Raises ``FileDamaged``.
    """
    field = (scope or "body") + EXACT
    if len(typed) < _TWO_EDITS:
        max_edits = 1
    worth, fewest = _least(snapshot.size, worth, max_edits)
    near = snapshot.dictionary.vocabulary.near(field, typed, fewest, budget)
    if near is None or not (near or typed.endswith("x")):
        return []  # as of most words
    others = [one for one in near if one.distance]
    if len(others) > _LOOKED_AT:
        may_be = [one for one in others if may_be_meant(snapshot, one.word)]
        others = nlargest(_LOOKED_AT, may_be, key=_rank)
    found = _those_worth(snapshot, typed, others, worth)
    if typed.endswith("x"):
        found += [one for one in _with_nya(snapshot, field, typed) if one.worth >= worth]
    return sorted(found, key=lambda one: (-one.worth, one.word))


def one_edit_away(snapshot: Snapshot) -> dict[str, Any]:
    """What ``likely`` goes by where words of any field are one edit away, for a kernel."""
    return {
        "field": _BODY,
        "nothing": _worth_of_nothing(snapshot.size),
        "short": SHORT,
        "long": _LONG,
        "least": LEAST,
        "rounding": _ROUNDING,
        "dearest": (_MOST_SHORT, _MOST_MIDDLING, _MOST_LONG),
        "most": _LOOKED_AT,
        "several": _COMPARED,
    }


def _worth_of_nothing(size: int) -> float:
    """What a word is worth, of so many articles, that nobody means."""
    return log(max(size, 1) / _SHARE_FOR_NOTHING)


@lru_cache(1024)
def _least(size: int, worth: float, max_edits: int) -> tuple[float, tuple[int, ...]]:
    """What words are worth at the least, and how many articles have those of each edit then.

    ``size``: how many articles there are.
    """
    worth = max(worth, _worth_of_nothing(size))
    return worth, tuple(
        [ceil(exp(worth + LEAST * edits) - _ROUNDING) for edits in range(1, max_edits + 1)]
    )


def _those_worth(
    snapshot: Snapshot, typed: str, near: Sequence[Near], worth: float
) -> list[Likely]:
    """Those of some words that may be meant, are not too dear and worth so much."""
    most, found = _most(typed), []
    for one in near:
        cost = slips(typed, one.word)
        if cost <= most:
            judged = _judged(one, cost)
            if judged.worth >= worth and may_be_meant(snapshot, one.word):
                found.append(judged)
    return found


def may_be_meant(snapshot: Snapshot, word: str) -> bool:
    """Whether it is no stop word, and no two without a blank."""
    return not is_stop_word(word) and word not in snapshot.glued


def in_company(snapshot: Snapshot, found: list[Likely], company: Company) -> list[Likely]:
    """Those that stand in an article with others, by how often and how likely the slips are."""
    kept = [(company.kept(snapshot.analysis.stem(one.word)), one) for one in found[:_COMPARED]]
    judged = [
        replace(
            one, worth=one.worth + with_others.often - log(one.articles), drawn=with_others.drawn
        )
        for with_others, one in kept
        if with_others.often
    ]
    return sorted(judged, key=lambda one: (-one.worth, one.word))


def is_word(snapshot: Snapshot, surface: str) -> bool:
    """Whether a word is known: a root, a form that comes of one, or the user's own."""
    return snapshot.analysis.knows(surface)


def _rank(near: Near) -> tuple[float, str]:
    return near.articles / 1000**near.distance, near.word


def _judged(near: Near, cost: float) -> Likely:
    worth = log(near.articles) - cost - _SECOND * (near.distance - 1)
    return Likely(near.word, near.distance, near.articles, cost, worth)


def _with_nya(snapshot: Snapshot, field: str, typed: str) -> list[Likely]:
    """The word with -nya that one with x at its end may be."""
    word = typed[:-1] + "nya"
    articles = snapshot.dictionary.document_frequency(field, word)
    return [_judged(Near(word, 1, articles), _NYA)] if articles else []


def _most(typed: str) -> float:
    """What slips may cost at most."""
    if len(typed) <= SHORT:
        return _MOST_SHORT
    return _MOST_MIDDLING if len(typed) < _LONG else _MOST_LONG
