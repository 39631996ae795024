"""What documents say of two words that may be one: ``mutual`` in ``search.query.rewrite`` in numbers.

``beside``: how many documents have the second word behind the first, ``both``: how many have them,
``written``: how many have them in one piece.
"""

cdef struct Bounds:     # of ``mutual``, in their order, and ``glued`` of ``compounds``
    double most
    double of_known
    double of_one_letter
    double of_two
    double of_phrasal
    double many
    double often
    double far_more
    Py_ssize_t several
    double of_name
    double of_unknown
    double codes
    double years
    double glued


cdef inline double share_of(Py_ssize_t beside, Py_ssize_t both) noexcept nogil:
    return <double>beside / <double>both if both else 1.0


cdef inline double ratio_of(Py_ssize_t written, Py_ssize_t beside) noexcept nogil:
    return <double>written / <double>max(beside, 1)


cdef inline bint is_word(
    const Bounds *bounds, Py_ssize_t shorter, Py_ssize_t least, Py_ssize_t beside, Py_ssize_t both,
    Py_ssize_t written, bint known, bint phrasal,
) noexcept nogil:
    """As ``mutual.is_word``; ``least``: letters of a part that is a word by itself."""
    cdef double share = share_of(beside, both), ratio = ratio_of(written, beside)
    if not beside and (not both or (known and shorter >= least)):
        return True
    if phrasal:
        return share >= bounds.of_phrasal or written > beside
    if shorter < least and share < (bounds.of_one_letter if shorter == 1 else bounds.of_two):
        return False
    if known:
        return share >= bounds.of_known
    if share >= bounds.most or (shorter >= least and ratio >= bounds.far_more):
        return True
    return share >= bounds.many and ratio >= bounds.often and written >= bounds.several


cdef inline bint is_name(
    const Bounds *bounds, bint ahead, bint short, bint year, Py_ssize_t beside, Py_ssize_t both,
    Py_ssize_t written,
) noexcept nogil:
    """As ``mutual._is_name``, of what is no code.

    ``ahead``: the number is before the letters, which are ``short`` as those of a code are;
    ``year``: it is one.
    """
    cdef double share = share_of(beside, both), ratio = ratio_of(written, beside)
    if not written:
        return beside >= bounds.several and share >= bounds.of_unknown
    if short:
        return ratio >= bounds.codes
    if ahead:
        return share >= bounds.most
    return not beside or (share >= bounds.of_name and (ratio >= bounds.years or not year))


cdef inline bint lacks_blank(
    const Bounds *bounds, bint lettered, Py_ssize_t beside, Py_ssize_t both, Py_ssize_t written
) noexcept nogil:
    """As ``compounds._is_glued``, of what may; ``lettered``: the first word is one letter."""
    if lettered and beside < max(<double>bounds.several, bounds.most * <double>both):
        return False
    return beside > 0 and written < max(bounds.glued * <double>beside, <double>bounds.several)
