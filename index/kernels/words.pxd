from cpython.object cimport PyObject
from libc.stdint cimport int32_t, uint32_t, uint8_t

from index.kernels.postings cimport Lookup, Place
from index.kernels.scored cimport Lead
from index.kernels.seeking cimport Arrays, Run
from index.kernels.word cimport Word

cdef class ScoredField:
    cdef Lookup lookup
    cdef object _norms      # (N,) float32
    cdef const float *norms
    cdef Py_ssize_t size
    cdef Arrays *arrays     # of each segment
    cdef bint leads
    cdef int _fill(self, const Py_ssize_t *bases) except -1

cdef struct Sought:
    # A term that a word is made of.
    PyObject *scored        # its field, which is held elsewhere, as its places are
    const Place *places     # of each segment
    double weight
    bint within             # what has it has another of the word's terms, too
    Py_ssize_t documents    # that have it, deleted ones included, as ``Words.count`` found
    Py_ssize_t inside       # in how many segments it is
    float factor            # what its runs have
    float scale

cdef class Words:
    cdef readonly Py_ssize_t size
    cdef readonly Py_ssize_t segments
    cdef Py_ssize_t *bases  # (segments + 1,)
    cdef dict _scored       # of each field by name
    cdef object _worth
    cdef object _live
    cdef const uint8_t *live    # NULL where nothing is deleted
    cdef Lead lead
    cdef Arrays known       # of runs of known scores
    cdef float highest      # what a word gains at the most by how early it stands
    cdef int need(self, Word word) except -1
    cdef list _each(self, tuple ways)
    cdef Word _of_terms(self, tuple way)
    cdef void count(self, Sought *term) noexcept
    cdef tuple both_of(self, Sought *terms, Py_ssize_t own, Py_ssize_t held)
    cdef Word _of_sought(self, Sought *each, Py_ssize_t terms)
    cdef Word _all_in_one(self, list made)
    cdef Word _in_one(self, list words)
    cdef Word _best_of(self, list ways, list rows)
    cdef void _bound(self, Word word, Py_ssize_t segment) noexcept
    cdef int _fill_run(
        self, Run *run, ScoredField scored, Py_ssize_t segment, const Place *place
    ) except -1
    cdef Word row_of(self, const int32_t *having, const double *values, Py_ssize_t count)
    cdef void add_word(
        self, Word word, const int32_t *documents, Py_ssize_t count, uint32_t *within,
        double *scores, uint8_t *having
    ) noexcept
    cdef double idf_of(self, Py_ssize_t documents) noexcept nogil
