"""Whatever is typed: an answer, within its work, with the articles that the twin finds."""

from __future__ import annotations

import pytest

from search.query.parse import parse
from tests.fuzz import COUNT
from tests.fuzz.processes import tried


def test_questions_by_chance_are_answered_as_the_twin_does() -> None:
    outcomes = tried("queries", 2 * COUNT, 14)
    assert set(outcomes) == {"answered", "compared", "nothing found", "refused"}
    assert outcomes.total() == 2 * COUNT


@pytest.mark.parametrize(
    "text",
    ['place:"sejak:00"', 'place:"a,b"', 'place:"(a)"', 'place:"-a"', "place:a.b/c"],
)
def test_a_value_of_a_facet_is_repeated_as_it_must_be_typed(text: str) -> None:
    root = parse(text).root
    assert root is not None
    again = parse(root.as_typed()).root
    assert again is not None
    assert again.as_typed() == root.as_typed()
