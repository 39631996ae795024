"""Says which words of a question only deleted articles have, where nothing is found."""

from __future__ import annotations

from dataclasses import replace

from index.dressed import typed_place
from search.budget import Budget
from search.local.completing.bodies import bodies_of
from search.local.completing.company import FIELDS
from search.local.completing.spelling import no_article_has
from search.local.plan import Plan
from search.local.reading.snapshot import Snapshot
from search.query.parse import Parsed
from search.query.rewrite import words_in
from search.response import Note


def gone(snapshot: Snapshot, plan: Plan, query: str, budget: Budget) -> tuple[Note, ...]:
    """The notes on them, at their places in the ``query`` as it was typed.

    Not on words that articles have in another way, nor where the budget is spent. Raises
    ``FileDamaged``.
    """
    question, dictionary = plan.question, snapshot.dictionary
    bodies, found = bodies_of(snapshot), []
    for word in words_in(question.root):
        if budget.spent():
            break
        if word.optional or word in plan.spelt:
            continue
        known = any(dictionary.document_frequency(field, word.stem) for field in FIELDS)
        if known and not bodies.having(word.stem, budget).count:
            found.append(word)
    if not found:
        return ()
    notes = no_article_has(snapshot, Parsed(question.text, question.root, ()), found)
    if query.isascii():
        return notes
    return tuple(
        one if one.position is None else replace(one, position=typed_place(query, one.position))
        for one in notes
    )


def with_notes(notes: tuple[Note, ...], others: tuple[Note, ...]) -> tuple[Note, ...]:
    """The notes of an answer with others, each before those on what stands behind it.

    What is said of the whole answer stays first or last.
    """
    found = [*notes]
    for other in others:
        found.insert(
            next((at for at, one in enumerate(found) if _behind(one, other)), len(found)), other
        )
    return tuple(found)


def _behind(one: Note, other: Note) -> bool:
    if one.position is None or other.position is None:
        return one.code in {"partial", "unmarked"}
    return one.position > other.position
