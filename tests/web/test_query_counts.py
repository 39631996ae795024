from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.query_counts import (
    Asked,
    Counts,
    Rare,
    days_in,
    file_of,
    fitting,
    from_bytes,
    to_bytes,
    together,
    without_rare,
)

DAY = date(2026, 11, 29)
NUMBERS = st.integers(0, 20)
ASKED = st.builds(Asked, st.integers(1, 20), NUMBERS, NUMBERS, NUMBERS, NUMBERS)
COUNTS = st.builds(
    Counts,
    st.dictionaries(st.text(max_size=3), ASKED, max_size=6),
    NUMBERS,
    NUMBERS,
    st.builds(Rare, NUMBERS, NUMBERS),
    st.booleans(),
)


@given(COUNTS)
def test_a_file_holds_what_was_counted(counts: Counts) -> None:
    assert from_bytes(to_bytes(DAY, counts)) == counts


@given(st.lists(COUNTS, max_size=4))
def test_no_question_is_lost_by_adding_up(several: list[Counts]) -> None:
    added = together(several)
    assert added.asked == sum(one.asked for one in several)
    assert together(reversed(several)) == added


@given(COUNTS, NUMBERS)
def test_no_question_is_lost_by_leaving_queries_out(counts: Counts, number: int) -> None:
    fewer = fitting(counts, number)
    assert (fewer.asked, len(fewer.queries)) == (counts.asked, min(number, len(counts.queries)))
    frequent = without_rare(counts, number)
    assert frequent.asked == counts.asked
    assert all(one.asked >= number for one in frequent.queries.values())
    assert frequent.rare.queries == counts.rare.queries + len(counts.queries) - len(
        frequent.queries
    )


def test_the_most_frequent_queries_have_room() -> None:
    counts = Counts({"a": Asked(1), "b": Asked(9), "c": Asked(3)})
    assert fitting(counts, 2) == Counts({"b": Asked(9), "c": Asked(3)}, others=1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"1",
        b"null",
        b"{}",
        b'{"queries": []}',
        b'{"queries": {"a": 1}, "refined": 0, "others": 0, "rare": {}, "closed": true}',
        to_bytes(DAY, Counts({"a": Asked(1)})).replace(b'"asked":1', b'"asked":"1"'),
        to_bytes(DAY, Counts({"a": Asked(1)})).replace(b'"asked":1', b'"asked":-1'),
        to_bytes(DAY, Counts({"a": Asked(1)})).replace(b'"asked":1', b'"asked":true'),
        to_bytes(DAY, Counts())[:-3],
        b"\xff\xfe",
    ],
)
def test_what_holds_no_counts_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):
        from_bytes(content)


def test_other_files_are_no_days(tmp_path: Path) -> None:
    for name in ("2026-13-01.json", "2026-11-29.json.damaged", ".new", "x", "0000-01-01.json"):
        (tmp_path / name).touch()
    file_of(tmp_path, DAY).touch()
    assert list(days_in(tmp_path)) == [DAY]
