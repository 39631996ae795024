"""Words of queries, made ready to be searched for: where their terms' postings are, and their worth.

A word has ways, of which the best counts in each document; a way's terms add up. ``Words`` looks
terms up, verifies their postings (checksums, and that documents ascend and are of the segment), and
says what words score at some documents without reading what they score elsewhere.
"""

include "source.pxi"

from cpython.bytes cimport PyBytes_AsString
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc
from libc.stdint cimport int32_t, uint8_t, uint32_t, uintptr_t
from libc.string cimport memcpy, memset

from index.kernels.postings cimport Field, Lookup, Place
from index.kernels.scored cimport Lead, Run, add_at, documents_of, is_sound

import numpy as np

cdef enum:
    PLACES = 65536
    IDFS = 65536    # document frequencies whose idf is kept
    FEW = 64        # documents that are sorted by insertion
    LONG = 65536    # postings worth releasing the GIL for, to look at
    MANY = 8192     # and to score

cdef double ROUNDED = 1.0 + 1e-6  # float32 may round scores up


cdef const float *_floats(object array) except? NULL:
    """The memory of a float32 array, which the caller keeps."""
    cdef const float[::1] view = array
    return &view[0] if view.shape[0] else NULL


cdef class Word:
    """A word's postings in all segments, as runs whose scores are added up.

    ``reads``: of each way how many terms it has, in how many segments they are together, and their
    postings. ``documents``: how many live documents have it; -1 until they were counted.
    ``nbytes``: the memory that it takes.
    """

    def __cinit__(self):
        self.documents = -1

    def __dealloc__(self):
        cdef Py_ssize_t segment
        for segment in range(self.segments):
            PyMem_Free(self.blocks[segment])
        PyMem_Free(self.blocks)
        PyMem_Free(self.runs)
        PyMem_Free(self.at)
        PyMem_Free(self.bounds)

    cdef int make_room(self, Words of, Py_ssize_t runs) except -1:
        """Make room for runs in all segments of these ``Words``; once."""
        cdef Py_ssize_t segments = of.segments
        self.runs = <Run *>PyMem_Calloc(runs + 1, sizeof(Run))
        self.at = <Py_ssize_t *>PyMem_Calloc(segments + 1, sizeof(Py_ssize_t))
        self.bounds = <double *>PyMem_Calloc(segments + 1, sizeof(double))
        self.blocks = <void **>PyMem_Calloc(segments + 1, sizeof(void *))
        if self.runs == NULL or self.at == NULL or self.bounds == NULL or self.blocks == NULL:
            raise MemoryError
        self.of = of
        self.segments = segments
        self.nbytes = 500 + runs * sizeof(Run) + 24 * segments
        return 0


