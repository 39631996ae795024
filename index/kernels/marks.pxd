from libc.stdint cimport int32_t, uint32_t, uint64_t

from index.kernels.texts cimport Alphabet, Text, Traces

cdef struct Mark:
    int32_t start
    int32_t end
    int32_t found  # the number of the stem or word

cdef struct Token:
    Mark mark          # found is -1 where it matches nothing alone
    int32_t surface    # the numbers of its words, -1 for those of no run
    int32_t stem
    int32_t first      # of its pieces
    int32_t pieces

cdef struct Chunk:
    uint64_t hash
    int32_t text    # where it begins in the letters of all
    int32_t size
    int32_t tokens  # behind its last token

cdef class Rates:
    cdef Py_ssize_t window, beside, scanned, look, plain, other, mark, longest, near

cdef class Runs:
    cdef Py_ssize_t count
    cdef int32_t *words
    cdef int32_t *begins
    cdef int32_t *first_of
    cdef Py_ssize_t numbers
    cdef Py_ssize_t longest_at(
        self, const Token *tokens, Py_ssize_t left, bint stems
    ) noexcept nogil

cdef class Wanted:
    cdef readonly Rates rates
    cdef readonly Traces traces
    cdef Py_ssize_t beyond
    cdef dict numbers
    cdef dict stems
    cdef tuple prefixes
    cdef dict pieces
    cdef Runs phrases
    cdef Runs runs

cdef class Finder:
    cdef readonly Wanted wanted
    cdef Text text
    cdef readonly list names
    cdef dict numbers
    cdef object look
    cdef dict known
    cdef set seen
    cdef long long left
    cdef bint partial
    cdef bint busy
    cdef Token *looked      # the tokens of all chunks that were looked into
    cdef Py_ssize_t looked_count, looked_room
    cdef Mark *pieces
    cdef Py_ssize_t piece_count, piece_room
    cdef Chunk *chunks
    cdef Py_ssize_t chunk_count, chunk_room
    cdef int32_t *slots     # chunks by their hashes, one more than their numbers, 0 for none
    cdef int bits           # of a number of a slot
    cdef uint64_t secret
    cdef uint32_t *letters
    cdef Py_ssize_t letter_count, letter_room
    cdef Token *run
    cdef Py_ssize_t run_count, run_room
    cdef Mark *marks
    cdef Py_ssize_t mark_count, mark_room
    cdef Py_ssize_t next_place, places_stop, next_window
    cdef int begin(self, str text, object work) except -1
    cdef int finish(self, object work) except -1
    cdef int find(self, str text, Py_ssize_t most) except -1
    cdef int find_everywhere(self, str text) except -1
    cdef Py_ssize_t _place(self) noexcept
    cdef int _look(self, str text, Py_ssize_t start, Py_ssize_t end) except -1
    cdef uint64_t _hash(self, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef Py_ssize_t _known(self, uint64_t hash, Py_ssize_t start, Py_ssize_t end) noexcept
    cdef int _more_chunks(self) except -1
    cdef void _place_chunk(self, Py_ssize_t number) noexcept
    cdef int _keep(self, uint64_t hash, Py_ssize_t start, Py_ssize_t end) except -1
    cdef int _learn(self, str chunk, Py_ssize_t size) except -1
    cdef int _put(self, int32_t start, int32_t end, int32_t found) except -1
    cdef int _mark_run(self) except -1
    cdef int _mark_runs(self, Runs runs, bint stems) except -1
    cdef int _add(self, Token token) except -1
    cdef int _count(self, str chunk, Py_ssize_t start, Py_ssize_t end) except -1
    cdef int32_t _number(self, str word) except -1
    cdef int _keep_pieces(self, object pieces, Py_ssize_t size) except -1
