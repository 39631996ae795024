"""A query's tree rewritten to what is searched for, step after step: the list is in ``steps``."""

from search.query.rewrite.correct import Correction, correctable_words, retyped
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.spellings import Compounds, words_with_spellings
from search.query.rewrite.steps import rewritten

__all__ = [
    "Compounds",
    "Correction",
    "Interpretation",
    "correctable_words",
    "retyped",
    "rewritten",
    "words_with_spellings",
]
