"""Compounds that are found by one call are those that steps find, for the same counted work."""

from __future__ import annotations

import gc
import weakref
from math import inf
from random import Random

import pytest

from index.analysis import NO_WORDS, Token, UserWords
from index.errors import FileDamaged
from index.glued import no_entry
from index.kernels import kernel
from index.stemming import StemmerName
from search.budget import NODE, Budget
from search.local.completing.spellings import BY_ARTICLES, Known, Spellings
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.rewrite.compound_parts import Compound, Form, Parts, parts_of
from search.query.rewrite.compounds import GLUED, PREPOSITIONS
from search.query.rewrite.mutual import BOUNDS, is_mutual
from tests.conftest import article
from tests.search.local.archives import write_archive

pytestmark = pytest.mark.skipif(kernel("compounds") is None, reason="the kernels are not in use")

PARTS = (
    *("rumah", "sakit", "sepak", "bola", "kan", "nya", "ber", "mahasiswa", "siswa", "maha", "e"),
    *("mail", "anti", "korupsi", "di", "sini", "top", "skor", "on", "line", "yang", "i", "meme"),
    *("resmi", "umum", "men", "teri", "ter", "ima", "buku", "pe", "per", "temuan", "up", "jakarta"),
    *("kita", "rp", "20", "u", "galeri", "2024", "sepak-bola", "é", "Bola", ""),
)
DOUBLED = "tolong", "menolong", "tolongmenolong", "beli", "membeli", "makan", "memakan"
WAYS = {
    "ours": NO_WORDS,
    "words of the user": UserWords(frozenset({"sepakbola", "menolong", "rumah"})),
    "Snowball's": UserWords(stemmer=StemmerName.SNOWBALL),
    "Snowball's, words of the user": UserWords(
        frozenset({"sepakbola", "menolong", "rumah"}), stemmer=StemmerName.SNOWBALL
    ),
}
WHOLES = tuple([one + other for one in PARTS for other in PARTS])


