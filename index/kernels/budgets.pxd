from libc.stdint cimport int64_t

cdef class Budget:
    cdef double _deadline   # when its time ends by the processor's clock of its thread
    cdef double _earliest   # the earliest moment by the clock on the wall at which that may be
    cdef int64_t _most      # ALL for any
    cdef list _parts        # None where there are none
    cdef dict _counted      # None until it is asked for
    cdef public int64_t work
    cdef public double patience
    cdef public bint partial
    cdef public bint late
    cdef void begin(self, double seconds, int64_t most) noexcept
    cdef bint _is_late(self) noexcept
    cdef bint is_spent(self) noexcept
    cdef bint suffices(self, int64_t work) noexcept
    cdef int64_t rest(self) noexcept
    cdef Budget part_of(self, int64_t most)
    cdef Budget apart_of(self)
    cdef dict keys(self)

cdef Budget budget_of(double seconds)
