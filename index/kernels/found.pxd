"""What the terms of a chunk are made of, and the texts in it that are others than the chunk's."""

from libc.string cimport memcpy

from index.kernels.spans cimport Span, is_digit

cdef enum:
    LONGEST_CHUNK = 100     # a longer term is cut
    MOST_PARTS = 64
    POOL = 2048

cdef enum Rule:     # how a base was found, as far as something depends on it
    AS_WRITTEN
    OTHERWISE
    ABBREVIATED
    PREFIXED
    CODED

cdef struct Part:
    Span text
    char joiner             # what leads to it: 0 nothing, a blank more than one character

cdef struct Unit:
    Span text
    char joiner
    Rule rule

cdef struct Term:
    Span surface
    Span stem

cdef struct Found:
    Term terms[MOST_PARTS]
    Py_ssize_t count
    char folded[LONGEST_CHUNK + 16]
    char pool[POOL + 16]
    Py_ssize_t used
    bint full               # it had no room for something
    Part parts[MOST_PARTS]
    Py_ssize_t part_count
    Unit units[MOST_PARTS]
    Py_ssize_t unit_count


cdef inline void keep(const Span *text, Span *into, Found *found) noexcept nogil:
    """Copy a text to where it lasts as long as ``found``."""
    if found.used + text.length > POOL:
        found.full = True
        into.letters, into.length = found.folded, 0
        return
    memcpy(found.pool + found.used, text.letters, <size_t>text.length)
    into.letters, into.length = found.pool + found.used, text.length
    found.used += text.length


cdef inline void join(
    const Span *first, char between, const Span *second, Span *into, Found *found
) noexcept nogil:
    """Two texts as one, a character between them, 0 for none; ``into`` may be the first."""
    cdef Py_ssize_t size = first.length + (between != 0) + second.length
    cdef char *text = found.pool + found.used
    if found.used + size > POOL:
        found.full = True
        into.letters, into.length = found.folded, 0
        return
    memcpy(text, first.letters, <size_t>first.length)
    if between:
        text[first.length] = between
    memcpy(text + size - second.length, second.letters, <size_t>second.length)
    into.letters, into.length = text, size
    found.used += size


cdef inline void without_apostrophes(Span *text, Found *found) noexcept nogil:
    cdef Span kept
    cdef Py_ssize_t at, length = 0
    for at in range(text.length):
        if text.letters[at] == c"'":
            break
    else:
        return
    keep(text, &kept, found)
    if found.full:
        return
    for at in range(kept.length):
        if kept.letters[at] != c"'":
            (<char *>kept.letters)[length] = kept.letters[at]
            length += 1
    text.letters, text.length = kept.letters, length


cdef inline void without_points(Span *text, Found *found) noexcept nogil:
    """Leave out the full stops between a number's thousands; other text stays as it is."""
    cdef Py_ssize_t at = 0, length, group
    cdef Span kept
    while at < text.length and is_digit(text.letters[at]):
        at += 1
    if not 1 <= at <= 3 or at == text.length or text.letters[at] != c".":
        return
    while at < text.length and text.letters[at] == c".":
        group = at + 1
        at = group
        while at < text.length and is_digit(text.letters[at]):
            at += 1
        if at - group != 3:
            return
    if at < text.length:
        if text.letters[at] != c"," or at + 1 == text.length:
            return
        for group in range(at + 1, text.length):
            if not is_digit(text.letters[group]):
                return
    keep(text, &kept, found)
    if found.full:
        return
    length = 0
    for at in range(kept.length):
        if kept.letters[at] != c".":
            (<char *>kept.letters)[length] = kept.letters[at]
            length += 1
    text.letters, text.length = kept.letters, length
