"""The compiled kernel that searches a snapshot by a weighting model."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.fields import EXACT, LEAD_FIELD, TEXTS
from index.kernels import kernel
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25

if TYPE_CHECKING:
    from index.kernels.scoring import Scorer

_kernel = kernel("scoring")

_PLACES = 1 << 16
"""First positions whose worth is worked out beforehand."""

_WIDEST = 2
"""Bytes of frequencies: wider ones are too great for float32, in which NumPy has them, too."""


def scorer_of(
    snapshot: Snapshot, model: BM25, norms: Callable[[str], NDArray[np.float32]]
) -> Scorer | None:
    """The kernel's view of a snapshot; None without it, and where it does not know a field's form.

    None of a companion, which lacks the postings of bodies, and of a model that scores in a way of
    its own: the kernel has that of ``BM25``.

    ``norms``: of a field of text, (N,). Raises ``FileDamaged``.
    """
    if _kernel is None or not snapshot.size or snapshot.bodies is not None:
        return None
    kind = type(model)
    if kind.idf_of is not BM25.idf_of or kind.scores is not BM25.scores:
        return None
    names = [name + suffix for name in TEXTS for suffix in ("", EXACT)]
    for segment in snapshot.segments:
        for field in [segment.fields[name] for name in names if name in segment.fields]:
            often = field.section("frequencies")
            if field.section("counts") is not None or (
                often is not None
                and (often.array.dtype.kind != "u" or often.array.itemsize > _WIDEST)
            ):
                return None
            if field.name == LEAD_FIELD and field.section("first") is None:
                return None
    lead = model.lead
    near, far = np.float32(lead.near_half), np.float32(lead.far_half)
    scorer: Scorer = _kernel.Scorer(
        [(base, one.size) for base, one in zip(snapshot.bases, snapshot.segments, strict=True)],
        {name: snapshot.dictionary.lookup(name) for name in names},
        {name: norms(name) for name in names},
        LEAD_FIELD if model.leads(LEAD_FIELD) else None,
        lead.worth(np.arange(_PLACES)),
        (np.float32(lead.near * lead.near_half), near, np.float32(lead.far * lead.far_half), far),
        snapshot.columns.live,
    )
    return scorer
