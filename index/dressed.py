"""Letters in another dress: ligatures, full-width ones, typefaces made of mathematics' alphabets.

Texts copied from printed pages have the first, those of social media the last. They are undressed
while texts and queries are read, so that what is stored and shown is plain. Other letters that are
typed as plain ones (``é``, ``Ⅱ``) stay as they are written, and are plain in stems alone (see
``index.analysis.plain_letters``).
"""

from __future__ import annotations

import unicodedata

from index.patterns import on_use

DRESSED = "\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
"""All of them, as ranges of a character class."""

_IN_DRESS = on_use(f"[{DRESSED}]{{1,1000}}")


def undressed(text: str) -> str:
    """The text with plain letters and digits for those; symbols that have none are kept."""
    return _IN_DRESS.sub(lambda match: _plain(match[0]), text)


def typed_place(text: str, place: int) -> int:
    """Where in a text that stands of which ``undressed`` made the character at a place.

    Its length for a place behind the end.
    """
    end = 0
    for at, one in enumerate(text):
        end += len(undressed(one))
        if place < end:
            return at
    return len(text)


def _plain(letters: str) -> str:
    return "".join(
        plain if (plain := unicodedata.normalize("NFKC", one)).isalnum() else one for one in letters
    )
