"""Cuts of a word are those that the bits of a set say, and no others are read."""

from __future__ import annotations

from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from search.budget import Budget
from search.local.completing.spellings import Known, Spellings
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.rewrite.compounds import cuts_of
from tests.conftest import article
from tests.search.local.archives import write_archive

module = kernel("cuts")
pytestmark = pytest.mark.skipif(module is None, reason="the kernels are not in use")


@given(st.binary(max_size=32), st.sampled_from([2, 7, 251, 4093]), st.randoms())
def test_a_cut_is_where_the_remainders_are_in_the_set(
    word: bytes, prime: int, random: object
) -> None:
    bits = random.randbytes((prime + 7) // 8)  # type: ignore[attr-defined]

    def has(part: bytes) -> bool:
        place = int.from_bytes(part, "little") % prime
        return bool(bits[place >> 3] >> (place & 7) & 1)

    expected = [(at, has(word[:at])) for at in range(1, len(word)) if has(word[at:])]
    assert module.cuts(bits, prime, word) == expected


@pytest.mark.parametrize(
    ("bits", "prime", "word"), [(b"\0", 9, b"kata"), (b"", 0, b""), (b"\0", 5, b"a" * 33)]
)
def test_what_does_not_fit_is_an_index_error(bits: bytes, prime: int, word: bytes) -> None:
    with pytest.raises(IndexError):
        module.cuts(bits, prime, word)


PARTS = (
    *("rumah", "sakit", "sepak", "bola", "kan", "nya", "ber", "mahasiswa", "siswa", "maha", "e"),
    *("mail", "anti", "korupsi", "di", "sini", "top", "skor", "on", "line", "yang", "i", "meme"),
    *("resmi", "umum", "men", "teri", "ter", "ima", "buku", "pe", "per", "temuan"),
)


@pytest.fixture(scope="module")
def spellings(tmp_path_factory: pytest.TempPathFactory) -> Spellings:
    random, path = Random(17), tmp_path_factory.mktemp("cuts")
    bodies = [" ".join(random.choices(PARTS, k=random.randint(1, 30))) for _ in range(60)]
    articles = [article(number, "", body) for number, body in enumerate(bodies)]
    write_archive(path, [articles[:20], articles[20:]], set())
    return Spellings(Known(Rows(Snapshot(path), BM25())), Budget(inf))


@pytest.mark.parametrize("listed", [True, False], ids=["listed", "unlisted"])
def test_a_glance_leaves_the_same_cuts_for_the_same_work(
    spellings: Spellings, *, listed: bool
) -> None:
    how, budget = spellings.known.rows.snapshot.analysis, spellings.budget
    wholes = [one + other for one in PARTS for other in PARTS]
    some = 0
    for whole in wholes:
        budget.work = 0
        found, work = spellings.cuts(whole, listed=listed), budget.work
        budget.work = 0
        assert found == cuts_of(whole, how, spellings, listed=listed), whole
        assert budget.work == work, whole
        some += bool(found)
    assert 100 < some < len(wholes)


def test_a_longer_word_than_the_set_has_is_an_index_error(spellings: Spellings) -> None:
    cutter = spellings.known.cutter
    assert cutter is not None
    with pytest.raises(IndexError, match="too long"):
        cutter.cuts("a" * 33, listed=False)
