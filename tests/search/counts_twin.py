"""What an answer says of values, years, months and days, counted an article at a time.

Which articles have all words of the query and which have some is told by the engine where nothing
is filtered; everything that filters do is done here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from index.analysis import fold_value
from index.analysis.plain_letters import in_plain_letters
from index.article import Article
from index.dates import WIB
from index.fields import COUNTED, Counted, Facet, Period
from search.request import FacetSort, Partial, SearchRequest
from tests.search.values_twin import meant


@dataclass(frozen=True, slots=True)
class Archive:
    """The articles of an index, and the values of them all as facets write them, by folded ones."""

    articles: Collection[Article]
    values: Mapping[Counted, Mapping[str, str]]


def archive_of(articles: Collection[Article]) -> Archive:
    """The archive of the articles."""
    values = {
        one: {fold_value(value): value for each in articles if (value := _written(each, one))}
        for one in COUNTED
    }
    return Archive(articles, values)


def value_of(article: Article, one: Counted) -> str:
    """The folded value that an article has, empty for none."""
    return fold_value(_written(article, one))


def _written(article: Article, one: Counted) -> str:
    if isinstance(one, Facet):
        return getattr(article, one) or ""
    if article.date is None:
        return ""
    day = article.date.astimezone(WIB).date().isoformat()
    return day[:4] if one is Period.YEAR else day[:7]


def stands_for(archive: Archive, one: Counted, texts: Iterable[str]) -> set[str]:
    """The folded values that the texts of a filter stand for."""
    return set(_stands_for(tuple(archive.values[one].values()), tuple(texts)))


@cache
def _stands_for(values: tuple[str, ...], texts: tuple[str, ...]) -> frozenset[str]:
    found: set[str] = set()
    for text in texts:
        whole = meant(text, values, whole=True)
        if not whole and text.startswith("="):
            found |= meant(text[1:], values, whole=True)
        else:
            found |= whole or meant(text, values)
    return frozenset(found)


def passes(archive: Archive, article: Article, request: SearchRequest, but: object = None) -> bool:
    """Whether the request's filters, but for one facet's or period's, let the article pass."""
    day = None if article.date is None else article.date.astimezone(WIB).date()
    if (request.date_from or request.date_to) and day is None:
        return False
    if day and request.date_from and day < request.date_from:
        return False
    if day and request.date_to and day > request.date_to:
        return False
    for one in COUNTED:
        if one is but:
            continue
        value = value_of(article, one)
        chosen, left_out = request.chosen.get(one, ()), request.left_out.get(one, ())
        if chosen and value not in stands_for(archive, one, chosen):
            return False
        if value and value in stands_for(archive, one, left_out):
            return False
    return True


def counted(
    archive: Archive,
    complete: Collection[str],
    some: Collection[str],
    request: SearchRequest,
    but: object = None,
) -> list[Article]:
    """The articles that are counted; ``complete`` and ``some``: the ids of those that match."""
    passing = [one for one in archive.articles if passes(archive, one, request, but)]
    having_all = [one for one in passing if one.id in complete]
    having_some = [one for one in passing if one.id in some]
    match request.partial:
        case Partial.WITH:
            return having_all + having_some
        case Partial.OFF:
            return having_all
    return having_all or having_some


def counts(
    archive: Archive,
    complete: Collection[str],
    some: Collection[str],
    request: SearchRequest,
    one: Counted,
) -> Mapping[str, int]:
    """How many articles have each folded value, or how many texts where equal ones are folded."""
    having: dict[str, set[str]] = defaultdict(set)
    for article in counted(archive, complete, some, request, one):
        if value := value_of(article, one):
            having[value].add(article.body if request.collapse else article.id)
    return {value: len(articles) for value, articles in having.items()}


def listed(
    archive: Archive, request: SearchRequest, one: Counted, found: Mapping[str, int]
) -> tuple[list[tuple[str, int, bool, bool]], int]:
    """The folded values that the answer has of a facet, and how many there are."""
    query = request.facet_query.strip()
    values = archive.values[one]
    fitting = [value for value in found if not query or _has(one, values, value, query)]
    fitting.sort()
    if isinstance(one, Period):
        if request.facet_sort is FacetSort.COUNT:
            fitting.reverse()
    elif request.facet_sort is FacetSort.COUNT:
        fitting.sort(key=lambda value: -found[value])
    shown = fitting[request.facet_offset : request.facet_offset + request.facet_limit]
    selected = stands_for(archive, one, request.chosen.get(one, ()))
    excluded = stands_for(archive, one, request.left_out.get(one, ()))
    if not (query or request.facet_offset):
        more = (selected | excluded).difference(shown)
        shown += sorted(more, key=lambda value: (-found.get(value, 0), value))
    return [
        (value, found.get(value, 0), value in selected, value in excluded) for value in shown
    ], len(fitting)


@cache
def _meant(text: str, values: tuple[str, ...], *, whole: bool) -> set[str]:
    return meant(text, values, whole=whole)


_MONTHS = (
    *("januari january", "februari february", "maret march", "april", "mei may", "juni june"),
    *("juli july", "agustus august", "september", "oktober october", "november"),
    "desember december",
)


def _has(one: Counted, values: Mapping[str, str], value: str, query: str) -> bool:
    """Whether a value has the text in it, or is among what it stands for."""
    whole = query.startswith("=")
    if value in _meant(query.removeprefix("="), tuple(values.values()), whole=whole):
        return True
    letters = in_plain_letters(value)
    if one is Period.MONTH:
        letters += f" {_MONTHS[int(value[5:]) - 1]} {value[:4]}"
    pieces = in_plain_letters(fold_value(query)).split()
    return all(piece in letters for piece in pieces)
