from libc.stdint cimport int32_t, uint8_t, uint32_t, uint64_t

cdef struct Part:          # a token of a chunk
    int32_t start          # where it stands, once that is known
    int32_t end
    int32_t letters        # of its surface form
    uint32_t surface       # of its words' hashes the lower half
    uint32_t stem

cdef struct Kept:          # a chunk; behind it its tokens, then its characters
    uint64_t hash
    int32_t number
    int32_t size
    int32_t count          # of tokens
    uint8_t other          # whether any character is none of a plain chunk
    uint8_t placed         # whether it is known where the tokens stand
    uint8_t wide           # whether a character takes four bytes, not one

cdef struct Slot:
    uint32_t hash          # the lower half
    int32_t place          # of a chunk, and one more; 0 for none

cdef class Looked:
    cdef object look
    cdef object terms
    cdef Py_ssize_t most
    cdef long long turn    # how often all was forgotten
    cdef list texts        # by the numbers of chunks
    cdef list words        # of each what ``terms`` gave
    cdef Py_ssize_t count
    cdef uint64_t *memory  # all chunks
    cdef Py_ssize_t used, room
    cdef Slot *slots       # chunks by their hashes
    cdef int bits          # of a number of a slot
    cdef uint64_t secret
    cdef str word(self, Kept *one, Py_ssize_t at, bint surface)
    cdef Py_ssize_t chunk(self, const uint32_t *codes, Py_ssize_t size) except -1
    cdef bint place(self, Py_ssize_t place) except -1
    cdef Py_ssize_t _learn(self, uint64_t code, const uint32_t *codes, Py_ssize_t size) except -1
    cdef void _put(self, Slot slot, uint64_t code) noexcept nogil
    cdef int _more_slots(self) except -1
    cdef int _forget(self) except -1

cdef inline Kept *kept_at(Looked looked, Py_ssize_t place) noexcept:
    """A chunk, until another one is learnt."""
    return <Kept *>(looked.memory + place)

cdef inline Part *parts_of(Kept *one) noexcept nogil:
    return <Part *>(one + 1)
