"""Parquet, Arrow and Feather files: one article a row.

An Arrow file is told by its first bytes (``ARROW1``); without them it is a stream, as
Hugging Face's ``datasets`` writes them. https://arrow.apache.org/docs/format/Columnar.html
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any

from index.sources.columns.hints import columns_there_are
from index.sources.columns.plan import FieldNames
from index.sources.formats.tables.headers import names_known
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record

_PARQUET = b"PAR1"
_ARROW_FILE = b"ARROW1"
_OLD_FEATHER = b"FEA1"
_NO_OLD_FEATHER = (
    "Feather 1: simpan lagi sebagai Parquet atau Feather 2 / save it again as Parquet or Feather 2"
)
_ROWS = 64
"""So many rows are Python objects at a time: each may hold an article of 16 MiB."""


def read_columnar(
    content: IO[bytes], file: str, names: FieldNames
) -> Iterator[Record | InputProblem]:
    """The record or the problem of every row of the file."""
    try:
        import pyarrow as pa
    except ImportError:
        yield InputProblem(ProblemKind.MISSING_EXTRA, file, None, 'pip install "warta[parquet]"')
        return
    line = 0
    try:
        schema, batches = _opened(content)
        if not names_known(schema.names, names):
            rows = next((_values(batch.slice(0, _ROWS)) for batch in batches), iter(()))
            detail = columns_there_are(schema.names, ([*row.values()] for row in rows))
            yield InputProblem(ProblemKind.MISSING_COLUMN, file, None, detail)
            return
        for batch in batches:
            batch.validate(full=True)  # offsets of a damaged file would lead out of its memory
            for start in range(0, batch.num_rows, _ROWS):
                for values in _values(batch.slice(start, _ROWS)):
                    line += 1
                    yield Record(values, line)
    except (pa.ArrowException, OSError, ValueError, MemoryError, NotImplementedError) as error:
        detail = " ".join(str(error).split()) or type(error).__name__
        yield InputProblem(ProblemKind.DAMAGED_FILE, file, line + 1 if line else None, detail)


def _opened(content: IO[bytes]) -> tuple[Any, Iterator[Any]]:
    """The schema and the batches of rows."""
    from pyarrow import ipc, parquet

    head = content.read(8)
    content.seek(0)
    if head.startswith(_PARQUET):
        table = parquet.ParquetFile(content)
        return table.schema_arrow, table.iter_batches(batch_size=_ROWS)
    if head.startswith(_ARROW_FILE):
        reader = ipc.open_file(content)
        return reader.schema, (reader.get_batch(at) for at in range(reader.num_record_batches))
    if head.startswith(_OLD_FEATHER):
        return _opened_old(content)
    stream = ipc.open_stream(content)
    return stream.schema, iter(stream)


def _opened_old(content: IO[bytes]) -> tuple[Any, Iterator[Any]]:
    """The same of Feather 1, which is read as a whole: what it holds cannot be packed.

    Later versions of pyarrow may not know it any more. Raises ``ValueError`` then.
    """
    import warnings

    try:
        from pyarrow import feather

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            table = feather.read_table(content)
    except (ImportError, AttributeError) as error:
        raise ValueError(_NO_OLD_FEATHER) from error
    return table.schema, iter(table.to_batches(max_chunksize=_ROWS))


def _values(batch: Any) -> Iterator[dict[str, object]]:
    """The rows as Python values that every format has: texts, numbers, lists and mappings."""
    columns = [_column(column) for column in batch.columns]
    names = batch.schema.names
    for row in zip(*columns, strict=True):
        yield dict(zip(names, row, strict=True))


def _column(column: Any) -> list[object]:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":  # of which Python has no moments
        column = column.cast(pa.timestamp("us", tz=kind.tz), safe=False)
    values: list[object] = column.to_pylist()
    if pa.types.is_string(kind) or pa.types.is_integer(kind) or pa.types.is_large_string(kind):
        return values
    return [_plain(value) for value in values]


def _plain(value: object) -> object:
    """A value without the types that only such files have; bytes only where they are text."""
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, bytes):
        return _text(value)
    return _number(value) if isinstance(value, (int, float, Decimal)) else str(value)


def _text(value: bytes) -> str | None:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


def _number(value: float | Decimal) -> float:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value.is_finite() and value == int(value) else float(value)