cdef class Words:
    """The terms of a snapshot's segments by one weighting model. Raises ``FileDamaged``.

    ``segments``: of each the number of its first document and its size. ``lookups``: of each field of
    text by name, of which words may be. ``norms``: by the same names (N,) float32, what a document's length adds to its frequencies. ``idf`` takes
    N and a document frequency. ``leading``: the field in which it counts how early a word stands,
    or None; ``worth``: (65,536,) float32, what it gains by its first position, and ``beyond`` what
    near and far are worth times their halves and their halves, for positions behind these.
    ``live``: (N,) or None. Raises ValueError where these are not of the same documents or fields.
    """

    def __cinit__(
        self, list segments not None, dict lookups not None, dict norms not None, object idf,
        object leading, object worth, tuple beyond, object live, *arguments,
    ):
        cdef Py_ssize_t number
        cdef const uint8_t[::1] seen
        self.segments = len(segments)
        # What a Lookup found is of its own fields: they are scored, and no others.
        self._lookups = {name: <Lookup?>one for name, one in lookups.items()}
        if any((<Lookup>one).segments != self.segments for one in self._lookups.values()):
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
        self._norms = {name: np.ascontiguousarray(one, np.float32) for name, one in norms.items()}
        if any(len(one) != self.size for one in self._norms.values()):
            raise ValueError("norms are of other documents")
        self._pointers = {name: <uintptr_t>_floats(one) for name, one in self._norms.items()}
        self._idf, self._idfs = idf, {}
        self._leading = leading
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

    def word(self, tuple ways not None, tuple known not None=()):
        """A word of ways, each of (field, text, weight); None where a term does not score.

        A way may also be words that were made before, whose scores add up. ``known``: of ways that
        are no terms what they score, (n,) int32, ascending, and (n,) float64. Where another way is
        better than the one with the most postings, what it is better by is a run of its own, so
        that runs add up.
        """
        cdef Word word = Word()
        cdef list found = []
        cdef list reads = []
        cdef list terms
        cdef Py_ssize_t segment, documents, inside, having, most = -1, main = 0
        if len(ways) == 1 and not known and not (ways[0] and isinstance(ways[0][0], Word)):
            return word if _of_one_way(self, word, ways[0]) else None
        for way in ways:
            if way and isinstance(way[0], Word):
                terms = self._joined(way)
                having = sum([term[3] for some in terms for term in some])
                if having > most:
                    most, main = having, len(found)
                found.append(terms)
                reads.append((0, 0, 0))
                continue
            terms = [[] for _ in range(self.segments)]
            inside = having = 0
            alone = len(way) == 1
            for name, text, weight in way:
                if name not in self._norms or not weight >= 0.0:
                    return None
                places = self._places(name, text)
                documents = sum([stop - start for _, _, start, stop in places])
                if not places:
                    continue
                inside += len(places)
                having += documents
                idf = self.idf_of(documents)
                # Alone, a term is kept without its weight, by which it is multiplied then.
                factor, scale = (idf, weight) if alone else (weight * idf, 1.0)
                for segment, field, start, stop in places:
                    (<list>terms[segment]).append((name, field, start, stop, factor, scale))
            if having > most:
                most, main = having, len(found)
            found.append(terms)
            reads.append((len(way), inside, having))
        word.reads = tuple(reads)
        self._fill(word, found, main, [self._known(*one) for one in known])
        word._kept = ways
        return word

    cdef list _places(self, str name, str text):
        """Where a term is: (segment, field, start, stop) each."""
        cdef list found = []
        cdef Lookup lookup = <Lookup>self._lookups[name]
        cdef Py_ssize_t segment
        cdef bytes held
        cdef const Place *places
        held = lookup.find(text)
        places = <const Place *>PyBytes_AsString(held)
        for segment in range(self.segments):
            if places[segment].ordinal >= 0:
                found.append(
                    (segment, lookup.fields[segment], places[segment].start, places[segment].stop)
                )
        return found

    cdef int need(self, Word word) except -1:
        """Raise unless a word was made here: others' documents are of other segments."""
        if word is None:
            raise TypeError("a word is needed")
        if word.of is not self:
            raise ValueError("a word is of another index")
        return 0

    cdef list _joined(self, tuple words):
        """The runs of words that were made before, as terms: of each segment a list."""
        cdef Word word
        cdef Py_ssize_t segment, at
        cdef list found = [[] for _ in range(self.segments)]
        for word in words:
            self.need(word)
            for segment in range(self.segments):
                for at in range(word.at[segment], word.at[segment + 1]):
                    found[segment].append((None, word, 0, word.runs[at].length, at, 1.0))
        return found

    def _known(self, documents not None, scores not None):
        """Known scores, and where those of each segment begin and end."""
        documents = np.ascontiguousarray(documents, np.int32)
        scores = np.ascontiguousarray(scores, np.float64)
        if len(documents) != len(scores):
            raise ValueError("not every document has a score")
        if len(documents) and (documents[0] < 0 or documents[len(documents) - 1] >= self.size):
            raise IndexError("no such document")
        edges = documents.searchsorted([self.bases[one] for one in range(self.segments + 1)])
        return documents, scores, edges.tolist()

    cdef int _fill(self, Word word, list found, Py_ssize_t main, list known) except -1:
        """Make a word's runs: of the ``main`` way's terms, and of what others are better by."""
        cdef Py_ssize_t segment, number = 0, at, runs
        cdef double bound
        cdef Run *run
        runs = sum([len(terms) for terms in found[main]]) if found else 0
        word.make_room(self, runs + (self.segments if known or len(found) > 1 else 0))
        for segment in range(self.segments):
            word.at[segment] = number
            if found:
                number += self._fill_runs(&word.runs[number], found[main][segment], segment)
            word.at[segment + 1] = number
            others = [way[segment] for at, way in enumerate(found) if at != main and way[segment]]
            rows = [row for row in known if row[2][segment] < row[2][segment + 1]]
            if (others or rows) and self._gain(word, segment, others, rows, &word.runs[number]):
                number += 1
            bound = 0.0
            for at in range(word.at[segment], number):
                run = &word.runs[at]
                if run.scores == NULL:
                    bound += <double>run.factor * <double>run.scale * (
                        1.0 + (self.highest if run.first != NULL else 0.0)
                    )
                else:
                    bound += _highest(run)
            word.bounds[segment] = bound * ROUNDED
            word.at[segment + 1] = number
        return 0

    cdef Py_ssize_t _fill_runs(self, Run *runs, list terms, Py_ssize_t segment) except -1:
        """Make the runs of terms in a segment; their number."""
        cdef Py_ssize_t number = 0, start, stop
        for name, field, start, stop, factor, scale in terms:
            if name is None:
                runs[number] = (<Word?>field).runs[<Py_ssize_t>factor]
                number += 1
                continue
            runs[number].factor = factor
            runs[number].scale = scale
            self._fill_run(
                &runs[number], field, self.norms_of(name), name == self._leading, segment, start,
                stop,
            )
            number += 1
        return number

    cdef int _gain(
        self, Word word, Py_ssize_t segment, list ways, list rows, Run *run
    ) except -1:
        """Make a run of where other ways are better than the main one; whether they are anywhere.

        ``ways``: their terms; ``rows``: those of known scores.
        """
        cdef Py_ssize_t most = 0, at, number, count = 0, runs, start, stop
        cdef Run *others
        cdef double *scores
        cdef double *best
        cdef uint32_t *documents
        cdef uint8_t *held
        cdef uint8_t *ours
        cdef void *block
        cdef void *temporary
        runs = 0
        for terms in ways:
            runs += len(terms)
            for _, _, start, stop, _, _ in terms:
                most += stop - start
        for _, _, edges in rows:
            runs += 1
            most += edges[segment + 1] - edges[segment]
        others = <Run *>PyMem_Calloc(runs, sizeof(Run))
        temporary = PyMem_Malloc(most * (sizeof(double) + 2))
        block = PyMem_Malloc(most * (sizeof(double) + sizeof(uint32_t)))
        try:
            if others == NULL or temporary == NULL or block == NULL:
                raise MemoryError
            best = <double *>block
            documents = <uint32_t *>(best + most)
            scores = <double *>temporary
            held = <uint8_t *>(scores + most)
            ours = held + most
            runs = 0
            for terms in ways:
                self._fill_runs(&others[runs], terms, segment)
                for at in range(runs, runs + len(terms)):
                    documents_of(&others[at], documents + count)
                    count += others[at].length
                runs += len(terms)
            for row in rows:
                self._fill_row(&others[runs], row, segment)
                documents_of(&others[runs], documents + count)
                count += others[runs].length
                runs += 1
            count = _sorted(documents, count)
            memset(best, 0, count * sizeof(double))
            memset(held, 0, 2 * most)
            runs = 0
            for terms in [*ways, *[(None,)] * len(rows)]:
                memset(scores, 0, count * sizeof(double))
                _add_all(&others[runs], len(terms), &self.lead, documents, count, scores, held)
                runs += len(terms)
                for at in range(count):
                    best[at] = max(best[at], scores[at])
            memset(scores, 0, count * sizeof(double))
            _add_all(
                &word.runs[word.at[segment]], word.at[segment + 1] - word.at[segment], &self.lead,
                documents, count, scores, ours,
            )
            number = 0
            for at in range(count):
                documents[number] = documents[at]
                best[number] = best[at] - scores[at]
                number += best[number] > 0.0 or not ours[at]
            if number:
                run.document_width = 4
                run.documents = <const uint8_t *>documents
                run.scores = best
                run.length = number
                run.scale = 1.0
                word.blocks[segment] = block
                word.nbytes += most * (sizeof(double) + sizeof(uint32_t))
                block = NULL
            return number > 0
        finally:
            PyMem_Free(others)
            PyMem_Free(temporary)
            PyMem_Free(block)

    cdef int _fill_run(
        self, Run *run, Field field, const float *norms, bint leads, Py_ssize_t segment,
        Py_ssize_t start, Py_ssize_t stop,
    ) except -1:
        """Make the run of a term in a segment, in whose field it may count how early it stands."""
        field.need_postings(start, stop)
        run.document_width = field.documents.width
        run.documents = field.documents.data + start * run.document_width
        run.length = stop - start
        if not _is_sound(run, <uint32_t>(self.bases[segment + 1] - self.bases[segment])):
            raise field._error("documents of a term do not ascend, or are too great")
        run.norms = norms + self.bases[segment]
        if field.frequencies is not None:
            run.frequency_width = field.frequencies.width
            run.frequencies = field.frequencies.data + start * run.frequency_width
        if leads:
            if field.first is None:
                raise field._error("it has no first positions")
            run.first_width = field.first.width
            run.first = field.first.data + start * run.first_width
        return 0

    cdef object idf_of(self, Py_ssize_t documents):
        """The idf of a term that so many documents have; kept, as glued words are all as rare."""
        idf = self._idfs.get(documents)
        if idf is None:
            if len(self._idfs) >= IDFS:
                self._idfs.clear()
            idf = self._idfs[documents] = self._idf(self.size, documents)
        return idf

    cdef const float *norms_of(self, object name) except? NULL:
        """The norms of a field of text."""
        return <const float *><uintptr_t>self._pointers[name]

    def row(self, documents not None, scores not None):
        """A word of known scores: (n,) int32, ascending, and (n,) float64."""
        cdef Word word = Word()
        cdef Py_ssize_t segment, number = 0
        cdef Run *run
        row = self._known(documents, scores)
        word.make_room(self, self.segments)
        word._kept = row
        word.documents = len(row[0])
        word.reads = ()
        for segment in range(self.segments):
            word.at[segment] = number
            if row[2][segment] == row[2][segment + 1]:
                continue
            run = &word.runs[number]
            self._fill_row(run, row, segment)
            word.bounds[segment] = _highest(run) * ROUNDED
            number += 1
        word.at[self.segments] = number
        return word

    cdef int _fill_row(self, Run *run, tuple row, Py_ssize_t segment) except -1:
        """Make a run of the known scores of a segment, which has some."""
        cdef const int32_t[::1] having = row[0]
        cdef const double[::1] values = row[1]
        cdef Py_ssize_t start = row[2][segment], stop = row[2][segment + 1]
        run.document_width = 4
        run.base = <uint32_t>self.bases[segment]
        run.documents = <const uint8_t *>&having[start]
        run.scores = &values[start]
        run.length = stop - start
        run.scale = 1.0
        if not _is_sound(run, <uint32_t>self.bases[segment + 1]):
            raise ValueError("documents do not ascend")
        return 0

    def word_scores(self, tuple words not None, documents not None):
        """What words score at some documents, and whether these have them: (words, k) each.

        ``documents``: (k,) int32, ascending. float64, 0 where a document does not have the word, and
        bool. Raises IndexError where there is no such document, ValueError where they do not ascend.
        """
        cdef const int32_t[::1] wanted = np.ascontiguousarray(documents, np.int32)
        cdef Py_ssize_t count = wanted.shape[0], number, segment, start, stop, at
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
        start = 0
        for segment in range(self.segments):
            stop = start
            while stop < count and wanted[stop] < self.bases[segment + 1]:
                within[stop] = <uint32_t>(wanted[stop] - self.bases[segment])
                stop += 1
            if start < stop:
                for number in range(len(words)):
                    word = words[number]
                    for at in range(word.at[segment], word.at[segment + 1]):
                        add_at(
                            &word.runs[at], &self.lead, &within[start], stop - start,
                            &scores[number, start], &flags[number, start],
                        )
            start = stop
        return found, having


