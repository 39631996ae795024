"""Text to tokens: the one definition that indexing, queries, highlighting and explaining share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Annotated, Any, NamedTuple

from index.analysis.compiled import compiled
from index.analysis.compounds import (
    Compound,
    WordKnowledge,
    are_apart,
    are_one,
    compounds,
    is_doubled,
    without_points,
)
from index.analysis.lexicon import lexicon
from index.analysis.morphology import NEGATIONS, traces
from index.analysis.plain_letters import in_plain_letters
from index.analysis.stemmer import SnowballStemmer, Stemmer
from index.analysis.tokenizer import (
    CURRENCIES,
    MAX_TERM_CHARACTERS,
    chunks,
    chunks_from,
    is_number,
    parts,
)
from index.analysis.user_words import NO_WORDS, UserWords
from index.bilingual import Text
from index.light_dataclass import dataclass
from index.stemming import StemmerName

_CACHE_CHUNKS = 100_000
_CACHE_TERMS = 10_000
_TWO = re.compile(
    "([A-Za-z]+)([-.,])([A-Za-z]+)"  # Rusia-Ukraina, selesai.Namun
    rf"|((?i:{'|'.join(CURRENCIES)}))([0-9]+(?:[.,][0-9]+)*)"  # Rp2,5
)
NEAR = 8
"""Characters up to the next place: then it is cheaper to go on than to begin anew."""


class Token(NamedTuple):
    """One position of a text: where it stands, in characters, and its terms in the twin fields."""

    start: int
    end: int
    surface: str
    stem: str


@dataclass(frozen=True, slots=True)
class TokenAnalysis:
    """How one token came about.

    ``text``: as written, from ``start`` to ``end`` (characters); ``stem``: the stemmer's;
    ``term``: what stands for it in the index, the stem in plain letters and in its standard
    spelling; ``rule``: the names of the rules that gave them, ``+`` between them; ``parts``: the
    affixes and the root, where they are known.
    """

    text: str
    start: Annotated[int, Text("Offset in characters.", "Letak dalam karakter.")]
    end: int
    position: int
    surface: Annotated[str, Text("The form as it is matched.", "Bentuk yang dicocokkan.")]
    stem: str
    term: Annotated[str, Text("What stands in the index.", "Yang ada di indeks.")]
    rule: Annotated[str, Text("What made the stem.", "Yang menghasilkan kata dasar.")]
    parts: Annotated[tuple[str, ...], Text("Affixes and root.", "Imbuhan dan kata dasar.")]


class TextAnalysis:
    """The analysis with one user's words and stemmer. Safe under threads and fork.

    Where words begin and end does not depend on the stemmer. Snowball's stems are the terms as they
    come, without standard spellings. ``known_chunks`` and ``known_stems`` are kept from texts
    before, some at a time; ``looked`` has what marking found in chunks, where it is compiled.
    Nothing here asks the kernel that has the rules compiled (``compiled``), of which this is the
    witness; ``quick`` does, and ``rules`` is what it asks for stems.
    """

    rules: Any = None

    def __init__(self, words: UserWords = NO_WORDS) -> None:
        self.words = words
        self._ours = ours = Stemmer(words.protected, families=True)
        with_ours = words.stemmer is not StemmerName.SNOWBALL
        self._stemmer = ours if with_ours else SnowballStemmer(words.protected)
        self._words = WordKnowledge(ours.stem, ours.known, lexicon(), words.protected)
        self._variants = {
            word: standard
            for word, standard in lexicon().variants.items()
            if with_ours and word not in words.protected
        }
        self._irregular = _inverse(self._stemmer.irregular)
        self._spellings = _inverse(self._variants)
        self.known_chunks: dict[str, tuple[Token, ...]] = {}
        self.looked: Any = None
        self.known_stems: dict[str, str] = {}
        self._traces: dict[str, frozenset[str]] = {}

    @property
    def stems_itself(self) -> bool:
        """Whether stems are by the rules that say what is doubled; Snowball's are not."""
        return self._stemmer is self._ours

    @cached_property
    def compiled(self) -> Any:
        """What gives the terms of most chunks sooner: ``Tokens`` of the kernel, or None.

        There is none without kernels, and none for Snowball's stems.
        """
        if not self.stems_itself:
            return None
        return compiled(self._ours, self._variants, self.words.protected)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, in order; the index in the list is the position."""
        if text.isalpha() and text.isascii():
            return [*self.chunk(text)]
        found: list[Token] = []
        for offset, end in chunks(text):
            for start, stop, surface, stem in self.chunk(text[offset:end]):
                found.append(Token(offset + start, offset + stop, surface, stem))
        return found

    def tokens_near(
        self,
        text: str,
        places: Iterable[int],
        beyond: int = 0,
        look: Callable[[str], tuple[Token, ...]] | None = None,
    ) -> Iterator[list[Token]]:
        """Runs of consecutive tokens of a text, in order, no token twice.

        For every place (characters, ascending) inside a chunk, one of them has that chunk's tokens
        and the ``beyond`` tokens behind; chunks far from any place are not looked into. ``look``:
        what gives a chunk's tokens, ``chunk`` where it is None.
        """
        look = look or self.chunk
        end = 0
        ahead = iter(places)
        place = next(ahead, None)
        while place is not None:
            run: list[Token] = []
            wanted = 0  # tokens that the run has to have, unknown until it has the place
            # No chunk holds a blank, so from behind one they are found as from the beginning.
            begin = text.rfind(" ", end, place) + 1 or end
            for start, end in chunks_from(text, begin):
                here = place is not None and place < end
                if not (here or wanted):
                    continue
                for left, right, surface, stem in look(text[start:end]):
                    run.append(Token(start + left, start + right, surface, stem))
                while place is not None and place < end:
                    place = next(ahead, None)
                if here:
                    wanted = max(1, len(run) + beyond)
                if len(run) >= wanted and (place is None or place > end + NEAR):
                    break
            else:
                place = None
            yield run

    def chunk(self, chunk: str) -> tuple[Token, ...]:
        """The tokens of a chunk (see ``tokenizer``), placed from its beginning."""
        known = self.known_chunks.get(chunk)
        if known is None and len(chunk) > MAX_TERM_CHARACTERS:
            return self._analysed(chunk)  # rare, and too large to be kept
        if known is None:
            if len(self.known_chunks) >= _CACHE_CHUNKS:
                self.known_chunks.clear()
            known = self.known_chunks[chunk] = self._analysed(chunk)
        return known

    def traces(self, term: str) -> frozenset[str]:
        """Strings of which every plain chunk (see ``tokenizer``) of the term holds one.

        They are in lower case and the chunk need not be.
        """
        known = self._traces.get(term)
        if known is None:
            if len(self._traces) >= _CACHE_TERMS:
                self._traces.clear()
            known = self._traces[term] = self._traced(term)
        return known

    def _traced(self, term: str) -> frozenset[str]:
        forms = {term, *self._spellings.get(term, ())}
        forms.update(*(self._irregular.get(form, ()) for form in tuple(forms)))
        found = {trace for form in forms for trace in traces(form)}
        # Other affixes may stand between a negation and its root.
        found.update(one for one in NEGATIONS if term.startswith(one) and term != one)
        return frozenset(found)

    def stems_of_plain(self, words: Sequence[str]) -> list[str]:
        """The stems of different words of small ASCII letters, worked out anew."""
        stems = self._stemmer.stems(words)
        return [*map(self._variants.get, stems, stems)]

    def terms(self, chunk: str) -> Sequence[tuple[str, str]]:
        """The surface form and the stem of each token of a chunk, worked out anew."""
        if chunk.isalpha() and chunk.isascii():
            return (self._term(chunk.lower()),)
        if is_number(chunk):
            return ((chunk[:MAX_TERM_CHARACTERS], without_points(chunk)[:MAX_TERM_CHARACTERS]),)
        return self._terms_of_two(chunk) or [
            (one.surface[:MAX_TERM_CHARACTERS], self._stem(one))
            for one in compounds(parts(chunk), self._words)
        ]

    def _terms_of_two(self, chunk: str) -> Sequence[tuple[str, str]]:
        """What ``compounds`` makes of the commonest chunks: two words, one twice, ``Rp2,5``.

        Nothing of others.
        """
        two = _TWO.fullmatch(chunk)
        if two is None:
            return ()
        first, joiner, second, currency, number = two.groups()
        if number is not None:
            return self._term(currency.lower()), (
                number[:MAX_TERM_CHARACTERS],
                without_points(number)[:MAX_TERM_CHARACTERS],
            )
        first, second = first.lower(), second.lower()
        if are_apart(first, joiner, second, self._words):
            return self._term(first), self._term(second)
        if joiner == "-" and is_doubled(first, second, self._words):
            stem = self.stem(first[:MAX_TERM_CHARACTERS])
            return ((f"{first}-{second}"[:MAX_TERM_CHARACTERS], stem),)
        return ()

    def _term(self, word: str) -> tuple[str, str]:
        """The surface form and the stem of a word of small ASCII letters."""
        surface = word[:MAX_TERM_CHARACTERS]
        return surface, self.stem(surface)

    def stem(self, word: str) -> str:
        """The stem of a single folded word, in its standard spelling."""
        known = self.known_stems.get(word)
        if known is None:
            known = self.stem_anew(word)
            if len(word) <= MAX_TERM_CHARACTERS:
                if len(self.known_stems) >= _CACHE_TERMS:
                    self.known_stems.clear()
                self.known_stems[word] = known
        return known

    def stem_anew(self, word: str) -> str:
        """The same, worked out anew."""
        stem = self._stemmer.stem(word)
        return self._variants.get(stem, stem)

    def is_listed(self, word: str) -> bool:
        """Whether a list has the stem of a folded word, for which no rule is asked."""
        return word in self._ours.whole or word in self._ours.irregular

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of Indonesian by lists and rules, whatever stems it."""
        return self._words.known(word)

    @cached_property
    def hyphenated(self) -> frozenset[str]:
        """The words for which a list says that they are one with a hyphen, without it."""
        lists = lexicon()
        listed = (*lists.exceptions, *lists.families, *map("-".join, lists.doubles))
        return frozenset([one.replace("-", "") for one in listed if "-" in one])

    def may_be_one(self, first: str, second: str) -> bool:
        """Whether two surface forms with a hyphen between them may be one token.

        Told of ASCII letters, sooner than by ``tokens``; True for all others.
        """
        letters = first + second
        return not (letters.isascii() and letters.isalpha()) or are_one(first, second, self._words)

    def _analysed(self, chunk: str) -> tuple[Token, ...]:
        if chunk.isalpha() and chunk.isascii():
            surface = chunk.lower()[:MAX_TERM_CHARACTERS]
            return (Token(0, len(chunk), surface, self.stem(surface)),)
        found = parts(chunk)
        return tuple(
            Token(
                found[one.first].start,
                found[one.last - 1].end,
                one.surface[:MAX_TERM_CHARACTERS],
                self._stem(one),
            )
            for one in compounds(found, self._words)
        )

    def _stem(self, one: Compound) -> str:
        base = _base(one)
        return self.stem(base) if one.stemmed else base

    def explain(self, text: str) -> list[TokenAnalysis]:
        """How each token of a text came about, in order."""
        found: list[TokenAnalysis] = []
        for offset, end in chunks(text):
            pieces = parts(text[offset:end])
            for one in compounds(pieces, self._words):
                start = offset + pieces[one.first].start
                stop = offset + pieces[one.last - 1].end
                stem, term, rules, word_parts = self._explained(one)
                surface = one.surface[:MAX_TERM_CHARACTERS]
                found.append(
                    TokenAnalysis(
                        text[start:stop],
                        start,
                        stop,
                        len(found),
                        surface,
                        stem,
                        term,
                        "+".join(rules),
                        word_parts,
                    )
                )
        return found

    def _explained(self, one: Compound) -> tuple[str, str, list[str], tuple[str, ...]]:
        """The stem and the term of a compound, the rules that gave them, the parts of the word."""
        written = one.base[:MAX_TERM_CHARACTERS]
        base = _base(one)
        rules = [one.rule] if one.rule else []
        if base != written:
            rules.append("letters")
        if not one.stemmed:
            return written, base, rules, ()
        stem = self._stemmer.explain(base)
        term = self._variants.get(stem.text, stem.text)
        spelling = [] if term == stem.text else ["spelling"]
        found = [*rules, stem.rule, *spelling]
        if len(found) > 1 and stem.rule == "unchanged":
            found.remove(stem.rule)
        return _as_in(written, base, stem.text), term, found, stem.parts


def _base(one: Compound) -> str:
    """The base of a compound in plain letters, which may be more than those it is written in."""
    return in_plain_letters(one.base[:MAX_TERM_CHARACTERS])[:MAX_TERM_CHARACTERS]


def _as_in(written: str, base: str, stem: str) -> str:
    """The stem in the letters that it has in the word as written, where they are as many."""
    at = base.find(stem)
    if written == base or at < 0 or len(written) != len(base):
        return stem
    return written[at : at + len(stem)]


def _inverse(forms: dict[str, str]) -> dict[str, list[str]]:
    """Each value to its keys."""
    inverse: dict[str, list[str]] = {}
    for form, stem in forms.items():
        inverse.setdefault(stem, []).append(form)
    return inverse
