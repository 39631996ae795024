"""What has all words of a query, and what has some of them, from a row of scores of each word.

For queries that are words and nothing else, which most are. ``compiled`` finds the same straight
from postings; this is how it is found without a compiler.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.light_dataclass import dataclass
from search.budget import COMPARED, NODE
from search.local.matches import (
    Documents,
    Mask,
    Matches,
    Scores,
    added,
    are_in,
    distinct,
    highest,
    largest,
)
from search.local.matching.flat import FlatQuery, FlatWord
from search.local.matching.searcher import Searcher
from search.local.matching.term import row
from search.local.matching.top_k import (
    BLOCK,
    WORTH_MAX_SCORE,
    number_of_any,
    top_of,
    top_of_any,
)

_Read = TypeVar("_Read")


class Listed(IntEnum):
    """Which documents are listed: the top k, all that have all words, all."""

    TOP = 0
    COMPLETE = 1
    EVERY = 2


class Graded(NamedTuple):
    """Documents that have all of some words, and those that have only some of them.

    ``total`` and ``partial_total``: how many these are. ``listed``: those that were asked for.
    ``complete``: which of them, (n,), have all words.
    """

    total: int
    partial_total: int
    listed: Matches
    complete: Mask


class Gradable(Protocol):
    """Words of a query, read or made ready to be read."""

    def graded(self, count: int, listed: Listed, *, complete_first: bool) -> Graded:
        """What has all words, and some of them.

        Listed are those that may be in the top ``count``, and more where ``listed`` says so.
        ``complete_first``: whether in the top what has all words comes before the rest, whatever
        the scores. Without ``words`` nothing has all of them.
        """

    def at(self, documents: Documents) -> tuple[Mask, Mask, Scores]:
        """Which of some documents have all words, which have any, and their scores: (k,) each."""

    def lacking(
        self, documents: list[int], texts: tuple[str, ...], complete: list[bool]
    ) -> list[tuple[str, ...]]:
        """Of each of some documents the texts of the words that it lacks; each word has one.

        ``complete``: which of the documents are known to have all words.
        """


@dataclass(frozen=True, slots=True)
class WordRows:
    """The rows of the words of a query, see ``FlatQuery``, in an index of ``size`` documents."""

    words: tuple[Matches, ...]
    loose: tuple[Matches, ...]
    optional: tuple[Matches, ...]
    size: int

    def graded(self, count: int, listed: Listed, *, complete_first: bool) -> Graded:
        """See ``Gradable``."""
        if not self.words:
            return self._any(count, listed)
        strict = _in_all(self.words, self.optional)
        if not self.loose:
            found = strict if listed else top_of(strict, count).matches
            return Graded(len(strict), 0, found, np.ones(len(found), np.bool_))
        if listed is Listed.EVERY:
            some = self._any(count, listed)
            matches, complete = merged(strict, some.listed)
            return Graded(len(strict), some.partial_total - len(strict), matches, complete)
        if complete_first and len(strict) >= count:
            number = number_of_any(self.loose, self.size) - len(strict)
            found = strict if listed else top_of(strict, count).matches
            return Graded(len(strict), number, found, np.ones(len(found), np.bool_))
        if sum(map(len, self.loose)) >= WORTH_MAX_SCORE or self.size > BLOCK:
            # Those that have all words may be the best of these, too.
            most = count + len(strict) if complete_first else count
            top = top_of_any(self.loose, self.optional, self.size, most)
            matches, complete = merged(strict, top.matches)
            return Graded(len(strict), top.total - len(strict), matches, complete)
        return self._dense(strict, count, listed, complete_first=complete_first)

    def at(self, documents: Documents) -> tuple[Mask, Mask, Scores]:
        """See ``Gradable``."""
        more = np.zeros(len(documents))
        for one in self.optional:
            more += one.at(documents)[1]
        complete = np.full(len(documents), bool(self.words))
        scores = more.copy()
        for one in self.words:
            mask, given = one.at(documents)
            complete &= mask
            scores += given
        some = complete
        if self.loose:
            some, others = complete.copy(), more
            for one in self.loose:
                mask, given = one.at(documents)
                some |= mask
                others = others + given
            scores = np.where(complete, scores, others)
        return complete, some, scores

    def lacking(
        self,
        documents: list[int],
        texts: tuple[str, ...],
        complete: list[bool],  # noqa: ARG002 - the rows say so, too
    ) -> list[tuple[str, ...]]:
        """See ``Gradable``."""
        order = np.argsort(documents)
        ascending = np.array(documents, np.int32)[order]
        having = np.array([one.at(ascending)[0] for one in self.words])[:, order.argsort()]
        return [
            tuple([text for text, there in zip(texts, column, strict=True) if not there])
            for column in having.T.tolist()
        ]

    def _any(self, count: int, listed: Listed) -> Graded:
        """What has any of the loose words: its number is that of those that have only some."""
        if listed is not Listed.EVERY:
            top = top_of_any(self.loose, self.optional, self.size, count)
            matches, number = top.matches, top.total
        else:
            matches = added(self.loose, self.size)
            scores = matches.scores.astype(np.float64, copy=False)
            for one in self.optional:
                scores = scores + one.at(matches.documents)[1]
            matches, number = Matches(matches.documents, scores), len(matches)
        return Graded(0, number, matches, np.zeros(len(matches), np.bool_))

    def _dense(
        self, strict: Matches, count: int, listed: Listed, *, complete_first: bool
    ) -> Graded:
        """The same by an array over all documents, where neither they nor postings are many."""
        parts = [*self.loose, *self.optional]
        documents = np.concatenate([part.documents for part in parts], dtype=np.intp)
        scores = np.concatenate([part.scores for part in parts], dtype=np.float64)
        # Of no documents it counts, in integers.
        totals = np.bincount(documents, scores, self.size).astype(np.float64, copy=False)
        documents = documents[: sum(map(len, self.loose))]
        present = np.zeros(self.size, np.bool_)
        present[documents] = True
        number = int(np.count_nonzero(present)) - len(strict)
        totals[strict.documents] = -np.inf if complete_first else strict.scores
        # A document stands there once for each of its words.
        wanted = count - len(strict) if complete_first else count
        best: NDArray[np.intp] = documents[largest(totals[documents], wanted * len(self.loose))]
        if complete_first or listed:
            best = np.concatenate([best, strict.documents])
            totals[strict.documents] = strict.scores
        best = distinct(best)
        top = Matches(best.astype(np.int32), totals[best])
        return Graded(len(strict), number, top, are_in(best, strict.documents))


def each(
    query: FlatQuery, read: Callable[[FlatWord], _Read]
) -> tuple[tuple[_Read, ...], tuple[_Read, ...], tuple[_Read, ...]]:
    """What ``read`` makes of a query's words, its loose and its optional ones.

    A loose word that is no other than the word is not read once more.
    """
    words = tuple(map(read, query.words))
    loose = tuple(
        words[at] if at < len(words) and one == query.words[at] else read(one)
        for at, one in enumerate(query.loose)
    )
    return words, loose, tuple(map(read, query.optional))


def word_rows(searcher: Searcher, query: FlatQuery) -> WordRows:
    """The rows of words; without matches where the budget was spent before they were read."""
    return WordRows(*each(query, partial(row_of, searcher)), searcher.snapshot.size)


def row_of(searcher: Searcher, word: FlatWord) -> Matches:
    """The row of a word."""
    if word.query is not None:
        return searcher.run(word.query)
    if len(word.ways) == 1:
        found = row(searcher, word.ways[0])
    else:
        found = searcher.rows.whole(
            word.ways,
            lambda: highest([row(searcher, terms) for terms in word.ways]),
            searcher.budget,
        )
    searcher.budget.work += NODE + COMPARED * len(found)
    return found


def merged(strict: Matches, some: Matches) -> tuple[Matches, Mask]:
    """All documents of both, with the scores of ``strict`` first, and which are in that."""
    documents, others = some.documents, some.scores
    complete, scores = strict.at(documents)
    if np.count_nonzero(complete) < len(strict):
        documents = np.union1d(strict.documents, documents)
        complete, scores = strict.at(documents)
        _, others = some.at(documents)
    return Matches(documents, np.where(complete, scores, others)), complete


def _in_all(words: Sequence[Matches], optional: Sequence[Matches]) -> Matches:
    """What is in all rows of ``words``, with the scores of ``optional`` ones added."""
    found, *others = sorted(words, key=len)
    for one in others:
        found = found.common(one)
    scores = found.scores.astype(np.float64, copy=False)
    for one in optional:
        scores = scores + one.at(found.documents)[1]
    return Matches(found.documents, scores)
