"""HTML to the text that its reader sees, by way of lxml's parser.

The parser (libxml2, which follows the HTML Living Standard in how it takes a text apart) reports
tags and text one after the other and no tree is kept, so depth and size do not matter. Text and
edges (what parts the text on its two sides) are gathered in one string, in which edges are control
characters, and white space is put in order once, at the end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from index.patterns import on_use
from index.sources.text.elements import BLOCKS, CELLS, DROPPED, LINES, PARAGRAPHS
from index.sources.text.guarding import guarded

_PARAGRAPH, _LINE, _CELL, _BREAK, _LINE_END, _GAP = "\x02\x03\x04\x05\x06\x07"
"""Edges: of a paragraph, a line, a cell; a ``<br>``; a line end that stays; something left out."""

_EDGES = {
    **dict.fromkeys(PARAGRAPHS, _PARAGRAPH),
    **dict.fromkeys(LINES, _LINE),
    **dict.fromkeys(CELLS, _CELL),
}
_EDGES_OF_LINES = {tag: edge for tag, edge in _EDGES.items() if tag not in {"html", "body"}}
_SPECIAL = DROPPED | {"pre", "q", "img", "br"}

_BLOCK = on_use(rf"<(?:{'|'.join(sorted(BLOCKS))})[\s/>]", re.IGNORECASE)
_BLOCK_END = on_use(rf"</(?:{'|'.join(sorted(PARAGRAPHS))})\s*>", re.IGNORECASE)
_P = on_use(r"<p[\s/>]", re.IGNORECASE)
_MAYBE_DIVIDED = on_use("\n(?<=[-\u2010\xad \t]\n)")
_DIVIDED = on_use(r"(?<=[^\W\d_][-\u2010\xad])[ \t]*+\n[ \t]*+(?=[^\W\d_])")
"""A line end at which a word may have been divided; it is kept for who knows words."""
_EMPTY_LINES = on_use(r"\n[ \t\xa0]*+\n\s*+")
_RUN = on_use("[\x02-\x07][ \x02-\x07]*+")
_RUN_OF_LINES = on_use("[\x02-\x05]+(?:[ \t]*+\n?+[\x02-\x05]+)*+[ \t]*+\n?+|\x07+")
_LONGEST_RUN = 100
_MANY_LINE_ENDS = on_use("\n\n\n+")
_HIDING = on_use(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_EMOJI = on_use(r"\b(?:emoji|wp-smiley)\b")


def html_to_text(text: str) -> str:
    """The text of an HTML fragment or document that holds no control characters.

    Paragraphs and the like are apart by an empty line, lines and table rows by a line end, cells by
    a tab. White space is one blank where elements mark the paragraphs; else line ends stay.
    Scripts, styles, comments and hidden parts are left out, hidden ones only where anything else
    is there.
    """
    text = guarded(text)
    lowered = text.lower()
    may_hide = "hidden" in lowered or "display" in lowered
    by_blocks = _BLOCK.search(text) is not None
    if not by_blocks and "</" in text:  # the beginning was cut off
        text = _BLOCK_END.sub("<br><br>", text)
    shown = _text_of(text, may_hide=may_hide, by_blocks=by_blocks)
    if not shown and may_hide:
        shown = _text_of(text, may_hide=False, by_blocks=by_blocks)
    return shown


def _text_of(text: str, *, may_hide: bool, by_blocks: bool) -> str:
    from lxml.etree import HTMLParser

    gathering = _Gathering(may_hide=may_hide, by_blocks=by_blocks)
    # The element around it keeps the parser from wrapping bare text in a paragraph.
    parser = HTMLParser(target=gathering, encoding="utf-8")
    parser.feed(f"<span>{text}</span>".encode())
    found = str(parser.close())
    return _by_blocks(found, _P.search(text) is None) if by_blocks else _by_lines(found)


class _Gathering:
    """Receives what the parser finds; ``close`` gives text and edges. The methods are lxml's."""

    def __init__(self, *, may_hide: bool, by_blocks: bool) -> None:
        self._may_hide = may_hide
        self._edges = _EDGES if by_blocks else _EDGES_OF_LINES
        self._parts: list[str] = []
        self._left_out = 0  # elements that are open from the one that is left out
        self._preformatted = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._left_out:
            self._left_out += 1
            return
        edge = self._edges.get(tag)
        if edge is not None:
            self._parts.append(edge)
        if tag in _SPECIAL or self._may_hide:
            self._start_special(tag, attributes)

    def _start_special(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in DROPPED or (self._may_hide and _is_hidden(attributes)):
            self._left_out = 1
            self._parts.append(_GAP)
        elif tag == "br":
            self._parts.append(_BREAK)
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "q":
            self._parts.append("“")
        elif tag == "img" and _EMOJI.search(attributes.get("class", "")):
            self._parts.append(attributes.get("alt", ""))

    def end(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= 1
            return
        if tag == "q":
            self._parts.append("”")
        elif tag == "pre":
            self._preformatted -= 1
        edge = self._edges.get(tag)
        if edge is not None:
            self._parts.append(edge)

    def data(self, data: str) -> None:
        if not self._left_out:
            self._parts.append(data.replace("\n", _LINE) if self._preformatted else data)

    def close(self) -> str:
        return "".join(self._parts)


def _by_blocks(found: str, empty_lines_part: bool) -> str:
    """The text where elements mark the paragraphs: white space means nothing."""
    if "\n" in found:
        if empty_lines_part:
            found = _EMPTY_LINES.sub(_PARAGRAPH, found)
        if _MAYBE_DIVIDED.search(found) is not None:
            found = _DIVIDED.sub(_LINE_END, found)
    text = _RUN.sub(_parted, " ".join(found.split()))
    return text.replace(" \n", "\n").replace(" \t", "\t").strip()


def _by_lines(found: str) -> str:
    """The text where line ends and ``<br>`` mark the paragraphs."""
    found = _RUN_OF_LINES.sub(_parted, found.replace("\xa0", " "))
    lines = (line.rstrip(" \t") for line in found.split("\n"))
    return _MANY_LINE_ENDS.sub("\n\n", "\n".join(lines)).strip()


def _parted(run: re.Match[str]) -> str:
    """What stands between two texts; what was left out between them does not glue words."""
    between = _between(run[0]) if len(run[0]) < _LONGEST_RUN else "\n\n"
    if between not in {"", " "}:
        return between
    start, end = run.span()
    before, behind = run.string[start - 1 : start], run.string[end : end + 1]
    if between:
        return "" if before == " " else " "
    return " " if before.isalnum() and behind.isalnum() else ""


@lru_cache(1 << 10)
def _between(run: str) -> str:
    """The strongest of the edges; two line breaks part paragraphs."""
    between = ""
    for edge in run:
        if edge == _PARAGRAPH:
            return "\n\n"
        if edge in {_LINE, _LINE_END}:
            between = "\n"
        elif edge == _BREAK:
            if between == "\n":
                return "\n\n"
            between = "\n"
        elif between != "\n" and edge in {_CELL, " "}:
            between = "\t" if edge == _CELL else between or " "
    return between


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _HIDING.search(style) is not None
