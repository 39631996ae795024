"""Reads pickles without running anything: plain values, and what a closed list names.

Python's own unpickler calls what a pickle names, changes the classes that it names, keeps as long a
memo as it says, and hashes what it nests: whoever writes one runs what he likes, or takes all time
and memory there is. This reads the instructions that Python's pickler of protocols 2 to 5 writes
(Lib/pickletools.py of CPython describes each) and refuses all others. Time and memory are those of
the bytes that are read.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from index.errors import FileDamaged

Place = tuple[str, str]
"""Module and name of a class, as pickles say them."""

Makers = Mapping[Place, Callable[..., Any]]
"""What makes the objects of each class that a pickle may name, from the arguments that it says."""


class Instance:
    """An object of a named class as it was written: nothing of the class is run.

    ``arguments``: those that would make it; ``state``: what it would be given then.
    """

    __slots__ = ("arguments", "state")

    def __init__(self, *arguments: Any) -> None:
        self.arguments = arguments
        self.state: Any = None


def _latin_1(text: str, encoding: str) -> bytes:
    """Bytes as protocol 2 has them."""
    if encoding != "latin1":
        raise ValueError(encoding)
    return text.encode(encoding)


def _decimal(text: str) -> Decimal:
    if not isinstance(text, str):
        raise TypeError
    return Decimal(text)


def _no_bytes() -> bytes:
    """No bytes as protocol 2 has them."""
    return b""


def _valid(make: Callable[..., Any]) -> Callable[..., Any]:
    """What makes dates and times: of the bytes that pickles hold Python looks at few itself."""
    return lambda *arguments: make(*arguments).replace()


NO_CLASSES: Makers = {}
"""Numbers, text, bytes, lists, tuples, sets and dicts need not be named."""

VALUES: Makers = {
    ("datetime", "date"): _valid(date),
    ("datetime", "datetime"): _valid(datetime),
    ("datetime", "time"): _valid(time),
    ("datetime", "timedelta"): timedelta,
    ("datetime", "timezone"): timezone,
    ("decimal", "Decimal"): _decimal,
}
"""Those of the values that documents store."""

OLDER_VALUES: Makers = {
    **VALUES,
    ("__builtin__", "bytes"): _no_bytes,
    ("_codecs", "encode"): _latin_1,
}
"""The same in protocol 2, as Whoosh's own codec has it."""

UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)
"""What reading raises for bytes that are no pickle, or one that was altered."""

_KEYS = frozenset({str, bytes, int, float, bool, type(None)})
"""Types of what dicts and sets may hold as keys: hashing what is nested may take for ever."""

_MARK = object()
_INT = struct.Struct("<i")
_FLOAT = struct.Struct(">d")


