"""Plain words of which all is known, composed to what is searched for and to what is looked for."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from search.budget import COMPARED, NODE, Budget
from search.local.matching.flat import FlatQuery
from search.local.plain.sought import SoughtWord
from search.local.queries import Queries
from search.local.reading.made import Made, Ready
from search.local.reading.rows import Rows
from search.local.scoring.feature_plan import MIN_WORDS_ALIKE, FeaturePlan, plan_features
from search.local.scoring.holding import holdings
from search.local.scoring.ranking import Features
from search.local.scoring.ready import Pair, ReadyFeatures, ready_of
from search.query.question_words import answer_words
from search.query.syntax.boolean import AnyOf
from search.query.syntax.word import Word

if TYPE_CHECKING:
    from index.kernels.word import Word as CompiledWord


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
    optional = tuple([one.flat for one in may]) if may else ()
    return FlatQuery(words, loose, optional, _ready(must, may, rows, some_suffice=some_suffice))


def any_of_them(sought: Sequence[SoughtWord], rows: Rows | None) -> FlatQuery:
    """Words of which any suffices, as ``flat_query``."""
    ready = _ready(sought, (), rows, some_suffice=True, any_suffices=True)
    return FlatQuery((), tuple([one.flat for one in sought]), (), ready)


def _ready(
    must: Sequence[SoughtWord],
    may: Sequence[SoughtWord],
    rows: Rows | None,
    *,
    some_suffice: bool,
    any_suffices: bool = False,
) -> Ready | None:
    """The words for the kernel of ``rows``; None without it, and where one is no terms."""
    found = None if rows is None else _read((*must, *may) if may else must)
    if rows is None or found is None:
        return None
    every, keys, work = found
    first, more = (every[: len(must)], every[len(must) :]) if may else (every, ())
    loose = first if some_suffice else ()
    if some_suffice and not any_suffices:
        for at, one in enumerate(must):
            if one.apart is not None:
                loose = (*loose[:at], one.apart.word, *loose[at + 1 :])
                work += NODE + _charge(one.apart, keys)
                every = (*every, one.apart.word)
    parts = () if any_suffices else first, loose, more
    assert rows.scorer is not None
    return Ready(rows.scorer, parts, keys, work, every)


def _read(
    sought: Sequence[SoughtWord],
) -> tuple[tuple[CompiledWord, ...], list[Hashable], int] | None:
    """Words for the kernel and what reading them counts; None where one is no terms.

    But for comparing what has them; see ``Ready``.
    """
    found: list[CompiledWord] = []
    keys: list[Hashable] = []
    work = 0
    for one in sought:
        made = one.made
        if made is None:
            return None
        found.append(made.word)
        work += NODE + _charge(made, keys)
    return tuple(found), keys, work


def _charge(made: Made, keys: list[Hashable]) -> int:
    """What reading a word counts, once; few are compared sooner than hashed."""
    if made.key in keys:
        return 0
    keys.append(made.key)
    return made.cost


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
    alike = [made for one in _optional_last(sought) for made in one.alike] if words else []
    if typed is None or len(alike) < len(words):
        return plan_features(queries, features, rows, budget)
    answers = answer_words(kind) if features.answers and kind is not None else ()
    holding = holdings(typed, features, rows, budget)
    is_row = features.pairs and kind is None and type(queries.question.root) is not AnyOf
    pairs = _pairs(sought) if is_row else ()
    if not (pairs or answers or words or holding):
        return None
    ready = None
    if pairs or words:
        ready = ready_of(rows, alike, pairs, features.pairs)
        _set_price(ready, sought, queries)
    return FeaturePlan(pairs, answers, words, holding, ready)


def _set_price(ready: ReadyFeatures, sought: Sequence[SoughtWord], queries: Queries) -> None:
    """Keep what ``price_beside`` would find, without hashing the words' keys."""
    flat = queries.flat
    if flat is None or flat.ready is None or not all(isinstance(one.node, Word) for one in sought):
        return
    work, fresh, known = ready.work, [], flat.ready.keys
    if ready.words:
        for one in sought:
            for made in one.alike:
                if made is one.made or made.key in known:
                    continue
                if made.key not in fresh:
                    fresh.append(made.key)
                    work += made.cost
    ready.prices.append((flat.ready, (work, COMPARED * len(ready.words), fresh)))


def _optional_last(sought: Sequence[SoughtWord]) -> Sequence[SoughtWord]:
    """Words in the order of ``Queries.terms``: those that must match come first."""
    optional = [isinstance(one.node, Word) and one.node.is_optional for one in sought]
    if True not in optional or False not in optional:
        return sought
    by_kind = zip(optional, sought, strict=True)
    return [one for _, one in sorted(by_kind, key=itemgetter(0))]


def _pairs(sought: Sequence[SoughtWord]) -> tuple[Pair, ...]:
    """The pairs of words beside each other: those of ``feature_plan`` of the same tree."""
    found: list[Pair] = []
    at, then, before = 0, 0, None
    for one in sought:
        for step, stem, idf in one.beside:
            place = at + step
            if before is not None and before[0] != stem:
                found.append((before[0], stem, place - then, (before[1] + idf) / 2))
            before, then = (stem, idf), place
        at += one.width
    return tuple(found)
