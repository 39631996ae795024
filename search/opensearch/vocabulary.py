"""Articles as numbers of their words, kept: the best articles of many questions are the same.

Analysing the texts of a page's articles takes longer than all else that is done with them. One
vocabulary serves all threads; where it knows too many words it is let go of, with all that is kept
in its numbers, and a new one begins.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis import TextAnalysis
from index.analysis.bulk import Encoded, Encoder
from index.analysis.learning import heads_of
from index.article import Article
from index.build.inversion import ascending
from index.light_dataclass import dataclass
from index.stored_values import text_hash
from search.local.plain.memo import Memo

_KNOWN_CHUNKS = 80_000
"""Of more it is let go: it takes some 60 MB then."""

_KEPT_VOCABULARIES = 2
"""That of the words in use, and that of those before: an update may change them again and again."""
_changing = threading.Lock()

_KEPT_BYTES = 32 << 20
_OF_AN_ARTICLE = 1500
"""Bytes of the objects of one that is kept, its numbers and texts apart."""
_OF_A_TOKEN = 8

Ids = NDArray[np.uint32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one text, (t,) each: ``stems`` and ``surfaces`` at the same positions.

    ``begins``: the positions at which its sentences but the first begin.
    """

    stems: Ids
    surfaces: Ids
    begins: Ids


@dataclass(frozen=True, slots=True)
class Read:
    """An article's title, as it is searched, and body; ``text_hash`` as ``index.stored_values``."""

    title: Tokens
    body: Tokens
    text_hash: int


class Terms:
    """The terms of ids from 0 on, as bytes. Grows by one thread while others read what is there."""

    def __init__(self) -> None:
        self.names: list[bytes] = []
        self.lengths = np.empty(0, np.int64)
        self._heads = np.empty((0, 2), np.uint64)

    def add(self, new: Sequence[str]) -> None:
        """Give terms the next ids."""
        if not new:
            return
        terms = "\n".join(new).encode("utf-8", "surrogatepass").split(b"\n")  # which none holds
        self.names += terms
        lengths = np.fromiter(map(len, terms), np.int64, len(terms))
        self.lengths = np.concatenate([self.lengths, lengths])
        self._heads = np.concatenate([self._heads, heads_of(terms)])

    def in_order(self, ids: Numbers) -> Numbers:
        """Some ids, (n,), by the bytes of their terms."""

        def names_at(places: Numbers) -> list[bytes]:
            return [self.names[one] for one in ids[places].tolist()]

        return ids[ascending(self._heads[ids], names_at)]

    def keys(self, ids: Numbers) -> NDArray[np.uint64]:
        """The first eight bytes of the terms of some ids as big-endian numbers: (n,)."""
        found: NDArray[np.uint64] = self._heads[ids, 0]
        return found


class Vocabulary:
    """The terms of the articles that it was asked for. Shared by threads."""

    def __init__(self, how: TextAnalysis) -> None:
        self.stems, self.surfaces = Terms(), Terms()
        self._encoder = Encoder(how)
        self._lock = threading.Lock()
        self._read: Memo[Article, Read] = Memo(_KEPT_BYTES)

    @property
    def distinct_chunks(self) -> int:
        """How many distinct words and the like its texts had."""
        return self._encoder.distinct_chunks

    def read(self, articles: Sequence[Article]) -> list[Read]:
        """The words of articles, in their order."""
        found = {one: self._read.get(one) for one in articles}
        if None in found.values():
            with self._lock:  # Another thread may have read some of them meanwhile.
                found = {one: read or self._read.get(one) for one, read in found.items()}
                new = [one for one, read in found.items() if read is None]
                found |= zip(new, self._read_new(new), strict=True)
        return [read for one in articles if (read := found[one]) is not None]

    def _read_new(self, articles: Sequence[Article]) -> list[Read]:
        if not articles:
            return []
        encode = self._encoder.encode
        titles = _apart(encode(["" if one.derived_title else one.title for one in articles]))
        bodies = _apart(encode([one.body for one in articles]))
        stems, surfaces = self._encoder.newest(len(self.stems.names), len(self.surfaces.names))
        self.stems.add(stems)
        self.surfaces.add(surfaces)
        found = []
        for article, title, body in zip(articles, titles, bodies, strict=True):
            read = Read(title, body, text_hash(article.body))
            tokens = len(title.stems) + len(body.stems)
            size = _OF_AN_ARTICLE + _OF_A_TOKEN * tokens + len(article.body)
            self._read.put(article, read, size)
            found.append(read)
        return found


_vocabularies: dict[TextAnalysis, Vocabulary] = {}
"""Of the analyses that were met last. A vocabulary holds its analysis, so none goes alone."""


def vocabulary_of(how: TextAnalysis) -> Vocabulary:
    """The vocabulary of an analysis; the ``_KEPT_VOCABULARIES`` begun last are kept."""
    found = _vocabularies.get(how)
    if found is None or found.distinct_chunks > _KNOWN_CHUNKS:
        with _changing:
            _vocabularies.pop(how, None)
            while len(_vocabularies) >= _KEPT_VOCABULARIES:
                del _vocabularies[next(iter(_vocabularies))]
            # Two threads may both begin one: the later stays.
            found = _vocabularies[how] = Vocabulary(how)
    return found


def _apart(texts: Encoded) -> list[Tokens]:
    found, start, first = [], 0, 0
    for tokens, sentences in zip(texts.counts.tolist(), texts.sentences.tolist(), strict=True):
        stop, last = start + tokens, first + sentences
        found.append(
            # Copies, as views would keep the arrays of all of them.
            Tokens(
                texts.stems[start:stop].copy(),
                texts.surfaces[start:stop].copy(),
                texts.begins[first:last].copy(),
            )
        )
        start, first = stop, last
    return found
