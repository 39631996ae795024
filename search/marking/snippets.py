"""Marked texts as HTML: whole, cut as a title, or the best passage as a snippet."""

from __future__ import annotations

from bisect import bisect_left
from html import escape

from search.marking.marked_text import Mark, MarkedText

WIDTH = 260
"""About how many characters a snippet has."""

LONGEST_TITLE = 300
_LONGEST_WORD = 60
_SENTENCE_ENDS = ".!?\n"


def headline(marked: MarkedText) -> str:
    """A title as HTML, matches marked; one that is no title by its length is cut at a word."""
    if len(marked.text) <= LONGEST_TITLE:
        return to_html(marked)
    return to_html(marked, 0, _forward(marked.text, 0, LONGEST_TITLE)) + " …"


def snippet(marked: MarkedText, width: int = WIDTH) -> str:
    """The snippet as HTML, matches marked, cut at words, an ellipsis where it was cut.

    It is the window of ``width`` characters with the most that stands together as is asked for,
    then with the most distinct matches, then the most matches, then the earliest; without any
    match, the beginning of the text.
    """
    text = marked.text
    start, end = _window(marked, width)
    start = _back(text, start, end, width)
    end = _forward(text, start, width)
    left = "… " if text[:start].strip() else ""
    right = " …" if text[end:].strip() else ""
    return left + " ".join(to_html(marked, start, end).split()) + right


def _window(marked: MarkedText, width: int) -> tuple[int, int]:
    """The start of the first and the end of the last match of the best window.

    Windows are looked at from left to right, so that of equally good ones the earliest is found.
    """
    marks, together = marked.marks, marked.together
    best = (0, 0, -1)
    bounds = (0, 0)
    counts: dict[str, int] = {}
    first = whole = 0
    for last, (_, right, found) in enumerate(marks):
        counts[found] = counts.get(found, 0) + 1
        while first < last and right - marks[first][0] > width:
            gone = marks[first].found
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
            first += 1
        if together:
            whole = _whole(together, marks[first].start, right)
        worth = (whole, len(counts), last - first)
        if worth > best:
            best, bounds = worth, (marks[first].start, right)
    return bounds


def _whole(together: tuple[tuple[list[int], ...], ...], left: int, right: int) -> int:
    """Of how much that stands together every part begins in a window."""
    return sum(
        all(bisect_left(starts, left) < bisect_left(starts, right) for starts in parts)
        for parts in together
    )


def _back(text: str, start: int, end: int, width: int) -> int:
    """Where to begin: at a sentence if one begins near before ``start``, else at a word."""
    room = max(0, width - (end - start))
    earliest = max(0, start - room * 2 // 3)
    if earliest == 0:
        return 0
    before = text[earliest:start]
    sentence = max(before.rfind(mark) for mark in _SENTENCE_ENDS)
    if sentence >= 0 and before[sentence + 1 :].strip() and before[sentence + 1].isspace():
        return earliest + sentence + 2
    space = before.find(" ")
    return earliest + space + 1 if space >= 0 else max(earliest, start - _LONGEST_WORD)


def _forward(text: str, start: int, width: int) -> int:
    """Where to end: at the last word that fits."""
    end = start + width
    if end >= len(text):
        return len(text)
    space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return space if space > end - _LONGEST_WORD else end


def to_html(marked: MarkedText, start: int = 0, end: int | None = None) -> str:
    """The text from ``start`` to ``end`` (characters), escaped, matches in ``<mark>`` elements."""
    text, marks = marked.text, marked.marks
    end = len(text) if end is None else end
    pieces = []
    at = start
    for number in range(bisect_left(marks, Mark(start, 0, "")), len(marks)):
        left, right, _ = marks[number]
        if right > end:
            break
        pieces.append(escape(text[at:left]))
        pieces.append(f"<mark>{escape(text[left:right])}</mark>")
        at = right
    pieces.append(escape(text[at:end]))
    return "".join(pieces)
