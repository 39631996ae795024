"""Files mapped for reading, and which of them were cut since.

The standard library's maps keep their descriptors to themselves, so that to ask a hundred of them
for the sizes of their files takes longer than to answer a question. Here one call asks for all.
"""

include "source.pxi"

from cpython.buffer cimport PyBuffer_FillInfo
from cpython.bytes cimport PyBytes_FromStringAndSize
from cpython.exc cimport PyErr_SetFromErrno
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.string cimport memcmp

cdef extern from *:
    """
    #include <fcntl.h>
    #include <sys/mman.h>
    #include <sys/stat.h>
    #include <sys/types.h>
    #include <unistd.h>

    /* Its own descriptor, which no program that is started inherits; -1 where there is none. */
    static int another(int file) { return fcntl(file, F_DUPFD_CLOEXEC, 3); }

    /* The place is of nobody who reads: a map needs none. It is a third of the work of fstat. */
    static Py_ssize_t bytes_of(int file) { return (Py_ssize_t)lseek(file, 0, SEEK_END); }

    static void *mapped(int file, Py_ssize_t size) {
        void *found = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, file, 0);
        return found == MAP_FAILED ? NULL : found;
    }

    /* What tells a file from another of its name: 0, or -1 where there is none. */
    static int tells(const char *path, long long *found) {
        struct stat one;
        if (stat(path, &one)) return -1;
    #ifdef __APPLE__
        const struct timespec written = one.st_mtimespec, changed = one.st_ctimespec;
    #else
        const struct timespec written = one.st_mtim, changed = one.st_ctim;
    #endif
        found[0] = (long long)one.st_ino;
        found[1] = (long long)written.tv_sec * 1000000000 + written.tv_nsec;
        found[2] = (long long)changed.tv_sec * 1000000000 + changed.tv_nsec;
        found[3] = (long long)one.st_size;
        return 0;
    }

    static void let_go(void *data, Py_ssize_t size) { munmap(data, (size_t)size); }
    """
    int another(int file) nogil
    Py_ssize_t bytes_of(int file) nogil
    void *mapped(int file, Py_ssize_t size) nogil
    int tells(const char *path, long long *found) nogil
    void let_go(void *data, Py_ssize_t size) nogil
    int close(int file) nogil


def stamp(bytes path not None):
    """Inode, moments of writing and change (ns) and size of a file, packed; None where there is none.

    The same of ``os.stat`` takes thrice as long, as that tells more.
    """
    cdef long long found[4]
    cdef const char *name = path
    cdef int failed
    if b"\0" in path:
        return None  # The system would read it up to there, and tell of another file.
    with nogil:
        failed = tells(name, found)
    return None if failed else PyBytes_FromStringAndSize(<char *>found, sizeof(found))


cdef struct File:
    int file
    Py_ssize_t size


cdef class Map:
    """A file of a descriptor, mapped as long as this or a view of its bytes is.

    Raises ValueError for an empty one, and OSError. Shared by threads.
    """

    cdef int file
    cdef Py_ssize_t length
    cdef void *data

    def __cinit__(self, int file):
        self.file = another(file)
        if self.file < 0:
            PyErr_SetFromErrno(OSError)
        self.length = bytes_of(self.file)
        if self.length < 0:
            PyErr_SetFromErrno(OSError)
        if not self.length:
            raise ValueError("an empty file cannot be mapped")
        self.data = mapped(self.file, self.length)
        if self.data == NULL:
            PyErr_SetFromErrno(OSError)

    def __dealloc__(self):
        if self.data != NULL:
            let_go(self.data, self.length)
        if self.file > 0:  # 0 where there was no time to have one
            close(self.file)

    def __len__(self):
        return self.length

    def __getbuffer__(self, Py_buffer *buffer, int flags):
        PyBuffer_FillInfo(buffer, self, self.data, self.length, 1, flags)

    def size(self):
        """The bytes that the file has now. Raises OSError."""
        cdef Py_ssize_t found = bytes_of(self.file)
        if found < 0:
            PyErr_SetFromErrno(OSError)
        return found


cdef class Watch:
    """Looks after maps, each a ``Map``. Shared by threads."""

    cdef tuple maps
    cdef File *files
    cdef Py_ssize_t count

    def __cinit__(self, maps):
        cdef Py_ssize_t place
        cdef Map one
        self.maps = tuple(maps)
        self.count = len(self.maps)
        self.files = <File *>PyMem_Malloc(max(self.count, 1) * sizeof(File))
        if self.files == NULL:
            raise MemoryError
        for place in range(self.count):
            one = self.maps[place]
            if one is None:
                raise TypeError("a map is needed")
            self.files[place].file, self.files[place].size = one.file, one.length

    def __dealloc__(self):
        PyMem_Free(self.files)

    def first_cut(self):
        """The place of the first whose file is shorter than it was; -1 of none. Raises OSError."""
        cdef Py_ssize_t place, found
        with nogil:
            place = self._first_cut(&found)
        if place >= 0 and found < 0:
            PyErr_SetFromErrno(OSError)
        return place

    def as_seen(self, bytes path not None, bytes seen not None):
        """Whether the file of a path without NUL has this ``stamp``, and no map's was cut.

        False, too, where a file cannot be asked.
        """
        cdef long long told[4]
        cdef const char *name = path
        cdef const char *before = seen
        cdef Py_ssize_t found
        cdef bint same
        if len(seen) != sizeof(told):
            return False
        with nogil:
            same = not tells(name, told) and not memcmp(told, before, sizeof(told))
            same = same and self._first_cut(&found) < 0
        return same

    cdef Py_ssize_t _first_cut(self, Py_ssize_t *found) noexcept nogil:
        """As ``first_cut``; ``found``: the bytes of the file, less than nothing for an error."""
        cdef Py_ssize_t place
        for place in range(self.count):
            found[0] = bytes_of(self.files[place].file)
            if found[0] < self.files[place].size:
                return place
        return -1
