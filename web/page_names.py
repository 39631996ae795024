"""The names that templates know beside what a page hands them: addresses, labels and formats."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from index.bilingual import Language
from index.fields import BY_NAME, COUNTED, LABELS, Facet, Period
from search.limits import MAX_DEPTH, MAX_QUERY_CHARACTERS
from search.request import Partial, SearchRequest, Sort
from web import assets, formatting, links
from web.current import current_request
from web.facet_parameters import MAX_VALUE_CHARACTERS, MAX_VALUES
from web.filter_lists import fits_filter
from web.language import PARAMETER, translations

DATELINE_FACETS = tuple(
    facet
    for facet in (*(one for one in Facet if one is not Facet.CATEGORY), Facet.CATEGORY)
    if BY_NAME[facet].prominent and facet is not Facet.SOURCE
)
"""What stands beside a hit, after its source and date."""


def names(language: Language) -> dict[str, object]:
    """What the templates in a language may name."""
    return {
        "dateline_facets": DATELINE_FACETS,
        "facet_label": {one: LABELS[one].in_language(language) for one in COUNTED}.__getitem__,
        "value_label": partial(formatting.value, language=language),
        "enumerate": enumerate,
        "Period": Period,
        "Facet": Facet,
        "Partial": Partial,
        "search_address": links.search_address,
        "advanced_address": links.advanced_address,
        "article_address": links.article_address,
        "url_for": links.path_to,
        "static_url": assets.static_url,
        "sorts": _sorts(language),
        "between": links.between,
        "unfiltered": links.unfiltered,
        "fits_filter": fits_filter,
        "longest_value": MAX_VALUE_CHARACTERS,
        "most_values": MAX_VALUES,
        "new_search": SearchRequest,
        "web_link": formatting.web_link,
        "web_host": formatting.web_host,
        "max_query_characters": MAX_QUERY_CHARACTERS,
        "max_depth": MAX_DEPTH,
        "bar_height": formatting.BAR_HEIGHT,
        "tallest": formatting.tallest,
        "in_language": _in_language,
        "theme": _theme,
        "typed": _typed,
    }


def filters(language: Language) -> dict[str, Callable[..., object]]:
    """What the templates in a language may have values written by."""
    return {
        "engine_html": formatting.engine_html,
        "paragraphs_html": formatting.paragraphs_html,
        "plain": formatting.plain,
        "unparted": formatting.unparted,
        "label": formatting.label,
        "headline": formatting.headline,
        "day": partial(formatting.day, language=language),
        "clock": partial(formatting.clock, language=language),
        "number": partial(formatting.number, language=language),
    }


def _sorts(language: Language) -> list[tuple[Sort, str]]:
    """The orders of hits and what they are called."""
    gettext = translations(language).ugettext
    return [
        (Sort.RELEVANCE, gettext("Most relevant")),
        (Sort.NEWEST, gettext("Newest")),
        (Sort.OLDEST, gettext("Oldest")),
    ]


def _typed() -> str:
    """The query that the address has, whatever else is asked."""
    return current_request().args.get("q", "")[:MAX_QUERY_CHARACTERS]


def _in_language(code: str) -> str:
    """The address of this page in another language."""
    arguments = [pair for pair in current_request().args.items(multi=True) if pair[0] != PARAMETER]
    return f"?{links.encoded([*arguments, (PARAMETER, code)])}"


def _theme() -> str:
    """``light`` or ``dark`` where the reader chose one, else empty: as the device is set."""
    request = current_request()
    chosen = request.cookies.get("theme", "") if "HTTP_COOKIE" in request.environ else ""
    return chosen if chosen in {"light", "dark"} else ""
