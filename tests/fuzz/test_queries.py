"""Whatever is typed: an answer, within its work, with the articles that the twin finds."""

from __future__ import annotations

from tests.fuzz import COUNT
from tests.fuzz.processes import tried


def test_questions_by_chance_are_answered_as_the_twin_does() -> None:
    outcomes = tried("queries", 2 * COUNT, 14)
    assert set(outcomes) == {"answered", "compared", "nothing found", "refused"}
    assert outcomes.total() == 2 * COUNT
