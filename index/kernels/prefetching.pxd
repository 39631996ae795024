"""Memory asked for before it is read, so that several lines are waited for at once."""

cdef extern from "prefetch.h":
    void prefetch_line "warta_prefetch_line"(const void *address) nogil
