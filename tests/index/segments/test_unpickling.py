"""What an index pickled is read again; nothing else runs."""

from __future__ import annotations

import pickle
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.errors import FileDamaged
from index.segments.container import ContainerWriter
from index.segments.documents import KIND, Documents
from index.segments.documents_writer import StoredWriter, write_vectors
from index.segments.unpickling import NO_CLASSES, OLDER_VALUES, VALUES, read_pickle
from tests.index.segments.hostile import Hostile

CAPITAL = timezone(timedelta(hours=7), "WIB")
VECTOR = [("beras", "harga"), (1.0, 2.0), (b"\x01", b"\x02")]


def documents(record: bytes, vector: bytes = b"") -> Documents:
    """A document with this record and term vector."""
    storage = RamStorage()
    writer = ContainerWriter(storage, "MAIN_x.doc", KIND)
    stored = StoredWriter(writer)
    stored.add_parts([record], [b""])
    stored.finish()
    vectors = {"text": write_vectors(writer, "text", [vector])}
    writer.finish({"documents": 1, "lengths": {}, "columns": {}, "vectors": vectors})
    return Documents(storage, "MAIN_x.doc")


@pytest.mark.parametrize(
    "value",
    [
        "beras",
        1,
        1.5,
        True,
        None,
        b"\x00",
        [1, ("a", {"b": 2})],
        {"a", "b"},
        datetime(2023, 6, 1, 3, 4),
        datetime(2023, 6, 1, tzinfo=UTC),
        datetime(2023, 6, 1, tzinfo=CAPITAL),
        date(2023, 6, 1),
        time(3, 4),
        timedelta(seconds=1),
        Decimal("1.10"),
    ],
)
def test_stored_values_are_read_again(value: object) -> None:
    record = pickle.dumps({"value": value}, 5)
    assert documents(record).stored(0) == {"value": value}


def test_term_vectors_are_read_again() -> None:
    assert documents(b"", pickle.dumps(VECTOR, 5)).vector("text", 0) == VECTOR
    assert documents(b"").vector("text", 0) is None


def test_a_forged_record_runs_nothing(tmp_path: Path) -> None:
    hostile = Hostile(f"touch {tmp_path / 'ran'}")
    for record in (pickle.dumps(hostile), pickle.dumps({"title": hostile}, 5)):
        found = documents(record)
        for read in (found.hit, found.stored):
            with pytest.raises(FileDamaged, match=r"names \w+\.system, which no index") as caught:
                read(0)
            assert caught.value.file == "MAIN_x.doc"
    assert not (tmp_path / "ran").exists()


def test_a_forged_vector_runs_nothing(tmp_path: Path) -> None:
    found = documents(b"", pickle.dumps(Hostile(f"touch {tmp_path / 'ran'}"), 5))
    with pytest.raises(FileDamaged, match=r"names \w+\.system, which no index needs"):
        found.vector("text", 0)
    assert not (tmp_path / "ran").exists()


def test_a_vector_names_no_class() -> None:
    with pytest.raises(FileDamaged, match=r"names datetime\.date, which no index needs"):
        documents(b"", pickle.dumps([date(2023, 6, 1)], 5)).vector("text", 0)


@pytest.mark.parametrize("record", [b"\x80", b"cos\n", b"P1\n.", pickle.dumps([1]), b"}}s."])
def test_what_is_no_record_is_damage(record: bytes) -> None:
    with pytest.raises(FileDamaged, match="MAIN_x"):
        documents(record).stored(0)


@pytest.mark.parametrize(
    ("value", "altered"),
    [
        (datetime(2023, 6, 1, 3, 4), (b"\x06\x01\x03\x04", b"\x06\x01\x63\x04")),
        (datetime(2023, 6, 1, 3, 4), (b"\x06\x01\x03\x04", b"\x06\x63\x03\x04")),
        (date(2023, 6, 1), (b"\x07\xe7\x06\x01", b"\x07\xe7\x06\x63")),
        (time(3, 4), (b"\x03\x04\x00", b"\x63\x04\x00")),
    ],
)
def test_a_moment_that_is_none_is_damage(value: object, altered: tuple[bytes, bytes]) -> None:
    record = pickle.dumps({"value": value}, 5)
    assert altered[0] in record
    with pytest.raises(FileDamaged, match="MAIN_x"):
        documents(record.replace(*altered)).stored(0)


_PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary(),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
)


@given(_PLAIN, st.integers(2, 5))
def test_plain_values_are_read_as_python_reads_them(value: object, protocol: int) -> None:
    makers = OLDER_VALUES if protocol == 2 else NO_CLASSES
    assert read_pickle("x", pickle.dumps(value, protocol), makers) == value


@given(st.binary(max_size=60))
def test_whatever_is_read_is_a_value_or_damage(content: bytes) -> None:
    with suppress(FileDamaged):
        read_pickle("x", b"\x80\x04" + content, VALUES)
