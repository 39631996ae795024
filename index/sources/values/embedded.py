"""The names that WordPress's API embeds beside the numbers of author and categories."""

from __future__ import annotations

from collections.abc import Mapping


def with_embedded(values: Mapping[str, object]) -> Mapping[str, object]:
    """The record with the names in ``_embedded`` in place of the numbers."""
    embedded = values["_embedded"]
    if not isinstance(embedded, dict):
        return values
    named = dict(values)
    authors = _names(embedded.get("author"))
    if authors and isinstance(values.get("author"), (int, type(None))):
        named["author"] = authors
    terms = embedded.get("wp:term")
    flat = (
        [term for group in terms if isinstance(group, list) for term in group]
        if isinstance(terms, list)
        else []
    )
    categories = _names(
        [term for term in flat if isinstance(term, dict) and term.get("taxonomy") == "category"]
    )
    if categories:
        named["categories"] = categories
    return named


def _names(things: object) -> list[object]:
    if not isinstance(things, list):
        return []
    return [thing["name"] for thing in things if isinstance(thing, dict) and thing.get("name")]
