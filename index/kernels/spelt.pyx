"""Words that are written together or apart, made ready: each spelling, and the best of them.

The compiled form of what ``search.local.plain.compound`` makes step by step, of words that were made
ready themselves, all of whose spellings are words that stems stand for.
"""

include "source.pxi"

from cpython.object cimport PyObject
from libc.stdint cimport int64_t

from index.kernels.beside cimport found_beside
from index.kernels.asking cimport Asked
from index.kernels.facts cimport Facts
from index.kernels.memos cimport Memo
from index.kernels.slotted cimport Maker, in_list
from index.kernels.word cimport Word

cdef extern from "Python.h":
    PyObject *in_dict "PyDict_GetItemWithError"(dict some, object key) except? NULL     # borrowed


cdef class Speller:
    """Makes compounds ready. Shared by threads, which hold the GIL.

    ``standing``: where words stand in each field of text. ``word``: the class of words, ``beside``
    and ``spellings``: those of nodes of them, side by side and in several spellings; ``other``: what
    another spelling is worth beside the one that was typed. ``sought``, ``made`` and ``key``: the
    classes of what is searched for, of what is ready of it, a tuple, and of its keys; ``weights``:
    by which it scores. ``most``: what making one may cost; ``node``, ``compared``: what budgets count
    for a part of a query and for a document. Raises TypeError for classes with other slots.
    """

    def __cinit__(
        self, Asked asked not None, tuple standing not None, *, word not None, beside not None,
        spellings not None, sought not None, made not None, key not None, weights not None,
        double other, int64_t most, int64_t node, int64_t compared,
    ):
        if not isinstance(sought, type):
            raise TypeError("a class of what is searched for is needed")
        if not isinstance(made, type) or not issubclass(made, tuple):
            raise TypeError("what is ready is a tuple")
        self._asked, self._standing, self._word = asked, standing, word
        self._beside = Maker(beside, ("words",), (-1,))
        self._spellings = Maker(spellings, ("words", "written", "others"), (-1, -1, -1))
        self._sought, self._made, self._weights, self._new = sought, made, weights, tuple.__new__
        self._key = Maker(key, ("_node", "_weights", "_loose", "_known"), (-1,) * 4)
        self._other, self._most, self._node, self._compared = other, most, node, compared

    def of(self, list ready not None, tuple parts not None, tuple forms not None):
        """What is searched for in the place of a word, or two, of which that is known.

        ``ready``: what they are by themselves; ``parts``: the two words, ``forms``: the spellings in
        one piece. None where steps are to be taken one by one. Raises ``FileDamaged``, and
        ValueError for more words or none.
        """
        return self._of(ready, parts, forms)

    cdef object _of(self, list ready, tuple parts, tuple forms):
        cdef double own = 0.0, worth
        cdef bint several = len(ready) > 1
        cdef list every = [], others = [], shown = [], typed = [], sideways, formed = []
        cdef list alike = []
        cdef tuple words
        cdef Word whole, loosely = None
        cdef int64_t work = 0, cost = 0
        cdef Py_ssize_t nbytes = 0
        if not 1 <= len(ready) <= 2:
            raise ValueError("a compound is of one word or two")
        for form in forms:
            if not form.by_stem:
                return None
        for one in ready:
            if one.made is None or not isinstance(one.node, self._word) or not one.beside:
                return None
            own += <double>one.beside[0][2]
            typed.append((one.node, one.made, one.alike[0]))
        words = tuple([one[0] for one in typed])
        sideways = typed
        if not several:
            sideways, worth = self._spelt(parts, own)
            node = self._side_by_side(tuple([one[0] for one in sideways]))
            others.append((node, worth))
        for form in forms:
            if several or form.stem != typed[0][0].stem:
                some, worth = self._spelt((form,), own)
                formed += some
                others.append((some[0][0], worth))
        every = typed + formed if several else typed + sideways + formed
        if not are_other(every) or number_held(formed if several else typed + formed) > 1:
            return None
        if several:
            loosely = self._loosely(typed, formed, &cost)
            if loosely is None:
                return None
            nbytes += loosely.nbytes
        whole = self._best([] if several else typed, sideways, formed, &work)
        if whole is None:
            return None
        nbytes += whole.nbytes
        for _, _, made in every:
            nbytes += (<Word?>made.word).nbytes
            alike.append(made)
        written = self._side_by_side(words) if several else words[0]
        node = self._node_of(words, written, tuple(others))
        found = self._sought.__new__(self._sought)
        found.node, found.width, found.nbytes, found._weights = node, len(ready), nbytes, self._weights
        found.alike, found.terms = tuple(alike), tuple([one.key for one in alike])
        found.beside = tuple([
            (at, *(<tuple?>one.beside[0])[1:]) for at, one in enumerate(ready)
        ])
        found.made = self._made_of(whole, node, False, work)
        found.apart = None if loosely is None else self._made_of(loosely, node, True, cost)
        return found

    cdef object _made_of(self, Word word, object node, bint is_loose, int64_t cost):
        """What is ready of a compound, with a key that is made when budgets ask for it."""
        cdef object loose = is_loose, none = None
        cdef PyObject *values[4]
        values[:] = [
            <PyObject *>node, <PyObject *>self._weights, <PyObject *>loose, <PyObject *>none,
        ]
        return self._new(self._made, (word, self._key.of(values), cost))

    cdef object _side_by_side(self, tuple words):
        cdef PyObject *values[1]
        values[0] = <PyObject *>words
        return self._beside.of(values)

    cdef object _node_of(self, tuple words, object written, tuple others):
        cdef PyObject *values[3]
        values[:] = [<PyObject *>words, <PyObject *>written, <PyObject *>others]
        return self._spellings.of(values)

    cdef tuple _spelt(self, tuple words, double own):
        """Another spelling of what is worth its ``own`` idf: its words, and their worth beside it."""
        cdef double worth = 0.0
        for one in words:
            worth += self._asked.idf(<str?>one.stem)
        worth /= own
        return [
            self._asked.spelt_as(<str?>one.surface, <str?>one.stem, self._other / worth)
            for one in words
        ], worth

    cdef Word _best(self, list typed, list sideways, list formed, int64_t *cost):
        """The best of a word as it was typed, if one is, words side by side, and other forms.

        None where that costs more than it may.
        """
        cdef list ways = self._alone(typed, cost), asked
        cdef tuple words = tuple([one[1].word for one in sideways])
        cdef tuple stems = tuple([one[0].stem for one in sideways])
        cdef int64_t work, documents
        cdef Py_ssize_t at
        found = found_beside(
            self._asked.words, words, tuple([(one, stems) for one in self._standing]),
            self._most - cost[0],
        )
        if found is None:
            return None
        row, asked, work = found
        # Phrases are run, then each word is asked about what is left, and what is left matches.
        documents = <int64_t>asked[0] + <int64_t>asked[len(words)]
        cost[0] += work + 2 * self._node + self._compared * documents
        for at in range(len(words)):
            documents = asked[at]
            if documents:
                cost[0] += self._node + self._compared * documents + <int64_t>sideways[at][1].cost
        ways.append((row,))
        ways += self._alone(formed, cost)
        return self._word_of(ways, cost[0])

    cdef Word _loosely(self, list typed, list formed, int64_t *cost):
        """The same where any of the words as they were typed suffices."""
        cdef list ways = [tuple([one[1].word for one in typed])]
        for one in typed:
            cost[0] += <int64_t>one[1].cost
        ways += self._alone(formed, cost)
        return self._word_of(ways, cost[0])

    cdef list _alone(self, list words, int64_t *cost):
        """Words by themselves, whose ways are counted."""
        cdef Py_ssize_t way
        cdef Word word
        cdef list ways = []
        for one in words:
            word = <Word?>one[1].word
            for way in range(word.ways):
                if word.read[way].terms:
                    cost[0] += self._asked.cost(&word.read[way])
            ways.append((word,))
        return ways

    cdef Word _word_of(self, list ways, int64_t cost):
        """The best of ways, each of words that add up."""
        if cost > self._most:
            return None
        if len(ways) == 1 and len(<tuple>ways[0]) == 1:
            return (<tuple>ways[0])[0]
        ways = self._asked.words._each(tuple(ways))
        return ways[0] if len(ways) == 1 else self._asked.words._best_of(ways, [])


