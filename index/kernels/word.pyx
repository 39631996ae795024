"""A word of a query, made ready by ``words``: its postings in all segments, as runs."""

include "source.pxi"

from cpython.mem cimport PyMem_Calloc, PyMem_Free

from index.kernels.seeking cimport Run


cdef class Word:
    """A word's postings in all segments, as runs whose scores are added up.

    ``documents``: how many live documents have it; -1 until they were counted. ``nbytes``: the
    memory that it takes.
    """

    def __cinit__(self):
        self.documents = -1

    def __dealloc__(self):
        cdef Py_ssize_t segment
        if self.blocks != NULL:
            for segment in range(self.segments):
                PyMem_Free(self.blocks[segment])
        PyMem_Free(self.runs)

    @property
    def reads(self):
        """Of each way how many terms it has, in how many segments they are together, and postings."""
        cdef Py_ssize_t way
        cdef list found = []
        for way in range(self.ways):
            found.append((self.read[way].terms, self.read[way].inside, self.read[way].postings))
        return tuple(found)

    cdef int make_room(
        self, object of, Py_ssize_t segments, Py_ssize_t runs, Py_ssize_t ways, bint blocks=False
    ) except -1:
        """Make room for runs in all segments of these ``Words``, and for what ways read; once.

        ``blocks``: whether some may have memory of their own.
        """
        self.runs = <Run *>PyMem_Calloc(
            1, (runs + 1) * sizeof(Run) + ways * sizeof(Read)
            + (segments + 1) * (sizeof(Py_ssize_t) + sizeof(double))
            + blocks * segments * sizeof(void *)
        )
        if self.runs == NULL:
            raise MemoryError
        self.ways, self.read = ways, <Read *>(self.runs + runs + 1)
        self.at = <Py_ssize_t *>(self.read + ways)
        self.bounds = <double *>(self.at + segments + 1)
        self.of = of
        self.segments = segments
        if blocks:
            self.blocks = <void **>(self.bounds + segments + 1)
        self.nbytes = 500 + runs * sizeof(Run) + (24 if blocks else 16) * segments
        return 0


cdef list kept_of(list words):
    """The words that hold memory of others, or None."""
    cdef list found = None
    cdef Word word
    for word in words:
        if word._kept is not None:
            found = [] if found is None else found
            found.append(word)
    return found
