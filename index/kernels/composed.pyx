"""Plain words composed: what is searched for and looked for in their place."""

include "source.pxi"

from index.kernels.candidates cimport Sought, pairs_for
from index.kernels.facts cimport Facts
from index.kernels.later cimport Later

cdef extern from "Python.h":
    const char *letters_of "PyUnicode_AsUTF8AndSize"(str text, Py_ssize_t *size) except NULL


cdef class Composed:
    """What words in a row are together; ``facts``: of each what ``search.local.plain.facts`` has.

    ``written``: the words, and ``nodes``: what is searched for; neither holds the index. A
    ``composing.Composer`` makes it: methods of another one raise TypeError.

    ``compounds``: what is searched for, in order, where some of the words are one or in two pieces;
    else None, and each word is. ``surfaces``: the surface forms, as often as they are there;
    ``doubtful``: of which another spelling may be offered; ``tells_days``: whether any may be of
    days; ``work``: of finding out, twice, what of them is one: of what was typed, and of what is
    searched for.

    ``words``: made ready, ``loose`` where they need not match whole, if some of them suffice, and
    ``uncounted``, both of them once; ``reading``: what these cost; see ``Ready``. ``alike``: each word
    with all of its ways in one, empty where no articles alike are looked for, and ``cost``: of those
    of them that are not read with ``words``. ``nbytes``: of all of them.
    """

    @property
    def written(self):
        cdef Facts one
        cdef list found = []
        for one in self.every():
            found.append(one.word)
        return found

    @property
    def nodes(self):
        cdef Facts one
        cdef list found = []
        if self.compounds is not None:
            return [sought.node for sought in self.compounds]
        for one in self.every():
            found.append(one.node)
        return found

    cdef list every(self):
        """``facts``. Raises TypeError where there are none."""
        if not self.facts:
            raise TypeError("no composer has made this")
        return self.facts

    def searched(self):
        """What is searched for, in order: each a ``SoughtWord``."""
        if self.compounds is None:
            return [one.sought for one in self.every()]
        return self.compounds

    def keys(self):
        """The keys by which budgets know the rows of ``uncounted``, each once."""
        cdef list found = [], searched = self.searched()
        for one in searched:
            charge(one.made, found)
        for one in searched if self.loose else ():
            if one.apart is not None:
                charge(one.apart, found)
        return found

    def fresh(self):
        """The keys of ``alike`` that are not among ``keys``, each once."""
        cdef list known = self.keys()
        cdef Py_ssize_t number = len(known)
        for made in self.made():
            charge(made, known)
        return known[number:]

    def texts(self, as_word not None):
        """How what is searched for is typed to be so, of which ``as_word`` says what is otherwise."""
        cdef list typed = [typed_by((<Facts?>one).typed, as_word) for one in self.every()], found
        cdef Py_ssize_t at = 0, width
        if self.compounds is None:
            return tuple(typed)
        found = []
        for one in self.compounds:
            width = one.width
            found.append(" ".join(typed[at:at + width]))
            at += width
        return tuple(found)

    def made(self):
        """``alike`` as they were made ready."""
        return [made for one in self.searched() for made in one.alike] if self.alike else []

    def sought(self):
        """The pairs and ``alike`` looked for, a ``candidates.Sought``; None for nothing of that.

        Raises ``FileDamaged``.
        """
        return self.sought_of()

    cdef Sought sought_of(self):
        cdef Py_ssize_t at, step
        cdef double idf
        cdef Facts one, other
        cdef list facts = self.every()
        cdef Sought found
        if not self._worth:
            found = pairs_for(self.scorer, self._lead, 0)
        elif self.compounds is not None:
            several = pairs_of(self.compounds)
            found = pairs_for(self.scorer, self._lead, len(several))
            for first, second, step, idf in several:
                found.add(first, second, step, self._worth * idf)
        else:
            found = pairs_for(self.scorer, self._lead, len(facts))
            one = facts[0]
            for at in range(1, len(facts)):
                other = facts[at]
                if are_two(one, other):
                    found.add(one.stem, other.stem, 1, self._worth * ((one.idf + other.idf) / 2))
                one = other
        if not found.together and not self.alike:
            return None
        found.find()
        return found

    def pairs(self):
        """What stands beside each other, as ``candidates.Sought`` takes it; nothing if not wanted."""
        return self._pairs()

    cdef tuple _pairs(self):
        cdef Py_ssize_t at
        cdef Facts one, other
        cdef list found = [], facts = self.every()
        if not self._worth:
            return ()
        if self.compounds is not None:
            return pairs_of(self.compounds)
        one = facts[0]
        for at in range(1, len(facts)):
            other = facts[at]
            if are_two(one, other):
                found.append((one.stem, other.stem, 1, (one.idf + other.idf) / 2))
            one = other
        return tuple(found)


cdef bint are_two(Facts one, Facts other):
    """Whether two words have not the same stem: then they may be a pair."""
    return one.of_stem != other.of_stem or one.stem != other.stem


cdef object typed_by(str text, as_word):
    """A word as it is typed to be one; small letters are, but for ``near`` before a number."""
    cdef Py_ssize_t size, at
    cdef const char *letters = letters_of(text, &size)
    for at in range(size):
        if not b"a" <= letters[at] <= b"z":
            return as_word(text)
    return text if size and text != "near" else as_word(text)


cdef tuple pairs_of(list searched):
    """Pairs of what takes several words, of which one stands beside others."""
    cdef Py_ssize_t place = 0, here, then = 0
    cdef double idf, idf_before = 0.0
    cdef str stem, before = None
    cdef list found = []
    for one in searched:
        for step, stem, idf in <tuple?>one.beside:
            here = place + <Py_ssize_t>step
            if before is not None and before != stem:
                found.append((before, stem, here - then, (idf_before + idf) / 2))
            before, idf_before, then = stem, idf, here
        place += <Py_ssize_t>one.width
    return tuple(found)


cdef Py_ssize_t charge(made, list keys) except -1:
    """What reading a word costs, once."""
    cdef bint is_later
    key = made.key
    is_later = isinstance(key, Later)
    for other in keys:
        if other is key:
            return 0
        # A compound's key, made when budgets ask for it, is no word's: neither is a tuple yet.
        if is_later != isinstance(other, Later) and not isinstance(other if is_later else key, tuple):
            continue
        if other == key:
            return 0
    keys.append(key)
    return made.cost
