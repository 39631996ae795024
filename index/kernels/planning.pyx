"""Plans of plain words that were composed: what the page of their question is made of, at once.

The compiled twin of the steps that ``search.local.plans`` takes one by one, and of what
``search.local.plain.composed`` finds for the second stage. What few read is made when it is read.
"""

include "source.pxi"

from cpython.ref cimport PyObject
from libc.stdint cimport int32_t, int64_t

from index.kernels.budgets cimport Budget
from index.kernels.candidates cimport Sought
from index.kernels.composed cimport Composed
from index.kernels.holding cimport Held, Holdings
from index.kernels.slotted cimport Maker, in_tuple
from index.kernels.words cimport Words

cdef enum:
    READY = 7   # values of what is ready

cdef extern from "Python.h":
    Py_ssize_t PY_SSIZE_T_MAX

cdef extern from *:
    """
    /* Not as the class itself would make it: that is asked for others of its kind. */
    static PyObject *new_of(PyTypeObject *kernels, PyTypeObject *made, PyObject *nothing) {
        newfunc make = (newfunc)PyType_GetSlot(kernels, Py_tp_new);
        return make(made, nothing, NULL);
    }
    """
    object new_of(type kernels, type made, tuple nothing)


cdef class PlainText:
    """The text of a question whose trees are made when they are asked for.

    Of ``_words``, as they were typed, and of ``_nodes``, what is searched for. A class derives from it.
    """


cdef class Planned:
    """What is searched for to answer a question of plain words. A class derives from it.

    ``composed``: its words. ``cut``: whether another plan would find more, or less; ``late``: whether
    that was for want of time; ``misread``: whether its question was cut. ``offers``: the days that are
    told among its words. ``complete_first``: whether by relevance articles that have all words come
    first; ``spares_words``: whether each of them may be lacking. ``held``: what has it as it was
    typed, and ``sought``: what else is looked for in the best. ``nbytes``: of what no other has.
    ``offers_nothing``: whether no other spelling is, as far as that is soon told; None where nobody
    looked.

    A ``Planner`` makes it: what another one has made raises TypeError. Shared by threads, which hold
    the GIL.
    """

    cdef Planner _by(self):
        if self.by is None:
            raise TypeError("no planner has made this")
        return self.by

    @property
    def ranking(self):
        """By which it is searched."""
        return self._by().ranking

    @property
    def ready(self):
        """The words ready for the kernel of the index that the plan is of."""
        cdef Planner by = self._by()
        cdef Composed composed = self.composed
        cdef object none = None, work
        cdef tuple words
        cdef PyObject *values[READY]
        if self._ready is None:
            words, work = (composed.words, composed.loose, ()), composed.reading
            values[:] = [
                <PyObject *>by.scorer, <PyObject *>words, <PyObject *>work,
                <PyObject *>composed.uncounted, <PyObject *>composed, <PyObject *>none,
                <PyObject *>none,
            ]
            self._ready = by._ready.of(values)
        return self._ready

    @property
    def question(self):
        """As answers show it, it has nothing of the index."""
        if self._question is None:
            self._question = self._by().question_of(self.text, self.composed)
        return self._question

    @property
    def doubtful(self):
        """The words of which another spelling may be offered."""
        self._by()
        return self.composed.doubtful

    @property
    def stage(self):
        """What the kernel ``paging`` is asked for by the second stage."""
        cdef Held one
        cdef list found = []
        self._by()
        if self._stage is None:
            for one in self.held:
                found.append((one.documents, one.part))
            self._stage = (
                self.candidates, tuple(found), self.sought,
                () if self.sought is None else self.composed.alike, self.tolerance,
            )
        return self._stage

    @property
    def spared_texts(self):
        """How the words that may be lacking were typed."""
        cdef Planner by = self._by()
        if self._spared is None:
            self._spared = self.composed.texts(by._as_word) if self.spares_words else ()
        return self._spared

    @property
    def lacking(self):
        """What tells those of ``spared_texts`` that a page lacks."""
        if self._lacking is None:
            self._lacking = self._by()._lacking(self.spared_texts)
        return self._lacking

    @property
    def price(self):
        """What that costs beside ``ready``, and each document besides; None for nothing."""
        return (self.fixed, self.each) if self.is_priced else None


