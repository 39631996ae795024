"""The best of the documents that have all words, of a chunk after the other, a run at a time.

MaxScore as in ``best``, but for which documents it is known what they have, and by runs, not words:
what gives the most by the fewest postings comes first (titles before bodies, rare words before
common ones, stems before surface forms). After each run documents are dropped that the runs behind
it cannot lift over the last of the best so far; in bodies those are not even scored that stand too
far behind.
"""

include "source.pxi"

from libc.stdint cimport uint64_t

from index.kernels.best cimport PROBED, SEVERAL, best_so_far, drop, keep, kept
from index.kernels.chunks cimport Chunk, QueryPart, Search, Stage
from index.kernels.intersecting cimport with_all
from index.kernels.matching cimport limits, look_ahead_to_score
from index.kernels.scored cimport add_among, add_where, most_of
from index.kernels.seeking cimport Run


cdef int select_all_words(Search *search, Py_ssize_t count) except -1 nogil:
    """Find the best ``count`` of the documents that have all words, and equals of the last of them.

    All where ``count`` is 0.
    """
    cdef Py_ssize_t k, at, asked, stages, begin = search.found.length
    cdef double told, most
    cdef uint64_t *bits
    cdef const Chunk *chunk
    cdef const Stage *stage
    search.heap.length, search.heap.room = 0, count
    search.threshold = 0.0
    for k in range(search.chunk_number):
        chunk = &search.chunks[k]
        if not chunk.complete:
            continue
        stages = _staged(search, chunk, &most)
        if most < search.threshold:
            continue
        look_ahead_to_score(search, k)
        bits = with_all(search, chunk, &asked)
        told = most
        for at in range(stages):
            stage = &search.stages[at]
            if stage.stop - stage.start > PROBED * asked:
                add_where(
                    stage.run, search.lead, stage.start, stage.stop, search.wanted, asked,
                    chunk.start, search.totals,
                )
            else:
                add_among(
                    stage.run, search.lead, stage.start, stage.stop, chunk.start, bits,
                    search.threshold - stage.rest, search.totals,
                )
            if at + 1 == stages or not count:
                continue
            # Once what is left is half of what it was when that was told last.
            if asked > SEVERAL * count and 2.0 * stage.rest < told:
                search.threshold = max(
                    search.threshold, best_so_far(search, search.wanted, asked, chunk.start, most)
                )
                told = stage.rest
            if search.threshold > stage.rest:
                asked = kept(search, chunk, bits, asked, search.threshold - stage.rest)
                if not asked:
                    break
        keep(search, chunk, asked, begin, True)
    if count:
        drop(search, begin)
    return 0


cdef Py_ssize_t _staged(Search *search, const Chunk *chunk, double *most) noexcept nogil:
    """Put the runs of a chunk in order; how many they are. ``most``: what they give at the most."""
    cdef Py_ssize_t number, at, place, count = 0
    cdef const QueryPart *part
    cdef Stage stage
    cdef double bound, later
    most[0] = 0.0
    for number in range(search.number):
        part = &search.parts[number]
        if not (part.strict or part.optional):
            continue
        most[0] += part.bounds[chunk.segment]
        for at in range(part.at[chunk.segment], part.at[chunk.segment + 1]):
            stage.run, stage.word = &part.runs[at], number
            limits(&part.runs[at], chunk, &stage.start, &stage.stop)
            if stage.start == stage.stop:
                continue
            stage.bound = min(part.bounds[chunk.segment], _bound_of(search, stage.run))
            place = count
            # The most by the fewest postings first.
            while place and _is_sooner(&stage, &search.stages[place - 1]):
                search.stages[place] = search.stages[place - 1]
                place -= 1
            search.stages[place] = stage
            count += 1
    # What runs of a word give together is no more than the word does.
    for number in range(search.number):
        search.bounds[number] = 0.0
    later = 0.0
    for place in range(count - 1, -1, -1):
        search.stages[place].rest = later
        number = search.stages[place].word
        bound = search.parts[number].bounds[chunk.segment]
        later -= min(search.bounds[number], bound)
        search.bounds[number] += search.stages[place].bound
        later += min(search.bounds[number], bound)
    return count


cdef double _bound_of(const Search *search, const Run *run) noexcept nogil:
    """What no document scores more than by a run; of known scores it is not looked up."""
    if run.arrays.known:
        return 1e300
    return most_of(run, search.highest)


cdef bint _is_sooner(const Stage *one, const Stage *other) noexcept nogil:
    return one.bound * <double>(other.stop - other.start) > (
        other.bound * <double>(one.stop - one.start)
    )
