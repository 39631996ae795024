"""Surface form to stem: Snowball's Indonesian stemmer (through PyStemmer), cached.

Snowball: Porter, M. F. and contributors; the Indonesian algorithm follows Tala, F. Z. (2003),
"A Study of Stemming Effects on Information Retrieval in Bahasa Indonesia".
"""

from __future__ import annotations

import threading

import Stemmer

_CACHE_WORDS = 500_000

_local = threading.local()
_stems: dict[str, str] = {}


def stem(surface: str) -> str:
    """The stem of a surface form from ``tokenizer.surfaces``. Safe under threads and fork."""
    known = _stems.get(surface)
    if known is not None:
        return known
    if not hasattr(_local, "snowball"):
        # A PyStemmer object must not be used by two threads at once.
        _local.snowball = Stemmer.Stemmer("indonesian", 0)
    found: str = _local.snowball.stemWord(surface) or surface
    if len(_stems) >= _CACHE_WORDS:
        _stems.clear()
    _stems[surface] = found
    return found
