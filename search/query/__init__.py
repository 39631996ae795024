"""The query language: text to a syntax tree with notes, and the tree to Whoosh query objects."""

from search.query.parse import parse, word_of
from search.query.questions import ASKING_WORDS, Kind, answer_words, understood
from search.query.syntax import (
    AllOf,
    AnyOf,
    DateRange,
    Exclude,
    FacetIs,
    Node,
    Parsed,
    Phrase,
    Prefix,
    Synonyms,
    Word,
    insisted,
)
from search.query.tree import query_tree, relaxed

__all__ = [
    "ASKING_WORDS",
    "AllOf",
    "AnyOf",
    "DateRange",
    "Exclude",
    "FacetIs",
    "Kind",
    "Node",
    "Parsed",
    "Phrase",
    "Prefix",
    "Synonyms",
    "Word",
    "answer_words",
    "insisted",
    "parse",
    "query_tree",
    "relaxed",
    "understood",
    "word_of",
]
