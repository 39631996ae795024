"""What is likelier to be meant than a word: what is near it, commoner, and drawn to the others."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log

from index.analysis import lexicon
from search.budget import Budget
from search.local.completing.bodies import bodies_of
from search.local.completing.company import Company
from search.local.completing.doubts import is_unseen
from search.local.completing.likely import (
    SHORT,
    Likely,
    in_company,
    is_word,
    likely,
)
from search.local.reading.snapshot import Snapshot
from search.query.syntax.word import Word

COMMONER, COMMONER_IF_SHORT = 1.0, 2.0
"""How much likelier, as a log, another word has to be than one that articles have."""
_UNSEEN = 2.0
"""How likely another word has to be than a form that can be made of a root, but that no one wrote.
"""
STRANGER = 1.1
"""How often a word of the language stands with the others of the query, as a log, if it seems wrong
among them: in two articles."""
_DRAWN, _FIRMLY, IF_STRANGER = 2.0, 3.0, 0.5
"""How much another word has to be drawn to the others where the typed one is a stranger to them."""
_LESS_DRAWN = 0.7
"""How much less another word may be drawn to the rest of the query (see ``company.Kept``)."""


def likelier(
    snapshot: Snapshot,
    word: Word,
    articles: int,
    others: Sequence[str],
    budget: Budget,
    *,
    is_acronym: bool = False,
) -> Likely | None:
    """What is likelier to be meant than a word that so many ``articles`` have; None for nothing.

    ``others``: the stems of the query's other words. No word of the language where it is an
    acronym. Raises ``FileDamaged``.
    """
    unseen = is_unseen(snapshot, word)
    company = Company(snapshot, bodies_of(snapshot), others, budget)
    found = _near(snapshot, word, articles, company, budget, unseen=unseen)
    if found and company:
        found = in_company(snapshot, found, company)
    if is_acronym:
        found = [one for one in found if not is_word(snapshot, one.word)]
    if not found:
        return None
    is_meant = unseen or not articles or _is_likelier(snapshot, found[0], word, articles, company)
    return found[0] if is_meant else None


def _near(
    snapshot: Snapshot,
    word: Word,
    articles: int,
    company: Company,
    budget: Budget,
    *,
    unseen: bool,
) -> list[Likely]:
    """What may be offered for a word; for one of the language only if it does not fit."""
    if unseen:
        found = likely(snapshot, word.scope, word.surface, 1, budget)
        return [one for one in found if one.worth >= _UNSEEN]
    if _is_own(snapshot, word) and not (company and company.often(word.stem) <= STRANGER):
        return []
    worth = -inf
    if articles:
        worth = _worth(word, articles, company.often(word.stem) if company else None)
    edits = 1 if articles else 2
    return likely(snapshot, word.scope, word.surface, edits, budget, worth=worth)


def _worth(word: Word, articles: int, often: float | None) -> float:
    """What another word has to be worth at the least than one that so many articles have.

    ``often``: how often that stands with the others of the query; None where there are none.
    """
    if often is None:
        return log(articles) + _ahead(word)
    # Beside others a word may gain, but not all of what it has to be ahead.
    return log(articles) if often else -inf


def _ahead(word: Word) -> float:
    return COMMONER if len(word.surface) > SHORT else COMMONER_IF_SHORT


def _is_own(snapshot: Snapshot, word: Word) -> bool:
    """Whether it is a word of the language or a known name."""
    return is_word(snapshot, word.surface) or word.surface in lexicon().names


def _is_likelier(
    snapshot: Snapshot, best: Likely, word: Word, articles: int, company: Company
) -> bool:
    """Whether another word is far likelier to be meant than one that articles have."""
    ahead = _ahead(word)
    if not company:
        return best.worth >= log(articles) + ahead
    typed = company.kept(word.stem)
    if _is_own(snapshot, word):
        return best.worth >= typed.often + COMMONER_IF_SHORT and best.drawn >= _FIRMLY
    if not typed.often and best.drawn >= _DRAWN:
        return best.worth >= IF_STRANGER
    return best.worth >= typed.often + ahead and best.drawn >= typed.drawn - _LESS_DRAWN
