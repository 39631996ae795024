"""What an index tells of a plain word, all that is asked when a question has it for the first time.

The compiled form of what ``search.local.plain.facts`` asks of a word one by one.
"""

include "source.pxi"

from index.kernels.postings cimport Lookup
from index.kernels.words cimport ScoredField, Words


cdef class Asked:
    """Asks about words. Shared by threads, which hold the GIL.

    ``words``: of the snapshot's terms. ``uncut``: of a ``Cutter``. ``glued``: gives the glued words
    that hold a stem, ``(surface, start, end)`` each, of which the ``most`` commonest count;
    ``holder`` is the class of these, a tuple of surface, start, end and share, and ``worth`` what a
    word is worth in them; ``damaged`` makes the error where ``glued`` raises ValueError. ``lead``: the
    field whose idfs count, ``written``: that in which glued words are counted. Methods raise
    ``FileDamaged``.
    """

    cdef Words _words
    cdef object _uncut
    cdef object _glued
    cdef Py_ssize_t _most
    cdef object _holder
    cdef object _new
    cdef double _worth
    cdef str _lead
    cdef str _written
    cdef object _damaged

    def __cinit__(
        self, Words words not None, object uncut, object glued, Py_ssize_t most, type holder not None,
        double worth, str lead not None, str written not None, object damaged,
    ):
        self._words, self._uncut, self._glued, self._most = words, uncut, glued, most
        self._holder, self._new, self._worth = holder, tuple.__new__, worth
        self._lead, self._written, self._damaged = lead, written, damaged

    def of(self, str surface not None, str stem not None, bint cut, tuple fields not None):
        """``(work, articles, written, idf, holders, ways, made)`` of a word.

        ``cut``: whether it is asked for ``work``, what ``uncut`` gives, else -1. ``fields``: names and
        weights of those of stems, of surface forms, and of glued words, which are of surface forms,
        too. ``articles``: how many have the stem in that field in which most do; ``written``: whether
        any has the surface form. ``ways``: terms of the word, and of the ``holders`` if there are
        any; ``made``: what ``Words.both`` makes of them.
        """
        cdef Py_ssize_t work = -1, articles = 0
        cdef bint written = False
        cdef double idf
        cdef list own = [], held = []
        cdef tuple stems, surfaces, glued, ways
        stems, surfaces, glued = fields
        try:
            found = <list?>self._glued(stem)
        except ValueError:
            raise self._damaged() from None
        if cut:
            work = self._uncut(surface)
        for name, weight in stems:
            own.append((name, stem, weight))
            articles = max(articles, self.documents_of(<str?>name, stem))
        for name, weight in surfaces:
            own.append((name, surface, weight))
            written = written or self.documents_of(<str?>name, surface) > 0
        idf = self._words.idf_of(self.documents_of(self._lead, stem))
        if found:
            held = self._holders_of(found, idf)
            ways = tuple(own), self._terms_of(held, glued)
        else:
            ways = (tuple(own),)
        return work, articles, written, idf, tuple(held), ways, self._words.both(ways)

    cdef Py_ssize_t documents_of(self, str field, str text) except -1:
        """How many documents have a term, deleted ones included."""
        cdef Lookup lookup = (<ScoredField?>self._words._scored[field]).lookup
        return lookup.documents_in(lookup.find(text))

    cdef list _holders_of(self, list found, double idf):
        """Glued words with the share that a word of this idf has of theirs: they are rare."""
        cdef Py_ssize_t documents
        cdef double own
        cdef list held = []
        found = [(*one, self.documents_of(self._written, one[0])) for one in found]
        if len(found) > self._most:
            found.sort(key=_commonest_first)
            del found[self._most:]
        for surface, start, end, documents in found:
            own = self._words.idf_of(documents)
            held.append(
                self._new(self._holder, (surface, start, end, idf / own if idf < own else 1.0))
            )
        return held

    cdef tuple _terms_of(self, list held, tuple glued):
        """The terms of glued words."""
        cdef list terms = []
        cdef double share, weight
        for one in held:
            surface, share = one[0], one[3]
            for name, weight in glued:
                terms.append((name, surface, weight * self._worth * share))
        return tuple(terms)


def _commonest_first(one):
    return -one[3], one[0], one[1]
