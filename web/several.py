"""Several queries in one address: its parameters, and the questions that they ask."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, StringConstraints, create_model
from werkzeug.datastructures import MultiDict

from index.bilingual import Text
from index.light_dataclass import dataclass
from search.limits import MAX_QUERY_CHARACTERS
from search.members import Members, narrowed, read_members
from search.request import SearchRequest
from web.arguments import Help, read
from web.members_parameter import BODILESS, BODILESS_HELP, LENGTH
from web.parameters import Parameters, SearchParameters, request_of

MAX_QUERIES = 50
"""How many queries one request may have."""

_OF_ONE_QUERY = frozenset({"q", "page", "cursor", "per_page", "facets"})


def _queries() -> Any:
    several = Text(
        f"1 to {MAX_QUERIES} queries of at most {MAX_QUERY_CHARACTERS} characters",
        f"1 sampai {MAX_QUERIES} kueri dengan paling banyak {MAX_QUERY_CHARACTERS} karakter",
    )
    meaning = Text(
        "A query as typed, once for each. An empty one matches every article. All fit into one "
        "address.",
        "Kueri seperti diketik, sekali untuk masing-masing. Yang kosong cocok dengan semua "
        "artikel. Semuanya muat dalam satu alamat.",
    )
    query = Annotated[str, StringConstraints(max_length=MAX_QUERY_CHARACTERS)]
    return Annotated[
        tuple[query, ...],
        Field(min_length=1, max_length=MAX_QUERIES, examples=[["banjir Jakarta", "gempa"]]),
        Help(meaning, several, in_places=True),
    ]


def _of_each() -> dict[str, Any]:
    """Of what a search takes, what several take together, with fewer hits and no counts."""
    known = SearchParameters.model_fields
    per_page, facets = copy(known["per_page"]), copy(known["facets"])
    per_page.default, facets.default = 3, False
    return {
        "q": (_queries(), ...),
        "per_page": (int, per_page),
        "facets": (bool, facets),
        **{
            name: (field.annotation, field)
            for name, field in known.items()
            if name not in {*_OF_ONE_QUERY, "lang"}
        },
        "fields": (Annotated[str | None, BODILESS, LENGTH, BODILESS_HELP], None),
    }


if TYPE_CHECKING:

    class SearchesParameters(SearchParameters):
        """What several searches take together: each query, and all else once for all of them."""

        fields: str | None
else:
    SearchesParameters = create_model("SearchesParameters", __base__=Parameters, **_of_each())


@dataclass(frozen=True, slots=True)
class SeveralQuestions:
    """Several questions in their order, and what the answer to each holds."""

    requests: tuple[SearchRequest, ...]
    members: Members


def several_questions(arguments: MultiDict[str, str]) -> SeveralQuestions:
    """What the arguments of an address ask that has several queries. Raises ``BadParameters``."""
    parameters = read(SearchesParameters, arguments)
    members = read_members(parameters.fields or "")
    first = narrowed(request_of(parameters, ""), members)
    return SeveralQuestions(tuple(replace(first, query=one) for one in parameters.q), members)
