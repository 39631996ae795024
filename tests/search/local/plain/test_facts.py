"""What is known of a word is the same whether it was asked for one by one or at once."""

from __future__ import annotations

import copyreg
import pickle
from collections.abc import Callable
from math import inf
from pathlib import Path
from types import CodeType, FrameType, FunctionType, SimpleNamespace
from typing import Any, Self

import numpy as np
import pytest

from index.errors import FileDamaged
from index.kernels import kernel
from search.budget import Budget, PythonBudget
from search.local.completing.spellings import Known, Spellings
from search.local.matching.flat import FlatWord
from search.local.plain import facts
from search.local.plain.facts import Facts, Words
from search.local.plain.sought import SoughtWord
from search.local.reading import holders
from search.local.reading.holders import Holders
from search.local.reading.made import Made
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.syntax.glued import Holder
from search.query.syntax.word import Word
from search.query.weights import Weights
from tests.search.local.archives import write_archive
from tests.search.local.plain.test_road import BODIES, ODD, numbered

PARTS = [numbered([*BODIES] * 5), numbered([*BODIES[:2]], 20)]
UNUSUAL = (
    "tiada diberasi Jakarta JAKARTA yang yg di DAN Dan ATAU atau near NEAR near2 or not and AND mei"
    " Mei kemarin 2020 rp15 15 q1 siapa Siapakah apa apakah arti artinya definisi tahun B2B a A"
    " berasharga hargaberas bolasepak judul Judul beras2 bola2"
    " 0 007 2 99999 2beras 2BERAS bERAS beRas Tahun Q4 q4 Near Dan Yang"
    f" {'beras' * 13} {'Beras' * 12} {'harga' * 21}"
)

pytestmark = pytest.mark.skipif(kernel("asking") is None, reason="the kernels are not in use")


def _words(path: Path, weights: Weights | None = None) -> Words:
    rows = Rows(Snapshot(path), BM25())
    return Words(Known(rows), Holders(rows), weights or Weights())


def _at_once(words: Words, typed: str, budget: Budget | None = None) -> tuple[Facts, int] | None:
    """What a kernel tells of a word, as steps tell it."""
    assert words._asked is not None
    found: Any = words._asked.of(typed, Spellings(words._known, budget or Budget(inf)))
    if found is None:
        return None
    return Facts(*[getattr(found, name) for name in Facts._fields]), found.nbytes


def _told(found: tuple[Facts, int] | None) -> object:
    """All that facts tell, also of what compares by identity."""
    if found is None:
        return None
    sought = found[0].sought
    made = [sought.made, *sought.alike]
    ready = [one and (one.key, one.cost, one.word.reads, one.word.nbytes) for one in made]
    of_it = sought.flat, sought.loose, sought.terms, sought.width, sought.beside, ready
    return repr(found[0]._replace(sought=sought.node)), of_it, found[1]  # type: ignore[arg-type]


def _compare(one: Words, other: Words, most: float = inf) -> int:
    """Ask both about all words; of how many something was found out."""
    found = 0
    for typed in dict.fromkeys(f"{' '.join((*BODIES, *ODD))} {UNUSUAL}".split()):
        if not (typed.isascii() and typed.isalnum()):
            continue
        budgets = Budget(inf, most), Budget(inf, most)
        at_once = _at_once(one, typed, budgets[0])
        by_steps = other._by_steps(typed, Spellings(other._known, budgets[1]))
        assert _told(at_once) == _told(by_steps), typed
        assert budgets[0].work == budgets[1].work
        assert budgets[0].partial == budgets[1].partial
        found += at_once is not None
    return found


@pytest.mark.parametrize("deleted", [set[int](), {3, 21}])
def test_words_are_as_if_asked_about_one_by_one(tmp_path: Path, deleted: set[int]) -> None:
    write_archive(tmp_path / "index", PARTS, deleted)
    assert _compare(_words(tmp_path / "index"), _words(tmp_path / "index")) > 60


