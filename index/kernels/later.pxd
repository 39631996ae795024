cdef class Later:
    cdef tuple _made
    cdef object _hash
    cdef tuple make(self)
    cdef bint is_other(self, Later other)
    cdef tuple all(self)

cdef class Ways(Later):
    cdef tuple fields   # as ``facts.Weighed`` takes them
    cdef double worth   # what a word is worth in glued words
    cdef double factor  # of all of its weights
    cdef str surface
    cdef str stem
    cdef list found     # the entries of glued words, see ``index.glued.table``
    cdef bytes shares   # (glued words,) double

cdef class InOne(Later):
    cdef Ways ways

cdef class Held(Later):
    cdef object holder  # the class of a glued word
    cdef list found     # as ``Ways`` has them
    cdef bytes shares
