"""Plain words of which all is known, composed at once to what is searched for and looked for.

The compiled twin of the steps of ``search.local.plain``, ``road`` and ``composed``, for what most
texts are: words that are known, none of them optional, none that asks, no two that are one.
"""

include "source.pxi"

from index.kernels.candidates cimport Sought
from index.kernels.postings cimport Lookup
from index.kernels.words cimport Word, Words


cdef class Part:
    """What a word is in a question of plain words: all that is read of its facts, side by side."""

    cdef Word word              # made ready
    cdef Word alike             # the same with all of its ways in one
    cdef object key             # by which budgets know these
    cdef object key_alike
    cdef str surface
    cdef str stem
    cdef object doubtful        # the word where another spelling of it may be offered, else None
    cdef Py_hash_t of_surface
    cdef Py_hash_t of_stem
    cdef double idf
    cdef Py_ssize_t work        # of finding out whether it is also written apart
    cdef Py_ssize_t cost
    cdef Py_ssize_t cost_alike  # 0 where it is ``word``
    cdef Py_ssize_t nbytes
    cdef Py_ssize_t nbytes_alike
    cdef bint tells_days
    cdef bint is_usual          # else nothing but this is known


cdef Part part_of(one):
    """The part of a word, by its ``Facts``, of which it is kept."""
    cdef Part part
    cdef tuple beside
    sought = one.sought
    known = sought.part
    if known is not None:
        return <Part?>known
    part = Part.__new__(Part)
    word, made, alike, beside = one.word, sought.made, sought.alike, sought.beside
    part.is_usual = not (
        word.is_optional or one.asks or one.is_unknown or one.is_joined or made is None
        or sought.apart is not None or len(alike) != 1 or len(beside) != 1
    )
    if part.is_usual:
        in_one = alike[0]
        part.word, part.key, part.cost = made.word, made.key, made.cost
        part.alike, part.key_alike = in_one.word, in_one.key
        part.cost_alike = 0 if part.key_alike == part.key else in_one.cost
        part.nbytes = part.word.nbytes
        part.nbytes_alike = 0 if part.alike is part.word else part.alike.nbytes
        part.surface = word.surface
        _, part.stem, part.idf = <tuple?>beside[0]
        part.of_surface, part.of_stem = hash(part.surface), hash(part.stem)
        part.work, part.tells_days = one.work, one.tells_days
        part.doubtful = word if one.is_doubtful and not one.holders else None
    sought.part = part
    return part


cdef class Composer


