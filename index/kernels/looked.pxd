from libc.stdint cimport int32_t, uint32_t, uint64_t

cdef struct Part:          # a token of a chunk
    int32_t start          # where it stands, once that is known
    int32_t end
    int32_t letters        # of its surface form
    Py_hash_t surface      # of its words, as dictionaries have it
    Py_hash_t stem

cdef struct Kept:
    uint64_t hash
    int32_t text           # where it begins in the letters of all
    int32_t size
    int32_t first          # of its tokens
    int32_t stop
    bint other             # whether any character is none of a plain chunk
    bint placed            # whether it is known where the tokens stand

cdef class Looked:
    cdef object look
    cdef object terms
    cdef dict known
    cdef Py_ssize_t most
    cdef long long turn    # how often all was forgotten
    cdef list texts
    cdef list words        # of each chunk what ``terms`` gave
    cdef Kept *kept
    cdef Py_ssize_t count, room
    cdef Part *parts
    cdef Py_ssize_t part_count, part_room
    cdef uint32_t *letters
    cdef Py_ssize_t letter_count, letter_room
    cdef int32_t *slots    # chunks by their hashes, one more than their numbers, 0 for none
    cdef int bits          # of a number of a slot
    cdef uint64_t secret
    cdef Py_ssize_t chunk(self, const uint32_t *codes, Py_ssize_t size) except -1
    cdef str word(self, Py_ssize_t number, Py_ssize_t at, bint surface)
    cdef bint place(self, Py_ssize_t number) except -1
    cdef Py_ssize_t _learn(self, uint64_t code, const uint32_t *codes, Py_ssize_t size) except -1
    cdef void _place(self, Py_ssize_t number) noexcept nogil
    cdef int _more_chunks(self) except -1
    cdef void _forget(self)
