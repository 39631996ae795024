"""What lists of hits show of documents, kept: found by their numbers without an object in between.

The compiled twin of ``search.local.plain.memo`` for what ``listed`` tells. Memory of all that is
asked for at once is waited for at once: a question comes here from elsewhere, and finds nothing of
it in the processor's caches.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from cpython.ref cimport Py_DECREF, Py_INCREF, PyObject
from libc.stdint cimport int64_t, uint64_t
from libc.stdlib cimport qsort

from index.kernels.listed cimport Listed
from index.kernels.prefetching cimport prefetch_line
from index.kernels.slotted cimport in_list, in_tuple, put

cdef enum:
    LEAST_BITS = 6
    TITLE = 1           # places of texts in what is shown
    ADDRESS = 4
    OBJECTS = 6         # of what is shown, but for a number
    FEW = 32            # documents


cdef class Shelf:
    """What lists of hits show of an index's documents, kept while there is room. Shared by threads.

    ``segments``: of each a ``Listed`` or None, and of its first document the number, ascending.
    Up to ``limit`` bytes are kept, ``each`` and its texts of a document, of one up to half of them.
    Where there is no room, the colder half is forgotten: those stay that were asked for since, and
    of the others the last.
    """

    def __cinit__(self, list segments not None, Py_ssize_t limit, Py_ssize_t each):
        cdef Py_ssize_t first
        self.held = []
        self.segments = <Segment *>PyMem_Malloc((len(segments) + 1) * sizeof(Segment))
        if self.segments == NULL:
            raise MemoryError
        for one, first in segments.copy():
            if one is not None and not isinstance(one, Listed):
                raise TypeError("records of a segment are needed")
            self.held.append(one)
            self.segments[self.number].listed = NULL if one is None else <PyObject *>one
            self.segments[self.number].first = first
            self.number += 1
        self.limit, self.each = limit, each
        self.bits = LEAST_BITS
        self.slots = <Slot *>PyMem_Calloc(1 << LEAST_BITS, sizeof(Slot))
        if self.slots == NULL:
            raise MemoryError

    def __dealloc__(self):
        let_go(self.slots, self.bits)
        PyMem_Free(self.segments)

    def several(self, list numbers not None, otherwise):
        """What is shown of each document; of what its ``Listed`` does not tell ``otherwise(number)``.

        Raises IndexError where there is no such document, ``FileDamaged``, and as ``otherwise`` does.
        """
        return self.of(numbers, otherwise)

    cdef list of(self, list numbers, otherwise):
        cdef Py_ssize_t few[FEW]
        cdef Py_ssize_t *every = few
        cdef Py_ssize_t at, count = len(numbers)
        cdef list found = [None] * count   # as ``otherwise`` may look at all objects
        if count > FEW:
            every = <Py_ssize_t *>PyMem_Malloc(count * sizeof(Py_ssize_t))
            if every == NULL:
                raise MemoryError
        try:
            for at in range(count):
                every[at] = <object>in_list(numbers, at)
            self._fetch(every, count)
            for at in range(count):
                shown = self._kept(every[at])
                if shown is None:
                    shown = self._told(every[at])
                    if shown is None:
                        shown = otherwise(every[at])
                    self._put(every[at], <tuple?>shown)
                put(found, at, shown)
        finally:
            if every != few:
                PyMem_Free(every)
        return found

    def put(self, Py_ssize_t number, tuple shown not None):
        """Keep of a document what is shown: see ``Listed``. Raises ValueError for other tuples."""
        self._put(number, shown)

    cdef int _put(self, Py_ssize_t number, tuple shown) except -1:
        cdef Py_ssize_t size
        cdef PyObject *before
        cdef Slot *slot
        if len(shown) != OBJECTS + 1:
            raise ValueError("what is shown are seven objects")
        size = self.each + 4 * len(<str?><object>in_tuple(shown, TITLE))
        address = <object>in_tuple(shown, ADDRESS)
        if address is not None:
            size += 4 * len(<str?>address)
        if size > self.limit // 2:
            return 0
        if self.bytes_ + size > self.limit:
            self._forget()
        if 2 * (self.count + 1) > <Py_ssize_t>1 << self.bits:
            self._grow()
        self.bytes_ += size
        slot = self._slot(number)
        before = slot.shown
        if before == NULL:
            self.turn += 1
            self.count += 1
            slot.number, slot.turn = number, self.turn
        Py_INCREF(shown)
        slot.shown, slot.size = <PyObject *>shown, size
        slot.turn &= TURNS
        if before != NULL:
            Py_DECREF(<object>before)
        return 0

    cdef tuple _kept(self, Py_ssize_t number):
        cdef Slot *slot = self._slot(number)
        if slot.shown == NULL:
            return None
        slot.turn |= WANTED
        return <tuple>slot.shown

    cdef tuple _told(self, Py_ssize_t number):
        cdef Segment *segment = self._segment(number)
        if segment == NULL:
            raise IndexError("no such document")
        if segment.listed == NULL:
            return None
        return (<Listed>segment.listed).shown(number - segment.first)

    cdef Segment *_segment(self, Py_ssize_t number) noexcept:
        """The segment of a document; NULL where there is none."""
        cdef Py_ssize_t at = self.number - 1
        while at >= 0 and number < self.segments[at].first:
            at -= 1
        return NULL if at < 0 else &self.segments[at]

    cdef int _fetch(self, const Py_ssize_t *numbers, Py_ssize_t count) except -1:
        """Have the memory read that is looked at next, one step of all documents after the other."""
        cdef Py_ssize_t one, at
        cdef Slot *slot
        cdef Segment *segment
        cdef int step
        for one in range(count):
            prefetch_line(&self.slots[place_of(numbers[one], self.bits)])
        for step in range(2):
            for one in range(count):
                slot = self._slot(numbers[one])
                if slot.shown == NULL:
                    segment = self._segment(numbers[one])
                    if segment != NULL and segment.listed != NULL:
                        if step == 0:
                            (<Listed>segment.listed).fetch_place(numbers[one] - segment.first)
                        else:
                            (<Listed>segment.listed).fetch(numbers[one] - segment.first)
                elif step == 0:
                    prefetch_line(slot.shown)
                    prefetch_line(<char *>slot.shown + 64)
                else:
                    for at in range(OBJECTS):
                        prefetch_line(in_tuple(<tuple>slot.shown, at))
        return 0

    cdef Slot *_slot(self, int64_t number) noexcept:
        """Where a document is kept, or would be."""
        cdef Py_ssize_t place = place_of(number, self.bits), last = (<Py_ssize_t>1 << self.bits) - 1
        while self.slots[place].shown != NULL and self.slots[place].number != number:
            place = (place + 1) & last
        return &self.slots[place]

    cdef int _grow(self) except -1:
        cdef Slot *before = self.slots
        cdef Py_ssize_t place, size = <Py_ssize_t>1 << self.bits
        cdef Slot *slots = <Slot *>PyMem_Calloc(2 * size, sizeof(Slot))
        if slots == NULL:
            raise MemoryError
        self.slots = slots
        self.bits += 1
        for place in range(size):
            if before[place].shown != NULL:
                self._slot(before[place].number)[0] = before[place]
        PyMem_Free(before)
        return 0

    cdef int _forget(self) except -1:
        # No object is made before all is done: who makes one may run other code, which puts.
        cdef Py_ssize_t place, size = <Py_ssize_t>1 << self.bits, number = 0, stay = 0, total = 0
        cdef Slot *before = self.slots
        cdef Slot *slots = <Slot *>PyMem_Calloc(size, sizeof(Slot))
        cdef Slot **every = <Slot **>PyMem_Malloc((self.count + 1) * sizeof(Slot *))
        if slots == NULL or every == NULL:
            PyMem_Free(slots)
            PyMem_Free(every)
            raise MemoryError
        for place in range(size):
            if before[place].shown != NULL:
                every[number] = &before[place]
                number += 1
        qsort(every, number, sizeof(Slot *), &warmest_first)
        while stay < number and total + every[stay].size <= self.limit // 2:
            total += every[stay].size
            stay += 1
        self.slots, self.count, self.turn, self.bytes_ = slots, stay, stay, total
        for place in range(stay):
            every[place].turn = stay - place
            self._slot(every[place].number)[0] = every[place][0]
            every[place].shown = NULL
        PyMem_Free(every)
        let_go(before, self.bits)
        return 0


cdef uint64_t WANTED = <uint64_t>1 << 63
cdef uint64_t TURNS = (<uint64_t>1 << 63) - 1


cdef inline Py_ssize_t place_of(int64_t number, int bits) noexcept nogil:
    return <Py_ssize_t>((<uint64_t>number * 0x9E3779B97F4A7C15ULL) >> (64 - bits))


cdef int warmest_first(const void *one, const void *two) noexcept nogil:
    cdef uint64_t left = (<const Slot **>one)[0].turn
    cdef uint64_t right = (<const Slot **>two)[0].turn
    return (left < right) - (left > right)


cdef void let_go(Slot *slots, int bits) noexcept:
    cdef Py_ssize_t place
    if slots == NULL:
        return
    for place in range(<Py_ssize_t>1 << bits):
        if slots[place].shown != NULL:
            Py_DECREF(<object>slots[place].shown)
    PyMem_Free(slots)
