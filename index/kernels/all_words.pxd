from index.kernels.chunks cimport Search

cdef int select_all_words(Search *search, Py_ssize_t count) except -1 nogil
