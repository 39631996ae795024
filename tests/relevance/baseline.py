"""What an index without any thought for ranking gives: Snowball's stems and BM25.

Words are runs of ``\\w`` in lower case, stop words and all; one word of the query suffices. Titles
are a field of their own, worth as much as bodies.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product

import numpy as np
import Stemmer
from numpy.typing import NDArray

from index.article import Article
from search.evaluation.measures import DEPTH

_K1 = 1.2
_B = 0.75
_WORDS = re.compile(r"\w+")

_stem = cache(Stemmer.Stemmer("indonesian").stemWord)


class Field:
    """What every term is worth in one field of every article."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._postings = defaultdict[str, list[tuple[int, int]]](list)
        self._scored: dict[str, tuple[NDArray[np.int64], NDArray[np.float64]]] = {}
        lengths = []
        for number, text in enumerate(texts):
            found = stems(text)
            lengths.append(len(found))
            for term, frequency in Counter(found).items():
                self._postings[term].append((number, frequency))
        self._count = len(lengths)
        average = np.mean(lengths) or 1
        self._norms = _K1 * (1 - _B + _B * np.array(lengths) / average)

    def scores(self, term: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The articles that have the term, (n,) ascending, and its BM25 in each, (n,).

        Lucene's BM25: see ``search.local.weighting``.
        """
        if term not in self._scored:
            postings = np.array(self._postings.get(term, []), np.int64).reshape(-1, 2)
            documents, frequencies = postings.T
            idf = np.log(1 + (self._count - len(documents) + 0.5) / (len(documents) + 0.5))
            scores = idf * frequencies / (frequencies + self._norms[documents])
            self._scored[term] = documents, scores
        return self._scored[term]


def stems(text: str) -> list[str]:
    """The terms of a text."""
    return [_stem(word) for word in _WORDS.findall(text.lower())]


def baseline(articles: Iterable[Article], queries: Mapping[str, str]) -> dict[str, list[str]]:
    """The run of the queries: the first hundred; of equal scores, the earlier article's."""
    held = list(articles)
    fields = [Field(one.title for one in held), Field(one.body for one in held)]
    run = {}
    for identity, text in queries.items():
        scores = np.zeros(len(held))
        for field, term in product(fields, stems(text)):
            documents, worth = field.scores(term)
            scores[documents] += worth
        found = np.flatnonzero(scores)
        best = found[np.argsort(-scores[found], kind="stable")[:DEPTH]]
        run[identity] = [held[number].id for number in best]
    return run
