"""What a chunk is taken apart into, and the terms that are made of that."""

from index.kernels.pool cimport Pool
from index.kernels.spans cimport Span

cdef enum:
    LONGEST_CHUNK = 100     # a longer term is cut
    MOST_PARTS = 64

cdef enum Rule:     # how a base was found, as far as something depends on it
    AS_WRITTEN
    OTHERWISE
    ABBREVIATED
    PREFIXED
    CODED

cdef struct ChunkPart:      # a word or a number, as ``index.analysis.tokenizer`` has it
    Span text
    char joiner             # what leads to it: 0 nothing, a blank more than one character

cdef struct Unit:           # a part, or initials
    Span text
    char joiner
    Rule rule

cdef struct Term:
    Span surface
    Span stem

cdef struct ChunkTerms:
    # The terms last until the next chunk is taken apart here; texts are in ``folded`` or the pool.
    Term terms[MOST_PARTS]
    Py_ssize_t count
    char folded[LONGEST_CHUNK + 16]
    Pool pool
    ChunkPart parts[MOST_PARTS]
    Py_ssize_t part_count
    Unit units[MOST_PARTS]
    Py_ssize_t unit_count
