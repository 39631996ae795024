"""Words of queries, made ready to be searched for: where their terms' postings are, and their worth.

A word has ways, of which the best counts in each document; a way's terms add up. ``Words`` looks
terms up, verifies their postings (checksums, and that documents ascend and are of the segment), and
says what words score at some documents without reading what they score elsewhere.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString, PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject
from cpython.tuple cimport PyTuple_GetItem, PyTuple_Size
from libc.math cimport log
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.string cimport memcpy

from index.kernels.gains cimport gain
from index.kernels.postings cimport Field, Lookup, Place
from index.kernels.scored cimport add_at, most_of, rounded_up
from index.kernels.seeking cimport Arrays, Run, cut, is_sound, scores_of
from index.kernels.word cimport Read, Word, kept_of

import numpy as np

cdef enum:
    PLACES = 65536
    LONG = 65536    # postings worth releasing the GIL for, to look at


cdef const float *_floats(object array) except? NULL:
    """The memory of a float32 array, which the caller keeps."""
    cdef const float[::1] view = array
    return &view[0] if view.shape[0] else NULL


cdef class ScoredField:
    """A field of text whose terms score. ``leads``: whether it counts how early they stand."""

    def __cinit__(self, Lookup lookup not None, object norms, bint leads):
        self.lookup, self.leads = lookup, leads
        self._norms = np.ascontiguousarray(norms, np.float32)
        self.norms, self.size = _floats(self._norms), len(self._norms)
        self.arrays = <Arrays *>PyMem_Calloc(lookup.segments + 1, sizeof(Arrays))
        if self.arrays == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.arrays)

    cdef int _fill(self, const Py_ssize_t *bases) except -1:
        """Say what the runs of each segment share; ``bases``: of the segments' first documents."""
        cdef Py_ssize_t segment
        cdef Arrays *arrays
        cdef Field field
        for segment in range(self.lookup.segments):
            field = <Field>self.lookup.fields[segment]
            if field is None:
                continue
            arrays = &self.arrays[segment]
            arrays.documents, arrays.document_width = field.documents.data, field.documents.width
            arrays.norms = self.norms + bases[segment]
            if field.frequencies is not None:
                arrays.frequencies = field.frequencies.data
                arrays.frequency_width = field.frequencies.width
            if self.leads and field.first is not None:
                arrays.first, arrays.first_width = field.first.data, field.first.width
        return 0


