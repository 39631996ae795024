"""Plain words of which all is known, composed at once to what is searched for and looked for.

The compiled twin of the steps of ``search.local.plain``, ``road`` and ``composed``, for what most
texts are: words that are known, none of them optional, none that asks, no two that are one.
"""

include "source.pxi"

from index.kernels.words cimport Word


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
        """What words in a row are together, by what their ``Facts`` say of them.

        None where any is optional, asks, is unknown, not ready, there twice, or one with the next or
        in two pieces: then its steps must be taken one by one. ``find``: asked of each two that are
        not among the pairs, which has them then, else False is returned: the budget did not last.

        ``(work, surfaces, spelt, doubtful, tells_days)``: work of finding that out, surface forms,
        words in glued ones, and others that may be misspelt. ``(words, keys, reading)``: see ``Ready``.
        ``(terms, made, fresh, price, pairs)``: of each word its terms, and it ``Made`` ready with all
        of them in one; the keys of these that are not among ``keys``, and what they cost; and pairs
        as ``Sought`` takes them. The last: bytes of all that was made ready.
        """
        cdef Py_ssize_t number = len(facts), at, place, work = 0, reading = 0, price = 0, size = 0
        cdef Py_ssize_t then = 0
        cdef bint tells_days = False, looks_alike = self._alike and number >= self._several
        cdef double idf, before_idf = 0.0
        cdef list surfaces = [], spelt = [], doubtful = [], words = [], keys = [], terms = []
        cdef list alike = [], fresh = [], pairs = []
        cdef str stem, before = None
        cdef tuple beside, made_alike
        cdef Word word, in_one
        for at in range(number):
            one = facts[at]
            typed = one.word
            surface = typed.surface
            if typed.is_optional or one.asks or one.is_unknown or one.is_joined:
                return None
            if surface in surfaces:
                return None
            surfaces.append(surface)
            sought = one.sought
            made = sought.made
            made_alike = sought.alike
            if made is None or sought.apart is not None or len(made_alike) != 1:
                return None
            work += <Py_ssize_t>one.work
            tells_days |= <bint>one.tells_days
            if one.holders:
                spelt.append(typed)
            elif one.is_doubtful:
                doubtful.append(typed)
            word = made.word
            key = made.key
            words.append(word)
            size += word.nbytes
            reading += self._node
            if key not in keys:
                keys.append(key)
                reading += <Py_ssize_t>made.cost
            if looks_alike:
                terms += sought.terms
                other = made_alike[0]
                in_one = other.word
                alike.append(other)
                if in_one is not word:
                    size += in_one.nbytes
            if self._beside:
                beside = sought.beside
                for step, stem, idf in beside:
                    place = at + <Py_ssize_t>step
                    if before is not None and before != stem:
                        pairs.append((before, stem, place - then, (before_idf + idf) / 2))
                    before, before_idf, then = stem, idf, place
        for at in range(number - 1):
            both = surfaces[at], surfaces[at + 1]
            known = self._pairs.get(both)
            if known is None:
                find(*both)
                known = self._pairs.get(both)
                if known is None:
                    return False
            compound, cost = known
            if compound is not None:
                return None
            work += <Py_ssize_t>cost
        for at in range(len(alike)):
            other = alike[at]
            key = other.key
            if other is facts[at].sought.made or key in keys or key in fresh:
                continue
            fresh.append(key)
            price += <Py_ssize_t>other.cost
        return (
            (work, tuple(surfaces), spelt, tuple(doubtful), tells_days),
            (tuple(words), keys, reading),
            (tuple(terms), alike, fresh, price, tuple(pairs)),
            size,
        )
