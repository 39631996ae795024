"""The second stage: features that add to the best candidates' scores, too costly for all matches.

Every feature adds, none takes away. So a candidate never falls behind what was no candidate, and
the order of all is the order of their scores.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.fields import LEAD_FIELD
from index.kernels import kernel
from index.light_dataclass import dataclass
from search.budget import COMPARED, TERM, Budget
from search.local.candidates import Candidates
from search.local.matches import Documents, are_in
from search.local.matching.searcher import Searcher
from search.local.matching.term import row
from search.local.reading.made import Ready
from search.local.reading.openings import neighbours
from search.local.scoring.feature_plan import FeaturePlan
from search.local.scoring.holding import Holding
from search.local.scoring.ranking import Features
from search.local.scoring.ready import Price, ReadyFeatures

ANSWER_FIELD = "body_exact"
"""The field in which words that stand beside answers are looked for."""


_compiled = kernel("candidates")


class Gain(NamedTuple):
    """What a feature gives candidates, (k,) float, and through which words of which field.

    ``apart``: each of the words counts on its own; else they count together.
    """

    feature: str
    field: str
    words: tuple[str, ...]
    values: NDArray[np.floating[Any]]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Gained:
    """What the best candidates, (k,) ascending, gained."""

    documents: Documents
    gains: tuple[Gain, ...]

    def of(self, number: int) -> list[tuple[Gain, float]]:
        """What one document gained by each feature, where it gained anything."""
        place = int(self.documents.searchsorted(number))
        if place == len(self.documents) or self.documents[place] != number:
            return []
        gained = [(gain, float(gain.values[place])) for gain in self.gains]
        return [(gain, value) for gain, value in gained if value > 0]


def second_stage(
    searcher: Searcher,
    plan: FeaturePlan,
    features: Features,
    candidates: Candidates,
    places: NDArray[np.intp],
    *,
    explained: bool,
) -> tuple[Candidates, Gained]:
    """The candidates with what those at ``places``, (k,) ascending, gain.

    And what that is, all of it where it is to be ``explained``. They gain less where the time is
    up.
    """
    ready = plan.ready
    documents = candidates.documents[places]
    found = _answers(searcher, plan, features, documents) if plan.answers else []
    if ready is not None and _affordable(searcher.budget, ready, len(places)):
        scores = candidates.scores
        if found:
            scores = scores.copy()
            scores[places] += found[0].values
        rows, scores = ready.sought.raised(
            candidates.documents, scores, places, ready.words, features.alike
        )
        if explained:
            found += _told(plan, rows)
    else:
        reached = _reached(searcher, plan, features, documents, candidates.scores[places], found)
        scores = candidates.scores.copy()
        scores[places] = reached
    raised = candidates._replace(scores=scores)
    if plan.holding:
        found += _lifted(plan, features, raised, places)
    return raised, Gained(documents, tuple(found))


def _affordable(budget: Budget, ready: ReadyFeatures, documents: int) -> bool:
    """Count what looking for it in so many documents costs, if all of that is affordable."""
    fixed, each, fresh = price_of(ready, budget.counted)
    work = fixed + each * documents
    if not budget.lasts(work):
        return False
    pay(budget, work, fresh)
    return True


def price_of(ready: ReadyFeatures, counted: Container[Hashable]) -> Price:
    """What looking for it costs beside what was ``counted``.

    Words that were read to find the articles count no more, and one that stands twice once.
    """
    work, fresh = ready.work, []
    for one in ready.made:
        if one.key not in counted and one.key not in fresh:
            fresh.append(one.key)
            work += one.cost
    return work, COMPARED * len(ready.words), fresh


def price_beside(ready: ReadyFeatures, words: Ready) -> Price:
    """The same beside words, where nothing else was counted; kept, as hashing keys takes long."""
    known = ready.prices
    if known:
        whose, price = known[0]  # At once: another thread may put its own there.
        if whose is words:
            return price
    price = price_of(ready, words.counted)
    known[:] = [(words, price)]
    return price


def pay(budget: Budget, work: int, rows: list[Hashable]) -> None:
    """Count work, and rows as read."""
    budget.work += work
    for key in rows:
        budget.counted[key] = None


def part_of(holding: Holding, features: Features) -> float:
    """By how much what is of a holding comes before others."""
    return features.headline if holding.feature == "headline" else features.verbatim


def _told(plan: FeaturePlan, rows: NDArray[np.float64]) -> list[Gain]:
    """What the kernel gave, by features; ``rows`` as it has them."""
    *pairs, alike = rows
    told = [
        Gain("pairs", "", (first, second), values)
        for (first, second, _, _), values in zip(plan.pairs, pairs, strict=True)
    ]
    return [*told, Gain("alike", "", (), alike)] if plan.words else told


def _answers(
    searcher: Searcher, plan: FeaturePlan, features: Features, documents: Documents
) -> list[Gain]:
    """What words beside answers give; nothing where the time is up."""
    present = searcher.rows.presence(ANSWER_FIELD, plan.answers, searcher.budget)
    if present is None:
        return []
    values = np.multiply(features.answers, present[documents])
    return [Gain("answers", ANSWER_FIELD, plan.answers, values, apart=True)]


def _reached(  # noqa: PLR0917 - what candidates gain by
    searcher: Searcher,
    plan: FeaturePlan,
    features: Features,
    documents: Documents,
    scores: NDArray[np.float64],
    found: list[Gain],
) -> NDArray[np.float64]:
    """The scores of documents, (k,), with what was ``found`` and what pairs and words give.

    That is added to ``found``. The same as the kernel ``candidates`` gives, and less where the time
    is up.
    """
    bits: dict[str, NDArray[np.uint64]] = {}
    for first, second, step, idf in plan.pairs:
        if searcher.budget.spent():
            break
        for stem in (first, second):
            if stem not in bits:
                found_early = searcher.rows.openings(LEAD_FIELD, stem)
                searcher.budget.work += found_early.work
                bits[stem] = found_early.at(documents)
        there = neighbours(bits[first], bits[second], step)
        gained = there * (features.pairs * idf)
        found.append(Gain("pairs", "", (first, second), gained))
    reached = scores
    for gain in found:
        reached = reached + gain.values
    if plan.words:
        searcher.budget.work += (TERM + COMPARED * len(documents)) * len(plan.words)
        given = [row(searcher, terms).at(documents)[1] for terms in plan.words]
        # Where time was up, words are missing that would tell.
        alike = np.eye(len(documents), dtype=np.bool_)
        if not searcher.budget.spent():
            alike = _alike(given, features.alike)
        best = np.where(alike, reached, 0.0).max(axis=1)
        found.append(Gain("alike", "", (), best - reached))
        reached = best
    return reached


def _lifted(
    plan: FeaturePlan, features: Features, candidates: Candidates, places: NDArray[np.intp]
) -> list[Gain]:
    """What those gain that have the query as typed, which is added to the scores, too.

    All of a holding gain the same, so that the last comes before the first of all others; where
    some of it lead, of all others that lead. Of several, the later holding comes first.
    """
    scores, leading = candidates.scores, candidates.leading
    gains = []
    for holding in plan.holding:
        held = are_in(candidates.documents[places], holding.documents)
        if not held.any():
            continue
        part = part_of(holding, features)
        if _compiled is not None:
            gained = _compiled.lifted(scores, leading, places, held.view(np.uint8), part)
        else:
            others = scores.copy()
            others[places[held]] = 0.0
            if leading is not None and leading[places[held]].any():
                # Whether the rest is known at all is a matter of how many are listed.
                others[~leading] = 0.0
            lift = max(float(others.max() - scores[places[held]].min()), 0.0)
            gained = np.where(held, lift + part, 0.0)
            scores[places] += gained
        gains.append(Gain(holding.feature, holding.field, holding.words, gained))
    return gains


def _alike(given: Sequence[NDArray[np.float64]], tolerance: float) -> NDArray[np.bool_]:
    """Which documents a query cannot tell apart by what each word gives them, (k,) each: (k, k).

    Every word gives both the same, but for ``tolerance`` of it. Where it is more than a word or
    two, that is what copies of a text have in common, of which one has a comma more.
    """
    alike = np.ones((len(given[0]), len(given[0])), np.bool_)
    for one in given:
        alike &= np.abs(one[:, None] - one) <= tolerance * np.maximum(one[:, None], one)
    return alike
