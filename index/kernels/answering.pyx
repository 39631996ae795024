"""The answer to a question of plain words: from its text, or its plan, to the page in one call.

For what most readers ask: the best articles, and nothing of the rest. ``search.local.find`` and
``page.answer`` give the same one after the other, which are its witness.
"""

include "source.pxi"

from cpython.object cimport PyObject
from libc.stdint cimport int64_t, uint8_t, uint32_t

from index.kernels.budgets cimport Budget, budget_of
from index.kernels.candidates cimport Sought
from index.kernels.composing cimport Composed
from index.kernels.memos cimport Memo
from index.kernels.paging cimport Lacking, Paging
from index.kernels.plain cimport Texts
from index.kernels.planning cimport Planned, Planner
from index.kernels.scoring cimport Scorer
from index.kernels.shelf cimport Shelf
from index.kernels.slotted cimport Maker, in_tuple
from index.kernels.word cimport Word

cdef extern from *:
    """
    #include <time.h>

    static long long warta_microseconds_since_1970(void) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        return (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000;
    }
    """
    int64_t microseconds_since_1970 "warta_microseconds_since_1970"() nogil

cdef extern from "Python.h":
    const char *letters_of "PyUnicode_AsUTF8AndSize"(str text, Py_ssize_t *size) except NULL
    str formatted "PyUnicode_FromFormat"(const char *form, ...)

cdef enum:
    FIELDS = 20     # of an answer
    MOST = 1 << 30  # pages and what is on one

cdef uint32_t POLYNOMIAL = 0xEDB88320   # of CRC-32, reflected


cdef class Wanted:
    """What of a plan the page is made of, and what that counts."""

    cdef tuple words            # all of which must match, and so ``loose`` and optional ones
    cdef tuple loose
    cdef tuple may
    cdef tuple uncounted        # of these the documents that have them are counted, too
    cdef Py_ssize_t entering    # how many enter the second stage
    cdef tuple holding          # and what is looked for there
    cdef Sought sought
    cdef tuple alike
    cdef double tolerance
    cdef int64_t work           # of finding, but for words of which nobody knows how many have them
    cdef bint is_priced
    cdef int64_t fixed          # of the second stage, and of each document in it
    cdef int64_t each


