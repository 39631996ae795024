"""The pages that readers see: start, results and article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from werkzeug.datastructures import MultiDict

from index.dates import local_today
from index.fields import BY_NAME, LABELS, Facet, Period
from search.errors import RequestError
from search.limits import MAX_DEPTH, MAX_EXPORTED, MAX_QUERY_CHARACTERS
from search.messages import sentence
from search.query.days import NotDays, first_day, last_day
from search.request import Partial, SearchRequest, Sort
from search.response import FacetValue, SearchResponse
from web import assets, filter_lists, formatting, language, links
from web.arguments import BadParameters
from web.asking import ask
from web.facet_parameters import MAX_VALUE_CHARACTERS
from web.language import gettext
from web.parameters import search_request
from web.state import current_engine

blueprint = Blueprint("pages", __name__)

FEEDS = (("RSS", ".rss", "application/rss+xml"), ("Atom", ".atom", "application/atom+xml"))
"""What tells of new articles: what it is called, how its address ends and its media type."""

TABLES = (("CSV", ".csv"), ("JSON", ".json"))
"""Other forms of the same results: what they are called and how their address ends."""

_FOR_PROGRAMS = frozenset(
    {"cursor", "explain", "facets", "facet_limit", "facet_offset", "facet_query", "facet_sort"}
)
"""Parameters of a search that a page neither shows nor passes on."""

SIMILAR_ARTICLES = 6
COPIES = 50
START_VALUES = 8

_BUT_CATEGORY = tuple(facet for facet in Facet if facet is not Facet.CATEGORY)
_PROMINENT = frozenset(facet for facet in Facet if BY_NAME[facet].prominent)

START_FACETS = tuple(facet for facet in (Facet.CATEGORY, *_BUT_CATEGORY) if facet in _PROMINENT)
"""What the archive can be browsed by."""

DATELINE_FACETS = tuple(
    facet
    for facet in (*_BUT_CATEGORY, Facet.CATEGORY)
    if facet in _PROMINENT and facet is not Facet.SOURCE
)
"""What stands beside a hit, after its source and date."""

ARTICLE_FACETS = tuple(facet for facet in _BUT_CATEGORY if facet is not Facet.SOURCE)
"""What stands below the title of an article, after its source and date; its category is above."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Where the page stands among those that can be opened; it may lie past the last one."""

    page: int
    last: int
    window: list[int | None]
    cut: bool

    @property
    def previous(self) -> int:
        """The page with results before this one, 0 where this is the first."""
        return min(self.page - 1, self.last)


@dataclass(frozen=True, slots=True)
class Rows:
    """How many results a file has that can be downloaded, and whether it lacks some."""

    count: int
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
    question, swapped = read_question()
    answer = ask(replace(question, facet_limit=filter_lists.FEW_MORE))
    latest = links.sorted_by(question, Sort.NEWEST)
    return render_template(
        "results.html",
        question=question,
        answer=answer,
        notes=list(_notes(answer, swapped=swapped)),
        ways=question.partial is not Partial.FOLLOW or answer.partial_total > 0,
        partial_from=_partial_from(answer),
        left_out=_left_out(question, answer),
        filters=filter_lists.filter_lists(question, answer),
        periods=filter_lists.periods(question, answer),
        chips=filter_lists.chips(question),
        bars=formatting.bars(answer.histogram, language.reader_language()),
        paging=_paging(question, answer),
        kept=links.unfielded(question),
        hit_address=links.article_addresses(question),
        days_address=links.days_addresses(question),
        feeds=[(name, links.search_address(latest, form), kind) for name, form, kind in FEEDS],
        tables=[(name, links.export_address(question, form)) for name, form in TABLES],
        rows=_rows(question, answer),
    )


