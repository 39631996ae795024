"""What an index tells of a plain word, all that is asked when a question has it for the first time.

The compiled form of what ``search.local.plain.facts`` asks of a word one by one. What few read, the
terms of a word as tuples, is made when it is read: see ``later``.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString, PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject
from libc.stdint cimport uint8_t, uint64_t

from index.kernels.cuts cimport Cutter
from index.kernels.glued cimport Begins, Entry, entry_of, parts_of
from index.kernels.later cimport Held, InOne, Ways
from index.kernels.postings cimport Lookup, Place, Wanted, find_each, want
from index.kernels.slotted cimport Maker
from index.kernels.word cimport Read, Word
from index.kernels.words cimport ScoredField, Sought, Words

cdef extern from "Python.h":
    const char *PyUnicode_AsUTF8AndSize(object text, Py_ssize_t *size) except NULL

cdef enum:
    AT_ONCE = 64    # terms that are looked up together
    LONGEST = 64    # letters of a word that is a chunk of one token, whatever they are


cdef class Weighed:
    """The fields of a word with its weights: those of stems, of surface forms and of glued words.

    ``fields``: names and weights of each; the former are some, and none of the last. ``exact``: what
    the name of a field of surface forms has behind that of their stems. Raises KeyError where
    ``words`` may not be of a field, ValueError for other fields.
    """

    def __cinit__(self, Words words not None, tuple fields not None, str exact not None):
        cdef Py_ssize_t at
        cdef tuple every
        self.stems, self.surfaces, self.glued = fields
        self._fields = self.stems, self.surfaces, self.glued
        if len(self.stems) + len(self.surfaces) > AT_ONCE:
            raise ValueError("a word has too many terms")
        if not self.stems or {name for name, _ in self.stems} & {name for name, _ in self.glued}:
            raise ValueError("ways of a word may be one")
        self._scored, every = [], (*self.stems, *self.surfaces, *self.glued)
        self.weights = <double *>PyMem_Malloc((len(every) + 1) * sizeof(double))
        if self.weights == NULL:
            raise MemoryError
        for at, (name, weight) in enumerate(every):
            if not weight >= 0.0:
                raise ValueError("a term has a weight")
            self.weights[at] = weight
            self._scored.append(<ScoredField?>words._scored[name])
        # A text has the stem of each surface form of letters and digits that it has.
        stems = {name + exact for name, _ in self.stems}
        for at, (name, _) in enumerate(self.surfaces, len(self.stems)):
            if name in stems:
                self.within |= <uint64_t>1 << at

    def __dealloc__(self):
        PyMem_Free(self.weights)


cdef class Kinds:
    """The classes of what facts are made of, by the names that they have there.

    Raises TypeError for others: of tuples, and of objects with the slots that are filled here.
    """

    def __cinit__(
        self, *, facts not None, word not None, sought not None, flat not None, holder not None,
        made not None,
    ):
        for one in (facts, holder, made):
            if not isinstance(one, type) or not issubclass(one, tuple):
                raise TypeError("facts, glued words and what is ready are tuples")
        self.word = maker_of(word, (
            "surface", "stem", "scope", "is_optional", "name_words", "capital", "is_bound", "typed",
            "literal", "holders",
        ))
        self.sought = maker_of(sought, (
            "node", "flat", "loose", "terms", "width", "made", "apart", "alike", "beside", "part",
        ))
        self.flat = maker_of(flat, ("ways", "query"))
        self.facts, self.holder, self.made = facts, holder, made

    cdef object node(
        self, str surface, str stem, bint is_optional, bint capital, str typed, object holders
    ):
        """A ``Word`` of no field, as its own ``__init__`` makes it."""
        cdef object no = False, none = None, number = 0
        cdef object optional = is_optional, capitals = capital
        cdef PyObject *values[10]
        values[:] = [
            <PyObject *>surface, <PyObject *>stem, <PyObject *>none, <PyObject *>optional,
            <PyObject *>number, <PyObject *>capitals, <PyObject *>no, <PyObject *>typed,
            <PyObject *>no, <PyObject *>holders,
        ]
        return self.word.of(values)

    cdef object sought_of(
        self, object node, Ways ways, InOne in_one, object made, tuple alike, tuple beside
    ):
        """A ``SoughtWord`` that is written in one way."""
        cdef object flat, none = None, width = 1
        cdef tuple terms = (in_one,)
        cdef PyObject *values[10]
        values[:2] = [<PyObject *>ways, <PyObject *>none]
        flat = self.flat.of(values)
        values[:] = [
            <PyObject *>node, <PyObject *>flat, <PyObject *>flat, <PyObject *>terms,
            <PyObject *>width, <PyObject *>made, <PyObject *>none, <PyObject *>alike,
            <PyObject *>beside, <PyObject *>none,
        ]
        return self.sought.of(values)


cdef Maker maker_of(kind, tuple names):
    """What makes objects of a class of which every slot is told. Raises TypeError for another."""
    return Maker(kind, names, (-1,) * len(names))


cdef class Asked:
    """Asks about words. Shared by threads, which hold the GIL.

    ``words``: of the snapshot's terms. ``begins``: its glued words, of which the ``most`` commonest
    count; ``worth``: what a word is worth in them; ``damaged`` makes the error where they are none.
    ``must``, ``may``: the fields of a word as ``Weighed`` has them, of one that is optional the
    latter. ``lead``: the field whose idfs count, ``written``: that in which glued words are
    counted. ``exact``: see ``Weighed``.
    ``costs``: of reading a term, of one in a segment, of a posting, and of a word besides.

    ``chunk``: the tokens of a text. ``unusual``: surface forms and stems of words of which more is
    to be known than that they are usual, as all are that have small letters behind the first one, and
    numbers, which may tell days; ``told`` tells that, of a text, its surface form and its
    stem: whether it is plain, optional, asks, and tells days. ``doubts``: whether a word is known and
    whether it is doubtful, of which is known how many articles have the stem, and whether any has the
    surface form. Of usual words it is not asked where any has: these are doubtful where no more than
    ``few`` have the stem, and they have as many letters as ``lengths`` says, an x at the end counted
    twice. Methods raise ``FileDamaged``.
    """

    def __cinit__(
        self, Words words not None, Cutter cutter not None, Begins begins not None,
        Kinds kinds not None, *, tuple must not None, tuple may not None, Py_ssize_t most,
        Py_ssize_t few, tuple lengths not None, double worth, str lead not None,
        str written not None, str exact not None, object chunk, frozenset unusual not None,
        object told, object doubts, object damaged, tuple costs not None,
    ):
        self.words, self._cutter, self._begins, self._kinds = words, cutter, begins, kinds
        self._must, self._may = Weighed(words, must, exact), Weighed(words, may, exact)
        self._most, self._few, self._worth, self._new = most, few, worth, tuple.__new__
        self._lead, self._written = words._scored[lead], words._scored[written]
        self._chunk, self._unusual, self._told = chunk, unusual, told
        self._doubts, self._damaged = doubts, damaged
        self._least, self._longest = lengths
        self._of_term, self._of_place, self._of_posting, self._of_word = costs

    def of(self, str typed not None, spellings not None):
        """The facts of a word of ASCII letters and digits, and the bytes that it takes made ready.

        None where it may be no word, or is several, or where the budget of ``spellings`` does not
        last, by which is counted what finding out costs whether it is also written apart.
        """
        cdef str surface, stem
        cdef bint plain = True, optional = False, asks = False, days = False, joined = False
        cdef bint small_behind, capital, usual
        cdef bint letters = is_of_letters(typed, &small_behind, &capital)
        cdef bint number = typed.isascii() and typed.isdigit()
        cdef Py_ssize_t work = 0
        if (letters or number) and len(typed) <= LONGEST:
            surface = typed if number or (small_behind and not capital) else typed.lower()
            stem = self._cutter.stem_of(surface)
            if stem == surface:
                stem = surface
        else:
            tokens = self._chunk(typed)
            if len(tokens) != 1:
                return None
            start, end, surface, stem = tokens[0]
            if end - start != len(typed):
                return None
        usual = (
            (number or (letters and small_behind)) and len(typed) <= LONGEST
            and surface not in self._unusual and stem not in self._unusual
        )
        if usual:
            days = number
        else:
            plain, optional, asks, days = self._told(typed, surface, stem)
            if not plain:
                return None
        if not optional:
            budget = spellings.budget
            work = self._cutter.uncut_of(surface, stem)
            if work >= 0:
                work += self._of_word
                budget.work += work
            else:
                before = budget.work
                joined = spellings.joined(surface, -1) is not None
                work = budget.work - before
            if budget.partial:
                return None
        return self._facts(
            typed, surface, stem, optional, capital, usual, (joined, work, asks, days)
        )

    cdef tuple _facts(
        self, str typed, str surface, str stem, bint optional, bint capital, bint usual,
        tuple known,
    ):
        """The same of a word of which some facts are known: whether it is joined, and so on."""
        cdef Py_ssize_t articles, letters, nbytes = 0
        cdef bint written, is_known = True, is_doubtful = False
        cdef double idf
        cdef object word, node, holders, sought, one, other
        cdef tuple both, alike, beside = ()
        cdef Ways ways = Ways()
        cdef InOne in_one = InOne()
        joined, work, asks, days = known
        self._begin(ways, in_one, surface, stem, 1.0)
        both = self._ask(self._may if optional else self._must, ways, &articles, &written, &idf)
        holders = self._held_by(ways)
        node = word = self._kinds.node(surface, stem, optional, capital, typed, ())
        if ways.found:
            node = self._kinds.node(surface, stem, optional, capital, typed, holders)
        elif usual and days:
            is_known = articles > 0     # a number, of which no spelling is doubtful
        elif not (usual and written):
            is_known, is_doubtful = self._doubts(word, (articles, written))
        elif articles <= self._few:
            letters = len(surface) + surface.endswith("x")
            is_known, is_doubtful = articles > 0, self._least <= letters <= self._longest
        one, other = self._ready(both, ways, in_one)
        alike = (other,)
        nbytes = (<Word>both[0]).nbytes
        if both[1] is not both[0]:
            nbytes += (<Word>both[1]).nbytes
        if not optional:
            beside = ((0, stem, idf),)
        sought = self._kinds.sought_of(node, ways, in_one, one, alike, beside)
        return self._new(self._kinds.facts, (
            word, sought, holders, joined, work, not (is_known or optional), is_doubtful, asks, days,
        )), nbytes

    cdef tuple spelt_as(self, str surface, str stem, double factor):
        """A word that nobody typed, and what it is made ready, its weights times a factor.

        The latter as ``Made`` has it: its ways, the best of which counts, and all of them in one.
        """
        cdef Py_ssize_t articles
        cdef bint written
        cdef double idf
        cdef tuple both
        cdef Ways ways = Ways()
        cdef InOne in_one = InOne()
        if not factor >= 0.0:
            raise ValueError("a word has weights")
        self._begin(ways, in_one, surface, stem, factor)
        both = self._ready(self._ask(self._must, ways, &articles, &written, &idf), ways, in_one)
        node = self._kinds.node(surface, stem, False, False, "", self._held_by(ways))
        return node, both[0], both[1]

    cdef double idf(self, str stem) except -1.0:
        """The idf of a stem, which is never less than 0."""
        return self.words.idf_of(documents_of(self._lead, stem))

    cdef Py_ssize_t cost(self, const Read *read) noexcept:
        """What reading one of a word's ways costs, as budgets count it."""
        return (
            self._of_term * read.terms + self._of_place * read.inside
            + self._of_posting * read.postings
        )

    cdef void _begin(self, Ways ways, InOne in_one, str surface, str stem, double factor) noexcept:
        ways.surface, ways.stem, ways.worth, in_one.ways = surface, stem, self._worth, ways
        ways.factor = factor

    cdef tuple _ask(
        self, Weighed fields, Ways ways, Py_ssize_t *articles, bint *written, double *idf
    ):
        """What ``Words.both`` makes of a word, and of the glued words that hold it, if any do.

        Besides how many articles have the stem in that field in which most do, whether any has the
        surface form, and its idf.
        """
        cdef Py_ssize_t own, number, at, stems, segments = self.words.segments, documents = -1
        cdef bytes stem = ways.stem.encode("utf-8", "surrogatepass"), surface = stem
        cdef list held = []     # what is pointed to
        cdef Sought *each
        cdef Wanted *wanted
        if ways.surface is not ways.stem:
            surface = ways.surface.encode("utf-8", "surrogatepass")
        try:
            ways.found = self._begins.held(stem, len(stem))
        except ValueError:
            raise self._damaged() from None
        if len(ways.found) > self._most:
            ways.found = self._commonest(ways.found)
        ways.fields = fields._fields
        own = len(fields.stems) + len(fields.surfaces)
        number = len(ways.found) * len(fields.glued)
        each = <Sought *>PyMem_Malloc(
            (own + number + 1) * sizeof(Sought)
            + number * segments * sizeof(Place)
            + (min(own + number, AT_ONCE) + 1) * segments * sizeof(Wanted)
        )
        if each == NULL:
            raise MemoryError
        try:
            wanted = <Wanted *>(each + own + number + 1)
            self._find(fields, ways, stem, surface, held, each, wanted)
            articles[0], written[0], stems = 0, False, len(fields.stems)
            for at in range(own):
                each[at].weight = fields.weights[at] * ways.factor
                each[at].within = fields.within >> at & 1
                if at >= stems:
                    written[0] |= each[at].documents > 0
                    continue
                articles[0] = max(articles[0], each[at].documents)
                if each[at].scored == <PyObject *>self._lead:
                    documents = each[at].documents
            if documents < 0:
                documents = documents_of(self._lead, ways.stem)
            idf[0] = self.words.idf_of(documents)
            if ways.found:
                self._weigh(ways, fields, idf[0], &each[own])
            return self.words.both_of(each, own, number)
        finally:
            PyMem_Free(each)

    cdef int _find(
        self, Weighed fields, Ways ways, bytes stem, bytes surface, list held, Sought *each,
        Wanted *wanted,
    ) except -1:
        """Look all terms of a word up, and count them; those of glued words are not kept.

        Of the former the places are in ``held``, of the latter behind ``wanted``.
        """
        cdef Py_ssize_t at = 0, waiting = 0, segments = self.words.segments, field
        cdef Py_ssize_t stems = len(fields.stems), own = stems + len(fields.surfaces)
        cdef Py_ssize_t glued = len(fields.glued), every = own + len(ways.found) * glued
        cdef Place *places = <Place *>(wanted + (min(every, AT_ONCE) + 1) * segments)
        cdef uint64_t fresh = 0
        cdef bytes kept, term
        cdef Lookup lookup
        cdef Entry entry
        for at in range(own):
            term = stem if at < stems else surface
            each[at].scored = <PyObject *>fields._scored[at]
            lookup = (<ScoredField>fields._scored[at]).lookup
            kept = lookup.known(ways.stem if at < stems else ways.surface)
            if kept is None:
                kept = PyBytes_FromStringAndSize(NULL, segments * sizeof(Place))
                waiting += want(
                    wanted + waiting, lookup, <const uint8_t *>PyBytes_AsString(term), len(term),
                    <Place *>PyBytes_AsString(kept),
                )
                fresh |= <uint64_t>1 << at
            held.append(kept)
            each[at].places = <const Place *>PyBytes_AsString(kept)
        at = own
        for one in ways.found:
            entry_of(one, len(stem), &entry)
            for field in range(own, own + glued):
                if waiting + segments > AT_ONCE * segments:
                    find_each(wanted, waiting)
                    waiting = 0
                each[at].scored = <PyObject *>fields._scored[field]
                each[at].places = places
                waiting += want(
                    wanted + waiting, (<ScoredField>fields._scored[field]).lookup,
                    <const uint8_t *>entry.surface, entry.length, places,
                )
                places += segments
                at += 1
        find_each(wanted, waiting)
        for at in range(own):
            if fresh >> at & 1:
                (<ScoredField>fields._scored[at]).lookup.keep(
                    ways.stem if at < stems else ways.surface,
                    len(stem if at < stems else surface), held[at],
                )
        for at in range(every):
            self.words.count(&each[at])
        return 0

    cdef object _held_by(self, Ways ways):
        """The glued words of a word."""
        cdef Held held
        if not ways.found:
            return ()
        held = Held()
        held.holder, held.found, held.shares = self._kinds.holder, ways.found, ways.shares
        return held

    cdef list _commonest(self, list found):
        """The entries of those glued words that count."""
        cdef list counted = []
        for one in found:
            surface, start, _ = parts_of(one)
            counted.append((-documents_of(self._written, surface), surface, start, one))
        counted.sort()
        return [one for _, _, _, one in counted[:self._most]]

    cdef int _weigh(self, Ways ways, Weighed weighed, double idf, Sought *each) except -1:
        """Decide what share a word of this idf has of the glued words, and weigh their terms."""
        cdef Py_ssize_t at, field, fields = len(weighed.glued), documents
        cdef const double *weights = weighed.weights + len(weighed.stems) + len(weighed.surfaces)
        cdef double own
        cdef double *shares
        ways.shares = PyBytes_FromStringAndSize(NULL, len(ways.found) * sizeof(double))
        shares = <double *>PyBytes_AsString(ways.shares)
        for at in range(len(ways.found)):  # glued words are rare
            documents = -1
            for field in range(fields):
                if each[field].scored == <PyObject *>self._written:
                    documents = each[field].documents
            if documents < 0:
                documents = documents_of(self._written, parts_of(ways.found[at])[0])
            own = self.words.idf_of(documents)
            shares[at] = idf / own if idf < own else 1.0
            for field in range(fields):
                each.weight = weights[field] * ways.factor * self._worth * shares[at]
                each.within = False
                each += 1
        return 0

    cdef tuple _ready(self, tuple both, Ways ways, InOne in_one):
        """The same with what reading them costs, by which budgets know them."""
        cdef Word word = both[0], alike = both[1]
        cost = self.cost(alike.read)
        made = self._new(self._kinds.made, (alike, in_one, cost))
        if alike is word:
            return made, made
        return self._new(self._kinds.made, (word, ways, cost)), made


cdef bint is_of_letters(str text, bint *small_behind, bint *capital) except -1:
    """Whether a text has ASCII letters only, of them small ones behind the first; whether that is a
    capital."""
    cdef Py_ssize_t size, at
    cdef const char *letters
    small_behind[0] = capital[0] = False
    if not text or not text.isascii():
        return False
    letters = PyUnicode_AsUTF8AndSize(text, &size)
    capital[0] = b"A" <= letters[0] <= b"Z"
    small_behind[0] = True
    for at in range(size):
        if not b"a" <= letters[at] <= b"z":
            small_behind[0] = small_behind[0] and not at
            if not b"A" <= letters[at] <= b"Z":
                return False
    return True


cdef Py_ssize_t documents_of(ScoredField scored, str text) except -1:
    """How many documents have a term, deleted ones included."""
    return scored.lookup.documents_in(scored.lookup.find(text))
