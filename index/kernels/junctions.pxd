"""A part of a glued word, and what its letters alone tell of the junction."""

from libc.stdint cimport int64_t
from libc.string cimport memcmp

from index.kernels.hashes cimport SPARE
from index.kernels.prefixes cimport is_vowel
from index.kernels.stems cimport Text

cdef enum:
    LONGEST = 40        # letters of a glued word
    FAR = 20

cdef enum:  # the lists, a bit each, in the order of ``index.glued.compiled``
    FRONT = 1
    BACK = 2
    COMMON = 4
    NAMES = 8
    BOUND = 16
    BRANDS = 32
    PLAIN = 64
    SHORT_WORDS = 128
    SMALL_FRONT = 256
    SMALL_BACK = 512
    TWICE = 1024
    NAMING = 2048
    LISTED = 4096
    OF_NAMES = 8192
    TITLES = 16384
    NO_BRANDS = 32768

cdef enum Kind:     # in the order of ``index.glued.parts.Kind``
    UNKNOWN
    NAME
    KNOWN
    DERIVED
    NOT_ASKED

cdef struct Side:
    char letters[LONGEST + SPARE]
    int length
    int bits
    int kind
    int64_t articles
    bint stemmed
    Text stem


cdef inline bint equal(
    const char *one, Py_ssize_t length, const char *two, Py_ssize_t other
) noexcept nogil:
    return length == other and not memcmp(one, two, <size_t>length)


cdef inline bint is_word(const Side *part, const char *word, int length) noexcept nogil:
    return equal(part.letters, part.length, word, length)


cdef inline bint is_preposition(const Side *part) noexcept nogil:
    return is_word(part, "di", 2) or is_word(part, "ke", 2)


cdef inline bint is_behind_preposition(
    const Side *one, const Side *two, int64_t articles
) noexcept nogil:
    """As of ``index.glued.case``."""
    if not is_preposition(one) or (is_word(one, "ke", 2) and ends(two, "an", 2)):
        return False
    return articles == 1 or two.articles >= FAR * articles


cdef inline bint begins(const Side *part, const char *word, int length) noexcept nogil:
    return part.length >= length and not memcmp(part.letters, word, <size_t>length)


cdef inline bint ends(const Side *part, const char *word, int length) noexcept nogil:
    return part.length >= length and not memcmp(
        part.letters + part.length - length, word, <size_t>length
    )


cdef inline bint may_be_derived(const Side *part) noexcept nogil:
    """As of ``index.glued.parts``."""
    return part.length >= 6 and (
        begins(part, "me", 2) or begins(part, "di", 2) or begins(part, "ber", 3)
        or begins(part, "ter", 3) or begins(part, "pe", 2) or begins(part, "ke", 2)
        or begins(part, "se", 2)
    )


cdef inline bint is_one_name(const Side *one, const Side *two) noexcept nogil:
    return (
        one.bits & BOUND != 0
        or (one.bits & BRANDS != 0 and one.bits & PLAIN == 0)
        or two.bits & NAMES != 0
    )


cdef inline bint is_echo(const Side *one, const Side *two) noexcept nogil:
    """As of ``index.glued.small``."""
    cdef int first = 0, second = 0
    if not -1 <= one.length - two.length <= 1:
        return False
    if equal(one.letters + 1, one.length - 1, two.letters + 1, two.length - 1):
        return True
    if equal(one.letters, one.length, two.letters + 1, two.length - 1):
        return True
    if equal(one.letters + 1, one.length - 1, two.letters, two.length):
        return True
    while True:  # the same without vowels
        while first < one.length and is_vowel(one.letters[first]):
            first += 1
        while second < two.length and is_vowel(two.letters[second]):
            second += 1
        if first == one.length or second == two.length:
            return first == one.length and second == two.length
        if one.letters[first] != two.letters[second]:
            return False
        first += 1
        second += 1
