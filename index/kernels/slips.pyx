"""What the slips between two words cost: the compiled form of ``search.local.completing.slips``."""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString

from index.kernels.ascii cimport ascii_of

cdef enum:
    LETTERS = 26
    MOST = 64   # letters of a word


cdef class Slips:
    """Costs of slips in words of the letters a to z.

    Pairs of letters are bytes of 26 times 26, 1 for those that it is said of: ``same`` sound alike,
    ``beside`` are keys side by side, the second of ``silent`` is hardly heard. What a slip costs:
    two letters ``swapped``, one ``repeated`` or left out of two, one ``alike`` in place of another,
    a letter ``left_out``, one of a ``neighbour``, one ``added``, any ``other`` in its place, and
    ``at_first`` more at the first letter.
    """

    cdef bytes _same
    cdef bytes _beside
    cdef bytes _silent
    cdef double _swapped, _repeated, _alike, _left_out, _neighbour, _added, _other, _at_first

    def __cinit__(
        self, bytes same not None, bytes beside not None, bytes silent not None, *,
        double swapped, double repeated, double alike, double left_out, double neighbour,
        double added, double other, double at_first,
    ):
        for pairs in (same, beside, silent):
            if len(pairs) != LETTERS * LETTERS:
                raise ValueError("there is a byte for each pair of letters")
        self._same, self._beside, self._silent = same, beside, silent
        self._swapped, self._repeated, self._alike = swapped, repeated, alike
        self._left_out, self._neighbour, self._added = left_out, neighbour, added
        self._other, self._at_first = other, at_first

    def cost(self, str typed not None, str meant not None):
        """The least cost of what makes the one of the other, as a float.

        None where a word is longer than 64 letters or has others.
        """
        cdef double rows[3][MOST + 1]
        cdef double missing[MOST]
        cdef double *row = rows[0]
        cdef double *before = rows[1]
        cdef double *found = rows[2]
        cdef double *rest
        cdef double extra, best, swap
        cdef Py_ssize_t size, length, i, j
        cdef const char *left = ascii_of(typed, &size)
        cdef const char *right = ascii_of(meant, &length)
        if not (are_ours(left, size) and are_ours(right, length)):
            return None
        row[0] = 0.0
        for j in range(length):
            missing[j] = self.missing(right, length, j)
            row[j + 1] = row[j] + missing[j]
        for i in range(size):
            extra = self.extra(left, size, i)
            found[0] = row[0] + extra
            for j in range(length):
                best = row[j] + self.instead(left[i], right[j], i == 0 and j == 0)
                best = min(best, row[j + 1] + extra)
                best = min(best, found[j] + missing[j])
                if i and j and left[i] == right[j - 1] and left[i - 1] == right[j]:
                    swap = before[j - 1] + self._swapped
                    best = min(best, swap + (self._at_first if i == 1 and j == 1 else 0.0))
                found[j + 1] = best
            rest, before, row = before, row, found
            found = rest
        return row[length]

    cdef double instead(self, char typed, char meant, bint at_first) noexcept:
        cdef double cost = self._other
        if typed == meant:
            return 0.0
        if has(self._same, typed, meant):
            cost = self._alike
        elif has(self._beside, typed, meant):
            cost = self._neighbour
        return cost + (self._at_first if at_first else 0.0)

    cdef double missing(self, const char *meant, Py_ssize_t length, Py_ssize_t at) noexcept:
        """The cost of leaving a letter out."""
        if at == 0:
            return self._left_out + self._at_first
        if meant[at] == meant[at - 1] or (at + 1 < length and meant[at] == meant[at + 1]):
            return self._repeated
        return self._alike if has(self._silent, meant[at - 1], meant[at]) else self._left_out

    cdef double extra(self, const char *typed, Py_ssize_t size, Py_ssize_t at) noexcept:
        """The cost of adding a letter."""
        cdef bint first = at == 0, last = at + 1 >= size
        if (not first and typed[at] == typed[at - 1]) or (not last and typed[at] == typed[at + 1]):
            return self._repeated
        if not first and has(self._silent, typed[at - 1], typed[at]):
            return self._alike
        near = (not first and has(self._beside, typed[at], typed[at - 1])) or (
            not last and has(self._beside, typed[at], typed[at + 1])
        )
        return (self._neighbour if near else self._added) + (self._at_first if first else 0.0)


cdef inline bint has(bytes pairs, char one, char other) noexcept:
    return PyBytes_AsString(pairs)[(one - 97) * LETTERS + other - 97] != 0


cdef bint are_ours(const char *word, Py_ssize_t size) noexcept:
    """Whether a word has no other letters, which NULL stands for, and not too many."""
    cdef Py_ssize_t at
    if word == NULL or size > MOST:
        return False
    for at in range(size):
        if not c"a" <= word[at] <= c"z":
            return False
    return True
