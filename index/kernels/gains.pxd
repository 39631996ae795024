from index.kernels.scored cimport Lead
from index.kernels.seeking cimport Arrays, Run
from index.kernels.word cimport Word

cdef bint gain(
    Word word, Py_ssize_t segment, list others, const Arrays *known, const Lead *lead, Run *run
) except -1
