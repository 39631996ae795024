"""Articles as news agencies send them: NITF and NewsML-G2 (https://iptc.org/standards/)."""

from __future__ import annotations

from index.sources.formats.feeds.elements import Element, attribute, content, name_of

RECORDS = ("newsItem", "NewsItem", "nitf")
"""The elements that hold one article, the outermost first: NewsML may have NITF inside."""

_BODIES = ("body.content", "inlineXML", "inlineData", "DataContent")
_TITLES = ("hl1", "headline", "HeadLine", "hedline", "title")
_DATES = ("date.issue", "story.date", "firstCreated", "contentCreated", "versionCreated")
_OLD_DATES = ("FirstCreated", "ThisRevisionCreated", "DateLine")
_AUTHORS = ("byttl", "by", "byline", "ByLine", "creator")
_SOURCES = ("provider", "creditline", "CreditLine", "distributor", "copyright.holder")
_PLACES = ("location", "located", "city")
_SECTIONS = ("subject", "tobject.subject", "genre")


def values_of(item: Element) -> dict[str, object]:
    """The fields of an article of an agency."""
    by_name: dict[str, list[Element]] = {}
    for element in item.iter():
        by_name.setdefault(name_of(element), []).append(element)
    person = [element for element in by_name.get("person", ()) if _inside(element, "byline")]
    values = {
        "title": _first(by_name, _TITLES),
        "body": next((text for text in map(_body, _found(by_name, _BODIES)) if text), ""),
        "date": _first(by_name, (*_DATES, *_OLD_DATES)),
        "author": content(person[0]).strip() if person else _first(by_name, _AUTHORS),
        "source": _first(by_name, _SOURCES),
        "place": _first(by_name, _PLACES),
        "category": _first(by_name, _SECTIONS),
        "id": attribute(item, "guid") or _doc_id(by_name),
    }
    return {name: value for name, value in values.items() if value}


def _found(by_name: dict[str, list[Element]], names: tuple[str, ...]) -> list[Element]:
    return [element for name in names for element in by_name.get(name, ())]


def _first(by_name: dict[str, list[Element]], names: tuple[str, ...]) -> str:
    """The first text; of an element without one its name inside, or its attributes."""
    for element in _found(by_name, names):
        named = [child for child in element if name_of(child) in {"name", "hl1"}]
        text = "".join((named[0] if named else element).itertext())
        text = " ".join(text.split()) or attribute(element, "norm") or attribute(element, "literal")
        if text:
            return text
    return ""


def _body(element: Element) -> str:
    """The paragraphs; of a whole page or a whole NITF inside only those of its body."""
    for inner in element.iter():
        if inner is not element and name_of(inner) in {"body.content", "body"}:
            return content(inner).strip()
    return content(element).strip()


def _inside(element: Element, name: str) -> bool:
    return any(name_of(parent) == name for parent in element.iterancestors())


def _doc_id(by_name: dict[str, list[Element]]) -> str:
    return next(
        (attribute(element, "id-string") for element in by_name.get("doc-id", ())),
        _first(by_name, ("NewsItemId",)),
    )
