"""Which articles have a query as it was typed: as their headline, in it, or in their body.

They are found by where the words stand, once a query and index, and come before all others,
whatever the words are worth.
"""

from __future__ import annotations

from math import ceil

import numpy as np

from index.analysis import TextAnalysis
from index.kernels import kernel
from index.light_dataclass import dataclass
from search.budget import COMPARED, POSTING, Budget
from search.local.matches import Documents, distinct
from search.local.matching.positions import bits_in
from search.local.matching.verbatim import (
    Places,
    beginning_with,
    documents_of,
    having_all,
    runs,
)
from search.local.reading import openings
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import read_postings
from search.local.scoring.ranking import Features
from search.making import maker_of
from search.query.syntax.boolean import AllOf, Synonyms
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.spellings import Spellings
from search.query.syntax.word import Word
from search.query.words import MAX_WORDS
from search.question import Question

_compiled = kernel("headlines")

TITLE_FIELD = "title_exact"
BODY_FIELD = "body_exact"

LONG = 4
"""So many words say which article is meant wherever they stand in it; fewer stand in too many."""

LINKS = (("baca",), ("baca", "juga"))
"""What stands before the headlines of other articles in bodies."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Articles that have a query's ``words``, as they were typed, in a field.

    ``feature``: by which they gain.
    """

    feature: str
    field: str
    words: tuple[str, ...]
    documents: Documents


_holding = maker_of(Holding, {}).one


def holdings(
    words: tuple[str, ...], features: Features, rows: Rows, budget: Budget
) -> tuple[Holding, ...]:
    """The articles that have a query's words as ``typed``, in groups of which a later comes first.

    Of four words or more: one directly behind the other in the body, unless they are a link to
    another article; in the title with other words between; in the title without. Then those whose
    title begins with the query, and those of which it is the title, which one word may be, too.
    Where no title has all the words, those that are a headline with more around it (``inside``).
    Groups without articles are left out; none at all is given where the budget does not suffice.
    The witness of the kernel ``holding``, which finds them for words that were composed at once.
    Raises ``FileDamaged``.
    """
    snapshot = rows.snapshot
    found: list[Holding] = []
    if features.verbatim and len(words) >= LONG:
        places = runs(snapshot, BODY_FIELD, words, budget)
        if len(places):
            places = _but_links(snapshot, words, places, budget)
        if len(places):
            found.append(Holding("verbatim", BODY_FIELD, words, documents_of(places)))
    if features.headline and words:
        found += headlines(words, rows, budget)
    return () if budget.partial else tuple(found)


def headlines(words: tuple[str, ...], rows: Rows, budget: Budget) -> list[Holding]:
    """Those of ``holdings`` that have the words in their title."""
    titles = _by_title(rows.snapshot, words, budget)
    if titles is not None:
        return [_holding("headline", TITLE_FIELD, words, documents) for documents in titles]
    if len(words) <= LONG:
        return []
    some, documents = inside(rows, words, budget)
    return [Holding("headline", TITLE_FIELD, some, documents)] if len(documents) else []


def _by_title(snapshot: Snapshot, words: tuple[str, ...], budget: Budget) -> list[Documents] | None:
    """Each part of the one before it and smaller; None where no title has all of the words."""
    standing = snapshot.standing(TITLE_FIELD)
    if standing is not None:
        memory, scattered = snapshot.columns.title_lengths_memory, len(words) >= LONG
        known = standing.titles(words, memory, scattered, budget.left())
        if known is not None:
            budget.work += known[1]
            return known[0]
    groups: list[list[Documents]] = []
    for base, inside, places in having_all(snapshot, TITLE_FIELD, words, budget):
        lengths = snapshot.columns.title_lengths[base:]
        if len(words) == 1:
            found = [inside[lengths[inside] == 1]]
        elif len(words) < LONG:
            beginning = beginning_with(snapshot, TITLE_FIELD, places, inside, budget)
            found = [beginning, beginning[lengths[beginning] == len(words)]]
        else:
            bits = [bits_in(snapshot, TITLE_FIELD, place, inside, budget) for place in places]
            together = openings.runs(bits)
            whole = (together & np.uint64(1) != 0) & (lengths[inside] == len(words))
            found = [inside[openings.in_order(bits)], inside[together != 0], inside[whole]]
        groups.append([one + np.int32(base) for one in found])
    if not groups:
        return None
    titles = [np.concatenate(group) for group in zip(*groups, strict=True)]
    sizes = [len(one) for one in titles]
    # Each is part of the one before it: of equals the last is enough.
    return [
        documents
        for number, documents in enumerate(titles)
        if sizes[number] and sizes[number] not in sizes[number + 1 :]
    ]


