from cpython.object cimport PyObject
from libc.stdint cimport int32_t, uint32_t, uint8_t

from index.kernels.postings cimport Lookup, Place
from index.kernels.scored cimport Lead
from index.kernels.seeking cimport Arrays, Run

cdef class ScoredField:
    cdef Lookup lookup
    cdef object _norms      # (N,) float32
    cdef const float *norms
    cdef Py_ssize_t size
    cdef Arrays *arrays     # of each segment
    cdef bint leads
    cdef int _fill(self, const Py_ssize_t *bases) except -1

cdef class Words

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

cdef struct Read:
    # What a way reads: how many terms, in how many segments these are together, their postings.
    Py_ssize_t terms
    Py_ssize_t inside
    Py_ssize_t postings

cdef class Word:
    cdef Run *runs          # of the first segment, then of the second, and so on
    cdef Py_ssize_t *at     # where each segment's runs begin: (segments + 1,)
    cdef double *bounds     # no document of a segment scores more: (segments,)
    cdef void **blocks      # memory of each segment's own runs, or NULL: (segments,); NULL for none
    cdef Py_ssize_t segments
    cdef Py_ssize_t postings    # of all runs
    cdef Py_ssize_t ways        # what each of them reads; of words that were made before nothing
    cdef Read *read
    cdef Words of           # by which it was made; other runs may be in its fields' memory
    cdef object _kept       # whose memory runs may be in, too
    cdef readonly Py_ssize_t nbytes
    cdef readonly Py_ssize_t documents
    cdef int make_room(
        self, Words of, Py_ssize_t runs, Py_ssize_t ways, bint blocks=*
    ) except -1

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
    cdef bint _gain(self, Word word, Py_ssize_t segment, list others, Run *run) except -1
    cdef int _fill_run(
        self, Run *run, ScoredField scored, Py_ssize_t segment, const Place *place
    ) except -1
    cdef Word row_of(self, const int32_t *having, const double *values, Py_ssize_t count)
    cdef double idf_of(self, Py_ssize_t documents) noexcept nogil