@blueprint.get("/article/<article:article_id>")
def article(article_id: str) -> str:
    """One article, the words of the search that led to it highlighted."""
    try:
        question, _ = read_question()
    except BadParameters:
        # The article is there, whatever became of the search that led to it.
        question = SearchRequest()
    engine = current_engine()
    found = engine.article(article_id)
    if found is None:
        abort(404)
    copies = engine.copies(article_id, COPIES)
    same = {copy.id for copy in copies}
    # One of the copies stands for all of them among the similar ones.
    similar = engine.similar(article_id, SIMILAR_ARTICLES + 1, snippets=False)
    others = [hit for hit in similar.hits if hit.id not in same] if similar else []
    marker = engine.marker(question.query, correct=question.correct)
    title_html = marker.html(formatting.headline(found.title), title=True)
    body_html = marker.html(found.body)
    return render_template(
        "article.html",
        article=found,
        facts=[(facet, value) for facet in ARTICLE_FACETS if (value := getattr(found, facet))],
        question=question,
        title_html=title_html,
        body_html=body_html,
        unmarked=marker.work.partial,
        copies=copies,
        similar=others[:SIMILAR_ARTICLES],
        came_from_search=question != SearchRequest(),
    )


@blueprint.get("/article/")
def article_by_parameter() -> str:
    """An article whose id cannot stand in a path; see ``article_address``."""
    return article(request.args.get("id", ""))


@blueprint.errorhandler(BadParameters)
@blueprint.errorhandler(RequestError)
def not_understood(error: BadParameters | RequestError) -> Response:
    """What a reader can do about a search that is not allowed, without the words of the API."""
    if isinstance(error, BadParameters):
        wrong = {bad.parameter for bad in error.errors}
    else:
        wrong = {error.parameter}
    page = render_template(
        "error.html",
        status=400,
        title=gettext("This search cannot be done"),
        message=_advice(wrong),
        again=None if "q" in wrong else SearchRequest(query=request.args.get("q", "")),
    )
    response = make_response(page, 400)
    response.cache_control.no_store = True
    return response


@blueprint.record_once
def _install(state: BlueprintSetupState) -> None:
    app = state.app
    language.install(app)
    assets.install(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        dateline_facets=DATELINE_FACETS,
        facet_label=lambda one: LABELS[one].in_language(language.reader_language()),
        value_label=lambda one, value: formatting.value(one, value, language.reader_language()),
        Period=Period,
        Facet=Facet,
        Sort=Sort,
        Partial=Partial,
        search_address=links.search_address,
        advanced_address=links.advanced_address,
        article_address=links.article_address,
        at_page=links.at_page,
        asking_address=links.asking_address,
        sorted_by=links.sorted_by,
        with_partial=links.with_partial,
        undated_address=links.undated_address,
        uncorrected=links.uncorrected,
        between=links.between,
        unfiltered=links.unfiltered,
        longest_value=MAX_VALUE_CHARACTERS,
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
        paragraphs_html=formatting.paragraphs_html,
        plain=formatting.plain,
        label=formatting.label,
        headline=formatting.headline,
        day=lambda moment: formatting.day(moment, language.reader_language()),
        clock=lambda moment: formatting.clock(moment, language.reader_language()),
        number=lambda value: formatting.number(value, language.reader_language()),
    )


def read_question(own: frozenset[str] = frozenset()) -> tuple[SearchRequest, bool]:
    """The search that the address asks for, each filter once, and whether its days were swapped.

    ``own``: the parameters for programs that the page takes nevertheless. Raises ``BadParameters``.
    """
    passed_over = (_FOR_PROGRAMS - own) | {language.PARAMETER}
    arguments = MultiDict(
        pair for pair in request.args.items(multi=True) if pair[0] not in passed_over
    )
    first, last = arguments.get("from"), arguments.get("to")
    once_each = len(arguments.getlist("from")) == len(arguments.getlist("to")) == 1
    swapped = bool(first and last and _is_after(first, last)) and once_each
    if swapped:
        assert first
        assert last
        arguments["from"], arguments["to"] = last, first
    asked = search_request(arguments, ignore_unknown=True)
    once = replace(
        asked,
        filters={facet: _distinct(values) for facet, values in asked.filters.items()},
        excluded={facet: _distinct(values) for facet, values in asked.excluded.items()},
        years=_distinct(asked.years),
        months=_distinct(asked.months),
        excluded_years=_distinct(asked.excluded_years),
        excluded_months=_distinct(asked.excluded_months),
    )
    return once, swapped


