"""Takes glued words apart: of terms by their letters, and by where their writers changed case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.glued.candidates import Cuts, Words, candidates
from index.glued.case import change_at, cuts_of, divides, is_behind_preposition
from index.glued.compiled import OPEN, compiled
from index.glued.judging import LONGEST, SHORTEST, Judge, Side
from index.glued.parts import Kind, lists
from index.glued.small import BACK, FRONT, cautiously, loosely
from index.light_dataclass import dataclass
from index.segments.hashing import Blob, Counts, Places, blob_of

_TYPO = 4
"""Letters of the shorter part up to which a word with a letter too many looks glued."""

_MOST_WORTH = 5
"""What a junction is worth at most, see ``Judge``."""

_MOST_CUTS = 4
"""What changes case more often is no text but a key or a program."""

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cut:
    """Cuts in a blob: (4, k), where their parts begin and the last one ends, and their articles.

    Those of the whole come first; a third part that begins where it ends is none.
    """

    blob: Blob
    bounds: Places
    articles: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Archive:
    """What is known of the words of an archive, and what follows from it.

    ``counts``: of the terms that are asked about and of their pieces; ``articles_of``: of any.
    """

    counts: Counts
    articles_of: Callable[[Sequence[str]], list[int]]
    words: Words
    judge: Judge

    def apart(
        self, blob: Blob, starts: Places, ends: Places, small: NDArray[np.bool_]
    ) -> dict[str, Parts]:
        """The glued words among plain terms in a blob, by their letters alone.

        ``small``: which of them are written in small letters.
        """
        cuts = candidates(blob, starts, ends, self.words, small)
        best: dict[str, tuple[int, int, Parts]] = {}
        for word, parts, worth in self._cut(
            _cuts(blob, starts, ends, cuts, self.counts), small[cuts.terms]
        ):
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

    def _cut(self, cut: _Cut, small: NDArray[np.bool_]) -> Iterator[tuple[str, list[Side], int]]:
        """The words that are cut with their parts, and the worth of those cuts that have any."""
        kernel = compiled(self.judge)
        worths = np.full(len(small), OPEN, np.uint8)
        if kernel is not None:
            kernel.worths(cut.blob.text, cut.bounds, cut.articles, small.view(np.uint8), worths)
        there = worths.nonzero()[0]
        text = cut.blob.text.tobytes().decode("latin-1")
        columns = (*cut.bounds[:, there], *cut.articles[:, there], small[there], worths[there])
        for left, one, two, right, glued, *having, loose, told in zip(
            *map(np.ndarray.tolist, columns), strict=True
        ):
            parts = [Side(text[left:one], having[0]), Side(text[one:two], having[1])]
            if two < right:
                parts.append(Side(text[two:right], having[2]))
            word = text[left:right]
            worth = self._worth(word, parts, glued, loose=loose) if told == OPEN else told
            if worth:
                yield word, parts, worth

    def _worth(self, word: str, parts: Sequence[Side], articles: int, *, loose: bool) -> int:
        """That of the least certain junction of parts; none where the whole is a known word."""
        judge, least = self.judge, _MOST_WORTH
        for one, two in pairwise(parts):
            worth = judge.worth(one, two, articles)
            if not worth and loose:
                worth = loosely(judge, one, two, articles)
            elif not worth:
                worth = cautiously(judge, one, two)
            if not worth:
                return 0
            least = min(least, worth)
        return least if judge.kinds.of(word) is Kind.UNKNOWN else 0

    def _typos(self, found: Mapping[str, Parts]) -> set[str]:
        """Those that are a word of the archive with a letter too many: ``menyerahakan``."""
        doubtful = [
            word
            for word, parts in found.items()
            if min(map(len, parts)) <= _TYPO and parts[0] not in FRONT and parts[-1] not in BACK
        ]
        without = [
            (word, word[:at] + word[at + 1 :]) for word in doubtful for at in range(len(word))
        ]
        having = self.articles_of([shorter for _, shorter in without])
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
        articles = self.articles_of(words)
        divided: dict[str, list[tuple[int, int]]] = {}
        for word, count in zip(words, articles, strict=True):
            cuts = cuts_of(word, written[word]) if count <= most else []
            if 0 < len(cuts) <= _MOST_CUTS:
                divided[word] = list(pairwise((0, *cuts, len(word))))
        pieces = sorted({word[a:b] for word, bounds in divided.items() for a, b in bounds})
        if not pieces:
            return {}
        long = [
            piece
            for piece, having in zip(pieces, self.articles_of(pieces), strict=True)
            if having < self.judge.fewest and len(piece) >= SHORTEST
        ]
        in_small = {
            word[a:b]
            for word, bounds in divided.items()
            for a, b in bounds
            if not written[word] >> a & ((1 << b - a) - 1)
        }
        small = np.array([piece in in_small for piece in long], np.bool_)
        inner = self.apart(*blob_of([piece.encode() for piece in long]), small) if long else {}
        sides = sorted({part for piece in pieces for part in inner.get(piece, (piece,))})
        having = dict(zip(sides, self.articles_of(sides), strict=True))
        counts = dict(zip(words, articles, strict=True))
        found = {}
        kernel = compiled(self.judge)
        for word, bounds in divided.items():
            how = written[word], bounds, inner, having, counts[word]
            told = None if kernel is None else kernel.joined(word, *how)
            parts = self._joined(word, *how) if told is None else told
            if len(parts) > len(known.get(word, parts[:1])):
                found[word] = parts
        return found

    def _joined(  # noqa: PLR0917 - what ``by_case`` has at hand
        self,
        word: str,
        written: int,
        bounds: Sequence[tuple[int, int]],
        inner: Mapping[str, Parts],
        having: Mapping[str, int],
        articles: int,
    ) -> Parts:
        """The parts of a word between changes of case, joined again where none divides it.

        ``written``: which of its letters are capitals; ``bounds``: the pieces between the changes;
        ``inner``: what these fall into; ``having``: how many articles have a part.
        """
        parts: list[str] = []
        starts: list[int] = []
        for left, right in bounds:
            first, *more = inner.get(word[left:right], (word[left:right],))
            if parts:
                one, two = (Side(text, having.get(text, 0)) for text in (parts[-1], first))
                change = change_at(written, starts[-1], left)
                if divides(self.judge, one, two, articles, change) and not (
                    self.judge.same(one.text, two.text)
                ):
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
            one, two = (Side(text, having.get(text, 0)) for text in parts[:2])
            return tuple(parts) if is_behind_preposition(one, two, articles) else (word,)
        return tuple(parts)


def _cuts(blob: Blob, starts: Places, ends: Places, cuts: Cuts, counts: Counts) -> _Cut:
    """The cuts with how many articles have each part."""
    start, end = starts[cuts.terms], ends[cuts.terms]
    second = np.where(cuts.second > 0, start + cuts.second, end)
    bounds = np.stack((start, start + cuts.first, second, end))
    articles = np.empty_like(bounds)
    articles[0] = counts.of(blob.numbers(start, end))
    for part in range(3):
        articles[part + 1] = counts.of(blob.numbers(bounds[part], bounds[part + 1]))
    return _Cut(blob, bounds, articles)
