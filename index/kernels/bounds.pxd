from index.kernels.chunks cimport Chunk
from index.kernels.scored cimport Lead
from index.kernels.words cimport Word

cdef void tighten(
    Word word, const Lead *lead, const Chunk *chunks, Py_ssize_t number, double *totals
)
