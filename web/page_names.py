"""The names that templates know beside what a page hands them: addresses, labels and formats."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request
from flask.sansio.app import App

from index.fields import BY_NAME, LABELS, Facet, Period
from search.limits import MAX_DEPTH, MAX_QUERY_CHARACTERS
from search.request import Partial, SearchRequest, Sort
from web import formatting, language, links
from web.facet_parameters import MAX_VALUE_CHARACTERS, MAX_VALUES
from web.filter_lists import fits_filter
from web.language import gettext

DATELINE_FACETS = tuple(
    facet
    for facet in (*(one for one in Facet if one is not Facet.CATEGORY), Facet.CATEGORY)
    if BY_NAME[facet].prominent and facet is not Facet.SOURCE
)
"""What stands beside a hit, after its source and date."""


def install(app: App) -> None:
    """Make the names known to the app's templates."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        dateline_facets=DATELINE_FACETS,
        facet_label=lambda one: LABELS[one].in_language(language.reader_language()),
        value_label=lambda one, value: formatting.value(one, value, language.reader_language()),
        Period=Period,
        Facet=Facet,
        Partial=Partial,
        search_address=links.search_address,
        advanced_address=links.advanced_address,
        article_address=links.article_address,
        sorts=_sorts,
        between=links.between,
        unfiltered=links.unfiltered,
        fits_filter=fits_filter,
        longest_value=MAX_VALUE_CHARACTERS,
        most_values=MAX_VALUES,
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


def _sorts() -> list[tuple[Sort, str]]:
    """The orders of hits and what they are called."""
    return [
        (Sort.RELEVANCE, gettext("Most relevant")),
        (Sort.NEWEST, gettext("Newest")),
        (Sort.OLDEST, gettext("Oldest")),
    ]


def _in_language(code: str) -> str:
    """The address of this page in another language."""
    arguments = [pair for pair in request.args.items(multi=True) if pair[0] != language.PARAMETER]
    return f"?{urlencode([*arguments, (language.PARAMETER, code)])}"


def _theme() -> str:
    """``light`` or ``dark`` where the reader chose one, else empty: as the device is set."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in {"light", "dark"} else ""
