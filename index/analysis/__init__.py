"""Indonesian text to terms: one token a position, in a stem field and in its exact twin.

``TextAnalysis`` is the definition, for the Whoosh analyzers as for queries, snippets and
``analyze``; ``quick`` gives the same sooner, ``bulk`` as arrays.
"""

from index.analysis.analyzer import (
    ANALYZER_VERSION,
    ExactAnalyzer,
    FoldedAnalyzer,
    StemAnalyzer,
    fold_value,
    use_words,
)
from index.analysis.lexicon import is_stop_word, lexicon
from index.analysis.quick import analysis
from index.analysis.stemmer import SnowballStemmer, Stemmer, snowball
from index.analysis.text import TextAnalysis, Token, TokenAnalysis
from index.analysis.tokenizer import fold
from index.analysis.user_words import (
    NO_WORDS,
    UserWords,
    chosen,
    parse_words,
    read_words,
    words_in,
)

__all__ = [
    "ANALYZER_VERSION",
    "NO_WORDS",
    "ExactAnalyzer",
    "FoldedAnalyzer",
    "SnowballStemmer",
    "StemAnalyzer",
    "Stemmer",
    "TextAnalysis",
    "Token",
    "TokenAnalysis",
    "UserWords",
    "analysis",
    "chosen",
    "fold",
    "fold_value",
    "is_stop_word",
    "lexicon",
    "parse_words",
    "read_words",
    "snowball",
    "use_words",
    "words_in",
]
