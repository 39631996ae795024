"""Plain words of which all is known, composed to what is searched for and to what is looked for."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from search.budget import NODE, Budget
from search.local.matching.flat import FlatQuery
from search.local.plain.sought import SoughtWord
from search.local.queries import Queries
from search.local.reading.rows import Made, Ready, Rows
from search.local.scoring.feature_plan import MIN_WORDS_ALIKE, FeaturePlan, plan_features
from search.local.scoring.holding import holdings
from search.local.scoring.ranking import Features
from search.local.scoring.ready import Pair, ready_of
from search.query.question_words import answer_words

if TYPE_CHECKING:
    from index.kernels.words import Word


def flat_query(
    must: Sequence[SoughtWord],
    may: Sequence[SoughtWord],
    rows: Rows | None,
    *,
    some_suffice: bool,
) -> FlatQuery:
    """The words for a kernel, ready for that of ``rows``; None: for none.

    ``some_suffice``: whether some of those that must match suffice. Raises ``FileDamaged``.
    """
    words = tuple([one.flat for one in must])
    loose = tuple([one.loose for one in must]) if some_suffice else ()
    optional = tuple([one.flat for one in may])
    ready = None if rows is None else _ready(must, may, rows, some_suffice=some_suffice)
    return FlatQuery(words, loose, optional, ready)


def _ready(
    must: Sequence[SoughtWord], may: Sequence[SoughtWord], rows: Rows, *, some_suffice: bool
) -> Ready | None:
    """The words ready, counted as reading them one by one is; None where one is no terms."""
    assert rows.scorer is not None
    words, loose, optional = [], [], []
    for one in must:
        made = one.made(rows)
        if made.word is None or made.loose is None:
            return None
        words.append(made.word)
        loose.append(made.loose)
    for one in may:
        made = one.made(rows)
        if made.word is None:
            return None
        optional.append(made.word)
    read = [*words, *optional]
    if some_suffice:
        read += [other for one, other in zip(words, loose, strict=True) if other is not one]
    else:
        loose = []
    counted: dict[Hashable, None] = {}
    work = NODE * len(read)
    for each in read:
        if each.key not in counted:
            counted[each.key] = None
            work += each.cost
    parts = _words(words), _words(loose), _words(optional)
    return Ready(rows.scorer, parts, counted, work, _words(read))


def _words(made: Sequence[Made]) -> tuple[Word, ...]:
    return tuple([one.word for one in made])


def _pairs(sought: Sequence[SoughtWord], rows: Rows) -> tuple[Pair, ...]:
    """The pairs of words beside each other: those of ``feature_plan`` of the same tree."""
    found = []
    at, before = 0, None
    for one in sought:
        for (step, stem), idf in zip(one.beside, one.idfs(rows), strict=True):
            here = at + step, stem, idf
            if before is not None and before[1] != stem:
                found.append(Pair(before[1], stem, here[0] - before[0], (before[2] + idf) / 2))
            before = here
        at += one.width
    return tuple(found)


def plan_of(
    sought: Sequence[SoughtWord],
    queries: Queries,
    features: Features,
    rows: Rows,
    budget: Budget,
) -> FeaturePlan | None:
    """What the second stage looks for, of words in the order of their tree: as ``plan_features``.

    ``rows``: with a kernel. Raises ``FileDamaged``.
    """
    kind, words, typed = queries.question.kind, queries.terms, queries.typed
    assert words is not None
    if len(words) < MIN_WORDS_ALIKE or not features.alike:
        words = ()
    made = _alike(sought, rows) if words else []
    if typed is None or made is None:
        return plan_features(queries, features, rows, budget)
    answers = answer_words(kind) if features.answers and kind is not None else ()
    holding = holdings(typed, features, rows, budget)
    pairs = _pairs(sought, rows) if features.pairs and kind is None else ()
    if not (pairs or answers or words or holding):
        return None
    ready = ready_of(rows, made, pairs, features.pairs) if pairs or words else None
    return FeaturePlan(pairs, answers, words, holding, ready)


def _alike(sought: Sequence[SoughtWord], rows: Rows) -> list[Made] | None:
    """Each word, all of its ways in one; None where a term does not score."""
    found: list[Made] = []
    for one in sought:
        alike = one.made(rows).alike
        if alike is None:
            return None
        found += alike
    return found
