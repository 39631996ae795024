"""The terms of a chunk: the compiled form of ``index.analysis.tokenizer`` and ``compounds``.

For chunks of up to 100 bytes, of ASCII and a few signs, but for words of more than 64 letters; the
rules are described there. What a chunk's terms are made of is written into one ``ChunkTerms``,
which is to be used again.
"""

include "source.pxi"

from libc.string cimport memcmp, memcpy, memset

from index.kernels.chunk_terms cimport (
    ABBREVIATED,
    AS_WRITTEN,
    CODED,
    LONGEST_CHUNK,
    MOST_PARTS,
    OTHERWISE,
    PREFIXED,
    ChunkPart,
    ChunkTerms,
    Term,
)
from index.kernels.lists cimport Lists
from index.kernels.morphology cimport ROOT
from index.kernels.names cimport Names
from index.kernels.pool cimport join, keep, without_apostrophes, without_points
from index.kernels.prefixes cimport LONGEST
from index.kernels.spans cimport (
    SHORTEST_DOUBLED,
    Span,
    are_equal,
    begins,
    doubled_letters,
    is_alnum,
    is_alpha,
    is_behind_doubled,
    is_code_number,
    is_digit,
    is_letter,
    is_number,
    is_roman,
    is_word,
    number_end,
    rest,
    word_end,
)
from index.kernels.stems cimport (
    CURRENCY,
    DEGREE,
    ENDING,
    ENDING_OF_AFFIXED,
    NEGATION,
    PAIR,
    PREFIX,
    PREFIX_OF_DOUBLED,
    UNDOUBLED,
    UNIT,
    Stems,
    Text,
)

cdef enum:
    LONGEST_CODE = 3
    LONGEST_PREFIX = 6      # of a doubled word


