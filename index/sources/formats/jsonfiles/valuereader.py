"""One value or key after another from the window over a file.

The window grows until a value ends in it; a value longer than an article may be is ``TooLong``.
"""

from __future__ import annotations

import re

from index.patterns import on_use
from index.sources.columns.plan import FieldNames
from index.sources.formats.jsonfiles.beside import is_beside, is_list_name
from index.sources.formats.jsonfiles.decoding import NotAValue, decode_value
from index.sources.formats.jsonfiles.window import Window
from index.sources.inputs.streams import LONGEST

_KEY = on_use(
    r"(?:\"((?:[^\"\\]++|\\.)*+)\"|'((?:[^'\\]++|\\.)*+)'|([\w$]++))\s*+:\s*+(?=\S)", re.DOTALL
)
_LONGEST_KEY = 2**16
_MOST_WASTE = 4 * LONGEST  # characters read in vain as what is almost JSON
_LEAST_WASTE = 2**15  # of one attempt, so that there are some thousands at most


_MOST_MEMBERS = 50
_LONGEST_SPACE = 200
_LEAST_REST = 4  # behind a number, which may go on with an exponent


class TooLong(Exception):
    """A value is longer than an article may be."""


def holds_list(text: str, at: int, names: FieldNames) -> bool:
    """The object at a place, which is broken, is a wrapper around articles.

    Its broken member is a list by its name, or one before is an article; and none before is a
    title or a body, as in an article.
    """
    at += 1
    for _ in range(_MOST_MEMBERS):
        found = _KEY.match(
            text,
            at
            + len(text[at : at + _LONGEST_SPACE])
            - len(text[at : at + _LONGEST_SPACE].lstrip(" \t\r\n,")),
        )
        if found is None:
            return False
        key = found[1] or found[2] or found[3] or ""
        plan = names.plan((key,))
        try:
            value, at, _ = decode_value(text, found.end(), whole=True)
        except NotAValue:
            begins = text[found.end() : found.end() + 1]
            return begins in {"[", "{"} and is_list_name(key) and not is_beside(key)
        if isinstance(value, str) and (plan["title"] or plan["body"]):
            return False
        if isinstance(value, dict) and not (is_beside(key) or any(plan.values())):
            inner = names.plan(value)
            if inner["title"] and inner["body"]:
                return True
    return False


class ValueReader:
    """Reads what begins at the start of a window, and remembers how much was read in vain.

    ``begins`` is where the last value began.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self._wasted = 0
        self._irregular = False
        self.begins = 0

    def key(self) -> str | None:
        """The key at the window's start, and goes behind its colon; None where none is."""
        window = self._window
        while True:
            found = _KEY.match(window.text, window.at)
            if found:
                window.advance(found.end())
                return found[1] or found[2] or found[3] or ""
            if len(window.text) - window.at > _LONGEST_KEY or not window.more():
                return None

    def value(self) -> object:
        """The value at the window's start. Raises ``NotAValue`` and ``TooLong``."""
        window = self._window
        if self._irregular:
            window.shrink()
        while True:
            whole, strictly = window.ended, self._wasted > _MOST_WASTE
            try:
                value, end, strict = decode_value(
                    window.text, window.at, whole=whole, strictly=strictly
                )
            except NotAValue as error:
                if len(window.text) - window.at > LONGEST and (error.cut or not error.message):
                    raise TooLong from None
                if not error.cut or whole:
                    self._wasted += max(error.parsed, _LEAST_WASTE)
                    self._irregular = True
                    raise
                window.more()
            else:
                rest = len(window.text) - end
                cut = not isinstance(value, dict) and rest < _LEAST_REST and not window.ended
                if end - window.at > LONGEST:
                    raise TooLong
                if not cut:
                    self._irregular = self._irregular or not strict
                    self.begins = window.at
                    window.advance(end)
                    return value
                window.more()
