"""A query's tree rewritten to what is searched for, step after step: the list is in ``steps``."""

from search.query.rewrite.correct import Correction, Typed, typed_words, words_in
from search.query.rewrite.glued import GluedWords, words_in_glued
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.numbers import words_of_numbers
from search.query.rewrite.places import plain_tokens, retyped
from search.query.rewrite.spellings import Compounds, words_with_spellings
from search.query.rewrite.steps import rewritten

__all__ = [
    "Compounds",
    "Correction",
    "GluedWords",
    "Interpretation",
    "Typed",
    "plain_tokens",
    "retyped",
    "rewritten",
    "typed_words",
    "words_in",
    "words_in_glued",
    "words_of_numbers",
    "words_with_spellings",
]
