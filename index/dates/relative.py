"""Dates that count from a moment that the text does not give: ``2 jam yang lalu``, ``kemarin``.

Texts come in small letters, with single spaces.
"""

from __future__ import annotations

import re

from index.dates.forms import NotADate
from index.dates.names import WEEKDAYS


class RelativeDate(NotADate):
    """The date counts from a moment that the text does not give."""


_COUNTED_BACK = re.compile(
    r"(?<![a-z0-9])(?!1[34][0-9][0-9] h\b)(?:[0-9]+|se|satu|an?|one|beberapa|few) ?"
    r"(?:detik|dtk|menit|mnt|jam|hari|minggu|pekan|bulan|tahun|[smhdwj]"
    r"|(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?)"
    r"(?: ?(?:yang |yg )?(?:lalu|silam|ago|berlalu|yll)\b|$)"
)
_DAY_OF_SPEECH = re.compile(
    r"(?<![a-z])(?:kemar[ie]n|tadi|barusan|baru s?aja|just now|hari ini|today|yesterday|besok|now"
    r"|tomorrow|semalam|lusa|sekarang|(?:minggu|pekan|bulan|tahun|malam) (?:lalu|ini)"
    rf"|(?:{WEEKDAYS}) (?:lalu|ini|kemarin|malam)|last (?:week|night|month|year|{WEEKDAYS})"
    r"|moments? ago)(?![a-z])"
)
_ONLY_COUNTED_BACK = re.compile(rf"(?:sekitar |about |± ?)?{_COUNTED_BACK.pattern}")


def is_relative(text: str) -> bool:
    """Whether the text mentions such a date."""
    return bool(_COUNTED_BACK.search(text) or _DAY_OF_SPEECH.search(text))


def is_counted_back(text: str) -> bool:
    """Whether the text is a relative date such as ``2 jam yang lalu`` and nothing else."""
    return len(text) < 40 and _ONLY_COUNTED_BACK.fullmatch(text.lower()) is not None
