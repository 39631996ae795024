"""What is known from earlier questions changes neither an answer nor its cost, at any budget."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from itertools import takewhile
from math import inf
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from numpy.typing import NDArray

from search.budget import Budget
from search.local.completing.spellings import Known, Spellings
from search.local.matches import Matches, added
from search.local.reading.cache import Cache
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from tests.conftest import article
from tests.search.local.archives import write_archive

Look = Callable[[Rows, Known, Budget], object]

BODIES = (
    ("harga beras naik", "rumah sakit umum", "beras merah dan beras putih"),
    ("harga minyak turun", "rumah sakit daerah", "rumahsakit baru"),
    ("beras", "harga harga harga", "hargai sesama"),
)


@cache
def archive() -> Path:
    path = Path(mkdtemp())
    numbers = iter(range(100))
    parts = [[article(next(numbers), "", body) for body in bodies] for bodies in BODIES]
    write_archive(path, parts, set())
    return path


LOOKS: dict[str, Look] = {
    "near words": lambda rows, _, budget: rows.snapshot.dictionary.vocabulary.near(
        "body_exact", "hargo", (1, 1), budget
    ),
    "terms with a prefix": lambda rows, _, budget: rows.snapshot.dictionary.commonest(
        "body_exact", "h", budget
    ),
    "terms that fit a pattern": lambda rows, _, budget: rows.snapshot.dictionary.fitting(
        "body_exact", "*a*", budget
    ),
    "terms a few edits away": lambda rows, _, budget: rows.snapshot.dictionary.edited(
        "body_exact", "hargo", 1, budget
    ),
    "the row of a word twice": lambda rows, _, budget: [
        len(rows.row((("body", "harga", 1.0),), budget)) for _ in range(2)
    ],
    "the row of a whole query twice": lambda rows, _, budget: [
        len(rows.whole("harga", partial(first_of, rows, budget), budget)) for _ in range(2)
    ],
    "how many words articles have": lambda rows, _, budget: listed(
        rows.presence("body_exact", ("harga", "beras"), budget)
    ),
    "how often two stand together": lambda _, known, budget: Spellings(known, budget).together(
        "rumah", "sakit"
    ),
    "whether two stand side by side": lambda _, known, budget: Spellings(
        known, budget
    ).stand_beside("rumah", "sakit"),
    "a compound of two words": lambda _, known, budget: Spellings(known, budget).pair(
        "rumah", "sakit"
    ),
    "a compound in one": lambda _, known, budget: Spellings(known, budget).joined("rumahsakit"),
}


def listed(counts: NDArray[np.uint8] | None) -> list[int] | None:
    return None if counts is None else counts.tolist()


def first_of(rows: Rows, budget: Budget) -> Matches:
    """What has words, as far as the budget goes."""
    words = takewhile(lambda _: not budget.spent(), ("harga", "beras", "rumah"))
    return added([rows.row((("body", word, 1.0),), budget) for word in words], 9)


def new() -> tuple[Rows, Known]:
    rows = Rows(Snapshot(archive()), BM25())
    return rows, Known(rows)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_what_is_known_is_no_more_than_what_would_be_found(look: Look) -> None:
    whole = Budget(inf)
    warm = new()
    expected = look(*warm, whole)
    assert whole.work > 0
    for most in (-1, *range(0, whole.work + 100, max(whole.work // 10, 1))):
        anew, again = Budget(inf, most), Budget(inf, most)
        found = look(*new(), anew)
        assert found == look(*warm, again)
        assert (anew.work, anew.partial) == (again.work, again.partial)
        assert anew.partial or found == expected


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_nor_is_anything_known_given_when_the_time_is_up(look: Look) -> None:
    warm = new()
    look(*warm, Budget(inf))
    late, again = Budget(-1), Budget(-1)
    assert look(*new(), late) == look(*warm, again)
    assert (late.work, late.partial) == (again.work, again.partial)


@pytest.mark.parametrize("room", [0, 1 << 20], ids=["nothing is kept", "all is kept"])
def test_what_is_read_counts_once_whether_it_was_kept_or_not(room: int) -> None:
    rows, _ = new()
    rows._rows = Cache(room)
    terms = (("body", "harga", 1.0),)
    once = Budget(inf)
    rows.row(terms, once)
    often = Budget(inf)
    for _ in range(3):
        rows.row(terms, often)
        rows.row((("body", "beras", 1.0),), Budget(inf))
    assert often.work == once.work > 0


@pytest.mark.parametrize("room", [0, 1 << 20], ids=["nothing is kept", "all is kept"])
def test_a_whole_query_counts_once_too(room: int) -> None:
    rows, _ = new()
    rows._rows = Cache(room)
    once, often = Budget(inf), Budget(inf)
    often.partial = True
    rows.whole("any", partial(first_of, rows, once), once)
    for _ in range(3):
        rows.whole("any", partial(first_of, rows, often), often)
    assert often.work == once.work > 0
    assert often.partial
    assert not once.partial
