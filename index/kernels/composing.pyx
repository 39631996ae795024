"""Plain words of which all is known, composed at once to what is searched for and looked for.

The compiled twin of the steps of ``search.local.plain``, ``road`` and ``composed``, for what most
texts are: words that are known, none of them optional, none that asks.
"""

include "source.pxi"

from cpython.object cimport PyObject

from index.kernels.candidates cimport Sought, pairs_for
from index.kernels.cuts cimport Cutter
from index.kernels.later cimport Later
from index.kernels.postings cimport Lookup
from index.kernels.slotted cimport in_tuple
from index.kernels.word cimport Word
from index.kernels.words cimport Words

cdef extern from *:
    PyObject *in_list "PyList_GetItem"(list some, Py_ssize_t at) except NULL      # borrowed

cdef enum:
    KEPT = 20000    # pairs of words, at the most

cdef enum:
    # The places of what is read in ``Facts``, and in ``Made``.
    WORD = 0
    SOUGHT = 1
    HOLDERS = 2
    JOINED = 3
    WORK = 4
    UNKNOWN = 5
    DOUBTFUL = 6
    ASKS = 7
    TELLS_DAYS = 8
    COST = 2


cdef class Part:
    """What a word is in a question of plain words: all that is read of its facts, side by side."""


cdef tuple named(one):
    """A tuple, which may have names."""
    if not isinstance(one, tuple):
        raise TypeError("that is no tuple")
    return <tuple>one


cdef inline object item(tuple one, Py_ssize_t at):
    """An item of a tuple, even of one that has names: of those to read it otherwise takes long."""
    return <object>in_tuple(one, at)


cdef Part part_of(one):
    """The part of a word, by its ``Facts``, of which it is kept."""
    cdef Part part
    cdef tuple facts = named(one)
    cdef tuple made_one
    sought = item(facts, SOUGHT)
    known = sought.part
    if known is not None:
        return <Part?>known
    part = Part.__new__(Part)
    word = item(facts, WORD)
    made, alike, beside = sought.made, <tuple?>sought.alike, <tuple?>sought.beside
    part.written, part.node = word, sought.node
    part.surface, part.stem = word.surface, word.stem
    part.of_surface, part.of_stem = hash(part.surface), hash(part.stem)
    part.work, part.tells_days = item(facts, WORK), item(facts, TELLS_DAYS)
    part.doubtful = word if item(facts, DOUBTFUL) and not item(facts, HOLDERS) else None
    part.is_usual = not (item(facts, ASKS) or item(facts, UNKNOWN) or word.is_optional)
    part.is_alone = not (
        item(facts, JOINED) or made is None or sought.apart is not None or len(<tuple>alike) != 1
        or len(<tuple>beside) != 1
    )
    if part.is_alone:
        made_one = named(made)
        part.word, part.cost = <Word?>item(made_one, WORD), item(made_one, COST)
        in_one = item(<tuple>alike, 0)
        if in_one is made:
            part.alike, part.cost_alike = part.word, 0
        else:
            made_one = named(in_one)
            part.alike, part.cost_alike = <Word?>item(made_one, WORD), item(made_one, COST)
        part.nbytes = part.word.nbytes
        part.nbytes_alike = 0 if part.alike is part.word else part.alike.nbytes
        _, _, part.idf = <tuple?>item(<tuple>beside, 0)
    sought.part = part
    return part


