"""What an index tells of a plain word, all that is asked when a question has it for the first time.

The compiled form of what ``search.local.plain.facts`` asks of a word one by one. What few read, the
terms of a word as tuples, is made when it is read: see ``Later``.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport Py_EQ, Py_NE, PyObject

from index.kernels.postings cimport Place, find_all
from index.kernels.words cimport ScoredField, Sought, Word, Words

cdef enum:
    AT_ONCE = 64    # terms that are looked up together


cdef class Later:
    """A tuple that is made when it is read, to which it is equal. Shared by threads."""

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

    cdef Asked _of
    cdef Weighed _fields
    cdef str _surface
    cdef str _stem
    cdef list _found        # (surface, start, end) of each glued word
    cdef double *_shares    # (glued words,)

    def __dealloc__(self):
        PyMem_Free(self._shares)

    def __len__(self):
        return 2 if self._found else 1

    cdef bint is_other(self, Later other):
        # All begin with a term of the stem; terms in one are no ways.
        return not isinstance(other, Ways) or (<Ways>other)._stem != self._stem

    cdef tuple make(self):
        cdef list own = [], held = []
        cdef double weight
        cdef Py_ssize_t at
        for name, weight in self._fields.stems:
            own.append((name, self._stem, weight))
        for name, weight in self._fields.surfaces:
            own.append((name, self._surface, weight))
        if not self._found:
            return (tuple(own),)
        for at, one in enumerate(self._found):
            for name, weight in self._fields.glued:
                held.append((name, one[0], weight * self._of._worth * self._shares[at]))
        return tuple(own), tuple(held)


cdef class InOne(Later):
    """The terms of all ways of a word in one."""

    cdef Ways _ways

    cdef bint is_other(self, Later other):
        return not isinstance(other, InOne) or self._ways.is_other((<InOne>other)._ways)

    cdef tuple make(self):
        return sum(self._ways.all(), ())


cdef class Held(Later):
    """The glued words that hold a word, the commonest where they are too many."""

    cdef Ways _ways

    def __len__(self):
        return len(self._ways._found)

    cdef tuple make(self):
        cdef Asked of = self._ways._of
        cdef list held = []
        cdef Py_ssize_t at
        for at, (surface, start, end) in enumerate(self._ways._found):
            held.append(of._new(of._holder, (surface, start, end, self._ways._shares[at])))
        return tuple(held)


cdef class Weighed:
    """The fields of a word with its weights: those of stems, of surface forms and of glued words.

    ``fields``: names and weights of each; the former are some, and none of the last. Raises KeyError
    where ``words`` may not be of a field, ValueError for other fields.
    """

    cdef readonly tuple stems
    cdef readonly tuple surfaces
    cdef readonly tuple glued
    cdef list _scored       # the field of each of them, one after another

    def __cinit__(self, Words words not None, tuple fields not None):
        self.stems, self.surfaces, self.glued = fields
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
        ``in one``; ``made``: what ``Words.both`` makes of them.
        """
        cdef Py_ssize_t work = -1, articles = 0, own, number, at = 0
        cdef bint written = False
        cdef double idf
        cdef list found, places, scored, texts = []
        cdef Ways ways = Ways()
        cdef InOne in_one = InOne()
        cdef Sought *each
        try:
            found = <list?>self._glued(stem)
        except ValueError:
            raise self._damaged() from None
        if cut:
            work = self._uncut(surface)
        if len(found) > self._most:
            found = self._commonest(found)
        ways._of, ways._fields, ways._surface, ways._stem = self, fields, surface, stem
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
                self._weigh(ways, idf, &each[at])
            made = self._ready(self._words.both_of(each, own, number), ways, in_one)
        finally:
            PyMem_Free(each)
        return work, articles, written, idf, held_by(ways), ways, in_one, made

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

    cdef int _weigh(self, Ways ways, double idf, Sought *each) except -1:
        """Decide what share a word of this idf has of the glued words, and weigh their terms."""
        cdef Py_ssize_t at, field, fields = len(ways._fields.glued), documents
        cdef double own, weight
        ways._shares = <double *>PyMem_Malloc(len(ways._found) * sizeof(double))
        if ways._shares == NULL:
            raise MemoryError
        for at in range(len(ways._found)):  # glued words are rare
            documents = -1
            for field in range(fields):
                if <ScoredField>each[field].scored is self._written:
                    documents = each[field].documents
            if documents < 0:
                documents = documents_of(self._written, <str>ways._found[at][0])
            own = self._words.idf_of(documents)
            ways._shares[at] = idf / own if idf < own else 1.0
            for _, weight in ways._fields.glued:
                each.weight = weight * self._worth * ways._shares[at]
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


cdef object held_by(Ways ways):
    """The glued words of a word."""
    cdef Held held
    if not ways._found:
        return ()
    held = Held()
    held._ways = ways
    return held


cdef Py_ssize_t documents_of(ScoredField scored, str text) except -1:
    """How many documents have a term, deleted ones included."""
    return scored.lookup.documents_in(scored.lookup.find(text))


def _commonest_first(one):
    return -one[3], one[0], one[1]
