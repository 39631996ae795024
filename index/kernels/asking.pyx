"""What an index tells of a plain word, all that is asked when a question has it for the first time.

The compiled form of what ``search.local.plain.facts`` asks of a word one by one.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString, PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject
from libc.stdint cimport int64_t, uint8_t, uint64_t

from index.kernels.budgets cimport Budget
from index.kernels.compounds cimport Compounds, keep
from index.kernels.cuts cimport Cutter
from index.kernels.facts cimport Facts, Kinds
from index.kernels.glued cimport Begins, Entry, entry_of, parts_of
from index.kernels.later cimport Held, InOne, Ways
from index.kernels.postings cimport Lookup, Place, Wanted, find_each, want
from index.kernels.word cimport Read, Word
from index.kernels.words cimport ScoredField, Sought, Words

cdef extern from "Python.h":
    const char *letters_of "PyUnicode_AsUTF8AndSize"(str text, Py_ssize_t *size) except NULL
    const char *letters_if "PyUnicode_AsUTF8AndSize"(str text, Py_ssize_t *size)
    void PyErr_Clear()

cdef enum:
    AT_ONCE = 64    # terms that are looked up together
    FEW = 32        # of as many bytes the room is not asked for
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


cdef class Finding:
    """By what that is found out which nobody has asked before: a budget, and ``Spellings`` of it.

    It is made with every question, what it has only where one needs it.
    """

    cdef Budget spent(self):
        """What finding out is counted by; ``whole``, of which it is apart, never knows of it."""
        if self.budget is None:
            self.budget = self.whole.apart_of()
        return self.budget

    cdef object spellings(self):
        if self._spellings is None:
            self._spellings = self.made(self.spent())
        return self._spellings


cdef Finding finding_of(spellings):
    """The same of ``Spellings`` that are there. Raises TypeError for those of another budget."""
    cdef Finding finding = Finding.__new__(Finding)
    finding.budget, finding._spellings = <Budget?>spellings.budget, spellings
    return finding


cdef class Asked:
    """Asks about words. Shared by threads, which hold the GIL.

    ``words``: of the snapshot's terms. ``begins``: its glued words, of which the ``most`` commonest
    count; ``worth``: what a word is worth in them; ``damaged`` makes the error where they are none.
    ``must``, ``may``: the fields of a word as ``Weighed`` has them, of one that is optional the
    latter. ``lead``: the field whose idfs count, ``written``: that in which glued words are
    counted. ``exact``: see ``Weighed``.
    ``costs``: of reading a term, of one in a segment, of a posting, and of a word besides.

    ``compounds``: tells how words are also written, if there is any; ``joined``: of surface forms what
    is known of that, with what finding it out costs.

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
        object told, object doubts, object damaged, tuple costs not None, Compounds compounds,
        dict joined not None,
    ):
        self._compounds, self._joined = compounds, joined
        self.words, self._cutter, self._begins, self._kinds = words, cutter, begins, kinds
        self._must, self._may = Weighed(words, must, exact), Weighed(words, may, exact)
        self._most, self._few, self._worth = most, few, worth
        self._lead, self._written = words._scored[lead], words._scored[written]
        self._chunk, self._unusual, self._told = chunk, unusual, told
        self._doubts, self._damaged = doubts, damaged
        self._least, self._longest = lengths
        self._of_term, self._of_place, self._of_posting, self._of_word = costs

    def of(self, str typed not None, spellings not None):
        """The ``Facts`` of a word of ASCII letters and digits.

        None where it may be no word, or is several, or where the budget of ``spellings`` does not
        last, by which is counted what finding out costs whether it is also written apart.
        """
        return self.found_out(typed, finding_of(spellings))

    cdef Facts found_out(self, str typed, Finding finding):
        cdef str surface, stem
        cdef bint plain = True, optional = False, asks = False, days = False, joined = False
        cdef bint small_behind, capital, number, usual
        cdef bint letters = is_of_letters(typed, &small_behind, &capital, &number)
        cdef Py_ssize_t work = 0, size = len(typed)
        cdef int64_t before
        cdef Budget budget
        cdef Facts facts
        if (letters or number) and size <= LONGEST:
            surface = typed if number or (small_behind and not capital) else typed.lower()
            stem = self._cutter.stem_of(surface)
            if stem == surface:
                stem = surface
        else:
            tokens = self._chunk(typed)
            if len(tokens) != 1:
                return None
            start, end, surface, stem = tokens[0]
            if end - start != size:
                return None
        usual = (
            (number or (letters and small_behind)) and size <= LONGEST
            and surface not in self._unusual and (stem is surface or stem not in self._unusual)
        )
        if usual:
            days = number
        else:
            plain, optional, asks, days = self._told(typed, surface, stem)
            if not plain:
                return None
        if not optional:
            budget = finding.spent()
            work = self._cutter.uncut_of(surface, stem)
            if work >= 0:
                work += self._of_word
                budget.work += work
            else:
                before = budget.work
                joined = self._is_joined(surface, finding)
                work = budget.work - before
            if budget.partial:
                return None
        facts = Facts.__new__(Facts)
        facts.typed, facts.surface, facts.stem = typed, surface, stem
        facts.is_optional, facts.is_joined, facts.work = optional, joined, work
        facts.asks, facts.tells_days = asks, days
        self._tell(facts, capital, usual)
        return facts

    cdef bint _is_joined(self, str surface, Finding finding) except -1:
        """Whether a word is also written apart, which is found out and counted."""
        cdef tuple told = None
        if self._compounds is not None and surface not in self._joined:
            told = self._compounds.joined_of(surface, finding.budget.left() - self._of_word)
        if told is None:
            return finding.spellings().joined(surface, -1) is not None
        keep(self._joined, surface, told[0], self._of_word + <int64_t>told[1], finding.budget)
        return told[0] is not None

    cdef int _tell(self, Facts facts, bint capital, bint usual) except -1:
        """Find out the rest of a word of which some facts are known."""
        cdef Py_ssize_t articles, letters
        cdef bint written, is_known = True, is_doubtful = False, optional = facts.is_optional
        cdef str surface = facts.surface, stem = facts.stem
        cdef tuple both
        cdef Ways ways = Ways.__new__(Ways)
        self._begin(ways, surface, stem, 1.0)
        both = self._ask(self._may if optional else self._must, ways, &articles, &written, &facts.idf)
        facts.word = facts.node = self._kinds.node(
            surface, stem, optional, capital, facts.typed, ()
        )
        if ways.found:
            facts.node = self._kinds.node(
                surface, stem, optional, capital, facts.typed, self._held_by(ways)
            )
        elif usual and facts.tells_days:
            is_known = articles > 0     # a number, of which no spelling is doubtful
        elif not (usual and written):
            is_known, is_doubtful = self._doubts(facts.word, (articles, written))
        elif articles <= self._few:
            letters = len(surface) + surface.endswith("x")
            is_known, is_doubtful = articles > 0, self._least <= letters <= self._longest
        facts.is_unknown, facts.is_doubtful = not (is_known or optional), is_doubtful
        facts.ways, facts.ready, facts.alike = ways, both[0], both[1]
        facts.cost, facts.nbytes_ready = self.cost(facts.alike.read), facts.ready.nbytes
        facts.nbytes_alike = 0 if facts.alike is facts.ready else facts.alike.nbytes
        facts.of_surface, facts.of_stem = hash(surface), hash(stem)
        facts._kinds = self._kinds
        return 0

    cdef tuple spelt_as(self, str surface, str stem, double factor):
        """A word that nobody typed, and what it is made ready, its weights times a factor.

        The latter as ``Made`` has it: its ways, the best of which counts, and all of them in one.
        """
        cdef Py_ssize_t articles
        cdef bint written
        cdef double idf
        cdef tuple both
        cdef Ways ways = Ways.__new__(Ways)
        cdef InOne in_one = InOne.__new__(InOne)
        cdef Word word, alike
        cdef Py_ssize_t cost
        if not factor >= 0.0:
            raise ValueError("a word has weights")
        self._begin(ways, surface, stem, factor)
        in_one.ways = ways
        both = self._ask(self._must, ways, &articles, &written, &idf)
        word, alike = both
        cost = self.cost(alike.read)
        made = one = self._kinds.made_of(alike, in_one, cost)
        if alike is not word:
            one = self._kinds.made_of(word, ways, cost)
        node = self._kinds.node(surface, stem, False, False, "", self._held_by(ways))
        return node, one, made

    cdef double idf(self, str stem) except -1.0:
        """The idf of a stem, which is never less than 0."""
        return self.words.idf_of(documents_of(self._lead, stem))

    cdef Py_ssize_t cost(self, const Read *read) noexcept:
        """What reading one of a word's ways costs, as budgets count it."""
        return (
            self._of_term * read.terms + self._of_place * read.inside
            + self._of_posting * read.postings
        )

    cdef void _begin(self, Ways ways, str surface, str stem, double factor) noexcept:
        ways.surface, ways.stem, ways.worth, ways.factor = surface, stem, self._worth, factor

    cdef tuple _ask(
        self, Weighed fields, Ways ways, Py_ssize_t *articles, bint *written, double *idf
    ):
        """What ``Words.both`` makes of a word, and of the glued words that hold it, if any do.

        Besides how many articles have the stem in that field in which most do, whether any has the
        surface form, and its idf.
        """
        cdef Py_ssize_t own, number, at, stems, segments = self.words.segments, documents = -1
        cdef Py_ssize_t size
        cdef const char *stem = letters_of(ways.stem, &size)
        cdef list held = []     # what is pointed to
        cdef size_t room
        cdef Sought few[FEW]
        cdef Sought *each
        cdef Wanted *wanted
        try:
            ways.found = self._begins.held(stem, size)
        except ValueError:
            raise self._damaged() from None
        if len(ways.found) > self._most:
            ways.found = self._commonest(ways.found)
        ways.fields = fields._fields
        own = len(fields.stems) + len(fields.surfaces)
        number = len(ways.found) * len(fields.glued)
        room = (
            (own + number + 1) * sizeof(Sought)
            + number * segments * sizeof(Place)
            + (min(own + number, AT_ONCE) + 1) * segments * sizeof(Wanted)
        )
        each = &few[0] if room <= sizeof(few) else <Sought *>PyMem_Malloc(room)
        if each == NULL:
            raise MemoryError
        try:
            wanted = <Wanted *>(each + own + number + 1)
            self._find(fields, ways, held, each, wanted)
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
            if each != &few[0]:
                PyMem_Free(each)

    cdef int _find(
        self, Weighed fields, Ways ways, list held, Sought *each, Wanted *wanted
    ) except -1:
        """Look all terms of a word up, and count them.

        Of its own the places are in ``held``, of glued words' behind ``wanted``. The latter are not
        kept, nor are surface forms that are only counted: who asks for those again knows their word.
        """
        cdef Py_ssize_t at = 0, waiting = 0, segments = self.words.segments, field
        cdef Py_ssize_t stems = len(fields.stems), own = stems + len(fields.surfaces)
        cdef Py_ssize_t glued = len(fields.glued), every = own + len(ways.found) * glued
        cdef Place *places = <Place *>(wanted + (min(every, AT_ONCE) + 1) * segments)
        cdef uint64_t fresh = 0
        cdef Py_ssize_t of_stem, of_surface
        cdef const char *stem = letters_of(ways.stem, &of_stem)
        cdef const char *surface = letters_of(ways.surface, &of_surface)
        cdef bytes kept
        cdef bint is_read
        cdef Lookup lookup
        cdef Entry entry
        for at in range(own):
            each[at].scored = <PyObject *>fields._scored[at]
            lookup = (<ScoredField>fields._scored[at]).lookup
            is_read = not (fields.within >> at & 1 and fields.weights[at] * ways.factor == 0.0)
            kept = None
            if is_read:
                kept = lookup.known(ways.stem if at < stems else ways.surface)
            if kept is None:
                kept = PyBytes_FromStringAndSize(NULL, segments * sizeof(Place))
                waiting += want(
                    wanted + waiting, lookup, <const uint8_t *>(stem if at < stems else surface),
                    of_stem if at < stems else of_surface, <Place *>PyBytes_AsString(kept), is_read,
                )
                fresh |= <uint64_t>is_read << at
            held.append(kept)
            each[at].places = <const Place *>PyBytes_AsString(kept)
        at = own
        for one in ways.found:
            entry_of(one, of_stem, &entry)
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
                    of_stem if at < stems else of_surface, held[at],
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


cdef bint is_of_letters(str text, bint *small_behind, bint *capital, bint *number) noexcept:
    """Whether a text has ASCII letters only, of them small ones behind the first; whether that is a
    capital. Else whether it is a ``number``: has digits only."""
    cdef Py_ssize_t size = 0, at
    cdef const char *letters = letters_if(text, &size)
    cdef bint only = True, small
    small_behind[0] = capital[0] = number[0] = False
    if letters == NULL:     # of half a character, for example
        PyErr_Clear()
        return False
    if not size:
        return False
    capital[0] = b"A" <= letters[0] <= b"Z"
    small_behind[0] = number[0] = True
    for at in range(size):
        small = b"a" <= letters[at] <= b"z"
        only = only and (small or b"A" <= letters[at] <= b"Z")
        number[0] = number[0] and b"0" <= letters[at] <= b"9"
        small_behind[0] = small_behind[0] and (small or not at)
        if not (only or number[0]):
            break
    return only


cdef Py_ssize_t documents_of(ScoredField scored, str text) except -1:
    """How many documents have a term, deleted ones included."""
    return scored.lookup.documents_in(scored.lookup.find(text))
