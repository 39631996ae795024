"""BM25 and the lead as one Whoosh weighting model, for the array path and Whoosh's matchers alike.

score = weight * idf * (freq / (freq + k1 * (1 - b + b * length / average length)) + lead) with
Lucene's idf = log(1 + (N - n + 0.5) / (n + 0.5)). N, n and the average are of the whole index,
deleted articles included. Robertson, S. and Zaragoza, H. (2009), "The Probabilistic Relevance
Framework: BM25 and Beyond"; without the constant factor k1 + 1, as Lucene has it since version 8.

News says first what matters most: the lead is what a word gains by how early it first stands in the
body. It belongs to a term and an article alone, so it is part of the first stage, for all matches,
and costs a query nothing once its words' rows are kept.
"""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import Matcher
from whoosh.scoring import BaseScorer, WeightingModel
from whoosh.searching import Searcher

from index.fields import LEAD_FIELD
from index.light_dataclass import dataclass
from search.query.weights import Amount


@dataclass(frozen=True)
class Lead:
    """A word first at position p gains near / (1 + p / near_half) + far / (1 + p / far_half).

    At ``near_half`` tokens from the beginning half of ``near`` is left, and of ``far`` likewise.
    Both were fitted by ``python -m tests.relevance.fit``.
    """

    near: Amount = 0.6
    near_half: Amount = 8.0
    far: Amount = 2.0
    far_half: Amount = 128.0

    def __post_init__(self) -> None:
        if self.near_half <= 0 or self.far_half <= 0:
            raise ValueError("near_half > 0, far_half > 0")

    def __bool__(self) -> bool:
        return self.near > 0.0 or self.far > 0.0

    def worth(self, first: NDArray[Any]) -> NDArray[np.float32]:
        """What words at these first positions gain, times idf and weight: (n,) to (n,)."""
        places = first.astype(np.float32)
        near = np.float32(self.near * self.near_half) / (places + np.float32(self.near_half))
        places += np.float32(self.far_half)
        near += np.float32(self.far * self.far_half) / places
        return near


@dataclass(frozen=True)
class BM25(WeightingModel):  # type: ignore[misc]
    """BM25 with saturation ``k1`` and length normalisation ``b``, and the lead of bodies."""

    k1: Amount = 1.2
    b: Amount = 0.75
    lead: Lead = Lead()

    def __post_init__(self) -> None:
        if self.b > 1:
            raise ValueError("b <= 1")  # else short fields would score less than nothing

    def leads(self, field: str) -> bool:
        """Whether it counts in a field how early a word stands."""
        return field == LEAD_FIELD and bool(self.lead)

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
        weight: float | NDArray[np.float32],
        first: NDArray[Any] | None = None,
    ) -> NDArray[np.float32]:
        """The scores of one term's postings: (n,) frequencies (None: all 1) and norms to (n,).

        ``weight``: idf times what the field is worth, or that of each, (n,). ``first``: (n,) first
        positions where the field ``leads``.
        """
        scores: NDArray[np.float32]
        each = np.float32(weight)  # an array stays one
        if frequencies is None:
            scores = each / (norms + np.float32(1))
        else:
            scores = frequencies * each / (frequencies + norms)
        if first is not None:
            scores += each * self.lead.worth(first)
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
        self._leads = model.leads(fieldname)

    def score(self, matcher: Matcher) -> float:
        length = self._length(matcher.id(), self._field, 1)
        norm = 1 - self._model.b + self._model.b * length / self._average
        frequency = matcher.weight()
        score: float = frequency / (frequency + self._model.k1 * norm)
        if self._leads:
            first = np.array(matcher.value_as("positions")[:1])
            score += float(self._model.lead.worth(first)[0])
        return self._idf * score

    def max_quality(self) -> float:
        lead = self._model.lead
        return self._idf * (1.0 + lead.near + lead.far if self._leads else 1.0)
