"""Plain words of which all is known, composed at once to what is searched for and looked for.

The compiled twin of the steps of ``search.local.plain``, ``road`` and ``composed``, for what most
texts are: words that are known, none of them optional, none that asks.
"""

include "source.pxi"

from cpython.object cimport PyObject
from cpython.ref cimport Py_INCREF
from libc.stdint cimport int64_t

from index.kernels.asking cimport Finding, finding_of
from index.kernels.budgets cimport Budget
from index.kernels.composed cimport Composed, charge
from index.kernels.compounds cimport KEPT, Compounds, keep
from index.kernels.cuts cimport Cutter
from index.kernels.facts cimport Facts
from index.kernels.postings cimport Lookup
from index.kernels.slotted cimport in_list
from index.kernels.spelt cimport Spelt
from index.kernels.word cimport Word
from index.kernels.words cimport Words

cdef extern from "Python.h":
    tuple new_tuple "PyTuple_New"(Py_ssize_t size)
    int PyTuple_SetItem(tuple some, Py_ssize_t at, object value) except -1  # takes the reference
    PyObject *in_dict "PyDict_GetItemWithError"(dict some, object key) except? NULL     # borrowed

cdef inline int fill(tuple some, Py_ssize_t at, value) except -1:
    """Set an item of a tuple that nobody else has."""
    Py_INCREF(value)
    return PyTuple_SetItem(some, at, value)


