"""The answer, as web, command line and engines share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from index.fields import Facet


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One addend of a hit's score: which word, through which term of which field.

    ``feature`` is ``bm25``; ``lead``, what the term gains by how early it stands in the body;
    ``answers``, a word that answers to the query's question stand beside; ``pairs``, two words
    that are neighbours in the query and in the body's opening; or ``alike``, what lifts an article
    to the score of a better one that the query cannot tell from it. The last two have no field.
    """

    feature: str
    field: str
    word: str
    term: str
    value: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a score came about: ``factor`` times the sum of the parts' values is the score."""

    score: float
    factor: float
    parts: tuple[ScorePart, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One article in an answer.

    ``title_html`` and ``snippet_html`` are HTML, all escaped except the ``<mark>`` elements around
    matches. ``facets`` has those of which the article has a value. ``score`` is None where the
    order is by date. ``similar_count`` is the number of other matching articles with the same text.
    ``date`` is aware, in UTC.
    """

    id: str
    title: str
    title_html: str
    snippet_html: str
    url: str | None
    date: datetime | None
    facets: Mapping[Facet, str]
    score: float | None
    similar_count: int
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet and the number of matching articles that have it, were it not filtered."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class HistogramBin:
    """The matching articles of the days ``start`` to ``end``, both included, in Asia/Jakarta."""

    start: date
    end: date
    count: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader should know of an answer; ``search.messages`` has the sentences.

    ``position`` is the offset in the query, in characters, where the note belongs to a place.
    """

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    position: int | None = None


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """One page of hits and what is known of all of them."""

    query: str
    total: int
    took_ms: float
    page: int
    per_page: int
    next_cursor: str | None
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, tuple[FacetValue, ...]]
    histogram: tuple[HistogramBin, ...]
    suggestion: str | None
    notes: tuple[Note, ...]
    partial: bool
    generation: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion of what was typed: the whole text to search for, and how many titles have it."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What an index holds.

    ``bytes`` is its size on disk, ``terms`` counts distinct body stems; like ``segments`` they are
    None where the engine does not know them. ``version`` names the versions of schema and analyzer.
    """

    articles: int
    segments: int | None
    terms: int | None
    bytes: int | None
    generation: str
    published: datetime
    version: str
    oldest: datetime | None
    newest: datetime | None
    facets: Mapping[Facet, tuple[FacetValue, ...]]
