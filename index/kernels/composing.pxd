from index.kernels.candidates cimport Sought
from index.kernels.cuts cimport Cutter
from index.kernels.postings cimport Lookup
from index.kernels.word cimport Word
from index.kernels.words cimport Words

cdef class Part:
    cdef str surface
    cdef Py_hash_t of_surface
    cdef object written         # the word, as a question has it
    cdef object node            # what is searched for in its place
    cdef object doubtful        # the word where another spelling of it may be offered, else None
    cdef Py_ssize_t work        # of finding out whether it is also written apart
    cdef bint tells_days
    cdef bint is_usual          # neither optional nor unknown, nor asks
    cdef bint is_alone          # not written apart, and ready: then the rest is known
    cdef Word word              # made ready
    cdef Word alike             # the same with all of its ways in one
    cdef str stem
    cdef Py_hash_t of_stem
    cdef double idf
    cdef Py_ssize_t cost
    cdef Py_ssize_t cost_alike  # 0 where it is ``word``
    cdef Py_ssize_t nbytes
    cdef Py_ssize_t nbytes_alike

cdef class Composed:
    cdef readonly list facts
    cdef readonly list written
    cdef readonly list nodes
    cdef readonly list compounds
    cdef readonly tuple surfaces
    cdef readonly tuple doubtful
    cdef readonly tuple words
    cdef readonly tuple loose
    cdef readonly tuple uncounted
    cdef readonly tuple alike
    cdef readonly Py_ssize_t work
    cdef readonly Py_ssize_t reading
    cdef readonly Py_ssize_t cost
    cdef readonly Py_ssize_t nbytes
    cdef readonly bint tells_days
    cdef list _parts            # of each of the facts
    cdef Composer _by
    cdef Sought sought_of(self)
    cdef tuple _pairs(self)

cdef class Composer:
    cdef dict _pairs
    cdef Cutter _cutter
    cdef tuple _none            # of two words that are none together
    cdef object _compound
    cdef Py_ssize_t _node
    cdef bint _partial
    cdef Words _scorer
    cdef Lookup _lead
    cdef double _worth
    cdef bint _alike
    cdef Py_ssize_t _several
    cdef int _pair(self, Part one, Part other, find, Py_ssize_t *work) except -2
    cdef object _of_compounds(self, Composed found, list parts, find)
    cdef int _charge(self, Composed found) except -1
