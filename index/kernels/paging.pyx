"""A page of candidates by relevance: which enter the second stage, what they gain, who is first then.

The compiled twin of ``search.local.page``: ``entering``, ``order`` and ``scoring.features`` in one
call, for pages without a cursor, ages or folded texts; and with finding the candidates, where they
are the best that a query's words find.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject
from libc.stdint cimport int32_t, int64_t, uint8_t, uint32_t
from libc.string cimport memcpy, memset

from index.kernels.candidates cimport Sought, lift_held
from index.kernels.chunks cimport Search
from index.kernels.cursors cimport cursor_of
from index.kernels.ordering cimport Keys, choose, select
from index.kernels.pages cimport (
    Candidates, Holding, leave_room, make_room, need_ascending, take_holdings,
)
from index.kernels.prefetching cimport prefetch_line
from index.kernels.scoring cimport Question, Room, Scorer, write_ascending
from index.kernels.slotted cimport in_list, in_tuple, packed, put
from index.kernels.word cimport Word

cdef enum:
    BY_RELEVANCE = 0        # the number of this order among ``Sort``
    MOST = 1 << 30          # pages begin no later, and are no longer
    TOLD = 8                # words of which it is told whether they are lacking, a bit each

cdef struct Joining:            # of a holding: (number,) each
    Py_ssize_t number
    int32_t *documents      # ascending
    uint32_t *within        # room for them
    double *scores          # of a word
    uint8_t *having         # whether they have it


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
        cdef list found = [None] * len(every), some     # as hashing may run other code
        cdef Py_ssize_t at, place
        cdef uint8_t bits
        for place in range(len(found)):
            number = <object>in_list(every, place)
            told = self._known.get(number)
            if told is None:
                bits, some = number, []
                for at in range(min(len(self._texts), <Py_ssize_t>TOLD)):
                    if bits >> at & 1:
                        some.append(self._texts[at])
                told = self._known[number] = tuple(some)
            put(found, place, told)
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
        cdef tuple page
        cdef object every_, some
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
                number = max(min(start + size, found.size) - start, 0)
                lacking = [None] * number
                for at in range(number):
                    put(lacking, at, found.lacks[found.order[start + at]])
            every_, some = total, partial
            return packed(
                9, <PyObject *>every_, <PyObject *>some, in_tuple(page, 0), in_tuple(page, 1),
                in_tuple(page, 2), in_tuple(page, 3), in_tuple(page, 4), in_tuple(page, 5),
                <PyObject *>lacking,
            )
        finally:
            leave_room(&found)

    cdef tuple _page(
        self, Candidates *found, bint graded, bint complete_first, Py_ssize_t start, Py_ssize_t size,
        int64_t now, Py_ssize_t most, Sought sought, tuple words, double tolerance
    ):
        """What ``page`` gives of candidates; ``graded``: whether some may lack words."""
        cdef Keys keys
        cdef Py_ssize_t at, place, stop = min(start + size, found.size)
        cdef Py_ssize_t number = max(stop - start, 0)
        # Other threads may look at all objects meanwhile.
        cdef list shown = [None] * number, reached = [None] * number
        cdef list having = [None] * number if graded else None
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
        for at in range(number):
            prefetch_line(&self.several[found.documents[found.order[start + at]]])
        for at in range(number):
            place = found.order[start + at]
            put(shown, at, found.documents[place])
            put(reached, at, found.scores[place])
            alone &= self.several[found.documents[place]] == 0
            if graded:
                put(having, at, True if found.complete[place] else False)
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
    cdef Py_ssize_t at, number = 0, place = 0, left = found.size, kept = 0
    cdef bint all_complete = True
    cdef void *block = PyMem_Calloc(
        holding.size + 1, 4 * sizeof(double) + 2 * sizeof(uint32_t) + 3
    )
    cdef double *strict = <double *>block
    cdef double *some = strict + holding.size
    cdef double *both = some + holding.size
    cdef Joining joining
    if block == NULL:
        raise MemoryError
    joining.scores = both + holding.size
    joining.documents = <int32_t *>(joining.scores + holding.size)
    joining.within = <uint32_t *>(joining.documents + holding.size)
    joining.having = <uint8_t *>(joining.within + holding.size)
    cdef uint8_t *lacks = joining.having + holding.size
    cdef uint8_t *matches = lacks + holding.size
    cdef int32_t *numbers = joining.documents
    try:
        for at in range(holding.size):
            while place < found.size and found.documents[place] < holding.documents[at]:
                place += 1
            if place == found.size or found.documents[place] != holding.documents[at]:
                numbers[number] = holding.documents[at]
                number += 1
        if not number:
            return True
        if numbers[0] < 0 or numbers[number - 1] >= scorer.size:
            raise IndexError("no such document")
        joining.number = number
        for at in range(len(words)):
            _add_word(&joining, scorer, <Word><object>in_tuple(words, at), strict, lacks, NULL)
        for at in range(len(loose)):
            _add_word(&joining, scorer, <Word><object>in_tuple(loose, at), some, NULL, matches)
        for at in range(len(optional)):
            _add_word(&joining, scorer, <Word><object>in_tuple(optional, at), both, NULL, NULL)
        for at in range(number):
            lacks[at] |= not words
            if not lacks[at] or matches[at]:
                # Not before where they are read.
                numbers[kept], lacks[kept] = numbers[at], lacks[at]
                strict[kept] = (some[at] if lacks[at] else strict[at]) + both[at]
                all_complete &= not lacks[at]
                kept += 1
        _put_among(found, numbers, strict, lacks, kept)
    finally:
        PyMem_Free(block)
    return all_complete


cdef void _add_word(
    const Joining *joining, Scorer scorer, Word word, double *scores, uint8_t *lacks, uint8_t *matches
) noexcept:
    """Add what a word scores at documents, and note which lack it and which match by it."""
    cdef Py_ssize_t at
    memset(joining.scores, 0, joining.number * sizeof(double))
    memset(joining.having, 0, joining.number)
    scorer.add_word(
        word, joining.documents, joining.number, joining.within, joining.scores, joining.having
    )
    for at in range(joining.number):
        scores[at] += joining.scores[at]
        if lacks != NULL:
            lacks[at] |= joining.having[at] == 0
        if matches != NULL:
            matches[at] |= joining.having[at]


cdef void _put_among(
    Candidates *found, const int32_t *numbers, const double *worth, const uint8_t *lacks,
    Py_ssize_t kept
) noexcept:
    """Make candidates of documents that ascend."""
    cdef Py_ssize_t left = found.size, place
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
            found.complete[place], found.lacks[place] = lacks[kept] == 0, 0


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
