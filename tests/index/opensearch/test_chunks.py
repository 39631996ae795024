"""What a cluster says of a companion's files is believed only where it can be so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.opensearch.chunks import (
    CHUNK,
    ChunkError,
    StoredFile,
    facts_of,
    file_at,
    files_of,
)

GOOD = {"file": "MAIN_a.inv", "bytes": 7, "checksum": "0" * 32}


def test_facts_come_back(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_bytes(b"kata")
    files = [file_at(tmp_path / "words.txt"), StoredFile("MAIN_a.inv", CHUNK + 1, "a" * 32)]
    assert files_of(facts_of(files)) == files
    assert [one.chunks for one in files] == [1, 2]
    assert list(files[1].ids) == ["a" * 32 + ".0", "a" * 32 + ".1"]


@pytest.mark.parametrize(
    "facts",
    [
        None,
        {},
        [None],
        [{}],
        [GOOD | {"file": "../CURRENT"}],
        [GOOD | {"file": "/etc/passwd"}],
        [GOOD | {"file": ".."}],
        [GOOD | {"file": ""}],
        [GOOD | {"file": "a\n"}],
        [GOOD | {"file": "a" * 200}],
        [GOOD | {"bytes": -1}],
        [GOOD | {"bytes": "7"}],
        [GOOD | {"bytes": 7.5}],
        [GOOD | {"checksum": "0" * 31}],
        [GOOD | {"checksum": "../" + "0" * 29}],
        [GOOD, GOOD],
    ],
)
def test_what_cannot_be_is_refused(facts: Any) -> None:
    with pytest.raises(ChunkError):
        files_of(facts)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["file", "bytes", "checksum"]), inner)
        ),
    )
)
def test_whatever_is_said_names_no_file_outside_a_directory(facts: Any) -> None:
    try:
        files = files_of(facts)
    except ChunkError:
        return
    assert all("/" not in one.file and one.file not in {"", ".", ".."} for one in files)