@pytest.mark.parametrize("deleted", [set[int](), {3, 21}])
def test_surface_forms_that_weigh_nothing_cost_and_score_as_if_they_were_read(
    tmp_path: Path, deleted: set[int]
) -> None:
    write_archive(tmp_path / "index", PARTS, deleted)
    weights = Weights(title_exact=0.0, body_exact=0.0)
    one, other = (_words(tmp_path / "index", weights) for _ in range(2))
    everything = np.arange(one._snapshot.size, dtype=np.int32)
    spared = 0
    for typed in dict.fromkeys(" ".join((*BODIES, *ODD)).split()):
        if not (typed.isascii() and typed.isalnum()):
            continue
        at_once = _at_once(one, typed)
        by_steps = other._by_steps(typed, Spellings(other._known, Budget(inf)))
        assert (at_once is None) == (by_steps is None)
        if at_once is None or by_steps is None:
            continue
        made, same = (found[0].sought.made for found in (at_once, by_steps))
        assert made is not None
        assert same is not None
        assert (made.key, made.cost, made.word.reads) == (same.key, same.cost, same.word.reads)
        spared += made.word.nbytes < same.word.nbytes
        scorers = one._known.rows.scorer, other._known.rows.scorer
        assert scorers[0] is not None
        assert scorers[1] is not None
        found = scorers[0].word_scores((made.word,), everything)
        expected = scorers[1].word_scores((same.word,), everything)
        assert [part.tolist() for part in found] == [part.tolist() for part in expected]
    assert spared > 40


@pytest.mark.parametrize("most", [0, 300, 3000])
def test_budgets_end_at_the_same_word(tmp_path: Path, most: int) -> None:
    write_archive(tmp_path / "index", PARTS, set())
    _compare(_words(tmp_path / "index"), _words(tmp_path / "index"), most)


def test_of_many_glued_words_the_commonest_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_archive(tmp_path / "index", PARTS, set())
    for module in (facts, holders):
        monkeypatch.setattr(module, "MOST", 1)
    one, other = (_words(tmp_path / "index") for _ in range(2))
    entries = [
        b"beras\tberaslagi\t0\t5",
        b"beras\tlagiberas\t4\t9",
        b"beras\tsepakbola\t0\t5",
    ]
    for words in (one, other):
        glued = words._snapshot.glued
        glued._entries[:] = entries
        vars(glued).pop("begins", None)
    found = _at_once(one, "beras")
    assert _told(found) == _told(other._by_steps("beras", Spellings(other._known, Budget(inf))))
    assert found is not None
    assert [holder.surface for holder in found[0].holders] == ["sepakbola"]


def test_an_idf_is_the_same_with_and_without_a_kernel(tmp_path: Path) -> None:
    write_archive(tmp_path / "index", PARTS, {3})
    rows = Rows(Snapshot(tmp_path / "index"), BM25())
    for field in ("title", "body", "title_exact", "body_exact"):
        for text in ("beras", "harga", "tiada"):
            frequency = rows.snapshot.dictionary.term(field, text).document_frequency
            assert rows.idf(field, text) == rows.model.idf_of(rows.articles, frequency)


def test_what_is_no_entry_of_glued_words_is_damage(tmp_path: Path) -> None:
    write_archive(tmp_path / "index", PARTS, set())
    words = _words(tmp_path / "index")
    words._snapshot.glued._entries[:] = [b"beras\tberaslagi\t0\tx"]
    vars(words._snapshot.glued).pop("begins", None)
    with pytest.raises(FileDamaged):
        words.of("beras", Spellings(words._known, Budget(inf)))


def test_terms_are_the_tuples_that_the_witness_has_once_they_are_read(tmp_path: Path) -> None:
    write_archive(tmp_path / "index", PARTS, set())
    one, other = (_words(tmp_path / "index") for _ in range(2))
    read = dict[object, str]()
    for typed in ("beras", "harga", "bola", "sepakbola"):
        found = _at_once(one, typed)
        told = other._by_steps(typed, Spellings(other._known, Budget(inf)))
        assert found is not None
        assert told is not None
        ways, witness = found[0].sought.flat.ways, told[0].sought.flat.ways
        pairs = [
            (ways, witness),
            (found[0].sought.terms[0], told[0].sought.terms[0]),
            (found[0].holders, told[0].holders),
        ]
        for later, made in pairs:
            assert len(later) == len(made)
            assert later == made
            assert made == later
            assert hash(later) == hash(made)
            assert type(pickle.loads(pickle.dumps(later))) is tuple
            assert later != (*made, "more")
            assert later != [*made]
        in_one: object = found[0].sought.terms[0]
        assert ways != in_one
        assert ways not in read
        read[ways] = typed
        assert read[witness] == typed
    assert len(read) == 4


def test_glued_words_are_looked_up_some_at_a_time(tmp_path: Path) -> None:
    entries = [f"beras\tberas{at:04}\t0\t5".encode() for at in range(300)]
    entries += [b"beras\tsepakbola\t0\t5"]
    write_archive(tmp_path / "index", PARTS, set())
    one, other = (_words(tmp_path / "index") for _ in range(2))
    for words in (one, other):
        words._snapshot.glued._entries[:] = entries
        vars(words._snapshot.glued).pop("begins", None)
    found = _at_once(one, "beras")
    assert found is not None
    assert len(found[0].holders) == 301
    assert _told(found) == _told(other._by_steps("beras", Spellings(other._known, Budget(inf))))