def inside(rows: Rows, words: tuple[str, ...], budget: Budget) -> tuple[tuple[str, ...], Documents]:
    """Which of the words are a headline, and the articles that have it; none where none are.

    It may be cut inside its last word: then the title begins with the words before it, and has one
    that begins as it does. It may have the name of a site before or behind it: then it is the whole
    title, of four words or more, and at least half of the query. The longest counts.
    """
    if _compiled is None:
        return _inside_by_bits(rows, words, budget)
    snapshot = rows.snapshot
    standing, lengths = snapshot.standing(TITLE_FIELD), snapshot.columns.title_lengths_memory
    cut, run, work = _compiled.inside(standing, words, lengths, _least(words), budget.left())
    budget.work += work
    if not budget.spent() and len(cut := _with_last(snapshot, words, cut, budget)):
        return words[:-1], cut
    begin, length, titles = run
    return (words[begin : begin + length] if length else words), titles


def _least(words: tuple[str, ...]) -> int:
    """How many of a query's words a headline has, at the least."""
    return max(LONG, ceil(len(words) / 2))


def _inside_by_bits(
    rows: Rows, words: tuple[str, ...], budget: Budget
) -> tuple[tuple[str, ...], Documents]:
    """The same without the kernel."""
    nothing = words, np.empty(0, np.int32)
    least, snapshot = _least(words), rows.snapshot
    find = snapshot.dictionary.term
    frequencies = {word: find(TITLE_FIELD, word).document_frequency for word in words}
    budget.work += 2 * POSTING * sum(frequencies.values())
    if budget.spent():
        return nothing
    # Of so many at least one is in each title that has ``least`` of the words.
    rare = sorted(words, key=frequencies.__getitem__)[: len(words) - least + 1]
    having = [
        read_postings(snapshot.segments, snapshot.bases, TITLE_FIELD, find(TITLE_FIELD, word))[0]
        for word in rare
    ]
    documents = distinct(np.concatenate(having))
    budget.work += COMPARED * len(documents) * len(words)
    if budget.spent():
        return nothing
    columns = snapshot.columns
    if columns.live is not None:
        documents = documents[columns.live[documents]]
    bits = [rows.openings(TITLE_FIELD, word).at(documents) for word in words]
    cut = documents[openings.runs(bits[:-1]) & np.uint64(1) != 0]
    cut = _with_last(snapshot, words, cut, budget)
    if len(cut):
        return words[:-1], cut
    lengths = columns.title_lengths[documents].astype(np.int64)
    # All that the title has are words of the query: few are left to look at.
    full = (1 << np.minimum(lengths, openings.TOKENS - 2)) - 1
    there = (np.bitwise_or.reduce(bits) == full.astype(np.uint64)) & (lengths >= least)
    documents, lengths, bits = documents[there], lengths[there], [one[there] for one in bits]
    for length in sorted(set(lengths.tolist()), reverse=True):
        for begin in range(len(words) - length + 1):
            run = openings.runs(bits[begin : begin + length]) & np.uint64(1) != 0
            titles = documents[run & (lengths == length)]
            if len(titles):
                return words[begin : begin + length], titles
    return nothing


def _with_last(
    snapshot: Snapshot, words: tuple[str, ...], titles: Documents, budget: Budget
) -> Documents:
    """Those of some titles that have a word that begins as the last one does."""
    if not len(titles):
        return titles
    return titles[snapshot.dictionary.with_prefix(TITLE_FIELD, words[-1], budget)[titles]]


def _but_links(
    snapshot: Snapshot, words: tuple[str, ...], places: Places, budget: Budget
) -> Places:
    for link in LINKS:
        linked = runs(snapshot, BODY_FIELD, (*link, *words), budget)
        if len(linked):
            places = np.setdiff1d(places, linked + len(link), assume_unique=True)
    return places


def typed(question: Question, how: TextAnalysis) -> tuple[str, ...]:
    """The surface forms of a query, in the order and as often as they were typed.

    Filters and what is excluded are no part of it. Empty where it searches for anything else than
    words, all of them and in any field.
    """
    wanted = _surfaces(question.root)
    if not wanted:
        return ()
    tokens = how.tokens(question.text)
    return tuple(token.surface for token in tokens if token.surface in wanted)[:MAX_WORDS]


def _surfaces(node: Node | None) -> frozenset[str]:
    """The surface forms below a node; empty as in ``typed``."""
    if isinstance(node, Word):
        return frozenset((node.surface,) if node.scope is None else ())
    if isinstance(node, Phrase):
        return frozenset(node.surfaces if node.scope is None else ())
    if isinstance(node, Spellings):
        return frozenset().union(*(_surfaces(word) for word in node.words))
    if isinstance(node, AllOf):
        parts = [_surfaces(one) for one in node.nodes if not one.restricts]
        return frozenset().union(*parts) if all(parts) else frozenset()
    return _surfaces(node.written) if isinstance(node, Synonyms) else frozenset()
