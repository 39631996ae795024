"""A page of candidates by relevance: which enter the second stage, what they gain, who is first then.

The compiled twin of ``search.local.page``: ``entering``, ``order`` and ``scoring.features`` in one
call, for pages without a cursor, ages or folded texts; and with finding the candidates, where they
are the best that a query's words find.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t
from libc.string cimport memcpy, memset

import numpy as np

from index.kernels.candidates cimport Sought, lift_held
from index.kernels.chunks cimport Search
from index.kernels.cursors cimport cursor_of
from index.kernels.holding cimport Held
from index.kernels.ordering cimport Keys, choose, select
from index.kernels.scoring cimport Question, Room, Scorer, write_ascending

cdef enum:
    BY_RELEVANCE = 0        # the number of this order among ``Sort``
    MOST = 1 << 30          # pages begin no later, and are no longer
    TOLD = 8                # words of which it is told whether they are lacking, a bit each


cdef class Lacking:
    """Which of a question's words hits lack, by the numbers that ``page_of_words`` gives.

    ``texts``: how the words were typed. Shared by threads, which hold the GIL.
    """

    def __cinit__(self, tuple texts not None):
        self._texts, self._known = texts, {0: ()}

    def of(self, list every not None):
        """Of each of the numbers the texts. Raises OverflowError where one is no byte."""
        return self.told(every)

    cdef list told(self, list every):
        cdef list found = [], some
        cdef Py_ssize_t at
        cdef uint8_t bits
        for number in every:
            told = self._known.get(number)
            if told is None:
                bits, some = number, []
                for at in range(min(len(self._texts), <Py_ssize_t>TOLD)):
                    if bits >> at & 1:
                        some.append(self._texts[at])
                told = self._known[number] = tuple(some)
            found.append(told)
        return found


cdef class Paging:
    """Pages of an index whose documents have ``dates``, and ``numbers`` by which equals ascend.

    (N,) int64 and uint32. ``several``: (N,) bytes, not 0 of documents that are not the only ones with
    their text. Shared by threads. Raises ValueError where these are not as many.
    """

    def __cinit__(
        self, const int64_t[::1] dates not None, const uint32_t[::1] numbers not None,
        const uint8_t[::1] several not None,
    ):
        if dates.shape[0] != numbers.shape[0]:
            raise ValueError("each document has its keys")
        if several.shape[0] != dates.shape[0]:
            raise ValueError("of each document it is said whether it is the only one")
        self.dates, self.numbers, self.several = dates, numbers, several

    def page(
        self, const int32_t[::1] documents not None, const double[::1] scores not None, complete,
        bint complete_first, Py_ssize_t start, Py_ssize_t size, int64_t now, Py_ssize_t most=0,
        tuple holding=(), Sought sought=None, tuple words=(), double tolerance=0.0,
    ):
        """Up to ``size`` candidates from ``start`` on in order: the page that begins there.

        ``documents``, ascending, ``scores`` and ``complete``, which have all words, or None: (n,)
        each. ``complete_first``: those come before the others. ``now``: see ``search.cursor``. The
        best ``most`` enter the second stage, and as many of each ``holding``: (documents, what they
        gain), (k,) int32, ascending, or a ``Held``. ``sought``, ``words`` and ``tolerance`` as in
        ``Sought.raised``; None without them.

        Lists: documents, scores, whether these have all words, or None; how many entered; the
        cursor to the next page, or None; whether each is the only one with its text. Raises
        IndexError where there is no such candidate, ValueError where documents do not ascend, and
        as ``Sought.raised`` does.
        """
        cdef Candidates found
        cdef const uint8_t[::1] flags = None
        cdef Py_ssize_t count = documents.shape[0]
        if complete is not None:
            flags = complete.view("u1")
        if scores.shape[0] != count or (flags is not None and flags.shape[0] != count):
            raise ValueError("each candidate has a score")
        need_numbers(start, size, most)
        memset(&found, 0, sizeof(Candidates))
        try:
            take_holdings(&found, holding)
            make_room(&found, count, most, start + size + 1)
            if count:
                memcpy(found.documents, &documents[0], count * sizeof(int32_t))
                self._need(found.documents, count)
                memcpy(found.scores, &scores[0], count * sizeof(double))
                if flags is not None:
                    memcpy(found.complete, &flags[0], count)
            return self._page(
                &found, flags is not None, complete_first, start, size, now, most, sought, words,
                tolerance,
            )
        finally:
            leave_room(&found)

    def page_of_words(
        self, Scorer scorer not None, tuple words not None, tuple loose not None,
        tuple optional not None, bint complete_first, Py_ssize_t start, Py_ssize_t size,
        int64_t now, Py_ssize_t most=0, tuple holding=(), Sought sought=None, tuple alike=(),
        double tolerance=0.0,
    ):
        """How many documents have all words, how many only some, and as ``page`` of the best of these.

        ``words``, ``loose`` and ``optional``: of ``scorer``, as ``Scorer.search`` takes them; so many
        are found as may be on the page. ``complete_first``: in finding, too. ``alike``: the ``words``
        of ``page``.

        And a list of what each lacks: of the first of the words 1, of the second 2, and so on; None
        where nothing is lacking, or where words and optional ones are more than eight, or words are
        others when loose.

        Where as much of a holding as may enter is not among the best, the rest of it is asked about,
        and is a candidate where it matches. Raises as ``page`` does.
        """
        return self.of_words(
            scorer, words, loose, optional, complete_first, start, size, now, most, holding, sought,
            alike, tolerance,
        )

    cdef tuple of_words(
        self, Scorer scorer, tuple words, tuple loose, tuple optional, bint complete_first,
        Py_ssize_t start, Py_ssize_t size, int64_t now, Py_ssize_t most, tuple holding,
        Sought sought, tuple alike, double tolerance
    ):
        cdef Candidates found
        cdef Search search
        cdef Question question
        cdef Room room
        cdef Py_ssize_t count, at, number, more = 0, total = 0, partial = 0
        cdef uint8_t every
        cdef bint graded = bool(words) and bool(loose), told = False
        cdef list lacking = None
        cdef Holding *one
        need_numbers(start, size, most)
        if scorer.size > self.dates.shape[0]:
            raise ValueError("dates are of other documents")
        question = Question(scorer, words, loose, optional)
        memset(&search, 0, sizeof(Search))
        memset(&found, 0, sizeof(Candidates))
        try:
            take_holdings(&found, holding)
            count = min(most, scorer.size) + (found.held_by > 0)
            for at in range(found.held_by):
                more += found.holdings[at].size
                count += min(found.holdings[at].size, most)
            # Beside as many of each holding ``most`` are among so many, and so is the best that is of
            # none, above which those are lifted.
            count = max(start + size + 1, count)
            room = scorer.look(question, &search, count, complete_first, 0, &total, &partial)
            number = room.found.length
            make_room(&found, number + more, most, start + size + 1)
            found.size = number
            write_ascending(&room.found, found.documents, found.scores, found.complete)
            if graded and question.same and question.number <= TOLD:
                told, every = True, <uint8_t>((1 << len(words)) - 1)
                for at in range(number):
                    found.lacks[at] = every & ~room.marks[found.documents[at]]
            scorer.leave(room)
            # Else the best of it enter, and what is not among the best of all is not shown. Of those
            # that join by another holding this cannot be told: none joins before all are asked.
            for at in range(found.held_by):
                one = &found.holdings[at]
                one.lacks = _among(&found, one) < min(one.size, most)
            for at in range(found.held_by):
                one = &found.holdings[at]
                if one.lacks:
                    told &= _join(&found, one, scorer, words, loose, optional)
            if graded:
                for at in range(found.size):
                    if not found.complete[at]:
                        break
                else:
                    graded = False
            page = self._page(
                &found, graded, complete_first, start, size, now, most, sought, alike, tolerance
            )
            if graded and told:
                number = min(start + size, found.size)
                lacking = [found.lacks[found.order[at]] for at in range(start, number)]
            return total, partial, *page, lacking
        finally:
            leave_room(&found)

    cdef tuple _page(
        self, Candidates *found, bint graded, bint complete_first, Py_ssize_t start, Py_ssize_t size,
        int64_t now, Py_ssize_t most, Sought sought, tuple words, double tolerance
    ):
        """What ``page`` gives of candidates; ``graded``: whether some may lack words."""
        cdef Keys keys
        cdef Py_ssize_t at, place, stop = min(start + size, found.size)
        cdef list shown = [], reached = [], having = [] if graded else None
        cdef str following = None
        cdef bint alone = True
        if not found.size:
            return shown, reached, having, 0, None, True
        keys = Keys(
            found.documents, found.scores, NULL, NULL, &self.dates[0], &self.numbers[0]
        )
        if complete_first and graded:
            keys.leading = found.complete
        if most:
            _enter(found, &keys, min(most, found.size))
            _gain(found, sought, words, tolerance)
            for at in range(found.held_by):
                _lift(found, &keys, &found.holdings[at])
        with nogil:
            select(&keys, NULL, found.size, found.order, min(stop + 1, found.size))
        for at in range(start, stop):
            place = found.order[at]
            shown.append(found.documents[place])
            reached.append(found.scores[place])
            alone &= self.several[found.documents[place]] == 0
            if graded:
                having.append(found.complete[place] != 0)
        if start < stop < found.size:
            place = found.order[stop - 1]
            following = cursor_of(
                BY_RELEVANCE, <uint32_t>(start // size + 2), found.scores[place],
                self.dates[found.documents[place]], self.numbers[found.documents[place]], now,
                keys.leading == NULL or keys.leading[place], <uint32_t>stop,
            )
        return shown, reached, having, found.count, following, alone

    cdef int _need(self, const int32_t *documents, Py_ssize_t size) except -1:
        """Raise unless documents ascend and are there."""
        need_ascending(documents, size)
        if (documents[0] < 0 or documents[size - 1] >= self.dates.shape[0]):
            raise IndexError("no such document")
        return 0


cdef int need_numbers(Py_ssize_t start, Py_ssize_t size, Py_ssize_t most) except -1:
    if most < 0 or not 0 <= start <= MOST or not 0 < size <= MOST:
        raise ValueError("as many as are there are asked for")
    return 0


cdef int need_ascending(const int32_t *documents, Py_ssize_t size) except -1:
    cdef Py_ssize_t at
    cdef bint falls = False
    for at in range(1, size):
        falls |= documents[at - 1] >= documents[at]
    if falls:
        raise ValueError("documents do not ascend")
    return 0


cdef int take_holdings(Candidates *found, tuple holding) except -1:
    """Copy what is held, once: others may write to it, or have it another size, meanwhile."""
    cdef const int32_t[::1] documents
    cdef Held held
    cdef Holding *one
    cdef const int32_t *first
    if not holding:
        return 0
    found.holdings = <Holding *>PyMem_Calloc(len(holding), sizeof(Holding))
    if found.holdings == NULL:
        raise MemoryError
    for each in holding:
        one = &found.holdings[found.held_by]
        if isinstance(each, Held):
            held = <Held>each
            one.size, one.part = held.rows.length, held.part
            first = <const int32_t *>held.rows.items
        else:
            documents, one.part = each
            one.size = documents.shape[0]
            first = &documents[0] if one.size else NULL
        one.documents = <int32_t *>PyMem_Malloc((one.size + 1) * sizeof(int32_t))
        if one.documents == NULL:
            raise MemoryError
        found.held_by += 1
        if one.size:
            memcpy(one.documents, first, one.size * sizeof(int32_t))
            need_ascending(one.documents, one.size)
    return 0


cdef int make_room(
    Candidates *found, Py_ssize_t size, Py_ssize_t most, Py_ssize_t stop
) except -1:
    """Make room for so many candidates, of which as many enter as ``_enter`` lets in; once."""
    cdef Py_ssize_t at, held = 0, room, ordered
    most = min(most, size)
    for at in range(found.held_by):
        held += min(found.holdings[at].size, most)
    room = min(size, most + held)
    ordered = max(room, min(stop, size))
    found.size = size
    found.scores = <double *>PyMem_Malloc(
        (size + 2 * room + 1) * sizeof(double)
        + (room + ordered + 1) * sizeof(Py_ssize_t)
        + (room + size + 1) * sizeof(int32_t)
    )
    found.marks = <uint8_t *>PyMem_Calloc(3 * size + room + 1, 1)
    if found.scores == NULL or found.marks == NULL:
        raise MemoryError
    found.reached = found.scores + size
    found.gained = found.reached + room
    found.places = <Py_ssize_t *>(found.gained + room)
    found.order = found.places + room
    found.chosen = <int32_t *>(found.order + ordered)
    found.documents = found.chosen + room
    found.held = found.marks + size
    found.complete = found.held + room
    found.lacks = found.complete + size
    return 0


cdef void leave_room(Candidates *found) noexcept:
    cdef Py_ssize_t at
    for at in range(found.held_by):
        PyMem_Free(found.holdings[at].documents)
    PyMem_Free(found.holdings)
    PyMem_Free(found.scores)
    PyMem_Free(found.marks)


cdef Py_ssize_t _among(const Candidates *found, const Holding *holding) noexcept:
    """How many of a holding are candidates."""
    cdef Py_ssize_t at, place = 0, number = 0
    for at in range(holding.size):
        while place < found.size and found.documents[place] < holding.documents[at]:
            place += 1
        number += place < found.size and found.documents[place] == holding.documents[at]
    return number


cdef bint _join(
    Candidates *found, const Holding *holding, Scorer scorer, tuple words, tuple loose, tuple optional
) except -1:
    """Make candidates of what matches of a holding; there is room. Whether all have all words."""
    cdef Py_ssize_t at, row, number = 0, place = 0, first = len(words), second = first + len(loose)
    cdef Py_ssize_t last = second + len(optional)
    cdef double strict, some, both
    cdef bint complete, matches, all_complete = True
    missing = np.empty(holding.size, np.int32)
    cdef int32_t[::1] numbers = missing
    for at in range(holding.size):
        while place < found.size and found.documents[place] < holding.documents[at]:
            place += 1
        if place == found.size or found.documents[place] != holding.documents[at]:
            numbers[number] = holding.documents[at]
            number += 1
    given, having = scorer.word_scores((*words, *loose, *optional), missing[:number])
    cdef const double[:, ::1] scores = given
    cdef const uint8_t[:, ::1] flags = having.view(np.uint8)
    cdef Py_ssize_t left = found.size, kept = 0
    cdef double[::1] worth = np.empty(number)
    cdef uint8_t[::1] whole = np.empty(number, np.uint8)
    for at in range(number):
        strict = some = both = 0.0
        complete, matches = first > 0, False
        for row in range(first):
            complete &= flags[row, at] != 0
            strict += scores[row, at]
        for row in range(first, second):
            matches |= flags[row, at] != 0
            some += scores[row, at]
        for row in range(second, last):
            both += scores[row, at]
        if complete or matches:
            numbers[kept], whole[kept] = numbers[at], complete
            worth[kept] = (strict if complete else some) + both
            all_complete &= complete
            kept += 1
    found.size = place = left + kept
    while kept:
        place -= 1
        if left and found.documents[left - 1] > numbers[kept - 1]:
            left -= 1
            found.documents[place], found.scores[place] = found.documents[left], found.scores[left]
            found.complete[place], found.lacks[place] = found.complete[left], found.lacks[left]
        else:
            kept -= 1
            found.documents[place], found.scores[place] = numbers[kept], worth[kept]
            found.complete[place], found.lacks[place] = whole[kept], 0
    return all_complete


cdef int _enter(Candidates *found, const Keys *keys, Py_ssize_t most) except -1:
    """Say which candidates enter: the best ``most``, and as many of each holding."""
    cdef Py_ssize_t at, inside, one
    if found.size <= most:
        for at in range(found.size):
            found.places[at] = at
        found.count = found.size
    else:
        choose(keys, NULL, found.size, found.order, most)
        for at in range(most):
            found.marks[found.order[at]] = 1
        for one in range(found.held_by):
            inside = _inside(found, keys, &found.holdings[one], most)
            for at in range(inside):
                found.marks[found.order[at]] = 1
        for at in range(found.size):
            found.places[found.count] = at
            found.count += found.marks[at]
            found.marks[at] = 0
    for at in range(found.count):
        found.chosen[at] = found.documents[found.places[at]]
        found.reached[at] = found.scores[found.places[at]]
    return 0


cdef Py_ssize_t _inside(
    Candidates *found, const Keys *keys, const Holding *holding, Py_ssize_t most
) except -1:
    """Write to ``order`` the best ``most`` of the candidates that are of a holding; their number."""
    cdef Py_ssize_t at, place = 0, number = 0
    cdef Py_ssize_t *among = <Py_ssize_t *>PyMem_Malloc(
        (min(holding.size, found.size) + 1) * sizeof(Py_ssize_t)
    )
    if among == NULL:
        raise MemoryError
    for at in range(holding.size):
        while place < found.size and found.documents[place] < holding.documents[at]:
            place += 1
        if place == found.size:
            break
        if found.documents[place] == holding.documents[at]:
            among[number] = place
            number += 1
            place += 1
    most = min(most, number)
    choose(keys, among, number, found.order, most)
    PyMem_Free(among)
    return most


cdef int _gain(Candidates *found, Sought sought, tuple words, double tolerance) except -1:
    """Give those that enter what pairs of stems and words that are alike do."""
    cdef Py_ssize_t at
    cdef double *rows
    if sought is None or not found.count:
        return 0
    rows = <double *>PyMem_Malloc((sought.together + 1) * found.count * sizeof(double))
    if rows == NULL:
        raise MemoryError
    try:
        sought.lift(found.chosen, found.count, words, tolerance, rows, found.reached)
    finally:
        PyMem_Free(rows)
    for at in range(found.count):
        found.scores[found.places[at]] = found.reached[at]
    return 0


cdef void _lift(Candidates *found, const Keys *keys, const Holding *holding) noexcept:
    """Lift those that enter and are of a holding above all others."""
    cdef Py_ssize_t at, place = 0
    for at in range(found.count):
        while place < holding.size and holding.documents[place] < found.chosen[at]:
            place += 1
        found.held[at] = place < holding.size and holding.documents[place] == found.chosen[at]
        found.gained[at] = 0.0
    lift_held(
        found.scores, keys.leading, found.size, found.places, found.held, found.count, holding.part,
        found.marks, found.gained,
    )
