"""Titles and snippets of a page with matches marked, while the time of its answer lasts."""

from __future__ import annotations

from search.budget import HIT, Budget
from search.marking import Marker
from search.marking.passages import title_and_passage, titles_and_passages

_AT_ONCE = 10
"""So many hits are marked before the clock is asked again: some milliseconds of long articles."""


def marked(
    titles: list[str], bodies: list[str | bytes], marker: Marker, budget: Budget
) -> list[tuple[str, str]]:
    """Titles and snippets with matches marked; nothing is marked from where the budget is spent.

    Raises UnicodeDecodeError.
    """
    found: list[tuple[str, str]] = []
    for at in range(0, len(titles), _AT_ONCE):
        some, theirs = titles[at : at + _AT_ONCE], bodies[at : at + _AT_ONCE]
        cost = HIT * len(some)
        if budget.lasts(cost):
            budget.work += cost
            found += titles_and_passages(some, theirs, marker.sought, marker.work)
            continue
        for title, body in zip(some, theirs, strict=True):
            budget.work += HIT
            within = not budget.spent()
            found.append(title_and_passage(title, body, marker.sought, marker.work, marked=within))
    return found
