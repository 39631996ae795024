"""What programs write where they have no value: ``nan``, ``None``, ``Penulis tidak ditemukan``."""

from __future__ import annotations

import re
from functools import lru_cache

from index.patterns import on_use

LONGEST_PLACEHOLDER = 60
"""A longer text says something."""

_PRINTED_WORDS = """
nan NaN NAN None none NONE null NULL undefined Undefined nil NaT <NA> <null> (null) (none)
(NULL) N/A n/a N.A. n.a. #N/A #NA #VALUE! #REF! #NAME? \\N [] {} () '' "" [''] [""] [None]
[null] [nan] [Removed] [removed] [deleted] - -- --- – — _ . .. ... … ? ?? ???
"""
PRINTED = frozenset(_PRINTED_WORDS.split())
"""Case decides: Nan and Null are names of people."""

_ZEROS = {"0", "0.0"}  # what fills gaps in tables; as an id or a title it may be meant
_NO_DATES = frozenset(
    {"0000-00-00", "0000-00-00 00:00:00", "0000-00-00T00:00:00", "November 30, -0001"}
    | {"Invalid date", "Invalid Date", "invalid date"}
)
"""What MySQL, PHP and JavaScript print of a date that is none."""

_THING = (
    r"(?:nama|penulis|pengarang|author|writer|editor|reporter|wartawan|jurnalis|tanggal|waktu"
    r"|date|time|judul|title|headline|isi|konten|content|teks|text|body|paragraf|artikel|article"
    r"|berita|news|sumber|source|media|kategori|category|kanal|rubrik|section|topik|tempat|lokasi"
    r"|location|place|kota|city|deskripsi|description|ringkasan|summary|url|link|tautan|data|info"
    r"|informasi|information|name|nilai|value|tag|publisher|penerbit)"
)
_ABSENT = (
    r"(?:(?:tidak|tdk|tak|gak|belum|not|gagal)\s+(?:di|ter)?(?:temukan|ketahui|tersedia|sedia"
    r"|ambil|cantumkan|sebutkan|isi|found|available|specified|provided|known|given|set)"
    r"|tidak\s+ada(?:\s+data)?)"
)
_FAILED = (
    r"(?:gagal\s+(?:mengambil|memuat|mendapatkan|membaca|scraping|ekstrak)|failed\s+to\s+(?:get|load"
    r"|fetch|extract|parse|scrape))"
)
_SAID = on_use(
    rf"(?:{_THING}\s+)*{_ABSENT}|(?:tidak\s+ada|tanpa|belum\s+ada|no)(?:\s+{_THING})+"
    rf"(?:\s+(?:found|available|provided))?|(?:unknown|kosong|empty)(?:\s+{_THING})?"
    rf"|{_FAILED}(?:\s+{_THING}){{0,3}}|none\s+(?:found|available)|n\.a"
    rf"|{_THING}\s*[:=]\s*(?:nan|none|null|n/a|undefined)?",
)
_SAID_OF_TEXT = on_use(
    r"(?:(?:judul|title|isi|konten|content|teks|text|body|artikel|article|berita|paragraf)\s+)+"
    rf"{_ABSENT}|{_FAILED}\s+(?:judul|title|isi|konten|content|teks|text|body|artikel|article|berita)"
    r"|(?:no|tanpa|tidak\s+ada)\s+(?:judul|title|isi|konten|content|teks|text|body)"
    r"(?:\s+(?:found|available|provided))?"
    r"|only\s+available\s+in\s+(?:\w+\s+){1,4}plans?",
)


_FIRST_WORDS = """
judul title isi konten content teks text body artikel article berita paragraf no tanpa tidak
only gagal failed
"""
BEGINNINGS = frozenset(f"{word} "[:3] for word in _FIRST_WORDS.split())


@lru_cache(4096)
def is_placeholder(text: str) -> bool:
    """The whole text says that there is no author, source, category, place or date."""
    return len(text) <= LONGEST_PLACEHOLDER and (
        text.strip() in PRINTED or text.strip() in _ZEROS or text in _NO_DATES or _says(text, _SAID)
    )


def is_no_text(text: str) -> bool:
    """The whole text says that there is no title and no body.

    Fewer phrases count than in ``is_placeholder``: ``Tidak Ada`` and ``Unknown`` may be titles.
    """
    if len(text) > LONGEST_PLACEHOLDER:
        return False
    text = text.strip()
    if text in PRINTED:
        return True
    return text[:3].lower() in BEGINNINGS and _says(text, _SAID_OF_TEXT)


def _says(text: str, said: re.Pattern[str]) -> bool:
    return said.fullmatch(text.strip(" .!()[]<>-_").replace("_", " ").lower()) is not None