cdef class Composer:
    """Composes the facts of words. Shared by threads, which hold the GIL.

    ``pairs``: of two surface forms the compound that they are, or None, and what finding that out
    costs. Of two that are not there ``cutter`` says whether they are surely no compound, which costs
    a ``node`` and is kept there; what ``compounds`` says of the others, if there are any. ``spelt``:
    gives what is searched for in the place of compounds. ``node``: what reading a word costs besides. ``partial``: whether some of several words
    suffice. ``scorer``: of the words; ``lead``: in which neighbours are looked for, by what they are
    ``worth``, if that is not 0; see ``Sought``. ``alike``: whether articles alike are looked for, by
    ``several`` words at least.
    """

    def __cinit__(
        self, dict pairs not None, Cutter cutter not None, Compounds compounds, Spelt spelt not None,
        Py_ssize_t node, bint partial, Words scorer not None, Lookup lead not None, double worth, bint alike,
        Py_ssize_t several,
    ):
        self._pairs, self._cutter, self._compounds, self._spelt = pairs, cutter, compounds, spelt
        self._node, self._partial, self._none = node, partial, (None, node)
        self._scorer, self._lead, self._worth = scorer, lead, worth
        self._alike, self._several = alike, several

    def of(self, list facts not None, spellings=None):
        """What words, one or more, are together, by what their facts say.

        None where any is optional, asks, is unknown or not ready: then its steps must be taken one by
        one. Of those that are there twice the first counts.

        ``spellings``: find out whether two neighbours of which ``pairs`` and ``cutter`` say nothing
        are a compound, and put that into ``pairs``. False is returned where there are none, or they
        leave ``pairs`` without an answer, as when a budget ends. Raises ``FileDamaged``.
        """
        return self.composed_of(
            list(facts), None if spellings is None else finding_of(spellings)
        )

    cdef object composed_of(self, list facts, Finding finding):
        """The same of a list that nobody else has."""
        cdef Py_ssize_t typed = len(facts), number = 0, at, before, cost, work = 0, alike_bytes = 0
        cdef int is_one
        cdef bint same_stems = False, several = False, is_again, is_doubtful = False
        cdef list once = []
        cdef tuple surfaces = new_tuple(typed)
        cdef Facts one, other
        cdef Composed found = Composed.__new__(Composed)
        for at in range(typed):
            one = <Facts?><object>in_list(facts, at)
            if one._kinds is None:
                raise TypeError("nobody was asked for these facts")
            if one.is_optional or one.asks or one.is_unknown:
                return None
            fill(surfaces, at, one.surface)
            is_again = False
            for before in range(number):
                other = <Facts>in_list(once, before)
                same_stems |= one.of_stem == other.of_stem
                is_again |= one.of_surface == other.of_surface and one.surface == other.surface
            if is_again:
                continue
            number += 1
            once.append(one)
            several |= one.is_joined
            is_doubtful |= one.is_doubtful and not one.ways.found
            work += one.work
            found.reading += self._node + one.cost
            found.nbytes += one.nbytes_ready
            found.tells_days |= one.tells_days
            if one.nbytes_alike:
                found.cost += one.cost
                alike_bytes += one.nbytes_alike
        found.facts, found.surfaces = once, surfaces
        found.scorer, found._lead, found._worth = self._scorer, self._lead, self._worth
        for at in range(number - 1 if not several else 0):
            is_one = self._pair(
                <Facts>in_list(once, at), <Facts>in_list(once, at + 1), finding, &cost
            )
            if is_one < 0:
                return False
            if is_one:
                several = True
                break
            work += cost
        if several:
            return self._of_compounds(found, finding)
        found.work, found.doubtful = 2 * work, doubtful_of(once) if is_doubtful else ()
        found.words = found.uncounted = words_of(once, False)
        found.loose = found.words if self._partial and number > 1 else ()
        if not (self._alike and number >= self._several):
            found.alike, found.cost = (), 0
        elif alike_bytes:
            found.alike = words_of(once, True)
            found.nbytes += alike_bytes
        else:
            found.alike = found.words
        if same_stems:
            # Rows of other stems are others: every one is of the terms of a stem and a surface form.
            self._charge(found)
        return found

    cdef int _pair(self, Facts one, Facts other, Finding finding, Py_ssize_t *work) except -2:
        """Whether two words are one, -1 where nobody knows; and what finding that out costs."""
        cdef tuple both = (one.surface, other.surface)
        cdef PyObject *known = in_dict(self._pairs, both)
        if known == NULL:
            if self._cutter.are_no_word(one.surface, other.surface, one.stem):
                if len(self._pairs) >= KEPT:
                    self._pairs.clear()
                self._pairs[both] = self._none
                work[0] = self._node
                return 0
            if finding is None:
                return -1
            if not self._find_out(one, other, both, finding.spent()):
                finding.spellings().pair(one.surface, other.surface, True)
            known = in_dict(self._pairs, both)
            if known == NULL:
                return -1
        compound, cost = <tuple?><object>known
        work[0] = cost
        return compound is not None

    cdef bint _find_out(self, Facts one, Facts other, tuple both, Budget budget) except -1:
        """Put into ``pairs`` what two words are; False where steps are to tell it one by one."""
        cdef tuple told = None
        if self._compounds is not None:
            told = self._compounds.pair_of(one.surface, other.surface, budget.left() - self._node)
        if told is None:
            return False
        keep(self._pairs, both, told[0], self._node + <int64_t>told[1], budget)
        return True

    cdef object _of_compounds(self, Composed found, Finding finding):
        """What ``of`` gives of words of which some may be one, or in two pieces."""
        cdef Py_ssize_t at = 0, size, number = len(found.facts), cost, work = 0, terms = 0
        cdef int is_one
        cdef list searched = [], doubtful = [], words = [], loose = [], apart = [], alike = []
        cdef Facts part
        while at < number:
            part = found.facts[at]
            size = 0
            if at + 1 < number:
                is_one = self._pair(part, found.facts[at + 1], finding, &cost)
                if is_one < 0:
                    return False
                work += cost
                size = 2 if is_one else 0
            if not size:
                work += part.work
                size = part.is_joined
            if size:
                sought = self._spelt.of(found.facts[at:at + size])
                if sought is None:
                    return None
                searched.append(sought)
                at += size
                continue
            if part.is_doubtful and not part.ways.found:
                doubtful.append(part.word)
            searched.append(part.sought)
            at += 1
        some_suffice = len(searched) > 1 or searched[0].comes_apart
        for sought in searched:
            made, other = sought.made, sought.apart
            if made is None:
                return None
            words.append(made.word)
            loose.append(made.word if other is None else other.word)
            if other is not None:
                apart.append(other.word)
            terms += len(sought.terms)
            alike += [one.word for one in sought.alike]
        if self._alike and terms >= self._several:
            if len(alike) < terms:
                return None
            found.alike = tuple(alike)
        else:
            found.alike = ()
        found.compounds, found.doubtful, found.work = searched, tuple(doubtful), 2 * work
        found.words, found.loose, found.uncounted = tuple(words), (), tuple(words)
        if self._partial and some_suffice:
            found.loose, found.uncounted = tuple(loose), tuple(words + apart)
        found.nbytes = sum([(<Word?>one).nbytes for one in {*found.uncounted, *found.alike}])
        self._charge(found)
        return found

    cdef int _charge(self, Composed found) except -1:
        """Count each row once, whichever words are the same."""
        cdef list keys = [], searched = found.searched()
        found.reading = self._node * len(found.uncounted)
        found.cost = 0
        for one in searched:
            found.reading += charge(one.made, keys)
        for one in searched if found.loose else ():
            if one.apart is not None:
                found.reading += charge(one.apart, keys)
        for made in found.made():
            found.cost += charge(made, keys)
        return 0


cdef tuple doubtful_of(list facts):
    """The words of which another spelling may be offered."""
    cdef Facts one
    cdef list found = []
    for one in facts:
        if one.is_doubtful and not one.ways.found:
            found.append(one.word)
    return tuple(found)


cdef tuple words_of(list facts, bint alike):
    """The words made ready; ``alike``: with all of their ways in one."""
    cdef Py_ssize_t at, number = len(facts)
    cdef tuple found = new_tuple(number)
    cdef Facts one
    for at in range(number):
        one = <Facts>in_list(facts, at)
        fill(found, at, one.alike if alike else one.ready)
    return found