cdef class Composed:
    """What words in a row are together; ``facts``: of each what ``search.local.plain.facts`` has.

    ``written``: the words, and ``nodes``: what is searched for; neither holds the index. A
    ``Composer`` makes it: methods of another one raise TypeError.

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

    def searched(self):
        """What is searched for, in order: each a ``SoughtWord``."""
        return [one.sought for one in self.facts] if self.compounds is None else self.compounds

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
        cdef list typed = [typed_by(<str?>one.typed, as_word) for one in self.written], found
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
        cdef Part one, other
        cdef Sought found = None
        if self._by is None:
            raise TypeError("no composer has made this")
        if not self._by._worth:
            found = pairs_for(self._by._scorer, self._by._lead, 0)
        elif self.compounds is not None:
            several = pairs_of(self.compounds)
            found = pairs_for(self._by._scorer, self._by._lead, len(several))
            for first, second, step, idf in several:
                found.add(first, second, step, self._by._worth * idf)
        else:
            found = pairs_for(self._by._scorer, self._by._lead, len(self._parts))
            one = <Part><object>in_list(self._parts, 0)
            for at in range(1, len(self._parts)):
                other = <Part><object>in_list(self._parts, at)
                if are_two(one, other):
                    found.add(one.stem, other.stem, 1, self._by._worth * ((one.idf + other.idf) / 2))
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
        cdef Part one, other
        cdef list found = []
        if self._by is None:
            raise TypeError("no composer has made this")
        if not self._by._worth:
            return ()
        if self.compounds is not None:
            return pairs_of(self.compounds)
        one = <Part><object>in_list(self._parts, 0)
        for at in range(1, len(self._parts)):
            other = <Part><object>in_list(self._parts, at)
            if are_two(one, other):
                found.append((one.stem, other.stem, 1, (one.idf + other.idf) / 2))
            one = other
        return tuple(found)


cdef bint are_two(Part one, Part other):
    """Whether two words have not the same stem: then they may be a pair."""
    return one.of_stem != other.of_stem or one.stem != other.stem


cdef object typed_by(str text, as_word):
    """A word as it is typed to be one; small letters are, but for ``near`` before a number."""
    return text if text.islower() and text.isalpha() and text != "near" else as_word(text)


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


cdef class Composer:
    """Composes the facts of words. Shared by threads, which hold the GIL.

    ``pairs``: of two surface forms the compound that they are, or None, and what finding that out
    costs. Of two that are not there ``cutter``, unless it is None, says whether they are surely no
    compound, which costs a ``node`` and is kept there. ``compound``: gives what is searched for
    in the place of some words. ``node``: what reading a word costs besides. ``partial``: whether
    some of several words suffice. ``scorer``: of the words; ``lead``: in which neighbours are looked
    for, by what they are ``worth``, if that is not 0; see ``Sought``. ``alike``: whether articles
    alike are looked for, by ``several`` words at least.
    """

    def __cinit__(
        self, dict pairs not None, Cutter cutter, compound not None, Py_ssize_t node, bint partial,
        Words scorer not None, Lookup lead not None, double worth, bint alike, Py_ssize_t several,
    ):
        self._pairs, self._cutter, self._compound = pairs, cutter, compound
        self._node, self._partial, self._none = node, partial, (None, node)
        self._scorer, self._lead, self._worth = scorer, lead, worth
        self._alike, self._several = alike, several

    def of(self, list facts not None, find=None):
        """What words, one or more, are together, by what their facts say.

        None where any is optional, asks, is unknown or not ready: then its steps must be taken one by
        one. Of those that are there twice the first counts.

        ``find``: finds out whether two neighbours of which ``pairs`` and ``cutter`` say nothing are a
        compound, and puts that into ``pairs``. It is called with both surface forms and with whether
        there is a ``cutter``, which then need not be asked again. False is returned
        where ``find`` is None or leaves ``pairs`` without an answer, as when a budget ends. Raises
        ``FileDamaged``.
        """
        cdef Py_ssize_t number = 0, before, cost, work = 0, alike_bytes = 0
        cdef int is_one
        cdef bint same_stems = False, several = False
        cdef bint is_again
        cdef list once = [], parts = [], surfaces = [], doubtful = [], words = [], alike = []
        cdef list written = [], nodes = []
        cdef Part part, other
        cdef Composed found = Composed.__new__(Composed)
        for one in facts:
            part = part_of(one)
            if not part.is_usual:
                return None
            surfaces.append(part.surface)
            is_again = False
            for before in range(number):
                other = <Part>parts[before]
                same_stems |= part.of_stem == other.of_stem
                is_again |= part.of_surface == other.of_surface and part.surface == other.surface
            if is_again:
                continue
            several |= not part.is_alone
            number += 1
            once.append(one)
            parts.append(part)
            words.append(part.word)
            written.append(part.written)
            nodes.append(part.node)
            if part.doubtful is not None:
                doubtful.append(part.doubtful)
            work += part.work
            found.reading += self._node + part.cost
            found.nbytes += part.nbytes
            found.tells_days |= part.tells_days
            alike.append(part.alike)
            found.cost += part.cost_alike
            alike_bytes += part.nbytes_alike
        found.facts, found.surfaces, found._by = once, tuple(surfaces), self
        found._parts = parts
        found.written, found.nodes = written, nodes
        for before in range(number - 1 if not several else 0):
            part, other = <Part>parts[before], <Part>parts[before + 1]
            is_one = self._pair(part, other, find, &cost)
            if is_one < 0:
                return False
            if is_one:
                several = True
                break
            work += cost
        if several:
            return self._of_compounds(found, parts, find)
        found.doubtful = tuple(doubtful)
        found.words = found.uncounted = tuple(words)
        found.loose = found.words if self._partial and number > 1 else ()
        found.alike = ()
        if self._alike and number >= self._several:
            found.alike = tuple(alike)
            found.nbytes += alike_bytes
        else:
            found.cost = 0
        found.work = 2 * work
        if same_stems:
            # Rows of other stems are others: every one is of the terms of a stem and a surface form.
            self._charge(found)
        return found

    cdef int _pair(self, Part one, Part other, find, Py_ssize_t *work) except -2:
        """Whether two words are one, -1 where nobody knows; and what finding that out costs."""
        cdef str first = one.surface, second = other.surface
        cdef tuple both = (first, second)
        known = self._pairs.get(both)
        if known is None:
            if self._cutter is not None and self._cutter.are_no_word(first, second, one.stem):
                if len(self._pairs) >= KEPT:
                    self._pairs.clear()
                self._pairs[both] = self._none
                work[0] = self._node
                return 0
            if find is None:
                return -1
            find(first, second, self._cutter is not None)
            known = self._pairs.get(both)
            if known is None:
                return -1
        compound, cost = <tuple?>known
        work[0] = cost
        return compound is not None

    cdef object _of_compounds(self, Composed found, list parts, find):
        """What ``of`` gives of words of which some may be one, or in two pieces."""
        cdef Py_ssize_t at = 0, size, number = len(parts), cost, work = 0, terms = 0
        cdef int is_one
        cdef list searched = [], doubtful = [], words = [], loose = [], apart = [], alike = []
        cdef Part part
        while at < number:
            part = <Part>parts[at]
            size = 0
            if at + 1 < number:
                is_one = self._pair(part, <Part>parts[at + 1], find, &cost)
                if is_one < 0:
                    return False
                work += cost
                size = 2 if is_one else 0
            if not size:
                work += part.work
                size = found.facts[at].is_joined
            if size:
                sought = self._compound(tuple([one.word for one in found.facts[at:at + size]]))
                if sought is None:
                    return None
                searched.append(sought)
                at += size
                continue
            if part.doubtful is not None:
                doubtful.append(part.doubtful)
            searched.append(found.facts[at].sought)
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
        found.nodes = [sought.node for sought in searched]
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
