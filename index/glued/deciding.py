"""Which terms of a generation are glued words, decided from the terms of all of its segments.

The same articles give the same answer however they fall into segments; deleted ones count until
their segment is written anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.analysis import TextAnalysis, lexicon
from index.fields import EXACT, TEXTS
from index.glued.candidates import Cuts, Words, candidates
from index.glued.capitals import change_at, cuts_of, divides, is_behind_preposition
from index.glued.hashing import AtAGlance, Blob, Counts, Places, blob_of, numbers_of
from index.glued.judging import LONGEST, SHORTEST, Judge, Side
from index.glued.parts import PREFIXES, SHORTEST_DERIVED, Kind, Kinds, lists
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader

_FEW_TERMS = 2000
"""An archive of fewer rare terms has few words, so that parts need not be among them."""

_RARE = 1500
"""A glued word is in no more than one of so many articles, or in two."""

_RARE_BY_CASE = 500
"""The same of one whose writer changed case."""

_COMMON = 5000
_MOST_FEWEST = 5
_SEVERAL = 2
_SMALL = 200
_OFTEN, _EVERYWHERE = 300, 8
"""A word that is no typing error is in two articles, of many articles in more."""

_TYPO = 4
"""Letters of the shorter part up to which a word with a letter too many looks glued."""

_MOST_CUTS = 4
"""What changes case more often is no text but a key or a program."""

_A, _Z = ord("a"), ord("z")

Parts = tuple[str, ...]


def decide(
    segments: Sequence[SegmentReader], how: TextAnalysis, written: Mapping[str, int]
) -> dict[str, Parts]:
    """The glued words of some segments and their parts, two or more, in order.

    ``written``: how words with capitals inside are written (see ``capitals``). Raises
    ``FileDamaged``.
    """
    size = sum(segment.size for segment in segments)
    fields = [
        _Field(segment.fields[name])
        for segment in segments
        for name in (field + EXACT for field in TEXTS)
        if name in segment.fields and segment.fields[name].terms
    ]
    if not fields:
        return {}
    counts, places = _counted(fields)
    most = max(2, size // _RARE)
    rare = _rare(fields, counts, places, most)
    fewest = min(1 + (size >= _SMALL) + size // _COMMON, _MOST_FEWEST)
    words = _words(fields, counts, fewest, few=sum(map(len, rare)) < _FEW_TERMS)
    judge = Judge(Kinds(how), fewest, 4 * fewest + size // _OFTEN, 1 + fewest + size // _EVERYWHERE)
    archive = _Archive(counts, words, judge)
    found: dict[str, Parts] = {}
    for one, ordinals in zip(fields, rare, strict=True):
        found |= archive.apart(one.blob, one.starts[ordinals], one.ends[ordinals])
    return found | archive.by_case(written, max(2, size // _RARE_BY_CASE), found)


class _Field:
    """The terms of a field. ``ordinal`` to its start, end, number and articles: (t,) each."""

    def __init__(self, index: FieldIndex) -> None:
        self.blob = Blob(index.all_of("text"))
        bounds = index.all_of("text_at").astype(np.int64)
        self.starts, self.ends = bounds[:-1], bounds[1:]
        self.numbers = self.blob.numbers(self.starts, self.ends)
        self.articles = index.document_frequencies(0, index.terms)
        # Running counts of what is no small letter of ASCII.
        other = np.zeros(len(self.blob.text) + 1, np.int64)
        text = self.blob.text
        np.cumsum((text < _A) | (text > _Z), out=other[1:])
        self.plain = other[self.ends] == other[self.starts]


def _counted(fields: Sequence[_Field]) -> tuple[Counts, list[Places]]:
    """How many articles have each term, and where each field's terms are among the counts."""
    numbers = np.concatenate([one.numbers for one in fields])
    articles = np.concatenate([one.articles for one in fields])
    order = numbers.argsort()
    numbers = numbers[order]
    new = np.concatenate((np.ones(1, np.bool_), numbers[1:] != numbers[:-1]))
    begins = new.nonzero()[0]
    counts = Counts(numbers[begins], np.add.reduceat(articles[order], begins))
    places = np.empty(len(order), np.int64)
    places[order] = np.cumsum(new) - 1
    return counts, np.split(places, np.cumsum([len(one.numbers) for one in fields])[:-1])


