"""What XML forbids and files hold, mended as a browser would: bare ``&``, unclosed ``<br>``."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial
from html.entities import html5

from index.patterns import on_use

_BARE = on_use(r"<(?![A-Za-z_:/!?\u0080-\U0010ffff])")
_LOOSE = on_use(
    r"&#(?:(?P<dec>[0-9]{1,7})|[xX](?P<hex>[0-9a-fA-F]{1,6}));"
    r"|&(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,31});)?"
    r"|<(?![A-Za-z_:/!?\u0080-\U0010ffff])"
    r"|<(?P<void>br|hr|img|wbr)(?P<attributes>(?=[\s/>])[^<>]*)>"
)
MOST_TAGS = 200_000
"""No article has so many; a tree of more takes memory out of all proportion to its text."""

_MOST_MARKS = 200_000
"""A record with more ``&`` is no article: none of them is looked at."""

_PREDEFINED = {"lt", "gt", "amp", "quot", "apos"}
_PAIR = on_use(r"&#(5[56][0-9]{3});&#(5[67][0-9]{3});")
_LOW_PAIR = on_use(r"&#[xX]([dD][89abAB][0-9a-fA-F]{2});&#[xX]([dD][c-fC-F][0-9a-fA-F]{2});")
_WINDOWS = on_use(r"&#(12[89]|1[345][0-9]|[xX][89][0-9a-fA-F]);")
_FORBIDDEN = on_use("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CARRIED = on_use(
    "[\U00100000-\U00100008\U0010000b\U0010000c\U0010000e-\U0010001f"
    "\U0010d800-\U0010dfff\U0010fffe\U0010ffff]"
)
_PLANE = 0x100000
CDATA, CDATA_END = "<![CDATA[", "]]>"
REST_OF_TAG = r"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>"""
"""A regular expression for a tag from behind its name on: its attributes and its end."""

_CHILD = on_use(rf"<([A-Za-z_][\w.:\-]*+){REST_OF_TAG}")
_STRUCTURED = {"author", "contributor", "media:group"}


def carry(text: str) -> str:
    """The text with what libxml2 refuses (controls, halves of pairs) moved to a private plane."""
    return _FORBIDDEN.sub(lambda found: chr(_PLANE + ord(found[0])), text)


def restore(text: str) -> str:
    """The text as it was before ``carry``."""
    if text.isascii():
        return text
    return _CARRIED.sub(lambda found: chr(ord(found[0]) - _PLANE), text)


def mend(text: str) -> tuple[str, list[str]]:
    """The text with bare ``&`` and ``<``, HTML's entities and unclosed ``<br>`` made XML.

    With it the first thing that was mended, if any.
    """
    faults: list[str] = []
    if text.find("<!--", text.rfind("-->") + 1) >= 0:
        faults.append("<!--")
        text = text.replace("<!--", "&lt;!--")
    if text.count("&") > _MOST_MARKS:
        faults.append(f"> {_MOST_MARKS} &")
        text = text.replace("&", "&amp;")
        return _BARE.sub("&lt;", text), faults
    out: list[str] = []
    loosely = partial(_tighten, text=text, faults=faults)
    at = 0
    while at < len(text):
        start = text.find(CDATA, at)
        start = len(text) if start < 0 else start
        outside = text[at:start]
        if "&#" in outside:
            outside = _LOW_PAIR.sub(partial(_joined, base=16), outside)
            outside = _PAIR.sub(partial(_joined, base=10), outside)
        out.append(_LOOSE.sub(loosely, outside))
        end = text.find(CDATA_END, start)
        if end < 0 and start < len(text):  # not closed: what is left is its text
            faults.append("CDATA")
            out.append(html.escape(text[start + len(CDATA) :], quote=False))
            break
        at = end + len(CDATA_END) if start < len(text) else len(text)
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
        _note(faults, f"<{found['void']}>")
        return f"<{found['void']}{found['attributes']}/>"
    if found["dec"] or found["hex"]:
        code = int(found["dec"]) if found["dec"] else int(found["hex"], 16)
        return _reference(code, whole, faults)
    if found["name"]:
        if found["name"] in _PREDEFINED:
            return whole
        _note(faults, whole)
        known = html5.get(found["name"] + ";")
        return known or "&amp;" + whole[1:]
    _note(faults, whole)
    return html.escape(whole)


def _note(faults: list[str], what: str) -> None:
    """The first is told, the others are as many as there are."""
    if not faults:
        faults.append(what)


def _reference(code: int, whole: str, faults: list[str]) -> str:
    """A numbered character; 128 to 159 are those of Windows-1252, as the HTML standard says."""
    if 0x80 <= code < 0xA0:
        _note(faults, whole)
        return bytes([code]).decode("cp1252", "ignore")
    if code > 0x10FFFF:
        _note(faults, whole)
        return "&amp;" + whole[1:]
    return chr(code) if _FORBIDDEN.match(chr(code)) else whole


def close_children(text: str) -> str:
    """The record with the inside of its elements as text, where their own elements do not fit."""
    head = _CHILD.match(text)
    if head is None:
        return text
    out = [head[0]]
    for child, inside in _children(text, head.end()):
        name, held = child[1], inside.strip()
        whole = held.startswith(CDATA) and CDATA_END in held
        if "<" in inside and not whole and name not in _STRUCTURED:
            held = html.escape(held.removeprefix(CDATA), quote=False)
        out.append(f"{child[0]}{held}</{name}>")
    return "".join(out) + f"</{head[1]}>"


def _children(text: str, at: int) -> Iterator[tuple[re.Match[str], str]]:
    """The elements that follow each other from here on, each up to the first end of its name."""
    lost: set[str] = set()  # names of which no end follows, so that none is sought twice
    while child := _CHILD.search(text, at):
        at = child.end()
        if child[0].endswith("/>"):
            continue
        start = at
        if text.startswith(CDATA, at):
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
    end = text.find(CDATA_END, at)
    another = text.find(CDATA, at + 1, max(end, at))
    if end < 0 or (another >= 0 and text.find(f"</{name}", at, another) >= 0):
        return at
    return end
