"""The stored values of a document as bytes, and back: JSON where it can hold them, else a pickle.

JSON is read in a seventh of the time that our reader of pickles takes, and nothing of either runs
code. A record of JSON is an array of two objects: moments without a zone, in ISO 8601, by their
names; and the other values. What JSON cannot hold as it is, such as bytes, text with lone
surrogates or numbers beyond 64 bits, makes the whole record a pickle: Whoosh's own writers store
anything. A pickle begins with 0x80, JSON with ``[``.
"""

from __future__ import annotations

import pickle
from datetime import datetime
from math import isfinite
from typing import Any

import orjson

from index.errors import FileDamaged
from index.segments.unpickling import VALUES, read_pickle

BULK = ""
"""The name in a record under which it says which values are bulky: names and sizes in bytes."""

_JSON = b"["
_LARGEST = 1 << 63
_NO_VALUES = "a document has no stored values"


def to_bytes(record: dict[str, Any]) -> bytes:
    """The record as bytes; empty for an empty one."""
    if not record:
        return b""
    moments = {}
    others = {}
    for name, value in record.items():
        kind = type(value)
        if kind is str or value is None or kind is bool or name == BULK:
            others[name] = value
        elif kind is datetime and value.tzinfo is None and not value.fold:
            moments[name] = value.isoformat()
        elif (kind is int and -_LARGEST <= value < _LARGEST) or (kind is float and isfinite(value)):
            others[name] = value
        else:
            return pickle.dumps(record, 5)
    return as_json(moments, others) or pickle.dumps(record, 5)


def as_json(moments: dict[str, str], others: dict[str, Any]) -> bytes:
    """The record of moments in ISO 8601 and of values that JSON can hold.

    Empty where one has a lone surrogate.
    """
    try:
        return orjson.dumps([moments, others])
    except orjson.JSONEncodeError:
        return b""


def sizes_of_bulky(file: str, number: int, bulky: Any) -> list[tuple[str, int]]:
    """What a document's record says of its bulky values: names, and sizes in bytes.

    Raises ``FileDamaged`` for what is none.
    """
    if type(bulky) is not list:
        raise no_values(file, number)
    for one in bulky:
        if type(one) is not tuple or len(one) != 2:
            raise no_values(file, number)
        name, size = one
        if type(name) is not str or type(size) is not int or size < 0:
            raise no_values(file, number)
    return bulky


def bulky_values(
    file: str, number: int, sizes: list[tuple[str, int]], text: bytes
) -> dict[str, str]:
    """The bulky values of a document, one after the other in the text. Raises ``FileDamaged``."""
    values = {}
    at = 0
    for name, size in sizes:
        try:
            values[name] = text[at : at + size].decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise no_values(file, number) from None
        at += size
    return values


def no_values(file: str, number: int) -> FileDamaged:
    """The error for a document whose stored values are none."""
    return FileDamaged(file, f"document {number} has no stored values")


def from_bytes(file: str, record: bytes) -> dict[str, Any]:
    """What ``to_bytes`` was given; the order of names may differ. Raises ``FileDamaged``."""
    if not record:
        return {}
    if record[:1] != _JSON:
        values = read_pickle(file, record, VALUES)
        if not isinstance(values, dict):
            raise FileDamaged(file, _NO_VALUES)
        return values
    try:
        moments, values = orjson.loads(record)
        for name, moment in moments.items():
            values[name] = datetime.fromisoformat(moment)
        bulky = values.get(BULK)
        if bulky is not None:
            values[BULK] = [(name, size) for name, size in bulky]
    except (ValueError, TypeError, AttributeError):
        raise FileDamaged(file, _NO_VALUES) from None
    if not isinstance(values, dict):
        raise FileDamaged(file, _NO_VALUES)
    return values