cdef class Tokens:
    """``doubles``: pairs of words that are one doubled word. Safe under threads.

    ``signs``: characters beyond ASCII, to the hyphen, the apostrophe or the blank that they are to
    the rules; chunks with others are not decided. No more than ``MOST_SIGNS``.
    """

    def __cinit__(self, Stems stems not None, doubles, dict signs not None):
        self.stems = stems
        self._lists = stems.lists
        self._doubles = Names()
        for first, second in doubles:
            self._doubles.number_of(f"{first}-{second}")
        if len(signs) > MOST_SIGNS:
            raise ValueError("so many signs are too many")
        for sign, plain in signs.items():
            encoded = sign.encode("utf-8", "surrogatepass")
            if not 0 < len(encoded) <= LONGEST_SIGN or plain not in (" ", "-", "'"):
                raise ValueError("there is no such sign")
            memcpy(self._signs[self._sign_count].letters, <const char *>encoded, len(encoded))
            self._signs[self._sign_count].length = <int>len(encoded)
            self._signs[self._sign_count].plain = <char>ord(plain)
            self._sign_count += 1

    def terms(self, bytes chunk not None):
        """The surface form and the stem of each token; None where these rules do not decide.

        As ``TextAnalysis.terms``.
        """
        cdef ChunkTerms found
        cdef Py_ssize_t at
        if not self.terms_of(chunk, len(chunk), &found):
            return None
        return [
            (text_of(&found.terms[at].surface), text_of(&found.terms[at].stem))
            for at in range(found.count)
        ]

    cdef bint terms_of(
        self, const char *chunk, Py_ssize_t length, ChunkTerms *found
    ) noexcept nogil:
        """Fill ``found`` with the terms of a chunk, which last till the next; whether it could."""
        cdef Span whole
        cdef Py_ssize_t at, start
        cdef bint tied = False
        found.count = found.pool.used = 0
        found.pool.full = False
        if length > LONGEST_CHUNK:
            return False
        length = self._fold(chunk, length, found.folded)
        if length <= 0:
            return False
        whole.letters, whole.length = found.folded, length
        if is_alpha(&whole):
            self._add(&whole, &whole, True, found)
            return not found.pool.full
        if is_number(&whole):
            self._alone(&whole, found)
            return not found.pool.full
        self._parts(length, found)
        for at in range(found.part_count):
            tied |= found.parts[at].joiner == c"." or found.parts[at].joiner == c"-"
        if not tied or found.pool.full:
            for at in range(found.part_count):
                self._alone(&found.parts[at].text, found)
            return not found.pool.full
        self._units(found)
        at = 0
        while at < found.unit_count:
            start = at
            at += 1
            while at < found.unit_count and found.units[at].joiner == c"-":
                at += 1
            if at == start + 1:
                self._alone(&found.units[start].text, found)
            else:
                self._hyphenated(&found.units[start], at - start, found)
        return not found.pool.full

    cdef Py_ssize_t _fold(
        self, const char *chunk, Py_ssize_t length, char *folded
    ) noexcept nogil:
        """Write a chunk in small letters, zeros behind it; how many, -1 where it has others."""
        cdef Py_ssize_t at = 0, size = 0
        cdef int sign
        cdef char letter
        while at < length:
            letter = chunk[at]
            at += 1
            if c"A" <= letter <= c"Z":
                letter += 32
            elif letter == c"`":
                letter = c"'"
            elif not is_alnum(letter) and letter not in b".,-'":
                for sign in range(self._sign_count):
                    if self._signs[sign].length <= length - at + 1 and not memcmp(
                        chunk + at - 1, self._signs[sign].letters, <size_t>self._signs[sign].length
                    ):
                        at += self._signs[sign].length - 1
                        letter = self._signs[sign].plain
                        break
                else:
                    return -1
            folded[size] = letter
            size += 1
        memset(folded + size, 0, 16)
        return size

    cdef void _parts(self, Py_ssize_t length, ChunkTerms *found) noexcept nogil:
        """The words and numbers of a chunk."""
        cdef const char *text = found.folded
        cdef Py_ssize_t at = 0, end, stop, before = 0
        cdef Span run
        cdef ChunkPart *part
        found.part_count = 0
        while at < length:
            if not is_alnum(text[at]):
                at += 1
                continue
            if found.part_count == MOST_PARTS:
                found.pool.full = True
                return
            end = number_end(text, at, length)
            if end == at:  # no number with separators
                while is_digit(text[end]):
                    end += 1
                stop = end
                while is_alnum(text[stop]):
                    stop += 1
                run.letters, run.length = text + end, stop - end
                if end == at:
                    end = self._currency(text, at, stop)
                elif not self._of(&run) & UNIT:
                    end = at
                if end == at:
                    end = word_end(text, stop)
            part = &found.parts[found.part_count]
            part.text.letters, part.text.length = text + at, end - at
            without_apostrophes(&part.text, &found.pool)
            part.joiner = c" "
            if found.part_count and at - before < 2:
                part.joiner = text[before] if before < at else 0
            found.part_count += 1
            at = before = end

    cdef Py_ssize_t _currency(self, const char *text, Py_ssize_t at, Py_ssize_t stop) noexcept nogil:
        """Where the name of a currency ends that stands before a digit; ``at`` where none does."""
        cdef Span run
        cdef Py_ssize_t end = at
        while end < stop and is_letter(text[end]):
            end += 1
        run.letters, run.length = text + at, end - at
        return end if end < stop and self._of(&run) & CURRENCY else at

    cdef void _alone(self, const Span *text, ChunkTerms *found) noexcept nogil:
        """The token of a part that nothing ties to others."""
        cdef Span base = text[0]
        cdef Py_ssize_t letters = 0
        if is_alpha(text):
            self._add(text, text, True, found)
            return
        if is_number(text):
            without_points(&base, &found.pool)
            self._add(text, &base, False, found)
            return
        if is_ordinal(self._lists, text, &base):
            self._add(text, &base, False, found)
            return
        base.length = doubled_letters(text)
        if not base.length or self._of(text) & UNDOUBLED or not self._knows(&base, found):
            base.length = text.length
        self._add(text, &base, True, found)

    cdef void _units(self, ChunkTerms *found) noexcept nogil:
        """The parts as units, single letters between full stops made one."""
        cdef Py_ssize_t at
        cdef Unit *last
        cdef const ChunkPart *part
        found.unit_count = 0
        for at in range(found.part_count):
            part = &found.parts[at]
            last = &found.units[found.unit_count - 1] if found.unit_count else NULL
            if last != NULL and part.joiner == c"." and is_alpha(&part.text) and (
                self._takes(last, &part.text)
            ):
                join(&last.text, 0, &part.text, &last.text, &found.pool)
                last.rule = ABBREVIATED
                continue
            last = &found.units[found.unit_count]
            last.text, last.joiner = part.text, part.joiner
            last.rule = AS_WRITTEN
            found.unit_count += 1

    cdef bint _takes(self, const Unit *unit, const Span *text) noexcept nogil:
        """Whether letters behind a full stop belong to the unit before it."""
        if unit.text.length == 1 and is_alpha(&unit.text):
            return text.length == 1 or self._of(text) & DEGREE != 0
        if is_word(&unit.text, "ph", 2) and is_word(text, "d", 1):
            return True
        return unit.rule == ABBREVIATED and text.length == 1

    cdef void _hyphenated(
        self, const Unit *units, Py_ssize_t count, ChunkTerms *found
    ) noexcept nogil:
        """The tokens of units that hyphens tie together."""
        cdef Py_ssize_t at = 0, each
        cdef Token token
        cdef Span surface
        while at < count and not found.pool.full:
            if at + 1 == count or self._stand_apart(&units[at].text, &units[at + 1].text, found):
                self._alone(&units[at].text, found)
                at += 1
                continue
            self._token(&units[at], count - at, &token, found)
            if token.size == 1:
                self._alone(&units[at].text, found)
            else:
                surface = units[at].text
                for each in range(at + 1, at + token.size):
                    join(&surface, c"-", &units[each].text, &surface, &found.pool)
                self._add(&surface, &token.base, token.stemmed, found)
            at += token.size

    cdef bint _stand_apart(
        self, const Span *first, const Span *second, ChunkTerms *found
    ) noexcept nogil:
        """Whether two words are seen at once to be a token each; those that are not may be, too."""
        cdef Span pair, base
        if not is_alpha(first) or not is_alpha(second):
            return False
        if self._of(first) & PREFIX or self._of(second) & ENDING:
            return False
        if first.letters[0] == c"e" and first.length == 1 and second.length > 1:
            return False
        join(first, c"-", second, &pair, &found.pool)
        return not self._of(&pair) & PAIR and not self._doubled(first, second, &base, found)

    cdef void _token(
        self, const Unit *units, Py_ssize_t count, Token *token, ChunkTerms *found
    ) noexcept nogil:
        """The token that begins with the first of some units."""
        cdef Span base
        cdef int endings = ENDING
        self._head(units, count, token, found)
        while token.size < count and not found.pool.full:
            if not self._doubled(&token.base, &units[token.size].text, &base, found):
                break
            token.base = base
            token.size += 1
            token.rule, token.stemmed = OTHERWISE, True
        if token.rule == PREFIXED or token.rule == CODED or is_number(&token.base):
            endings |= ENDING_OF_AFFIXED
        while token.size < count and self._of(&units[token.size].text) & endings:
            token.size += 1

    cdef void _head(
        self, const Unit *units, Py_ssize_t count, Token *token, ChunkTerms *found
    ) noexcept nogil:
        """The first unit, with those that cannot stand without each other."""
        cdef Span base
        cdef Text stem
        cdef int lists
        if count > 1:
            lists = self._of(&units[0].text)
            if lists & PREFIX and not is_listed(
                self._lists, &units[0].text, &units[1].text, found
            ):
                self._pair(units + 1, count - 1, token, found)
                if is_word(&units[0].text, "ke", 2) and token.base.length:
                    base = token.base
                    is_number_behind(&base, 0, &token.base)
                if lists & NEGATION:
                    base = token.base
                    if token.stemmed and not is_alpha(&base):
                        if not self.stems.stem(base.letters, base.length, &stem):
                            found.pool.full = True
                            return
                        base.letters, base.length = stem.letters, stem.length
                    join(&units[0].text, 0, &base, &token.base, &found.pool)
                token.size += 1
                token.rule = PREFIXED
                return
        self._pair(units, count, token, found)

    cdef void _pair(
        self, const Unit *units, Py_ssize_t count, Token *token, ChunkTerms *found
    ) noexcept nogil:
        """The first unit, with the next where the two are one name."""
        cdef const Span *first = &units[0].text
        cdef const Span *second
        cdef Span pair
        token.size, token.base = 1, first[0]
        token.rule, token.stemmed = AS_WRITTEN, True
        if not is_ordinal(self._lists, first, &token.base):
            without_points(&token.base, &found.pool)
        if count == 1:
            return
        second = &units[1].text
        join(first, c"-", second, &pair, &found.pool)
        if self._of(&pair) & PAIR:
            token.size, token.base = 2, pair
            token.rule, token.stemmed = OTHERWISE, True
        elif is_word(first, "e", 1) and second.length > 1 and is_alpha(second):
            join(first, 0, second, &pair, &found.pool)
            token.base = pair
            if not self._knows(&pair, found):
                token.base = second[0]
            token.size, token.rule, token.stemmed = 2, PREFIXED, True
        elif (
            first.length <= LONGEST_CODE
            and is_alpha(first)
            and is_code_number(second)
            and not self._of(first) & ROOT
        ):
            join(first, 0, second, &token.base, &found.pool)
            token.size, token.rule, token.stemmed = 2, CODED, False

    cdef bint _doubled(
        self, const Span *first, const Span *second, Span *base, ChunkTerms *found
    ) noexcept nogil:
        """Fill ``base`` with that of a doubled word; False where the two are different words."""
        cdef Span pair
        if not is_alpha(first):
            return False
        base[0] = first[0]
        if are_equal(first, second):
            return True
        join(first, c"-", second, &pair, &found.pool)
        if self._doubles.find(pair.letters, pair.length) >= 0:
            return True
        if not is_alpha(second):
            return doubled_letters(second) == first.length and not memcmp(
                first.letters, second.letters, <size_t>first.length
            )
        if first.length < SHORTEST_DOUBLED or not self._altered(first, second, base, found):
            return False
        return not (is_roman(first) and is_roman(second))

    cdef bint _altered(
        self, const Span *first, const Span *second, Span *base, ChunkTerms *found
    ) noexcept nogil:
        """Fill ``base`` with that of a doubled word whose halves differ by affixes."""
        cdef Span prefix, middle, after
        cdef Text one, two
        cdef Py_ssize_t end
        if begins(second, first):
            rest(second, first.length, &after)
            if is_behind_doubled(&after):
                return True
        for end in range(min(<Py_ssize_t>LONGEST_PREFIX, first.length - SHORTEST_DOUBLED), 1, -1):
            rest(first, end, &middle)
            if not begins(second, &middle):
                continue
            prefix.letters, prefix.length = first.letters, end
            rest(second, middle.length, &after)
            if self._of(&prefix) & PREFIX_OF_DOUBLED and is_behind_doubled(&after):
                if self._knows(&middle, found):
                    base[0] = middle
                else:
                    join(first, 0, &after, base, &found.pool)
                return True
        if second.length < 2 or memcmp(second.letters, "me", 2) or not self._knows(first, found):
            return False
        if not self.stems.stem(first.letters, first.length, &one) or not self.stems.stem(
            second.letters, second.length, &two
        ):
            found.pool.full = True
            return False
        return one.length == two.length and not memcmp(one.letters, two.letters, <size_t>one.length)

    cdef bint _knows(self, const Span *word, ChunkTerms *found) noexcept nogil:
        if word.length > LONGEST:
            found.pool.full = True
            return False
        return self.stems.knows(word.letters, word.length)

    cdef int _of(self, const Span *word) noexcept nogil:
        """On which lists a word is."""
        return self._lists.of(word.letters, word.length)

    cdef void _add(
        self, const Span *surface, const Span *base, bint stemmed, ChunkTerms *found
    ) noexcept nogil:
        """Add a token. ``stemmed``: whether its base is a word for the stemmer, else the stem."""
        cdef Text stem
        cdef Term *term
        cdef Span text = base[0]
        if found.pool.full or found.count == MOST_PARTS:
            found.pool.full = True
            return
        term = &found.terms[found.count]
        term.surface = surface[0]
        if not stemmed:
            term.stem = base[0]
        elif not self.stems.term(base.letters, base.length, &stem):
            found.pool.full = True
            return
        else:
            text.letters, text.length = stem.letters, stem.length
            keep(&text, &term.stem, &found.pool)
        found.count += 1


