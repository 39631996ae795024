"""The file of postings, written and read as arrays."""

from __future__ import annotations

import numpy as np
import pytest
from whoosh.filedb.filestore import RamStorage

from index.segments import postings
from index.segments.container import ContainerWriter
from index.segments.postings import KIND, FieldArrays, Postings, write_field


@pytest.mark.parametrize("wide", [False, True])
def test_document_frequencies_are_whole_numbers(
    wide: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many postings there are: places behind 2**32 take eight bytes."""
    if wide:
        narrow = postings.offsets
        monkeypatch.setattr(postings, "offsets", lambda counts: narrow(counts).astype("<u8"))
    storage = RamStorage()
    writer = ContainerWriter(storage, "file", KIND)
    field = FieldArrays("f", [b"a", b"b"], np.array([1, 2]), np.array([0, 0, 1]))
    writer.finish({"fields": [write_field(writer, 0, field, 2)]})
    found = Postings(storage, "file").fields["f"].document_frequencies(0, 2)
    assert found.dtype == np.int64
    assert found.tolist() == [1, 2]
