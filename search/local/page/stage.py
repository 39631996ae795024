"""The second stage as the kernel ``paging`` is asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from search.local.scoring.feature_plan import FeaturePlan
from search.local.scoring.features import part_of
from search.local.scoring.holding import Holding
from search.local.scoring.ranking import Features

if TYPE_CHECKING:
    from index.kernels.candidates import Sought
    from index.kernels.word import Word

_Held = tuple[tuple[NDArray[np.int32], float], ...]
"""Articles that have a question as it was typed, and what they gain."""


Stage = tuple[int, _Held, "Sought | None", "tuple[Word, ...]", float]
"""How many enter it, what is held, pairs of stems, words that may be alike, and how much so."""

NO_STAGE: Stage = 0, (), None, (), 0.0


def stage_of(plan: FeaturePlan | None, features: Features) -> Stage | None:
    """What the kernel is asked for; None where that does not suffice."""
    if plan is None:
        return NO_STAGE
    ready = plan.ready
    if plan.answers or (ready is None and (plan.pairs or plan.words)):
        return None
    if ready is None:
        return staged(plan.holding, None, (), features)
    return staged(plan.holding, ready.sought, ready.words, features)


def staged(
    holding: Sequence[Holding], sought: Sought | None, words: tuple[Word, ...], features: Features
) -> Stage:
    """The same of its parts; ``sought``: None where nothing but ``holding`` is looked for."""
    held = tuple([(one.documents, part_of(one, features)) for one in holding]) if holding else ()
    if sought is None:
        return features.candidates, held, None, (), 0.0
    return features.candidates, held, sought, words, features.alike
