from index.kernels.scored cimport Lead
from index.kernels.words cimport Word

cdef int tighten(Word word, const Lead *lead, const Py_ssize_t *bases) except -1
