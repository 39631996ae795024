"""Which articles have words in the form in which they were typed, and who answers that.

None that is deleted. ``PostingsForms`` asks a snapshot itself, which has the postings of bodies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from search.budget import LOOKED_UP, POSTING, Budget
from search.local.completing.following import BODIES, TITLES
from search.local.matches import Documents, Mask
from search.local.matching.phrase import with_phrase
from search.local.reading.snapshot import Snapshot


class Having(Protocol):
    """The articles that have all of some words, each in title or body. Raises ``FileDamaged``."""

    def __bool__(self) -> bool:
        """Whether there is any."""

    def share_of(self, term: str) -> tuple[int, int]:
        """How many bodies have a term: of these articles, and of all."""

    def any_with(self, fields: Sequence[str], term: str) -> bool:
        """Whether any of them has a term in one of some fields."""

    def some(self, most: int) -> Documents:
        """About so many of them at the most, whatever the order of all: ascending."""


class Forms(Protocol):
    """What surface forms articles have. Methods raise ``FileDamaged``."""

    def any_with(self, fields: Sequence[str], term: str) -> bool:
        """Whether any article has a term in one of some fields."""

    def having(self, words: Sequence[str]) -> Having:
        """The articles that have all of some words, of which there are."""

    def have_run(self, run: Sequence[str]) -> bool:
        """Whether a body has words one behind the other."""


class PostingsForms:
    """The surface forms of a snapshot that has all postings; ``budget`` counts what is read."""

    def __init__(self, snapshot: Snapshot, budget: Budget) -> None:
        self._snapshot = snapshot
        self._budget = budget

    def any_with(self, fields: Sequence[str], term: str) -> bool:
        return any(len(found) for name in fields for found in self.places(name, term))

    def having(self, words: Sequence[str]) -> Having:
        return _Masked(self, np.logical_and.reduce([self._with(word) for word in words]))

    def have_run(self, run: Sequence[str]) -> bool:
        having = self.documents(BODIES, run[-1])
        for word in run[:-1]:
            if not len(having):
                return False
            others = self.documents(BODIES, word)
            self._budget.work += len(having) + len(others)
            having = np.intersect1d(having, others, assume_unique=True)
        return bool(with_phrase(self._snapshot, BODIES, run, having, self._budget).any())

    def documents(self, name: str, term: str) -> Documents:
        """The articles that have a term: ascending."""
        return np.concatenate([np.empty(0, np.int32), *self.places(name, term)])

    def places(self, name: str, term: str) -> Iterator[Documents]:
        """The articles that have a term, of each segment, ascending."""
        snapshot = self._snapshot
        live = snapshot.columns.live
        for place in snapshot.dictionary.term(name, term).places:
            index = snapshot.segments[place.segment].fields[name]
            self._budget.work += LOOKED_UP + POSTING * (place.stop - place.start)
            found = index.documents(place.ordinal).astype(np.int32)
            found += np.int32(snapshot.bases[place.segment])
            yield found if live is None else found[live[found]]

    def sample(self, documents: NDArray[np.intp], about: int) -> NDArray[np.intp]:
        """About so many of some articles, or up to twice, see ``index.segments.sampling``."""
        from index.segments.sampling import sampled

        columns = self._snapshot.columns
        places = sampled(
            columns.levels[documents], about, lambda some: columns.hashes(documents[some])
        )
        return documents[places]

    def _with(self, word: str) -> Mask:
        mask = np.zeros(self._snapshot.size, np.bool_)
        for name in (TITLES, BODIES):
            for found in self.places(name, word):
                mask[found] = True
        return mask


class _Masked:
    """Articles by a mask of all: (N,)."""

    def __init__(self, forms: PostingsForms, mask: Mask) -> None:
        self._forms = forms
        self._mask = mask
        self._any = bool(mask.any())

    def __bool__(self) -> bool:
        return self._any

    def share_of(self, term: str) -> tuple[int, int]:
        places = list(self._forms.places(BODIES, term))
        among = sum(int(np.count_nonzero(self._mask[found])) for found in places)
        return among, sum(map(len, places))

    def any_with(self, fields: Sequence[str], term: str) -> bool:
        return any(
            self._mask[found].any() for name in fields for found in self._forms.places(name, term)
        )

    def some(self, most: int) -> Documents:
        documents = self._mask.nonzero()[0]
        if len(documents) > most:
            documents = self._forms.sample(documents, most // 2)
        return documents.astype(np.int32)
