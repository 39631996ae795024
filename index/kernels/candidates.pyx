"""The second stage of the few best articles: what words give each, which are neighbours, alike.

The compiled twin of ``search.local.scoring.features``: the same floats, computed in the same order
and width. A term is scored as ``search.local.weighting.BM25`` does, but only in the articles that
are asked about.
"""

include "source.pxi"

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from libc.math cimport fabs, log
from libc.stdint cimport int32_t, uint8_t, uint64_t
from libc.string cimport memcpy

import numpy as np

from index.kernels.postings cimport Field
from index.kernels.searching cimport item, lower_bound, total
from index.kernels.sections cimport View

cdef int OPENING = 64

cdef struct Lead:
    # What a word gains at position p: near / (p + near_half) + far / (p + far_half).
    float near
    float near_half
    float far
    float far_half

cdef struct Run:
    # The postings of a term in one segment, and, where it opens articles, its positions.
    Py_ssize_t segment
    const float *norms          # of all documents
    const uint8_t *documents
    const uint8_t *times        # NULL where all are 1
    const uint8_t *first        # NULL where it is no matter how early the term stands
    const uint8_t *positions
    Py_ssize_t start
    Py_ssize_t stop
    Py_ssize_t first_position
    Py_ssize_t last_position
    float factor
    int width
    int times_width
    int first_width
    int positions_width

cdef struct Both:
    # Two stems, the second so many tokens behind the first, and what that is worth.
    Py_ssize_t first
    Py_ssize_t second
    Py_ssize_t step
    double worth


cdef class Texts:
    """The fields of text of a snapshot with what their lengths do to scores (see ``rows``)."""

    cdef dict fields
    cdef list kept
    cdef dict norms
    cdef list bases
    cdef Py_ssize_t size
    cdef str leading
    cdef Lead lead
    cdef bint leads

    def __cinit__(self, dict fields not None, dict norms not None, list bases not None,
                  Py_ssize_t size, str leading not None, tuple lead):
        # ``fields``: of each name and segment a Field or None; ``norms``: (size,) float32 of each
        # name; ``leading``: the field of openings, in which ``lead`` counts, unless it is None.
        for name in fields:
            if len(fields[name]) != len(bases) or norms[name].shape != (size,):
                raise ValueError("there is one field a segment, and one norm a document")
        self.fields = fields
        self.norms = norms
        self.bases = [*bases, size]
        self.size = size
        self.leading = leading
        self.leads = lead is not None
        if lead is not None:
            self.lead.near, self.lead.near_half, self.lead.far, self.lead.far_half = lead

    def sought(self, tuple words not None, list stems not None, list pairs not None):
        """What is looked for in candidates, or None where another field than of text is asked for.

        ``words``: of each its terms, (field, text, weight). ``stems`` of the leading field, and
        ``pairs`` of them: (first, second, step, worth), by their places. Raises ``FileDamaged``.
        """
        cdef Sought found = Sought()
        for terms in words:
            for name, _, _ in terms:
                if name not in self.fields:
                    return None
        found.of_texts(self, words, stems, pairs)
        return found


