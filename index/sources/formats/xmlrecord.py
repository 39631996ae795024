"""The text of one record to an element, mended on the way as a browser would."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache, partial
from html.entities import html5
from typing import Any

_LOOSE = re.compile(
    r"&#(?:(?P<dec>[0-9]{1,7})|[xX](?P<hex>[0-9a-fA-F]{1,6}));"
    r"|&(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,31});)?"
    r"|<(?![A-Za-z_:/!?\u0080-\U0010ffff])"
    r"|<(?P<void>br|hr|img|wbr)(?P<attributes>(?=[\s/>])[^<>]*)>"
)
_PREDEFINED = {"lt", "gt", "amp", "quot", "apos"}
_PAIR = re.compile(r"&#(5[56][0-9]{3});&#(5[67][0-9]{3});")
_LOW_PAIR = re.compile(r"&#[xX]([dD][89abAB][0-9a-fA-F]{2});&#[xX]([dD][c-fC-F][0-9a-fA-F]{2});")
_WINDOWS = re.compile(r"&#(12[89]|1[345][0-9]|[xX][89][0-9a-fA-F]);")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CARRIED = re.compile("[\U00100000-\U0010ffff]")
_PLANE = 0x100000
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_NAMESPACE = re.compile(r"""\b(xmlns(?::[\w.\-]{1,40})?)\s{0,9}=\s{0,9}("[^"<&]*+"|'[^'<&]*+')""")
_CHILD = re.compile(r"<([A-Za-z_][\w.:\-]*+)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_STRUCTURED = {"author", "contributor", "media:group"}
_MISMATCHES = {"ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED"}
_HARMLESS = {"NS_ERR_UNDEFINED_NAMESPACE", "WAR_NS_URI", "WAR_NS_URI_RELATIVE", "NS_ERR_EMPTY"}

Element = Any
"""An element of lxml, which has no types."""


def carry(text: str) -> str:
    """The text with what libxml2 refuses (controls, halves of pairs) moved to a private plane."""
    return _FORBIDDEN.sub(lambda found: chr(_PLANE + ord(found[0])), text)


def restore(text: str) -> str:
    """The text as it was before ``carry``."""
    if text.isascii():
        return text
    return _CARRIED.sub(lambda found: chr(ord(found[0]) - _PLANE), text)


def namespaces(text: str) -> str:
    """The namespaces that the text declares, as attributes; of two for one prefix the first."""
    found: dict[str, str] = {}
    for name, value in _NAMESPACE.findall(text):
        found.setdefault(name, value)
    return " ".join(f"{name}={value}" for name, value in found.items())


def parse_beginning(text: str, declared: str = "") -> Element | None:
    """The element that begins with the text, with all that is in it so far."""
    return _parsed(_mend(text)[0], declared)[0]


def parse(text: str, declared: str = "") -> tuple[Element | None, str]:
    """The element that the text is, and the first thing in it that had to be mended, or "".

    ``declared`` are the namespaces of the elements around it.
    """
    mended, faults = _mend(text)
    element, errors = _parsed(mended, declared)
    if any(name in _MISMATCHES for name, _ in errors):
        rescued, _ = _parsed(_mend(_closed(text))[0], declared)
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

    data = f"<w {declared}>{carry(text)}</w>".encode()
    try:
        wrapper = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        return None, [("", str(error))]
    errors = [(entry.type_name, entry.message) for entry in _parser().error_log]
    return (wrapper[0] if wrapper is not None and len(wrapper) else None), errors


def _mend(text: str) -> tuple[str, list[str]]:
    """The text with bare ``&`` and ``<``, HTML's entities and unclosed ``<br>`` made XML."""
    faults: list[str] = []
    if text.find("<!--", text.rfind("-->") + 1) >= 0:
        faults.append("<!--")
        text = text.replace("<!--", "&lt;!--")
    out: list[str] = []
    loosely = partial(_tighten, text=text, faults=faults)
    at = 0
    while at < len(text):
        start = text.find(_CDATA, at)
        start = len(text) if start < 0 else start
        outside = text[at:start]
        if "&#" in outside:
            outside = _LOW_PAIR.sub(partial(_joined, base=16), outside)
            outside = _PAIR.sub(partial(_joined, base=10), outside)
        out.append(_LOOSE.sub(loosely, outside))
        end = text.find(_CDATA_END, start)
        if end < 0 and start < len(text):  # not closed: what is left is its text
            faults.append("CDATA")
            out.append(html.escape(text[start + len(_CDATA) :], quote=False))
            break
        at = end + len(_CDATA_END) if start < len(text) else len(text)
        out.append(text[start:at])
    return "".join(out), faults


def mend_references(text: str) -> str:
    """HTML with the numbered characters that libxml2 does not read as browsers do."""
    if "&#" not in text:
        return text
    text = _PAIR.sub(partial(_joined, base=10), _LOW_PAIR.sub(partial(_joined, base=16), text))
    return _WINDOWS.sub(lambda found: _windows(found[1]), text)


def _windows(number: str) -> str:
    return _reference(int("0" + number, 16) if number[0] in "xX" else int(number), "", [])


def _joined(found: re.Match[str], base: int) -> str:
    high, low = int(found[1], base), int(found[2], base)
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
    return found[0]


def _tighten(found: re.Match[str], text: str, faults: list[str]) -> str:
    whole = found[0]
    if found["void"]:
        if found["attributes"].endswith("/") or f"</{found['void']}" in text:
            return whole
        faults.append(f"<{found['void']}>")
        return f"<{found['void']}{found['attributes']}/>"
    if found["dec"] or found["hex"]:
        code = int(found["dec"]) if found["dec"] else int(found["hex"], 16)
        return _reference(code, whole, faults)
    if found["name"]:
        if found["name"] in _PREDEFINED:
            return whole
        faults.append(whole)
        known = html5.get(found["name"] + ";")
        return known if known else "&amp;" + whole[1:]
    faults.append(whole)
    return html.escape(whole)


def _reference(code: int, whole: str, faults: list[str]) -> str:
    """A numbered character; 128 to 159 are those of Windows-1252, as the HTML standard says."""
    if 0x80 <= code < 0xA0:
        faults.append(whole)
        return bytes([code]).decode("cp1252", "ignore")
    if code > 0x10FFFF:
        faults.append(whole)
        return "&amp;" + whole[1:]
    return chr(code) if _FORBIDDEN.match(chr(code)) else whole


def _closed(text: str) -> str:
    """The record with the inside of its elements as text, where their own elements do not fit."""
    head = _CHILD.match(text)
    if head is None:
        return text
    out = [head[0]]
    for child, inside in _children(text, head.end()):
        name, held = child[1], inside.strip()
        whole = held.startswith(_CDATA) and _CDATA_END in held
        if "<" in inside and not whole and name not in _STRUCTURED:
            inside = html.escape(held.removeprefix(_CDATA), quote=False)
        out.append(f"{child[0]}{inside}</{name}>")
    return "".join(out) + f"</{head[1]}>"


def _children(text: str, at: int) -> Iterator[tuple[re.Match[str], str]]:
    """The elements that follow each other from here on, each up to the first end of its name."""
    lost: set[str] = set()  # names of which no end follows, so that none is sought twice
    while child := _CHILD.search(text, at):
        at = child.end()
        if child[0].endswith("/>"):
            continue
        start = at
        if text.startswith(_CDATA, at):
            start = _section_end(text, at, child[1])
        end = -1 if child[1] in lost else text.find(f"</{child[1]}", start)
        if end < 0:
            lost.add(child[1])
            end = text.find("<", at)
            end = len(text) if end < 0 else end
            yield child, text[at:end]
            at = end
        else:
            yield child, text[at:end]
            at = end + 2 + len(child[1])


def _section_end(text: str, at: int, name: str) -> int:
    """Where the section that begins here ends; here, where it was not closed."""
    end = text.find(_CDATA_END, at)
    another = text.find(_CDATA, at + 1, max(end, at))
    if end < 0 or (another >= 0 and text.find(f"</{name}", at, another) >= 0):
        return at
    return end


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