cdef int _of_one_way(Words of, Word word, tuple way) except -1:
    """Make a word of one way, of (field, text, weight) each, ready; 0 where a term does not score.

    What ``Words.word`` does of several ways, without lists: most words have one.
    """
    cdef Py_ssize_t terms = len(way), segments = of.segments
    cdef Py_ssize_t number, segment, documents, before, inside = 0
    cdef Py_ssize_t having = 0
    cdef Place *places = <Place *>PyMem_Calloc(terms * segments + 1, sizeof(Place))
    cdef double *factors = <double *>PyMem_Calloc(terms + 1, sizeof(double))
    cdef Place *place
    cdef bytes held
    try:
        if places == NULL or factors == NULL:
            raise MemoryError
        for number in range(terms):
            name, text, weight = way[number]
            if name not in of._norms or not weight >= 0.0:
                return 0
            held = (<Lookup>of._lookups[name]).find(text)
            place = places + number * segments
            memcpy(place, PyBytes_AsString(held), segments * sizeof(Place))
            documents, before = 0, inside
            for segment in range(segments):
                place = &places[number * segments + segment]
                if place.ordinal >= 0:
                    documents += place.stop - place.start
                    inside += 1
            having += documents
            # Alone, a term is kept without its weight, by which it is multiplied then.
            if inside > before:
                factors[number] = of.idf_of(documents) * (1.0 if terms == 1 else weight)
        word.reads = ((terms, inside, having),)
        word.make_room(of, inside)
        _fill_one_way(of, word, way, places, factors)
        return 1
    finally:
        PyMem_Free(places)
        PyMem_Free(factors)


