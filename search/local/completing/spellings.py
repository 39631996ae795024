"""What the articles of an index say about words that are written together or apart.

It is kept: readers ask about the same words again, and every query has several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from math import inf
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from index.analysis import Token, lexicon
from index.analysis.tokenizer import CURRENCIES
from index.fields import EXACT, LEAD_FIELD
from index.glued import no_entry
from index.kernels import kernel
from index.light_dataclass import dataclass
from search.budget import COMPARED, NODE, POSITION, TERM, Budget
from search.local.completing.bodies import Bodies, bodies_of
from search.local.completing.together import FEW, LOOKED_AT
from search.local.reading.remainders import PRIME, Remainders
from search.local.reading.rows import Rows
from search.query.rewrite.archive import Together
from search.query.rewrite.compound_parts import (
    BELONGING,
    ELECTRONIC,
    ENDINGS,
    MIN_PART,
    PARTICLES,
    Compound,
    Form,
    Parts,
)
from search.query.rewrite.compounds import GLUED, PREPOSITIONS, cut, pair
from search.query.rewrite.cuts import MAX_WORD, MIN_WORD, cuts_of
from search.query.rewrite.mutual import BOUNDS, decided, is_mutual, is_word

if TYPE_CHECKING:
    from index.kernels.compounds import Compounds
    from index.kernels.cuts import Cutter

_kernel, _compounds = kernel("cuts"), kernel("compounds")

_KEPT = 20_000
_FEW = 10_000
"""Common is what more than one of so many articles has."""

BY_ARTICLES = 2
"""What kernels say of two words where it is for the articles with both to say if they are one."""

_BODIES = (LEAD_FIELD, LEAD_FIELD + EXACT)
_Told: TypeAlias = tuple[Compound | None, int] | None
"""What ``Compounds`` tells, and what finding that out counts."""
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Known:
    """What was found out about one index, each with what it cost. Shared by threads."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.bodies = bodies_of(rows.snapshot)
        self.pairs: dict[tuple[str, str], tuple[Compound | None, int]] = {}
        self.words: dict[str, tuple[Compound | None, int]] = {}
        self.together: dict[tuple[str, str], tuple[Together, int]] = {}

    def compound(self, surfaces: Sequence[str]) -> Compound | None:
        """What one surface form is also written as, or two are; None where it was not found out."""
        if len(surfaces) == 1:
            found = self.words.get(surfaces[0])
        else:
            found = self.pairs.get((surfaces[0], surfaces[1]))
        return None if found is None else found[0]

    @cached_property
    def common(self) -> Remainders:
        """Of the surface forms and stems that may be common in bodies.

        What is common in all segments, one has in more than its share. Raises ``FileDamaged``.
        """
        found = []
        size = self.rows.snapshot.size
        for segment in self.rows.snapshot.segments:
            for field in _BODIES:
                index = segment.fields.get(field)
                if index is not None and index.terms:
                    found.append((index, size // _FEW * segment.size // max(size, 1)))
        return Remainders(found)

    @cached_property
    def cutter(self) -> Cutter | None:
        """What cuts words of ASCII letters by the bodies' postings; None without these or kernels.

        Raises ``FileDamaged``.
        """
        snapshot, common, words = self.rows.snapshot, self.common, lexicon()
        if _kernel is None or snapshot.bodies is not None:
            return None
        cutter: Cutter = _kernel.Cutter(
            common.bits,
            PRIME,
            snapshot.dictionary.lookup(LEAD_FIELD),
            snapshot.dictionary.lookup(LEAD_FIELD + EXACT),
            LOOKED_AT,
            snapshot.analysis,
            BELONGING,
            words.prefixes,
            ENDINGS,
            PARTICLES,
            words.stop_words,
            ELECTRONIC,
            MIN_PART,
            MIN_WORD,
            MAX_WORD,
            words.roots,
            words.lexicalised,
            words.exceptions,
            words.names,
            frozenset(CURRENCIES),
            (2 * TERM, COMPARED, POSITION, FEW),
        )
        return cutter

    @cached_property
    def compounds(self) -> Compounds | None:
        """What finds most compounds at once; None without kernels. Raises ``FileDamaged``."""
        cutter, snapshot = self.cutter, self.rows.snapshot
        if _compounds is None or cutter is None:
            return None
        found: Compounds = _compounds.Compounds(
            cutter,
            snapshot.glued.begins,
            no_entry,
            common=snapshot.size // _FEW,
            token=Token,
            form=Form,
            compound=Compound,
            node=NODE,
            bounds=(*BOUNDS, GLUED),
            prepositions=PREPOSITIONS,
            # Not of this object: a cycle would keep an index open that nobody asks any more.
            together=partial(_together, self.bodies),
        )
        return found


def _together(bodies: Bodies, first: str, second: str, left: int) -> tuple[int, int, int] | None:
    """How often bodies have two stems, and what that counts; None where it is more than left.

    Raises ``FileDamaged``.
    """
    budget = Budget(inf, left)
    found = bodies.together(first, second, budget)
    if budget.partial or budget.work > left:
        return None
    return found.beside, found.both, budget.work


@dataclass(frozen=True, slots=True)
class Spellings:
    """The compounds of an index for one question; see ``search.query.rewrite.spellings``.

    What is not found before the budget is spent counts as no compound, whatever is known from
    earlier questions. Raises ``FileDamaged``.
    """

    known: Known
    budget: Budget

    def pair(self, first: str, second: str, asked: bool = False) -> Compound | None:
        """The mutual compound of two surface forms; none where articles only lack a blank.

        ``asked``: whether the ``Cutter`` was, which did not say that they are no word.
        """
        known, pairs, key = self.known, self.known.pairs, (first, second)
        if key not in pairs:
            cutter, compounds = known.cutter, known.compounds
            if not asked and cutter is not None and cutter.is_no_word(first, second):
                return self._keep(pairs, key, None, 0)
            left = self.budget.left() - NODE
            told: _Told = None if compounds is None else compounds.pair(first, second, left)
            if told is not None:
                return self._keep(pairs, key, *told)
        return self._kept(pairs, key, lambda: self._pair(first, second, asked=asked))

    def _pair(self, first: str, second: str, *, asked: bool) -> Compound | None:
        snapshot = self.known.rows.snapshot
        found = pair(first, second, snapshot.analysis, self, asked=asked)
        glued = found is not None and snapshot.glued.is_glued(found.first.stem, first + second)
        return None if glued else found

    def joined(self, surface: str, uncut: int | None = None) -> Compound | None:
        """What a surface form in one piece is also written as; ``uncut``: see ``Cutter``."""
        known, words = self.known, self.known.words
        if surface not in words:
            if uncut is None:
                cutter = known.cutter
                uncut = -1 if cutter is None else cutter.uncut(surface)
            if uncut >= 0:
                return self._keep(words, surface, None, uncut)
            compounds = known.compounds
            left = self.budget.left() - NODE
            told: _Told = None if compounds is None else compounds.joined(surface, left)
            if told is not None:
                return self._keep(words, surface, *told)
        how = known.rows.snapshot.analysis
        return self._kept(words, surface, lambda: cut(surface, how, self))

    def is_written(self, surface: str) -> bool:
        """Whether any body has a surface form."""
        return self.articles(LEAD_FIELD + EXACT, surface) > 0

    def idf(self, field: str, term: str) -> float:
        """The idf of a term."""
        return self.known.rows.idf(field, term)

    def articles(self, field: str, term: str) -> int:
        """How many articles have a term in a field of texts."""
        return self.known.rows.snapshot.dictionary.document_frequency(field, term)

    def is_there(self, field: str, term: str) -> bool:
        """Whether an article that is not deleted has a term in a field of texts.

        Where any is deleted, in whatever field.
        """
        if not self.articles(field, term):
            return False
        if self.known.rows.snapshot.columns.live is None:
            return True
        return self.known.bodies.having(term, self.budget).count > 0

    def is_common(self, word: str) -> bool:
        """Whether more than a few bodies have a surface form or a stem."""
        snapshot = self.known.rows.snapshot
        return snapshot.dictionary.most_documents(_BODIES, word) > snapshot.size // _FEW

    def cuts(self, word: str, *, listed: bool) -> list[tuple[str, str]]:
        """What a glance leaves of the cuts of a word of letters."""
        cutter = self.known.cutter
        if cutter is None or not word.isascii():
            return cuts_of(word, self.known.rows.snapshot.analysis, self, listed=listed)
        found, work = cutter.cuts(word, listed)
        self.budget.work += work
        return found

    def decided(self, first: str, second: str) -> tuple[Parts, bool] | None:
        """The parts that two surface forms are, and whether these mean one thing; None for none."""
        known, budget = self.known, self.budget
        cutter = known.cutter
        seen = None if cutter is None else cutter.seen(first, second, budget.left() - NODE)
        if seen is None:
            return self._decided(first, second)
        if not seen:
            return None
        one, two, stem, articles, mutual, is_known, phrasal, told = seen
        if mutual == BY_ARTICLES:
            if told is None:
                there = self.together(one, two)
            else:
                beside, both, work = told
                there = Together(beside, both)
                self._keep(known.together, (one, two), there, work)
            shorter = min(len(first), len(second))
            mutual = is_word(shorter, there, articles, known=is_known, phrasal=phrasal)
        parts = Parts(
            Token(0, len(first), first, one),
            Token(0, len(second), second, two),
            (Form(first + second, stem, by_stem=True),),
        )
        return parts, bool(mutual)

    def _decided(self, first: str, second: str) -> tuple[Parts, bool] | None:
        """The same of what is not told at once."""
        compounds = self.known.compounds
        told = None if compounds is None else compounds.parts(first, second)
        if told is None:
            return decided(first, second, self.known.rows.snapshot.analysis, self)
        if not told:
            return None
        one, two, forms, mutual = told
        parts = Parts(one, two, forms)
        return parts, is_mutual(parts, self) if mutual == BY_ARTICLES else bool(mutual)

    def ends(self, word: str) -> list[tuple[int, bool]]:
        """Places in a word whose end may be common, and whether the beginning may be."""
        return self.known.common.cuts(word)

    def together(self, first: str, second: str) -> Together:
        """How often bodies have two stems: by a sample of the articles that have both.

        0 only where none has them side by side.
        """
        return self._kept(
            self.known.together,
            (first, second),
            lambda: self.known.bodies.together(first, second, self.budget),
        )

    def stand_beside(self, first: str, second: str) -> bool:
        """Whether any body has two stems, one behind the other."""
        return self.known.bodies.stand_beside(first, second, self.budget)

    def _keep(
        self, kept: dict[_Key, tuple[_Value, int]], key: _Key, found: _Value, work: int
    ) -> _Value:
        """Keep, as ``_kept`` does, what was found, which cost so much work to find."""
        budget = self.budget
        work += NODE
        budget.work += work
        if not budget.partial:
            if len(kept) >= _KEPT:
                kept.clear()
            kept[key] = found, work
        return found

    def _kept(
        self, kept: dict[_Key, tuple[_Value, int]], key: _Key, find: Callable[[], _Value]
    ) -> _Value:
        """What was found for a key, and counts as if it were found now."""
        known = kept.get(key)
        if known is not None and self.budget.lasts(known[1]):
            self.budget.work += known[1]
            return known[0]
        before = self.budget.work
        self.budget.work += NODE
        found = find()
        if not self.budget.partial:
            if len(kept) >= _KEPT:
                kept.clear()
            kept[key] = found, self.budget.work - before
        return found
