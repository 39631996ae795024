"""Every row of the specification of the query language is true."""

from __future__ import annotations

import pytest

from search.messages import CODES
from search.query.parse import parse
from search.query.specification import SECTIONS, Row
from search.query.specification.dates import TODAY
from tests.search.query.rendering import rendered

ROWS = [row for section in SECTIONS for row in section.rows]


@pytest.mark.parametrize("row", ROWS, ids=[ascii(row.query)[:60] for row in ROWS])
def test_a_query_has_the_tree_and_the_notes_of_its_row(row: Row) -> None:
    parsed = parse(row.query, today=TODAY)
    assert rendered(parsed.root) == row.tree
    notes = [
        note.code if note.position is None else f"{note.code}@{note.position}"
        for note in parsed.notes
    ]
    assert notes == list(row.notes)


def test_each_query_has_one_row() -> None:
    queries = [row.query for row in ROWS]
    assert len(queries) == len(set(queries))


def test_examples_for_readers_are_read_as_they_are_typed() -> None:
    for row in ROWS:
        told = {note.partition("@")[0] for note in row.notes}
        assert row.help is None or told <= {"days-meant"}


def test_every_note_that_a_parser_gives_has_a_row() -> None:
    given = {note.partition("@")[0] for row in ROWS for note in row.notes}
    by_archive = {
        *("relaxed", "not-together", "none-with-all", "unknown-value", "nearest-values"),
        *(
            "begun-values",
            "several-values",
            "prefix-cut",
            "pattern-cut",
            "fuzzy-cut",
            "values-apart",
            "corrected",
        ),
        *("other-number", "no-article-has", "partial", "unmarked"),
    }
    assert given | by_archive == CODES