def _rare(
    fields: Sequence[_Field], counts: Counts, places: Sequence[Places], most: int
) -> list[Places]:
    """The ordinals of terms that may be glued by how they are written and how rare they are.

    Each term once, whatever fields have it.
    """
    left = counts.counts <= most
    found = []
    for one, of_field in zip(fields, places, strict=True):
        sizes = one.ends - one.starts
        fits = one.plain & (sizes >= SHORTEST) & (sizes <= LONGEST) & left[of_field]
        found.append(fits.nonzero()[0])
        left[of_field[found[-1]]] = False
    return found


def _words(fields: Sequence[_Field], counts: Counts, fewest: int, *, few: bool) -> Words:
    """What parts may be: words of ``fewest`` articles; of ``few`` terms anything."""
    if few:
        return Words(_Anything(), _Anything(), _Anything().has, few=True)
    here, words = lists(), lexicon()
    function = [word.encode() for word in here.front | here.back]
    listed = [word.encode() for word in words.roots | words.lexicalised | words.names]
    outside = np.unique(numbers_of(function + listed))
    every, strong = [outside], [numbers_of(function)]
    for one in fields:
        every.append(one.numbers[one.plain & (one.articles >= min(fewest, _SEVERAL))])
        strong.append(one.numbers[one.plain & (one.articles >= fewest) & _look_derived(one)])

    def sure(numbers: NDArray[np.uint64]) -> NDArray[np.bool_]:
        listed = outside.take(outside.searchsorted(numbers), mode="clip") == numbers
        return listed | (counts.of(numbers) >= min(fewest, _SEVERAL))

    return Words(AtAGlance(every), AtAGlance(strong), sure, few=False)


class _Anything(AtAGlance):
    def __init__(self) -> None:
        pass

    def has(self, numbers: NDArray[np.uint64]) -> NDArray[np.bool_]:
        return np.ones(len(numbers), np.bool_)


def _look_derived(field: _Field) -> NDArray[np.bool_]:
    text, starts = field.blob.text, field.starts
    padded = np.concatenate((text, np.zeros(3, np.uint8)))
    found = np.zeros(len(starts), np.bool_)
    for prefix in PREFIXES:
        begins = np.ones(len(starts), np.bool_)
        for at, letter in enumerate(prefix.encode()):
            begins &= padded[starts + at] == letter
        found |= begins
    return found & (field.ends - starts >= SHORTEST_DERIVED)


