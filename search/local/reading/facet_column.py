"""The values of one facet as an array, one entry a document of the whole index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold_value
from index.analysis.plain_letters import in_plain_letters
from index.light_dataclass import dataclass
from index.segments.reader import SegmentReader
from search.local.matches import Documents, Mask
from search.query.facet_query import WHOLE
from search.values import Values


@dataclass(frozen=True)
class FacetColumn:
    """The values of one facet. ``ordinals``: (N,) int32 into ``values``; 0 stands for no value.

    Values that differ only in case or white space are one; the commonest way to write it is shown.
    ``values`` are in the order of their folded texts. ``counts``: how many documents that are not
    deleted have each of ``values``, 0 for no value. ``names``: what readers call the values where
    that is more than these.
    """

    ordinals: NDArray[np.int32]
    values: tuple[str, ...]
    counts: tuple[int, ...]
    names: tuple[str, ...] = ()

    @cached_property
    def known(self) -> Values:
        """What texts stand for among the values, which are numbered as in ``values``."""
        return Values(self.values, self.counts)

    def having(self, numbers: Sequence[int], documents: Documents | slice) -> Mask:
        """Which of the documents have one of the values: (n,)."""
        wanted = np.zeros(len(self.values), np.bool_)
        wanted[list(numbers)] = True
        mask: Mask = wanted[self.ordinals[documents]]
        return mask

    def with_part(self, text: str) -> Mask:
        """Which of the values a text typed to find them is in: (V,).

        Those that it stands for as a part in a filter, and those that have its letters, of several
        words those of each, anywhere, without regard to case and diacritics.
        """
        pieces = _letters(text).split()
        fitting = np.fromiter(
            (all(piece in value for piece in pieces) for value in self._letters),
            np.bool_,
            len(self.values),
        )
        whole = text.strip().startswith(WHOLE)
        known = self.known
        meant = known.whole(text.strip()[len(WHOLE) :]) if whole else known.part(text)
        fitting[list(meant.numbers)] = True
        return fitting

    @cached_property
    def _letters(self) -> list[str]:
        return [_letters(value) for value in self.names or self.values]


def facet_column(
    segments: Sequence[SegmentReader], field: str, live: NDArray[np.bool_] | None
) -> FacetColumn:
    """The facet ``field`` of all documents; ``live`` as in ``Columns``."""
    columns = []
    spellings: dict[str, Counter[str]] = {}
    for segment in segments:
        if field not in segment.documents.columns:
            columns.append((np.zeros(segment.size, np.uint8), [""]))
            continue
        ordinals, given = segment.documents.ordinals(field)
        counts = np.bincount(ordinals, minlength=len(given)).tolist()
        folded = []
        for value, times in zip(given, counts, strict=True):
            spelling = value.decode("utf-8")
            folded.append(fold_value(spelling))
            spellings.setdefault(folded[-1], Counter())[spelling] += times
        columns.append((ordinals, folded))
    spellings.pop("", None)
    by_folded = {folded: number for number, folded in enumerate(sorted(spellings), start=1)}
    values = ("", *(_commonest(spellings[folded]) for folded in sorted(spellings)))
    parts = [
        np.array([by_folded.get(one, 0) for one in folded], np.int32)[ordinals]
        for ordinals, folded in columns
    ]
    numbers = np.concatenate([np.empty(0, np.int32), *parts])
    having = np.bincount(numbers if live is None else numbers[live], minlength=len(values))
    having[0] = 0
    return FacetColumn(numbers, values, tuple(having.tolist()))


def _commonest(spellings: Mapping[str, int]) -> str:
    """The spelling that most articles have, of equals the first by its letters."""
    if len(spellings) == 1:
        return next(iter(spellings))
    return min(spellings, key=lambda one: (-spellings[one], one))


def _letters(value: str) -> str:
    return in_plain_letters(fold_value(value))
