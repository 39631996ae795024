"""Answers as JSON objects, the same from the command line and the HTTP API."""

from __future__ import annotations

from dataclasses import dataclass

from index.analysis import TokenAnalysis
from index.article import Article
from index.bilingual import Language, Text
from search.json_shapes import Json, as_json, described
from search.response import SearchResponse, Statistics, Suggestion

described(
    "ArticleAnswer",
    Text("A stored article.", "Artikel yang tersimpan."),
    without=("derived_title",),
)(Article)

described(
    "TokenAnswer", Text("One word of an analysed text.", "Satu kata dari teks yang dianalisis.")
)(TokenAnalysis)


@described(
    "SuggestionsAnswer",
    Text("Completions, the most frequent first.", "Saran pelengkap, yang tersering lebih dulu."),
)
@dataclass(frozen=True, slots=True)
class Suggestions:
    """Completions in the engine's order."""

    suggestions: tuple[Suggestion, ...]


@described(
    "AnalysisAnswer", Text("The words of a text, in order.", "Kata-kata sebuah teks, berurutan.")
)
@dataclass(frozen=True, slots=True)
class Analysis:
    """The words of a text in its order."""

    tokens: tuple[TokenAnalysis, ...]


def search_answer(response: SearchResponse, language: Language) -> Json:
    """One page of hits; the notes are in the language."""
    return as_json(response, language)


def article_answer(article: Article) -> Json:
    """The whole article."""
    return as_json(article)


def suggestions_answer(suggestions: list[Suggestion]) -> Json:
    """The completions in the engine's order."""
    return as_json(Suggestions(tuple(suggestions)))


def analysis_answer(tokens: list[TokenAnalysis]) -> Json:
    """The words in the text's order."""
    return as_json(Analysis(tuple(tokens)))


def statistics_answer(statistics: Statistics) -> Json:
    """What the index holds."""
    return as_json(statistics)