cdef class Sought:
    """Words, stems and pairs of a query, found in all segments.

    ``in_words``: of each word in how many segments its terms are, added up, and how many postings
    they have; ``in_stems`` likewise.
    """

    cdef Texts texts
    cdef Run *runs
    cdef Py_ssize_t *ends      # of words, then of stems: where the runs of each end
    cdef float *weights        # of words of one term, whose weight counts last; else 1
    cdef Both *pairs
    cdef Py_ssize_t words
    cdef Py_ssize_t stems
    cdef Py_ssize_t together
    cdef Py_ssize_t segments
    cdef Py_ssize_t *bases
    cdef readonly list in_words
    cdef readonly list in_stems

    def __dealloc__(self):
        PyMem_Free(self.runs)
        PyMem_Free(self.ends)
        PyMem_Free(self.weights)
        PyMem_Free(self.pairs)
        PyMem_Free(self.bases)

    cdef int of_texts(self, Texts texts, tuple words, list stems, list pairs) except -1:
        """Look everything up; called once."""
        cdef Py_ssize_t at = 0
        cdef Py_ssize_t place = 0
        cdef Py_ssize_t most = len(stems)
        cdef Py_ssize_t number
        for terms in words:
            most += len(terms)
        self.texts = texts
        self.words, self.stems, self.together = len(words), len(stems), len(pairs)
        self.segments = len(texts.bases) - 1
        self.runs = <Run *>PyMem_Calloc(max(most * self.segments, 1), sizeof(Run))
        self.ends = <Py_ssize_t *>PyMem_Malloc((self.words + self.stems + 1) * sizeof(Py_ssize_t))
        self.weights = <float *>PyMem_Malloc((self.words + 1) * sizeof(float))
        self.pairs = <Both *>PyMem_Malloc((self.together + 1) * sizeof(Both))
        self.bases = <Py_ssize_t *>PyMem_Malloc((self.segments + 1) * sizeof(Py_ssize_t))
        if not (self.runs and self.ends and self.weights and self.pairs and self.bases):
            raise MemoryError
        for number in range(self.segments + 1):
            self.bases[number] = texts.bases[number]
        self.in_words, self.in_stems = [], []
        for number in range(self.words):
            terms = words[number]
            begin = at
            postings = 0
            self.weights[number] = 1.0
            for name, text, weight in terms:
                if len(terms) == 1:
                    self.weights[number] = weight
                    weight = 1.0
                postings += self.look_up(name, text, weight, &at)
            self.ends[place] = at
            self.in_words.append((at - begin, postings))
            place += 1
        for stem in stems:
            begin = at
            postings = self.look_up(texts.leading, stem, 1.0, &at)
            self.need_positions(begin, at, texts.fields[texts.leading], stem)
            self.ends[place] = at
            self.in_stems.append((at - begin, postings))
            place += 1
        for number in range(self.together):
            first, second, step, worth = pairs[number]
            if not (0 <= first < self.stems and 0 <= second < self.stems and step >= 0):
                raise IndexError("a pair is of no stems")
            self.pairs[number] = Both(first, second, step, worth)
        return 0

    cdef Py_ssize_t look_up(
        self, str name, str text, double weight, Py_ssize_t *at
    ) except -1:
        """Write the runs of a term from ``at`` on; how many postings they have."""
        cdef Texts texts = self.texts
        cdef list fields = texts.fields[name]
        cdef bytes term = text.encode("utf-8", "surrogatepass")
        cdef const float[::1] norms = texts.norms[name]
        cdef Field field
        cdef Run *run
        cdef Py_ssize_t number, ordinal, begin
        cdef Py_ssize_t postings = 0
        begin = at[0]
        for number in range(self.segments):
            field = fields[number]
            ordinal = -1 if field is None else field.find(term)
            if ordinal < 0:
                continue
            run = &self.runs[at[0]]
            field.range_of(ordinal, &run.start, &run.stop)
            field.need_postings(run.start, run.stop)
            run.segment = number
            run.norms = &norms[0] if texts.size else NULL
            run.documents, run.width = field.documents.data, field.documents.width
            if field.frequencies is not None:
                run.times = field.frequencies.data
                run.times_width = field.frequencies.width
            if name == texts.leading:
                if field.first is None:
                    raise field._error("it has no first positions")
                run.first, run.first_width = field.first.data, field.first.width
            postings += run.stop - run.start
            at[0] += 1
        # As ``BM25.idf_of``.
        weight *= log(1 + (texts.size - postings + 0.5) / (postings + 0.5))
        for number in range(begin, at[0]):
            self.runs[number].factor = <float>weight
        return postings

    cdef int need_positions(
        self, Py_ssize_t begin, Py_ssize_t end, list fields, str stem
    ) except -1:
        """Where the positions of a stem's runs are."""
        cdef Field field
        cdef Run *run
        cdef bytes term = stem.encode("utf-8", "surrogatepass")
        cdef Py_ssize_t number
        for number in range(begin, end):
            run = &self.runs[number]
            field = fields[run.segment]
            field.need_positions(field.find(term), &run.first_position, &run.last_position)
            run.positions, run.positions_width = field.positions.data, field.positions.width
        return 0

    def raised(
        self, const int32_t[::1] documents not None, const double[::1] scores not None,
        const Py_ssize_t[::1] places not None, double tolerance,
    ):
        """What those of n candidates at ``places`` gain: (pairs + 1, k), and all scores then: (n,).

        ``documents``: (n,), ``places``: (k,), both ascending. A row for each pair, and one of what
        lifts a document to the best that words, within ``tolerance``, do not tell from it.
        """
        cdef Py_ssize_t count = places.shape[0]
        cdef Py_ssize_t size = documents.shape[0]
        cdef Py_ssize_t number
        cdef double *given
        cdef uint64_t *bits
        cdef int32_t *chosen
        cdef double[:, ::1] rows
        cdef double[::1] then
        cdef double *reached
        cdef int status
        if scores.shape[0] != size:
            raise ValueError("there is a score for each document")
        gains = np.empty((self.together + 1, count))
        result = np.empty(size)
        if not count:
            result[:] = scores
            return gains, result
        if not 0 <= places[0] <= places[count - 1] < size:
            raise IndexError("a candidate is not there")
        rows, then = gains, result
        given = <double *>PyMem_Calloc((self.words + 1) * count, sizeof(double))
        bits = <uint64_t *>PyMem_Calloc((self.stems + 1) * count, sizeof(uint64_t))
        chosen = <int32_t *>PyMem_Malloc(count * sizeof(int32_t))
        try:
            if given == NULL or bits == NULL or chosen == NULL:
                raise MemoryError
            reached = given + self.words * count
            with nogil:
                for number in range(count):
                    chosen[number] = documents[places[number]]
                    reached[number] = scores[places[number]]
                status = self.fill(chosen, count, tolerance, given, bits, &rows[0, 0], reached)
                memcpy(&then[0], &scores[0], size * sizeof(double))
                for number in range(count):
                    then[places[number]] = reached[number]
            if status:
                raise self.misfit()
        finally:
            PyMem_Free(given)
            PyMem_Free(bits)
            PyMem_Free(chosen)
        return gains, result

    def having(self, const int32_t[::1] documents not None):
        """Which documents, (k,) ascending, have any term of each word: (words, k) bool."""
        cdef Py_ssize_t count = documents.shape[0]
        cdef Py_ssize_t word
        cdef Py_ssize_t run = 0
        cdef uint8_t[:, ::1] there
        result = np.zeros((self.words, count), np.uint8)
        if count and self.words:
            there = result
            with nogil:
                for word in range(self.words):
                    while run < self.ends[word]:
                        self.mark(&self.runs[run], &documents[0], count, &there[word, 0])
                        run += 1
        return result.view(np.bool_)

    cdef void mark(
        self, const Run *run, const int32_t *documents, Py_ssize_t count, uint8_t *there
    ) noexcept nogil:
        """Mark the documents that a run has."""
        cdef Py_ssize_t base = self.bases[run.segment]
        cdef Py_ssize_t end = self.bases[run.segment + 1]
        cdef Py_ssize_t row
        cdef Py_ssize_t number
        for number in range(count):
            if base <= documents[number] < end:
                row = lower_bound(
                    run.documents, run.width, run.start, run.stop, documents[number] - base
                )
                if row == run.stop:
                    break
                if item(run.documents, run.width, row) == <uint64_t>(documents[number] - base):
                    there[number] = 1

    cdef object misfit(self):
        for field in self.texts.fields[self.texts.leading]:
            if field is not None:
                return (<Field>field)._error("its positions do not fit its frequencies")
        return IndexError

    cdef int fill(
        self, const int32_t *documents, Py_ssize_t count, double tolerance,
        double *given, uint64_t *bits, double *rows, double *reached,
    ) noexcept nogil:
        """The rows of ``raised``; not 0 where positions do not fit frequencies.

        ``given``: (words, count) zeros; ``bits``: (stems, count) zeros; ``reached``: (count,), the
        scores before and then with what is gained.
        """
        cdef Py_ssize_t place, number
        cdef Py_ssize_t run = 0
        cdef Both *both
        cdef double *gained
        cdef double *word
        cdef float weight
        for place in range(self.words):
            word = given + place * count
            while run < self.ends[place]:
                self.add(&self.runs[run], documents, count, word)
                run += 1
            weight = self.weights[place]
            if weight != 1.0:
                for number in range(count):
                    word[number] = <float>word[number] * weight
        for place in range(self.stems):
            while run < self.ends[self.words + place]:
                if self.open(&self.runs[run], documents, count, bits + place * count):
                    return -1
                run += 1
        for place in range(self.together):
            both = &self.pairs[place]
            gained = rows + place * count
            for number in range(count):
                gained[number] = 0.0
                if both.step < OPENING and (
                    bits[both.first * count + number] << both.step
                ) & bits[both.second * count + number]:
                    gained[number] = both.worth
                reached[number] += gained[number]
        lift_alike(given, self.words, count, tolerance, rows + self.together * count, reached)
        return 0

    cdef void add(
        self, const Run *run, const int32_t *documents, Py_ssize_t count, double *into
    ) noexcept nogil:
        """Add what a term gives each document of its segment.

        No search begins where the one before it ended: so the processor does several at once.
        """
        cdef Py_ssize_t base = self.bases[run.segment]
        cdef Py_ssize_t end = self.bases[run.segment + 1]
        cdef Py_ssize_t row
        cdef Py_ssize_t number
        cdef float score, often, norm, place
        cdef Lead lead = self.texts.lead
        for number in range(count):
            if documents[number] < base:
                continue
            if documents[number] >= end:
                break
            row = lower_bound(
                run.documents, run.width, run.start, run.stop, documents[number] - base
            )
            if row == run.stop:
                break
            if item(run.documents, run.width, row) != <uint64_t>(documents[number] - base):
                continue
            norm = run.norms[documents[number]]
            if run.times == NULL:
                score = run.factor / (norm + <float>1.0)
            else:
                often = <float>item(run.times, run.times_width, row)
                score = often * run.factor / (often + norm)
            if run.first != NULL and self.texts.leads:
                place = <float>item(run.first, run.first_width, row)
                score += run.factor * (
                    lead.near / (place + lead.near_half) + lead.far / (place + lead.far_half)
                )
            into[number] += score

    cdef int open(
        self, const Run *run, const int32_t *documents, Py_ssize_t count, uint64_t *into
    ) noexcept nogil:
        """Set the bits of the first tokens of each document that are a stem."""
        cdef Py_ssize_t base = self.bases[run.segment]
        cdef Py_ssize_t end = self.bases[run.segment + 1]
        cdef Py_ssize_t row
        cdef Py_ssize_t summed = run.start
        cdef Py_ssize_t number, at
        cdef uint64_t before = 0
        cdef uint64_t often = 1
        cdef uint64_t position
        for number in range(count):
            if documents[number] < base:
                continue
            if documents[number] >= end:
                break
            row = lower_bound(
                run.documents, run.width, run.start, run.stop, documents[number] - base
            )
            if row == run.stop:
                break
            if item(run.documents, run.width, row) != <uint64_t>(documents[number] - base):
                continue
            if item(run.first, run.first_width, row) >= <uint64_t>OPENING:
                continue
            if run.times == NULL:
                before = row - run.start
            else:
                before += total(run.times, run.times_width, summed, row)
                summed = row
                often = item(run.times, run.times_width, row)
            if before + often > <uint64_t>(run.last_position - run.first_position):
                return -1
            for at in range(
                run.first_position + <Py_ssize_t>before,
                run.first_position + <Py_ssize_t>(before + often),
            ):
                position = item(run.positions, run.positions_width, at)
                if position >= <uint64_t>OPENING:
                    break
                into[number] |= <uint64_t>1 << position
        return 0


