"""Cleaning: whatever an archive holds becomes NFC text without control characters.

Bytes are decoded with ``surrogateescape``, so that a byte that is not UTF-8 travels as a lone
surrogate through every format until the one place that repairs it, here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from index.dressed import DRESSED, undressed
from index.patterns import on_use
from index.sources.problems import Detail, ProblemKind
from index.sources.text.mojibake import (
    beyond_ascii,
    is_too_broken,
    may_be_broken,
    restored,
)

Faults = list[tuple[ProblemKind, Detail]]
"""The repairs of one article: each kind once, with the name of the field that needed it first."""

ORDINARY = (
    *((0xA0, 0xC1), (0xF5, 0x101), (0x103, 0x2FF), (0x391, 0x392), (0x394, 0x3A1), (0x3A3, 0x3CE)),
    *((0x400, 0x431), (0x433, 0x45F), (0x60C, 0x60C), (0x61B, 0x61B), (0x61F, 0x64A)),
    *((0x660, 0x669), (0x671, 0x6D5), (0x200B, 0x2019), (0x201B, 0x205E), (0x2060, 0x2060)),
    *((0x20AC, 0x20AC), (0x2122, 0x2122), (0x2190, 0x21FF), (0x2500, 0x251B), (0x251D, 0x27BF)),
    *((0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFDF0, 0xFDFB), (0xFE0F, 0xFE0F), (0xFFFD, 0xFFFD)),
    *((0x1F1E6, 0x1F1FF), (0x1F300, 0x1FAFF)),
)
"""Characters of print, of social media, of Greek, Cyrillic, Arabic, Chinese and Korean, first and
last of each range: in NFC beside anything, no part of mojibake."""

_ORDINARY = on_use(f"[{''.join(f'{chr(one)}-{chr(last)}' for one, last in ORDINARY)}]*+")

_UNCLEAN = on_use(f"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff{DRESSED}]")

_DRESSED = on_use(f"[{DRESSED}]")
_NOT_UTF8 = on_use("[\udc80-\udcff]+")
_SURROGATE = on_use("[\ud800-\udfff]")
_SEPARATING_CONTROL = on_use("[\x0b\x0c\x85]")
_CONTROL = on_use("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CUT_CHARACTER = on_use(rb"[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{1,2}")
_BOM = "\ufeff"
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_MOST_ROUNDS = 10
"""So often is restored what was mojibake beside controls: it may bring the same control again."""

_MOST_MARKS = 30
"""The number of the Stream-Safe Text Format of UAX #15."""

_PAIRS = "\u0f73\u0f75\u0f81"
"""Vowel signs of Tibetan that are two marks each in NFC, though themselves none."""

_BEYOND_LATIN = on_use(
    # The first character as a class of its own: the engine looks for that much faster.
    "([^\0-\u02ff][^\0-\u02ff]*+(?: [^\0-\u02ff]++)*+)"
)
"""Words one after the other of which none has a letter of Latin: as long as a quotation is."""

_GRAPHEME_JOINER = "\u034f"


def decode(data: bytes) -> str:
    """The bytes as text; what is not UTF-8 stays recognisable for ``clean``."""
    return data.decode("utf-8", "surrogateescape")


def clean(text: str, field: str, faults: Faults) -> str:
    """The text in NFC, with ``\\n`` for every line end and without control characters.

    A repair is added to ``faults`` under the name of the ``field``.
    """
    # What is not printable ASCII is all that needs a look, and is little of most texts.
    others = beyond_ascii(text)
    if _ORDINARY.fullmatch(others):
        return text
    if "\r" in others:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        others = others.replace("\r", "")
    if _UNCLEAN.search(others):
        text = _repair(text, field, faults)
    elif may_be_broken(others):
        text = _restored(text, field, faults)
    return _composed(text)


def _composed(text: str) -> str:
    """The text in NFC; the same object where it is.

    No character before U+0300 changes in NFC or composes with one before it: what stands between
    two of them, with the first, has nothing to do with the rest of any text.
    """
    others = beyond_ascii(text)
    if not others:
        return text
    start = max(text.index(others[0]) - 1, 0)
    end = text.rindex(others[-1]) + 1
    middle = text[start:end]
    if unicodedata.is_normalized("NFC", middle):
        return text
    parts = _BEYOND_LATIN.split(middle)
    for at in range(1, len(parts), 2):
        before, part = parts[at - 1], parts[at]
        if max(map(len, part.split(" "))) > _MOST_MARKS:
            # CPython orders the marks of one character in quadratic time; a text made for that
            # takes hours.
            part = _many_marks().sub(rf"\1{_GRAPHEME_JOINER}", part)
        parts[at - 1] = before[:-1]
        parts[at] = unicodedata.normalize("NFC", before[-1:] + part)
    return "".join((text[:start], *parts, text[end:]))


@cache
def _many_marks() -> re.Pattern[str]:
    """More combining marks than any script puts on one character."""
    marks = "".join(filter(unicodedata.combining, map(chr, range(0x300, 0x20000)))) + _PAIRS
    return re.compile(f"([{marks}]{{{_MOST_MARKS}}})(?=[{marks}])")


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def _repair(text: str, field: str, faults: Faults, rounds: int = _MOST_ROUNDS) -> str:
    def note(kind: ProblemKind) -> None:
        add_fault(faults, kind, field)

    text = text.replace(_BOM, "")
    others = beyond_ascii(text)
    if _SURROGATE.search(others):
        if _NOT_UTF8.search(others):
            note(ProblemKind.INVALID_UTF8)
            text = _NOT_UTF8.sub(lambda match: _windows_1252(match[0]), text)
        if _SURROGATE.search(text):
            note(ProblemKind.LONE_SURROGATE)
            text = _SURROGATE.sub(_REPLACEMENT, text)
        others = beyond_ascii(text)
    if "\0" in others:
        note(ProblemKind.NUL_BYTE)
        text = text.replace("\0", "")
        others = others.replace("\0", "")
    if rounds > 0 and may_be_broken(others):
        text = _restored(text, field, faults)
        others = beyond_ascii(text)
    if _CONTROL.search(others) or _SEPARATING_CONTROL.search(others):
        note(ProblemKind.CONTROL_CHARACTER)
        # Without them, what they stood between may turn out to be mojibake.
        text = _CONTROL.sub("", _SEPARATING_CONTROL.sub("\n", text))
        return _repair(text, field, faults, rounds - 1)
    return undressed(text) if _DRESSED.search(others) else text


def _restored(text: str, field: str, faults: Faults) -> str:
    if is_too_broken(text):
        add_fault(faults, ProblemKind.TOO_MUCH_TO_MEND, field)
        return text
    better = restored(text)
    if better is text:
        return text
    add_fault(faults, ProblemKind.MOJIBAKE, field)
    return better.replace(_BOM, "").replace("\0", "")


def _windows_1252(escaped: str) -> str:
    """Bytes that are not UTF-8 as Windows-1252, or U+FFFD where it has no such character.

    A character of UTF-8 that was cut off is no Windows-1252 but one lost character.
    """
    data = escaped.encode("utf-8", "surrogateescape")
    if len(data) > 1 and _CUT_CHARACTER.fullmatch(data):
        return _REPLACEMENT
    return data.decode("cp1252", "replace")


def add_fault(faults: Faults, kind: ProblemKind, detail: Detail) -> None:
    """Adds a repair, each kind once."""
    if all(kind is not known for known, _ in faults):
        faults.append((kind, detail))
