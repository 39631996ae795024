"""The pages that readers see: start, results and article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, abort, render_template, request
from flask.blueprints import BlueprintSetupState

from index.article import Article
from search.messages import sentence
from search.request import MAX_DEPTH, MAX_QUERY_CHARACTERS, Facet, SearchRequest, Sort
from search.response import FacetValue, SearchResponse
from web import assets, formatting, language, links
from web.parameters import search_request
from web.state import current_engine

blueprint = Blueprint("pages", __name__)

FEEDS = (("RSS", ".rss"), ("CSV", ".csv"), ("JSON", ".json"))
"""Other forms of the same results: what they are called and how their address ends."""

LONGEST_VALUE = 200
"""What ``web.parameters`` takes as the value of a filter."""

SIMILAR_ARTICLES = 6
START_FACETS = (Facet.CATEGORY, Facet.SOURCE, Facet.PLACE)
START_VALUES = 8


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the address of the same search without it."""

    facet: Facet
    value: str
    address: str


@dataclass(frozen=True, slots=True)
class Paging:
    """Where the page stands among those that can be opened."""

    page: int
    last: int
    window: list[int | None]
    cut: bool


@blueprint.get("/")
def start() -> str:
    """The search field and what the archive holds."""
    statistics = current_engine().statistics()
    shelves = [
        (facet, values)
        for facet in START_FACETS
        if (values := _usable(statistics.facets.get(facet, ()))[:START_VALUES])
    ]
    return render_template("start.html", statistics=statistics, shelves=shelves)


@blueprint.get("/search")
def search() -> str:
    """The results of a search. Raises ``RequestError`` and ``BadParameters``."""
    question = search_request(request.args, ignore_unknown=True)
    answer = current_engine().search(question)
    return render_template(
        "results.html",
        question=question,
        answer=answer,
        notes=[sentence(note, language.reader_language()) for note in answer.notes],
        stopped=answer.partial and all(note.code != "partial" for note in answer.notes),
        filters=[
            (facet, values) for facet in Facet if (values := _choices(facet, question, answer))
        ],
        chips=_chips(question),
        bars=formatting.bars(answer.histogram),
        paging=_paging(question, answer),
        kept=links.unfielded(question),
        feeds=[
            (name, links.search_address(links.at_page(question, 1), form)) for name, form in FEEDS
        ],
    )


@blueprint.get("/article/<article:article_id>")
def article(article_id: str) -> str:
    """One article, the words of the search that led to it highlighted."""
    question = search_request(request.args, ignore_unknown=True)
    engine = current_engine()
    found = engine.article(article_id)
    if found is None:
        abort(404)
    similar = engine.similar(article_id, SIMILAR_ARTICLES)
    return render_template(
        "article.html",
        article=found,
        question=question,
        title_html=engine.highlight(question.query, formatting.headline(found.title)),
        paragraphs_html=[engine.highlight(question.query, text) for text in _paragraphs(found)],
        similar=similar.hits if similar else (),
        came_from_search=question != SearchRequest(),
    )


@blueprint.get("/article/")
def article_by_parameter() -> str:
    """An article whose id cannot stand in a path; see ``article_address``."""
    return article(request.args.get("id", ""))


@blueprint.record_once
def _install(state: BlueprintSetupState) -> None:
    app = state.app
    language.install(app)
    assets.install(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        Facet=Facet,
        Sort=Sort,
        search_address=links.search_address,
        article_address=links.article_address,
        at_page=links.at_page,
        asking=links.asking,
        sorted_by=links.sorted_by,
        between=links.between,
        unfiltered=links.unfiltered,
        longest_value=LONGEST_VALUE,
        new_search=SearchRequest,
        web_link=formatting.web_link,
        web_host=formatting.web_host,
        max_query_characters=MAX_QUERY_CHARACTERS,
        max_depth=MAX_DEPTH,
        bar_height=formatting.BAR_HEIGHT,
        in_language=_in_language,
        theme=_theme,
    )
    app.jinja_env.filters.update(
        engine_html=formatting.engine_html,
        plain=formatting.plain,
        label=formatting.label,
        headline=formatting.headline,
        day=lambda moment: formatting.day(moment, language.reader_language()),
        month=lambda moment: formatting.month(moment, language.reader_language()),
        clock=lambda moment: formatting.clock(moment, language.reader_language()),
        number=lambda value: formatting.number(value, language.reader_language()),
    )


def _in_language(code: str) -> str:
    """The address of this page in another language."""
    arguments = [pair for pair in request.args.items(multi=True) if pair[0] != language.PARAMETER]
    return f"?{urlencode([*arguments, (language.PARAMETER, code)])}"


def _theme() -> str:
    """``light`` or ``dark`` where the reader chose one, else empty: as the device is set."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""


def _paragraphs(article: Article) -> list[str]:
    return [text for line in article.body.split("\n") if (text := line.strip())]


def _usable(values: Sequence[FacetValue]) -> list[FacetValue]:
    """The values that a filter takes, the selected ones first."""
    short = [value for value in values if 0 < len(value.value) <= LONGEST_VALUE]
    return sorted(short, key=lambda value: not value.selected)


def _choices(facet: Facet, question: SearchRequest, answer: SearchResponse) -> list[FacetValue]:
    """The values to tick, also those that are set and fit no article, or a form would drop them."""
    counted = answer.facets.get(facet, ())
    known = {entry.value.casefold() for entry in counted if entry.selected}
    chosen = getattr(question, facet.value)
    unknown = [FacetValue(value, 0, True) for value in chosen if value.casefold() not in known]
    return _usable((*counted, *unknown))


def _chips(question: SearchRequest) -> list[Chip]:
    return [
        Chip(facet, value, links.search_address(links.without(question, facet, value)))
        for facet in Facet
        for value in getattr(question, facet.value)
    ]


def _paging(question: SearchRequest, answer: SearchResponse) -> Paging:
    filled = -(-answer.total // question.per_page)
    last = max(1, min(filled, MAX_DEPTH // question.per_page))
    return Paging(
        page=question.page,
        last=last,
        window=formatting.page_window(min(question.page, last), last),
        cut=filled > last,
    )
