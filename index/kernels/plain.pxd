from index.kernels.asking cimport Asked, Finding
from index.kernels.budgets cimport Budget
from index.kernels.composing cimport Composer
from index.kernels.memos cimport Memo

cdef class Texts:
    cdef Memo _facts
    cdef Asked _asked
    cdef Composer _composer
    cdef object _spellings
    cdef Py_ssize_t _most
    cdef Py_ssize_t _of_word
    cdef Py_ssize_t _of_holder
    cdef frozenset _currencies
    cdef frozenset _units
    cdef object of_text(self, str text, Budget budget)
    cdef list _words(self, str text, bint *all_known, bint *in_pieces)
    cdef int _add(self, str typed, list found, bint *all_known) except -1
    cdef Py_ssize_t _cut(
        self, str text, const char *letters, Py_ssize_t start, Py_ssize_t stop
    ) except -1
    cdef bint _find_out(self, list facts, Finding finding) except -1