cdef class Planner:
    """Makes plans in one index with one ranking. Shared by threads, which hold the GIL.

    ``plan`` and ``question``: classes that derive from ``Planned`` and ``PlainText``; ``ready``: makes
    words ready of their scorer, the three tuples of them, the work, ``uncounted``, what was composed,
    and twice None. ``ranking``: which tells how many may be lacking and the ``features``. ``scorer``: of the
    words. ``holdings``: find what has them as they were typed. ``offered``: of a text, None for its
    tree, and a day the days that are offered. ``as_word``: how a text is typed to be a word, and
    ``lacking``: what tells which of such texts hits lack. ``most``: the work that looking for features may cost;
    ``costs``: of a term, a posting and a document compared. ``sizes``: bytes, of a plan and of
    a place where neighbours are looked for.
    """

    def __cinit__(
        self, *, type plan not None, type question not None, Maker ready not None, ranking not None,
        Words scorer not None, Holdings holdings not None, offered not None, as_word not None,
        lacking not None, int64_t most,
        tuple costs not None, tuple sizes not None,
    ):
        if not issubclass(plan, Planned) or not issubclass(question, PlainText):
            raise TypeError("plans and their questions are of these classes")
        if ready.size != READY:
            raise TypeError("what is ready has as many values")
        features = ranking.features
        self._plan, self._question, self._ready = plan, question, ready
        self.ranking, self.scorer = ranking, scorer
        self._holdings, self._offered, self._most = holdings, offered, most
        self._as_word, self._lacking = as_word, lacking
        self._candidates, self._alike = features.candidates, features.alike
        self._most_lacking = min(ranking.most_lacking, <object>PY_SSIZE_T_MAX)
        self._term, self._posting, self._compared = costs
        self._of_plan, self._of_place = sizes

    def of(
        self, tuple key not None, Composed composed not None, Budget part not None,
        Budget budget not None,
    ):
        """The plan of a text, whether it is corrected, and the day that it is: the ``key``.

        ``part``: of the ``budget``, by which its words were ``composed``. Raises ``FileDamaged``, and
        TypeError where no composer has made that.
        """
        if len(key) != 3:
            raise ValueError("a plan is of a text, corrected or not, and of a day")
        return self.plan_of(key, composed, part, budget)

    cdef Planned plan_of(self, tuple key, Composed composed, Budget part, Budget budget):
        cdef Held one
        cdef Budget looking = budget.part_of(self._most)
        cdef Planned found
        if composed.facts is None:
            raise TypeError("no composer has made this")
        found = <Planned?>new_of(Planned, self._plan, ())
        found.by, found.composed, found.text = self, composed, <str?><object>in_tuple(key, 0)
        found.held = self._holdings.of_words(composed.surfaces, looking)
        found.sought = composed.sought_of()
        found.offers = ()
        if composed.tells_days:
            found.offers = <tuple?>self._offered(found.text, None, <object>in_tuple(key, 2))
        found.complete_first = len(composed.loose) <= self._most_lacking
        found.spares_words = bool(composed.loose)
        found.misread, found.cut = part.partial, part.partial or looking.partial
        found.late = part.late or looking.late
        if not composed.doubtful:
            found.offers_nothing = True
        found.nbytes = self._of_plan + composed.nbytes
        if found.sought is not None or found.held:
            found.candidates = self._candidates
        for one in found.held:
            found.nbytes += one.rows.length * sizeof(int32_t)
        if found.sought is not None:
            self._price(found)
        budget.partial |= found.cut
        return found

    def question(self, str text not None, Composed composed not None):
        """The question of a text that was composed, without a plan. Raises TypeError as ``of``."""
        return self.question_of(text, composed)

    cdef PlainText question_of(self, str text, Composed composed):
        cdef PlainText found
        if composed.facts is None:
            raise TypeError("no composer has made this")
        found = <PlainText?>new_of(PlainText, self._question, ())
        found.text, found._nodes, found._words = text, composed.nodes, composed.written
        return found

    cdef int _price(self, Planned plan) except -1:
        """Keep what looking for neighbours and articles alike costs."""
        cdef Sought sought = plan.sought
        cdef Py_ssize_t words = len(plan.composed.alike)
        plan.tolerance, plan.is_priced = self._alike, True
        plan.fixed = plan.composed.cost + (
            self._term * (words + sought.terms) + 2 * self._posting * sought.postings
        )
        plan.each = self._compared * words
        plan.nbytes += self._of_place * sought.terms
        return 0
