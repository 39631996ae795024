from libc.stdint cimport uint32_t, uint8_t

from index.kernels.postings cimport Field, Lookup
from index.kernels.scored cimport Lead, Run

cdef class Words

cdef class Word:
    cdef Run *runs          # of the first segment, then of the second, and so on
    cdef Py_ssize_t *at     # where each segment's runs begin: (segments + 1,)
    cdef double *bounds     # no document of a segment scores more: (segments,)
    cdef int searched       # how often it was searched for: see ``scoring``
    cdef void **blocks      # memory of each segment's own runs, or NULL: (segments,)
    cdef Py_ssize_t segments
    cdef Words of           # by which it was made; other runs may be in its fields' memory
    cdef object _kept       # whose memory runs may be in, too
    cdef readonly Py_ssize_t nbytes
    cdef readonly tuple reads
    cdef readonly Py_ssize_t documents
    cdef int make_room(self, Words of, Py_ssize_t runs) except -1

cdef class Words:
    cdef readonly Py_ssize_t size
    cdef readonly Py_ssize_t segments
    cdef Py_ssize_t *bases  # (segments + 1,)
    cdef dict _lookups      # of each field by name
    cdef dict _norms
    cdef dict _pointers     # to the norms
    cdef object _idf
    cdef dict _idfs         # by document frequency
    cdef object _leading
    cdef object _worth
    cdef object _live
    cdef const uint8_t *live    # NULL where nothing is deleted
    cdef Lead lead
    cdef float highest      # what a word gains at the most by how early it stands
    cdef list _places(self, str name, str text)
    cdef int need(self, Word word) except -1
    cdef list _joined(self, tuple words)
    cdef int _fill(self, Word word, list found, Py_ssize_t main, list known) except -1
    cdef Py_ssize_t _fill_runs(self, Run *runs, list terms, Py_ssize_t segment) except -1
    cdef int _fill_run(
        self, Run *run, Field field, const float *norms, bint leads, Py_ssize_t segment,
        Py_ssize_t start, Py_ssize_t stop,
    ) except -1
    cdef object idf_of(self, Py_ssize_t documents)
    cdef const float *norms_of(self, object name) except? NULL
    cdef int _fill_row(self, Run *run, tuple row, Py_ssize_t segment) except -1
    cdef int _gain(
        self, Word word, Py_ssize_t segment, list ways, list rows, Run *run
    ) except -1
