"""What is kept of a search while it goes through the documents of segments, a chunk at a time.

``matching`` says which documents of a chunk match, ``intersecting`` the same by bits; ``all_words``
says which of those that have all words are the best, and ``best`` which of any.
"""

from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

from index.kernels.scored cimport Lead
from index.kernels.seeking cimport CHUNK, Run

cdef enum:
    SOME = 1    # bits of what a document has of a query's words
    ALL = 2

cdef struct QueryPart:
    # A word of a query: its runs, those of segment s from at[s] to at[s + 1], and its bound there.
    const Run *runs
    const Py_ssize_t *at
    const double *bounds
    bint strict
    bint loose
    bint optional
    bint uncounted      # nobody knows how many documents have it

cdef struct Chunk:
    Py_ssize_t segment
    uint32_t start      # within the segment
    uint32_t stop
    bint last           # of its segment
    Py_ssize_t begin    # of the whole index
    uint32_t complete   # documents that have all words
    uint32_t partial    # only some

cdef struct Stage:
    # A run of a chunk, whose scores are added up after those of the stages before it.
    const Run *run
    Py_ssize_t word
    Py_ssize_t start    # its postings in the chunk
    Py_ssize_t stop
    double bound        # no document scores more by it
    double rest         # nor by the stages behind it

cdef struct Heap:
    double *scores      # the least of them first
    Py_ssize_t length
    Py_ssize_t room

cdef struct Ranked:
    # The documents that are listed, as far as it is known.
    int32_t *documents
    double *scores
    uint8_t *complete
    Py_ssize_t length
    Py_ssize_t room

cdef struct Search:
    QueryPart *parts
    Py_ssize_t number
    Chunk *chunks
    Py_ssize_t chunk_number
    const Lead *lead
    double highest      # what a word gains at the most by how early it stands
    const uint8_t *live
    const uint8_t *mask
    uint8_t *marks      # of all documents; where words are more than eight, CHUNK of every eight
    uint8_t *states     # of all documents
    double *totals      # CHUNK; 0 but while a chunk is scored
    uint32_t *touched   # which of them are not 0 then, in any order
    uint64_t *bits      # CHUNK bits; 0 but for a moment
    uint32_t *wanted    # candidates of a chunk, ascending
    uint8_t *chosen     # CHUNK; 0 but for candidates while they are asked about
    uint32_t *unread    # room for touched documents that nobody looks at
    uint64_t *all_words     # of each chunk the CHUNK bits of what has all words, where ``by_bits``
    uint64_t *plane     # CHUNK bits, twice, in any state
    bint by_bits        # it is told by bits what has all words, not by states
    Py_ssize_t *order
    Py_ssize_t *postings    # of each word in a chunk
    double *bounds      # of the words from each on, in order
    Stage *stages       # room for those of a chunk
    double threshold
    bint by_marks       # whether it is told by a document's marks what it scores at the most
    uint8_t hopeful[256]    # which marks a document must have to be among the best
    Heap heap
    Ranked found


cdef inline uint8_t *marks_of(
    const Search *search, const Chunk *chunk, Py_ssize_t plane
) noexcept nogil:
    """The marks of a chunk's documents, of the eight words of a plane.

    Those of up to eight words are kept after the next chunk is looked at.
    """
    return search.marks + (chunk.begin if search.number <= 8 else plane * CHUNK)
