"""The parts that a query is said back in, each with the query without it."""

from __future__ import annotations

import pytest

from search.query.parse import parse
from search.query.parts import parts_of


def _told(query: str) -> list[tuple[str, str]]:
    return [(part.text.indonesian, part.query) for part in parts_of(parse(query).root, query)]


def test_each_part_is_said_with_the_query_without_it() -> None:
    assert _told('korupsi -sritex judul:"dana desa"') == [
        ("korupsi", '-sritex judul:"dana desa"'),
        ("tanpa sritex", 'korupsi judul:"dana desa"'),
        ("“dana desa” di judul", "korupsi -sritex"),
    ]


def test_what_asks_for_one_thing_has_one_part_and_nothing_without_it() -> None:
    assert _told("banjir") == [("banjir", "")]
    assert _told("banjir OR longsor") == [("banjir atau longsor", "")]
    assert _told("") == []


@pytest.mark.parametrize(
    ("query", "words", "spared"),
    [
        ("harga di pasar", [True, True, True], [False, True, False]),
        ("judul:harga beras", [False, True], [False, False]),
    ],
)
def test_parts_tell_plain_words_and_those_that_are_not_insisted_on(
    query: str, words: list[bool], spared: list[bool]
) -> None:
    parts = parts_of(parse(query).root, query)
    assert [part.word for part in parts] == words
    assert [part.optional for part in parts] == spared


def test_words_of_a_part_are_in_both_languages() -> None:
    query = "gempa -(ambon OR bali)"
    (_, part) = parts_of(parse(query).root, query)
    assert part.text.english == "without (ambon or bali)"
    assert part.text.indonesian == "tanpa (ambon atau bali)"


def test_a_time_is_one_part_as_it_was_typed() -> None:
    assert _told("kereta pukul 10:15 -malam") == [
        ("kereta", "pukul 10:15 -malam"),
        ("pukul", "kereta 10:15 -malam"),
        ("10:15", "kereta pukul -malam"),
        ("tanpa malam", "kereta pukul 10:15"),
    ]
    assert _told("bus (judul:8:30 OR jam) -(pukul 10:15)") == [
        ("bus", "(judul:8:30 OR jam) -(pukul 10:15)"),
        ("8:30 di judul atau jam", "bus -(pukul 10:15)"),
        ("tanpa (pukul dan 10:15)", "bus (judul:8:30 OR jam)"),
    ]
    # Behind days it would be read as a part of them.
    assert _told("sejak:2020 10:15 bus")[2] == ("bus", 'sejak:"2020-01-01" 10:15')


def test_words_of_different_fields_are_no_time() -> None:
    told = [text for text, _ in _told("judul:10 15 pukul 10:15")]
    assert told == ["10 di judul", "15", "pukul", "10"]