cdef class Spelt:
    """What is searched for in the place of compounds, kept. Shared by threads, which hold the GIL.

    ``speller``: makes it, if there is one, of the compounds that are known of surface forms: of
    ``words`` in one piece and of ``pairs``, as ``composing.Composer`` has these. ``kept``: what was
    made, by how the words are typed and how many words their names have; each takes ``of_one`` bytes
    besides those made ready, and ``of_term`` for each term. ``steps``: gives the rest, of words.
    """

    def __cinit__(
        self, Speller speller, Memo kept not None, dict words not None, dict pairs not None, steps, *,
        Py_ssize_t of_one, Py_ssize_t of_term,
    ):
        self._speller, self._kept, self._steps = speller, kept, steps
        self._words, self._pairs, self._of_one, self._of_term = words, pairs, of_one, of_term

    cdef object of(self, list facts):
        """What is searched for in the place of one word or two; None where they are no compound."""
        cdef Py_ssize_t size = self._of_one
        cdef object number = 0, key = tuple([((<Facts?>one).typed, number) for one in facts])
        cdef object found = self._kept.find(key)
        if found is not None:
            return found
        found = self._at_once(facts)
        if found is None:
            return self._steps(tuple([(<Facts>one).word for one in facts]))
        for terms in <tuple?>found.terms:
            size += self._of_term * len(terms)
        self._kept.keep(key, found, size + <Py_ssize_t>found.nbytes)
        return found

    cdef object _at_once(self, list facts):
        """The same of words that are ready; None where steps are to be taken one by one."""
        cdef PyObject *known
        cdef list ready = []
        cdef Facts one = <Facts>in_list(facts, 0)
        if self._speller is None:
            return None
        if len(facts) == 1:
            known = in_dict(self._words, one.surface)
        else:
            known = in_dict(self._pairs, (one.surface, (<Facts>in_list(facts, 1)).surface))
        if known == NULL:
            return None
        compound, _ = <tuple?><object>known
        if compound is None:
            return None
        for one in facts:
            ready.append(one.sought)
        return self._speller._of(
            ready, (compound.first, compound.second), <tuple?>compound.forms
        )


cdef bint are_other(list words) except -1:
    """Whether no row is that of two words, so that each counts."""
    return len({(one[0].surface, one[0].stem) for one in words}) == len(words)


cdef Py_ssize_t number_held(list words) except -1:
    """How many words glued words hold, which may hold several of them."""
    cdef Py_ssize_t found = 0
    for one in words:
        found += len(one[0].holders) > 0
    return found
