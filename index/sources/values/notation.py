"""Values written down almost as JSON: by Python, JavaScript, numpy or the shell of MongoDB.

Programs print what they hold (``['a', "b"]``, ``{'isi': None}``, ``array(['a'], dtype=object)``,
``ISODate("2023-06-01")``) and hands write what looks like JSON (``{judul: "a",}``, comments).
One pass reads all of it in linear time, and refuses what is only text in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import orjson

from index.patterns import on_use
from index.sources.values.printedcalls import CALLS

STARTS = frozenset("[{(a \n\t\r")
"""A text that begins with none of these is not the notation of a list or of a mapping."""

_DEEPEST = 60  # brackets in brackets
_SPACE = on_use(r"(?:[\s\ufeff]++|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)*+")
_STRINGS = {
    quote: on_use(rf"{quote}((?:[^{quote}\\]++|\\.)*+){quote}", re.DOTALL) for quote in "\"'`"
}
_NUMBER = on_use(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?(?![\w.])")
_NEXT_LITERAL = on_use(r"[ \t]{0,99}\r?\n[ \t]{0,999}(?=['\"])")
_WORD = on_use(r"[A-Za-z_$][\w$]*+(?:\.[A-Za-z_$][\w$]*+)*+")
_ESCAPE = on_use(
    r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?:u(?P<four>[0-9a-fA-F]{4})|x(?P<two>[0-9a-fA-F]{2})|U(?P<eight>00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}))"
    r"|(?P<one>.))",
    re.DOTALL,
)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "\n": ""} | {
    character: character for character in "\"'`\\/"
}
_CONSTANTS: Mapping[str, object] = dict.fromkeys(
    ("None", "null", "undefined", "nan", "NaN", "NaT", "Infinity", "inf")
) | {"True": True, "true": True, "False": False, "false": False}


class NotNotation(ValueError):
    """The text is no value in any notation; ``cut`` where it only ends too early."""

    def __init__(self, position: int, *, cut: bool = False) -> None:
        super().__init__(f"no value at character {position}")
        self.position = position
        self.cut = cut


def read_value(text: str, at: int = 0) -> tuple[object, int]:
    """The value that begins at a position, and where it ends. Raises ``NotNotation``."""
    reader = _Reader(text, at)
    value = reader.value(0)
    return value, reader.at


def printed_value(text: str) -> list[object] | dict[str, object] | None:
    """The list or the mapping of which the text is the notation; None where it is only text.

    ``[FOTO] Banjir`` and ``[1]`` are text, and so is a notation that was cut.
    """
    text = text.strip()
    if text[-1:] not in {"]", "}", ")"} or not _may_be_printed(text):
        return None
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        try:
            value, end = read_value(text)
        except NotNotation:
            return None
        if end != len(text):
            return None
    return value if isinstance(value, (list, dict)) else None


def _may_be_printed(text: str) -> bool:
    if text[0] == "(":  # ("Kompas") is a name in brackets, ("a", "b") is a tuple
        return text[1:2] in {"'", '"'} and "," in text
    return text[0] in "[{" or text.startswith(("array(", "array["))


class _Reader:
    """Reads the value at ``at`` of the text and goes behind it."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self.at = at

    def value(self, depth: int) -> object:
        character = self._next()
        if depth > _DEEPEST:
            raise NotNotation(self.at)
        if character == "{":
            return self._braces(depth)
        if character == "[":
            return self._items("]", depth)
        if character == "(":
            return self._items(")", depth)
        if character in _STRINGS:
            return self._string()
        if number := _NUMBER.match(self._text, self.at):
            self.at = number.end()
            try:
                return float(number[0]) if set(number[0]) & set(".eE") else int(number[0])
            except ValueError:  # of thousands of digits
                raise NotNotation(self.at) from None
        if character == "-" and self._text.startswith(("-Infinity", "-inf", "-nan"), self.at):
            self.at += 1
        return self._word(depth)

    def _next(self) -> str:
        """The next character that is neither space nor part of a comment."""
        space = _SPACE.match(self._text, self.at)
        self.at = space.end() if space else self.at
        if self.at >= len(self._text):
            raise NotNotation(self.at, cut=True)
        return self._text[self.at]

    def _string(self, *, raw: bool = False) -> str:
        found = _STRINGS[self._text[self.at]].match(self._text, self.at)
        if found is None:
            raise NotNotation(self.at, cut=True)
        self.at = found.end()
        return found[1] if raw else unescaped(found[1])

    def _items(self, closing: str, depth: int) -> list[object]:
        self.at += 1
        items: list[object] = []
        while (character := self._next()) != closing:
            items.append(self.value(depth + 1))
            end = self.at
            character = self._next()
            if character == ",":
                self._skip_commas()
            # numpy prints an array of texts without commas
            elif character != closing and not (
                isinstance(items[-1], str) and character in "\"'" and self.at > end
            ):
                raise NotNotation(self.at)
        self.at += 1
        return items

    def _skip_commas(self) -> None:
        while self._next() == ",":
            self.at += 1

    def _braces(self, depth: int) -> dict[str, object] | list[object]:
        """A mapping, or a set as a list."""
        self.at += 1
        mapping: dict[str, object] = {}
        members: list[object] = []
        while (character := self._next()) != "}":
            if character in "{[":
                raise NotNotation(self.at)
            key = self._key(depth)
            if self._next() == ":":
                self.at += 1
                held = self.value(depth + 1)
                mapping[str(key)] = held + self._lines_after() if isinstance(held, str) else held
            elif mapping or isinstance(key, _Bare):
                raise NotNotation(self.at)
            else:
                members.append(key)
            before = self.at
            character = self._next()
            if character == ",":
                self._skip_commas()
            elif character != "}" and not (
                mapping and character in _STRINGS and "\n" in self._text[before : self.at]
            ):
                raise NotNotation(self.at)
        if members and mapping:
            raise NotNotation(self.at)
        self.at += 1
        return members or mapping

    def _lines_after(self) -> str:
        """The lines that Python's pprint makes of one long text, one literal each."""
        parts: list[str] = []
        while found := _NEXT_LITERAL.match(self._text, self.at):
            before, self.at = self.at, found.end()
            try:
                part = self._string()
                is_key = self._next() == ":"
            except NotNotation:
                is_key = True
            if is_key:
                self.at = before
                break
            parts.append(part)
        return "".join(parts)

    def _key(self, depth: int) -> object:
        word = _WORD.match(self._text, self.at)
        if word and self._text[word.end() : word.end() + 1] not in {"'", '"', "("}:
            self.at = word.end()
            return _Bare(word[0])
        return self.value(depth + 1)

    def _word(self, depth: int) -> object:
        word = _WORD.match(self._text, self.at)
        if word is None:
            raise NotNotation(self.at)
        name = word[0]
        self.at = word.end()
        if name == "new":
            self._next()
            if depth > _DEEPEST:
                raise NotNotation(self.at)
            return self._word(depth + 1)
        following = self._text[self.at : self.at + 1]
        if following in {"'", '"'} and name.lower() in {"u", "b", "r", "rb", "br"}:
            return self._string(raw="r" in name.lower())
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        call = CALLS.get(name.rsplit(".", 1)[-1])
        if call is None or following != "(":
            raise NotNotation(word.start(), cut=word.end() == len(self._text))
        try:
            return call(*self._arguments(depth))
        except (TypeError, ValueError, OverflowError, IndexError) as error:
            if isinstance(error, NotNotation):
                raise
            raise NotNotation(word.start()) from None

    def _arguments(self, depth: int) -> tuple[list[object], dict[str, object]]:
        self.at += 1
        items: list[object] = []
        named: dict[str, object] = {}
        while self._next() != ")":
            word = _WORD.match(self._text, self.at)
            if word and self._text[word.end() : word.end() + 1] == "=":
                self.at = word.end() + 1
                named[word[0]] = self._named(depth)
            else:
                items.append(self.value(depth + 1))
            if self._next() == ",":
                self.at += 1
        self.at += 1
        return items, named

    def _named(self, depth: int) -> object:
        """The value of a named argument, which may be a name."""
        self._next()
        word = _WORD.match(self._text, self.at)
        if word and self._text[word.end() : word.end() + 1] not in {"(", "'", '"'}:
            self.at = word.end()
            return word[0]
        return self.value(depth + 1)


def unescaped(text: str) -> str:
    """The text that a string's inside means; what escapes nothing known stays."""
    return _ESCAPE.sub(_unescape, text) if "\\" in text else text


class _Bare(str):
    """A key without quotation marks, as JavaScript allows it."""

    __slots__ = ()


def _unescape(match: re.Match[str]) -> str:
    if match["high"]:
        pair = (int(match["high"], 16) - 0xD800, int(match["low"], 16) - 0xDC00)
        return chr(0x10000 + (pair[0] << 10) + pair[1])
    if code := match["four"] or match["two"] or match["eight"]:
        return chr(int(code, 16))
    return _ESCAPED.get(match["one"], match[0])
