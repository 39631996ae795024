from libc.stdint cimport int64_t

from index.kernels.budgets cimport Budget
from index.kernels.candidates cimport Sought
from index.kernels.composed cimport Composed
from index.kernels.holding cimport Holdings
from index.kernels.slotted cimport Maker
from index.kernels.words cimport Words

cdef class PlainText:
    cdef readonly str text
    cdef readonly list _nodes
    cdef readonly list _words

cdef class Planner

cdef class Planned:
    cdef readonly str text
    cdef readonly Composed composed
    cdef readonly tuple offers
    cdef readonly bint cut
    cdef readonly bint misread
    cdef readonly bint late         # it was the clock that cut it short
    cdef readonly bint complete_first
    cdef readonly bint spares_words
    cdef readonly Py_ssize_t nbytes
    cdef public object offers_nothing
    # What enters the second stage, how many, and what is looked for in it.
    cdef Py_ssize_t candidates      # 0: none, as nothing is looked for
    cdef readonly tuple held        # each a ``Held``
    cdef readonly Sought sought     # None where nothing but ``held`` is looked for
    cdef double tolerance
    cdef bint is_priced             # else looking for it costs nothing
    cdef int64_t fixed
    cdef int64_t each               # of each of its documents
    cdef Planner by
    cdef object _ready
    cdef object _question
    cdef tuple _stage
    cdef tuple _spared
    cdef object _lacking
    cdef Planner _by(self)

cdef class Planner:
    cdef readonly object ranking
    cdef readonly Words scorer
    cdef type _plan
    cdef type _question
    cdef Maker _ready
    cdef Holdings _holdings
    cdef object _offered
    cdef object _as_word
    cdef object _lacking
    cdef int64_t _most
    cdef Py_ssize_t _candidates
    cdef Py_ssize_t _most_lacking
    cdef double _alike
    cdef int64_t _term
    cdef int64_t _posting
    cdef int64_t _compared
    cdef Py_ssize_t _of_plan
    cdef Py_ssize_t _of_place
    cdef Planned plan_of(self, tuple key, Composed composed, Budget part, Budget budget)
    cdef PlainText question_of(self, str text, Composed composed)
    cdef int _price(self, Planned plan) except -1
