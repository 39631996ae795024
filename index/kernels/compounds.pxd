from libc.stdint cimport int64_t

from index.kernels.budgets cimport Budget
from index.kernels.cuts cimport Cutter
from index.kernels.glued cimport Begins
from index.kernels.mutual cimport Bounds
from index.kernels.slotted cimport Maker

cdef enum:
    KEPT = 20000    # words, or pairs of them, at the most


cdef inline int keep(dict kept, key, found, int64_t work, Budget budget) except -1:
    """Count the work of what was found, and keep it with that unless the budget was cut short."""
    budget.work += work
    if not budget.partial:
        if len(kept) >= KEPT:
            kept.clear()
        kept[key] = found, work
    return 0


cdef class Compounds:
    cdef Cutter _cutter
    cdef Begins _begins
    cdef object _damaged
    cdef object _token
    cdef object _new
    cdef Maker _form
    cdef Maker _compound
    cdef Py_ssize_t _common
    cdef Py_ssize_t _least
    cdef int64_t _node
    cdef Bounds _bounds
    cdef frozenset _prepositions
    cdef object _together
    cdef tuple pair_of(self, str first, str second, int64_t left)
    cdef tuple joined_of(self, str surface, int64_t left)
    cdef tuple _of_parts(self, str first, str second, int64_t left)
    cdef int _by_documents(self, tuple told, int64_t left, int64_t *work) except -2
    cdef bint _may_be_name(self, str first, str second, str stem) except -1
    cdef Py_ssize_t _written_in(self, tuple forms) except -1
    cdef tuple _there_of(self, tuple seen, int64_t left)
    cdef tuple _there(self, str one, str two, int64_t left)
    cdef Py_ssize_t _written(self, str surface) except -1
    cdef bint _is_written(self, form) except -1
    cdef tuple _parts(self, str first, str second)
    cdef object _cut(self, str whole, bint listed, int64_t left, int64_t *work)
    cdef object _apart(self, str first, str second, int64_t left, int64_t *work)
    cdef object _apart_of_parts(self, str first, str second, int64_t left, int64_t *work)
    cdef bint _are_common(self, str first, str second) except -1
    cdef bint _mutual(self, str first, str second, tuple seen, tuple there) except -1
    cdef bint _may_lack_blank(self, str first, str second, Py_ssize_t written) except -1
    cdef bint _stand_beside(self, str stem, str other, int64_t *work) except -1
    cdef bint _is_common(self, str word) except -1
    cdef Py_ssize_t _documents(self, str stem) except -1
    cdef bint _is_glued(self, str stem, str surface) except -1
    cdef object _found(self, str first, str second, tuple seen, bint with_form, bint is_mutual)
