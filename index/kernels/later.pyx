"""Tuples that are made when somebody reads them.

What ``asking`` tells of a plain word has the terms of its ways and the glued words that hold it. Most
questions never look at these: kernels have the postings.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from cpython.object cimport Py_EQ, Py_NE

from index.kernels.glued cimport parts_of


cdef class Later:
    """A tuple that is made when it is read, to which it is equal. Shared by threads.

    What it is made of holds no index. ``asking`` and ``facts`` make it: one that anybody else makes
    has nothing, and raises TypeError when items of it are read.
    """

    cdef tuple make(self):
        raise TypeError("nobody was asked for this")

    cdef bint is_other(self, Later other):
        """Whether it is soon told that another is not equal."""
        return False

    cdef tuple all(self):
        if self._made is None:
            self._made = self.make()
        return self._made

    def __len__(self):
        return len(self.all())

    def __getitem__(self, at):
        return self.all()[at]

    def __iter__(self):
        return iter(self.all())

    def __hash__(self):
        if self._hash is None:
            self._hash = hash(self.all())
        return self._hash

    def __richcmp__(self, other, int how):
        cdef bint same
        if how != Py_EQ and how != Py_NE:
            return NotImplemented
        if isinstance(other, Later):
            same = self is other or (
                not self.is_other(<Later>other) and self.all() == (<Later>other).all()
            )
        elif isinstance(other, tuple):
            same = self.all() == other
        else:
            return NotImplemented
        return same == (how == Py_EQ)

    def __repr__(self):
        return repr(self.all())

    def __reduce__(self):
        return tuple, (self.all(),)


cdef class Ways(Later):
    """The ways of a word: its own terms, and those of the glued words that hold it, if any do."""

    def __len__(self):
        return 2 if self.found else 1

    cdef bint is_other(self, Later other):
        # All begin with a term of the stem; terms in one are no ways.
        return not isinstance(other, Ways) or (<Ways>other).stem != self.stem

    cdef tuple make(self):
        cdef list own = [], held = []
        cdef double weight
        cdef const double *shares
        cdef Py_ssize_t at
        stems, surfaces, glued = self.fields
        for name, weight in stems:
            own.append((name, self.stem, weight * self.factor))
        for name, weight in surfaces:
            own.append((name, self.surface, weight * self.factor))
        if not self.found:
            return (tuple(own),)
        shares = <const double *>PyBytes_AsString(self.shares)
        for at, one in enumerate(self.found):
            surface, _, _ = parts_of(one)
            for name, weight in glued:
                held.append((name, surface, weight * self.factor * self.worth * shares[at]))
        return tuple(own), tuple(held)


cdef class InOne(Later):
    """The terms of all ways of a word in one."""

    def __len__(self):
        if self.ways is None or self.ways.found is None:
            return len(self.all())
        stems, surfaces, glued = self.ways.fields
        return len(stems) + len(surfaces) + len(self.ways.found) * len(glued)

    cdef bint is_other(self, Later other):
        if not isinstance(other, InOne) or self.ways is None or (<InOne>other).ways is None:
            return True
        return self.ways.is_other((<InOne>other).ways)

    cdef tuple make(self):
        if self.ways is None:
            raise TypeError("nobody was asked for this")
        return sum(self.ways.all(), ())


cdef class Held(Later):
    """The glued words that hold a word, the commonest where they are too many."""

    def __len__(self):
        return len(self.found)

    cdef tuple make(self):
        cdef list held = []
        cdef const double *shares = <const double *>PyBytes_AsString(self.shares)
        cdef Py_ssize_t at
        for at, one in enumerate(self.found):
            held.append(tuple.__new__(self.holder, (*parts_of(one), shares[at])))
        return tuple(held)
