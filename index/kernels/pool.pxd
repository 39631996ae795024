"""Room for texts that are made of a chunk's own; they last until it is emptied for the next."""

from libc.string cimport memcpy

from index.kernels.spans cimport Span, is_digit

cdef enum:
    ROOM = 2048

cdef struct Pool:
    char letters[ROOM + 16]
    Py_ssize_t used
    bint full               # something was longer than there is room, here or with who asks


cdef inline void keep(const Span *text, Span *into, Pool *pool) noexcept nogil:
    """Copy a text to where it lasts as long as ``pool``."""
    if pool.used + text.length > ROOM:
        pool.full = True
        into.letters, into.length = pool.letters, 0
        return
    memcpy(pool.letters + pool.used, text.letters, <size_t>text.length)
    into.letters, into.length = pool.letters + pool.used, text.length
    pool.used += text.length


cdef inline void join(
    const Span *first, char between, const Span *second, Span *into, Pool *pool
) noexcept nogil:
    """Two texts as one, a character between them, 0 for none; ``into`` may be the first."""
    cdef Py_ssize_t size = first.length + (between != 0) + second.length
    cdef char *text = pool.letters + pool.used
    if pool.used + size > ROOM:
        pool.full = True
        into.letters, into.length = pool.letters, 0
        return
    memcpy(text, first.letters, <size_t>first.length)
    if between:
        text[first.length] = between
    memcpy(text + size - second.length, second.letters, <size_t>second.length)
    into.letters, into.length = text, size
    pool.used += size


cdef inline void without_apostrophes(Span *text, Pool *pool) noexcept nogil:
    cdef Span kept
    cdef Py_ssize_t at, length = 0
    for at in range(text.length):
        if text.letters[at] == c"'":
            break
    else:
        return
    keep(text, &kept, pool)
    if pool.full:
        return
    for at in range(kept.length):
        if kept.letters[at] != c"'":
            (<char *>kept.letters)[length] = kept.letters[at]
            length += 1
    text.letters, text.length = kept.letters, length


cdef inline void without_points(Span *text, Pool *pool) noexcept nogil:
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
    keep(text, &kept, pool)
    if pool.full:
        return
    length = 0
    for at in range(kept.length):
        if kept.letters[at] != c".":
            (<char *>kept.letters)[length] = kept.letters[at]
            length += 1
    text.letters, text.length = kept.letters, length
