"""JSON whose texts hold bare quotation marks: ``{"isi": "Ia berkata "siap" kemarin."}``.

A mark ends a text only where what follows can follow a text: behind a key a colon; behind a value
the end of its object or list, or a comma and the next key or value. Whatever else is odd there is
refused, so that nothing is guessed.
"""

from __future__ import annotations

import json
import re

from index.patterns import on_use
from index.sources.problems import ProblemKind
from index.sources.values.notation import unescaped

_LONGEST = 2**20
_DEEPEST = 30
_SPACE = on_use(r"[\s\ufeff]*+")
_MARK = on_use(r"[^\"\\]*+(?:\\.[^\"\\]*+)*+\"", re.DOTALL)
_ENDS_KEY = on_use(r"\s{0,99}:")
_ENDS_IN_OBJECT = on_use(
    r"\s{0,99}(?:\}\s{0,99}(?:[,\]}\n]|\Z)|,\s{0,99}(?:\"[^\"\\\n]{1,80}\"\s{0,99}:|\}))"
)
_ENDS_IN_LIST = on_use(
    r"\s{0,99}(?:\]\s{0,99}(?:[,\]}\n]|\Z)|,\s{0,99}(?:[\"{\[\]]|-?[0-9]|true\b|false\b|null\b))"
)
_IS_KEY = on_use(r"\s{0,9}:\s{0,9}[\"\[{0-9]")
_ATOM = on_use(r"-?[0-9][0-9.eE+-]{0,40}|true|false|null|NaN|None|True|False")
_ATOMS = {"true": True, "True": True, "false": False, "False": False}


class NotMended(ValueError):
    """The marks do not explain what is wrong; ``cut`` where the text ends too early."""

    def __init__(self, position: int, *, cut: bool = False) -> None:
        super().__init__(f"no value at character {position}")
        self.position = position
        self.cut = cut


class Mended(dict[str, object]):
    """An object in which bare quotation marks were read as part of a text."""

    __slots__ = ()


def mend(text: str, at: int) -> tuple[object, int]:
    """The object or list that begins at a place, and where it ends. Raises ``NotMended``."""
    reader = _Reader(text, at)
    value = reader.value(0, _ENDS_IN_LIST)
    if not reader.bare:
        raise NotMended(reader.at)
    return value, reader.at


class _Reader:
    """Reads the value at ``at``; ``bare`` counts the marks that were read as text."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._end = min(len(text), at + _LONGEST)
        self.at = at
        self.bare = 0

    def value(self, depth: int, ends: re.Pattern[str]) -> object:
        character = self._next()
        if character == '"':
            return self._string(ends)
        if character in "{[" and depth > _DEEPEST:
            raise NotMended(self.at)
        if character == "{":
            return self._object(depth)
        if character == "[":
            return self._list(depth)
        atom = _ATOM.match(self._text, self.at)
        if atom is None:
            raise NotMended(self.at)
        self.at = atom.end()
        if atom[0][0] in "-0123456789":
            try:
                return json.loads(atom[0])
            except ValueError:
                raise NotMended(atom.start()) from None
        return _ATOMS.get(atom[0])

    def _next(self) -> str:
        found = _SPACE.match(self._text, self.at)
        self.at = found.end() if found else self.at
        if self.at >= self._end:
            raise NotMended(self.at, cut=self._end == len(self._text))
        return self._text[self.at]

    def _string(self, ends: re.Pattern[str]) -> str:
        start = self.at + 1
        at = start
        while True:
            found = _MARK.match(self._text, at, self._end)
            if found is None:
                raise NotMended(start, cut=self._end == len(self._text))
            at = found.end()
            if ends.match(self._text, at):
                break
            if ends is _ENDS_KEY or self._begins_another(at):
                raise NotMended(start)
            self.bare += 1
        self.at = at
        return unescaped(self._text[start : at - 1])

    def _begins_another(self, at: int) -> bool:
        """The mark before a place belongs to a key, so that the text before was not closed."""
        return (
            self._text[max(at - 2, 0) : at - 1] == "{" or _IS_KEY.match(self._text, at) is not None
        )

    def _object(self, depth: int) -> dict[str, object]:
        self.at += 1
        held: dict[str, object] = {}
        bare = self.bare
        while self._next() != "}":
            if self._text[self.at] != '"':
                raise NotMended(self.at)
            key = self._string(_ENDS_KEY)
            if key in held:
                raise NotMended(self.at)
            self._next()
            self.at += 1
            held[key] = self.value(depth + 1, _ENDS_IN_OBJECT)
            self._separate("}")
        self.at += 1
        return held if self.bare == bare else Mended(held)

    def _list(self, depth: int) -> list[object]:
        self.at += 1
        items: list[object] = []
        while self._next() != "]":
            items.append(self.value(depth + 1, _ENDS_IN_LIST))
            self._separate("]")
        self.at += 1
        return items

    def _separate(self, closing: str) -> None:
        character = self._next()
        if character == ",":
            self.at += 1
        elif character != closing:
            raise NotMended(self.at)


def faults_of(value: object) -> tuple[tuple[ProblemKind, str], ...]:
    """What is told of an object that was mended."""
    return ((ProblemKind.BARE_QUOTE, ""),) if isinstance(value, Mended) else ()
