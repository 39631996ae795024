"""Where sentences begin in bytes of UTF-8: the compiled form of ``index.analysis.sentences``."""

from libc.stdint cimport int64_t, uint8_t


cdef inline bint is_mark(uint8_t byte) noexcept nogil:
    return byte == b"." or byte == b"!" or byte == b"?" or byte == b"\n" or byte == 0xA6


cdef inline bint may_begin(const uint8_t *raw, int64_t start) noexcept nogil:
    """Whether a sentence may begin with the chunk: by its first letter and what is before."""
    cdef uint8_t first = raw[start], quote = raw[start - 1]
    if first >= 0x80 or b"A" <= first <= b"Z" or b"0" <= first <= b"9":
        return True
    if quote == b'"' or quote == b"'" or quote == b"(":
        return True
    return start >= 2 and quote >= 0x80 and raw[start - 2] == 0x80


cdef inline bint ends_sentence(const uint8_t *raw, int64_t mark) noexcept nogil:
    """Whether a mark ends a sentence, by what stands around it; ten bytes behind are readable."""
    cdef int64_t at = mark + 1
    cdef int times
    if raw[mark] == b"\n":
        return True
    if raw[mark] == 0xA6 and not (mark >= 2 and raw[mark - 1] == 0x80 and raw[mark - 2] == 0xE2):
        return False
    for times in range(2):
        if raw[at] == b'"' or raw[at] == b"'" or raw[at] == b")" or raw[at] == b"]":
            at += 1
        if raw[at] == 0xE2 and raw[at + 1] == 0x80:
            if raw[at + 2] == 0x9D or raw[at + 2] == 0x99:
                at += 3
    if raw[at] == 0xC2 and raw[at + 1] == 0xA0:
        return True
    return raw[at] == b" " or raw[at] == b"\t" or raw[at] == b"\r" or raw[at] == b"\n"


cdef inline int begins_sentence(const uint8_t *raw, int64_t end, int64_t start) noexcept nogil:
    """Whether a chunk at ``start`` begins a sentence behind one that ends at ``end``.

    2: it does; 1: unless that is an abbreviation; 0: not. See ``index.analysis.sentences``.
    """
    cdef int64_t at
    cdef int verdict = 0
    if not may_begin(raw, start):
        return 0
    for at in range(end, start):
        if is_mark(raw[at]) and ends_sentence(raw, at):
            if raw[at] != b"." or at != end:
                return 2
            verdict = 1
    return verdict
