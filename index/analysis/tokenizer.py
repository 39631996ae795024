"""Where words begin and end: text to chunks, chunks to parts.

A *chunk* is a maximal run of word characters in which single joiners (``. , - '`` and their
typographic forms) may stand between two of them: ``selesai.Namun``, ``1.250,5``, ``buku-buku``. It
is cheap to find, natively too, and no rule looks further than its ends, so everything about it is
worked out once for each distinct chunk. Most chunks are *plain*: of ASCII letters and digits alone.
A *part* is a word or a number inside a chunk, with the joiner that leads to it; ``compounds`` says
which parts are one token.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from index.patterns import on_use

MAX_TERM_CHARACTERS = 100
"""A longer term is cut here, in the index and in queries alike."""

HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
"""Dashes without blanks around them, too."""
APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u2032"
JOINERS = ".," + HYPHENS + APOSTROPHES
SEPARATORS = (
    "".join(
        chr(code) for code in range(128) if not chr(code).isalnum() and chr(code) not in ".,-'`"
    )
    + "\u00a0\u00ab\u00bb"
    + "".join(
        chr(code)
        for code in range(0x2000, 0x2070)
        if chr(code) not in JOINERS + "\u200c\u200d\u2060"
    )
)
"""Characters that no chunk holds. All others, save the joiners, are word characters here; those
that are no letter, digit or mark part the words inside the chunk."""

_IGNORED = "\u00ad\u034f\u200c\u200d\u2060\ufeff"
"""Invisible characters inside words: soft hyphen, joiners. They stay out of terms."""

_IN_CHUNK = f"[^{re.escape(SEPARATORS + JOINERS)}]+"
_CHUNK = on_use(f"{_IN_CHUNK}(?:[{re.escape(JOINERS)}]{_IN_CHUNK})*")
_FOREIGN = f"[^\0-\x7f{re.escape(SEPARATORS + JOINERS)}]"
_NOT_PLAIN = on_use(
    # What a chunk has that is not plain: a joiner inside, or word characters beyond ASCII.
    rf"[{re.escape(JOINERS)}\x80-\U0010ffff]"
    rf"(?:(?=[0-9A-Za-z])(?<=[0-9A-Za-z].)|(?<={_FOREIGN}){_FOREIGN}*)"
)

CURRENCIES = ("rp", "idr", "usd", "sgd", "myr", "eur")
MEASURES = (
    *("km", "cm", "mm", "kg", "gr", "gram", "ton", "liter", "ha", "cc", "kwh", "watt", "volt"),
    *("gb", "mb", "tb", "mp", "rb", "jt", "ribu", "juta", "miliar", "triliun", "persen"),
)
UNITS = (
    *MEASURES,
    *("detik", "menit", "jam", "hari", "bulan", "tahun", "wib", "wita", "wit", "orang", "kali"),
)
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
is_number = _NUMBER.fullmatch
"""A match where a chunk is a number and nothing else, else None."""

_PART = on_use(
    r"\d+(?:[.,]\d+)+"  # a number with separators
    rf"|(?:{'|'.join(CURRENCIES)})(?=\d)"  # Rp2,5
    rf"|\d+(?=(?:{'|'.join(UNITS)})(?![a-z0-9_]))"  # 50kg
    r"|[a-z0-9][a-z0-9_]*(?:'[a-z0-9][a-z0-9_]*)*"  # a word, apostrophes inside
)


class _Skeleton(dict[int, str]):
    """Translates characters to what ``_PART`` needs to know, one for one.

    ASCII letters and digits are themselves, other letters and digits ``a``, marks and invisible
    characters ``_``, joiners their plain forms, all else a blank.
    """

    def __missing__(self, code: int) -> str:
        character = unicodedata.normalize("NFC", chr(code))[0]
        if character in HYPHENS:
            kind = "-"
        elif character in APOSTROPHES or character == "\u02bc":
            kind = "'"
        elif character in _IGNORED or unicodedata.category(character)[0] == "M":
            kind = "_"
        elif character.isalnum():
            kind = character if character.isascii() else "a"
        else:
            kind = character if character in ".," else " "
        self[code] = kind
        return kind


_SKELETON = _Skeleton()


def plain_sign(character: str) -> str:
    """What a character that is no letter is to the rules: ``-``, ``'``, ``.``, ``,`` or a blank."""
    return _SKELETON[ord(character)]


_TYPOGRAPHIC = "\u2018\u2019\u02bc"
_DROPPED = dict.fromkeys(map(ord, APOSTROPHES + "\u02bc" + _IGNORED))


class Part(NamedTuple):
    """A word or number of a chunk.

    ``start``, ``end``: characters from the chunk's beginning; ``text``: folded, without
    apostrophes; ``joiner``: the single character between this part and the one before it, empty
    where they touch, a blank where there is more between them or nothing before.
    """

    start: int
    end: int
    text: str
    joiner: str


def fold(text: str) -> str:
    """The form in which text is compared: NFC, lower case, typographic apostrophes made plain."""
    if text.isascii():
        return text.lower()
    # Lowering can leave the normal form ("İ" gives "i" and a mark), so it is normalised again.
    lowered = unicodedata.normalize("NFC", text).lower()
    for apostrophe in _TYPOGRAPHIC:  # several times as fast as str.translate
        lowered = lowered.replace(apostrophe, "'")
    return unicodedata.normalize("NFC", lowered)


def chunks(text: str) -> list[tuple[int, int]]:
    """The start and end of every chunk of ``text``, in characters, ascending."""
    return [match.span() for match in _CHUNK.finditer(text)]


def chunk_texts(text: str) -> list[str]:
    """The chunks of ``text``, in order."""
    return _CHUNK.findall(text)


def chunks_from(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The start and end of the chunks from ``start`` on, where no chunk may be under way."""
    return map(re.Match.span, _CHUNK.finditer(text, start))


def not_plain(text: str, start: int, end: int) -> list[int]:
    """Places in characters, ascending: one at the least inside every chunk that is not plain.

    Those from ``start`` on and before ``end``. One of a chunk that goes on there may be behind it.
    """
    # A joiner at the end is one by the character behind it.
    return [
        at for match in _NOT_PLAIN.finditer(text, start, end + 1) if (at := match.start()) < end
    ]


def parts(chunk: str) -> list[Part]:
    """The words and numbers of a chunk."""
    if is_number(chunk):
        return [Part(0, len(chunk), chunk, " ")]
    plain = chunk.isascii()
    skeleton = (chunk if plain else chunk.translate(_SKELETON)).lower()
    quoted = "'" in skeleton or "`" in skeleton
    if quoted:
        skeleton = skeleton.replace("`", "'")
    found = []
    before = -1
    for match in _PART.finditer(skeleton):
        start, end = match.span()
        between = skeleton[before:start] if before >= 0 else " "
        text = match[0] if plain else chunk[start:end]
        if not text.isascii():
            text = fold(unicodedata.normalize("NFC", text).translate(_DROPPED))
        elif quoted or not plain:
            text = text.replace("'", "").replace("`", "").lower()
        found.append(Part(start, end, text, between if len(between) < 2 else " "))
        before = end
    return found
