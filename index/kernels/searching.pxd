"""Places in sorted arrays and sums of counts, as several kernels need them; nothing is looked at.

Arrays are of items of 1, 2, 4 or 8 bytes, which are known to be there (see ``sections``). Sums do not
wrap around, whatever items are: they end at 2**40, more than a file has positions.
"""

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t

cdef extern from "bounds.h":
    bint warta_lower_bounds(
        const uint16_t *items, size_t left, const uint32_t *wanted, uint32_t base, size_t count,
        uint32_t low, uint32_t *found
    ) nogil
    uint64_t warta_sum(const uint8_t *bytes, size_t number) nogil


cdef inline uint64_t item(const uint8_t *data, int width, Py_ssize_t index) noexcept nogil:
    """One item."""
    if width == 1:
        return data[index]
    if width == 2:
        return (<const uint16_t *>data)[index]
    if width == 4:
        return (<const uint32_t *>data)[index]
    return (<const uint64_t *>data)[index]


cdef inline Py_ssize_t lower_bound(
    const uint8_t *data, int width, Py_ssize_t low, Py_ssize_t high, uint64_t wanted
) noexcept nogil:
    """The first index from ``low`` up to ``high`` whose item is not less; else ``high``.

    Written without branches on what is read, as a processor cannot predict these.
    """
    cdef Py_ssize_t left = high - low
    cdef Py_ssize_t half
    cdef const uint16_t *short_
    if width == 2 and wanted < 65536:
        short_ = <const uint16_t *>data + low
        while left > 1:
            half = left >> 1
            short_ += half & -<Py_ssize_t>(short_[half - 1] < <uint16_t>wanted)
            left -= half
        low = short_ - <const uint16_t *>data
    else:
        while left > 1:
            half = left >> 1
            low += half & -<Py_ssize_t>(item(data, width, low + half - 1) < wanted)
            left -= half
    return low + 1 if left == 1 and item(data, width, low) < wanted else low


cdef inline void lower_bounds(
    const uint8_t *data, int width, Py_ssize_t low, Py_ssize_t high, const uint32_t *wanted,
    uint32_t base, Py_ssize_t count, uint32_t *found
) noexcept nogil:
    """The same of several numbers, ``wanted`` and ``base`` together; items are of 2 or 4 bytes.

    All are searched for step by step, so that no step waits for the one before it.
    """
    cdef Py_ssize_t left = high - low, at
    cdef uint32_t half
    cdef const uint16_t *short_ = <const uint16_t *>data
    cdef const uint32_t *long_ = <const uint32_t *>data
    if width == 2 and warta_lower_bounds(
        short_ + low, left, wanted, base, count, <uint32_t>low, found
    ):
        return
    for at in range(count):
        found[at] = <uint32_t>low
    while left > 1:
        half = <uint32_t>(left >> 1)
        if width == 2:
            for at in range(count):
                found[at] += half & (
                    <uint32_t>0 - <uint32_t>(short_[found[at] + half - 1] < wanted[at] + base)
                )
        else:
            for at in range(count):
                found[at] += half & (
                    <uint32_t>0 - <uint32_t>(long_[found[at] + half - 1] < wanted[at] + base)
                )
        left -= half
    if left == 1:
        for at in range(count):
            found[at] += item(data, width, found[at]) < wanted[at] + base


cdef inline Py_ssize_t galloped(
    const uint8_t *data, int width, Py_ssize_t low, Py_ssize_t high, uint64_t wanted
) noexcept nogil:
    """The same, soonest where the index is near ``low``."""
    cdef Py_ssize_t step = 1
    while low + step < high and item(data, width, low + step) < wanted:
        low += step
        step <<= 1
    return lower_bound(data, width, low, min(low + step + 1, high), wanted)


cdef inline uint64_t total(
    const uint8_t *data, int width, Py_ssize_t start, Py_ssize_t stop
) noexcept nogil:
    """The sum of the items from ``start`` to ``stop``, 2**40 where it is more."""
    cdef uint64_t found = 0
    cdef uint64_t most = <uint64_t>1 << 40
    cdef Py_ssize_t index
    cdef uint32_t some
    if width == 1:
        if start < stop:
            found = warta_sum(data + start, stop - start)
    elif width == 2:
        # In 32 bits as twice as many go into one addition.
        while start < stop:
            some = 0
            for index in range(start, min(start + 32768, stop)):
                some += (<const uint16_t *>data)[index]
            found += some
            start += 32768
    elif width == 4:
        for index in range(start, stop):
            found += (<const uint32_t *>data)[index]
    else:
        for index in range(start, stop):
            found += min(item(data, width, index), most)
    return min(found, most)