@dataclass(frozen=True, slots=True)
class _Archive:
    counts: Counts
    words: Words
    judge: Judge

    def apart(self, blob: Blob, starts: Places, ends: Places) -> dict[str, Parts]:
        """The glued words among plain terms in a blob, by their letters alone."""
        cuts = candidates(blob, starts, ends, self.words)
        best: dict[str, tuple[int, int, Parts]] = {}
        for word, parts, articles in self._cut(blob, starts, ends, cuts):
            worths = [self.judge.worth(one, two, articles) for one, two in pairwise(parts)]
            worth = min(worths)
            if worth:
                # Two parts before three; the surer cut before the one of commoner words.
                key = worth - 2 * len(parts), min(part.articles for part in parts)
                if word not in best or key > best[word][:2]:
                    best[word] = *key, tuple(part.text for part in parts)
        found = {
            word: parts
            for word, (_, _, parts) in best.items()
            if not self.judge.kinds.is_whole(word)
        }
        for word in self._typos(found):
            del found[word]
        return found

    def _cut(
        self, blob: Blob, starts: Places, ends: Places, cuts: Cuts
    ) -> Iterator[tuple[str, list[Side], int]]:
        start, end = starts[cuts.terms], ends[cuts.terms]
        first, third = start + cuts.first, cuts.second > 0
        second = np.where(third, start + cuts.second, end)
        of = self.counts.of
        articles = of(blob.numbers(start, end))
        pieces = [
            of(blob.numbers(left, right))
            for left, right in ((start, first), (first, second), (second, end))
        ]
        text = blob.text.tobytes().decode("latin-1")
        arrays = (start, first, second, end, articles, *pieces)
        for left, one, two, right, glued, *having in zip(
            *map(np.ndarray.tolist, arrays), strict=True
        ):
            parts = [Side(text[left:one], having[0]), Side(text[one:two], having[1])]
            if two < right:
                parts.append(Side(text[two:right], having[2]))
            yield text[left:right], parts, glued

    def _typos(self, found: Mapping[str, Parts]) -> set[str]:
        """Those that are a word of the archive with a letter too many: ``menyerahakan``."""
        doubtful = [word for word, parts in found.items() if min(map(len, parts)) <= _TYPO]
        without = [
            (word, word[:at] + word[at + 1 :]) for word in doubtful for at in range(len(word))
        ]
        having = self._articles([shorter for _, shorter in without])
        return {
            word
            for (word, shorter), articles in zip(without, having, strict=True)
            if (articles >= self.judge.fewest or self.words.few)
            and self.judge.kinds.of(shorter) is not Kind.UNKNOWN
        }

    def by_case(
        self, written: Mapping[str, int], most: int, known: Mapping[str, Parts]
    ) -> dict[str, Parts]:
        """The glued words among those with capitals inside; what is ``known`` may be cut finer."""
        words = [word for word in written if len(word) <= LONGEST and word not in lists().whole]
        if not words:
            return {}
        articles = self._articles(words)
        divided: dict[str, list[tuple[int, int]]] = {}
        for word, count in zip(words, articles, strict=True):
            cuts = cuts_of(word, written[word]) if count <= most else []
            if 0 < len(cuts) <= _MOST_CUTS:
                divided[word] = list(pairwise((0, *cuts, len(word))))
        pieces = sorted({word[a:b] for word, bounds in divided.items() for a, b in bounds})
        if not pieces:
            return {}
        inner = self.apart(*blob_of([piece.encode() for piece in pieces]))
        sides = sorted({part for piece in pieces for part in inner.get(piece, (piece,))})
        having = dict(zip(sides, self._articles(sides), strict=True))
        counts = dict(zip(words, articles, strict=True))
        found = {}
        for word, bounds in divided.items():
            parts = self._joined(word, written[word], bounds, inner, having, counts[word])
            if len(parts) > len(known.get(word, parts[:1])):
                found[word] = parts
        return found

    def _joined(
        self,
        word: str,
        written: int,
        bounds: Sequence[tuple[int, int]],
        inner: Mapping[str, Parts],
        having: Mapping[str, int],
        articles: int,
    ) -> Parts:
        """The parts of a word between changes of case, joined again where none divides it."""
        parts: list[str] = []
        starts: list[int] = []
        for left, right in bounds:
            first, *more = inner.get(word[left:right], (word[left:right],))
            if parts:
                one, two = (Side(text, having.get(text, 0)) for text in (parts[-1], first))
                change = change_at(written, starts[-1], left)
                if divides(self.judge, one, two, articles, change):
                    parts.append(first)
                    starts.append(left)
                else:
                    parts[-1] += first
            else:
                parts.append(first)
                starts.append(left)
            at = left + len(first)
            for part in more:
                parts.append(part)
                starts.append(at)
                at += len(part)
        if len(parts) > 1 and self.judge.kinds.of(word) is not Kind.UNKNOWN:
            sides = [Side(text, having.get(text, 0)) for text in parts[:2]]
            return tuple(parts) if is_behind_preposition(*sides, articles) else (word,)
        return tuple(parts)

    def _articles(self, texts: Sequence[str]) -> list[int]:
        if not texts:
            return []
        found: list[int] = self.counts.of(numbers_of([text.encode() for text in texts])).tolist()
        return found
