# What every kernel begins with: SOURCE, the number of the source that it was compiled of
# (see index/kernels/sources.py), which setup.py gives to the compiler, and PYTHON, sys.hexversion of
# the Python that it was compiled for.
cdef extern from *:
    const char *KERNEL_SOURCE
    const int PY_VERSION_HEX

SOURCE = KERNEL_SOURCE.decode("ascii")
PYTHON = PY_VERSION_HEX
