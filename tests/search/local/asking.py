"""Searchers and questions as tests need them."""

from __future__ import annotations

from math import inf

from whoosh.query import Every, Query

from index.analysis import TextAnalysis, analysis
from search.budget import Budget
from search.local.matching.searcher import Searcher
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.parse import parse
from search.query.rewrite import Interpretation, rewritten
from search.query.syntax.node import Node
from search.query.weights import DEFAULT_WEIGHTS


def searcher(snapshot: Snapshot, seconds: float = inf) -> Searcher:
    """A searcher of a snapshot with rows of its own, and all the time there is."""
    return Searcher(snapshot, Rows(snapshot, BM25()), Budget(seconds))


def reading(text: str, how: TextAnalysis | None = None) -> Interpretation:
    """A text rewritten, without an index that could correct it."""
    how = how or analysis()
    return rewritten(parse(text, how), how)


def compiled(node: Node | None) -> Query:
    """The Whoosh query of a tree; of no tree the one that matches every article."""
    return Every() if node is None else node.compile(DEFAULT_WEIGHTS)
