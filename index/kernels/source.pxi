# What every kernel begins with: SOURCE, the number of the source that it was compiled of
# (see index/kernels/sources.py), which setup.py gives to the compiler.
cdef extern from *:
    const char *KERNEL_SOURCE

SOURCE = KERNEL_SOURCE.decode("ascii")