cdef class Words:
    """The terms of a snapshot's segments by one weighting model. Raises ``FileDamaged``.

    ``segments``: of each the number of its first document and its size. ``lookups``: of each field
    of text by name, of which words may be. ``norms``: by the same names (N,) float32, what a
    document's length adds to its frequencies.
    ``leading``: the field in which it counts how early a word stands, or None; ``worth``: (65,536,)
    float32, what it gains by its first position, and ``beyond`` what near and far are worth times
    their halves and their halves, for positions behind these. ``live``: (N,) or None. Raises
    ValueError where these are not of the same documents or fields.
    """

    def __cinit__(
        self, list segments not None, dict lookups not None, dict norms not None, object leading,
        object worth, tuple beyond, object live, *arguments,
    ):
        cdef Py_ssize_t number
        cdef const uint8_t[::1] seen
        self.segments = len(segments)
        if any((<Lookup?>one).segments != self.segments for one in lookups.values()):
            raise ValueError("there is one field a segment")
        if set(norms) != set(lookups):
            raise ValueError("terms are looked up in other fields than have norms")
        self.bases = <Py_ssize_t *>PyMem_Calloc(self.segments + 1, sizeof(Py_ssize_t))
        if self.bases == NULL:
            raise MemoryError
        for number in range(self.segments):
            if segments[number][0] != self.size:
                raise ValueError("segments do not follow one another")
            self.bases[number] = self.size
            self.size += segments[number][1]
        self.bases[self.segments] = self.size
        # What a Lookup found is of its own fields: they are scored, and no others.
        self._scored = {
            name: ScoredField(lookups[name], one, name == leading) for name, one in norms.items()
        }
        if any((<ScoredField>one).size != self.size for one in self._scored.values()):
            raise ValueError("norms are of other documents")
        for one in self._scored.values():
            (<ScoredField>one)._fill(self.bases)
        self.known.known, self.known.document_width = True, 4
        self._worth = np.ascontiguousarray(worth, np.float32)
        if len(self._worth) != PLACES:
            raise ValueError("positions lack their worth")
        self.lead.worth = _floats(self._worth)
        self.highest = 0.0 if leading is None else self._worth.max()
        (
            self.lead.near_worth, self.lead.near_half, self.lead.far_worth, self.lead.far_half
        ) = beyond
        if live is not None:
            self._live = np.ascontiguousarray(live, np.bool_).view(np.uint8)
            if len(self._live) != self.size:
                raise ValueError("other documents are live")
            seen = self._live
            self.live = &seen[0] if self.size else NULL

    def __dealloc__(self):
        PyMem_Free(self.bases)

    def word(self, ways not None, tuple known not None=()):
        """A word of ways, each of (field, text, weight); None where a term does not score.

        ``ways``, and each of them: sequences. A way may also be words that were made before, whose
        scores add up. ``known``: of ways that are no terms what they score, (n,) int32, ascending,
        and (n,) float64. Where another way is better than the one with the most postings, what it is
        better by is a run of its own, so that runs add up.
        """
        cdef list made = self._each(tuple(ways))
        if made is None:
            return None
        if len(made) == 1 and not known:
            return made[0]
        return self._best_of(made, [self.row(*one) for one in known])

    def both(self, tuple ways not None):
        """A word of ways of terms, and all of these as one, whose terms add up; None as ``word``.

        The one word, twice, where there is one way.
        """
        cdef list made = self._each(ways)
        cdef bint alone = False
        if made is None:
            return None
        if len(made) == 1:
            return made[0], made[0]
        for way in ways:
            alone |= len(<tuple>way) == 1
        if alone:  # there, a term is another one
            return self._best_of(made, []), self._of_terms(sum(ways, ()))
        return self._best_of(made, []), self._all_in_one(made)

    cdef tuple both_of(self, Sought *terms, Py_ssize_t own, Py_ssize_t held):
        """The same of terms that were counted: a way of ``own``, and one of ``held`` behind them."""
        cdef Word word = self._of_sought(terms, own), other
        cdef list made
        if not held:
            return word, word
        other = self._of_sought(terms + own, held)
        made = [word, other]
        if own == 1 or held == 1:
            return self._best_of(made, []), self._of_sought(terms, own + held)
        return self._best_of(made, []), self._all_in_one(made)

    cdef Word _all_in_one(self, list made):
        """Words of terms as one, whose terms add up."""
        cdef Word one
        cdef Word word = self._in_one(made)
        word._kept = kept_of(made)
        for one in made:
            word.read.terms += one.read.terms
            word.read.inside += one.read.inside
        word.read.postings = word.postings
        return word

    def idf(self, str field not None, str text not None):
        """The idf of a term, of a field of which words may be. Raises KeyError for another one."""
        cdef Lookup lookup = (<ScoredField>self._scored[field]).lookup
        return self.idf_of(lookup.documents_in(lookup.find(text)))

    cdef list _each(self, tuple ways):
        """A word of each way; None where a term does not score."""
        cdef Word word
        cdef list made = []
        for way in ways:
            if way and isinstance(way[0], Word):
                for word in way:
                    self.need(word)
                word = self._in_one(list(way))
                word._kept = way
            else:
                word = self._of_terms(tuple(way))
                if word is None:
                    return None
            made.append(word)
        return made

    cdef int need(self, Word word) except -1:
        """Raise unless a word was made here: others' documents are of other segments."""
        if word is None:
            raise TypeError("a word is needed")
        if word.of is not self:
            raise ValueError("a word is of another index")
        return 0

    cdef Word _of_terms(self, tuple way):
        """The word of one way, of (field, text, weight) each; None where a term does not score."""
        cdef Py_ssize_t terms = len(way), number = 0
        cdef list held = []     # what is pointed to
        cdef ScoredField scored
        cdef bytes places
        cdef str name, text
        cdef tuple one
        cdef double weight
        cdef Sought *each = <Sought *>PyMem_Malloc((terms + 1) * sizeof(Sought))
        try:
            if each == NULL:
                raise MemoryError
            for term in way:
                one = <tuple?>term
                if PyTuple_Size(one) != 3:
                    raise ValueError("a term has a field, a text and a weight")
                name, text = <str?><object>PyTuple_GetItem(one, 0), <str?><object>PyTuple_GetItem(one, 1)
                weight = <object>PyTuple_GetItem(one, 2)
                scored = self._scored.get(name)
                if scored is None or not weight >= 0.0:
                    return None
                places = scored.lookup.find(text)
                held.append(places)
                each[number].scored, each[number].weight = <PyObject *>scored, weight
                each[number].within = False
                each[number].places = <const Place *>PyBytes_AsString(places)
                self.count(&each[number])
                number += 1
            return self._of_sought(each, terms)
        finally:
            PyMem_Free(each)

    cdef void count(self, Sought *term) noexcept:
        """Note how many documents have a term, and in how many segments it is."""
        cdef Py_ssize_t segment, documents = 0, inside = 0
        cdef const Place *place
        for segment in range(self.segments):
            place = term.places + segment
            if place.ordinal >= 0:
                documents += place.stop - place.start
                inside += 1
        term.documents, term.inside = documents, inside

    cdef Word _of_sought(self, Sought *each, Py_ssize_t terms):
        """The word of one way, of terms that were counted."""
        cdef Py_ssize_t number, segment, inside = 0, runs = 0
        cdef Word word = Word()
        cdef Run *run
        cdef Sought *one
        cdef const Place *place
        for number in range(terms):
            one = &each[number]
            if not one.inside:
                continue
            word.postings += one.documents
            inside += one.inside
            runs += 0 if _is_idle(one) else one.inside
            # Alone, a term is kept without its weight, by which it is multiplied then.
            one.factor = <float>(self.idf_of(one.documents) * (1.0 if terms == 1 else one.weight))
            one.scale = <float>(one.weight if terms == 1 else 1.0)
        word.make_room(self, self.segments, runs, 1)
        word.read[0] = Read(terms, inside, word.postings)
        runs = 0
        for segment in range(self.segments):
            word.at[segment] = runs
            for number in range(terms):
                one = &each[number]
                place = one.places + segment
                if place.ordinal < 0 or _is_idle(one):
                    continue
                run = &word.runs[runs]
                run.factor, run.scale, run.within = one.factor, one.scale, one.within
                self._fill_run(run, <ScoredField>one.scored, segment, place)
                runs += 1
            word.at[segment + 1] = runs
            self._bound(word, segment)
        return word

    cdef Word _in_one(self, list words):
        """Words that were made before as one, whose scores add up."""
        cdef Word one
        cdef Word word = Word()
        cdef Py_ssize_t segment, at, runs = 0
        for one in words:
            runs += one.at[self.segments]
        word.make_room(self, self.segments, runs, 1)
        runs = 0
        for segment in range(self.segments):
            word.at[segment] = runs
            for one in words:
                for at in range(one.at[segment], one.at[segment + 1]):
                    word.runs[runs] = one.runs[at]
                    word.postings += one.runs[at].length
                    runs += 1
            word.at[segment + 1] = runs
            for one in words:
                word.bounds[segment] += one.bounds[segment]
        return word

    cdef Word _best_of(self, list ways, list rows):
        """The best of ways and of words of known scores."""
        cdef Word way
        cdef Word main = None
        cdef Word word = Word()
        cdef Py_ssize_t segment, at, number = 0, runs = 0
        cdef list others
        for way in ways:
            if main is None or way.postings > main.postings:
                main = way
        others = [way for way in ways if way is not main] + rows
        if main is not None:
            runs = main.at[self.segments]
        word.make_room(
            self, self.segments, runs + (self.segments if others else 0), len(ways), bool(others)
        )
        for at in range(word.ways):
            word.read[at] = (<Word>ways[at]).read[0]
        word._kept = kept_of(ways)
        for segment in range(self.segments):
            word.at[segment] = number
            if main is not None:
                for at in range(main.at[segment], main.at[segment + 1]):
                    word.runs[number] = main.runs[at]
                    number += 1
            word.at[segment + 1] = number
            # What is better than the main way gives no more than the others do.
            if main is not None:
                word.bounds[segment] = main.bounds[segment]
            number += gain(
                word, segment, others, &self.known, &self.lead, &word.runs[number]
            )
            word.at[segment + 1] = number
        return word

    cdef void _bound(self, Word word, Py_ssize_t segment) noexcept:
        """Note what no document of a segment scores more than."""
        cdef Py_ssize_t at
        cdef const Run *run
        cdef double bound = 0.0
        for at in range(word.at[segment], word.at[segment + 1]):
            run = &word.runs[at]
            if not run.arrays.known:
                bound += most_of(run, self.highest)
            else:
                bound += rounded_up(_highest(run))
        word.bounds[segment] = bound

    cdef int _fill_run(
        self, Run *run, ScoredField scored, Py_ssize_t segment, const Place *place
    ) except -1:
        """Make the run of a term in a segment, in whose field it may count how early it stands."""
        cdef Field field = <Field>scored.lookup.fields[segment]
        cdef const Arrays *arrays = &scored.arrays[segment]
        field.need_postings(place.start, place.stop, scored.leads)
        if scored.leads and field.first is None:
            raise field._error("it has no first positions")
        run.arrays = arrays
        run.documents = arrays.documents + place.start * arrays.document_width
        run.length = place.stop - place.start
        if not _is_sound(run, <uint32_t>(self.bases[segment + 1] - self.bases[segment])):
            raise field._error("documents of a term do not ascend, or are too great")
        cut(run)
        return 0

    cdef double idf_of(self, Py_ssize_t documents) noexcept nogil:
        """The idf of a term that so many documents have, as ``BM25`` has it."""
        return log(1.0 + (<double>(self.size - documents) + 0.5) / (<double>documents + 0.5))

    def row(self, documents not None, scores not None):
        """A word of known scores: (n,) int32, ascending, and (n,) float64."""
        cdef const int32_t[::1] having = np.ascontiguousarray(documents, np.int32)
        cdef const double[::1] values = np.ascontiguousarray(scores, np.float64)
        cdef Py_ssize_t count = having.shape[0]
        if count != values.shape[0]:
            raise ValueError("not every document has a score")
        return self.row_of(&having[0] if count else NULL, &values[0] if count else NULL, count)

    cdef Word row_of(self, const int32_t *having, const double *values, Py_ssize_t count):
        """The same of so many documents."""
        cdef Py_ssize_t segment, at, start, stop, number = 0, place = 0, size
        cdef bytes held
        cdef double *block
        cdef uint32_t *inside
        cdef Run *run
        cdef Word word = Word()
        if count and (having[0] < 0 or having[count - 1] >= self.size):
            raise IndexError("no such document")
        # Of each segment its scores, and behind them their documents.
        size = (count + (count + self.segments) // 2 + 1) * <Py_ssize_t>sizeof(double)
        held = PyBytes_FromStringAndSize(NULL, size)
        block = <double *>PyBytes_AsString(held)
        word.make_room(self, self.segments, self.segments, 0)
        word._kept, word.documents = held, count
        word.nbytes += size
        stop = 0
        for segment in range(self.segments):
            word.at[segment], start = number, stop
            while stop < count and having[stop] < self.bases[segment + 1]:
                stop += 1
            if start == stop:
                continue
            memcpy(&block[place], &values[start], (stop - start) * sizeof(double))
            place += stop - start
            inside = <uint32_t *>&block[place]
            place += (stop - start + 1) // 2
            for at in range(start, stop):
                inside[at - start] = <uint32_t>(having[at] - self.bases[segment])
            run = &word.runs[number]
            run.arrays, run.documents = &self.known, <const uint8_t *>inside
            run.length, run.scale = stop - start, 1.0
            if not _is_sound(run, <uint32_t>(self.bases[segment + 1] - self.bases[segment])):
                raise ValueError("documents do not ascend")
            cut(run)
            word.bounds[segment] = rounded_up(_highest(run))
            number += 1
        word.at[self.segments] = number
        if stop < count:
            raise ValueError("documents do not ascend")
        return word

    def word_scores(self, tuple words not None, documents not None):
        """What words score at some documents, and whether these have them: (words, k) each.

        ``documents``: (k,) int32, ascending. float64, 0 where a document does not have the word, and
        bool. Raises IndexError where there is no such document, ValueError where they do not ascend.
        """
        cdef const int32_t[::1] wanted = np.ascontiguousarray(documents, np.int32)
        cdef Py_ssize_t count = wanted.shape[0], number, at
        cdef object found = np.zeros((len(words), count))
        cdef object having = np.zeros((len(words), count), np.bool_)
        cdef double[:, ::1] scores = found
        cdef uint8_t[:, ::1] flags = having.view(np.uint8)
        cdef uint32_t[::1] within = np.empty(count, np.uint32)
        cdef Word word
        for word in words:
            self.need(word)
        if count and (wanted[0] < 0 or wanted[count - 1] >= self.size):
            raise IndexError("no such document")
        for at in range(1, count):
            if wanted[at - 1] > wanted[at]:
                raise ValueError("documents do not ascend")
        for number in range(len(words) if count else 0):
            self.add_word(
                words[number], &wanted[0], count, &within[0], &scores[number, 0], &flags[number, 0]
            )
        return found, having

    cdef void add_word(
        self, Word word, const int32_t *documents, Py_ssize_t count, uint32_t *within,
        double *scores, uint8_t *having
    ) noexcept:
        """Add what a word of these scores at documents, and note which have it: (count,) each.

        Documents ascend and are there; ``within`` is room for as many.
        """
        cdef Py_ssize_t segment, at, start = 0, stop
        for segment in range(self.segments):
            stop = start
            while stop < count and documents[stop] < self.bases[segment + 1]:
                within[stop] = <uint32_t>(documents[stop] - self.bases[segment])
                stop += 1
            if start < stop:
                for at in range(word.at[segment], word.at[segment + 1]):
                    add_at(
                        &word.runs[at], &self.lead, &within[start], stop - start, &scores[start],
                        &having[start],
                    )
            start = stop


cdef inline bint _is_idle(const Sought *term) noexcept:
    """Whether a term gives nothing where another one of its word tells who has it: it is not read."""
    return term.within and term.weight == 0.0


cdef bint _is_sound(const Run *run, uint32_t size):
    """The same as ``is_sound``, of long runs without the GIL."""
    cdef bint sound
    if run.length < LONG:
        return is_sound(run, size)
    with nogil:
        sound = is_sound(run, size)
    return sound


cdef double _highest(const Run *run) noexcept nogil:
    """The highest score of a run of known scores."""
    cdef double highest = 0.0
    cdef const double *scores = scores_of(run)
    cdef Py_ssize_t at
    for at in range(run.length):
        highest = max(highest, scores[at])
    return highest
