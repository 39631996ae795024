"""What a date is the date of: the words of labels for publication, update and the like."""

from __future__ import annotations

import re

_PUBLISHED = (
    r"(?:di)?tayang(?:kan)?|(?:di)?terbit(?:kan)?|penerbitan|publish(?:ed)?|(?:di)?publikasi(?:kan)?"
    r"|dipublish|publication|post(?:ed|ing)?|diposting|(?:di)?unggah|upload(?:ed)?|diupload"
    r"|(?:di)?rilis|release(?:d)?|created|dibuat|dimuat|ditulis|written|(?:di)?siar(?:kan)?"
)
_UPDATED = (
    r"(?:di)?(?:per)?ba(?:ha)?rui|pembaruan|update[ds]?|di-?update|updating|modified|dimodifikasi|diubah"
    r"|perubahan|(?:di)?edit(?:ed)?|(?:di)?revisi|revised|dimutakhirkan|pemutakhiran|(?:di)?koreksi"
)
_OTHER = (
    r"dicetak|printed|diakses|accessed|retrieved|crawl(?:ed|ing)?|scraped?|diambil|diunduh"
    r"|download(?:ed)?|expire[ds]?|berakhir|kedaluwarsa"
)
ROLES = rf"{_PUBLISHED}|{_UPDATED}|{_OTHER}"
"""An expression for the words that say what a date is the date of."""

_ROLE = re.compile(
    rf"(?<![a-z])(?:(?P<published>{_PUBLISHED})|(?P<updated>{_UPDATED})|(?P<other>{_OTHER}))(?![a-z])"
)


def role_in(text: str, start: int, end: int) -> str | None:
    """``published``, ``updated`` or ``other``, as the last such word of this part of the text says.

    None where it has no such word. The text comes in small letters.
    """
    role = None
    for match in _ROLE.finditer(text, start, end):
        role = match.lastgroup
    return role