def _is_after(first: str, last: str) -> bool:
    """Whether the days of one text lie after those of another; False where one names none."""
    today = local_today()
    with suppress(NotDays):
        return first_day(first, today) > last_day(last, today)
    return False


def _distinct(values: Sequence[str]) -> tuple[str, ...]:
    """The values without those that differ from an earlier one in nothing but case."""
    seen: dict[str, str] = {}
    for value in values:
        seen.setdefault(value.casefold(), value)
    return tuple(seen.values())


def _advice(wrong: set[str]) -> str:
    if "q" in wrong:
        return gettext("The query is too long. Search for fewer words.")
    if wrong & {"year", "month", "exclude_year", "exclude_month"}:
        return gettext("Check the years and months: write them as 2023 and 2023-06.")
    if wrong & {"from", "to"}:
        return gettext("Check the dates: write them as 2023-06-01, 2023-06, 2023 or 16/06/2025.")
    if "page" in wrong:
        return gettext("There is no such page. Filters bring later results within reach.")
    return gettext("Something in the address of this page is not understood.")


def _in_language(code: str) -> str:
    """The address of this page in another language."""
    arguments = [pair for pair in request.args.items(multi=True) if pair[0] != language.PARAMETER]
    return f"?{urlencode([*arguments, (language.PARAMETER, code)])}"


def _theme() -> str:
    """``light`` or ``dark`` where the reader chose one, else empty: as the device is set."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""


def _usable(values: Sequence[FacetValue]) -> list[FacetValue]:
    """The values that a filter takes."""
    return [value for value in values if len(value.value) <= MAX_VALUE_CHARACTERS]


def _notes(answer: SearchResponse, *, swapped: bool) -> Iterator[str]:
    """What the reader should know beside what the heading says."""
    if swapped:
        yield gettext("The dates were swapped: the first day lay after the last one.")
    said = {"relaxed", "none-with-all", *(("corrected",) if answer.corrected else ())}
    for note in answer.notes:
        if note.code not in said:
            yield sentence(note, language.reader_language())
    if answer.partial and all(note.code not in {"partial", "unmarked"} for note in answer.notes):
        yield gettext("The search was stopped before its end; results may be incomplete.")


def _partial_from(answer: SearchResponse) -> int | None:
    """The place of the hit of the page that follows the last of those with all the words.

    None where it is on another page, or where articles with some of the words come before it.
    """
    place = next((place for place, hit in enumerate(answer.hits) if hit.missing), None)
    if place is None or not answer.total:
        return None
    before = (answer.page - 1) * answer.per_page + place
    return place if before == answer.total else None


def _left_out(question: SearchRequest, answer: SearchResponse) -> int:
    """How many articles with only some of the words are on no page."""
    by_date = answer.total > 0 and question.sort is not Sort.RELEVANCE
    left_out = question.partial is Partial.OFF or (question.partial is Partial.FOLLOW and by_date)
    return answer.partial_total if left_out else 0


def _rows(question: SearchRequest, answer: SearchResponse) -> Rows:
    """What a file of the results has: all that is counted."""
    counted = answer.total or answer.partial_total
    if question.partial is Partial.WITH:
        counted = answer.total + answer.partial_total
    return Rows(min(counted, MAX_EXPORTED), counted > MAX_EXPORTED)


def _paging(question: SearchRequest, answer: SearchResponse) -> Paging:
    filled = -(-answer.listed // question.per_page)
    last = max(1, min(filled, MAX_DEPTH // question.per_page))
    return Paging(
        page=question.page,
        last=last,
        window=formatting.page_window(min(question.page, last), last),
        cut=filled > last,
    )
