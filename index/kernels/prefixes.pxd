"""What may be left of a word when its first prefix is taken off, which may have hidden a letter.

memukul is me- and pukul: the prefix ends in m, and the p of the root is not written.

The compiled form of ``_RESTS`` of ``index.analysis.morphology``.
"""

from libc.string cimport memcmp, memcpy

from index.kernels.hashes cimport SPARE

cdef enum:
    LONGEST = 64        # letters of a word
    SHORTEST_ROOT = 3
    MOST_RESTS = 9      # what may be left, at most: one a loan prefix, and se

cdef enum Prefix:   # in the order of ``NAMES`` of ``index.kernels.morphology``
    DI
    ME
    KU
    KAU
    TER
    BER
    PE
    PER
    KE
    SE
    TIDAK
    LOAN        # the first of the loans; as a kind all of them
    SEMI = LOAN + 6

cdef struct Letters:
    char letters[LONGEST + SPARE]
    int length

cdef struct Rest:
    Letters text
    int prefix
    bint nasal


cdef inline int kind_of(int prefix) noexcept nogil:
    return prefix if prefix < LOAN else <int>LOAN


cdef inline bint is_vowel(char letter) noexcept nogil:
    return letter == c"a" or letter == c"e" or letter == c"i" or letter == c"o" or letter == c"u"


cdef inline void take(Letters *text, const char *letters, int length) noexcept nogil:
    memcpy(text.letters, letters, length)
    text.length = length


cdef inline void join(Letters *text, char letter, const Letters *word, int start) noexcept nogil:
    """A letter, 0 for none, and the letters of a word from ``start`` on, which may be none.

    The letter stands for at least one that is left out, so that the room suffices.
    """
    cdef int shift = letter != 0
    cdef int length = word.length - start if word.length > start else 0
    text.letters[0] = letter
    memcpy(&text.letters[shift], &word.letters[start], length)
    text.length = length + shift


cdef inline void before(Letters *base, const Letters *word, int ending) noexcept nogil:
    """The word without its ending; nothing where it would be too short."""
    take(base, word.letters, word.length - ending if word.length >= SHORTEST_ROOT + ending else 0)


cdef inline bint ends(const Letters *word, const char *ending, int length) noexcept nogil:
    return word.length >= length and not memcmp(
        &word.letters[word.length - length], ending, length
    )


cdef inline bint begins(const Letters *word, const char *letters, int length) noexcept nogil:
    return word.length >= length and not memcmp(word.letters, letters, length)


cdef inline char letter_at(const Letters *word, int place) noexcept nogil:
    """A letter of a word, 0 behind it."""
    return word.letters[place] if place < word.length else 0


cdef inline bint may_have_prefix(const Letters *word) noexcept nogil:
    """Whether any prefix begins with the first two letters."""
    cdef char one, two
    if word.length < 2:
        return False
    one, two = word.letters[0], word.letters[1]
    if one == c"k":
        return two == c"e" or two == c"u" or two == c"a"
    if one == c"s" or one == c"b":
        return two == c"e"
    if one == c"m":
        return two == c"e" or two == c"u"
    if one == c"p":
        return two == c"e" or two == c"a" or two == c"r"
    if one == c"t":
        return two == c"e" or two == c"i"
    if one == c"d":
        return two == c"i"
    if one == c"a":
        return two == c"n"
    return one == c"n" and two == c"o"


cdef inline void put(
    Rest *rests, int *number, int prefix, char letter, const Letters *word, int start
) noexcept nogil:
    """One rest more: a letter that was hidden, 0 for none, and the word from ``start`` on."""
    join(&rests[number[0]].text, letter, word, start)
    rests[number[0]].prefix, rests[number[0]].nasal = prefix, letter != 0
    number[0] += 1


cdef inline void loan(
    const Letters *word, int prefix, const char *letters, int length, Rest *rests, int *number
) noexcept nogil:
    if begins(word, letters, length) and word.length > length + SHORTEST_ROOT:
        put(rests, number, prefix, 0, word, length)