cdef class Answering:
    """Answers questions over one index. Shared by threads, which hold the GIL.

    ``scorer``, ``paging`` and ``shelf``: of the index; ``hits`` and ``answers`` make these, each of
    the latter with what it has ``of_none``, no counts: facets, their totals, the histogram, and
    what has no date. ``generation``: its name. ``relevance``, ``off``: the order by relevance, and no articles
    with some of the words. ``day``: in microseconds; of ``begins``: the ordinal number of a day
    times that, less this, is when it begins, and moments since 1970 are counted so much later.
    ``term`` and ``compared``: what budgets count for a term and for a document. ``clock``: seconds.

    ``planned``: keeps plans by text, whether words are corrected, and day, in which ``texts`` are
    read and ``planner`` plans what is not there yet; None of these where no text is taken at once.
    ``corrects``: whether words may be corrected at all; ``order``: the checksum of the ranking
    that cursors are sealed with. ``most``: the work that reading a text, finding and the page may
    cost. ``deleted``: whether some articles are.

    ``steps`` does what is rare, one by one: see ``search.local.page.at_once.Steps``.
    """

    cdef Scorer _scorer
    cdef Paging _paging
    cdef Shelf _shelf
    cdef Maker _hits
    cdef Maker _answers
    cdef tuple _of_none
    cdef str _generation
    cdef object _relevance
    cdef object _off
    cdef int64_t _day
    cdef int64_t _begins
    cdef int64_t _since
    cdef int64_t _term
    cdef int64_t _compared
    cdef object _clock
    cdef object _steps
    cdef object _shown
    cdef Memo _planned
    cdef Texts _texts
    cdef Planner _planner
    cdef bint _corrects
    cdef uint32_t _order
    cdef int64_t _reading
    cdef int64_t _finding
    cdef int64_t _of_page
    cdef bint _deleted

    def __cinit__(
        self, Scorer scorer not None, Paging paging not None, Shelf shelf not None,
        Maker hits not None, Maker answers not None, *, tuple of_none not None,
        str generation not None, relevance, off, int64_t day, tuple begins not None,
        int64_t term, int64_t compared, clock not None, steps not None, Memo planned, Texts texts, Planner planner, bint corrects, uint32_t order,
        tuple most not None, bint deleted,
    ):
        if answers.size != FIELDS or len(of_none) != 4 or hits.apart != 6:
            raise ValueError("answers and hits have other fields")
        if day <= 0:
            raise ValueError("a day is longer")
        if planned is not None and (texts is None or planner is None):
            raise TypeError("plans are kept of what reads texts and plans them")
        self._scorer, self._paging, self._shelf = scorer, paging, shelf
        self._hits, self._answers = hits, answers
        self._of_none, self._generation = of_none, generation
        self._relevance, self._off = relevance, off
        self._day, self._term, self._compared = day, term, compared
        self._begins, self._since = begins
        self._clock, self._steps, self._shown = clock, steps, steps.shown
        self._planned, self._texts, self._planner = planned, texts, planner
        self._corrects, self._order, self._deleted = corrects, order, deleted
        self._reading, self._finding, self._of_page = most

    def search(self, request not None, double started):
        """The answer without facets to a plain text, as the request asks for, its cursor sealed.

        Where more is to be done with it, a tuple: the answer with its cursor as it is, its plan and
        what is left of its budget. Where the steps must be taken one by one, what is left of that
        alone, by whose time they are bounded, or None where nothing was done yet. ``started``: when the question came, by the ``clock``. Raises ``FileDamaged``.
        """
        cdef Budget whole, finding
        cdef Planned plan
        cdef object suggestion = None
        cdef bint correct
        if self._planned is None or not self._is_for_this(request):
            return None
        correct = request.correct
        whole = budget_of(<double>request.budget_ms / 1000)
        plan = self._plan_of(request, correct and self._corrects, whole)
        if plan is None:
            return whole
        if plan.offers_nothing is not True and request.offering:
            suggestion = self._steps.suggestion(plan, whole)
        finding = whole.part_of(self._finding)
        response = self._found(
            request, plan, whole, finding, whole.part_of(self._of_page), suggestion, started
        )
        if response is None:
            return whole
        if suggestion is not None or plan.offers or not correct or (
            self._deleted and not response.total
        ):
            return response, plan, whole
        if response.next_cursor is not None:
            response.next_cursor = self._sealed(response.next_cursor, plan.text)
        return response

    cdef Planned _plan_of(self, request, bint correct, Budget whole):
        """The plan of a text; None where no kernel plans it."""
        cdef str text = request.query
        cdef tuple key = (text, correct, request.today)
        cdef Budget part
        cdef Planned plan
        known = self._planned.find(key)
        if known is not None:
            if not isinstance(known, Planned):
                return None
            plan = <Planned>known
            whole.partial |= plan.cut
            return plan
        part = whole.part_of(self._reading)
        found = self._texts.of_text(text, part)
        if type(found) is not Composed:
            return None
        plan = self._planner.plan_of(key, <Composed>found, part, whole)
        if not plan.late:
            self._planned.keep(key, plan, plan.nbytes)
        return plan

    cdef str _sealed(self, str cursor, str text):
        """A cursor with what is asked, and in which order: see ``search.cursor.seal``."""
        cdef Py_ssize_t size = 0, at
        cdef const char *letters = letters_of(text, &size)
        cdef uint32_t state = ~self._order
        cdef int bit
        for at in range(size):
            state ^= <uint8_t>letters[at]
            for bit in range(8):
                state = (state >> 1) ^ (POLYNOMIAL if state & 1 else 0)
        return formatted(b"%U%08x", <PyObject *>cursor, ~state)

    def of(
        self, request not None, plan not None, Budget whole not None, Budget finding not None,
        Budget of_page not None, suggestion, double started,
    ):
        """The answer without facets; None where the steps must be taken one by one.

        Then nothing was counted. The budgets are what is left of the ``whole``, and what ``finding``
        and the page may cost; ``started``: when the question came, by ``clock``. Raises
        ``FileDamaged``.
        """
        if not self._is_for_this(request):
            return None
        return self._found(request, plan, whole, finding, of_page, suggestion, started)

    cdef object _found(
        self, request, plan, Budget whole, Budget finding, Budget of_page, suggestion,
        double started,
    ):
        """The same of a request for the best articles alone."""
        cdef list documents, scores, complete, unknown
        cdef object few = (), same = 0, total, partial, entered, following, alone, lacking
        cdef Py_ssize_t number, size
        cdef Word word
        cdef Wanted wanted
        if finding.partial or finding._counted:
            return None
        wanted = self._wanted(plan)
        if wanted is None:
            return None
        unknown = self._lasts(wanted, finding, of_page)
        if unknown is None:
            return None
        number, size = request.page, request.per_page
        if not (0 < number <= MOST and 0 < size <= MOST and (number - 1) * size <= MOST):
            raise ValueError("as many as are there are asked for")
        total, partial, documents, scores, complete, entered, following, alone, lacking = (
            self._paging.of_words(
                self._scorer, wanted.words, wanted.loose, wanted.may, plan.complete_first,
                (number - 1) * size, size, self._now(request.today), wanted.entering,
                wanted.holding, wanted.sought, wanted.alike, wanted.tolerance,
            )
        )
        finding.work += wanted.work
        for word in unknown:
            finding.work += self._compared * word.documents
        if total or partial:
            of_page.work += wanted.fixed + wanted.each * <int64_t>entered
        if not (wanted.words and wanted.loose):
            total, partial = total or partial, 0
        of_page.partial = whole.partial
        if complete is not None and plan.spares_words:
            if False in complete and self._pays(of_page, len(wanted.words), len(documents)):
                if lacking is None:
                    few = self._steps.lacking(plan, documents, complete)
                else:
                    few = (<Lacking?>plan.lacking).told(lacking)
            complete = None
        if complete is not None or not alone:
            few, same = self._steps.beside(
                plan, finding, of_page, (total, partial), documents, complete, few
            )
        return self._answer(
            request, plan, of_page, suggestion, started, documents, scores, few, same, total,
            partial, following,
        )

    cdef bint _is_for_this(self, request) except -1:
        """Whether the best articles are all that is asked for."""
        if request.restricted or request.explain or request.collapse:
            return False
        if request.sort is not self._relevance or request.partial is self._off:
            return False
        return request.cursor is None and request.recency is None

    cdef Wanted _wanted(self, plan):
        """What the page is made of; None where words are not ready, or the stage is another's."""
        cdef Wanted found = Wanted.__new__(Wanted)
        cdef Planned planned
        cdef Composed composed
        cdef tuple stage
        if isinstance(plan, Planned) and (<Planned>plan).by is not None:
            planned = <Planned>plan
            composed = planned.composed
            if planned.by.scorer is not self._scorer:
                return None
            found.words, found.loose, found.may = composed.words, composed.loose, ()
            found.uncounted, found.work = composed.uncounted, composed.reading
            found.entering, found.holding = planned.candidates, planned.held
            found.sought, found.alike = planned.sought, ()
            if found.sought is not None:
                found.alike, found.tolerance = composed.alike, planned.tolerance
            found.is_priced, found.fixed, found.each = (
                planned.is_priced, planned.fixed, planned.each
            )
            return found
        ready, stage = self._steps.ready(plan), plan.stage
        if ready is None or stage is None:
            return None
        if ready.scorer is not self._scorer:
            raise ValueError("words are of another index")
        found.words, found.loose, found.may = ready.words
        found.uncounted, found.work = ready.uncounted, ready.work
        found.entering, found.holding, found.sought, found.alike, found.tolerance = stage
        price = self._steps.price(plan, ready)
        if price is not None:
            found.is_priced = True
            found.fixed, found.each = price
        if None in (found.words, found.loose, found.may, found.uncounted, found.holding, found.alike):
            raise TypeError("a plan has words, and what is looked for")
        return found

    cdef list _lasts(self, Wanted wanted, Budget finding, Budget of_page):
        """The words of which nobody knows how many have them; None where the budgets do not last."""
        cdef list unknown = []
        cdef Py_ssize_t at
        cdef Word word
        for at in range(len(wanted.uncounted)):
            word = <Word?><object>in_tuple(wanted.uncounted, at)
            if word.documents < 0:
                unknown.append(word)
            else:
                wanted.work += self._compared * word.documents
        # Of a holding no more enter than of all the rest.
        if wanted.is_priced and not of_page.suffices(
            wanted.fixed + wanted.each * wanted.entering * (1 + len(wanted.holding))
        ):
            return None
        if not finding.suffices(wanted.work + self._compared * self._scorer.size * len(unknown)):
            return None
        return unknown

    cdef int64_t _now(self, today) except? -1:
        """The moment of the day that is nearest to now: see ``search.local.page.order``."""
        cdef int64_t begins = max(<int64_t>today.toordinal() * self._day - self._begins, 0)
        cdef int64_t now = microseconds_since_1970() + self._since
        return min(max(now, begins), begins + self._day - 1)

    cdef bint _pays(self, Budget budget, Py_ssize_t words, Py_ssize_t documents):
        """Count that words, which may lack, are looked for in documents; whether that lasts."""
        budget.work += (self._term + self._compared * documents) * words
        return not budget.is_spent()

    cdef object _answer(
        self, request, plan, Budget of_page, suggestion, double started, list documents,
        list scores, few, same, total, partial, following
    ):
        """The answer of what was found."""
        cdef tuple hits, notes = (), columns
        cdef object corrected = None, unmarked = False, is_partial = False, offers = (), query
        cdef object listed = total + partial if partial else total, question = plan.question
        cdef object number = request.page, size = request.per_page, none = self._of_none, took
        cdef PyObject *values[FIELDS]
        query = request.query
        if request.snippets or request.bodies or (few and question.times):
            hits, unmarked = self._steps.hits(
                request, plan, of_page, documents, scores, few, same
            )
        else:
            columns = ("", scores, few, same, None, "")
            hits = self._hits.rows(self._shelf.of(documents, self._shown), columns)
        if (
            not total or of_page.partial or unmarked or plan.offers or request.notes
            or question.notes or not _is_as_typed(query, question.text)
        ):
            corrected, notes, is_partial, offers = self._steps.told(
                request, plan, (total, partial, listed), of_page.partial, unmarked
            )
        took = (<double>self._clock() - started) * 1000
        values[:] = [
            <PyObject *>query, <PyObject *>corrected, <PyObject *>total, <PyObject *>partial,
            <PyObject *>listed, <PyObject *>took, <PyObject *>number, <PyObject *>size,
            <PyObject *>following, <PyObject *>hits, in_tuple(none, 0), in_tuple(none, 1),
            in_tuple(none, 2), in_tuple(none, 3), <PyObject *>suggestion, <PyObject *>notes,
            <PyObject *>question, <PyObject *>is_partial, <PyObject *>self._generation,
            <PyObject *>offers,
        ]
        return self._answers.of(values)


cdef bint _is_as_typed(str query, str searched):
    """Whether a question is what was typed, and that has nothing but ASCII."""
    return query.isascii() and (searched is query or searched == query)
