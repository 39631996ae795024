from libc.stdint cimport int64_t

from index.kernels.asking cimport Asked
from index.kernels.memos cimport Memo
from index.kernels.slotted cimport Maker
from index.kernels.word cimport Word

cdef class Speller:
    cdef Asked _asked
    cdef tuple _standing
    cdef object _word
    cdef Maker _beside
    cdef Maker _spellings
    cdef object _sought
    cdef object _made
    cdef object _weights
    cdef object _new        # makes tuples of a class
    cdef Maker _key
    cdef double _other
    cdef int64_t _most
    cdef int64_t _node
    cdef int64_t _compared
    cdef object _of(self, list ready, tuple parts, tuple forms)
    cdef object _made_of(self, Word word, object node, bint is_loose, int64_t cost)
    cdef object _side_by_side(self, tuple words)
    cdef object _node_of(self, tuple words, object written, tuple others)
    cdef tuple _spelt(self, tuple words, double own)
    cdef Word _best(self, list typed, list sideways, list formed, int64_t *cost)
    cdef Word _loosely(self, list typed, list formed, int64_t *cost)
    cdef list _alone(self, list words, int64_t *cost)
    cdef Word _word_of(self, list ways, int64_t cost)

cdef class Spelt:
    cdef Speller _speller   # None where there is none
    cdef Memo _kept
    cdef dict _words
    cdef dict _pairs
    cdef object _steps
    cdef Py_ssize_t _of_one
    cdef Py_ssize_t _of_term
    cdef object of(self, list facts)
    cdef object _at_once(self, list facts)
