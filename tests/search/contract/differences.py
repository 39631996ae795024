"""What the contract asks and a cluster answers otherwise; docs/scaling.md has a row for each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A test of the contract that fails on a cluster: ``test`` is its file and its name.

    ``what`` is answered otherwise, and ``why``, are the cells of the documentation's row.
    """

    test: str
    what: str
    why: str


DIFFERENCES = (
    Difference(
        "test_publishing.py::test_a_missing_index_is_reported_by_the_first_question",
        "the generation's name is empty before anything was asked",
        "it is looked at with every request to a server and never waits for a network",
    ),
)
