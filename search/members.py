"""Which members an answer holds: what ``fields=id,title,total`` names, for programs and tables.

Names of a hit's members choose what each hit holds, and those of the answer what stands beside the
hits. Where only names of a hit's are given, everything stands beside the hits; where only names of
the answer's are given, there are no hits, unless ``hits`` is among them. What says that an answer
is of another query than was typed, or not whole, stays: ``corrected`` and ``partial``. Two members
of hits are there only where they are named: ``body``, the whole text, and ``snippet``, the passage
as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from index.bilingual import Language, Text
from index.light_dataclass import dataclass
from search.errors import RequestError
from search.json_shapes import REFERENCE, Json, as_json, shape
from search.marked_html import plain_text
from search.request import SearchRequest
from search.response import Hit, SearchResponse

HITS = "hits"
"""The member of an answer that has its hits."""

_WARNINGS = ("corrected", "partial")
_MARKED = frozenset({"title_html", "snippet_html", "snippet"})
_OFFERED = frozenset({"suggestion", "offers"})
_WITHOUT_COUNTS = frozenset(
    {"query", "corrected", "total", "partial_total", "listed", "took_ms", "page", "per_page"}
    | {"next_cursor", HITS, "suggestion", "notes", "understood", "offers", "partial"}
    | {"generation"}
)
"""What an answer has though nothing is counted by facets and dates."""


@dataclass(frozen=True, slots=True)
class Members:
    """The members that were named, of each hit and of the answer; none: all but those on demand.

    Names stand in the order in which they were given, once each.
    """

    of_hits: tuple[str, ...] = ()
    of_answer: tuple[str, ...] = ()

    @property
    def some(self) -> bool:
        """Whether any were named."""
        return bool(self.of_hits or self.of_answer)

    @property
    def hits(self) -> bool:
        """Whether the answer has hits."""
        return bool(self.of_hits) or not self.of_answer or HITS in self.of_answer


ALL = Members()
"""Every member but those on demand."""


class UnknownMembers(RequestError):
    """``fields`` names what there is not; ``known`` has the names that there are."""

    def __init__(self, unknown: Iterable[str], known: Iterable[str]) -> None:
        given, names = ", ".join(unknown), ", ".join(known)
        super().__init__(
            "fields",
            given[:80],
            Text(f"names with commas between them, of {names}", f"nama dipisah koma, dari {names}"),
            Text(
                f"no such fields here: {given[:80]}; there are {names}",
                f"fields ini tidak ada di sini: {given[:80]}; yang ada {names}",
            ),
        )


@cache
def hit_names() -> tuple[str, ...]:
    """What a hit may hold, in its order."""
    return *_properties(Hit), "snippet"


@cache
def answer_names() -> tuple[str, ...]:
    """What an answer may hold, in its order."""
    return _properties(SearchResponse)


def _properties(declared: type) -> tuple[str, ...]:
    found = shape(declared)
    name = found.schema["$ref"].removeprefix(REFERENCE.format(name=""))
    return tuple(found.objects[name]["properties"])


def read_members(text: str, *, rows: bool = False, without: Iterable[str] = ()) -> Members:
    """The members that a text names, with commas or blanks between them; of no names: all.

    ``rows``: of hits alone, as where each is a row. ``without``: those that are not known here.
    Raises ``UnknownMembers``.
    """
    if not text:
        return ALL
    names = dict.fromkeys(name for name in re.split(r"[\s,]+", text) if name)
    left_out = set(without)
    of_hits = tuple(name for name in hit_names() if name not in left_out)
    of_answer = () if rows else (name for name in answer_names() if name not in left_out)
    known = (*of_hits, *of_answer)
    if unknown := [name for name in names if name not in known]:
        raise UnknownMembers(unknown, known)
    return Members(
        tuple(name for name in names if name in of_hits),
        tuple(name for name in names if name not in of_hits),
    )


def narrowed(request: SearchRequest, members: Members) -> SearchRequest:
    """The request that finds what the members need, and nothing that takes time beside it."""
    if not members.some:
        return request
    named = set(members.of_hits)
    counts, offers = request.facets, request.offers
    if members.of_answer:
        counts = not _WITHOUT_COUNTS.issuperset(members.of_answer)
        offers = not _OFFERED.isdisjoint(members.of_answer)
    return replace(
        request,
        facets=counts,
        offers=offers,
        snippets=members.hits and (not named or not named.isdisjoint(_MARKED)),
        bodies="body" in named,
        explain=request.explain or "explanation" in named,
    )


def answer_of(response: SearchResponse, members: Members, language: Language) -> Json:
    """The answer as JSON with the members that were named."""
    if not members.some:
        return as_json(response, language)
    document = as_json(replace(response, hits=()), language)
    document[HITS] = [hit_of(hit, members, language) for hit in response.hits]
    return chosen(document, members)


def chosen(document: Json, members: Members) -> Json:
    """Of the members of an answer, beside the hits, those that were named."""
    if not members.of_answer:
        return document
    warnings = [name for name in _WARNINGS if document.get(name)]
    names = dict.fromkeys((*members.of_answer, *warnings, *((HITS,) if members.hits else ())))
    return {name: document[name] for name in names if name in document}


def hit_of(hit: Hit, members: Members, language: Language) -> Json:
    """The hit as JSON with the members that were named."""
    if not members.of_hits:
        return as_json(hit, language)
    document: dict[str, Any] = {"body": "", **as_json(hit, language)}
    if "snippet" in members.of_hits:
        document["snippet"] = plain_text(hit.snippet_html)
    return {name: document[name] for name in members.of_hits}
