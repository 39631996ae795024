"""The YAML that heads of text files have: names with texts, lists and other names, by indentation.

::

    title: "Harga beras naik"
    tags: [beras, pangan]
    authors:
      - name: Rina Tan
        role: wartawan
    summary: >-
      Harga beras naik
      sejak Lebaran.

What is not valid YAML, and can only be a text, is one: ``[SALAH] Video banjir``, ``"Harga" naik``,
``Harga beras #1``. Anchors, aliases, tags and nested documents are not read. Numbers and dates stay
texts, as the fields of an article take them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import takewhile

from index.light_dataclass import dataclass
from index.patterns import on_use

_DEEPEST = 12

_DOUBLE = r"\"(?:[^\"\\]++|\\.)*+\""
_SINGLE = r"'(?:[^']++|'')*+'"
_PAIR = on_use(
    r"(?:\"(?P<double>[^\"\\]{1,40})\"|'(?P<single>[^']{1,40})'|(?P<name>\w[\w .:@/-]{0,39}?))"
    r"\s{0,9}:(?:\s{1,9}(?P<value>.*)|)"
)
_ITEM = on_use(r"-(?P<blanks>\s{1,9})(?P<value>\S.*)|-")
_BLOCK = on_use(r"(?P<fold>[|>])[+-]?[1-9]?[+-]?(?:\s{1,9}#.*)?")
_HEADER = on_use(r"(?::|^\s*-)\s{1,9}[|>][+-]?[1-9]?[+-]?(?:\s{1,9}#.*)?$")
"""The end of a line below which a text of several lines stands."""
_BLANK = "\0"
_QUOTED = on_use(rf"(?P<text>{_DOUBLE}|{_SINGLE})")
_QUOTED_ALONE = on_use(rf"(?P<text>{_DOUBLE}|{_SINGLE})(?:\s{{1,9}}#(?:\s.*)?)?")
_COMMENT = on_use(r"\s#(?:\s.*)?$")
_OF_FLOW = on_use(r"[^\[\]{},\"'\s&*!|>%@`#][^\[\]{},]*+")
_KEY_OF_FLOW = on_use(
    rf"\s*+(?:(?P<quoted>{_DOUBLE}|{_SINGLE})\s*+:|(?P<name>\w[^\[\]{{}},:]{{0,39}}+):(?=[\s\[{{]))"
)
_BLANKS = on_use(r"\s*+")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = {"true": True, "True": True, "false": False, "False": False}


class _NotPlain(ValueError):
    """What is written so may mean something else than its letters."""


@dataclass(frozen=True, slots=True)
class PlainYaml:
    """The ``values`` of a head by their names; of what was not read the names and the lines."""

    values: dict[str, object]
    unread: dict[str, str]


def read_plain_yaml(lines: list[str]) -> PlainYaml:
    """What the lines have. Raises ``ValueError`` where they are no names with values.

    A name that comes again is not read again.
    """
    values: dict[str, object] = {}
    unread: dict[str, str] = {}
    written = _filled([line.rstrip().expandtabs(2) for line in lines])
    for name, value, below in _pairs(_without_remarks(written), loose=True):
        held: object = None
        try:
            if value is None or name in values:
                raise _NotPlain
            held = _value(value, below, 0)
        except ValueError:
            lines_of_it = "\n".join((name if value is None else f"{name}: {value}", *below))
            unread[name] = f"{unread[name]}\n{lines_of_it}" if name in unread else lines_of_it
        if held not in (None, [], {}):
            values[name] = held
    return PlainYaml(values, unread)


def _filled(lines: list[str]) -> list[str]:
    """The lines that are not blank; a blank one inside a text of several lines is ``_BLANK``."""
    found: list[str] = []
    blanks, header = 0, None
    for line in lines:
        if not line:
            blanks += header is not None
            continue
        depth = _depth(line)
        if header is not None and depth <= header:
            header = None
        if header is not None:
            found += [f"{' ' * depth}{_BLANK}"] * blanks
        elif _HEADER.search(line):
            header = depth
        blanks = 0
        found.append(line)
    return found


def _without_remarks(lines: list[str]) -> list[str]:
    """The lines without remarks, but for those deeper than the first line: a text may have them."""
    depth = _depth(lines[0]) if lines else 0
    return [line for line in lines if _depth(line) > depth or not _is_remark(line.lstrip())]


def _is_remark(text: str) -> bool:
    return text[:1] == "#" and text[1:2] in {"", " "}


def _pairs(lines: list[str], *, loose: bool = False) -> Iterator[tuple[str, str | None, list[str]]]:
    """The names of one depth with what stands beside and below each.

    ``loose``: what begins with a number sign is a name without a value, not read.
    """
    at = 0
    depth = _depth(lines[0]) if lines else 0
    while at < len(lines):
        line, at = lines[at].strip(), at + 1
        if loose and line.startswith("#"):
            yield line, None, []
            continue
        pair = _PAIR.fullmatch(line)
        if pair is None or _depth(lines[at - 1]) != depth:
            raise _NotPlain
        value = (pair["value"] or "").strip()
        below = list(takewhile(lambda one: _depth(one) > depth, lines[at:]))
        if not below and (not value or _is_remark(value)):
            below = list(takewhile(lambda one: _is_of_list(one, depth), lines[at:]))
        elif value[:1] in {"[", "{"} and lines[at + len(below) :]:
            below += [line for line in lines[at + len(below) :][:1] if line.strip()[0] in "]}"]
        at += len(below)
        yield pair["name"] or pair["double"] or pair["single"], value, below


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_of_list(line: str, depth: int) -> bool:
    """An item of a list that is no deeper than its name, or what belongs to one."""
    deeper = _depth(line) - depth
    return deeper > 0 or (deeper == 0 and _ITEM.fullmatch(line.strip()) is not None)


def _value(value: str, below: list[str], deep: int) -> object:
    """What stands beside a name, or else below it."""
    if deep > _DEEPEST:
        raise _NotPlain
    if value[:1] in {"|", ">"}:
        return _block(value, below)
    below = _without_remarks(below)
    if value and not _is_remark(value):
        return _scalar(" ".join((value, *map(str.strip, below))))
    if not below:
        return None
    first = below[0].strip()
    if _ITEM.fullmatch(first):
        return _items(below, deep)
    if _PAIR.fullmatch(first):
        return _names(below, deep)
    return _scalar(" ".join(map(str.strip, below)))


def _names(lines: list[str], deep: int) -> dict[str, object]:
    """The names of lines that are of one depth; what has one of them twice is not plain."""
    named: dict[str, object] = {}
    for name, value, below in _pairs(lines):
        if name in named:
            raise _NotPlain
        named[name] = _value(value or "", below, deep + 1)
    return named


def _items(lines: list[str], deep: int) -> list[object]:
    """The list whose first item is the first line."""
    items: list[object] = []
    depth, at = _depth(lines[0]), 0
    while at < len(lines):
        item = _ITEM.fullmatch(lines[at].strip())
        if item is None or _depth(lines[at]) != depth:
            raise _NotPlain
        at += 1
        below = list(takewhile(lambda one: _depth(one) > depth, lines[at:]))
        at += len(below)
        value = item["value"] or ""
        if value and (_PAIR.fullmatch(value) or _ITEM.fullmatch(value)):
            below, value = [" " * (depth + 1 + len(item["blanks"])) + value, *below], ""
        items.append(_value(value, below, deep + 1))
    return [one for one in items if one is not None]


def _block(header: str, lines: list[str]) -> str:
    """A text of several lines; ``>`` joins those of a paragraph."""
    found = _BLOCK.fullmatch(header)
    if found is None:
        raise _NotPlain
    depth = min(map(_depth, lines), default=0)
    written = ["" if line.lstrip(" ") == _BLANK else line[depth:] for line in lines]
    if found["fold"] == "|":
        return "\n".join(written)
    paragraphs = "\n".join(written).split("\n\n")
    return "\n".join(" ".join(one.split("\n")) for one in paragraphs)


def _scalar(value: str) -> object:
    """A text as it is meant, a truth, a list or names in brackets; None for nothing."""
    if value[0] in {"[", "{"}:
        try:
            held, end = _flow(value, 0, 0)
        except (ValueError, IndexError):
            held, end = None, -1
        return held if end >= 0 and not _without_remark(value[end:]).strip() else value
    if value[0] in {'"', "'"}:
        quoted = _QUOTED_ALONE.fullmatch(value)
        return value if quoted is None else _unquoted(quoted["text"])
    return _plain(_without_remark(value).rstrip())


def _without_remark(value: str) -> str:
    remark = _COMMENT.search(value) if "#" in value else None
    return value if remark is None else value[: remark.start()]


def _unquoted(text: str) -> str:
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    held = json.loads(text)
    return str(held)


def _plain(text: str) -> object:
    """A text without quotation marks."""
    if text[:1] in {"&", "*", "!", "|", ">"} or text[:2] in {"? ", "- ", ": "}:
        raise _NotPlain
    if text in {"-", "?", ":"}:
        raise _NotPlain
    return None if text in _NOTHING else _TRUTHS.get(text, text)


def _flow(text: str, at: int, deep: int) -> tuple[object, int]:
    """What stands in brackets, or in an item of them, and where it ends.

    Raises ``ValueError`` or ``IndexError`` where it is not well formed.
    """
    if deep > _DEEPEST:
        raise _NotPlain
    at = _after_blanks(text, at)
    if text[at] == "[":
        return _list_in_brackets(text, at + 1, deep)
    if text[at] == "{":
        return _names_in_brackets(text, at + 1, deep)
    if quoted := _QUOTED.match(text, at):
        return _unquoted(quoted["text"]), quoted.end()
    plain = _OF_FLOW.match(text, at)
    if plain is None or " #" in plain[0]:
        raise _NotPlain
    return _plain(plain[0].strip()), plain.end()


def _list_in_brackets(text: str, at: int, deep: int) -> tuple[list[object], int]:
    items: list[object] = []
    while text[at := _after_blanks(text, at)] != "]":
        item, at = _flow(text, at, deep + 1)
        if item is not None:
            items.append(item)
        at = _after_comma(text, at, "]")
    return items, at + 1


def _names_in_brackets(text: str, at: int, deep: int) -> tuple[dict[str, object], int]:
    named: dict[str, object] = {}
    while text[at := _after_blanks(text, at)] != "}":
        key = _KEY_OF_FLOW.match(text, at)
        if key is None:
            raise _NotPlain
        name = _unquoted(key["quoted"]) if key["quoted"] else key["name"].strip()
        if name in named:
            raise _NotPlain
        at = _after_blanks(text, key.end())
        if text[at] in {",", "}"}:
            named[name] = None
        else:
            named[name], at = _flow(text, at, deep + 1)
        at = _after_comma(text, at, "}")
    return named, at + 1


def _after_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return at if found is None else found.end()


def _after_comma(text: str, at: int, closing: str) -> int:
    """Where the next item begins, or the closing bracket is."""
    at = _after_blanks(text, at)
    if text[at] == closing:
        return at
    if text[at] != ",":
        raise _NotPlain
    return at + 1
