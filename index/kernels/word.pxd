from index.kernels.seeking cimport Run

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
    cdef object of          # the ``Words`` that made it; its fields' memory has what runs point to
    cdef object _kept       # whose memory runs may be in, too
    cdef readonly Py_ssize_t nbytes
    cdef readonly Py_ssize_t documents
    cdef int make_room(
        self, object of, Py_ssize_t segments, Py_ssize_t runs, Py_ssize_t ways, bint blocks=*
    ) except -1

cdef list kept_of(list words)
