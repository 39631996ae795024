"""``warta stats``: what it prints of an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from search.cli.stats import statistics_rows
from search.response import Statistics

WHOLE = Statistics(
    articles=1200,
    segments=3,
    terms=45_000,
    bytes=3 << 20,
    generation="berita-7",
    published=datetime(2024, 1, 10, 9, 30, tzinfo=UTC),
    version="schema 1",
    oldest=datetime(2023, 5, 31, 17, tzinfo=UTC),
    newest=datetime(2024, 1, 8, 17, tzinfo=UTC),
    facets={},
)


def test_statistics_are_told_in_the_words_of_both_languages() -> None:
    assert dict(statistics_rows(WHOLE)) == {
        "artikel / articles": "1.200",
        "segmen / segments": "3",
        "kata dasar berbeda / distinct stems": "45.000",
        "ukuran / size": "3,0 MiB",
        "generasi / generation": "berita-7",
        "diterbitkan / published": "2024-01-10T09:30:00+00:00",
        "versi / version": "schema 1",
        "tanggal / dates": "2023-06-01 – 2024-01-09",
    }


def test_what_an_engine_does_not_know_is_not_told() -> None:
    less = replace(WHOLE, segments=None, terms=None, bytes=None, oldest=None, newest=None)
    assert [label for label, _ in statistics_rows(less)] == [
        "artikel / articles",
        "generasi / generation",
        "diterbitkan / published",
        "versi / version",
    ]