cdef class Composed:
    """What words in a row are together; ``facts``: of each what ``search.local.plain.facts`` has.

    ``surfaces``: their surface forms; ``doubtful``: of which another spelling may be offered;
    ``tells_days``: whether any may be of days; ``work``: of finding out, twice, that no two are one:
    of what was typed, and of what is searched for. ``words``: made ready, and ``reading``: what these
    cost; see ``Ready``. ``alike``: each with all of its ways in one, empty where no articles alike are
    looked for, and ``cost``: of those of them that are not read with ``words``. ``nbytes``: of all.
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
    cdef Composer _by

    def keys(self):
        """The keys by which budgets know the rows of ``words``, each once."""
        cdef list found = []
        for one in self.facts:
            key = part_of(one).key
            if key not in found:
                found.append(key)
        return found

    def fresh(self):
        """The keys of ``alike`` that are not among ``keys``, each once."""
        cdef list found = [], known = self.keys()
        for one in self.facts if self.alike else ():
            key = part_of(one).key_alike
            if key not in known and key not in found:
                found.append(key)
        return found

    def made(self):
        """``alike`` as they were made ready."""
        return [one.sought.alike[0] for one in self.facts] if self.alike else []

    def sought(self):
        """The pairs and ``alike`` looked for, a ``candidates.Sought``; None for nothing of that.

        Raises ``FileDamaged``.
        """
        cdef tuple pairs = self.pairs()
        if not pairs and not self.alike:
            return None
        return Sought(self._by._scorer, self._by._lead, pairs, self._by._worth)

    def pairs(self):
        """What stands beside each other, as ``candidates.Sought`` takes it; nothing if not wanted."""
        cdef Py_ssize_t at
        cdef Part one, other
        cdef list found = []
        if not self._by._worth:
            return ()
        one = part_of(self.facts[0])
        for at in range(1, len(self.facts)):
            other = part_of(self.facts[at])
            if one.of_stem != other.of_stem or one.stem != other.stem:
                found.append((one.stem, other.stem, 1, (one.idf + other.idf) / 2))
            one = other
        return tuple(found)


cdef class Composer:
    """Composes the facts of words. Shared by threads, which hold the GIL.

    ``pairs``: of two surface forms the compound that they are, or None, and what finding that out
    costs. ``node``: what reading a word costs besides. ``scorer``: of the words; ``lead``: in which
    neighbours are looked for, by what they are ``worth``, if that is not 0; see ``Sought``. ``alike``:
    whether articles alike are looked for, by ``several`` words at least.
    """

    cdef dict _pairs
    cdef Py_ssize_t _node
    cdef Words _scorer
    cdef Lookup _lead
    cdef double _worth
    cdef bint _alike
    cdef Py_ssize_t _several

    def __cinit__(
        self, dict pairs not None, Py_ssize_t node, Words scorer not None, Lookup lead not None,
        double worth, bint alike, Py_ssize_t several,
    ):
        self._pairs, self._node, self._scorer, self._lead = pairs, node, scorer, lead
        self._worth, self._alike, self._several = worth, alike, several

    def of(self, list facts not None, find=None):
        """What words, one or more, are together, by what their facts say.

        None where any is optional, asks, is unknown, not ready, there twice, or one with the next or
        in two pieces: then its steps must be taken one by one. ``find``: asked of each two that are
        not among the pairs, which has them then. Else, and without it, False is returned.
        """
        cdef Py_ssize_t number = len(facts), at, before, work = 0
        cdef bint same_stems = False
        cdef bint looks_alike = self._alike and number >= self._several
        cdef list parts = [], surfaces = [], doubtful = [], words = [], alike = []
        cdef Part part, other
        cdef Composed found = Composed.__new__(Composed)
        for at in range(number):
            part = part_of(facts[at])
            if not part.is_usual:
                return None
            for before in range(at):
                other = <Part>parts[before]
                if part.of_surface == other.of_surface and part.surface == other.surface:
                    return None
                same_stems |= part.of_stem == other.of_stem
            parts.append(part)
            surfaces.append(part.surface)
            words.append(part.word)
            if part.doubtful is not None:
                doubtful.append(part.doubtful)
            work += part.work
            found.reading += self._node + part.cost
            found.nbytes += part.nbytes
            found.tells_days |= part.tells_days
            if looks_alike:
                alike.append(part.alike)
                found.cost += part.cost_alike
                found.nbytes += part.nbytes_alike
        for at in range(number - 1):
            both = surfaces[at], surfaces[at + 1]
            known = self._pairs.get(both)
            if known is None and find is not None:
                find(*both)
                known = self._pairs.get(both)
            if known is None:
                return False
            compound, spent = <tuple?>known
            if compound is not None:
                return None
            work += <Py_ssize_t>spent
        found.facts, found.surfaces, found.doubtful = facts, tuple(surfaces), tuple(doubtful)
        found.words, found.alike = tuple(words), tuple(alike)
        found.work, found._by = 2 * work, self
        if same_stems:
            self._charge(found, parts)
        return found

    cdef int _charge(self, Composed found, list parts) except -1:
        """Count the rows of words once where some may be the same, which those of other stems are not:
        every row is of the terms of a stem and a surface form.
        """
        cdef Part part
        cdef list known = []
        found.reading = self._node * len(parts)
        found.cost = 0
        for part in parts:
            if part.key not in known:
                known.append(part.key)
                found.reading += part.cost
        for part in parts if found.alike else ():
            if part.key_alike not in known:
                known.append(part.key_alike)
                found.cost += part.cost_alike
        return 0
