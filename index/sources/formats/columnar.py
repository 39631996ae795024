"""Parquet, Arrow and Feather files: one article a row.

An Arrow file is told by its first bytes (``ARROW1``); without them it is a stream, as
Hugging Face's ``datasets`` writes them. https://arrow.apache.org/docs/format/Columnar.html
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any

from index.bilingual import Text
from index.sources.columns.hints import columns_there_are
from index.sources.columns.plan import FieldNames
from index.sources.formats.arrowsizes import unpacked_sizes
from index.sources.formats.tables.headers import names_known
from index.sources.inputs.packing import NO_HARM, Limits, check_unpacked
from index.sources.inputs.streams import LONGEST
from index.sources.problems import InputProblem, ProblemKind
from index.sources.record import Record

_PARQUET = b"PAR1"
_ARROW_FILE = b"ARROW1"
_OLD_FEATHER = b"FEA1"
_END = b"\xff\xff\xff\xff\0\0\0\0"
_NO_ROW = Text("it ends before its first row", "berakhir sebelum baris pertamanya")
_NO_OLD_FEATHER = (
    "Feather 1: simpan lagi sebagai Parquet atau Feather 2 / save it again as Parquet or Feather 2"
)
_DAMAGES = (OSError, ValueError, LookupError, ArithmeticError, MemoryError, RuntimeError)
_NOT_IN_PYTHON = (ValueError, LookupError, ArithmeticError)
"""Moments that Python cannot hold (``OverflowError``) and time zones that it does not know."""

_ROWS = 64
"""So many rows are Python objects at a time, if they are not longer than ``LONGEST`` together."""

_MOST_COPIES = 16
"""So many times ``LONGEST`` may become of a dictionary whose values come again and again."""


def read_columnar(
    content: IO[bytes], file: str, names: FieldNames, limits: Limits = NO_HARM
) -> Iterator[Record | InputProblem]:
    """The record or the problem of every row. Raises ``Broken`` where it unpacks past ``limits``.

    A single value that Python has no equal of, as a date in the year 31,690,708, is its number.
    """
    try:
        import pyarrow as pa
    except ImportError:
        yield InputProblem(ProblemKind.MISSING_EXTRA, file, None, 'pip install "warta[parquet]"')
        return
    line = given = 0
    packed = content.seek(0, os.SEEK_END)
    content.seek(0)
    try:
        schema, batches = _opened(content, packed, limits)
        if not names_known(schema.names, names):
            rows = next((_values(few) for batch in batches for few in _pieces(batch)), iter(()))
            detail = columns_there_are(schema.names, ([*row.values()] for row in rows))
            yield InputProblem(ProblemKind.MISSING_COLUMN, file, None, detail)
            return
        for batch in batches:
            _check_offsets(batch)
            for few in _pieces(batch):
                given += few.nbytes
                check_unpacked(packed, given, limits)
                if few.num_rows == 1 and few.nbytes > LONGEST:
                    line += 1
                    yield InputProblem(ProblemKind.LINE_TOO_LONG, file, line)
                    continue
                for values in _values(few):
                    line += 1
                    yield Record(values, line)
        if not line and _breaks_off(content):
            yield InputProblem(ProblemKind.DAMAGED_FILE, file, None, _NO_ROW)
    except (pa.ArrowException, *_DAMAGES) as error:
        detail = " ".join(str(error).split()) or type(error).__name__
        yield InputProblem(ProblemKind.DAMAGED_FILE, file, line + 1 if line else None, detail)


def _breaks_off(content: IO[bytes]) -> bool:
    """Whether the content is a stream of Arrow without its end, which pyarrow does not ask for."""
    content.seek(0)
    whole = content.read()
    return not whole.startswith((_PARQUET, _ARROW_FILE, _OLD_FEATHER)) and not whole.endswith(_END)


def _opened(content: IO[bytes], packed: int, limits: Limits) -> tuple[Any, Iterator[Any]]:
    """The schema and the batches of rows."""
    from pyarrow import ipc

    head = content.read(8)
    content.seek(0)
    if head.startswith(_PARQUET):
        return _opened_parquet(content, packed, limits)
    if head.startswith(_OLD_FEATHER):
        return _opened_old(content)
    is_file = head.startswith(_ARROW_FILE)
    for given in itertools.accumulate(unpacked_sizes(content, len(head) if is_file else 0)):
        check_unpacked(packed, given, limits)
    content.seek(0)
    if is_file:
        reader = ipc.open_file(content)
        batches = (reader.get_batch(at) for at in range(reader.num_record_batches))
        return reader.schema, batches
    stream = ipc.open_stream(content)
    return stream.schema, iter(stream)


def _opened_parquet(content: IO[bytes], packed: int, limits: Limits) -> tuple[Any, Iterator[Any]]:
    """The same of Parquet, whose groups of rows say beforehand what they unpack to.

    Texts that come again are not copied before they are asked for: a dictionary of a few kilobytes
    could stand for any number of them.
    """
    import pyarrow as pa
    from pyarrow import parquet

    schema = parquet.read_schema(content)
    content.seek(0)
    texts = [
        column.name
        for column in schema
        if pa.types.is_string(column.type) or pa.types.is_binary(column.type)
    ]
    table = parquet.ParquetFile(content, read_dictionary=texts)

    def batches() -> Iterator[Any]:
        given = 0
        for group in range(table.metadata.num_row_groups):
            given += table.metadata.row_group(group).total_byte_size
            check_unpacked(packed, given, limits)
            yield from table.iter_batches(batch_size=_ROWS, row_groups=[group])

    return schema, batches()


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


def _check_offsets(batch: Any) -> None:
    """Raises ``ArrowException`` where a damaged file's offsets would lead out of its memory."""
    import pyarrow as pa

    batch.validate()
    for column in batch.columns:
        if not pa.types.is_temporal(column.type):  # which have none, only impossible values
            column.validate(full=True)


