"""The text of one record of an XML file to an element of lxml, and what the element holds."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

from index.patterns import on_use
from index.sources.formats.markup.mending import carry, close_children, mend, restore

_NAMESPACE = on_use(r"""\b(xmlns(?::[\w.\-]{1,40})?)\s{0,9}=\s{0,9}("[^"<&]*+"|'[^'<&]*+')""")
_MISMATCHES = {"ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED"}
_HALF = on_use(r"&#(?:[xX]0*([dD][89a-fA-F][0-9a-fA-F]{2})|0*(5[5-7][0-9]{3}));")
"""A numbered half of a pair, by chance another character below 57,000."""
_HARMLESS = {"NS_ERR_UNDEFINED_NAMESPACE", "WAR_NS_URI", "WAR_NS_URI_RELATIVE", "NS_ERR_EMPTY"}

Element = Any
"""An element of lxml, which has no types."""


def namespaces(text: str) -> str:
    """The namespaces that the text declares, as attributes; of two for one prefix the first."""
    found: dict[str, str] = {}
    for name, value in _NAMESPACE.findall(text):
        found.setdefault(name, value)
    return " ".join(f"{name}={value}" for name, value in found.items())


def parse_beginning(text: str, declared: str = "") -> Element | None:
    """The element that begins with the text, with all that is in it so far."""
    return _parsed(mend(text)[0], declared)[0]


def parse(text: str, declared: str = "") -> tuple[Element | None, str]:
    """The element that the text is, and the first thing in it that had to be mended, or "".

    ``declared`` are the namespaces of the elements around it.
    """
    mended, faults = mend(text)
    element, errors = _parsed(mended, declared)
    if any(name in _MISMATCHES for name, _ in errors):
        rescued, _ = _parsed(mend(close_children(text))[0], declared)
        element = rescued if rescued is not None and len(rescued) else element
    faults += [message for name, message in errors if name not in _HARMLESS]
    return element, faults[0] if faults else ""


@cache
def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(
        recover=True,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _parsed(text: str, declared: str) -> tuple[Element | None, list[tuple[str, str]]]:
    from lxml import etree

    data = f"<w {carry(declared)}>{carry(text)}</w>".encode()
    try:
        wrapper = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        return None, [("", str(error))]
    errors = [(entry.type_name, entry.message) for entry in _parser().error_log]
    if _HALF.search(text) and not _is_readable(wrapper):
        # libxml2 began or ended a CDATA section elsewhere: it took for a character what is text.
        return _parsed(_HALF.sub(lambda found: carry(_character(found)), text), declared)
    return (wrapper[0] if wrapper is not None and len(wrapper) else None), errors


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16) if found[1] else int(found[2]))


def _is_readable(wrapper: Element | None) -> bool:
    """Whether all text can be read: halves of pairs are no UTF-8."""
    try:
        for node in () if wrapper is None else wrapper.iter():
            _ = node.text, node.tail, node.items()
    except UnicodeDecodeError:
        return False
    return True


def name_of(element: Element) -> str:
    """The name without namespace and prefix."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def content(element: Element) -> str:
    """What the element holds, as HTML where it has elements inside, else its text."""
    if not len(element):
        return restore(element.text or "")
    return restore(_inner_html(element))


def attribute(element: Element, name: str) -> str:
    """The attribute of this name, "" where there is none."""
    return restore(element.get(name) or "").strip()


def _inner_html(element: Element) -> str:
    """The elements inside with their plain names: a browser knows no prefixes."""
    from lxml import etree

    out = [html.escape(element.text or "", quote=False)]
    for event, node in etree.iterwalk(element, events=("start", "end")):
        name = name_of(node)
        if node is element or not name:
            continue
        if event == "end":
            out.append("" if name in {"br", "hr", "img", "wbr"} else f"</{name}>")
            out.append(html.escape(node.tail or "", quote=False))
            continue
        attributes = "".join(
            f' {key.rpartition("}")[2]}="{html.escape(value)}"' for key, value in node.items()
        )
        out.append(f"<{name}{attributes}>{html.escape(node.text or '', quote=False)}")
    return "".join(out)