cdef object text_of(const Span *text):
    return text.letters[: text.length].decode("ascii")


cdef bint is_number_behind(const Span *text, Py_ssize_t at, Span *number) noexcept nogil:
    """Whether all from ``at`` on is digits, with an ending of words or without; the digits."""
    cdef Py_ssize_t end = at
    cdef Span after
    while end < text.length and is_digit(text.letters[end]):
        end += 1
    if end == at:
        return False
    rest(text, end, &after)
    if after.length and not (
        is_word(&after, "nya", 3)
        or is_word(&after, "lah", 3)
        or is_word(&after, "kah", 3)
        or is_word(&after, "pun", 3)
    ):
        return False
    number.letters, number.length = text.letters + at, end - at
    return True


cdef bint is_ordinal(Lists lists, const Span *text, Span *number) noexcept nogil:
    """Whether a part is an ordinal in one piece, ``ke101``; fill ``number`` with its digits."""
    if text.length < 3 or text.letters[0] != c"k" or text.letters[1] != c"e":
        return False
    return not lists.of(text.letters, text.length) & UNDOUBLED and is_number_behind(text, 2, number)


cdef bint is_listed(
    Lists lists, const Span *first, const Span *second, ChunkTerms *found
) noexcept nogil:
    """Whether a list has two units with the hyphen between them."""
    cdef Span pair
    join(first, c"-", second, &pair, &found.pool)
    return lists.of(pair.letters, pair.length) & PAIR != 0
