"""What NEAR makes of groups, within bounds."""

from __future__ import annotations

import pytest

from search.query.beside import word_count
from search.query.parse import parse
from search.query.placed_query import NearQuery, OpeningQuery, SentenceQuery
from search.query.weights import Weights
from search.query.words import MAX_WORDS


@pytest.mark.parametrize(
    "text",
    [
        " NEAR/3 ".join("a" for _ in range(100)),
        " NEAR/3 ".join(f"(a{n} b{n})" for n in range(20)),
        " NEAR/3 ".join(f"((a{n} b{n}) OR (c{n} d{n}))" for n in range(8)),
        " NOT NEAR/5 ".join(f"(a{n} b{n})" for n in range(20)),
        "(a b c d) NEAR/5 (e f g h) i j k",
    ],
)
def test_groups_near_each_other_never_become_more_words_than_a_query_may_have(text: str) -> None:
    root = parse(text).root
    assert root is not None
    assert word_count(root) <= MAX_WORDS
    assert parse(root.as_typed()).root == root


@pytest.mark.parametrize("text", ["satu NEAR/5 dua", "awal:satu", "kalimat:(satu dua)"])
def test_words_that_come_into_the_place_of_one_have_its_place(text: str) -> None:
    root = parse(text).root
    two = parse("isi:(tiga empat)").root
    assert root is not None
    assert two is not None
    assert root.with_children([two, *root.children()[1:]]).placed("body") is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("satu NEAR/5 (dua NEAR/3 tiga)", 2),
        ("satu NEAR/5 ((dua NEAR/3 tiga) OR empat)", 2),
        ("awal:(dua NEAR/3 tiga)", 1),
        ("kalimat:(satu (dua NEAR/3 tiga))", 1),
        ('judul:(satu NEAR/5 ("dua tiga"~3 NEAR/9 empat))', 1),
    ],
)
def test_places_within_places_are_asked_for_once(text: str, expected: int) -> None:
    """Once in a field: what is inside scores, and is looked for where the whole is."""
    root = parse(text).root
    assert root is not None
    asked = [root.compile(Weights())]
    found = 0
    while asked:
        one = asked.pop()
        if isinstance(one, NearQuery | OpeningQuery | SentenceQuery):
            found += 1
        else:
            asked += one.children()
    assert found == expected


def test_no_word_is_left_out_for_what_groups_become() -> None:
    parsed = parse("(a b c d) NEAR/5 (e f g h) i")
    assert [note.code for note in parsed.notes] == ["near-too-many"]
    assert parsed.root is not None
    assert word_count(parsed.root) == 9
