"""The query language row by row: what each query means, and what readers are told of it.

README's table of queries, docs/queries.md and the page of help are made of it, and the parser is
tested by it. A module is a section.
"""

from __future__ import annotations

from search.query.specification import (
    alternatives,
    broken,
    dates,
    exact,
    excluding,
    facets,
    fields,
    foreign,
    hostile,
    pasted,
    patterns,
    phrases,
    proximity,
    words,
)
from search.query.specification.row import Row, Section

SECTIONS: tuple[Section, ...] = tuple(
    module.SECTION
    for module in (
        words,
        phrases,
        exact,
        excluding,
        alternatives,
        fields,
        facets,
        dates,
        proximity,
        patterns,
        foreign,
        broken,
        pasted,
        hostile,
    )
)
"""All of the language, in the order in which it is explained."""

__all__ = ["SECTIONS", "Row", "Section"]
