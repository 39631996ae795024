from libc.stdint cimport uint8_t, uint16_t, uint32_t

cdef enum:
    CHUNK = 65536   # documents that are looked at together, see ``chunks``
    CUTS = 3
    BLOCK = 256     # postings that are looked at together

cdef struct Arrays:
    # What runs of a field in a segment share: its arrays from their first items on.
    const uint8_t *documents
    const uint8_t *frequencies  # NULL where all are 1
    const uint8_t *first    # NULL where it does not matter how early a term stands
    const float *norms      # of the segment's documents
    int document_width      # 2 or 4
    int frequency_width
    int first_width
    bint known              # in place of all but documents, runs say what each posting scores

cdef struct Run:
    # Words have many: what they share is elsewhere.
    const uint8_t *documents    # counted from the segment's first; behind their scores if known
    const Arrays *arrays
    Py_ssize_t length
    float factor
    float scale             # by which scores are multiplied in the end
    bint within             # of surface forms whose stem its word has, too: see ``tells``
    uint32_t cuts[CUTS]     # where the postings of the second chunk begin, of the third ..., see ``cut``

cdef inline const double *scores_of(const Run *run) noexcept nogil:
    """The scores of a run of known ones: (length,)."""
    return <const double *>run.documents - run.length

cdef inline bint tells(const Run *run) noexcept nogil:
    """Whether a run is read to tell which documents have its word; each is read to score them.

    Not that of a surface form of letters and digits beside the run of its stem in the same segment:
    a text has the stem of each such surface form (see ``Compound`` of ``index.analysis``), so that
    all documents of the surface form are the stem's.
    """
    return not run.within

cdef inline uint32_t document_at(const Run *run, Py_ssize_t place) noexcept nogil:
    """The document of a posting, counted from the segment's first."""
    if run.arrays.document_width == 2:
        return (<const uint16_t *>run.documents)[place]
    return (<const uint32_t *>run.documents)[place]

cdef void cut(Run *run) noexcept nogil
cdef bint is_sound(const Run *run, uint32_t size) noexcept nogil
cdef Py_ssize_t lower_bound(const Run *run, Py_ssize_t start, uint32_t document) noexcept nogil
cdef Py_ssize_t leave_others(
    const Run *run, Py_ssize_t start, Py_ssize_t stop, uint32_t *documents, Py_ssize_t count
) noexcept nogil
cdef bint has(const Run *run, uint32_t document) noexcept nogil
cdef void documents_of(const Run *run, uint32_t *documents) noexcept nogil
cdef Py_ssize_t meet(
    const Run *run, Py_ssize_t stop, const uint32_t *documents, Py_ssize_t count, Py_ssize_t *at,
    Py_ssize_t *place, uint32_t *places, uint32_t *having, uint32_t *rows
) noexcept nogil
