from index.kernels.later cimport InOne, Ways
from index.kernels.slotted cimport Maker
from index.kernels.word cimport Word

cdef class Kinds:
    cdef Maker word
    cdef Maker sought
    cdef Maker flat
    cdef object holder
    cdef object made
    cdef object node(
        self, str surface, str stem, bint is_optional, bint capital, str typed, object holders
    )
    cdef object made_of(self, Word word, key, Py_ssize_t cost)
    cdef object sought_of(
        self, object node, Ways ways, InOne in_one, object made, tuple alike, tuple beside
    )

cdef class Facts:
    cdef readonly object word       # as the parser reads it
    cdef object node                # the same with the glued words that hold it
    cdef str typed
    cdef str surface
    cdef str stem
    cdef Py_hash_t of_surface
    cdef Py_hash_t of_stem
    cdef Ways ways
    cdef Word ready
    cdef Word alike                 # the same with all of its ways in one
    cdef double idf
    cdef readonly Py_ssize_t work
    cdef Py_ssize_t cost            # of reading ``ready``, and as much of ``alike``
    cdef Py_ssize_t nbytes_ready
    cdef Py_ssize_t nbytes_alike    # 0 where it is ``ready``
    cdef bint is_optional
    cdef readonly bint is_joined
    cdef readonly bint is_unknown
    cdef readonly bint is_doubtful
    cdef readonly bint asks
    cdef readonly bint tells_days
    cdef Kinds _kinds
    cdef object _sought