@pytest.fixture(scope="module", params=WAYS)
def rows(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Of an archive that has the words apart, and some together or with a hyphen."""
    random, path = Random(19), tmp_path_factory.mktemp("compounds")
    bodies = []
    for _ in range(90):
        words = random.choices((*PARTS[:-3], *DOUBLED), k=random.randint(2, 30))
        joiners = random.choices((" ", "", "-"), (12, 2, 1), k=len(words))
        bodies.append("".join(a + b for a, b in zip(words, joiners, strict=True)))
    articles = [article(number, "", body) for number, body in enumerate(bodies)]
    write_archive(path, [articles[:30], articles[30:]], set(), words=WAYS[request.param])
    return Rows(Snapshot(path), BM25())


def _is_plain(text: str) -> bool:
    return text.isascii() and (text.isdigit() or (text.isalpha() and text.islower()))


@pytest.fixture(scope="module")
def known(rows: Rows) -> Known:
    """Whose common words are worked out once: they are those of the archive."""
    return Known(rows)


def _ways(known: Known, most: float) -> list[Spellings]:
    """With the kernel, without it, and without the one that cuts, too; none knows a word yet."""
    ways = [Known(known.rows) for _ in range(3)]
    _, by_steps, in_python = ways
    for one in ways:
        one.common = known.common
    by_steps.compounds = in_python.compounds = in_python.cutter = None
    return [Spellings(one, Budget(inf, most)) for one in ways]


def test_parts_are_those_that_the_rules_tell(known: Known) -> None:
    how, compounds, told = known.rows.snapshot.analysis, known.compounds, 0
    assert compounds is not None
    for first in (*PARTS, *DOUBLED, "2", "kau", "in"):
        for second in (*PARTS, *DOUBLED, "2", "kau", "in"):
            found, parts = compounds.parts(first, second), parts_of(first, second, how)
            if found is None:
                assert not (_is_plain(first) and _is_plain(second)), (first, second)
                continue
            if not found:
                assert parts is None, (first, second)
                continue
            one, two, forms, mutual = found
            assert parts == Parts(one, two, forms), (first, second)
            if mutual != BY_ARTICLES:
                at_once, *_ = _ways(known, inf)
                assert is_mutual(parts, at_once) == bool(mutual), (first, second)
                assert not at_once.budget.work
            told += 1
    assert told > 500


@pytest.mark.parametrize("most", [inf, 12_000, 7_000, 0])
def test_two_words_are_the_compound_that_steps_find(known: Known, most: float) -> None:
    found = 0
    for first in (*PARTS, *DOUBLED):
        for second in (*PARTS, *DOUBLED):
            at_once, *others = _ways(known, most)
            one = at_once.pair(first, second)
            for by_steps in others:
                assert by_steps.pair(first, second) == one, (first, second)
                assert _counted(at_once) == _counted(by_steps), (first, second)
                assert at_once.known.pairs == by_steps.known.pairs
            found += one is not None
    assert found > 20 or most < inf


@pytest.mark.parametrize("most", [inf, 20_000, 9_000, 0])
def test_a_word_is_written_apart_where_steps_find_it_so(known: Known, most: float) -> None:
    found = 0
    doubled = [one + other for one in DOUBLED for other in DOUBLED]
    for whole in (*WHOLES, *doubled, *DOUBLED):
        at_once, *others = _ways(known, most)
        one = at_once.joined(whole)
        for by_steps in others:
            assert by_steps.joined(whole) == one, whole
            assert _counted(at_once) == _counted(by_steps), whole
            assert at_once.known.words == by_steps.known.words
        found += one is not None
    assert found > 20 or most < inf


@pytest.mark.parametrize("most", [inf, 12_000, 9_000])
def test_of_many_articles_with_both_a_sample_tells_the_same(
    known: Known, most: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.local.completing.spellings.LOOKED_AT", 3)
    monkeypatch.setattr("search.local.completing.together.LOOKED_AT", 3)
    monkeypatch.setattr("search.local.completing.together.FEW", 1)
    monkeypatch.setattr("search.local.completing.spellings.FEW", 1)
    for first in PARTS[:-4:2]:
        for second in (*PARTS[:-4:3], *DOUBLED):
            at_once, *others = _ways(known, most)
            found = at_once.pair(first, second), at_once.joined(first + second)
            for by_steps in others:
                told = by_steps.pair(first, second), by_steps.joined(first + second)
                assert told == found, (first, second)
                assert _counted(at_once) == _counted(by_steps), (first, second)


def test_words_and_numbers_need_no_steps(rows: Rows) -> None:
    compounds = Known(rows).compounds
    assert compounds is not None
    for first, second in (
        ("galeri", "20"),
        ("2024", "rumah"),
        ("tolong", "menolong"),
        ("e", "mail"),
    ):
        assert compounds.pair(first, second, 1 << 40) is not None, (first, second)


def test_most_of_them_need_no_steps(rows: Rows) -> None:
    compounds = Known(rows).compounds
    assert compounds is not None
    told = [compounds.joined(one, 1 << 40) is not None for one in WHOLES]
    assert sum(told) > len(told) // 2


def test_damaged_entries_of_glued_words_are_told(rows: Rows) -> None:
    known = Known(rows)
    compounds = kernel("compounds").Compounds(
        known.cutter,
        kernel("glued").Begins([b"sepak\tsepakbola\tx"]),
        no_entry,
        common=0,
        token=Token,
        form=Form,
        compound=Compound,
        node=NODE,
        bounds=(*BOUNDS, GLUED),
        prepositions=PREPOSITIONS,
        together=lambda *_: None,
    )
    with pytest.raises(FileDamaged):
        compounds.pair("sepak", "bola", 1 << 40)


def test_what_nobody_asks_any_more_is_gone_at_once(rows: Rows) -> None:
    known = Known(rows)
    assert known.compounds is not None
    known.compounds.pair("sepak", "bola", 1 << 40)
    gone = weakref.ref(known)
    gc.disable()
    try:
        del known
        assert gone() is None
    finally:
        gc.enable()


def _counted(spellings: Spellings) -> tuple[int, bool]:
    return spellings.budget.work, spellings.budget.partial
