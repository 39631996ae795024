"""Answers as JSON objects, the same from the command line and the HTTP API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import orjson

from index.analysis import TokenAnalysis
from index.article import Article
from index.bilingual import Language, Text
from search.export import Export
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
    Text("Completions, the likeliest first.", "Saran pelengkap, yang termungkin lebih dulu."),
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


def export_answer(found: Export, language: Language) -> Iterator[bytes]:
    """All hits in the shape of one page, as pieces of JSON; the hits of a batch are a piece.

    What is known only at the end stands there: ``next_cursor``, of what lies beyond the export, and
    ``took_ms``, of all its searches.
    """
    head = as_json(replace(found.first, hits=()), language)
    for late in ("hits", "took_ms", "next_cursor"):
        del head[late]
    yield orjson.dumps(head)[:-1] + b',"hits":['
    between, took_ms, cursor = b"", 0.0, None
    for batch in found.batches():
        if batch.hits:
            yield between + orjson.dumps([as_json(hit, language) for hit in batch.hits])[1:-1]
            between = b","
        took_ms += batch.took_ms
        cursor = batch.next_cursor
    yield b"]," + orjson.dumps({"took_ms": took_ms, "next_cursor": cursor})[1:]


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
