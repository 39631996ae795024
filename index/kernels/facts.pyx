"""What is known of a plain word, side by side: what other kernels read of it is no Python object.

The compiled twin of ``search.local.plain.facts.Facts``, with the same attributes. What most questions
never look at is made when it is read.
"""

include "source.pxi"

from cpython.object cimport PyObject

from index.kernels.later cimport InOne, Ways
from index.kernels.slotted cimport Maker
from index.kernels.word cimport Word


cdef class Kinds:
    """The classes of what facts are made of, by the names that they have there.

    Raises TypeError for others: of tuples, and of objects with the slots that are filled here.
    """

    def __cinit__(
        self, *, word not None, sought not None, flat not None, holder not None, made not None
    ):
        for one in (holder, made):
            if not isinstance(one, type) or not issubclass(one, tuple):
                raise TypeError("glued words and what is ready are tuples")
        self.word = maker_of(word, (
            "surface", "stem", "scope", "is_optional", "name_words", "capital", "is_bound", "typed",
            "literal", "holders",
        ))
        self.sought = maker_of(sought, (
            "node", "flat", "loose", "terms", "width", "made", "apart", "alike", "beside",
        ))
        self.flat = maker_of(flat, ("ways", "query"))
        self.holder, self.made = holder, made

    cdef object node(
        self, str surface, str stem, bint is_optional, bint capital, str typed, object holders
    ):
        """A ``Word`` of no field, as its own ``__init__`` makes it."""
        cdef object no = False, none = None, number = 0
        cdef object optional = is_optional, capitals = capital
        cdef PyObject *values[10]
        values[:] = [
            <PyObject *>surface, <PyObject *>stem, <PyObject *>none, <PyObject *>optional,
            <PyObject *>number, <PyObject *>capitals, <PyObject *>no, <PyObject *>typed,
            <PyObject *>no, <PyObject *>holders,
        ]
        return self.word.of(values)

    cdef object made_of(self, Word word, key, Py_ssize_t cost):
        """A word made ready, with what reading it costs, and the key by which budgets know it."""
        return tuple.__new__(self.made, (word, key, cost))

    cdef object sought_of(
        self, object node, Ways ways, InOne in_one, object made, tuple alike, tuple beside
    ):
        """A ``SoughtWord`` that is written in one way."""
        cdef object flat, none = None, width = 1
        cdef tuple terms = (in_one,)
        cdef PyObject *values[9]
        values[:2] = [<PyObject *>ways, <PyObject *>none]
        flat = self.flat.of(values)
        values[:] = [
            <PyObject *>node, <PyObject *>flat, <PyObject *>flat, <PyObject *>terms,
            <PyObject *>width, <PyObject *>made, <PyObject *>none, <PyObject *>alike,
            <PyObject *>beside,
        ]
        return self.sought.of(values)


cdef Maker maker_of(kind, tuple names):
    """What makes objects of a class of which every slot is told. Raises TypeError for another."""
    return Maker(kind, names, (-1,) * len(names))


cdef class Facts:
    """What is known of a plain word. Shared by threads, which hold the GIL.

    ``asking.Asked`` makes it: one that anybody else makes has nothing, and raises TypeError when
    objects of it are made.
    """

    @property
    def nbytes(self):
        """The bytes that the word takes made ready."""
        return self.nbytes_ready + self.nbytes_alike

    @property
    def holders(self):
        """The glued words that hold it."""
        if self._kinds is None:
            raise TypeError("nobody was asked for this")
        return self.node.holders

    @property
    def sought(self):
        """What is searched for in its place: a ``SoughtWord``."""
        if self._sought is None:
            sought = self._made()
            # Another thread may have made it in the midst of this: it is one, once it was read.
            if self._sought is None:
                self._sought = sought
        return self._sought

    def _made(self):
        cdef InOne in_one = InOne.__new__(InOne)
        cdef tuple beside = ()
        if self._kinds is None:
            raise TypeError("nobody was asked for this")
        in_one.ways = self.ways
        made = one = self._kinds.made_of(self.alike, in_one, self.cost)
        if self.alike is not self.ready:
            one = self._kinds.made_of(self.ready, self.ways, self.cost)
        if not self.is_optional:
            beside = ((0, self.stem, self.idf),)
        return self._kinds.sought_of(self.node, self.ways, in_one, one, (made,), beside)
