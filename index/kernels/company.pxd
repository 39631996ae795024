from index.kernels.postings cimport Lookup

cdef bint any_beside(
    Lookup lookup, str first, str second, Py_ssize_t most,
    Py_ssize_t *documents, Py_ssize_t *fewer,
) except -1
