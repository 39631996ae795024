from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from decimal import Decimal

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FileDamaged
from index.segments.records import BULK, from_bytes, to_bytes

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
VALUES = st.one_of(
    st.text(st.characters(), max_size=30),
    st.integers(),
    st.floats(allow_nan=False),
    st.booleans(),
    st.none(),
    st.binary(max_size=10),
    st.datetimes(),
    st.dates(),
    st.decimals(allow_nan=False),
    st.lists(st.integers(), max_size=3),
    st.tuples(st.text(max_size=3), st.integers()),
)


@given(st.dictionaries(NAMES, VALUES, max_size=8))
def test_what_is_written_is_read(record: dict[str, object]) -> None:
    found = from_bytes("x.doc", to_bytes(record))
    assert found == record
    assert {name: type(value) for name, value in found.items()} == {
        name: type(value) for name, value in record.items()
    }


@pytest.mark.parametrize(
    "value",
    [
        "\ud800",
        1 << 63,
        -(1 << 63) - 1,
        b"x",
        Decimal(1),
        date(2020, 1, 1),
        float("inf"),
        (1,),
        datetime(2020, 1, 1, tzinfo=UTC),
        datetime(2020, 1, 1, fold=1),
    ],
    ids=ascii,
)
def test_what_json_cannot_hold_is_pickled(value: object) -> None:
    packed = to_bytes({"a": "b", "value": value})
    assert packed[:1] == b"\x80"
    assert from_bytes("x.doc", packed) == {"a": "b", "value": value}


def test_an_article_is_json() -> None:
    record = {"id": "a1", "title": "Harga", "date": datetime(2020, 1, 1), BULK: [("body", 5)]}
    packed = to_bytes(record)
    assert orjson.loads(packed)[0] == {"date": "2020-01-01T00:00:00"}
    assert from_bytes("x.doc", packed) == record


def test_no_values_are_no_bytes() -> None:
    assert to_bytes({}) == b""
    assert from_bytes("x.doc", b"") == {}


@pytest.mark.parametrize(
    "packed",
    [
        b"[",
        b"[]",
        b"[1, 2]",
        b"[{}]",
        b"[{}, []]",
        b"[{}, null]",
        b"[[], {}]",
        b'[{"date": "kemarin"}, {}]',
        b'[{"date": 1}, {}]',
        b'[{}, {"": 1}]',
        b'[{}, {"": [1]}]',
        b'[{}, {"": [["a"]]}]',
        b"[" * 100_000,
        b"[{}, {}, {}]",
        b"\x80",
        pickle.dumps([1]),
        b"{}",
        b"[{}, \xff]",
    ],
    ids=lambda packed: ascii(packed[:20]),
)
def test_what_is_no_record_is_damage(packed: bytes) -> None:
    with pytest.raises(FileDamaged):
        from_bytes("x.doc", packed)
