"""Columns between Whoosh and the arrays of a segment: three kinds, written and read.

======== ==================================== ====================================================
kind     of Whoosh's column types             kept as
======== ==================================== ====================================================
numbers  ``NumericColumn``                    an array of its type
ordinals ``VarBytesColumn``, ``RefBytesColumn`` ordinals into the distinct values, ascending
bytes    every other                          what Whoosh's own writer writes
======== ==================================== ====================================================
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import Column, ColumnReader, NumericColumn, RefBytesColumn, VarBytesColumn
from whoosh.filedb.structfile import BufferFile, StructFile

from index.segments.container import ContainerWriter
from index.segments.documents import Documents
from index.segments.documents_writer import write_numbers, write_ordinals, write_raw_column

_TYPES = {
    code: np.dtype(f"<{kind}{struct.calcsize('<' + code)}")
    for code, kind in zip("bBhHiIlLqQfd", "iuiuiuiuiuff", strict=True)
}


class ColumnWriter(Protocol):
    """Gathers the values of a column, by ascending document numbers."""

    def add(self, number: int, value: Any) -> None:
        """Raises what Whoosh's writer raises for a value that does not fit the column."""

    def write(self, writer: ContainerWriter, field: str, size: int) -> dict[str, Any]:
        """Write the column for ``size`` documents; its facts."""


def column_writer(column: Column) -> ColumnWriter:
    """A writer for a column of Whoosh."""
    if type(column) is NumericColumn and column._typecode in _TYPES:  # noqa: SLF001
        return _NumbersWriter(column._typecode, column.default_value())  # noqa: SLF001
    if type(column) in (VarBytesColumn, RefBytesColumn):
        return _OrdinalsWriter(column.default_value())
    return _RawWriter(column)


def column_reader(documents: Documents, field: str, column: Column) -> ColumnReader:
    """A reader of a column that the segment has. Raises ``FileDamaged``."""
    kind = documents.columns[field]["kind"]
    if kind == "numbers":
        return NumbersReader(documents.numbers(field))
    if kind == "ordinals":
        return OrdinalsReader(*documents.ordinals(field))
    raw = documents.raw_column(field)
    return column.reader(BufferFile(raw, name=field), 0, len(raw), documents.size)


class _NumbersWriter:
    def __init__(self, code: str, default: float) -> None:
        self._dtype = _TYPES[code]
        self._pack = struct.Struct(f"<{code}").pack
        self._default = default
        self._absent = self._pack(default)
        self._packed = bytearray()

    def add(self, number: int, value: float) -> None:
        packed = self._pack(value)
        self._fill(number)
        self._packed += packed

    def _fill(self, size: int) -> None:
        self._packed += self._absent * (size - len(self._packed) // self._dtype.itemsize)

    def write(self, writer: ContainerWriter, field: str, size: int) -> dict[str, Any]:
        self._fill(size)
        numbers = np.frombuffer(self._packed, self._dtype, size)
        # JSON has no other numbers; readers take what is absent from the array.
        absent = self._default if math.isfinite(self._default) else 0
        return write_numbers(writer, field, numbers, absent)


class _OrdinalsWriter:
    def __init__(self, default: bytes) -> None:
        self._default = default
        self._values: list[bytes] = []

    def add(self, number: int, value: bytes) -> None:
        if not isinstance(value, bytes):
            raise TypeError(f"a column of bytes cannot hold {value!r}")
        self._fill(number)
        self._values.append(value)

    def _fill(self, size: int) -> None:
        self._values += [self._default] * (size - len(self._values))

    def write(self, writer: ContainerWriter, field: str, size: int) -> dict[str, Any]:
        self._fill(size)
        return write_ordinals(writer, field, self._values[:size])


class _RawWriter:
    def __init__(self, column: Column) -> None:
        self._file = BytesIO()
        self._writer = column.writer(StructFile(self._file))

    def add(self, number: int, value: Any) -> None:
        self._writer.add(number, value)

    def write(self, writer: ContainerWriter, field: str, size: int) -> dict[str, Any]:
        self._writer.finish(size)
        return write_raw_column(writer, field, self._file.getvalue())


class NumbersReader(ColumnReader):  # type: ignore[misc]
    """``numbers``: (size,) of any numeric type; gives Python's numbers."""

    def __init__(self, numbers: NDArray[Any]) -> None:
        self._numbers = numbers
        self._reverse = False

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, number: int) -> Any:
        return self._numbers.item(number)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.load())

    def load(self) -> list[Any]:
        return list(self._numbers.tolist())

    def set_reverse(self) -> None:
        self._reverse = True

    def sort_key(self, number: int) -> Any:
        value = self._numbers.item(number)
        return 0 - value if self._reverse else value


class OrdinalsReader(ColumnReader):  # type: ignore[misc]
    """``ordinals``: (size,) into ``values``, ascending byte strings."""

    def __init__(self, ordinals: NDArray[Any], values: list[bytes]) -> None:
        self._ordinals = ordinals
        self._values = values

    def __len__(self) -> int:
        return len(self._ordinals)

    def __getitem__(self, number: int) -> bytes:
        value: bytes = self._values[self._ordinals.item(number)]
        return value

    def __iter__(self) -> Iterator[bytes]:
        return map(self._values.__getitem__, self._ordinals.tolist())
