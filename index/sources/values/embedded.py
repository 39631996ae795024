"""Facts of an article that stand in an object of their own beside its text.

WordPress's API embeds the names of author and categories beside their numbers (``_embedded``);
corpora and crawls keep title, address and date apart (``metadata``, ``meta``, ``warc_headers``).
"""

from __future__ import annotations

from collections.abc import Mapping

from index.sources.columns.plan import FieldNames

EMBEDDED = "_embedded"
APART = frozenset(("metadata", "meta", "warc_headers"))
_FIELDS = ("title", "url", "date", "source", "author", "category", "place")


def with_embedded(values: Mapping[str, object]) -> Mapping[str, object]:
    """The record with the names in ``_embedded`` in place of the numbers."""
    embedded = values[EMBEDDED]
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


def with_facts(values: Mapping[str, object], names: FieldNames) -> Mapping[str, object]:
    """The record with what it has apart for the fields that it has not itself.

    A source that is an address, and no other address, is that of the article.
    """
    plan = names.plan(values)
    found: dict[str, object] = {}
    for key in values:
        held = values[key]
        if key not in APART or not isinstance(held, dict):
            continue
        inner = names.plan(held)
        missing = [field for field in _FIELDS if not plan[field]]
        found |= {f"{key}.{name}": held[name] for field in missing for name in inner[field]}
        source = held.get("source")
        if "url" in missing and not inner["url"] and _is_address(source):
            found[f"{key}.url"] = source
            found.pop(f"{key}.source", None)
    return {**values, **found} if found else values


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://"))


def _names(things: object) -> list[object]:
    if not isinstance(things, list):
        return []
    return [thing["name"] for thing in things if isinstance(thing, dict) and thing.get("name")]
