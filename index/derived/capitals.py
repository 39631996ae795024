"""How words with a change of case inside them are written: ``JakartaKita``, ``diKota``.

Terms are folded, so that only whoever makes them of texts sees it (``index.analysis.bulk``). Glued
words are told by it (``index.glued``).

The derivation ``capitals`` (see ``derivations``) has, of each such word that is a term of surface
forms, in the order of their bytes:

================ ===== ======= ==================================================================
section          dtype items   what
================ ===== ======= ==================================================================
capitals.text    |u1   bytes   the words one after the other
capitals.text_at <u4   words+1 where each begins
capitals.written <u8   words   bit i is set where its letter i is a capital; of several ways to
                               write a word, the one of the lowest number
================ ===== ======= ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np

from index.errors import FileDamaged, FileMissing
from index.fields import EXACT, TEXTS
from index.segments.container import Array
from index.segments.reader import SegmentReader

NAME = "capitals"

Written = Mapping[str, int]
"""Words to which of their letters are capitals, as bits."""


def build(reader: SegmentReader, written: Written) -> dict[str, Array]:
    """The arrays of the derivation: of words that may be in the segment. Raises ``FileDamaged``."""
    fields = [reader.fields[one + EXACT] for one in TEXTS if one + EXACT in reader.fields]
    words = [
        word for word in sorted(written) if any(one.find(word.encode()) >= 0 for one in fields)
    ]
    texts = [word.encode() for word in words]
    ends = np.cumsum([0, *map(len, texts)])
    return {
        "text": np.frombuffer(b"".join(texts), np.uint8),
        "text_at": ends.astype("<u4"),
        "written": np.array([written[word] for word in words], "<u8"),
    }


def written_in(readers: Iterable[SegmentReader]) -> dict[str, int]:
    """How the words of segments are written. Raises ``FileDamaged``.

    Nothing is known of segments that Whoosh's own writer or an older version made.
    """
    found: dict[str, int] = {}
    for reader in readers:
        try:
            derived = reader.derived
        except FileMissing:
            continue
        if f"{NAME}.written" not in derived.sections:
            continue
        text, ends, written = (
            derived[f"{NAME}.{part}"].all() for part in ("text", "text_at", "written")
        )
        if len(ends) != len(written) + 1 or int(ends[-1]) != len(text):
            raise FileDamaged(derived.name, "its words with capitals differ in number")
        blob = text.tobytes().decode("ascii", "replace")
        for (left, right), number in zip(pairwise(ends.tolist()), written.tolist(), strict=True):
            word = blob[left:right]
            found[word] = min(number, found.get(word, number))
    return found
