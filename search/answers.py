"""Answers as JSON objects, the same from the command line and the HTTP API.

``web/api/shapes.py`` describes them for the API's documentation; its tests hold the two together.
"""

from __future__ import annotations

from datetime import datetime

from index.analysis import TokenAnalysis
from index.article import Article
from index.bilingual import Language
from index.dates import iso_date
from index.fields import Facet
from search.messages import sentence
from search.response import Explanation, FacetValue, Hit, SearchResponse, Statistics, Suggestion

Json = dict[str, object]
"""A JSON object."""


def search_answer(response: SearchResponse, language: Language) -> Json:
    """One page of hits; the notes are in the language."""
    return {
        "query": response.query,
        "total": response.total,
        "took_ms": response.took_ms,
        "page": response.page,
        "per_page": response.per_page,
        "next_cursor": response.next_cursor,
        "hits": [_hit(hit) for hit in response.hits],
        "facets": {facet.value: _values(values) for facet, values in response.facets.items()},
        "histogram": [
            {"start": bin_.start.isoformat(), "end": bin_.end.isoformat(), "count": bin_.count}
            for bin_ in response.histogram
        ],
        "suggestion": response.suggestion,
        "notes": [
            {"code": note.code, "message": sentence(note, language), "position": note.position}
            for note in response.notes
        ],
        "partial": response.partial,
        "generation": response.generation,
    }


def article_answer(article: Article) -> Json:
    """The whole article."""
    return {
        "id": article.id,
        "title": article.title,
        "body": article.body,
        "date": _date(article.date),
        "url": article.url,
        **{facet.value: getattr(article, facet) for facet in Facet},
    }


def suggestions_answer(suggestions: list[Suggestion]) -> Json:
    """The completions in the engine's order."""
    return {"suggestions": [{"text": found.text, "count": found.count} for found in suggestions]}


def analysis_answer(tokens: list[TokenAnalysis]) -> Json:
    """The words in the text's order."""
    return {
        "tokens": [
            {
                "text": token.text,
                "start": token.start,
                "end": token.end,
                "position": token.position,
                "surface": token.surface,
                "stem": token.stem,
                "term": token.term,
                "rule": token.rule,
                "parts": list(token.parts),
            }
            for token in tokens
        ]
    }


def statistics_answer(statistics: Statistics) -> Json:
    """What the index holds."""
    return {
        "articles": statistics.articles,
        "segments": statistics.segments,
        "terms": statistics.terms,
        "bytes": statistics.bytes,
        "generation": statistics.generation,
        "published": statistics.published.isoformat(),
        "version": statistics.version,
        "oldest": _date(statistics.oldest),
        "newest": _date(statistics.newest),
        "facets": {facet.value: _values(values) for facet, values in statistics.facets.items()},
    }


def _date(moment: datetime | None) -> str | None:
    return iso_date(moment) if moment else None


def _hit(hit: Hit) -> Json:
    return {
        "id": hit.id,
        "title": hit.title,
        "title_html": hit.title_html,
        "snippet_html": hit.snippet_html,
        "url": hit.url,
        "date": _date(hit.date),
        **{facet.value: hit.facets.get(facet) for facet in Facet},
        "score": hit.score,
        "similar_count": hit.similar_count,
        "explanation": _explanation(hit.explanation) if hit.explanation else None,
    }


def _explanation(explanation: Explanation) -> Json:
    return {
        "score": explanation.score,
        "factor": explanation.factor,
        "parts": [
            {
                "feature": part.feature,
                "field": part.field,
                "word": part.word,
                "term": part.term,
                "value": part.value,
            }
            for part in explanation.parts
        ],
    }


def _values(values: tuple[FacetValue, ...]) -> list[Json]:
    return [
        {"value": value.value, "count": value.count, "selected": value.selected} for value in values
    ]