def test_all_slots_of_what_is_made_are_filled(tmp_path: Path) -> None:
    write_archive(tmp_path / "index", PARTS, set())
    words = _words(tmp_path / "index")
    for typed in ("beras", "yang", "tiada"):
        found = _at_once(words, typed)
        assert found is not None
        one = found[0]
        assert type(one.sought) is SoughtWord
        for made in (one.word, one.sought.node, one.sought, one.sought.flat):
            for name in copyreg._slotnames(type(made)):  # type: ignore[attr-defined]
                getattr(made, name)


class _Slots:
    __slots__ = ("ways",)


class _MoreSlots:
    __slots__ = ("more", "query", "ways")


class _Twice:
    __slots__ = ("ways",)


_Twice.query = _Twice.ways  # type: ignore[attr-defined]


class _Loose:
    ways = query = None


class _New(FlatWord):
    __slots__ = ()

    def __new__(cls) -> Self:
        raise AssertionError


@pytest.mark.parametrize("name", ["word", "sought", "flat", "holder", "made"])
@pytest.mark.parametrize(
    "kind",
    [
        *(
            _Slots,
            _MoreSlots,
            _Twice,
            _Loose,
            _New,
            int,
            type,
            object,
            dict,
            FunctionType,
            CodeType,
        ),
        *(FrameType, SimpleNamespace, Exception, slice, type({}.keys()), None, 1, "Word"),
    ],
    ids=str,
)
def test_other_classes_of_facts_are_refused(name: str, kind: Any) -> None:
    kinds: dict[str, Any] = {"word": Word, "sought": SoughtWord}
    kinds |= {"flat": FlatWord, "holder": Holder, "made": Made}
    assert kernel("facts").Kinds(**kinds)
    with pytest.raises(TypeError):
        kernel("facts").Kinds(**kinds | {name: kind})


def test_fields_in_which_ways_of_a_word_may_be_one_are_refused(tmp_path: Path) -> None:
    write_archive(tmp_path / "index", PARTS, set())
    rows, weighed = _words(tmp_path / "index").compiled, kernel("asking").Weighed
    assert rows is not None
    with pytest.raises(ValueError, match="may be one"):
        weighed(rows.scorer, ((), (("body", 1.0),), ()), "_exact")
    with pytest.raises(ValueError, match="may be one"):
        weighed(rows.scorer, ((("body", 1.0),), (), (("body", 1.0),)), "_exact")
    with pytest.raises(ValueError, match="weight"):
        weighed(rows.scorer, ((("body", -1.0),), (), ()), "_exact")
    with pytest.raises(ValueError, match="too many"):
        weighed(rows.scorer, ((("body", 1.0),) * 65, (), ()), "_exact")
    with pytest.raises(KeyError):
        weighed(rows.scorer, ((("nothing", 1.0),), (), ()), "_exact")


@pytest.mark.parametrize("name", ["Later", "Ways", "InOne", "Held"])
def test_terms_that_nobody_was_asked_for_are_refused(name: str) -> None:
    kind = getattr(kernel("later"), name)
    read: list[Callable[[Any], object]] = [list, hash, repr, pickle.dumps, lambda one: one[0]]
    for ask in read:
        with pytest.raises(TypeError):
            ask(kind())
    same = kind()
    assert same == same  # noqa: PLR0124 - which reads nothing
    if name == "InOne":
        assert kind() != kind()  # of no word, either
        return
    with pytest.raises(TypeError):
        kind() == kind()  # noqa: B015 - which reads both


def test_facts_that_nobody_was_asked_for_are_refused() -> None:
    found = kernel("facts").Facts()
    assert found.nbytes == 0
    for name in ("holders", "sought"):
        with pytest.raises(TypeError):
            getattr(found, name)


def test_what_is_searched_for_is_one_object_however_often_it_is_read(tmp_path: Path) -> None:
    write_archive(tmp_path / "index", PARTS, set())
    words = _words(tmp_path / "index")
    found = words.of("beras", Spellings(words._known, Budget(inf)))
    assert found is not None
    assert found.sought is found.sought
    assert found.sought.node is found.sought.node
    assert words.of("beras", Spellings(words._known, Budget(inf))) is found


def test_words_are_asked_about_with_budgets_of_kernels_alone(tmp_path: Path) -> None:
    write_archive(tmp_path / "index", PARTS, set())
    asked = _words(tmp_path / "index")._asked
    assert asked is not None
    for budget in (None, 1, PythonBudget(inf)):
        with pytest.raises(TypeError):
            asked.of("beras", SimpleNamespace(budget=budget))
