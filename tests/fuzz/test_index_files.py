"""Whatever an index holds: an answer or a typed error, soon and in little memory."""

from __future__ import annotations

from tests.fuzz import COUNT
from tests.fuzz.processes import tried


def test_altered_index_files_are_read_or_refused() -> None:
    outcomes = tried("index_files", COUNT, 14)
    assert set(outcomes) == {"answered", "refused"}
    assert outcomes.total() == COUNT
