from libc.stdint cimport int32_t, uint32_t, uint64_t

from index.kernels.looked cimport Kept, Looked
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

cdef struct Match:     # what a word matches alone
    uint32_t hash      # of its hash the lower half
    int32_t word       # its number among those; -1 for none
    bint surface       # whether it is a surface form, not a stem
    int32_t found      # -1 for pieces
    int32_t first      # of its pieces
    int32_t pieces

cdef struct Chunk:     # what was decided of one
    int32_t place      # among those looked into, one more; 0 for none
    int32_t number     # among their texts
    int32_t first      # of its tokens
    int32_t stop

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
    cdef readonly Looked looked
    cdef Py_ssize_t beyond
    cdef dict numbers
    cdef dict stems
    cdef tuple prefixes
    cdef dict pieces       # by the words that they are of: the number of the first, and how many
    cdef Mark *piece
    cdef Runs phrases
    cdef Runs runs
    cdef bint by_words     # whether the numbers of words do not suffice
    cdef Match *matches    # by the hashes of words
    cdef list words
    cdef Py_ssize_t slots
    cdef int _note(self, str word, bint surface, Match match) except -1
    cdef Match *match_of(
        self, Looked looked, Kept *one, Py_ssize_t at, bint surface
    ) except? NULL

cdef class Finder:
    cdef readonly Wanted wanted
    cdef Text text
    cdef readonly list names
    cdef dict numbers
    cdef set seen           # but for those that were decided in this turn
    cdef list texts         # of the chunks of this turn, by their numbers
    cdef long long left
    cdef bint partial
    cdef bint busy
    cdef Token *tokens      # of all chunks that were decided
    cdef Py_ssize_t token_count, token_room
    cdef Chunk *chunks      # by their places
    cdef Py_ssize_t chunk_count
    cdef int bits           # of a number of a slot
    cdef long long turn     # in which the places were given
    cdef Token *run
    cdef Py_ssize_t run_count, run_room
    cdef Mark *marks
    cdef Py_ssize_t mark_count, mark_room
    cdef Py_ssize_t next_place, places_stop, next_window
    cdef int begin(self, object text, object work) except -1
    cdef int finish(self, object work) except -1
    cdef int find(self, Py_ssize_t most) except -1
    cdef int find_everywhere(self) except -1
    cdef Py_ssize_t _place(self) noexcept
    cdef int _look(self, Py_ssize_t start, Py_ssize_t end) except -1
    cdef Chunk *_slot(self, Py_ssize_t place) noexcept
    cdef int _more_chunks(self) except -1
    cdef int _tell(self) except -1
    cdef bint _matches(self, Py_ssize_t place) except -1
    cdef int _decide(self, Py_ssize_t place, Chunk *chunk) except -1
    cdef int _by_words(self, str surface, str stem, Token *token) except -1
    cdef int _put(self, int32_t start, int32_t end, int32_t found) except -1
    cdef int _mark_run(self) except -1
    cdef int _mark_runs(self, Runs runs, bint stems) except -1
    cdef int _add(self, Token token) except -1
    cdef int32_t _number(self, str word) except -1
