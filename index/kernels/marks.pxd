from libc.stdint cimport int32_t

from index.kernels.texts cimport Text
from index.kernels.wanted cimport Mark, Runs, Token, Wanted

cdef struct Chunk:     # what was decided of one
    int32_t place      # among those looked into, one more; 0 for none
    int32_t number     # among their texts
    int32_t first      # of its tokens
    int32_t stop

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
