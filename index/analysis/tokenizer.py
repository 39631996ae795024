"""Where words begin and end, and their surface forms.

A token is a run of letters, digits and combining marks; apostrophes inside a word and the
separators of Indonesian numbers (``1.250,5``, ``10.15``) stay inside. Hyphens and full stops part
words, so that ``kata-kata`` is two tokens and ``selesai.Namun`` is two words.
"""

from __future__ import annotations

import re
import unicodedata

MAX_TERM_CHARACTERS = 100
"""A longer surface form is cut here, in the index and in queries alike."""

_WORD = r"[^\W_][\u0300-\u036f]*"
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)+(?![^\W_])"  # a number with separators
    rf"|(?:{_WORD})+(?:['\u2019\u02bc](?:{_WORD})+)*"  # a word, apostrophes inside
)
_PLAIN_APOSTROPHE = str.maketrans("\u2019\u02bc", "''")


def fold(text: str) -> str:
    """The form in which text is compared: NFC, lower case, typographic apostrophes made plain."""
    if text.isascii():
        return text.lower()
    # Lowering can leave the normal form ("İ" gives "i" and a mark), so it is normalised again.
    lowered = unicodedata.normalize("NFC", text).lower().translate(_PLAIN_APOSTROPHE)
    return unicodedata.normalize("NFC", lowered)


def spans(text: str) -> list[tuple[int, int]]:
    """The start and end of every token in ``text``, in characters, ascending."""
    return [match.span() for match in _TOKEN.finditer(text)]


def surfaces(text: str) -> list[str]:
    """The surface form of every token, in the order of ``spans``; its index is the position."""
    if text.isascii():
        found = _TOKEN.findall(text.lower())
        if len(text) <= MAX_TERM_CHARACTERS:
            return found
        return [word[:MAX_TERM_CHARACTERS] for word in found]
    return [fold(text[start:end])[:MAX_TERM_CHARACTERS] for start, end in spans(text)]
