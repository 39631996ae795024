"""The pages that readers see: start, results and article."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, make_response, request
from flask.blueprints import BlueprintSetupState

from index.fields import BY_NAME, Facet
from index.light_dataclass import dataclass
from search.errors import RequestError
from search.limits import MAX_DEPTH, MAX_EXPORTED
from search.messages import sentence
from search.request import Partial, SearchRequest, Sort
from search.response import SearchResponse
from web import assets, filter_lists, formatting, language, links
from web.arguments import BadParameters
from web.asking import ask
from web.facet_parameters import MAX_VALUE_CHARACTERS, MAX_VALUES
from web.language import gettext
from web.page_question import read_question
from web.state import current_engine
from web.templating import render

blueprint = Blueprint("pages", __name__)

FEEDS = (("RSS", ".rss", "application/rss+xml"), ("Atom", ".atom", "application/atom+xml"))
"""What tells of new articles: what it is called, how its address ends and its media type."""

TABLES = (("CSV", ".csv"), ("JSON", ".json"))
"""Other forms of the same results: what they are called and how their address ends."""

SIMILAR_ARTICLES = 6
COPIES = 50
START_VALUES = 8

_BUT_CATEGORY = tuple(facet for facet in Facet if facet is not Facet.CATEGORY)
_PROMINENT = frozenset(facet for facet in Facet if BY_NAME[facet].prominent)

START_FACETS = tuple(facet for facet in (Facet.CATEGORY, *_BUT_CATEGORY) if facet in _PROMINENT)
"""What the archive can be browsed by."""

ARTICLE_FACETS = tuple(facet for facet in _BUT_CATEGORY if facet is not Facet.SOURCE)
"""What stands below the title of an article, after its source and date; its category is above."""


_FILTERS = frozenset({*Facet, *(f"exclude_{facet}" for facet in Facet)})
"""The parameters that filter by the values of a facet."""


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
        if (
            values := [
                one
                for one in statistics.facets.get(facet, ())
                if filter_lists.fits_filter(one.value)
            ][:START_VALUES]
        )
    ]
    return render("start.html", statistics=statistics, shelves=shelves)


@blueprint.get("/search")
def search() -> str:
    """The results of a search. Raises ``RequestError`` and ``BadParameters``."""
    question, swapped = read_question(facet_limit=filter_lists.FEW_MORE)
    answer = ask(question)
    addresses = links.Variations(question)
    return render(
        "results.html",
        question=question,
        answer=answer,
        said=any(not part.word for part in answer.understood),
        notes=list(notes(answer, swapped=swapped)),
        ways=question.partial is not Partial.FOLLOW or answer.partial_total > 0,
        partial_from=_partial_from(answer),
        left_out=_left_out(question, answer),
        without_filters=not answer.listed and _lists_without_filters(question),
        addresses=addresses,
        filters=filter_lists.filter_lists(addresses, answer),
        periods=filter_lists.periods(question, answer),
        chips=filter_lists.chips(question),
        bars=formatting.bars(answer.histogram, language.reader_language()),
        paging=_paging(question, answer),
        kept=links.unfielded(question),
        hit_address=links.article_addresses(question),
        days_address=links.days_addresses(question),
        feeds=[(name, addresses.sorted_by(Sort.NEWEST, form), kind) for name, form, kind in FEEDS],
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
    return render(
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
    page = render(
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
    language.install(state.app)
    assets.install(state.app)


def _advice(wrong: set[str]) -> str:
    if "q" in wrong:
        return gettext("The query is too long. Search for fewer words.")
    if wrong & {"year", "month", "exclude_year", "exclude_month"}:
        return gettext("Check the years and months: at most %(most)s, as 2023 and 2023-06.") % {
            "most": MAX_VALUES
        }
    if wrong & _FILTERS:
        return gettext(
            "A filter takes at most %(most)s values of at most %(characters)s characters."
            " Choose fewer."
        ) % {"most": MAX_VALUES, "characters": MAX_VALUE_CHARACTERS}
    if wrong & {"from", "to"}:
        return gettext("Check the dates: write them as 2023-06-01, 2023-06, 2023 or 16/06/2025.")
    if "page" in wrong:
        return gettext("There is no such page. Filters bring later results within reach.")
    return gettext("Something in the address of this page is not understood.")


def notes(answer: SearchResponse, *, swapped: bool) -> Iterator[str]:
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


def _lists_without_filters(question: SearchRequest) -> bool:
    """Whether the query alone lists anything, where it has filters."""
    return question.restricted and current_engine().search(links.unfiltered(question)).listed > 0


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
