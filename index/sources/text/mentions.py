"""Whether a text speaks of a mark (``tag <b>``, ``tulis &amp;``) rather than uses it."""

from __future__ import annotations

import re

from index.patterns import on_use

_SPEAKING_OF_IT = on_use(
    r"(?:\b(?:tags?|elemen(?:ts?)?|kode|perintah|penanda|atribut|sintaks|simbol|lambang|tanda|html"
    r"|entitas|karakter|antara|gunakan|menggunakan|pakai|memakai|tulis|tuliskan|menulis|ketik"
    r"|ketikkan|mengetik|sisipkan|menyisipkan|tambahkan|menambahkan)"
    r"(?: (?:seperti|pembuka|penutup))?) $",
    re.IGNORECASE,
)
_QUOTED = {('"', '"'), ("'", "'"), ("`", "`"), ("“", "”"), ("‘", "’"), ("(", ")")}


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether what stands there is between quotation marks or brackets."""
    return (text[start - 1 : start], text[end : end + 1]) in _QUOTED


def is_spoken_of(text: str, start: int) -> bool:
    """Whether the words before it say what it is."""
    return _SPEAKING_OF_IT.search(text[max(0, start - 24) : start]) is not None
