"""Cuts that the kernel leaves are those of the steps, for the same work."""

from __future__ import annotations

from math import inf
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from index.kernels import kernel
from search.budget import Budget
from search.local.completing.spellings import Known, Spellings
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.rewrite.compounds import cut
from search.query.rewrite.cuts import cuts_of
from search.query.rewrite.mutual import decided
from search.query.rewrite.no_word import is_no_word
from tests.conftest import article
from tests.index.kernels.test_compounds import DOUBLED, WAYS
from tests.search.local.archives import write_archive

if TYPE_CHECKING:
    from index.kernels.cuts import Cutter

pytestmark = pytest.mark.skipif(kernel("cuts") is None, reason="the kernels are not in use")


PARTS = (
    *("rumah", "sakit", "sepak", "bola", "kan", "nya", "ber", "mahasiswa", "siswa", "maha", "e"),
    *("mail", "anti", "korupsi", "di", "sini", "top", "skor", "on", "line", "yang", "i", "meme"),
    *("resmi", "umum", "men", "teri", "ter", "ima", "buku", "pe", "per", "temuan"),
)


@pytest.fixture(scope="module", params=WAYS)
def spellings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Spellings:
    random, path = Random(17), tmp_path_factory.mktemp("cuts")
    words = *PARTS, *DOUBLED
    bodies = [" ".join(random.choices(words, k=random.randint(1, 30))) for _ in range(60)]
    articles = [article(number, "", body) for number, body in enumerate(bodies)]
    write_archive(path, [articles[:20], articles[20:]], set(), words=WAYS[request.param])
    return Spellings(Known(Rows(Snapshot(path), BM25())), Budget(inf))


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "unlisted"])
def test_a_glance_leaves_the_same_cuts_for_the_same_work(
    spellings: Spellings, *, listed: bool
) -> None:
    how, budget = spellings.known.rows.snapshot.analysis, spellings.budget
    wholes = [one + other for one in (*PARTS, *DOUBLED) for other in (*PARTS, *DOUBLED)]
    some = 0
    for whole in wholes:
        budget.work = 0
        found, work = spellings.cuts(whole, listed=listed), budget.work
        budget.work = 0
        assert found == cuts_of(whole, how, spellings, listed=listed), whole
        assert budget.work == work, whole
        some += bool(found)
    assert 100 < some < len(wholes)


def test_words_that_a_glance_leaves_no_cut_of_are_not_written_apart_for_the_same_work(
    spellings: Spellings,
) -> None:
    how, budget, cutter = (
        spellings.known.rows.snapshot.analysis,
        spellings.budget,
        _cutter(spellings),
    )
    wholes = [one + other for one in (*PARTS, *DOUBLED) for other in (*PARTS, *DOUBLED)]
    none = 0
    for whole in (*wholes, *PARTS, "2024", "u19", "sepak-bola", "kété", "a" * 40, ""):
        budget.work = 0
        work = cutter.uncut(whole)
        if work >= 0:
            assert cut(whole, how, spellings) is None, whole
            assert budget.work == work, whole
            none += 1
    assert 300 < none < len(wholes)


def test_what_the_kernel_calls_no_word_is_none_by_the_lists(spellings: Spellings) -> None:
    how, cutter = spellings.known.rows.snapshot.analysis, _cutter(spellings)
    numbers = "2", "19", "2024", "000", "1900", "u19", "٣"
    doubled = *DOUBLED, "menteri", "besaran", "besar", "pukul", "memukul", "me", "di"
    words = (*PARTS, *numbers, *doubled, "honor", "rp", "é", "rumah-sakit", "", "a" * 20)
    told = {(one, other): cutter.is_no_word(one, other) for one in words for other in words}
    for (one, other), no_word in told.items():
        assert no_word == is_no_word(one, other, how, spellings), (one, other)
    assert 100 < sum(told.values()) < len(told)


@pytest.mark.parametrize("most", [inf, 9_000, 4_000, 0])
def test_what_two_words_are_together_is_decided_as_by_steps(
    spellings: Spellings, most: float
) -> None:
    rows, how = spellings.known.rows, spellings.known.rows.snapshot.analysis
    words = (*PARTS, *DOUBLED, "up", "yang", "anti", "sepak-bola", "19", "é", "Bola", "")
    told = mutual = 0
    for one in words:
        for other in words:
            at_once, by_steps = [Spellings(Known(rows), Budget(inf, most)) for _ in range(2)]
            at_once.known.common = by_steps.known.common = spellings.known.common
            found, expected = at_once.decided(one, other), decided(one, other, how, by_steps)
            assert (found is None) == (expected is None), (one, other)
            if found is not None and expected is not None:
                assert found[1] == expected[1], (one, other)
                assert (found[0].one, found[0].two) == (expected[0].one, expected[0].two)
                assert [*found[0].forms] == [*expected[0].forms]
                mutual += found[1]
            assert at_once.budget.work == by_steps.budget.work, (one, other)
            assert at_once.budget.partial == by_steps.budget.partial
            told += _cutter(spellings).seen(one, other, 1 << 40) is not None
    assert told > 300
    assert mutual > 20


@pytest.mark.parametrize("number", [1, 32, 33])
def test_a_word_is_one_in_any_of_some_segments(tmp_path: Path, number: int) -> None:
    bodies = ["rumah sakit", *["sepak bola"] * (number - 1), "temuanbuku covid19"]
    parts = [[article(at, "", body)] for at, body in enumerate(bodies[-number:])]
    write_archive(tmp_path / "index", parts, set())
    cutter = _cutter(Spellings(Known(Rows(Snapshot(tmp_path / "index"), BM25())), Budget(inf)))
    assert not cutter.is_no_word("temuan", "buku")
    assert not cutter.is_no_word("covid", "19")
    assert cutter.is_no_word("buku", "temuan")
    assert cutter.is_no_word("19", "covid")


def _cutter(spellings: Spellings) -> Cutter:
    cutter = spellings.known.cutter
    assert cutter is not None
    return cutter


def test_a_longer_word_than_the_set_has_is_an_index_error(spellings: Spellings) -> None:
    cutter = spellings.known.cutter
    assert cutter is not None
    with pytest.raises(IndexError, match="too long"):
        cutter.cuts("a" * 33, listed=False)


@pytest.mark.parametrize("word", ["kété", "makané"])
def test_what_is_not_of_ascii_is_not_cut(spellings: Spellings, word: str) -> None:
    cutter = _cutter(spellings)
    with pytest.raises(ValueError, match="ASCII"):
        cutter.cuts(word, listed=False)
    assert not cutter.is_no_word(word, "buku")
    assert not cutter.is_no_word("buku", word)
    assert cutter.seen(word, "buku", 1 << 40) is None
