"""What is asked for and excluded at once is told where that is certain."""

from __future__ import annotations

import pytest

from search.query.contradictions import contradictions
from search.query.parse import parse


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("gempa NOT gempa", ["gempa"]),
        ("makan -makanan", ["makan (makanan)"]),
        ("judul:beras -beras", ["beras"]),
        ('"beras naik" -beras', ["beras"]),
        ('"beras" -"beras"', ['"beras"']),
        ("beras (jagung -beras)", ["beras"]),
        ("sumber:(antara, detik) -sumber:antara -sumber:detik", ["sumber:antara OR sumber:detik"]),
        ("(beras OR jagung) -(jagung OR beras)", ["beras OR jagung"]),
        ("kor* -kor*", ["kor*"]),
        ("negara besar -negara", ["negara"]),
    ],
)
def test_what_no_article_fits_is_named(query: str, found: list[str]) -> None:
    assert [text for _, text in contradictions(parse(query).root)] == found


@pytest.mark.parametrize(
    "query",
    [
        "beras -judul:beras",
        "judul:beras -isi:beras",
        'beras -"beras"',
        '"makanan" -makan',
        "(beras OR jagung) -beras",
        "(beras NOT beras) OR jagung",
        "beras jagung -(beras jagung)",
        "kompas.com NOT kompas.com",
        "(kompas.com OR beras) -(kompas.com) -beras",
        "yang beras -yang",
        "apakah beras -apakah",
        "siapa nama presiden -nama -siapa",
        "apa arti inflasi -arti",
        "-beras -beras",
        "sumber:(antara, detik) -sumber:antara",
    ],
)
def test_where_an_article_may_fit_nothing_is_said(query: str) -> None:
    assert list(contradictions(parse(query).root)) == []
