"""Plain words of which all is known, composed at once to what is searched for and looked for.

The compiled twin of the steps of ``search.local.plain``, ``road`` and ``composed``, for what most
texts are: words that are known, none of them optional, none that asks, no two that are one.
"""

include "source.pxi"

from index.kernels.words cimport Word


cdef class Composed:
    """What words in a row are together; ``facts``: of each what ``search.local.plain.facts`` has.

    ``surfaces``: their surface forms; ``doubtful``: of which another spelling may be offered;
    ``tells_days``: whether any may be of days; ``work``: of finding out, twice, that no two are one:
    of what was typed, and of what is searched for.
    ``words``: made ready, and ``reading``: what these cost; see ``Ready``. ``alike``: each with all of
    its ways in one, empty where no articles alike are looked for, and ``cost``: of those of them that
    are not read with ``words``. ``nbytes``: of all of them.
    """

    cdef readonly list facts
    cdef readonly tuple surfaces
    cdef readonly tuple doubtful
    cdef readonly tuple words
    cdef readonly tuple alike
    cdef readonly Py_ssize_t work
    cdef readonly Py_ssize_t reading
    cdef readonly Py_ssize_t cost
    cdef readonly Py_ssize_t nbytes
    cdef readonly bint tells_days
    cdef bint _beside

    def keys(self):
        """The keys by which budgets know the rows of ``words``, each once."""
        cdef list found = []
        for one in self.facts:
            key = one.sought.made.key
            if key not in found:
                found.append(key)
        return found

    def fresh(self):
        """The keys of ``alike`` that are not among ``keys``, each once."""
        cdef list found = [], known = self.keys()
        for made in self.made():
            key = made.key
            if key not in known and key not in found:
                found.append(key)
        return found

    def made(self):
        """``alike`` as they were made ready."""
        return [one.sought.alike[0] for one in self.facts] if self.alike else []

    def pairs(self):
        """What stands beside each other, as ``candidates.Sought`` takes it; nothing if not wanted."""
        cdef Py_ssize_t at, place, then = 0
        cdef double idf, idf_before = 0.0
        cdef str stem, before = None
        cdef list found = []
        if not self._beside:
            return ()
        for at in range(len(self.facts)):
            for step, stem, idf in <tuple?>self.facts[at].sought.beside:
                place = at + <Py_ssize_t>step
                if before is not None and before != stem:
                    found.append((before, stem, place - then, (idf_before + idf) / 2))
                before, idf_before, then = stem, idf, place
        return tuple(found)


cdef class Composer:
    """Composes the facts of words. Shared by threads, which hold the GIL.

    ``pairs``: of two surface forms the compound that they are, or None, and what finding that out
    costs. ``node``: what reading a word costs besides. ``beside`` and ``alike``: whether words beside
    each other, and articles alike, are looked for, the latter by ``several`` words at least.
    """

    cdef dict _pairs
    cdef Py_ssize_t _node
    cdef Py_ssize_t _several
    cdef bint _beside
    cdef bint _alike

    def __cinit__(
        self, dict pairs not None, Py_ssize_t node, *, bint beside, bint alike, Py_ssize_t several
    ):
        self._pairs, self._node = pairs, node
        self._beside, self._alike, self._several = beside, alike, several

    def of(self, list facts not None, find):
        """What words are together, by what their facts say.

        None where any is optional, asks, is unknown, not ready, there twice, or one with the next or
        in two pieces: then its steps must be taken one by one. ``find``: asked of each two that are
        not among the pairs, which has them then, else False is returned: the budget did not last.
        """
        cdef Py_ssize_t number = len(facts), at, work = 0, reading = 0, cost = 0, size = 0
        cdef bint tells_days = False, looks_alike = self._alike and number >= self._several
        cdef list surfaces = [], doubtful = [], words = [], keys = [], apart = [], alike = []
        cdef Word word, in_one
        cdef Composed found
        for one in facts:
            typed = one.word
            surface = typed.surface
            if typed.is_optional or one.asks or one.is_unknown or one.is_joined:
                return None
            if surface in surfaces:
                return None
            surfaces.append(surface)
            sought = one.sought
            made = sought.made
            several = sought.alike
            if made is None or sought.apart is not None or len(several) != 1:
                return None
            work += <Py_ssize_t>one.work
            tells_days |= <bint>one.tells_days
            if one.is_doubtful and not one.holders:
                doubtful.append(typed)
            word = made.word
            words.append(word)
            size += word.nbytes
            reading += self._node
            key = made.key
            if key not in keys:
                keys.append(key)
                reading += <Py_ssize_t>made.cost
            if looks_alike:
                other = several[0]
                in_one = other.word
                alike.append(in_one)
                if other is not made:
                    apart.append(other)
                    size += 0 if in_one is word else in_one.nbytes
        for at in range(number - 1):
            both = surfaces[at], surfaces[at + 1]
            known = self._pairs.get(both)
            if known is None:
                find(*both)
                known = self._pairs.get(both)
                if known is None:
                    return False
            compound, spent = <tuple?>known
            if compound is not None:
                return None
            work += <Py_ssize_t>spent
        for other in apart:
            key = other.key
            if key not in keys:
                keys.append(key)
                cost += <Py_ssize_t>other.cost
        found = Composed.__new__(Composed)
        found.facts, found.surfaces, found.doubtful = facts, tuple(surfaces), tuple(doubtful)
        found.words, found.alike = tuple(words), tuple(alike)
        found.work, found.reading, found.cost, found.nbytes = 2 * work, reading, cost, size
        found.tells_days, found._beside = tells_days, self._beside
        return found
