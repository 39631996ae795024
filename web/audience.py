"""Which addresses are for programs and which are for people."""

from __future__ import annotations

from werkzeug.routing import BaseConverter

_FORMATS = frozenset(
    {"/search.json", "/search.jsonl", "/search.rss", "/search.atom", "/search.csv"}
)

SEVERAL = "/api/v1/searches"
"""Where one request may have several queries."""

PROBED = frozenset({"/healthz", "/readyz"})
"""What tells whether the process lives and can answer."""

OPERATIONS = PROBED | {"/metrics"}
"""What only the operator's monitors ask."""

_WITHOUT_KEY = frozenset({"/search.rss", "/search.atom", "/api/v1/suggest", "/api/v1/openapi.json"})


TOTAL = "Warta-Total"
PARTIAL_TOTAL = "Warta-Partial-Total"
CORRECTED = "Warta-Corrected"
CUT_SHORT = "Warta-Partial"
"""The headers with the two counts of a search, for formats that have no place for them.

And, where that is so: the query that was searched for in the place of the one typed,
percent-encoded, and that an answer was cut short or an export has not all that there is.
"""


def for_programs(path: str) -> bool:
    """Whether the path is of the API or a feed: readable from any origin, errors as documents."""
    return path.startswith("/api/") or path in _FORMATS


def wants_problem(path: str) -> bool:
    """Whether an error at the path is answered with a problem document, not a page."""
    return for_programs(path) or path in OPERATIONS


def is_unlimited(path: str) -> bool:
    """Whether requests for the path are not counted: static files and what monitors ask."""
    return path.startswith("/static/") or path in OPERATIONS


def needs_key(path: str) -> bool:
    """Whether the path takes a read key where keys are required.

    Feed readers can send none, the page's own search box asks for suggestions, and the description
    of the API says how to come by a key.
    """
    return for_programs(path) and path not in _WITHOUT_KEY


class IdConverter(BaseConverter):
    """The id of an article in a path: any characters, such as those of a URL.

    Werkzeug's own ``path`` converter takes neither a leading slash nor a line break.
    """

    part_isolating = False
    regex = r"(?s:.+?)"
    weight = 200
