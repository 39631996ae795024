"""A compound that is made ready at once is what its steps make of it, and counts the same."""

from __future__ import annotations

import copyreg
from itertools import product
from math import inf
from random import Random

import numpy as np
import pytest

from index.kernels import kernel
from search.budget import Budget
from search.limits import FINDING
from search.local.completing.spellings import Known, Spellings
from search.local.matching.flat import FlatWord
from search.local.plain import ready_compound
from search.local.plain.compound import SoughtCompound, of_compound
from search.local.plain.facts import Words
from search.local.plain.ready_compound import ReadyCompound
from search.local.plain.sought import SoughtWord
from search.local.reading.holders import Holders
from search.local.reading.made import Made
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.syntax.word import Word
from search.query.weights import Weights
from tests.search.local.archives import write_archive
from tests.search.local.plain.test_road import numbered

PARTS = (
    *("sepak", "bola", "raga", "olah", "tanggung", "jawab", "kerja", "sama", "terima", "kasih"),
    *("anti", "korupsi", "dinamo", "liga", "pra", "rumah", "sakit", "makan", "gol", "set", "up"),
)
WEIGHTS = Weights(title=1.3, title_exact=0.7)

pytestmark = pytest.mark.skipif(kernel("asking") is None, reason="the kernels are not in use")


@pytest.fixture(scope="module", params=[set[int](), {3, 21, 44}], ids=["all", "some deleted"])
def words(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Words:
    random, path = Random(5), tmp_path_factory.mktemp("ready") / "index"
    bodies = []
    for _ in range(160):
        text = [random.choice(PARTS) for _ in range(random.randint(1, 12))]
        for at in range(len(text) - 1):
            joined = text[at] + text[at + 1]
            if random.random() < 0.3:
                text[at] = random.choice((joined, joined, f"{text[at]}-{text[at + 1]}"))
            if random.random() < 0.1:
                text[at] = f"{text[at].title()}{text[at + 1].title()}"
        bodies.append(" ".join(text))
    write_archive(path, [numbered(bodies[:90]), numbered(bodies[90:], 90)], request.param)
    rows = Rows(Snapshot(path), BM25())
    return Words(Known(rows), Holders(rows), WEIGHTS)


def _typed(words: Words, *typed: str) -> tuple[Word, ...] | None:
    spellings = Spellings(words._known, Budget(inf))
    facts = [words.of(one, spellings) for one in typed]
    nodes = tuple([one.word for one in facts if one is not None])
    if len(nodes) == 2:
        spellings.pair(nodes[0].surface, nodes[1].surface)  # who composes has asked
    return None if None in facts else nodes


def _by_steps(words: Words, typed: tuple[Word, ...]) -> SoughtCompound | None:
    known = words._known
    compounds, how = Spellings(known, Budget(inf)), known.rows.snapshot.analysis
    found = of_compound(typed, how, compounds, Holders(known.rows), WEIGHTS)
    if found is not None:
        found.make(known.rows)
    return found


def _made(found: SoughtWord) -> list[Made]:
    return [one for one in (found.made, found.apart, *found.alike) if one is not None]


def _compounds(words: Words) -> list[tuple[ReadyCompound, SoughtCompound]]:
    """Those of two parts, which are typed apart or together, of which none need be taken apart."""
    found = []
    for one, other in product(PARTS, PARTS):
        for typed in ((one, other), (one + other,)):
            nodes = _typed(words, *typed)
            if nodes is None:
                continue
            at_once, by_steps = words.compound(nodes), _by_steps(words, nodes)
            assert (at_once is None) == (by_steps is None), typed
            if by_steps is not None and isinstance(at_once, ReadyCompound):
                found.append((at_once, by_steps))
    return found


def test_it_is_what_its_steps_make(words: Words) -> None:
    found = _compounds(words)
    assert sum(one.apart is not None for one, _ in found) > 10
    assert sum(one.apart is None for one, _ in found) > 5
    everything = np.arange(words._snapshot.size, dtype=np.int32)
    for one, other in found:
        assert repr(one.node) == repr(other.node)
        assert (one.flat, one.loose) == (other.flat, other.loose)
        assert (one.terms, one.beside, one.width) == (other.terms, other.beside, other.width)
        assert one.comes_apart == other.comes_apart
        assert len(_made(one)) == len(_made(other))
        for made, same in zip(_made(one), _made(other), strict=True):
            assert made.key == same.key
            assert same.key == made.key
            assert hash(made.key) == hash(same.key)
            assert (made.cost, made.word.nbytes) == (same.cost, same.word.nbytes)
            scorer = words._known.rows.scorer
            assert scorer is not None
            scores, having = scorer.word_scores((made.word, same.word), everything)
            assert scores[0].tolist() == scores[1].tolist()
            assert having[0].tolist() == having[1].tolist()


def test_all_slots_of_compounds_are_filled(words: Words) -> None:
    for both in _compounds(words):
        for one in both:
            for name in copyreg._slotnames(type(one)):  # type: ignore[attr-defined]
                getattr(one, name)


def test_keys_of_compounds_are_equal_where_these_are(words: Words) -> None:
    keys = [made.key for one, _ in _compounds(words) for made in (one.made, one.apart) if made]
    expected = [made.key for _, one in _compounds(words) for made in (one.made, one.apart) if made]
    assert [keys.index(one) for one in keys] == [expected.index(one) for one in expected]


def test_what_costs_too_much_is_left_to_its_steps(
    words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = _typed(words, "sepak", "bola")
    assert typed is not None
    assert isinstance(words.compound(typed), ReadyCompound)
    monkeypatch.setattr(ready_compound, "FINDING", type(FINDING)(1))
    rows = words._known.rows
    again = Words(words._known, Holders(rows), WEIGHTS)
    typed = _typed(again, "sepak", "bola")
    assert typed is not None
    assert isinstance(again.compound(typed), SoughtCompound)


def test_a_compound_is_of_one_word_or_two(words: Words) -> None:
    speller = words._speller
    assert speller is not None
    for ready in ([], [SoughtWord(Word("a", "a"), FlatWord(()), FlatWord(()), ())] * 3):
        with pytest.raises(ValueError, match="one word or two"):
            speller.of(ready, (Word("a", "a"), Word("b", "b")), ())
