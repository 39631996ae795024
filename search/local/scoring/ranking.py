"""How articles are scored: everything that can be set, in one declaration."""

from __future__ import annotations

from dataclasses import field
from typing import Annotated

from index.light_dataclass import dataclass
from search.local.weighting import BM25
from search.query.weights import DEFAULT_WEIGHTS, Amount, Weights, Within

_MOST_CANDIDATES = 1000

_Count = Annotated[int, Within(0)]


@dataclass(frozen=True)
class Features:
    """What is added to the scores of the best ``candidates`` of a query's matches.

    ``pairs``: for neighbours in the query that are neighbours in the article's beginning, times the
    mean of their idf. ``answers``: for every word of the article that answers to a question such as
    the query's stand beside. ``alike``: articles to which each of the query's words gives the same
    but for this share of it, such as copies of one text, have the score of the best of them.
    ``headline``, ``verbatim``: articles that have the query as it was typed in their title, or, of
    four words or more, in their body, come so far before all others. 0 leaves a feature out.
    """

    candidates: _Count = 32
    pairs: Amount = 0.4
    answers: Amount = 0.6
    alike: Amount = 0.01
    headline: Amount = 1.0
    verbatim: Amount = 1.0

    def __post_init__(self) -> None:
        if not 1 <= self.candidates <= _MOST_CANDIDATES:  # each is compared with each
            raise ValueError(f"1 <= candidates <= {_MOST_CANDIDATES}")


@dataclass(frozen=True)
class Ranking:
    """How articles are scored.

    ``partial``: articles that have only some of a query's words are found, too. Those that have all
    come before them, unless the query is a question or more than ``most_lacking`` words may be
    lacking: then scores decide.
    ``correction``: words that no article has are replaced by what they may stand for.
    """

    model: BM25 = field(default_factory=BM25)
    weights: Weights = DEFAULT_WEIGHTS
    features: Features = field(default_factory=Features)
    most_lacking: _Count = 5
    partial: bool = True
    correction: bool = True
