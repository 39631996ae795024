"""The articles that a page is chosen from, as arrays: what every step of a page takes and gives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.local.matches import Documents, Mask


class Candidates(NamedTuple):
    """Matches that pass the filters: (n,) each, by ascending document number.

    ``scores`` are float64, first of the first stage, then with what the second stage adds.
    ``dates`` are those of ``reading.columns``. ``factors``: what age leaves of each score, None
    where all of it. ``leading``: which come before the others by relevance, whatever their scores;
    None where scores alone decide. ``numbers``: those of ``reading.columns``, by which equals are
    in order; None: by their documents'.
    """

    documents: Documents
    scores: NDArray[np.float64]
    dates: NDArray[np.int64]
    factors: NDArray[np.float64] | None = None
    leading: Mask | None = None
    numbers: NDArray[np.uint32] | None = None
