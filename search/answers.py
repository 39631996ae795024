"""Answers as JSON objects, the same from the command line and the HTTP API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import orjson

from index.analysis import TokenAnalysis
from index.article import Article
from index.bilingual import Language, Text
from index.light_dataclass import dataclass
from search.export import Export
from search.json_shapes import Json, as_json, as_json_text, described
from search.many import Many
from search.members import ALL, Members, answer_of, chosen, hit_of
from search.response import Hit, SearchResponse, Statistics, Suggestion

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


def search_answer(response: SearchResponse, language: Language, members: Members = ALL) -> Json:
    """One page of hits, with the members that were named; the notes are in the language."""
    return answer_of(response, members, language)


def search_text(response: SearchResponse, language: Language, members: Members = ALL) -> bytes:
    """The same as JSON text."""
    if members.some:
        return orjson.dumps(search_answer(response, language, members))
    return as_json_text(response, language)


def export_answer(found: Export, language: Language, members: Members = ALL) -> Iterator[bytes]:
    """All hits in the shape of one page, as pieces of JSON; the hits of a batch are a piece.

    What is known only at the end stands there: ``next_cursor``, of what lies beyond the export, and
    ``took_ms``, of all its searches.
    """
    head = as_json(replace(found.first, hits=()), language)
    for late in ("hits", "took_ms", "next_cursor"):
        del head[late]
    pieces = orjson.dumps(chosen(head, members))[1:-1]
    yield b"{" + pieces + (b"," if pieces else b"") + b'"hits":['
    between, took_ms, cursor = b"", 0.0, None
    for batch in found.batches():
        if batch.hits:
            hits = [hit_of(hit, members, language) for hit in batch.hits]
            yield between + orjson.dumps(hits)[1:-1]
            between = b","
        took_ms += batch.took_ms
        cursor = batch.next_cursor
    end = chosen({"took_ms": took_ms, "next_cursor": cursor}, members)
    yield b"]," + orjson.dumps(end)[1:] if end else b"]}"


def hit_lines(hits: Iterable[Hit], language: Language, members: Members = ALL) -> bytes:
    """Hits as JSON, one a line."""
    lines = [orjson.dumps(hit_of(hit, members, language)) for hit in hits]
    return b"".join(line + b"\n" for line in lines)


def many_answer(many: Many, language: Language, members: Members = ALL) -> Json:
    """Several answers in the order of the queries."""
    document = as_json(replace(many, answers=()), language)
    document["answers"] = [
        None if one is None else answer_of(one, members, language) for one in many.answers
    ]
    return document


def article_answer(article: Article) -> Json:
    """The whole article."""
    return as_json(article)


def suggestions_text(suggestions: list[Suggestion]) -> bytes:
    """The completions in the engine's order."""
    return as_json_text(Suggestions(tuple(suggestions)))


def analysis_answer(tokens: list[TokenAnalysis]) -> Json:
    """The words in the text's order."""
    return as_json(Analysis(tuple(tokens)))


def statistics_answer(statistics: Statistics) -> Json:
    """What the index holds."""
    return as_json(statistics)
