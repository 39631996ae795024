"""What the contract asks and a cluster answers otherwise; docs/scaling.md has a row for each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A test of the contract that fails on a cluster: ``test`` is its file and its name.

    ``what`` is answered otherwise, and ``why``, are the cells of the documentation's row.
    ``always``: the test has to fail there; else it may, by chance, and is left out.
    """

    test: str
    what: str
    why: str
    always: bool = True


DIFFERENCES = (
    Difference(
        "test_publishing.py::test_a_missing_index_is_reported_where_its_generation_is_asked_for",
        "the name of the generation is empty until the first question",
        "a server looks at it with every request, so it never waits for a network",
    ),
    Difference(
        "test_publishing.py::test_after_a_rollback_the_earlier_generation_is_searched",
        "`warta rollback` goes back to the rebuild before, not to the update before",
        "updates change the index in use; to keep each would cost an index",
    ),
    Difference(
        "test_publishing.py::test_readers_go_on_while_generations_are_published",
        "while an update runs, answers may have some of its articles and not yet others",
        "shards change one by one; a rebuild is seen as a whole",
        always=False,
    ),
    Difference(
        "test_exports.py::test_what_is_published_meanwhile_changes_nothing",
        "an export that is still running ends early when its generation is the fourth last",
        "a cluster does not know who reads an index, so it is removed like any other",
    ),
)
