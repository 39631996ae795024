cdef list slots_of(kind, tuple names)
