"""What is soon said of words that are none together, or not two, is what a long look says."""

from __future__ import annotations

from math import inf
from random import Random

import pytest

from search.budget import Budget
from search.local.completing.spellings import Known, Spellings
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.rewrite.compound_parts import is_in_lexicon, parts_of
from search.query.rewrite.compounds import _apart
from search.query.rewrite.cuts import cuts_of
from search.query.rewrite.mutual import is_mutual
from search.query.rewrite.no_word import is_no_word
from tests.conftest import article
from tests.search.local.archives import write_archive

WORDS = (
    *("rumah", "sakit", "sepak", "bola", "kan", "nya", "ber", "mahasiswa", "siswa", "maha", "e"),
    *("mail", "anti", "korupsi", "di", "sini", "top", "skor", "on", "line", "yang", "i", "meme"),
    *("men", "teri", "ter", "ima", "buku", "pra", "bowo", "tolong", "menolong", "eks", "por"),
    *("liga", "honor", "rp", "km", "an", "u", "2", "16", "2019", "000", "covid", "19", "pemilu"),
)


@pytest.fixture(scope="module")
def spellings(tmp_path_factory: pytest.TempPathFactory) -> Spellings:
    """Of an archive that has the words apart, and some together or with a hyphen."""
    random, path = Random(18), tmp_path_factory.mktemp("no_word")
    bodies = []
    for _ in range(90):
        words = random.choices(WORDS, k=random.randint(2, 30))
        joiners = random.choices((" ", "", "-"), (12, 1, 1), k=len(words))
        bodies.append("".join(a + b for a, b in zip(words, joiners, strict=True)))
    write_archive(path, [[article(number, "", body) for number, body in enumerate(bodies)]], set())
    return Spellings(Known(Rows(Snapshot(path), BM25())), Budget(inf))


def test_what_is_soon_no_word_is_none_by_its_articles(spellings: Spellings) -> None:
    how, told = spellings.known.rows.snapshot.analysis, 0
    for first in WORDS:
        for second in WORDS:
            if is_no_word(first, second, how, spellings):
                told += 1
                found = parts_of(first, second, how)
                assert found is None or not is_mutual(found, spellings), (first, second)
    assert 400 < told < len(WORDS) ** 2


def test_cuts_that_a_glance_rules_out_are_no_compounds(spellings: Spellings) -> None:
    how, ruled_out = spellings.known.rows.snapshot.analysis, 0
    for whole in (one + other for one in WORDS for other in WORDS):
        if not whole.isalpha():
            continue
        stem = how.stem(whole)
        listed = is_in_lexicon(stem)
        left = cuts_of(whole, how, spellings, listed=listed)
        for at, may_begin in spellings.ends(whole) if not listed else ():
            cut = whole[:at], whole[at:]
            if may_begin and cut not in left:
                ruled_out += 1
                assert _apart(*cut, whole, spellings) is None, cut
    assert ruled_out > 200
