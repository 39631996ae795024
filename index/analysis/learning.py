"""What is known of distinct chunks: their terms as ids, worked out once for each.

``TextAnalysis`` is the one definition of the rules; here its results are kept as arrays.
``CompiledVocabulary`` asks the kernel ``learning``, and ``TextAnalysis`` about what that leaves
open; ``PlainWords`` is its witness.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import compress, count, islice
from operator import not_
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.analysis.sentences import is_short
from index.analysis.text import TextAnalysis
from index.analysis.tokenizer import MAX_TERM_CHARACTERS
from index.joined import JoinedTerms, joined
from index.kernels import kernel

_LETTERS = re.compile(rb"[A-Za-z]+")
_CHANGE_OF_CASE = re.compile(rb"[a-z][A-Z]|[A-Z][A-Z][a-z]")
_LONGEST_WRITTEN = 63
"""Letters of a word of which it is known which are capitals: a bit each."""
_SMALL_A = ord("a")
_ROOM = 1 << 16

Name = TypeVar("Name", str, bytes)
Counts = NDArray[np.int64]
Terms = NDArray[np.uint32]
Flags = NDArray[np.bool_]
Heads = NDArray[np.uint64]


class Words(Protocol):
    """A growing vocabulary of terms. ``written``: see ``Encoder``.

    ``CHUNK_BYTES``: memory that is kept for a distinct chunk of news, the scanner's included
    (measured). Not counted is what single chunks take beside that: those of many terms, 8 bytes for
    each and more for new ones, and what ``TextAnalysis`` keeps of words beyond ASCII.
    """

    CHUNK_BYTES: ClassVar[int]

    @property
    def written(self) -> dict[str, int]: ...

    def stems(self, first: int) -> list[str]:
        """The stems of the ids from ``first`` on."""
        ...

    def surfaces(self, first: int) -> list[str]:
        """The surface forms of the ids from ``first`` on."""
        ...

    def sizes(self) -> tuple[int, int]:
        """How many stems and how many surface forms there are."""
        ...

    def stem_texts(self, ids: Counts) -> JoinedTerms:
        """The stems of ids, (n,) int64."""
        ...

    def surface_texts(self, ids: Counts) -> JoinedTerms:
        """The surface forms of ids, (n,) int64."""
        ...

    def stem_heads(self, ids: Counts) -> Heads:
        """What ``heads_of`` gives of the stems of ids, (n,) int64."""
        ...

    def surface_heads(self, ids: Counts) -> Heads:
        """The same of the surface forms."""
        ...

    def learn(self, chunks: list[bytes]) -> tuple[Counts, Flags, Terms]:
        """The terms of chunks, none of which was learned before.

        Returns how many each has, (c,); which chunks ``is_short``, (c,); and the ids of the terms,
        (t, 2), stems first.
        """
        ...


class Learned:
    """What is known of chunks. Not safe under threads.

    ``first``: (chunks + 1 or more,) int32, where each chunk's terms begin in ``terms``, (t, 2)
    uint32, ids of stems and of surface forms in ``words``, and where those of the last one end.
    ``are_short``: (chunks or more,), which chunks ``is_short``.
    """

    def __init__(self, how: TextAnalysis) -> None:
        self.words = words(how)
        self.chunks = 0
        self.first = np.zeros(_ROOM, np.int32)
        self.terms = np.empty((_ROOM, 2), np.uint32)
        self.are_short = np.empty(_ROOM, np.bool_)
        self._terms = 0

    def learn(self, distinct: Sequence[bytes]) -> None:
        """Analyse the chunks that were not seen before; ``distinct``: number to chunk."""
        names = [*distinct[self.chunks :]]
        if not names:
            return
        counts, short, terms = self.words.learn(names)
        before, self.chunks = self.chunks, len(distinct)
        self.first = _put(self.first, before + 1, self._terms + np.cumsum(counts))
        self.are_short = _put(self.are_short, before, short)
        self.terms = _put(self.terms, self._terms, terms)
        self._terms += len(terms)


class CompiledVocabulary:
    """See ``Words``."""

    CHUNK_BYTES: ClassVar[int] = 320

    def __init__(self, how: TextAnalysis) -> None:
        self._analysis = how
        self._learner = _kernel.Learner(how.compiled)

    @property
    def written(self) -> dict[str, int]:
        found: dict[str, int] = self._learner.written
        return found

    def stems(self, first: int) -> list[str]:
        found: list[str] = self._learner.stems(first)
        return found

    def surfaces(self, first: int) -> list[str]:
        found: list[str] = self._learner.surfaces(first)
        return found

    def sizes(self) -> tuple[int, int]:
        found: tuple[int, int] = self._learner.sizes()
        return found

    def stem_texts(self, ids: Counts) -> JoinedTerms:
        return JoinedTerms(*self._learner.stem_texts(ids))

    def surface_texts(self, ids: Counts) -> JoinedTerms:
        return JoinedTerms(*self._learner.surface_texts(ids))

    def stem_heads(self, ids: Counts) -> Heads:
        found: Heads = self._learner.stem_heads(ids)
        return found

    def surface_heads(self, ids: Counts) -> Heads:
        found: Heads = self._learner.surface_heads(ids)
        return found

    def learn(self, chunks: list[bytes]) -> tuple[Counts, Flags, Terms]:
        counts, short, terms, undecided = self._learner.learn(chunks)
        if not len(undecided):
            return counts, short, terms
        left = _texts([chunks[one] for one in undecided.tolist()])
        # The kernel need not be asked a second time, as a ``QuickAnalysis`` would.
        others = [TextAnalysis.terms(self._analysis, one) for one in left]
        behind = np.cumsum(counts)[undecided].repeat(sizes := [*map(len, others)])
        counts[undecided] = sizes
        more = self._learner.ids([term for one in others for term in one])
        return counts, short, np.insert(terms, behind, more, axis=0)


class PlainWords:
    """See ``Words``; by the analysis alone: a witness where that is no ``QuickAnalysis``."""

    CHUNK_BYTES: ClassVar[int] = 700

    def __init__(self, how: TextAnalysis) -> None:
        self._analysis = how
        self.written: dict[str, int] = {}
        self._stem_ids = _numbering(str)
        self._surface_ids = _numbering(str)
        self._words = _numbering(bytes)  # of letters alone, small
        self._of_words = np.empty((_ROOM, 2), np.uint32)

    def stems(self, first: int) -> list[str]:
        return _newest(self._stem_ids, first)

    def surfaces(self, first: int) -> list[str]:
        return _newest(self._surface_ids, first)

    def sizes(self) -> tuple[int, int]:
        return len(self._stem_ids), len(self._surface_ids)

    def stem_texts(self, ids: Counts) -> JoinedTerms:
        return joined(_encoded(self.stems(0), ids))

    def surface_texts(self, ids: Counts) -> JoinedTerms:
        return joined(_encoded(self.surfaces(0), ids))

    def stem_heads(self, ids: Counts) -> Heads:
        return heads_of(_encoded(self.stems(0), ids))

    def surface_heads(self, ids: Counts) -> Heads:
        return heads_of(_encoded(self.surfaces(0), ids))

    def learn(self, chunks: list[bytes]) -> tuple[Counts, Flags, Terms]:
        for chunk in chunks:
            self._learn_capitals(chunk)
        letters = [chunk.isalpha() for chunk in chunks]
        others = [*map(self._analysis.terms, _texts([*compress(chunks, map(not_, letters))]))]
        counts = np.ones(len(chunks), np.int64)
        are_words = np.array(letters, np.bool_)
        counts[~are_words] = [*map(len, others)]
        terms = np.empty((int(counts.sum()), 2), np.uint32)
        of_words = are_words.repeat(counts)
        terms[of_words] = self._terms_of_words([*compress(chunks, letters)])
        terms[~of_words] = self._ids([term for one in others for term in one])
        return counts, np.array([*map(is_short, chunks)], np.bool_), terms

    def _terms_of_words(self, chunks: list[bytes]) -> Terms:
        """The terms of chunks of ASCII letters, (n, 2); it is the same for "Rusia" and "rusia"."""
        before = len(self._words)
        numbers = [self._words[name] for name in map(bytes.lower, chunks)]
        surfaces = [word[:MAX_TERM_CHARACTERS] for word in _texts(_newest(self._words, before))]
        stems = self._analysis.stems_of_plain(surfaces)
        terms = self._ids([*zip(surfaces, stems, strict=True)])
        self._of_words = _put(self._of_words, before, terms)
        return self._of_words[numbers]

    def _ids(self, terms: list[tuple[str, str]]) -> Terms:
        ids = [(self._stem_ids[stem], self._surface_ids[surface]) for surface, stem in terms]
        return np.array(ids, np.uint32).reshape(-1, 2)

    def _learn_capitals(self, chunk: bytes) -> None:
        if not _CHANGE_OF_CASE.search(chunk):
            return
        for word in _LETTERS.findall(chunk):
            if len(word) <= _LONGEST_WRITTEN and _CHANGE_OF_CASE.search(word):
                surface, written = word.lower().decode(), capitals(word)
                self.written[surface] = min(written, self.written.get(surface, written))


_kernel = kernel("learning")


def words(how: TextAnalysis) -> Words:
    """An empty vocabulary: the compiled one where it is there and knows how words are stemmed."""
    if _kernel is None or how.compiled is None:
        return PlainWords(how)
    return CompiledVocabulary(how)


def _numbering(_: type[Name]) -> dict[Name, int]:
    """Gives whatever is asked for and new the next number, from 0 on."""
    return defaultdict(count().__next__)


def _newest(numbers: dict[Name, int], first: int) -> list[Name]:
    """What has the numbers from ``first`` on, without going over all."""
    names = list(islice(reversed(numbers), len(numbers) - first))
    names.reverse()
    return names


def _texts(chunks: list[bytes]) -> list[str]:
    """Chunks as text, all at once: none holds a line's end."""
    return b"\n".join(chunks).decode("utf-8", "surrogatepass").split("\n") if chunks else []


def _encoded(names: list[str], ids: Counts) -> list[bytes]:
    return [names[one].encode("utf-8", "surrogatepass") for one in ids.tolist()]


def heads_of(terms: Sequence[bytes]) -> Heads:
    """The first 16 bytes of terms as two numbers that are in their order: (t, 2)."""
    return np.array(terms, "S16").view(">u8").astype(np.uint64).reshape(-1, 2)


def capitals(word: bytes) -> int:
    """Which letters of a word are capitals: bit i for letter i."""
    return sum(1 << at for at, letter in enumerate(word) if letter < _SMALL_A)


def _put(array: NDArray[Any], at: int, values: NDArray[Any]) -> NDArray[Any]:
    """The array with values from a place on, grown where it has no room for them."""
    end = at + len(values)
    if end > len(array):
        grown = np.empty((max(end, 2 * len(array)), *array.shape[1:]), array.dtype)
        grown[:at] = array[:at]
        array = grown
    array[at:end] = values
    return array
