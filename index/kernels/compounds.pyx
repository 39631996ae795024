"""Two words that are also written as one, or one as two, found by lexicon and bodies at once.

The compiled form of ``compounds`` and ``mutual`` in ``search.query.rewrite``, its witness, for what
most such words are: of small ASCII letters, neither prefixed nor with a hyphen.
"""

include "source.pxi"

from cpython.object cimport PyObject
from libc.stdint cimport int64_t

from index.kernels.ascii cimport are_digits, are_small, ascii_of
from index.kernels.company cimport Pairs, together_in
from index.kernels.cuts cimport (
    AFFIX, BELONGS, CODE, CURRENCY, ENDING, LONE, PARTICLE, STOP_WORD, Cost, Cutter, is_year,
)
from index.kernels.glued cimport Begins, Entry, entry_of
from index.kernels.mutual cimport is_name, is_word, lacks_blank
from index.kernels.postings cimport Lookup
from index.kernels.slotted cimport Maker

cdef enum:
    BY_DOCUMENTS = 2    # what ``Cutter.seen`` says where it is for the documents with both to say


cdef class Compounds:
    """Finds them. Shared by threads, which hold the GIL.

    ``begins``: the glued words of the index, ``damaged`` makes the error where they are none. Common
    is what more than ``common`` documents have. ``token``: the class of words, a tuple, ``form`` and
    ``compound``: those of spellings and of what is found. ``node``: what is counted for each
    question to the bodies. ``bounds``: those of ``mutual`` and ``compounds``, in their order;
    ``prepositions`` are often written together with what follows. ``together``: of two stems in how
    many bodies the second is behind the first, in how many both are, and what finding that counts,
    or None where that is more than the third, ``left``. Raises TypeError for classes with other slots.
    """

    def __cinit__(
        self, Cutter cutter not None, Begins begins not None, damaged, *, Py_ssize_t common,
        token not None, form not None, compound not None, int64_t node, tuple bounds not None,
        frozenset prepositions not None, together not None,
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
            self._bounds.far_more, self._bounds.several, self._bounds.of_name,
            self._bounds.of_unknown, self._bounds.codes, self._bounds.years, self._bounds.glued,
        ) = bounds
        self._prepositions, self._together = prepositions, together

    def pair(self, str first not None, str second not None, int64_t left):
        """``(compound, work)``: what two surface forms are as one, and what finding that counts.

        ``compound`` is None where they are none. Not a pair but None where steps have to tell it:
        see ``parts``; or where it may count more than ``left``, what the budget
        has yet. Raises ``FileDamaged``.
        """
        return self.pair_of(first, second, left)

    cdef tuple pair_of(self, str first, str second, int64_t left):
        cdef tuple seen = self._cutter.seen_of(first, second, left - self._node)
        cdef int64_t work = 0
        cdef int mutual
        cdef object found = None
        cdef tuple there = None
        if seen is None:
            return self._of_parts(first, second, left)
        if seen:
            mutual = seen[4]
            if mutual == BY_DOCUMENTS:
                there = self._there_of(seen, left - self._node)
                if there is None:
                    return None
                work = self._node + <int64_t>there[2]
                mutual = self._mutual(first, second, seen, there)
            if mutual and not self._is_glued(<str>seen[0], first + second):
                found = self._found(first, second, seen, <Py_ssize_t>seen[3] > 0, True)
        return found, work

    cdef tuple _of_parts(self, str first, str second, int64_t left):
        """What ``pair`` gives of prefixes, numbers, and words that may have a hyphen between them."""
        cdef tuple told = self._parts(first, second)
        cdef int64_t work = 0
        cdef int mutual
        if told is None:
            return None
        if not told:
            return None, 0
        mutual = told[3]
        if mutual == BY_DOCUMENTS:
            mutual = self._by_documents(told, left, &work)
        if mutual < 0 or work > left:
            return None
        if not mutual or self._is_glued((<tuple>told[0])[3], first + second):
            return None, work
        forms = [form for form in told[2] if self._is_written(form)]
        return made(self._compound, told, tuple(forms), True), work

    cdef int _by_documents(self, tuple told, int64_t left, int64_t *work) except -2:
        """Whether words of which ``parts`` leaves that open mean one thing; -1 for what is not told."""
        cdef Cutter cutter = self._cutter
        cdef str first = (<tuple>told[0])[2], second = (<tuple>told[1])[2]
        cdef str one = (<tuple>told[0])[3], two = (<tuple>told[1])[3]
        cdef tuple forms = told[2], there
        cdef int of_first = cutter.lists_of(first), of_second = cutter.lists_of(second)
        cdef bint number = first.isdigit() or second.isdigit()
        cdef bint particle = False, known = False, listed = False, ahead
        cdef Py_ssize_t written = self._written_in(forms), at = len(first)
        if not number:
            if of_first & LONE:
                return written > 0 or self._stand_beside(one, two, work)
            for form in forms:
                known |= form.by_stem and cutter.is_known(form.stem)
                listed |= form.stem in cutter._names
            particle = (of_first | of_second) & PARTICLE
            if known and not particle:
                written = 0
            if not (written or known) or (
                (listed or known)
                and cutter._is_sliver(at, at + len(second), of_first, of_second)
            ):
                return False
        elif not written and not self._may_be_name(first, second, one):
            return False
        there = self._there(one, two, left - self._node)
        if there is None:
            return -1
        work[0] += self._node + <int64_t>there[2]
        if number:
            ahead = first.isdigit()
            return is_name(
                &self._bounds, ahead, len(second if ahead else first) <= CODE, is_year(second),
                there[0], there[1], written,
            )
        return is_word(
            &self._bounds, min(at, <Py_ssize_t>len(second)), self._least, there[0], there[1],
            written, known, particle and written > 0 and not cutter.is_known(one),
        )

    cdef bint _may_be_name(self, str first, str second, str stem) except -1:
        """Whether letters and a number that no document has in one piece may be one thing."""
        return second.isdigit() and len(first) > CODE and not (
            is_year(second) or self._cutter.is_known(stem)
        )

    cdef Py_ssize_t _written_in(self, tuple forms) except -1:
        """As ``written_in`` of ``compound_parts``."""
        cdef Py_ssize_t found = 0
        cdef set terms = {form.term for form in forms}
        for twin, term in terms:
            found += self._written(term) if twin else self._documents(term)
        return found

    cdef bint _is_written(self, form) except -1:
        """Whether any document has a spelling in one piece."""
        return (self._documents(form.stem) if form.by_stem else self._written(form.surface)) > 0

    cdef tuple _there_of(self, tuple seen, int64_t left):
        """What ``Cutter.seen`` told of the documents with both, or what is found out now."""
        return self._there(seen[0], seen[1], left) if seen[7] is None else <tuple>seen[7]

    cdef tuple _there(self, str one, str two, int64_t left):
        """As ``together``, of which few are read here."""
        cdef Pairs pairs
        cdef int64_t cost
        cdef tuple found
        if together_in(
            self._cutter._fields, one, two, self._cutter._most, left, &self._cutter._prices, &pairs,
            &cost,
        ):
            return pairs.beside, pairs.both, cost
        found = self._together(one, two, left)
        return found

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
            if not (whole.isascii() and whole.isalnum()):
                return None
            if not whole.isalpha() or self._cutter._shortest <= len(whole) <= self._cutter._longest:
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
        cdef object best = None, found
        cdef Py_ssize_t rarer, most = 0
        cdef bint lettered = whole.isalpha()
        if lettered:
            cost.times = cost.quarters = cost.fewer = 0
            cost.listed = listed
            cuts = self._cutter.left_of(whole, &cost)
            work[0] += self._cutter._cost(&cost)
        else:
            cuts = at_number(whole)
            if cuts is None:
                return False
        for first, second in cuts:
            if self._cutter.lists_of(second) & STOP_WORD:
                continue
            found = self._apart(first, second, left, work)
            if found is False:
                return False
            if found is None or (lettered and not self._are_common(first, second)):
                continue
            rarer = min([self._documents(self._cutter.stem_of(one)) for one in (first, second)])
            if best is None or rarer > most:
                best, most = found, rarer
        return best

    cdef object _apart(self, str first, str second, int64_t left, int64_t *work):
        """What a word that is cut so is made of, or None; False where that is not to be told here."""
        cdef tuple seen = self._cutter.seen_of(first, second, left - work[0] - self._node)
        cdef tuple there = None
        cdef int mutual
        if seen is None:
            return self._apart_of_parts(first, second, left, work)
        if not seen:
            return None
        mutual = seen[4]
        if mutual == BY_DOCUMENTS:
            there = self._there_of(seen, left - work[0] - self._node)
            if there is None:
                return False
            work[0] += self._node + <int64_t>there[2]
            mutual = self._mutual(first, second, seen, there)
        if mutual:
            if not self._stand_beside(<str>seen[0], <str>seen[1], work):
                return None
        elif seen[5] or not self._may_lack_blank(first, second, seen[3]):
            return None
        else:
            there = there or self._there_of(seen, left - work[0] - self._node)
            if there is None:
                return False
            work[0] += self._node + <int64_t>there[2]
            if not lacks_blank(&self._bounds, is_letter(first), there[0], there[1], seen[3]):
                return None
        return self._found(first, second, seen, True, mutual)

    cdef object _apart_of_parts(self, str first, str second, int64_t left, int64_t *work):
        """The same of prefixes, numbers, and words that may have a hyphen between them."""
        cdef tuple told = self._parts(first, second), there
        cdef str whole = first + second, one, two
        cdef object typed = None
        cdef Py_ssize_t written
        cdef int mutual
        cdef bint by_stem
        if told is None:
            return False
        if not told:
            return None
        one, two = (<tuple>told[0])[3], (<tuple>told[1])[3]
        mutual = told[3]
        if mutual == BY_DOCUMENTS:
            mutual = self._by_documents(told, left - work[0], work)
        if mutual < 0:
            return False
        for form in told[2]:
            if typed is None and form.surface == whole:
                typed = form
        if typed is None:
            return None
        by_stem = typed.by_stem
        if not mutual:
            if not by_stem or self._cutter.is_known(typed.stem):
                return None
            written = self._documents(typed.stem)
            if not self._may_lack_blank(first, second, written):
                return None
            there = self._there(one, two, left - work[0] - self._node)
            if there is None:
                return False
            work[0] += self._node + <int64_t>there[2]
            if not lacks_blank(&self._bounds, is_letter(first), there[0], there[1], written):
                return None
        forms = [form for form in told[2] if form.surface == whole or self._is_written(form)]
        if mutual and by_stem and not any([form.term != typed.term for form in forms]):
            if not self._stand_beside(one, two, work):
                return None
        return made(self._compound, told, tuple(forms), mutual)

    cdef bint _are_common(self, str first, str second) except -1:
        """Whether documents know the words of a cut between letters."""
        return self._is_common(second) and (
            self._cutter.lists_of(first) & BELONGS or self._is_common(first)
        )

    cdef bint _mutual(self, str first, str second, tuple seen, tuple there) except -1:
        """Whether two words and what they are together mean one thing, where documents say so."""
        return is_word(
            &self._bounds, min(len(first), len(second)), self._least, there[0], there[1], seen[3],
            seen[5], seen[6],
        )

    cdef bint _may_lack_blank(self, str first, str second, Py_ssize_t written) except -1:
        """Whether a word on no list that is no compound may only lack the blank, see ``compounds``."""
        if len(second) < self._least and not second.isdigit():
            return False
        return len(first) >= self._least or first.isdigit() or (
            not written and (len(first) == 1 or first in self._prepositions)
        )

    cdef bint _stand_beside(self, str stem, str other, int64_t *work) except -1:
        cdef Py_ssize_t documents, fewer
        cdef bint found = self._cutter.any_beside(stem, other, &documents, &fewer)
        work[0] += self._cutter._prices.looking + documents // 4
        work[0] += fewer * self._cutter._prices.compared
        return found

    cdef bint _is_common(self, str word) except -1:
        if self._documents(word) > self._common:
            return True
        return self._written(word) > self._common

    cdef Py_ssize_t _written(self, str surface) except -1:
        return self._cutter._exact.documents_in(self._cutter._exact.find(surface))

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

    cdef object _found(self, str first, str second, tuple seen, bint with_form, bint is_mutual):
        """The compound of two words, and of their one spelling in one piece if that is in use."""
        cdef object yes = True, one, two, forms = ()
        cdef str whole = first + second
        cdef PyObject *values[3]
        one = self._new(self._token, (0, len(first), first, seen[0]))
        two = self._new(self._token, (0, len(second), second, seen[1]))
        if with_form:
            values[:] = [<PyObject *>whole, <PyObject *>seen[2], <PyObject *>yes]
            forms = (self._form.of(values),)
        return made(self._compound, (one, two), forms, is_mutual)


cdef object made(Maker maker, tuple words, tuple forms, bint is_mutual):
    """The compound of two words, the first of a tuple."""
    cdef object mutual = is_mutual
    cdef PyObject *values[4]
    values[:] = [
        <PyObject *>words[0], <PyObject *>words[1], <PyObject *>forms, <PyObject *>mutual,
    ]
    return maker.of(values)


cdef list at_number(str whole):
    """The one cut of ASCII letters and a number, either first; none of digits, None of others."""
    cdef Py_ssize_t at
    for at in range(1, len(whole)):
        if whole[at].isdigit() != whole[0].isdigit():
            second = whole[at:]
            return [(whole[:at], second)] if second.isalpha() or second.isdigit() else None
    return []


cdef bint is_letter(str word) except -1:
    return len(word) == 1 and not word.isdigit()


cdef bint is_plain(str text) noexcept:
    """Whether a text is small ASCII letters, or digits."""
    cdef Py_ssize_t length
    cdef const char *letters = ascii_of(text, &length)
    return letters != NULL and (are_small(letters, length) or are_digits(letters, length))