cdef int _fill_one_way(
    Words of, Word word, tuple way, const Place *places, const double *factors
) except -1:
    """Make the runs of a word of one way by where its terms are: (terms, segments)."""
    cdef Py_ssize_t terms = len(way), number, segment, runs = 0
    cdef const Place *place
    cdef const float **norms = <const float **>PyMem_Calloc(terms + 1, sizeof(float *))
    cdef double bound
    cdef Run *run
    cdef list fields = [(<Lookup>of._lookups[name]).fields for name, _, _ in way]
    cdef list leads = [name == of._leading for name, _, _ in way]
    cdef list weights = [weight if terms == 1 else 1.0 for _, _, weight in way]
    try:
        if norms == NULL:
            raise MemoryError
        for number in range(terms):
            norms[number] = of.norms_of(way[number][0])
        for segment in range(of.segments):
            word.at[segment] = runs
            bound = 0.0
            for number in range(terms):
                place = &places[number * of.segments + segment]
                if place.ordinal < 0:
                    continue
                run = &word.runs[runs]
                run.factor = <float>factors[number]
                run.scale = <float><double>weights[number]
                of._fill_run(
                    run, <Field>(<tuple>fields[number])[segment], norms[number], leads[number],
                    segment, place.start, place.stop,
                )
                bound += <double>run.factor * <double>run.scale * (
                    1.0 + (of.highest if run.first != NULL else 0.0)
                )
                runs += 1
            word.bounds[segment] = bound * ROUNDED
        word.at[of.segments] = runs
        return 0
    finally:
        PyMem_Free(norms)


