"""What the buffers of an Arrow file unpack to."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.formats.arrowsizes import unpacked_sizes

TABLE = pa.table({"isi": ["air naik " * 10_000] * 8, "no": range(8)})
CODED = TABLE.set_column(0, "isi", TABLE["isi"].dictionary_encode())


def written(table: Any, codec: str | None, *, as_file: bool) -> bytes:
    out = BytesIO()
    make = pa.ipc.new_file if as_file else pa.ipc.new_stream
    options = pa.ipc.IpcWriteOptions(compression=codec)
    with make(out, table.schema, options=options) as writer:
        writer.write_table(table, max_chunksize=4)
    return out.getvalue()


@pytest.mark.parametrize("as_file", [True, False])
@pytest.mark.parametrize("codec", [None, "zstd", "lz4"])
def test_the_sizes_are_those_of_the_batches(codec: str | None, as_file: bool) -> None:
    start = 8 if as_file else 0
    sizes = list(unpacked_sizes(BytesIO(written(TABLE, codec, as_file=as_file)), start))
    assert sizes == pytest.approx([batch.nbytes for batch in TABLE.to_batches(4)], abs=64)
    sizes = list(unpacked_sizes(BytesIO(written(CODED, codec, as_file=as_file)), start))
    assert sizes == pytest.approx([90_008, 48, 48], abs=64)


@given(st.data())
def test_damage_ends_the_sizes_and_nothing_else(data: st.DataObject) -> None:
    content = bytearray(written(TABLE, "zstd", as_file=False))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + 8] = data.draw(st.binary(min_size=8, max_size=8))
    assert len(list(unpacked_sizes(BytesIO(content), 0))) < 100
