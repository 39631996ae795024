"""Reads pickles with a closed list of classes.

A pickle names the classes of its objects, and unpickling calls them, so whoever writes a pickle
runs what he likes. What reads a file of an index says which classes such a file may name.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from typing import Any

from index.errors import FileDamaged

Classes = frozenset[tuple[str, str]]
"""Module and name of each, as pickles say them."""

NO_CLASSES: Classes = frozenset()
"""Those of numbers, text, bytes, lists, tuples and dicts, which a pickle need not name."""

VALUES: Classes = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("datetime", "time"),
        ("datetime", "timedelta"),
        ("datetime", "timezone"),
        ("decimal", "Decimal"),
    }
)
"""Those of the values that documents store."""

OLDER_VALUES: Classes = VALUES | {("__builtin__", "bytes"), ("_codecs", "encode")}
"""The same in protocol 2, as Whoosh's own codec has it, which writes bytes as encoded text."""

UNREADABLE = (
    pickle.UnpicklingError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    ImportError,
    LookupError,
    MemoryError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What unpickling raises for bytes that are no pickle, or one that was altered."""


def unpickler(
    file: str, classes: Classes, moved: Mapping[tuple[str, str], tuple[str, str]] | None = None
) -> Callable[[io.BytesIO], Any]:
    """What reads pickles of that file: the object whose pickle begins where a stream is.

    ``moved``: where classes are now that pickles name elsewhere. It raises ``FileDamaged``.
    """
    # A class for the file: an instance for each pickle then needs no constructor in Python, which
    # would take half of the time of a short record.
    found: dict[tuple[str, str], Any] = {}

    class Closed(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            known = found.get((module, name))
            if known is not None:
                return known
            place = (module, name) if moved is None else moved.get((module, name), (module, name))
            if place not in classes:
                raise FileDamaged(file, f"it names {'.'.join(place)}, which no index needs")
            found[module, name] = known = super().find_class(*place)
            return known

    def read(stream: io.BytesIO) -> Any:
        try:
            return Closed(stream).load()
        except UNREADABLE:
            raise FileDamaged(file, "it cannot be read") from None

    return read
