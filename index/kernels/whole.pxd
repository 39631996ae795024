from index.kernels.chunks cimport Search

cdef int select_whole(Search *search, Py_ssize_t count) except -1 nogil
