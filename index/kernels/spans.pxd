"""What a piece of a chunk in small letters looks like, letter by letter."""

from libc.string cimport memcmp

cdef enum:
    SHORTEST_DOUBLED = 3

cdef struct Span:
    const char *letters     # SPARE bytes are readable behind it
    Py_ssize_t length


cdef inline bint is_digit(char letter) noexcept nogil:
    return c"0" <= letter <= c"9"


cdef inline bint is_letter(char letter) noexcept nogil:
    return c"a" <= letter <= c"z"


cdef inline bint is_alnum(char letter) noexcept nogil:
    return is_letter(letter) or is_digit(letter)


cdef inline bint is_alpha(const Span *text) noexcept nogil:
    cdef Py_ssize_t at
    for at in range(text.length):
        if not is_letter(text.letters[at]):
            return False
    return text.length > 0


cdef inline bint is_roman(const Span *text) noexcept nogil:
    cdef Py_ssize_t at
    for at in range(text.length):
        if text.letters[at] not in b"ivxlcdm":
            return False
    return text.length > 0


cdef inline bint is_word(const Span *text, const char *word, Py_ssize_t length) noexcept nogil:
    return text.length == length and not memcmp(text.letters, word, <size_t>length)


cdef inline bint are_equal(const Span *first, const Span *second) noexcept nogil:
    return is_word(first, second.letters, second.length)


cdef inline bint begins(const Span *text, const Span *letters) noexcept nogil:
    return text.length >= letters.length and not memcmp(
        text.letters, letters.letters, <size_t>letters.length
    )


cdef inline void rest(const Span *text, Py_ssize_t start, Span *into) noexcept nogil:
    into.letters, into.length = text.letters + start, text.length - start


cdef inline Py_ssize_t number_end(
    const char *text, Py_ssize_t at, Py_ssize_t length
) noexcept nogil:
    """Where a number with separators inside that begins at a place ends; there if none does."""
    cdef Py_ssize_t end = at, found = at
    while is_digit(text[end]):
        end += 1
    if end == at:
        return at
    while end + 1 < length and (text[end] == c"." or text[end] == c",") and is_digit(text[end + 1]):
        end += 1
        while is_digit(text[end]):
            end += 1
        found = end
    return found


cdef inline Py_ssize_t word_end(const char *text, Py_ssize_t end) noexcept nogil:
    """Where a word ends that goes on to ``end`` at least, apostrophes inside it."""
    while text[end] == c"'" and is_alnum(text[end + 1]):
        end += 1
        while is_alnum(text[end]):
            end += 1
    return end


cdef inline bint is_number(const Span *text) noexcept nogil:
    """Whether it is digits, with single full stops and commas inside."""
    cdef Py_ssize_t at
    cdef bint digit = False
    for at in range(text.length):
        if is_digit(text.letters[at]):
            digit = True
        elif digit and (text.letters[at] == c"." or text.letters[at] == c","):
            digit = False
        else:
            return False
    return digit


cdef inline bint is_code_number(const Span *text) noexcept nogil:
    """One to four digits and up to three letters."""
    cdef Py_ssize_t at = 0, letters
    while at < text.length and is_digit(text.letters[at]):
        at += 1
    letters = text.length - at
    if not 1 <= at <= 4 or letters > 3:
        return False
    while at < text.length and is_letter(text.letters[at]):
        at += 1
    return at == text.length


cdef inline Py_ssize_t doubled_letters(const Span *text) noexcept nogil:
    """How many letters stand before the 2 that doubles a word (``anak2nya``); 0: it has none."""
    cdef Py_ssize_t at = 0
    cdef Span after
    while at < text.length and is_letter(text.letters[at]):
        at += 1
    if at < SHORTEST_DOUBLED or at == text.length or text.letters[at] != c"2":
        return 0
    rest(text, at + 1, &after)
    if after.length == 0 or is_word(&after, "an", 2) or is_word(&after, "nya", 3):
        return at
    if is_word(&after, "ku", 2) or is_word(&after, "mu", 2) or is_word(&after, "lah", 3):
        return at
    return 0


cdef inline bint is_behind_doubled(const Span *text) noexcept nogil:
    """Whether it is nothing but what may stand behind the second half of a doubled word."""
    cdef Span left = text[0]
    # Of each three one at the most; what one leaves, no other of them begins.
    if not drop(&left, "kan", 3) and not drop(&left, "an", 2):
        drop(&left, "i", 1)
    if not drop(&left, "nya", 3) and not drop(&left, "ku", 2):
        drop(&left, "mu", 2)
    if not drop(&left, "lah", 3) and not drop(&left, "kah", 3):
        drop(&left, "pun", 3)
    return left.length == 0


cdef inline bint drop(Span *text, const char *word, Py_ssize_t length) noexcept nogil:
    """Leave out what a text begins with; whether it does."""
    if text.length < length or memcmp(text.letters, word, <size_t>length):
        return False
    text.letters += length
    text.length -= length
    return True
