"""From a text of plain words to what they are together, in one call.

The compiled twin of what ``search.local.plain.road`` does with most texts: it cuts them, finds what is
known of their words, asks about the others, and composes them.
"""

include "source.pxi"


from index.kernels.asking cimport Asked, Finding
from index.kernels.budgets cimport Budget
from index.kernels.composed cimport Composed
from index.kernels.composing cimport Composer
from index.kernels.facts cimport Facts
from index.kernels.memos cimport Memo
from index.kernels.slotted cimport in_list

cdef extern from "Python.h":
    const char *letters_if "PyUnicode_AsUTF8AndSize"(str text, Py_ssize_t *size)
    str part_of "PyUnicode_Substring"(str text, Py_ssize_t start, Py_ssize_t stop)
    void PyErr_Clear()


cdef class Texts:
    """Texts of plain words. Shared by threads, which hold the GIL.

    ``facts``: what is known of words by how they are typed, each of which takes ``of_word`` bytes
    and as many as it has letters and takes made ready, and ``of_holder`` for each glued word.
    ``asked`` finds out the rest; ``spellings``: makes of a budget what it asks, where it must.
    ``most``: words of a text. A number in one piece with one of the ``currencies`` before it or one of
    the ``units`` behind it, such as *rp15*, is two words.
    """

    def __cinit__(
        self, Memo facts not None, Asked asked not None, Composer composer not None, spellings, *,
        Py_ssize_t most, Py_ssize_t of_word, Py_ssize_t of_holder, frozenset currencies not None,
        frozenset units not None,
    ):
        self._facts, self._asked, self._composer, self._spellings = facts, asked, composer, spellings
        self._most, self._of_word, self._of_holder = most, of_word, of_holder
        self._currencies, self._units = currencies, units

    def of(self, str text not None, Budget budget not None):
        """What the words of a text are together, which ``budget`` then counts.

        Of words of ASCII letters and digits with a blank between them, none of them OR. Else None.
        Where steps are to be taken one by one, a tuple to go on with: of each word its facts, or
        None where these are not known, and the spellings by which the others were found out, which
        count that apart; then too None if any two words are in one piece. Raises ``FileDamaged``.
        """
        return self.of_text(text, budget)

    cdef object of_text(self, str text, Budget budget):
        cdef bint all_known = True, in_pieces = False
        cdef list facts = self._words(text, &all_known, &in_pieces)
        cdef Finding finding
        if facts is None:
            return None
        finding = Finding.__new__(Finding)
        finding.whole, finding.made = budget, self._spellings
        if all_known or self._find_out(facts, finding):
            found = self._composer.composed_of(facts, finding)
            if type(found) is Composed and (finding.budget is None or not finding.budget.partial):
                if budget.suffices((<Composed>found).work):
                    budget.work += (<Composed>found).work
                    return found
        return None if in_pieces else (facts, finding.spellings())

    cdef list _words(self, str text, bint *all_known, bint *in_pieces):
        """Of each word its facts or, where these are not known, itself; None for other texts."""
        cdef Py_ssize_t size = 0, at, cut, start = 0
        cdef const char *letters = letters_if(text, &size)
        cdef list found = []
        cdef str typed
        if letters == NULL:     # of half a character, for example
            PyErr_Clear()
            return None
        for at in range(size + 1):
            if at < size and is_of_word(letters[at]):
                continue
            if at == start or (at < size and letters[at] != b" ") or len(found) == self._most:
                return None
            if at == start + 2 and letters[start] == b"O" and letters[start + 1] == b"R":
                return None
            cut = start
            if is_digit(letters[start]) != is_digit(letters[at - 1]):
                cut = self._cut(text, letters, start, at)
            if cut > start:
                if len(found) + 1 == self._most:
                    return None
                in_pieces[0] = True
                self._add(part_of(text, start, cut), found, all_known)
            self._add(part_of(text, cut, at), found, all_known)
            start = at + 1
        return found

    cdef int _add(self, str typed, list found, bint *all_known) except -1:
        facts = self._facts.find(typed)
        if facts is None:
            facts, all_known[0] = typed, False
        found.append(facts)
        return 0

    cdef Py_ssize_t _cut(
        self, str text, const char *letters, Py_ssize_t start, Py_ssize_t stop
    ) except -1:
        """Where a number begins or ends in one piece with a word; ``start`` where it is one word.

        As ``index.analysis.tokenizer`` has it.
        """
        cdef Py_ssize_t at, cut = start + 1
        cdef bint number_first = is_digit(letters[start])
        while is_digit(letters[cut]) == number_first:
            cut += 1
        for at in range(cut + 1, stop):
            if is_digit(letters[at]) == number_first:
                return start
        if number_first:
            return cut if part_of(text, cut, stop).lower() in self._units else start
        return cut if part_of(text, start, cut).lower() in self._currencies else start

    cdef bint _find_out(self, list facts, Finding finding) except -1:
        """Put the facts of words in their places; False where one has none, as those behind it."""
        cdef Py_ssize_t at, number = len(facts), size
        cdef str typed
        cdef Facts told
        for at in range(number):
            if type(<object>in_list(facts, at)) is not str:
                continue
            typed = facts[at]
            known = self._facts.find(typed)     # it may be there twice
            if known is None:
                known = told = self._asked.found_out(typed, finding)
                if told is None:
                    facts[at:] = [None if type(one) is str else one for one in facts[at:]]
                    return False
                size = self._of_word + len(typed) + told.nbytes_ready + told.nbytes_alike
                size += self._of_holder * len(told.ways.found)
                self._facts.keep(typed, told, size)
            facts[at] = known
        return True


cdef inline bint is_of_word(char letter) noexcept:
    return b"a" <= letter <= b"z" or b"A" <= letter <= b"Z" or b"0" <= letter <= b"9"


cdef inline bint is_digit(char letter) noexcept:
    return b"0" <= letter <= b"9"
