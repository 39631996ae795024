"""BM25 as one Whoosh weighting model, which both the array path and Whoosh's matchers compute.

score = weight * idf * freq / (freq + k1 * (1 - b + b * length / average length)) with Lucene's
idf = log(1 + (N - n + 0.5) / (n + 0.5)). N, n and the average are of the whole index, deleted
articles included. Robertson, S. and Zaragoza, H. (2009), "The Probabilistic Relevance Framework:
BM25 and Beyond"; without the constant factor k1 + 1, as Lucene has it since version 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import Matcher
from whoosh.scoring import BaseScorer, WeightingModel
from whoosh.searching import Searcher


@dataclass(frozen=True)
class BM25(WeightingModel):  # type: ignore[misc]
    """BM25 with saturation ``k1`` and length normalisation ``b``."""

    k1: float = 1.2
    b: float = 0.75

    def idf_of(self, documents: int, frequency: int) -> float:
        """Lucene's idf of a term that ``frequency`` of ``documents`` articles have."""
        return log(1 + (documents - frequency + 0.5) / (frequency + 0.5))

    def norms(self, lengths: NDArray[np.float32], average: float) -> NDArray[np.float32]:
        """What is added to frequencies in fields of these lengths: (n,) to (n,)."""
        return lengths * np.float32(self.k1 * self.b / average) + np.float32(self.k1 * (1 - self.b))

    def scores(
        self,
        frequencies: NDArray[np.float32] | None,
        norms: NDArray[np.float32],
        weight: float,
    ) -> NDArray[np.float32]:
        """The scores of one term's postings: (n,) frequencies (None: all 1) and norms to (n,).

        ``weight``: idf times what the field is worth.
        """
        if frequencies is None:
            return np.float32(weight) / (norms + np.float32(1))
        scores: NDArray[np.float32] = frequencies * np.float32(weight) / (frequencies + norms)
        return scores

    def scorer(
        self,
        searcher: Searcher,
        fieldname: str,
        text: bytes,
        qf: int = 1,  # noqa: ARG002 - Whoosh's signature
    ) -> BaseScorer:
        """Whoosh's seam: the scorer of one term in one segment, by statistics of all of them."""
        whole = searcher.get_parent().reader()
        if not whole.schema[fieldname].scorable:
            return _Scorer(self, searcher, fieldname, 0.0, 1.0)
        documents = whole.doc_count_all()
        idf = self.idf_of(documents, whole.doc_frequency(fieldname, text))
        average = whole.field_length(fieldname) / documents or 1.0
        return _Scorer(self, searcher, fieldname, idf, average)


class _Scorer(BaseScorer):  # type: ignore[misc]
    """BM25 of one term in one segment, a posting at a time."""

    def __init__(
        self, model: BM25, searcher: Searcher, fieldname: str, idf: float, average: float
    ) -> None:
        self._model = model
        self._length = searcher.doc_field_length
        self._field = fieldname
        self._idf = idf
        self._average = average

    def score(self, matcher: Matcher) -> float:
        length = self._length(matcher.id(), self._field, 1)
        norm = 1 - self._model.b + self._model.b * length / self._average
        frequency = matcher.weight()
        score: float = self._idf * frequency / (frequency + self._model.k1 * norm)
        return score

    def max_quality(self) -> float:
        return self._idf
