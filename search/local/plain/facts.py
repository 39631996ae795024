"""What is known of a plain word of letters and digits in one index, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial
from math import inf
from time import thread_time
from typing import TYPE_CHECKING, Any, NamedTuple

from index.analysis import is_stop_word, lexicon
from index.analysis.tokenizer import CURRENCIES, UNITS
from index.fields import EXACT, LEAD_FIELD
from index.glued import no_entry
from index.kept import kept
from index.kernels import kernel
from search.budget import NODE, Budget
from search.local.completing.doubts import (
    DOUBTED_LENGTHS,
    doubted_up_to,
    known_and_doubtful,
)
from search.local.completing.spellings import Known, Spellings
from search.local.matching.flat import FlatWord
from search.local.plain.compound import SoughtCompound, of_compound
from search.local.plain.memo import Memo
from search.local.plain.ready_compound import ReadyCompound, speller_of
from search.local.plain.sought import SoughtWord, of_word
from search.local.reading.holders import MOST, Holders
from search.local.reading.made import Made
from search.local.reading.rows import Rows
from search.query.day_offers import SIGNS, may_tell_days
from search.query.lexemes import NO_PLAIN, is_plain
from search.query.question_words import ASKING, ASKING_WORDS, MEANINGS
from search.query.rewrite.question import may_ask
from search.query.syntax.glued import WORTH, Holder
from search.query.syntax.word import Word
from search.query.weights import Weights
from search.query.words import MAX_WORDS, word_of

if TYPE_CHECKING:
    from index.kernels.asking import Asked
    from index.kernels.composing import Composer
    from index.kernels.plain import Texts
    from index.kernels.spelt import Speller, Spelt

_kernel, _facts_kernel, _plain = kernel("asking"), kernel("facts"), kernel("plain")
_spelt = kernel("spelt")

_BYTES = 24 << 20
"""Some 6,000 words of a segment; half of it is what those with many holders take."""
_BYTES_A_DOCUMENT = 16
"""In many segments, words made ready for the kernel are larger."""
_OTHERS_BYTES = 4 << 20
_EXACT = LEAD_FIELD + EXACT
_OF_A_WORD, _OF_A_HOLDER = 1200, 400
"""Bytes that the facts of a word take, about, and those of each glued word that holds it."""
_OF_A_COMPOUND, _OF_ITS_TERM = 3000, 400
"""Bytes that a compound takes, about, and each of its terms, of which it has several."""


class Facts(NamedTuple):
    """``word``: as the parser reads it; ``sought``: with the glued words that hold it, ``holders``.

    ``is_joined``: whether it is also written apart, which counts where it does not go with the word
    before or behind it; ``work``: what finding that out cost, as budgets count it. ``is_unknown``:
    whether no article has it and readers are told; ``is_doubtful``: whether another spelling of it
    may be offered. ``asks``, ``tells_days``: whether questions, and days among words, have such a
    word. Kernels have their own, with the same attributes.
    """

    word: Word
    sought: SoughtWord
    holders: Sequence[Holder]
    is_joined: bool
    work: int
    is_unknown: bool
    is_doubtful: bool
    asks: bool
    tells_days: bool


class Words:
    """The facts of an index's words by how they are typed, for one ranking. Shared by threads.

    ``known``: those of several words that are known; None of each other one.
    """

    def __init__(self, known: Known, holders: Holders, weights: Weights) -> None:
        self._known = known
        self._snapshot = known.rows.snapshot
        self._holders = holders
        self._weights = weights
        self._facts: Memo[str, Facts] = Memo(_BYTES + _BYTES_A_DOCUMENT * self._snapshot.size)
        self._get, self.known = self._facts.get, self._facts.several
        self._others: Memo[tuple[str, bool, int, bool], SoughtWord] = Memo(_OTHERS_BYTES)
        self._compounds: Memo[tuple[tuple[str, int], ...], SoughtWord] = Memo(_OTHERS_BYTES)

    def prepare(self) -> None:
        """Make what asks about words. Raises ``FileDamaged``."""
        self._speller  # noqa: B018 - kept from now on

    def of(self, typed: str, spellings: Spellings) -> Facts | None:
        """The facts of a word of ASCII letters and digits.

        None where it may be no word, or is several, or where the budget does not last. Raises
        ``FileDamaged``.
        """
        known = self._get(typed)
        if known is not None:
            return known
        asked = self._asked
        if asked is None:
            found = self._by_steps(typed, spellings)
        else:
            told: Any = asked.of(typed, spellings)
            found = None if told is None else (told, told.nbytes)
        if found is None:
            return None
        facts, made = found
        size = _OF_A_WORD + len(typed) + _OF_A_HOLDER * len(facts.holders)
        self._facts.put(typed, facts, size + made)
        return facts

    def texts(self, composer: Composer) -> Texts | None:
        """What composes texts of such words at once; None without kernels. Raises ``FileDamaged``.

        ``composer``: of their facts.
        """
        if _plain is None or self._asked is None:
            return None
        found: Texts = _plain.Texts(
            self._facts,
            self._asked,
            composer,
            partial(Spellings, self._known),
            most=MAX_WORDS,
            of_word=_OF_A_WORD,
            of_holder=_OF_A_HOLDER,
            currencies=frozenset(CURRENCIES),
            units=frozenset(UNITS),
        )
        return found

    def spelt(self) -> Spelt | None:
        """What gives what is sought for compounds; None without kernels. Raises ``FileDamaged``."""
        if _spelt is None:
            return None
        found: Spelt = _spelt.Spelt(
            self._speller,
            self._compounds,
            self._known.words,
            self._known.pairs,
            self.compound,
            of_one=_OF_A_COMPOUND,
            of_term=_OF_ITS_TERM,
        )
        return found

    def learn(self, typed: Iterable[str], seconds: float) -> None:
        """Find out about words of ASCII letters and digits before they are asked for.

        The most wanted first, up to so many of the processor's seconds; they stay the longest.
        Raises ``FileDamaged``.
        """
        until = thread_time() + seconds
        for word in typed:
            if thread_time() > until:
                break
            self.of(word, Spellings(self._known, Budget(inf)))
        self._facts.reverse()

    @property
    def learned(self) -> list[str]:
        """The words of which the facts are known: first those asked for, and of them the last."""
        return self._facts.keys()

    def pieces(self, typed: str) -> tuple[str, ...]:
        """Words that are typed without a blank between them: ``rp``, ``15`` of *rp15*.

        Each is the same alone. None where letters and digits are no such words.
        """
        how = self._snapshot.analysis
        tokens = how.chunk(typed)
        if len(tokens) <= 1 or not is_plain(typed):
            return ()
        found = tuple([typed[one.start : one.end] for one in tokens])
        if "".join(found) != typed:
            return ()
        for text, token in zip(found, tokens, strict=True):
            alone = how.chunk(text)
            if len(alone) != 1 or alone[0].surface != token.surface or alone[0].stem != token.stem:
                return ()
        return found

    def sought(self, node: Word, holders: Sequence[Holder]) -> SoughtWord:
        """A word that a question has made another one of, with its glued words or none."""
        key = node.typed, node.is_optional, node.name_words, bool(holders)
        known = self._others.get(key)
        if known is None:
            known = of_word(node.held_in(holders), self._weights)
            size = _OF_A_WORD + _OF_A_HOLDER * len(holders) + self._made(known)
            self._others.put(key, known, size)
        return known

    def compound(self, words: tuple[Word, ...]) -> SoughtWord | None:
        """What is sought for a word, or two, written together or apart.

        None where they are not, or no kernel takes it. Raises ``FileDamaged``.
        """
        key = tuple([(word.typed, word.name_words) for word in words])
        known = self._compounds.get(key)
        if known is None:
            ready = self._ready(words)
            known = self._of_ready(words, ready) or self._of_steps(words, ready)
            if known is not None:
                size = _OF_A_COMPOUND + _OF_ITS_TERM * sum(map(len, known.terms))
                self._compounds.put(key, known, size + self._made(known))
        return known

    def _of_ready(self, words: tuple[Word, ...], ready: list[SoughtWord]) -> ReadyCompound | None:
        """A compound of words that are ready; None where it is to be made step by step."""
        speller = self._speller
        if not ready or speller is None:
            return None
        found = self._known.compound([word.surface for word in words])
        if found is None:
            return None
        told: ReadyCompound | None = speller.of(ready, (found.first, found.second), found.forms)
        return told

    def _of_steps(
        self, words: tuple[Word, ...], ready: Sequence[SoughtWord]
    ) -> SoughtCompound | None:
        """The same step by step."""
        # Whoever asks has counted what finding out costs.
        compounds, how = Spellings(self._known, Budget(inf)), self._snapshot.analysis
        for word in words:
            facts = self._get(word.typed)
            if facts is not None:
                self._holders.keep(word.stem, facts.holders)
        return of_compound(words, how, compounds, self._holders, self._weights, ready=ready)

    @kept
    def compiled(self) -> Rows | None:
        """The rows for whose kernel words are made ready; None without. Raises ``FileDamaged``."""
        rows = self._known.rows
        return None if rows.scorer is None else rows

    def _ready(self, words: tuple[Word, ...]) -> list[SoughtWord]:
        """Of words that were made ready, as they are, what they are then; else none."""
        found = []
        for word in words:
            facts = self._get(word.typed)
            if facts is not None and facts.sought.made is not None and facts.word is word:
                found.append(facts.sought)
        return found if len(found) == len(words) else []

    def _made(self, sought: SoughtWord) -> int:
        """The bytes that a word takes made ready, which it is then."""
        return 0 if self.compiled is None else sought.make(self.compiled)

    def _by_steps(self, typed: str, spellings: Spellings) -> tuple[Facts, int] | None:
        """The facts of a word, and the bytes that it takes made ready.

        What there is to ask is asked one by one: the witness of the kernel.
        """
        tokens = self._snapshot.analysis.chunk(typed)
        if len(tokens) != 1 or tokens[0].end - tokens[0].start != len(typed) or not is_plain(typed):
            return None
        word = word_of(tokens[0], typed, None)
        joined = self._joined(word, spellings)
        if joined is None:
            return None
        holders = self._holders.holding(word.stem)
        told = (True, False) if holders else known_and_doubtful(self._snapshot, word)
        sought = of_word(word.held_in(holders) if holders else word, self._weights)
        return _facts(word, sought, holders, joined, told), self._made(sought)

    @kept
    def _asked(self) -> Asked | None:
        """What asks about words at once; None without kernels. Raises ``FileDamaged``."""
        rows = self.compiled
        if _kernel is None or rows is None:
            return None
        cutter = self._known.cutter
        if cutter is None:
            return None
        found: Asked = _kernel.Asked(
            rows.scorer,
            cutter,
            self._snapshot.glued.begins,
            _facts_kernel.Kinds(
                word=Word, sought=SoughtWord, flat=FlatWord, holder=Holder, made=Made
            ),
            must=Word("", "").fields(self._weights),
            may=Word("", "", is_optional=True).fields(self._weights),
            most=MOST,
            few=doubted_up_to(self._snapshot),
            lengths=DOUBTED_LENGTHS,
            worth=WORTH,
            lead=LEAD_FIELD,
            written=_EXACT,
            exact=EXACT,
            chunk=self._snapshot.analysis.chunk,
            unusual=_unusual(),
            told=_told,
            doubts=partial(known_and_doubtful, self._snapshot),
            damaged=no_entry,
            costs=(*rows.costs, NODE),
            compounds=self._known.compounds,
            joined=self._known.words,
        )
        return found

    @kept
    def _speller(self) -> Speller | None:
        """What makes compounds ready; None without kernels. Raises ``FileDamaged``."""
        asked = self._asked
        return None if asked is None else speller_of(asked, self._snapshot, self._weights)

    def _joined(self, word: Word, spellings: Spellings) -> tuple[bool, int] | None:
        """Whether it is also written apart, and what finding that out costs.

        None where the budget does not last.
        """
        if word.is_optional:
            return False, 0
        budget: Budget = spellings.budget
        before = budget.work
        is_joined = spellings.joined(word.surface) is not None
        return None if budget.partial else (is_joined, budget.work - before)


def _facts(
    word: Word,
    sought: SoughtWord,
    holders: Sequence[Holder],
    joined: tuple[bool, int],
    told: tuple[bool, bool],
) -> Facts:
    """``told``: whether it is known, and whether it is doubtful."""
    is_known, is_doubtful = told
    is_unknown = not (is_known or word.is_optional)
    tells_days = may_tell_days(word.typed)
    return Facts(word, sought, holders, *joined, is_unknown, is_doubtful, may_ask(word), tells_days)


@cache
def _unusual() -> frozenset[str]:
    """Words in small letters of which, or of whose stem, ``_told`` says more than that one is."""
    words = lexicon()
    stops = filter(is_stop_word, (*words.stop_words, *words.variants))
    return frozenset(stops).union(NO_PLAIN, MEANINGS, ASKING, ASKING_WORDS, SIGNS)


def _told(typed: str, surface: str, stem: str) -> tuple[bool, bool, bool, bool]:
    """Whether a text is plain, its word optional, and whether that asks and tells days."""
    asks = may_ask(Word(surface, stem))
    return is_plain(typed), is_stop_word(surface), asks, may_tell_days(typed)
