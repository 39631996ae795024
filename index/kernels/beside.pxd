from libc.stdint cimport int64_t

from index.kernels.words cimport Words

cdef tuple found_beside(Words of, tuple words, tuple phrases, int64_t most)