def _pieces(batch: Any) -> Iterator[Any]:
    """A few rows at a time, or one where they are long; dictionaries give way to their values."""
    for start in range(0, batch.num_rows, _ROWS):
        few = batch.slice(start, _ROWS)
        if not any(map(_is_dictionary, few.columns)):
            yield from _few(few)
        elif few.nbytes * few.num_rows <= _MOST_COPIES * LONGEST:
            yield from _few(_without_dictionaries(few))
        else:
            for at in range(few.num_rows):
                yield _without_dictionaries(few.slice(at, 1))


def _few(rows: Any) -> Iterator[Any]:
    """The rows together, or one at a time where they are long."""
    if rows.nbytes <= LONGEST:
        yield rows
    else:
        yield from (rows.slice(at, 1) for at in range(rows.num_rows))


def _is_dictionary(column: Any) -> bool:
    import pyarrow as pa

    is_one: bool = pa.types.is_dictionary(column.type)
    return is_one


def _without_dictionaries(batch: Any) -> Any:
    import pyarrow as pa

    columns = [
        column.dictionary_decode() if _is_dictionary(column) else column for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _values(batch: Any) -> Iterator[dict[str, object]]:
    """The rows as Python values that every format has: texts, numbers, lists and mappings."""
    columns = [_column(column) for column in batch.columns]
    names = batch.schema.names
    for row in zip(*columns, strict=True):
        yield dict(zip(names, row, strict=True))


def _column(column: Any) -> list[object]:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_integer(kind) or pa.types.is_large_string(kind):
        texts: list[object] = column.to_pylist()
        return texts
    if pa.types.is_timestamp(kind) and kind.unit == "ns":  # of which Python has no moments
        column = column.cast(pa.timestamp("us", tz=kind.tz), safe=False)
    try:
        return [_plain(value) for value in column.to_pylist()]
    except _NOT_IN_PYTHON:
        return [_scalar(value) for value in column]


def _scalar(value: Any) -> object:
    """One value; where Python has none like it, its number, and moments of no known zone in UTC."""
    import pyarrow as pa

    kind = value.type
    try:
        return _plain(value.as_py())
    except _NOT_IN_PYTHON:
        pass
    if pa.types.is_struct(kind):
        return {name: _scalar(part) for name, part in value.items()}
    if pa.types.is_nested(kind):
        return [_scalar(part) for part in value.values]
    if pa.types.is_timestamp(kind) and kind.tz not in {None, "UTC"}:
        return _scalar(value.cast(pa.timestamp(kind.unit, tz="UTC")))
    number = getattr(value, "value", None)
    return None if number is None else f"{number} ({kind})"


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
