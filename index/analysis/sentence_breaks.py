"""Where the sentences of one text begin, as an index has them; see ``sentences``."""

from __future__ import annotations

import numpy as np

from index.analysis.bulk import chunk_edges
from index.analysis.interning import PADDING
from index.analysis.sentences import beginning, is_short

_STOP = ord(".")
_CONTINUES, _FIRST_BITS = 0x80, 0xC0


def sentence_breaks(text: str) -> list[int]:
    """Where sentences begin behind others, in characters, ascending. Time and space are linear."""
    written = text.encode("utf-8", "surrogatepass")
    buffer = b"\0" + written + bytes(PADDING + -(1 + len(written) + PADDING) % 8)
    starts, ends = chunk_edges(buffer)
    raw = np.frombuffer(buffer, np.uint8)
    short = np.zeros(len(starts), np.bool_)
    for at in np.flatnonzero(raw[ends] == _STOP).tolist():
        short[at] = is_short(buffer[starts[at] : ends[at]])
    begins = starts[beginning(buffer, starts, ends, short)]
    begins = begins[begins != starts[:1]] if len(starts) else begins
    if len(written) == len(text):
        return [at - 1 for at in begins.tolist()]
    characters = np.cumsum((raw & _FIRST_BITS) != _CONTINUES)
    return [at - 2 for at in characters[begins].tolist()]
