from index.kernels.lists cimport Lists
from index.kernels.prefixes cimport LOAN, Letters

cdef enum:
    MOST_PREFIXES = 3
    MOST_ENDINGS = 24   # none is shorter than three letters but for the innermost two
    ANTI = LOAN         # prefixes by their numbers, as ``Prefix`` of ``prefixes`` has them
    NON = LOAN + 3

cdef enum:  # the lists by which words are taken apart, the bits of ``index.analysis.morphology``
    SELF = 1                # their own stems
    STEM = 2
    ROOT = 4
    WHOLE = 8               # the suffix of which is not that of a prefix before it

cdef struct Taken:
    Letters root
    int prefixes[MOST_PREFIXES]     # from the outside
    int count
    int spoken                      # the number of a prefix of speech, -1: none
    int lengths[MOST_ENDINGS]       # of what stands behind the root, from there on
    int endings
    bint nasal

cdef class Deriver:
    cdef Lists known
    cdef object roots               # the set of which ``ROOT`` says that a word is in it
    cdef int _suffixes[LOAN + 1]
    cdef int _inside[LOAN + 1]
    cdef int _before_whole
    cdef bint is_stem(self, const Letters *word) noexcept nogil
    cdef bint taken(self, const Letters *word, Taken *found) noexcept nogil
    cdef bint behind_clitic(self, const Letters *word, Taken *found) noexcept nogil
    cdef bint before_whole(self, const Letters *word, Taken *found) noexcept nogil
    cdef bint without_clitics(self, const Letters *word, Taken *found) noexcept nogil
    cdef bint prefixed(
        self, const Letters *word, int suffix, int allowed, int prefixes, Taken *found
    ) noexcept nogil
    cdef bint colloquial(self, const Letters *word, Taken *found) noexcept nogil
    cdef bint spoken(
        self, const Letters *base, const char *prefix, int length, char hidden, int number,
        Taken *found,
    ) noexcept nogil