cdef void lift_alike(
    const double *given, Py_ssize_t words, Py_ssize_t count, double tolerance,
    double *gained, double *reached,
) noexcept nogil:
    """Lift every document to the best of those that words do not tell from it.

    ``given``: (words, count); ``gained``: by how much, which without words is nothing.
    """
    cdef Py_ssize_t one, two, word
    cdef double left, right, best
    for one in range(count):
        gained[one] = reached[one]
    if words:
        for one in range(count):
            best = reached[one] if count == 1 else max(reached[one], 0.0)
            for two in range(count):
                # Nothing is gained by what is no better.
                if gained[two] <= best:
                    continue
                for word in range(words):
                    left, right = given[word * count + one], given[word * count + two]
                    if not fabs(left - right) <= tolerance * max(left, right):
                        break
                else:
                    best = gained[two]
            reached[one] = best
    for one in range(count):
        gained[one] = reached[one] - gained[one]


def lifted(
    double[::1] scores not None, leading, const Py_ssize_t[::1] places not None,
    const uint8_t[::1] held not None, double part,
):
    """What those of some candidates gain that are held, (k,) float64, which ``scores`` get, too.

    All of them the same, so that the last comes before the first of all others by ``part``; where
    some of them are ``leading``, (n,) bool or None, of all others that lead. ``places``: (k,).
    """
    cdef Py_ssize_t count = places.shape[0]
    cdef Py_ssize_t size = scores.shape[0]
    cdef Py_ssize_t number, place
    cdef const uint8_t[::1] first = None
    cdef bint any_leads = False
    cdef double least = 0.0
    cdef double most = 0.0
    cdef double[::1] gained
    cdef uint8_t[::1] apart
    if leading is not None:
        first = leading.view(np.uint8)
        if first.shape[0] != size:
            raise ValueError("each candidate leads or not")
    result = np.zeros(count)
    gained = result
    marks = np.zeros(size, np.uint8)
    apart = marks
    some = False
    for number in range(count):
        place = places[number]
        if not 0 <= place < size:
            raise IndexError("a candidate is not there")
        if held[number]:
            least = min(least, scores[place]) if some else scores[place]
            some = True
            apart[place] = 1
            any_leads = any_leads or (first is not None and first[place])
    if not some:
        return result
    for place in range(size):
        if not apart[place] and (not any_leads or first[place]):
            most = max(most, scores[place])
    for number in range(count):
        if held[number]:
            gained[number] = max(most - least, 0.0) + part
            scores[places[number]] += gained[number]
    return result
