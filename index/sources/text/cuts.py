"""Texts that their source has cut: ``… [+1200 chars]``, ``[…]``, ``... Baca selengkapnya``."""

from __future__ import annotations

import re

from index.patterns import on_use
from index.sources.problems import ProblemKind
from index.sources.text.cleaning import Faults, add_fault

_READ = 200
_WHOLE = frozenset("\"”?!'’") | {""}
_COUNTED = on_use(
    r"\s*\[\s*\+?\s*([0-9]{1,7})\s+(?:more\s+)?(?:chars?|characters|karakter)\s*\]\s*$"
)
_ELLIPSIS = r"(?:…|\.{3}|\[\s*(?:…|\.{3}|&hellip;)\s*\])"
_CONTINUED = on_use(
    rf"(?:\[\s*(?:…|\.{{3}}|&hellip;)\s*\]|{_ELLIPSIS}\s*[(\[]?\s*(?:baca\s+(?:selengkapnya|lanjutan\w*)"
    r"|selengkapnya|read\s+(?:more|full\s+\w+)|continue\s+reading)\b[^.\n]{0,120})\W*$",
    re.IGNORECASE,
)


def tell_cut(body: str, faults: Faults) -> str:
    """The body without the count of the characters that are missing; a cut is told."""
    if body[-1:] in _WHOLE or (body.endswith(".") and not body.endswith("...")):
        return body
    end = body[-_READ:]
    if "]" not in end and "…" not in end and "..." not in end:
        return body
    counted = _COUNTED.search(end)
    if counted:
        add_fault(faults, ProblemKind.CUT_TEXT, f"+{counted[1]}")
        return body[: len(body) - len(counted[0])]
    if _CONTINUED.search(end):
        add_fault(faults, ProblemKind.CUT_TEXT, "")
    return body
