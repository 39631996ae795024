"""How an endpoint is declared: one declaration both routes requests and is documented."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response
from werkzeug.datastructures import MultiDict

from index.bilingual import Text
from index.light_dataclass import dataclass
from search.request import SearchRequest
from web.arguments import read
from web.caching import by_generation
from web.current import current_request
from web.parameters import (
    ExportQuestion,
    HitsParameters,
    Parameters,
    RowsParameters,
    export_question,
    search_request,
)
from web.several import SearchesParameters, SeveralQuestions, several_questions

View = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that programs read with GET.

    ``path`` holds ``{id}`` where the id of an article stands. ``answer`` is the declared
    type of a JSON answer, or None for other media types and for any object. ``example`` is an
    address that can be tried.
    """

    name: str
    path: str
    summary: Text
    description: Text
    parameters: type[Parameters]
    media_type: str
    answer: type | None
    example: str
    reads_index: bool = True

    @property
    def searches(self) -> bool:
        """Whether the address takes a query and counts what matches."""
        return issubclass(self.parameters, HitsParameters)

    @property
    def exports(self) -> bool:
        """Whether the address gives all hits at once where it is asked to."""
        return issubclass(self.parameters, RowsParameters)

    @property
    def chooses(self) -> bool:
        """Whether the members of the answer may be chosen."""
        return "fields" in self.parameters.model_fields

    @property
    def finds_article(self) -> bool:
        """Whether the address names an article, which may not exist."""
        return self.has_id_in_path or "id" in self.parameters.model_fields

    @property
    def has_id_in_path(self) -> bool:
        """Whether the id of an article is part of the path."""
        return "{id}" in self.path


def route(blueprint: Blueprint, endpoint: Endpoint) -> Callable[[View], View]:
    """A decorator: the view answers the endpoint.

    The view is called with the parameters that were read, for a search with the question made of
    them, and with ``article_id`` where the path has one. Bad parameters are refused before it.
    """

    def decorate(view: View) -> View:
        made = by_generation(view) if endpoint.reads_index else view

        @wraps(view)
        def answer(**path: str) -> Response:
            return made(_question(endpoint.parameters, current_request().args), **path)

        rule = endpoint.path.replace("{id}", "<article:article_id>")
        blueprint.add_url_rule(rule, endpoint.name, answer)
        return view

    return decorate


def _question(
    parameters: type[Parameters], arguments: MultiDict[str, str]
) -> Parameters | SearchRequest | ExportQuestion | SeveralQuestions:
    if parameters is SearchesParameters:
        return several_questions(arguments)
    if issubclass(parameters, RowsParameters):
        return export_question(arguments, parameters)
    if issubclass(parameters, HitsParameters):
        return search_request(arguments, parameters)
    return read(parameters, arguments)
