"""Indonesian text to terms: one token a position, in a stem field and in its exact twin.

``spans`` and ``surfaces`` are the definition, for the Whoosh analyzers as for queries, snippets and
``explain``.
"""

from index.analysis.analyzer import (
    ANALYZER_VERSION,
    ExactAnalyzer,
    FoldedAnalyzer,
    StemAnalyzer,
    fold_value,
)
from index.analysis.explain import TokenAnalysis, explain
from index.analysis.stemmer import stem
from index.analysis.tokenizer import fold, spans, surfaces

__all__ = [
    "ANALYZER_VERSION",
    "ExactAnalyzer",
    "FoldedAnalyzer",
    "StemAnalyzer",
    "TokenAnalysis",
    "explain",
    "fold",
    "fold_value",
    "spans",
    "stem",
    "surfaces",
]
