"""What an index tells of a plain word, all that is asked when a question has it for the first time.

The compiled form of what ``search.local.plain.facts`` asks of a word one by one. What few read, the
terms of a word as tuples, is made when it is read: see ``Later``.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString, PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport Py_EQ, Py_NE, PyObject

from index.kernels.postings cimport Place, find_all
from index.kernels.words cimport ScoredField, Sought, Word, Words

cdef enum:
    AT_ONCE = 64    # terms that are looked up together


cdef class Later:
    """A tuple that is made when it is read, to which it is equal. Shared by threads.

    What it is made of holds no index. ``Asked`` makes it: any other one raises TypeError when read.
    """

    cdef tuple _made
    cdef object _hash

    cdef tuple make(self):
        raise NotImplementedError

    cdef bint is_other(self, Later other):
        """Whether it is soon told that another is not equal."""
        return False

    cdef tuple all(self):
        if self._made is None:
            self._made = self.make()
        return self._made

    def __len__(self):
        return len(self.all())

    def __getitem__(self, at):
        return self.all()[at]

    def __iter__(self):
        return iter(self.all())

    def __hash__(self):
        if self._hash is None:
            self._hash = hash(self.all())
        return self._hash

    def __richcmp__(self, other, int how):
        cdef bint same
        if how != Py_EQ and how != Py_NE:
            return NotImplemented
        if isinstance(other, Later):
            same = self is other or (
                not self.is_other(<Later>other) and self.all() == (<Later>other).all()
            )
        elif isinstance(other, tuple):
            same = self.all() == other
        else:
            return NotImplemented
        return same == (how == Py_EQ)

    def __repr__(self):
        return repr(self.all())

    def __reduce__(self):
        return tuple, (self.all(),)


cdef class Ways(Later):
    """The ways of a word: its own terms, and those of the glued words that hold it, if any do."""

    cdef tuple _fields      # as ``Weighed`` takes them
    cdef double _worth      # what a word is worth in glued words
    cdef str _surface
    cdef str _stem
    cdef list _found        # (surface, start, end) of each glued word
    cdef bytes _shares      # (glued words,) double

    def __len__(self):
        return 2 if self._found else 1

    cdef bint is_other(self, Later other):
        # All begin with a term of the stem; terms in one are no ways.
        return not isinstance(other, Ways) or (<Ways>other)._stem != self._stem

    cdef tuple make(self):
        cdef list own = [], held = []
        cdef double weight
        cdef const double *shares
        cdef Py_ssize_t at
        stems, surfaces, glued = self._fields
        for name, weight in stems:
            own.append((name, self._stem, weight))
        for name, weight in surfaces:
            own.append((name, self._surface, weight))
        if not self._found:
            return (tuple(own),)
        shares = <const double *>PyBytes_AsString(self._shares)
        for at, one in enumerate(self._found):
            for name, weight in glued:
                held.append((name, one[0], weight * self._worth * shares[at]))
        return tuple(own), tuple(held)


cdef class InOne(Later):
    """The terms of all ways of a word in one."""

    cdef Ways _ways

    def __len__(self):
        if self._ways is None:
            return len(self.all())
        stems, surfaces, glued = self._ways._fields
        return len(stems) + len(surfaces) + len(self._ways._found) * len(glued)

    cdef bint is_other(self, Later other):
        if not isinstance(other, InOne) or self._ways is None or (<InOne>other)._ways is None:
            return True
        return self._ways.is_other((<InOne>other)._ways)

    cdef tuple make(self):
        if self._ways is None:
            raise TypeError("nobody was asked for this")
        return sum(self._ways.all(), ())


cdef class Held(Later):
    """The glued words that hold a word, the commonest where they are too many."""

    cdef object _holder     # the class of these
    cdef list _found        # as ``Ways`` has them
    cdef bytes _shares

    def __len__(self):
        return len(self._found)

    cdef tuple make(self):
        cdef list held = []
        cdef const double *shares = <const double *>PyBytes_AsString(self._shares)
        cdef Py_ssize_t at
        for at, (surface, start, end) in enumerate(self._found):
            held.append(tuple.__new__(self._holder, (surface, start, end, shares[at])))
        return tuple(held)


cdef class Weighed:
    """The fields of a word with its weights: those of stems, of surface forms and of glued words.

    ``fields``: names and weights of each; the former are some, and none of the last. Raises KeyError
    where ``words`` may not be of a field, ValueError for other fields.
    """

    cdef readonly tuple stems
    cdef readonly tuple surfaces
    cdef readonly tuple glued
    cdef tuple _fields
    cdef Words _words
    cdef list _scored       # the field of each of them, one after another

    def __cinit__(self, Words words not None, tuple fields not None):
        self.stems, self.surfaces, self.glued = fields
        self._words, self._fields = words, (self.stems, self.surfaces, self.glued)
        if not self.stems or {name for name, _ in self.stems} & {name for name, _ in self.glued}:
            raise ValueError("ways of a word may be one")
        self._scored = []
        for name, weight in (*self.stems, *self.surfaces, *self.glued):
            if not weight >= 0.0:
                raise ValueError("a term has a weight")
            self._scored.append(<ScoredField?>words._scored[name])


cdef class Asked:
    """Asks about words. Shared by threads, which hold the GIL.

    ``words``: of the snapshot's terms. ``uncut``: of a ``Cutter``. ``glued``: gives the glued words
    that hold a stem, ``(surface, start, end)`` each, of which the ``most`` commonest count;
    ``holder`` is the class of these, a tuple of surface, start, end and share, and ``worth`` what a
    word is worth in them; ``damaged`` makes the error where ``glued`` raises ValueError. ``lead``: the
    field whose idfs count, ``written``: that in which glued words are counted. ``made`` is the class
    of what is ready, a tuple of a word, its terms and what reading it costs: ``costs`` of a term, of
    one in a segment, and of a posting. Methods raise ``FileDamaged``.
    """

    cdef Words _words
    cdef object _uncut
    cdef object _glued
    cdef Py_ssize_t _most
    cdef object _holder
    cdef object _new
    cdef double _worth
    cdef ScoredField _lead
    cdef ScoredField _written
    cdef object _damaged
    cdef object _made
    cdef Py_ssize_t _of_term, _of_place, _of_posting

    def __cinit__(
        self, Words words not None, object uncut, object glued, Py_ssize_t most, type holder not None,
        double worth, str lead not None, str written not None, object damaged, type made not None,
        tuple costs not None,
    ):
        self._words, self._uncut, self._glued, self._most = words, uncut, glued, most
        self._holder, self._new, self._worth = holder, tuple.__new__, worth
        self._lead, self._written = words._scored[lead], words._scored[written]
        self._damaged, self._made = damaged, made
        self._of_term, self._of_place, self._of_posting = costs

    def weighed(self, tuple fields not None):
        """Fields as ``of`` takes them: see ``Weighed``."""
        return Weighed(self._words, fields)

    def of(self, str surface not None, str stem not None, bint cut, Weighed fields not None):
        """``(work, articles, written, idf, holders, ways, in one, made)`` of a word.

        ``cut``: whether it is asked for ``work``, what ``uncut`` gives, else -1. ``articles``: how
        many have the stem in that field in which most do; ``written``: whether any has the surface
        form. ``ways``: terms of the word, and of the ``holders`` if there are any, and all of these
        ``in one``; ``made``: what ``Words.both`` makes of them. Raises ValueError for ``fields`` of
        another index.
        """
        cdef Py_ssize_t work = -1, articles = 0, own, number, at = 0
        cdef bint written = False
        cdef double idf
        cdef list found, places, scored, texts = []
        cdef Ways ways = Ways()
        cdef InOne in_one = InOne()
        cdef Sought *each
        if fields._words is not self._words:
            raise ValueError("fields are of another index")
        try:
            found = list(self._glued(stem))
        except ValueError:
            raise self._damaged() from None
        if cut:
            work = self._uncut(surface)
        if len(found) > self._most:
            found = self._commonest(found)
        ways._fields, ways._worth, ways._surface, ways._stem = fields._fields, self._worth, surface, stem
        ways._found, in_one._ways = found, ways
        own = len(fields.stems) + len(fields.surfaces)
        number = len(found) * len(fields.glued)
        for one in fields.stems:
            texts.append(stem)
        for one in fields.surfaces:
            texts.append(surface)
        for one in found:
            for _ in fields.glued:
                texts.append(one[0])
        scored = fields._scored[:own] + fields._scored[own:] * len(found)
        places = self._places(scored, texts, own)
        each = <Sought *>PyMem_Malloc((own + number + 1) * sizeof(Sought))
        try:
            if each == NULL:
                raise MemoryError
            for at in range(own + number):
                each[at].scored = <PyObject *>scored[at]
                each[at].places = <const Place *>PyBytes_AsString(<bytes>places[at])
                self._words.count(&each[at])
            at = 0
            for _, weight in fields.stems:
                each[at].weight = weight
                articles = max(articles, each[at].documents)
                at += 1
            for _, weight in fields.surfaces:
                each[at].weight = weight
                written = written or each[at].documents > 0
                at += 1
            idf = self._words.idf_of(documents_of(self._lead, stem))
            if found:
                self._weigh(ways, fields.glued, idf, &each[at])
            made = self._ready(self._words.both_of(each, own, number), ways, in_one)
        finally:
            PyMem_Free(each)
        return work, articles, written, idf, self._held_by(ways), ways, in_one, made

    cdef object _held_by(self, Ways ways):
        """The glued words of a word."""
        cdef Held held
        if not ways._found:
            return ()
        held = Held()
        held._holder, held._found, held._shares = self._holder, ways._found, ways._shares
        return held

    cdef list _commonest(self, list found):
        """Those glued words that count."""
        cdef list counted = [(*one, documents_of(self._written, one[0])) for one in found]
        counted.sort(key=_commonest_first)
        return [one[:3] for one in counted[:self._most]]

    cdef list _places(self, list scored, list texts, Py_ssize_t own):
        """Where terms are in their fields; those of glued words, behind the ``own``, are not kept."""
        cdef list lookups = [(<ScoredField>one).lookup for one in scored], found = []
        cdef Py_ssize_t at
        if len(texts) <= AT_ONCE:
            return find_all(lookups, texts, own)
        for at in range(0, len(texts), AT_ONCE):
            found += find_all(lookups[at:at + AT_ONCE], texts[at:at + AT_ONCE], own - at)
        return found

    cdef int _weigh(self, Ways ways, tuple glued, double idf, Sought *each) except -1:
        """Decide what share a word of this idf has of the glued words, and weigh their terms."""
        cdef Py_ssize_t at, field, fields = len(glued), documents
        cdef double own, weight
        cdef double *shares
        ways._shares = PyBytes_FromStringAndSize(NULL, len(ways._found) * sizeof(double))
        shares = <double *>PyBytes_AsString(ways._shares)
        for at in range(len(ways._found)):  # glued words are rare
            documents = -1
            for field in range(fields):
                if <ScoredField>each[field].scored is self._written:
                    documents = each[field].documents
            if documents < 0:
                documents = documents_of(self._written, <str>ways._found[at][0])
            own = self._words.idf_of(documents)
            shares[at] = idf / own if idf < own else 1.0
            for _, weight in glued:
                each.weight = weight * self._worth * shares[at]
                each += 1
        return 0

    cdef tuple _ready(self, tuple both, Ways ways, InOne in_one):
        """The same with what reading them costs, by which budgets know them."""
        cdef Word word = both[0], alike = both[1]
        cdef tuple read = alike.reads[0]
        cost = (
            self._of_term * <Py_ssize_t>read[0] + self._of_place * <Py_ssize_t>read[1]
            + self._of_posting * <Py_ssize_t>read[2]
        )
        made = self._new(self._made, (alike, in_one, cost))
        if alike is word:
            return made, made
        return self._new(self._made, (word, ways, cost)), made


cdef Py_ssize_t documents_of(ScoredField scored, str text) except -1:
    """How many documents have a term, deleted ones included."""
    return scored.lookup.documents_in(scored.lookup.find(text))


def _commonest_first(one):
    return -one[3], one[0], one[1]