cdef inline void behind_loan(const Letters *word, Rest *rests, int *number) noexcept nogil:
    loan(word, LOAN, "anti", 4, rests, number)
    loan(word, LOAN + 1, "antar", 5, rests, number)
    loan(word, LOAN + 2, "pasca", 5, rests, number)
    loan(word, LOAN + 3, "non", 3, rests, number)
    loan(word, LOAN + 4, "pra", 3, rests, number)
    loan(word, LOAN + 5, "pro", 3, rests, number)
    loan(word, LOAN + 7, "multi", 5, rests, number)


cdef inline void behind_r(const Letters *word, int prefix, Rest *rests, int *number) noexcept nogil:
    """ber- and ter-: ber-jalan, be-rambut, be-kerja."""
    if letter_at(word, 2) == c"r":
        put(rests, number, prefix, 0, word, 3)
        put(rests, number, prefix, 0, word, 2)
    elif letter_at(word, 3) == c"e" and letter_at(word, 4) == c"r":
        put(rests, number, prefix, 0, word, 2)


cdef inline void behind_n(
    const Letters *word, int prefix, char after, Rest *rests, int *number
) noexcept nogil:
    if after == c"g":
        put(rests, number, prefix, 0, word, 4)
        if is_vowel(letter_at(word, 4)):
            put(rests, number, prefix, c"k", word, 4)
            if letter_at(word, 4) == c"e":
                put(rests, number, prefix, 0, word, 5)
    elif after == c"y":
        put(rests, number, prefix, c"s", word, 4)
    elif is_vowel(after):
        put(rests, number, prefix, c"t", word, 3)
    else:
        put(rests, number, prefix, 0, word, 3)


cdef inline void behind_nasal(const Letters *word, int prefix, Rest *rests, int *number) noexcept nogil:
    """What may stand behind meN- or peN-, whose first letter may be hidden."""
    cdef char first = letter_at(word, 2)
    cdef char after = letter_at(word, 3)
    if first == c"m":
        if is_vowel(after):
            put(rests, number, prefix, c"p", word, 3)
            put(rests, number, prefix, 0, word, 2)
        elif after == c"b" or after == c"f" or after == c"p" or after == c"v":
            put(rests, number, prefix, 0, word, 3)
        elif after == c"l" or after == c"r":
            put(rests, number, prefix, c"p", word, 3)
        else:
            put(rests, number, prefix, 0, word, 2)
    elif first == c"n":
        behind_n(word, prefix, after, rests, number)
        put(rests, number, prefix, 0, word, 2)
    elif first == c"l" or first == c"r" or first == c"w" or first == c"y" or prefix == PE:
        put(rests, number, prefix, 0, word, 2)


cdef inline int rests_of(const Letters *word, Rest *rests) noexcept nogil:
    """What may be left of a word that may begin with a prefix without it; how many."""
    cdef int number = 0
    cdef char one = word.letters[0], two = word.letters[1]
    if one == c"d" and two == c"i":
        put(rests, &number, DI, 0, word, 2)
    elif one == c"k":
        if two == c"e":
            put(rests, &number, KE, 0, word, 2)
        elif two == c"u":
            put(rests, &number, KU, 0, word, 2)
        elif begins(word, "kau", 3):
            put(rests, &number, KAU, 0, word, 3)
    elif one == c"s":
        put(rests, &number, SE, 0, word, 2)
        if begins(word, "semi", 4):
            put(rests, &number, SEMI, 0, word, 4)
    elif one == c"m" and two == c"e":
        behind_nasal(word, ME, rests, &number)
    elif one == c"p" and two == c"e":
        behind_nasal(word, PE, rests, &number)
        if letter_at(word, 2) == c"r" or begins(word, "pelajar", 7):
            put(rests, &number, PER, 0, word, 3)
    elif (one == c"b" or one == c"t") and two == c"e":
        behind_r(word, BER if one == c"b" else TER, rests, &number)
    elif one == c"t":
        if begins(word, "tidak", 5):
            put(rests, &number, TIDAK, 0, word, 5)
    else:
        behind_loan(word, rests, &number)
    return number