class _Named:
    """A name where the pickle says it; what it makes is made where the pickle calls it."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[..., Any]) -> None:
        self.make = make


def read_pickle(file: str, content: bytes, makers: Makers = NO_CLASSES) -> Any:
    """The object whose pickle the content begins with. Raises ``FileDamaged``."""
    try:
        return _read(file, content, makers)
    except UNREADABLE:
        raise FileDamaged(file, "it cannot be read") from None


def _read(file: str, content: bytes, makers: Makers) -> Any:  # noqa: C901, PLR0912, PLR0915
    # One loop, the commonest instructions first: it runs for every hit of a page.
    stack: list[Any] = []
    memo: list[Any] = []
    numbered: dict[int, Any] = {}
    at = 0
    while True:
        # What is cut ends here too: no instruction looks whether all of it is there.
        code = content[at]
        at += 1
        if code == 0x8C:  # SHORT_BINUNICODE
            end = at + 1 + content[at]
            text = content[at + 1 : end].decode("utf-8", "surrogatepass")
            stack.append(text)
            at = end
            if content[at] == 0x94:  # MEMOIZE, as nearly always behind it
                memo.append(text)
                at += 1
        elif code == 0x94:  # MEMOIZE
            memo.append(stack[-1])
        elif code in _BYTES_LENGTHS:
            width = _BYTES_LENGTHS[code]
            start = at + width
            end = start + int.from_bytes(content[at:start], "little")
            stack.append(content[start:end])
            at = end
        elif code in _TEXT_LENGTHS:
            start = at + _TEXT_LENGTHS[code]
            end = start + int.from_bytes(content[at:start], "little")
            stack.append(content[start:end].decode("utf-8", "surrogatepass"))
            at = end
        elif code in _CONSTANTS:
            stack.append(_CONSTANTS[code])
        elif code in _EMPTY:
            stack.append(_EMPTY[code]())
        elif code in _UNSIGNED:  # BININT1, BININT2
            end = at + _UNSIGNED[code]
            stack.append(int.from_bytes(content[at:end], "little"))
            at = end
        elif code == 0x4A:  # BININT
            stack.append(_INT.unpack_from(content, at)[0])
            at += 4
        elif code in _LONGS:  # LONG1, LONG4
            start = at + _LONGS[code]
            end = start + int.from_bytes(content[at:start], "little")
            stack.append(int.from_bytes(content[start:end], "little", signed=True))
            at = end
        elif code == 0x47:  # BINFLOAT
            stack.append(_FLOAT.unpack_from(content, at)[0])
            at += 8
        elif code in _TUPLES:  # TUPLE1 to TUPLE3
            count = _TUPLES[code]
            if len(stack) < count:
                raise IndexError
            stack[-count:] = [tuple(stack[-count:])]
        elif code == 0x75:  # SETITEMS
            items = _since_mark(stack)
            _put(stack[-1], items)
        elif code == 0x73:  # SETITEM
            items = [stack.pop(), stack.pop()][::-1]
            _put(stack[-1], items)
        elif code == 0x74:  # TUPLE
            stack.append(tuple(_since_mark(stack)))
        elif code == 0x65:  # APPENDS
            items = _since_mark(stack)
            _list(stack[-1]).extend(items)
        elif code == 0x61:  # APPEND
            item = stack.pop()
            _list(stack[-1]).append(item)
        elif code == 0x90:  # ADDITEMS
            items = _since_mark(stack)
            _set(stack[-1]).update(map(_key, items))
        elif code == 0x91:  # FROZENSET
            stack.append(frozenset(map(_key, _since_mark(stack))))
        elif code in _PUTS:  # BINPUT, LONG_BINPUT
            end = at + _PUTS[code]
            numbered[int.from_bytes(content[at:end], "little")] = stack[-1]
            at = end
        elif code in _GETS:  # BINGET, LONG_BINGET
            end = at + _GETS[code]
            number = int.from_bytes(content[at:end], "little")
            stack.append(numbered[number] if number in numbered else memo[number])
            at = end
        elif code == 0x63:  # GLOBAL
            middle = content.index(b"\n", at)
            end = content.index(b"\n", middle + 1)
            module, name = content[at:middle].decode(), content[middle + 1 : end].decode()
            stack.append(_named(file, module, name, makers))
            at = end + 1
        elif code == 0x93:  # STACK_GLOBAL
            name, module = stack.pop(), stack.pop()
            stack.append(_named(file, module, name, makers))
        elif code in {0x52, 0x81}:  # REDUCE, NEWOBJ
            arguments, named = stack.pop(), stack.pop()
            if not isinstance(named, _Named) or not isinstance(arguments, tuple):
                raise TypeError
            stack.append(named.make(*arguments))
        elif code == 0x62:  # BUILD
            state = stack.pop()
            if not isinstance(stack[-1], Instance):
                raise TypeError
            stack[-1].state = state
        elif code == 0x95:  # FRAME
            at += 8
        elif code == 0x80:  # PROTO
            at += 1
        elif code == 0x2E:  # STOP
            (value,) = stack
            return value
        else:
            raise ValueError(code)


_BYTES_LENGTHS = {0x43: 1, 0x42: 4, 0x8E: 8}  # SHORT_BINBYTES, BINBYTES, BINBYTES8
_TEXT_LENGTHS = {0x58: 4, 0x8D: 8}  # BINUNICODE, BINUNICODE8
_CONSTANTS = {0x28: _MARK, 0x4E: None, 0x88: True, 0x89: False}  # MARK, NONE, NEWTRUE, NEWFALSE
_EMPTY: dict[int, Callable[[], Any]] = {0x7D: dict, 0x5D: list, 0x29: tuple, 0x8F: set}
_UNSIGNED = {0x4B: 1, 0x4D: 2}
_LONGS = {0x8A: 1, 0x8B: 4}
_TUPLES = {0x85: 1, 0x86: 2, 0x87: 3}
_PUTS = {0x71: 1, 0x72: 4}
_GETS = {0x68: 1, 0x6A: 4}


def _since_mark(stack: list[Any]) -> list[Any]:
    """Take the items behind the last mark, and the mark."""
    mark = len(stack) - 1
    while stack[mark] is not _MARK:
        mark -= 1
        if mark < 0:
            raise IndexError
    items = stack[mark + 1 :]
    del stack[mark:]
    return items


def _put(target: Any, items: list[Any]) -> None:
    if isinstance(target, Instance):
        return  # A dict of a named class: what it holds is not asked for.
    if type(target) is not dict:
        raise TypeError
    for key, value in zip(items[::2], items[1::2], strict=True):
        target[_key(key)] = value


def _key(item: Any) -> Any:
    if type(item) not in _KEYS:
        raise TypeError
    return item


def _list(target: Any) -> list[Any]:
    if type(target) is not list:
        raise TypeError
    return target


def _set(target: Any) -> set[Any]:
    if type(target) is not set:
        raise TypeError
    return target


def _named(file: str, module: Any, name: Any, makers: Makers) -> _Named:
    if not isinstance(module, str) or not isinstance(name, str):
        raise TypeError
    make = makers.get((module, name))
    if make is None:
        raise FileDamaged(file, f"it names {module}.{name}, which no index needs"[:200])
    return _Named(make)
