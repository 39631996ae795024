"""Two words that are also written as one, or one as two, found by lexicon and bodies at once.

The compiled form of ``compounds`` and ``mutual`` in ``search.query.rewrite``, its witness, for what
most such words are: of small ASCII letters, neither prefixed nor with a hyphen.
"""

include "source.pxi"

from cpython.object cimport PyObject
from libc.stdint cimport int64_t

from index.kernels.ascii cimport are_digits, are_small, ascii_of
from index.kernels.cuts cimport AFFIX, BELONGS, CODE, CURRENCY, ENDING, LONE, STOP_WORD, Cost, Cutter
from index.kernels.glued cimport Begins, Entry, entry_of
from index.kernels.postings cimport Lookup
from index.kernels.slotted cimport Maker

cdef enum:
    BY_DOCUMENTS = 2    # what ``Cutter.seen`` says where it is for the documents with both to say


cdef class Compounds:
    """Finds them. Shared by threads, which hold the GIL.

    ``begins``: the glued words of the index, ``damaged`` makes the error where they are none. Common
    is what more than ``common`` documents have. ``token``: the class of words, a tuple, ``form`` and
    ``compound``: those of spellings and of what is found. ``node``: what is counted for each
    question to the bodies. ``bounds``: those of ``mutual``, in its order. Raises TypeError for
    classes with other slots.
    """

    def __cinit__(
        self, Cutter cutter not None, Begins begins not None, damaged, *, Py_ssize_t common,
        token not None, form not None, compound not None, int64_t node, tuple bounds not None,
    ):
        if not isinstance(token, type) or not issubclass(token, tuple):
            raise TypeError("words are tuples")
        self._cutter, self._begins, self._damaged, self._common = cutter, begins, damaged, common
        self._token, self._new, self._least, self._node = token, tuple.__new__, cutter._least, node
        self._form = Maker(form, ("surface", "stem", "by_stem"), (-1,) * 3)
        self._compound = Maker(compound, ("first", "second", "forms", "mutual"), (-1,) * 4)
        (
            self._bounds.most, self._bounds.of_known, self._bounds.of_one_letter,
            self._bounds.of_two, self._bounds.of_phrasal, self._bounds.many, self._bounds.often,
            self._bounds.far_more, self._bounds.several,
        ) = bounds

    def pair(self, str first not None, str second not None, int64_t left):
        """``(compound, work)``: what two surface forms are as one, and what finding that counts.

        ``compound`` is None where they are none. Not a pair but None where steps have to tell it:
        see ``Cutter.seen`` and ``parts``; or where it may count more than ``left``, what the budget
        has yet. Raises ``FileDamaged``.
        """
        return self.pair_of(first, second, left)

    cdef tuple pair_of(self, str first, str second, int64_t left):
        cdef tuple seen = self._cutter.seen_of(first, second, left - self._node)
        cdef int64_t work = 0
        cdef int mutual
        cdef object found = None
        if seen is None:
            return self._of_parts(first, second)
        if seen:
            mutual = self._mutual(first, second, seen, &work)
            if mutual < 0:
                return None
            if mutual and not self._is_glued(<str>seen[0], first + second):
                found = self._found(first, second, seen, <Py_ssize_t>seen[3] > 0)
        return found, work

    cdef tuple _of_parts(self, str first, str second):
        """What ``pair`` gives of two words of which lexicon and analysis alone tell whether they are
        one: prefixes, and words that documents may have with a hyphen.
        """
        cdef tuple told = self._parts(first, second), forms
        cdef object yes = True, found
        cdef PyObject *values[4]
        if told is None or (told and told[3] == BY_DOCUMENTS):
            return None
        if not told or not told[3] or self._is_glued((<tuple>told[0])[3], first + second):
            return None, 0
        forms = tuple([form for form in told[2] if self._is_written(form)])
        values[:] = [
            <PyObject *>told[0], <PyObject *>told[1], <PyObject *>forms, <PyObject *>yes,
        ]
        found = self._compound.of(values)
        return found, 0

    cdef bint _is_written(self, form) except -1:
        """Whether any document has a spelling in one piece."""
        if form.by_stem:
            return self._documents(form.stem) > 0
        return self._cutter._exact.documents_in(self._cutter._exact.find(form.surface)) > 0

    def parts(self, str first not None, str second not None):
        """``(one, two, forms, mutual)``: what two surface forms may be as one, as ``parts_of`` tells it.

        () where they are nothing; None where that is not to be told here: of anything but small
        letters, or but digits. ``mutual``: as ``Cutter.seen`` has it, as far as words alone tell it.
        """
        return self._parts(first, second)

    cdef tuple _parts(self, str first, str second):
        cdef Cutter cutter = self._cutter
        cdef str whole = first + second, one, two, text, surface, stem
        cdef bint number = first.isdigit() or second.isdigit(), prefix, goes_with, affixed, same
        cdef bint listed, by_stem, any_by_stem = False
        cdef int of_first, of_second, mutual = BY_DOCUMENTS
        cdef list texts = [whole], found = []
        cdef object yes = True, no = False
        cdef PyObject *values[3]
        if len(whole) > cutter._longest or not (is_plain(first) and is_plain(second)):
            return None
        one, two = cutter.stem_of(first), cutter.stem_of(second)
        if one == two or whole.isdigit():
            return ()
        of_first, of_second = cutter.lists_of(first), cutter.lists_of(second)
        prefix = of_first & BELONGS and not of_second & ENDING
        goes_with = prefix or number
        affixed = not goes_with and (of_first & AFFIX or of_second & ENDING)
        if number or cutter.are_one(first, second):
            texts.append(f"{first}-{second}")
        for text in texts:
            if text.isalpha():
                surface, stem = text, cutter.stem_of(text)
            else:
                terms = cutter._how.terms(text)
                if len(terms) != 1:
                    continue
                surface, stem = terms[0]
            same = surface == stem
            if same and stem == two:
                continue
            listed = (same or surface in cutter._exceptions) and stem == one and not affixed
            by_stem = listed or stem not in (one, two)
            if by_stem or goes_with or text is not whole:
                values[:] = [
                    <PyObject *>surface, <PyObject *>stem, <PyObject *>(yes if by_stem else no),
                ]
                found.append(self._form.of(values))
                any_by_stem |= by_stem
                if by_stem and stem == one:
                    mutual = True
        if not found or (affixed and not any_by_stem):
            return ()
        if (of_first | of_second) & STOP_WORD:
            mutual = False
        elif of_first & BELONGS and not of_first & LONE:
            mutual = True
        elif mutual == BY_DOCUMENTS and second.isdigit() and len(first) <= CODE:
            if not (of_first & CURRENCY or cutter.is_known(one)):
                mutual = True
        return (
            self._new(self._token, (0, len(first), first, one)),
            self._new(self._token, (0, len(second), second, two)),
            tuple(found), mutual,
        )

    def joined(self, str surface not None, int64_t left):
        """``(compound, work)``: what a surface form in one piece is also written as: see ``pair``.
        """
        return self.joined_of(surface, left)

    cdef tuple joined_of(self, str surface, int64_t left):
        cdef str stem = self._cutter.stem_of(surface), whole = surface
        cdef int64_t work = 0
        cdef object found = None
        cdef bint listed = self._cutter.is_known(stem) or stem in self._cutter._names
        while True:
            if not (whole.isascii() and whole.isalpha()):
                return None
            if self._cutter._shortest <= len(whole) <= self._cutter._longest:
                found = self._cut(whole, listed, left, &work)
                if found is False:
                    return None
            if found is not None or whole == stem:
                break
            whole = stem
        return None if work > left else (found, work)

    cdef object _cut(self, str whole, bint listed, int64_t left, int64_t *work):
        """The best cut of a word, or None; False where that is not to be told here."""
        cdef Cost cost
        cdef str first, second
        cdef tuple seen
        cdef object best = None
        cdef int mutual
        cdef Py_ssize_t rarer, most = 0
        cost.times = cost.quarters = cost.fewer = 0
        cost.listed = listed
        cuts = self._cutter.left_of(whole, &cost)
        work[0] += self._cutter._cost(&cost)
        for first, second in cuts:
            seen = self._cutter.seen_of(first, second, left - work[0] - self._node)
            if seen is None:
                return False
            if not seen:
                continue
            mutual = self._mutual(first, second, seen, work)
            if mutual < 0:
                return False
            if not mutual:
                if self._may_be_glued(first, second, seen):
                    return False
                continue
            if not self._stand_beside(<str>seen[0], <str>seen[1], work):
                continue
            if not (self._is_common(second) and self._is_common(first)):
                continue
            rarer = min(self._documents(<str>seen[0]), self._documents(<str>seen[1]))
            if best is None or rarer > most:
                best, most = self._found(first, second, seen, True), rarer
        return best

    cdef int _mutual(self, str first, str second, tuple seen, int64_t *work) except -2:
        """Whether two words and what they are together mean one thing; -1 for what is not told."""
        cdef Py_ssize_t documents, beside, both
        cdef int64_t cost
        _, _, _, documents, mutual, known, phrasal, there = seen
        if mutual != BY_DOCUMENTS:
            return mutual
        if there is None:
            return -1
        beside, both, cost = <tuple>there
        work[0] += self._node + cost
        return self._is_word(min(len(first), len(second)), beside, both, documents, known, phrasal)

    cdef bint _is_word(
        self, Py_ssize_t shorter, Py_ssize_t beside, Py_ssize_t both, Py_ssize_t written, bint known,
        bint phrasal,
    ) noexcept:
        """As ``mutual.is_word``."""
        cdef const Bounds *bounds = &self._bounds
        cdef double share, ratio
        if not beside and (not both or (known and shorter >= self._least)):
            return True
        share = <double>beside / <double>both if both else 1.0
        if phrasal:
            return share >= bounds.of_phrasal or written > beside
        if shorter < self._least and share < (bounds.of_one_letter if shorter == 1 else bounds.of_two):
            return False
        if known:
            return share >= bounds.of_known
        ratio = <double>written / <double>max(beside, 1)
        if share >= bounds.most or (shorter >= self._least and ratio >= bounds.far_more):
            return True
        return share >= bounds.many and ratio >= bounds.often and written >= bounds.several

    cdef bint _may_be_glued(self, str first, str second, tuple seen) except -1:
        """Whether a word that is no compound may only lack the blank, see ``compounds``."""
        if seen[5] or len(second) < self._least:
            return False
        return len(first) >= self._least or not seen[3]

    cdef bint _stand_beside(self, str stem, str other, int64_t *work) except -1:
        cdef Py_ssize_t documents, fewer
        cdef bint found = self._cutter.any_beside(stem, other, &documents, &fewer)
        work[0] += self._cutter._prices.looking + documents // 4
        work[0] += fewer * self._cutter._prices.compared
        return found

    cdef bint _is_common(self, str word) except -1:
        if self._documents(word) > self._common:
            return True
        return self._cutter._exact.documents_in(self._cutter._exact.find(word)) > self._common

    cdef Py_ssize_t _documents(self, str stem) except -1:
        return self._cutter._fields.documents_in(self._cutter._fields.find(stem))

    cdef bint _is_glued(self, str stem, str surface) except -1:
        """Whether a surface form is a glued word that a word of the stem is a part of."""
        cdef bytes letters = stem.encode("utf-8", "surrogatepass"), whole = surface.encode("ascii")
        cdef Entry entry
        try:
            for one in self._begins.held(letters, len(letters)):
                entry_of(<bytes>one, len(letters), &entry)
                if entry.surface[:entry.length] == whole:
                    return True
        except ValueError:
            raise self._damaged() from None
        return False

    cdef object _found(self, str first, str second, tuple seen, bint with_form):
        """The compound of two words, and of their one spelling in one piece if that is in use."""
        cdef object yes = True, one, two, forms = ()
        cdef str whole = first + second
        cdef PyObject *values[4]
        one = self._new(self._token, (0, len(first), first, seen[0]))
        two = self._new(self._token, (0, len(second), second, seen[1]))
        if with_form:
            values[:3] = [<PyObject *>whole, <PyObject *>seen[2], <PyObject *>yes]
            forms = (self._form.of(values),)
        values[:] = [<PyObject *>one, <PyObject *>two, <PyObject *>forms, <PyObject *>yes]
        return self._compound.of(values)


cdef bint is_plain(str text) noexcept:
    """Whether a text is small ASCII letters, or digits."""
    cdef Py_ssize_t length
    cdef const char *letters = ascii_of(text, &length)
    return letters != NULL and (are_small(letters, length) or are_digits(letters, length))
