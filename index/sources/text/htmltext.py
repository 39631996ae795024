"""HTML to the text that its reader sees, by way of lxml's parser.

The parser (libxml2, which follows the HTML Living Standard in how it takes a text apart) reports
tags and text one after the other and no tree is kept, so depth and size do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.sources.text.tags import BLOCKS, CELLS, DROPPED, LINES, PARAGRAPHS, guarded

_SPACES = re.compile(r"[\s\xa0]+")
_DIVIDED = re.compile(r"(?<=[^\W\d_][-\u2010\xad])[ \t]*+\n[ \t]*+(?=[^\W\d_])")
"""A line end at which a word may have been divided; it is kept for who knows words."""
_BLOCK = re.compile(rf"<(?:{'|'.join(sorted(BLOCKS))})[\s/>]", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p[\s/>]", re.IGNORECASE)
_EMPTY_LINES = re.compile(r"\n[ \t\xa0]*\n\s*")
_BEHIND_BR = re.compile(r"[ \t]*+\n?+")
_MANY_BLANKS = re.compile("  +")
_MANY_LINE_ENDS = re.compile("\n\n\n+")
_HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_EMOJI = re.compile(r"\b(?:emoji|wp-smiley)\b")


def html_to_text(text: str) -> str:
    """The text of an HTML fragment or document that holds no control characters.

    Paragraphs and the like are apart by an empty line, lines and table rows by a line end, cells by
    a tab. White space is one blank where elements mark the paragraphs; else line ends stay.
    Scripts, styles, comments and hidden parts are left out, hidden ones only where anything else
    is there.
    """
    text = guarded(text)
    return _parse(text, show_hidden=False) or _parse(text, show_hidden=True)


def _parse(text: str, *, show_hidden: bool) -> str:
    from lxml.etree import HTMLParser

    written = _Writer(text, show_hidden=show_hidden)
    # The element around it keeps the parser from wrapping bare text in a paragraph.
    parser = HTMLParser(target=written, encoding="utf-8")
    parser.feed(f"<span>{text}</span>".encode())
    return str(parser.close())


class _Writer:
    """Receives what the parser finds; ``close`` gives the text. The methods are lxml's names."""

    def __init__(self, text: str, *, show_hidden: bool) -> None:
        self._by_blocks = _BLOCK.search(text) is not None
        self._empty_lines_part = _PARAGRAPH.search(text) is None
        self._show_hidden = show_hidden
        self._parts: list[str] = []
        self._data: list[str] = []
        self._left_out = 0  # elements that are open from the one that is left out
        self._preformatted = 0
        self._behind_br = False
        self._gap = False  # something was left out
        self._waiting = ""  # what parts the next text from the one before

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._left_out:
            self._left_out += 1
            return
        self._flush()
        if tag in DROPPED or (not self._show_hidden and _is_hidden(attributes)):
            self._left_out = 1
            self._gap = True
            self._edge(tag)
            return
        self._edge(tag)
        if tag == "pre":
            self._preformatted += 1
        elif tag == "q":
            self._data.append("“")
        elif tag == "br":
            self._break_line()
        elif tag == "img" and _EMOJI.search(attributes.get("class", "")):
            self._data.append(attributes.get("alt", ""))

    def end(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= 1
            return
        if tag == "q":
            self._data.append("”")
        self._flush()
        self._edge(tag)
        if tag == "pre":
            self._preformatted -= 1

    def data(self, data: str) -> None:
        if not self._left_out:
            self._data.append(data)

    def close(self) -> str:
        self._flush()
        text = "".join(self._parts)
        if self._by_blocks:
            text = _MANY_BLANKS.sub(" ", text)
        lines = (line.rstrip(" \t\xa0") for line in text.split("\n"))
        return _MANY_LINE_ENDS.sub("\n\n", "\n".join(lines)).strip()

    def _edge(self, tag: str) -> None:
        """Notes that an element begins or ends which parts the text around it."""
        if tag in PARAGRAPHS:
            self._waiting = "\n\n"
        elif tag in LINES:
            self._waiting = max(self._waiting, "\n", key=_STRENGTH.__getitem__)
        elif tag in CELLS:
            self._waiting = max(self._waiting, "\t", key=_STRENGTH.__getitem__)

    def _break_line(self) -> None:
        if self._by_blocks:
            self._waiting = "\n\n" if "\n" in self._waiting else "\n"
        else:
            self._parts.append("\n")
            self._behind_br = True

    def _flush(self) -> None:
        """Writes the text that came since the last tag."""
        text = "".join(self._data)
        self._data.clear()
        if not text:
            return
        if not self._by_blocks:
            if self._behind_br:
                text = _BEHIND_BR.sub("", text, count=1)
                self._behind_br = False
            self._append(text.replace("\xa0", " "))
        elif self._preformatted:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._waiting = self._waiting or "\n"
                self._write(line)
        elif self._empty_lines_part and "\n" in text:
            for number, paragraph in enumerate(_EMPTY_LINES.split(text)):
                if number:
                    self._waiting = "\n\n"
                self._write(paragraph)
        else:
            self._write(text)

    def _write(self, text: str) -> None:
        if "\n" in text and _DIVIDED.search(text) is not None:
            text = "\n".join(_SPACES.sub(" ", part) for part in _DIVIDED.split(text))
        else:
            text = _SPACES.sub(" ", text)
        if self._waiting:
            text = text.lstrip(" ")
        if not text:
            return
        if self._waiting and self._parts:
            self._parts.append(self._waiting)
        self._waiting = ""
        self._append(text)

    def _append(self, text: str) -> None:
        """Writes the text; what was left out before it does not glue words."""
        if self._gap and self._parts and self._parts[-1][-1:].isalnum() and text[:1].isalnum():
            self._parts.append(" ")
        self._gap = False
        self._parts.append(text)


_STRENGTH = {"": 0, "\t": 1, "\n": 2, "\n\n": 3}


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _HIDING.search(style) is not None
