"""Kernels of plain words with arguments that fit, as ``calls`` has others."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from types import SimpleNamespace
from typing import Any

from index.analysis import Token, analysis, lexicon
from index.fields import EXACT, LEAD_FIELD
from index.kernels import kernel
from search.budget import Budget
from search.local.matching.flat import FlatWord
from search.local.plain.ready_compound import ReadyCompound, _Key
from search.local.plain.sought import SoughtWord
from search.local.reading.made import Made
from search.query.rewrite.compound_parts import (
    BELONGING,
    ELECTRONIC,
    ENDINGS,
    PARTICLES,
    Compound,
    Form,
)
from search.query.rewrite.compounds import GLUED
from search.query.rewrite.mutual import BOUNDS
from search.query.syntax.glued import Holder
from search.query.syntax.spellings import SideBySide, Spellings
from search.query.syntax.word import Word
from search.query.weights import Weights
from tests.index.kernels.test_hostile import SIZE, TWO_WORDS, _field
from tests.index.kernels.words import scorer_of

Call = tuple[Callable[..., Any], list[Any]]


def compiled_field() -> Any:
    return _field({}).compiled


def _cutter(prime: int, most: int, least: int, shortest: int, longest: int, few: int) -> Any:  # noqa: PLR0917
    words, fields = lexicon(), [compiled_field()]
    return kernel("cuts").Cutter(
        *(b"\xff" * 16, prime, fields, fields, most, analysis(), BELONGING, words.prefixes),
        *(ENDINGS, PARTICLES, words.stop_words, ELECTRONIC, least, shortest, longest),
        *(words.roots, words.lexicalised, words.exceptions, words.names),
        *(frozenset({"rp"}), (2, 3, 5, few)),
    )


def _cutter_of_words() -> Call:
    def asked(*numbers: int) -> Any:
        cutter, found = _cutter(*numbers), []
        for word in ("darikota", "kotabuku", "tanggungjawab", "a", ""):
            found += [cutter.cuts(word, listed=False)[1], cutter.uncut(word)]
            found += [cutter.is_no_word(word, other) for other in ("buku", "", "15")]
        return found

    return asked, [97, 1000, 3, 6, 30, 8]


def _compounds() -> Call:
    def compounds(common: int, node: int, left: int) -> Any:
        found = kernel("compounds").Compounds(
            *(_cutter(97, 1000, 3, 3, 30, 8), kernel("glued").Begins([b"02\t0203\t0\t2"])),
            ValueError,
            common=common,
            token=Token,
            form=Form,
            compound=Compound,
            node=node,
            bounds=(*BOUNDS, GLUED),
            prepositions=frozenset({"dari"}),
            together=lambda *_: (1, 2, 3),
        )
        pairs = ("dari", "kota"), ("kota", "buku"), ("tanggung", "jawab"), ("", "a"), TWO_WORDS
        told = [found.pair(*one, left) for one in pairs]
        return told + [found.joined("".join(one), left) for one in pairs]

    return compounds, [0, 1, 1 << 40]


def asked_of(most: int, few: int, shortest: int, longest: int, *costs: int) -> Any:
    fields = ((LEAD_FIELD, 1.0),), (), ()
    kinds = kernel("facts").Kinds(
        word=Word, sought=SoughtWord, flat=FlatWord, holder=Holder, made=Made
    )
    return kernel("asking").Asked(
        *(scorer_of(LEAD_FIELD, compiled_field(), SIZE), _cutter(97, 1000, 3, 6, 30, 8)),
        *(kernel("glued").Begins([b"kota\tkotabuku\t0\t4"]), kinds),
        must=fields,
        may=fields,
        most=most,
        few=few,
        worth=0.5,
        lengths=(shortest, longest),
        lead=LEAD_FIELD,
        written=LEAD_FIELD,
        exact=EXACT,
        chunk=analysis().chunk,
        unusual=frozenset({"yang"}),
        damaged=ValueError,
        told=lambda *_: (True, True, False, False),
        costs=(*costs, 1),
        compounds=None,
        joined={},
        doubts=lambda *_: (True, False),
    )


def _facts() -> Call:
    def facts(*numbers: int) -> Any:
        asked = asked_of(*numbers)
        spellings = SimpleNamespace(budget=Budget(inf), joined=lambda *_: None)
        found = [asked.of(word, spellings) for word in ("kota", "yang", "07", "darikota")]
        return [one and (one.word, one.is_joined, one.work, one.nbytes) for one in found]

    return facts, [9, 5, 4, 30, 1, 1, 1]


def ready(scorer: Any, text: str) -> SoughtWord:
    """A word that is made ready for a scorer."""
    made = Made(scorer.word((((LEAD_FIELD, text, 1.0),),)), text, 7)
    sought = SoughtWord(Word(text, text), FlatWord(()), FlatWord(()), ())
    sought.made, sought.alike, sought.beside = made, (made,), ((0, text, 2.0),)
    return sought


def facts_of(asked: Any, text: str) -> Any:
    """What is known of a word that stands for itself."""
    return asked.of(text, SimpleNamespace(budget=Budget(inf), joined=lambda *_: None))


def composer_of(asked: Any, several: int, compound: SoughtWord | None = None) -> Any:
    """A composer of words of which no two are one but ``TWO_WORDS``, if they are a ``compound``."""
    lookup = kernel("postings").Lookup([compiled_field()])
    pairs = {tuple(TWO_WORDS): (compound, 1)}
    memo = kernel("memos").Memo(5000)
    spelt = kernel("spelt").Spelt(None, memo, {}, pairs, lambda _: compound, of_one=1, of_term=1)
    return kernel("composing").Composer(
        *(pairs, _cutter(97, 1000, 3, 6, 30, 8), None, spelt, 1, True, asked.words, lookup),
        *(1.0, True, several),
    )


def _composed() -> Call:
    asked = asked_of(9, 5, 4, 30, 1, 1, 1)
    facts = [facts_of(asked, one) for one in TWO_WORDS]

    def composed(several: int) -> Any:
        found = composer_of(asked, several).of(facts)
        return [found.surfaces, found.pairs(), found.keys(), found.work, found.reading, found.cost]

    return composed, [2]


def texts_of(asked: Any, memo: Any, most: int, of_word: int, of_holder: int) -> Any:
    """Texts of plain words, of which no two are one."""
    return kernel("plain").Texts(
        *(memo, asked, composer_of(asked, 2)),
        lambda budget: SimpleNamespace(budget=budget, joined=lambda *_: None, pair=lambda *_: None),
        most=most,
        of_word=of_word,
        of_holder=of_holder,
        currencies=frozenset({"rp"}),
        units=frozenset({"kg"}),
    )


def _texts() -> Call:
    asked = asked_of(9, 5, 4, 30, 1, 1, 1)

    def texts(limit: int, *numbers: int) -> Any:
        found = texts_of(asked, kernel("memos").Memo(limit), *numbers)
        told = []
        typed = "kota 02 kota", "yang", "kota OR 02", "02 03 04 05 06", "02kg"
        for text in (" ".join(TWO_WORDS), *typed):
            budget = Budget(inf)
            one = found.of(text, budget)
            told += [budget.work, len(one) if isinstance(one, tuple) else one and one.surfaces]
        return told

    return texts, [5000, 4, 100, 10]


def speller_of(asked: Any, **named: Any) -> Any:
    """What makes compounds ready, but for what is ``named``."""
    fitting = {
        "word": Word,
        "beside": SideBySide,
        "spellings": Spellings,
        "sought": ReadyCompound,
        "made": Made,
        "key": _Key,
        "weights": Weights(),
        "other": 0.5,
        "most": 1 << 40,
        "node": 3,
        "compared": 2,
    }
    standing = kernel("verbatim").Standing([compiled_field()], [(0, SIZE, None)], (1, 1, 1, 1))
    return kernel("spelt").Speller(asked, (standing,), **{**fitting, **named})


def _spelt() -> Call:
    asked = asked_of(9, 5, 4, 30, 1, 1, 1)
    words = [ready(asked.words, one) for one in TWO_WORDS]
    parts = tuple([Token(0, 2, one, one) for one in TWO_WORDS])
    forms = (Form("0203", "04", by_stem=True),)

    def spelt(most: int, node: int, compared: int) -> Any:
        speller = speller_of(asked, most=most, node=node, compared=compared)
        found = [speller.of(words, parts, forms), speller.of(words[:1], parts, forms)]
        return [
            one and (one.node, one.made.cost, one.apart and one.apart.cost, one.nbytes)
            for one in found
        ]

    return spelt, [1 << 40, 3, 2]


PLAIN: dict[str, Callable[[], Call]] = {
    "cutter": _cutter_of_words,
    "compounds": _compounds,
    "facts": _facts,
    "composed": _composed,
    "texts": _texts,
    "spelt": _spelt,
}