cdef bint _is_sound(const Run *run, uint32_t size):
    """The same as ``is_sound``, of long runs without the GIL."""
    cdef bint sound
    if run.length < LONG:
        return is_sound(run, size)
    with nogil:
        sound = is_sound(run, size)
    return sound


cdef int _add_all(
    const Run *runs, Py_ssize_t number, const Lead *lead, const uint32_t *documents,
    Py_ssize_t count, double *scores, uint8_t *matched,
) except -1:
    """Add what some runs score at documents (see ``add_at``), at many of them without the GIL."""
    cdef Py_ssize_t at
    if count < MANY:
        for at in range(number):
            add_at(&runs[at], lead, documents, count, scores, matched)
        return 0
    with nogil:
        for at in range(number):
            add_at(&runs[at], lead, documents, count, scores, matched)
    return 0


cdef double _highest(const Run *run) noexcept nogil:
    """The highest score of a run of known scores."""
    cdef double highest = 0.0
    cdef Py_ssize_t at
    for at in range(run.length):
        highest = max(highest, run.scores[at])
    return highest


cdef Py_ssize_t _sorted(uint32_t *documents, Py_ssize_t count) except -1:
    """Sort documents and leave each once; how many are left."""
    cdef Py_ssize_t at, place, kept = 0
    cdef uint32_t document
    cdef uint32_t[::1] many
    if count > FEW:
        many = <uint32_t[:count]>documents
        np.asarray(many).sort()
    else:
        for at in range(1, count):
            document, place = documents[at], at
            while place and documents[place - 1] > document:
                documents[place] = documents[place - 1]
                place -= 1
            documents[place] = document
    for at in range(count):
        if not kept or documents[kept - 1] != documents[at]:
            documents[kept] = documents[at]
            kept += 1
    return kept
