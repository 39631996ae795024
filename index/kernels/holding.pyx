"""Which articles have a query as it was typed, its words in their title or, of more words, in their body.

The compiled twin of ``search.local.scoring.holding.holdings``, which says which of them come first.
Work is counted as it counts it.
"""

include "source.pxi"

from libc.stdint cimport int32_t, int64_t
from libc.string cimport memcpy

import numpy as np

from index.kernels.budgets cimport Budget
from index.kernels.verbatim cimport Rows, Standing

cdef int SHIFT = 32     # of a document in a place

cdef class Held:
    """Articles that have ``words`` in a ``field``: as ``search.local.scoring.holding.Holding``.

    ``Holdings`` makes it: one that anybody else makes has no articles.
    """

    @property
    def documents(self):
        """The documents, (n,) int32, ascending."""
        if self.rows is None:
            return np.empty(0, np.int32)
        if self._documents is None:
            self._documents = self.rows.array(np.int32)
        return self._documents


cdef class Holdings:
    """What finds them in one index with one ranking. Shared by threads.

    ``titles`` and ``bodies``: where words stand in these two ``fields``, and ``worth``: how far what
    has the words there comes before others; None where nothing is gained. ``lengths``: (N,) float32,
    of all titles. ``long``: of so many words also bodies are asked, but for what stands behind one
    of ``links``, and titles with other words between them.

    ``by_steps``: the same as ``of`` by the witness, for what budgets may cut short. ``inside``: of
    more words than ``long`` some that are a headline, and the documents that have it.
    """

    def __cinit__(
        self, *, Standing titles, Standing bodies, const float[::1] lengths not None,
        tuple fields not None, tuple worth not None, Py_ssize_t long, tuple links not None,
        by_steps not None, inside not None,
    ):
        self._titles, self._bodies, self._lengths = titles, bodies, lengths
        self._title, self._body = fields
        self._headline, self._verbatim = worth
        self._long, self._links = long, links
        self._by_steps, self._inside = by_steps, inside

    def of(self, tuple words not None, Budget budget not None):
        """The articles that have a query's words as typed, each ``Held``; a later one comes first.

        None at all where the budget does not suffice. Raises ``FileDamaged``.
        """
        return self.of_words(words, budget)

    cdef tuple of_words(self, tuple words, Budget budget):
        cdef list found = []
        cdef int64_t before = budget.work
        if not words:
            return ()
        if self._bodies is not None and len(words) >= self._long:
            if not self._in_bodies(words, budget, found):
                budget.work = before
                return self._general(words, budget)
        if self._titles is not None and not self._in_titles(words, budget, found):
            budget.work = before
            return self._general(words, budget)
        return () if budget.partial else tuple(found)

    cdef bint _in_bodies(self, tuple words, Budget budget, list found) except -1:
        """Keep what has the words in its body, if it has; False where the budget ends meanwhile."""
        cdef int64_t work = 0
        cdef Rows linked, places = self._bodies.places_of(words, left(budget), &work)
        if places is None:
            return False
        budget.work += work
        if not places.length:
            return True
        for link in self._links:
            work = 0
            linked = self._bodies.places_of(<tuple?>link + words, left(budget), &work)
            if linked is None:
                return False
            budget.work += work
            leave_out(places, linked, len(<tuple>link))
        if places.length:
            found.append(held("verbatim", self._body, words, self._verbatim, documents_of(places)))
        return True

    cdef bint _in_titles(self, tuple words, Budget budget, list found) except -1:
        """The same of titles."""
        cdef int64_t work = 0
        cdef Py_ssize_t size = self._lengths.shape[0]
        cdef list groups = self._titles.titles_of(
            words, &self._lengths[0] if size else NULL, size, len(words) >= self._long,
            left(budget), &work,
        )
        if work < 0:
            return False
        budget.work += work
        if groups is not None:
            for one in groups:
                found.append(held("headline", self._title, words, self._headline, <Rows>one))
        elif len(words) > self._long:
            some, documents = <tuple?>self._inside(words, budget)
            if len(documents):
                found.append(
                    held("headline", self._title, <tuple?>some, self._headline, rows_of(documents))
                )
        return True

    cdef tuple _general(self, tuple words, Budget budget):
        cdef list found = []
        for one in self._by_steps(words, budget):
            found.append(
                held(
                    one.feature, one.field, one.words,
                    self._headline if one.feature == "headline" else self._verbatim,
                    rows_of(one.documents),
                )
            )
        return tuple(found)


cdef Held held(str feature, str field, tuple words, double part, Rows rows):
    cdef Held found = Held.__new__(Held)
    found.feature, found.field, found.words, found.part = feature, field, words, part
    found.rows = rows
    return found


cdef int64_t left(Budget budget) noexcept:
    """The work that is left, less than nothing where the time is up."""
    return budget.rest() if budget.suffices(0) else -1


cdef Rows rows_of(documents):
    """Documents of an array."""
    cdef const int32_t[::1] given = np.ascontiguousarray(documents, np.int32)
    cdef Py_ssize_t size = given.shape[0]
    cdef Rows found = Rows(sizeof(int32_t))
    if size:
        memcpy(found.more(size), &given[0], size * sizeof(int32_t))
        found.length = size
    return found


cdef Rows documents_of(Rows places):
    """The documents that places are in, each once."""
    cdef Rows found = Rows(sizeof(int32_t))
    cdef const int64_t *all = <const int64_t *>places.items
    cdef int32_t *documents = <int32_t *>found.more(places.length)
    cdef Py_ssize_t at, count = 0
    cdef int32_t document
    for at in range(places.length):
        document = <int32_t>(all[at] >> SHIFT)
        if not count or documents[count - 1] != document:
            documents[count] = document
            count += 1
    found.length = count
    return found


cdef void leave_out(Rows places, Rows linked, Py_ssize_t behind) noexcept:
    """Leave out places that are so many words behind others; both ascend."""
    cdef int64_t *all = <int64_t *>places.items
    cdef const int64_t *others = <const int64_t *>linked.items
    cdef Py_ssize_t at, other = 0, kept = 0
    for at in range(places.length):
        while other < linked.length and others[other] + behind < all[at]:
            other += 1
        if other < linked.length and others[other] + behind == all[at]:
            continue
        all[kept] = all[at]
        kept += 1
    places.length = kept
