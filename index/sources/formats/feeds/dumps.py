"""XML of any other making: an element that comes again and again and holds an article's fields.

A field is an element or an attribute with a name that is known (``<isi>``), or an element whose
attribute ``name`` is (``<field name="isi">``, as databases and Solr export). ``find_record`` sees
in the file's beginning which element that is.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from index.patterns import on_use
from index.sources.columns.plan import FieldNames
from index.sources.formats.feeds.elements import (
    Element,
    attribute,
    content,
    name_of,
    parse_beginning,
)

SAMPLE = 2**20
"""So many characters are looked at to find the element that is an article."""

_NAMED = {
    *("field", "column", "col", "str", "arr", "date", "int", "long", "float", "double", "bool"),
    *("property", "value", "data", "attr", "attribute", "cell", "entry", "lst", "var"),
}
_INLINE = {
    *("p", "b", "i", "u", "em", "strong", "a", "br", "span", "div", "h1", "h2", "h3", "h4", "ul"),
    *("ol", "li", "img", "blockquote", "sup", "sub", "font", "figure", "table", "section", "small"),
}
_DEEPEST = 3
_TAGS_NAMED = 1000  # that are looked at for what is told of a file without articles
_MOST_NAMED = 20
_RENAMED = {"docno": "id", "docid": "id", "hl1": "title", "hedline": "title", "loc": "url"}
_CODED = on_use(r"_x([0-9A-Fa-f]{4})_")
"""A character that no name may have, as Access and SQL Server write it: ``Isi_x0020_Berita``."""

_XML_NAME = on_use(r"[A-Za-z_][\w.:\-]*+")
_START = on_use(r"<[A-Za-z_]")
_TAG = on_use(r"<(/?)([A-Za-z_][\w.\-]*(?::[\w.\-]+)?)(?=[\s/>])[^<>]*>")


@dataclass(slots=True)
class _Seen:
    """An element name of the sample."""

    first: Element
    known: int = 0
    count: int = 0
    depth: int = 0


def find_record(sample: str, names: FieldNames) -> str | None:
    """The name, with its prefix, of the element that holds an article; None where none does.

    It is the one with most of an article's fields among its children, a body at least; of several
    the one that comes most, then the outermost.
    """
    start = _START.search(sample)
    root = parse_beginning(sample[start.start() :]) if start else None
    if root is None:
        return None
    seen: dict[str, _Seen] = {}
    for element in root.iter():
        name = name_of(element)
        if not name or (name.lower() in _INLINE and name != "table"):
            continue
        plan = names.plan(_keys(element))
        if not plan["body"]:
            continue
        facts = seen.setdefault(_written(element), _Seen(element))
        facts.known = max(facts.known, sum(1 for keys in plan.values() if keys))
        facts.count += 1
        facts.depth = facts.depth or _depth(element)
    if not seen:
        return None
    best = max(seen, key=lambda name: (seen[name].known, seen[name].count, -seen[name].depth))
    found = seen[best].first
    for _ in range(_DEEPEST):
        around = _completing(found, names)
        if around is None:
            break
        best, found = _written(around), around
    return best


def _completing(record: Element, names: FieldNames) -> Element | None:
    """The element around a record that holds nothing but it and fields that the record has not."""
    around = record.getparent()
    if around is None or around.getparent() is None:
        return None
    alike = [child for child in around if child.tag == record.tag]
    known = {field for field, keys in names.plan(_keys(around)).items() if keys}
    inside = {field for field, keys in names.plan(_keys(record)).items() if keys}
    adds = bool({"title", "url"} & (known - inside)) and not {"title", "date"} & known & inside
    return around if len(alike) == 1 and adds else None


def _keys(element: Element) -> list[str]:
    """The names of its fields."""
    keys = {
        _RENAMED.get(name.lower(), name)
        for name in (key.rpartition("}")[2] for key, _ in element.items())
    }
    return [*keys, *dict.fromkeys(filter(None, map(_key, element)))]


def elements_there_are(sample: str) -> str:
    """The names of the first elements, for people who look for the one that holds the body."""
    tags = (tag[2] for tag in itertools.islice(_TAG.finditer(sample), _TAGS_NAMED) if not tag[1])
    return ", ".join(itertools.islice(dict.fromkeys(tags), _MOST_NAMED))


def nests(sample: str, name: str) -> bool:
    """Whether elements of this name stand in each other; those that are never closed do not."""
    depth = deepest = closings = 0
    for tag in _TAG.finditer(sample):
        if tag[2] == name and not tag[0].endswith("/>"):
            depth += -1 if tag[1] else 1
            closings += tag[1] != ""
            deepest = max(deepest, depth)
    return deepest > 1 and closings > depth


def _written(element: Element) -> str:
    tag: str = element.tag
    local = tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


def _depth(element: Element) -> int:
    return sum(1 for _ in element.iterancestors())


def values_of(element: Element) -> dict[str, object]:
    """The fields of a record, those of the groups inside it, too."""
    values: dict[str, object] = {}
    for key, text in element.items():
        name = key.rpartition("}")[2]
        values[_RENAMED.get(name.lower(), name)] = text
    _gather(element, values, _DEEPEST)
    return {
        key: held[0] if isinstance(held, list) and len(held) == 1 else held
        for key, held in values.items()
    }


def _gather(element: Element, values: dict[str, object], depth: int) -> None:
    own: dict[str, list[str]] = {}
    groups: list[Element] = []
    for child in element:
        key = _key(child)
        if not key:
            continue
        if depth and len(child) and _is_group(child):
            groups.append(child)
            continue
        texts = _texts(child)
        if any(text.strip() for text in texts):
            own.setdefault(key, []).extend(texts)
        else:
            own.setdefault(key, [])
    for key, found in own.items():
        values.setdefault(key, found or "")
    for group in groups:
        _gather(group, values, depth - 1)


def _key(child: Element) -> str:
    name = name_of(child)
    written = attribute(child, "name")
    if written and name.lower() in _NAMED and _XML_NAME.match(written):
        return _RENAMED.get(written.lower(), written)
    if "_x" in name:
        name = _CODED.sub(lambda match: chr(int(match[1], 16)), name)
    return _RENAMED.get(name.lower(), name)


def _is_group(element: Element) -> bool:
    """Its children are fields: different names, none of them HTML's."""
    children = [_key(child) for child in element]
    plain = [name_of(child).lower() for child in element]
    return not _INLINE.intersection(plain) and (
        len(set(children)) > 1 or (len(children) == 1 and not (element.text or "").strip())
    )


def _texts(element: Element) -> list[str]:
    """The text, or those of the elements that are its paragraphs or values."""
    if not len(element):
        text = content(element)
        if not text.strip():
            named = "" if _key(element) != name_of(element) else attribute(element, "name")
            text = named or attribute(element, "value")
        return [text]
    inside = [name_of(child).lower() for child in element]
    listed = len(set(inside)) == 1 and inside[0] not in _INLINE
    if listed and not (element.text or "").strip():
        return [content(child) for child in element]
    return [content(element)]
