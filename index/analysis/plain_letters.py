"""Letters beyond ASCII as they are typed on a plain keyboard: ``é`` as ``e``, ``Ø`` as ``o``.

Most are letters of English with a mark, which Unicode decomposes, or such letters in another dress
(``Ⅱ``, ``ℝ``), of which it says for what they stand; ``ｍ`` and ``ﬁ`` come here in lists of a
user's words alone, as texts and queries are read without them (see ``index.dressed``). A letter
with a stroke is, by its name, the one without. ``_OF_THEIR_OWN`` has the others, each with what
news in plain letters writes in its place.
"""

from __future__ import annotations

import unicodedata

from index.patterns import on_use

_OF_THEIR_OWN = {
    # Two letters written as one, taken apart: Solskjaer, Quilleboeuf, Hoeness; and by the sound,
    # as papers have it: Thorhildur.
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "þ": "th",
    # By the sound, Sigurdarson and Azerbaycan, or by the form, Yildiz. Micro, in its own character
    # and as a letter of Greek, is u where units are typed: ug, um.
    **dict(zip("ðəıŋƒ\u00b5\u03bc", "deinfuu", strict=True)),
    # What stands for hamza, ain and okina is left out, as apostrophes are: Quran, Hawaii.
    **dict.fromkeys("\u02bb\u02bd\u02be\u02bf\u02ca\u02cb", ""),
}
_TENTHS = {one: f"{unicodedata.numeric(one):g}"[2:] for one in "½¼¾⅕⅖⅗⅘⅛⅜⅝⅞"}
"""Fractions that are a decimal number: its digits behind the comma."""

LEADING_BYTES = bytes((*range(0xC2, 0xCF), 0xE1, 0xE2, 0xE3, 0xEA, 0xF0))
"""With which the UTF-8 of what is typed in plain letters or digits begins, and of marks on them.

Other scripts share some of them; most letters of Cyrillic, Arabic or Chinese begin with others.
"""

_WITH_FRACTION = on_use(rf"([0-9]*)([{''.join(_TENTHS)}])")
_BEHIND_A_LETTER = on_use(r"(?<=[a-z])[^\0-\x7f]+")
_STROKE = on_use(r"LATIN SMALL LETTER ([A-Z]) WITH STROKE")
_SERBIAN_D = on_use(r"(?<=\w)đ|(?<!\w)đ(?=\w*[đčćšž])")


class _TypedFor(dict[int, str]):
    """Translates characters of a decomposed text to what is typed for them, else to themselves."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = _typed(character)
        if unicodedata.combining(character):
            plain = ""
        elif unicodedata.decomposition(character).startswith(("<super>", "<fraction>")):
            plain = character  # depends on what is before it
        elif not character.isdecimal() and plain.isdigit():
            plain = character  # lowered or circled: as well
        self[code] = plain
        return plain


def _typed(character: str) -> str:
    """The small letters and digits for which one stands, else itself."""
    plain = unicodedata.normalize("NFKD", character).lower()
    if plain.isascii() and plain.isalnum():
        return plain
    stroke = _STROKE.fullmatch(unicodedata.name(character, ""))
    return stroke[1].lower() if stroke else character


_TYPED_FOR = _TypedFor({ord(letter): plain for letter, plain in _OF_THEIR_OWN.items()})


def in_plain_letters(word: str) -> str:
    """The folded word in ASCII letters and digits, where all of it can be; else the word.

    The Serbian and Croatian ``đ`` is ``dj`` (*Djokovic*), the Vietnamese one ``d`` (*Da Nang*),
    which only begins words, and such as have no caron. What is raised, lowered or circled is a
    digit behind a letter (*km2*, *co2*); behind a digit it would make another number (10⁶, 10₂,
    5①). ``2½`` is ``2,5``.
    """
    if word.isascii():
        return word
    letters = _SERBIAN_D.sub("dj", word) if "đ" in word else word
    plain = unicodedata.normalize("NFD", letters).translate(_TYPED_FOR)
    if not plain.isascii():
        number = _WITH_FRACTION.fullmatch(plain)
        if number is not None:
            return f"{number[1] or '0'},{_TENTHS[number[2]]}"
        plain = _BEHIND_A_LETTER.sub(lambda match: "".join(map(_typed, match[0])), plain)
    return plain if plain and plain.isascii() else word
