"""Where sentences begin, found in the bytes of many texts at once.

A sentence ends at ``.``, ``!``, ``?`` or ``…``, with quotation marks or parentheses behind it or
not, before a blank; or at the end of a line. What follows begins with a capital, a digit, a letter
that is no ASCII, or behind a quotation mark. A full stop directly behind an abbreviation (``dr.``,
``Jl.``), an initial or a degree (``S.Pd.``) ends nothing. Those in ``1.250`` and ``KOMPAS.com``
stand inside a chunk and are never looked at.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

ABBREVIATIONS = frozenset(
    (
        *("dr", "drs", "dra", "drg", "drh", "ir", "prof", "hj", "kh", "tgk", "tn", "ny", "sdr"),
        *("sdri", "jl", "jln", "gg", "no", "nomor", "rt", "rw", "kec", "kab", "kel", "ds", "st"),
        *("mr", "mrs", "ms", "jr", "sr", "vs", "hlm", "hal", "vol", "tel", "telp", "rp", "pdt"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "agt", "ags", "sep", "sept", "okt", "nov"),
        *("des", "brigjen", "mayjen", "letjen", "kol", "kompol", "akp", "ust", "capt", "sgt"),
        *("irjen", "komjen", "jend", "kapt", "lettu", "letda", "letkol", "kombes", "akbp", "iptu"),
        *("ipda", "aiptu", "aipda", "bripka", "briptu", "bripda", "serda", "sertu", "serka"),
        *("pratu", "praka", "nn", "bpk", "kep", "prov", "dsn", "hp", "ft", "feat", "pt", "cv"),
        *("ud", "moh", "muh", "muhd", "mohd", "abd", "rd"),
    )
)
"""What a full stop behind shortens, in small letters."""

_DEGREE = re.compile(rb"[A-Za-z]|[A-Z][a-z]{0,2}(?:\.[A-Z][a-z]{0,3})+|[a-z](?:\.[a-z])+")

_LINE, _STOP, _DOTS = ord("\n"), ord("."), 0xA6
_MARKS = bytes(byte in {*b".!?", _LINE, _DOTS} for byte in range(256))


def _table(characters: bytes) -> NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    table[list(characters)] = True
    return table


_CLOSING = _table(b"\"')]")
_BLANK = _table(b" \t\r\n")
_BEGINNING = _table(bytes([*range(ord("A"), ord("Z") + 1), *range(ord("0"), ord("9") + 1)]))
_BEGINNING[0x80:] = True
_OPENING = _table(b"\"'(")


def is_short(chunk: bytes) -> bool:
    """Whether a full stop behind a chunk, as it is written, ends no sentence."""
    if len(chunk) > 1 and b"." not in chunk:
        return chunk.lower() in _SHORT
    return _DEGREE.fullmatch(chunk) is not None


_SHORT = frozenset(one.encode() for one in ABBREVIATIONS)


def beginning(buffer: bytes, starts: Numbers, ends: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """Which chunks begin a sentence that is not the first of all: numbers, (b,), ascending.

    And of each, (b,), whether it does so only unless the chunk before ``is_short``.

    ``starts``, ``ends``: (n,) where the chunks are in ``buffer``, which ends with zeros. Texts are
    parted by zeros, and the first chunk of one may be among these.
    """
    raw = np.frombuffer(buffer, np.uint8)
    marks = np.flatnonzero(np.frombuffer(buffer.translate(_MARKS), np.bool_))
    if not len(marks) or not len(starts):
        return np.empty(0, np.int64), np.empty(0, np.bool_)
    before = starts.searchsorted(marks, "right") - 1
    kept = (before >= 0) & (before < len(starts) - 1) & (marks >= ends[before])
    marks, before = marks[kept], before[kept]
    kinds = raw[marks]
    whole = (kinds != _DOTS) | ((raw[marks - 1] == 0x80) & (raw[marks - 2] == 0xE2))
    following = marks + 1
    for _ in range(2):
        following = following + _CLOSING[raw[following]]
        curly = (raw[following] == 0xE2) & (raw[following + 1] == 0x80)
        last = raw[following + 2]
        following = following + 3 * (curly & ((last == 0x9D) | (last == 0x99)))
    wide = (raw[following] == 0xC2) & (raw[following + 1] == 0xA0)
    ending = (kinds == _LINE) | (whole & (_BLANK[raw[following]] | wide))
    found = before[ending] + 1
    unless = ((kinds == _STOP) & (marks == ends[before]))[ending]
    first, quote = raw[starts[found]], raw[starts[found] - 1]
    curly = (quote >= 0x80) & (raw[starts[found] - 2] == 0x80)
    kept = _BEGINNING[first] | _OPENING[quote] | curly
    found, unless = found[kept], unless[kept]
    # Of several marks before a chunk the last decides: only the first can be that of a short one.
    kept = np.ones(len(found), np.bool_)
    np.not_equal(found[1:], found[:-1], out=kept[:-1])
    return found[kept], unless[kept]
