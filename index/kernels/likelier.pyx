"""That nothing is likelier to be meant than words that may be misspelt: of most, in one call.

The compiled form of ``likelier`` in ``search.local.completing.likelier``, its witness, as far as
that says that nothing is.
"""

include "source.pxi"

from libc.math cimport INFINITY, ceil, exp, log
from libc.stdint cimport int64_t
from libc.string cimport memcpy, memset

from index.kernels.ascii cimport ascii_of
from index.kernels.budgets cimport Budget
from index.kernels.hashes cimport SPARE
from index.kernels.postings cimport Lookup, most_documents
from index.kernels.prefixes cimport LONGEST
from index.kernels.stems cimport Stems


cdef class Likelier:
    """Tells whether nothing is likelier than a word. Shared by threads, which hold the GIL.

    ``companies``: tell how often words stand with others; ``vocabulary``: gives the near words of
    ``field``; ``slips``: what slips between two words cost; ``may_be``: whether one may be meant at
    all; ``how``: the ``TextAnalysis``, which knows words and their stems.
    ``stems``, ``forms``: the fields of both in which words are counted. ``irregular``: collections
    of words that are no form of their stems though no article has them; ``names``: known ones.

    ``nothing``: what a word is worth that no one means; ``stranger``: how often one stands with
    others that seems wrong among them; ``ahead``: how much likelier another has to be, of words of
    the language and ``short`` ones, and of longer ones; ``if_stranger``: the same where one never
    stands with the others. ``least``: what a slip costs at the least; ``rounding``: what is taken
    off the articles that follow from it; ``dearest``: what slips may cost, in short words, in
    others, and in words of ``long`` or more letters. No more than ``most`` near words are looked
    at, and ``several`` compared with the others. ``costs``: of a segment, and of a word that is
    compared. Methods raise ``FileDamaged``.
    """

    cdef object _companies, _vocabulary, _slips, _may_be, _how
    cdef str _field
    cdef tuple _stems, _forms, _irregular
    cdef frozenset _names
    cdef Stems _rules
    cdef list _looks
    cdef Py_ssize_t _looked         # of how many articles ``_looks`` have the words at the least
    cdef Py_ssize_t _short, _long, _most, _several
    cdef double _nothing, _stranger, _rounding, _least
    cdef double _ahead, _ahead_if_short, _if_stranger
    cdef double _dearest[3]
    cdef int64_t _of_segment, _of_word

    def __cinit__(
        self, companies not None, vocabulary not None, slips not None, may_be not None,
        how not None, *,
        str field not None, list stems not None, list forms not None, tuple irregular not None,
        frozenset names not None, double nothing, double stranger, tuple ahead not None,
        double if_stranger, Py_ssize_t short, Py_ssize_t long, double least, double rounding,
        tuple dearest not None, Py_ssize_t most, Py_ssize_t several, tuple costs not None,
    ):
        self._companies, self._vocabulary, self._how = companies, vocabulary, how
        self._slips, self._may_be = slips, may_be
        self._field, self._irregular, self._names = field, irregular, names
        self._stems = tuple([<Lookup?>one for one in stems])
        self._forms = tuple([<Lookup?>one for one in forms])
        self._nothing, self._stranger, self._most = nothing, stranger, most
        self._short, self._long, self._least = short, long, least
        self._rounding, self._several = rounding, several
        self._ahead_if_short, self._ahead = ahead
        self._if_stranger = if_stranger
        self._dearest[0], self._dearest[1], self._dearest[2] = dearest
        self._of_segment, self._of_word = costs

    def counted(self, words not None):
        """``(articles, word)`` of each word, the rarest first: how many have its stem."""
        cdef list found = [(most_documents(self._stems, <str?>word.stem), word) for word in words]
        if len(found) > 1:
            found.sort(key=_first)
        return found

    def begun(self, doubtful not None, words not None, Budget budget not None):
        """``(counted, at)``, as ``none`` takes the ``doubtful`` words, and up to where nothing is likelier.

        None where that is so of all of them. The ``budget`` counts what it costs.
        """
        cdef list counted = self.counted(doubtful)
        cdef int64_t left = budget.rest() if budget.suffices(0) else -1
        at, work = self.none(counted, 0, words, left)
        budget.work += <int64_t>work
        return None if at == len(counted) else (counted, at)

    def none(self, counted not None, Py_ssize_t at, words not None, int64_t left):
        """``(at, work)``: up to which of some words nothing is likelier, from one on, and its cost.

        ``counted``: as above; ``words``: all of the question. It ends where a word is reached that
        something may be likelier than, that no article has or that may be an acronym; or where finding
        out costs more than ``left``.
        """
        cdef int64_t work = 0, cost
        cdef Py_ssize_t articles
        cdef str surface, stem
        while at < len(counted) and work <= left:
            articles, word = <tuple?>counted[at]
            surface, stem = word.surface, word.stem
            if not articles or (len(surface) <= self._short and word.typed.isupper()):
                break
            others = [one.stem for one in words if one is not word]
            cost = self._none(surface, stem, articles, others)
            if cost < 0 or work + cost > left:
                break
            work += cost
            at += 1
        return at, work

    cdef int64_t _none(self, str surface, str stem, Py_ssize_t articles, list others) except -2:
        """What it costs to find out that nothing is likelier than a word; -1 where something may be."""
        cdef bint is_own
        cdef Py_ssize_t counting
        cdef double often, worth
        cdef int64_t work, looked, compared
        cdef list near = []
        if stem != surface and self._is_no_form(surface):
            return -1
        is_own = self._knows(surface) or surface in self._names
        counting, often, work = self._companies.often(
            others, stem, self._stranger if is_own else 0.0
        )
        if is_own and not (counting and often <= self._stranger):
            return work
        if ends_in_x(surface):
            return -1
        worth = log(<double>articles)
        if not counting:
            worth += self._ahead if len(surface) > self._short else self._ahead_if_short
        elif not often:
            worth = -INFINITY
        looked = self._near(surface, max(worth, self._nothing), near)
        if looked < 0 or (near and not counting):
            return -1
        if near:  # as of few words
            compared = self._compared(surface, stem, near, others, is_own)
            return -1 if compared < 0 else work + looked + compared
        return work + looked

    cdef int64_t _compared(
        self, str surface, str stem, list near, list others, bint is_own
    ) except -2:
        """What comparing near words, ``(word, worth, log of articles)``, with the others costs.

        -1 where one may be likelier then.
        """
        cdef double often, own, worth, logarithm, least, best = -INFINITY
        cdef int64_t work = 0, cost
        cdef set counted = {stem}
        if len(near) > self._several:
            return -1
        for word, worth, logarithm in near:
            other = self._how.stem(word)
            often, cost = self._companies.beside(others, other)
            if other not in counted:
                counted.add(other)
                work += cost
            if often:
                best = max(best, worth + often - logarithm)
        if best == -INFINITY:
            return work
        own = self._companies.beside(others, stem)[0]
        if is_own or len(surface) <= self._short:
            least = own + self._ahead_if_short
        else:
            least = own + self._ahead
        if not (is_own or own):
            least = min(least, self._if_stranger)
        return -1 if best >= least else work

    cdef bint _is_no_form(self, str surface) except -1:
        """Whether rules make a word of another one, but no list has it, and no article this form."""
        for words in self._irregular:
            if surface in words:
                return False
        return not most_documents(self._forms, surface) and self._knows(surface)

    cdef bint _knows(self, str surface) except -1:
        """Whether the analysis knows a word."""
        cdef char letters[LONGEST + SPARE]
        cdef Py_ssize_t length
        cdef const char *text = ascii_of(surface, &length)
        if self._rules is None:
            self._rules = self._how.rules
        if self._rules is None or text == NULL or length > LONGEST:
            return self._how.knows(surface)
        memcpy(letters, text, <size_t>length)
        memset(letters + length, 0, SPARE)
        return self._rules.knows(letters, length)

    cdef int64_t _near(self, str surface, double worth, list found) except -2:
        """What looking for near words costs; -1 where there are too many.

        Those that are worth so much are added to ``found``, as ``_compared`` takes them.
        """
        cdef Py_ssize_t fewest = <Py_ssize_t>ceil(exp(worth + self._least) - self._rounding)
        cdef Py_ssize_t number, share, compared, distance, documents
        cdef int64_t work = 0
        cdef bytes letters = surface.encode("ascii"), text
        cdef list some, looks, near = []
        cdef double cost, logarithm, one_worth, dearest = self._dearest[1]
        if len(surface) <= self._short:
            dearest = self._dearest[0]
        elif len(surface) >= self._long:
            dearest = self._dearest[2]
        number = 1 if self._looks is None else max(<Py_ssize_t>len(self._looks), 1)
        share = (fewest + number - 1) // number
        if self._looks is None or share < self._looked:
            self._looks, self._looked = self._vocabulary.looks(self._field, fewest)
            number = max(<Py_ssize_t>len(self._looks), 1)
            share = (fewest + number - 1) // number
        looks = self._looks
        for look in looks:
            some, compared = look(letters, (share,))
            near += some
            work += self._of_segment + self._of_word * compared
        if not near:  # as of most words
            return work
        if len(looks) > 1:
            several, work = self._vocabulary.nearest(self._field, surface, (fewest,))
            near = [(one.word.encode("ascii"), one.distance, one.articles) for one in several]
        if len(near) > self._most:
            return -1
        for text, distance, documents in near:
            if not distance:
                continue
            word = text.decode("ascii")
            cost = self._slips(surface, word)
            if cost > dearest:
                continue
            logarithm = log(<double>documents)
            one_worth = logarithm - cost
            if one_worth >= worth and self._may_be(word):
                found.append((word, one_worth, logarithm))
        return work


cdef bint ends_in_x(str surface) except -1:
    """As ``str.endswith``."""
    cdef Py_ssize_t length
    cdef const char *letters = ascii_of(surface, &length)
    if letters == NULL:
        return surface.endswith("x")
    return length > 0 and letters[length - 1] == c"x"


def _first(pair):
    """How many articles a counted word is in."""
    return pair[0]
