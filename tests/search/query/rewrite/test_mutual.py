"""Whether two words and their spelling in one piece are one thing, by the articles of an index."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from search.budget import Budget
from search.local.completing.spellings import Known, Spellings
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.rewrite.compound_parts import parts_of
from search.query.rewrite.mutual import is_mutual
from tests.conftest import article
from tests.search.local.archives import write_archive


def _is_mutual(tmp_path: Path, first: str, second: str, bodies: list[str]) -> bool:
    write_archive(tmp_path, [[article(at, "k", body) for at, body in enumerate(bodies)]], set())
    snapshot = Snapshot(tmp_path)
    archive = Spellings(Known(Rows(snapshot, BM25())), Budget(inf))
    parts = parts_of(first, second, snapshot.analysis)
    assert parts is not None
    return is_mutual(parts, archive)


@pytest.mark.parametrize(
    ("first", "second"), [("sepak", "bola"), ("covid", "19"), ("anti", "korupsi"), ("e", "mail")]
)
def test_words_that_always_stand_side_by_side_are_one(
    tmp_path: Path, first: str, second: str
) -> None:
    bodies = [f"tentang {first} {second} hari ini", f"berita {first}{second} kemarin"] * 12
    assert _is_mutual(tmp_path, first, second, bodies)


@pytest.mark.parametrize(("first", "second"), [("presiden", "prabowo"), ("harga", "emas")])
def test_words_that_often_stand_apart_are_two(tmp_path: Path, first: str, second: str) -> None:
    bodies = [f"{first} yang bicara, dan {second} juga", f"{second} tanpa {first}"] * 12
    slips = [f"kata {first}{second} salah ketik", f"{first} {second} berdua"]
    assert not _is_mutual(tmp_path, first, second, [*bodies, *slips])


def test_what_no_article_has_in_one_piece_is_not_one(tmp_path: Path) -> None:
    assert not _is_mutual(tmp_path, "presiden", "prabowo", ["presiden prabowo"] * 9)


def test_a_word_that_is_left_out_of_queries_is_part_of_none(tmp_path: Path) -> None:
    assert not _is_mutual(tmp_path, "yang", "bola", ["yang bola yangbola"] * 9)
