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
    cdef object of_text(self, str text, Budget budget)
    cdef list _words(self, str text, bint *all_known)
    cdef bint _find_out(self, list facts, Finding finding) except -1
