"""Where the sentences of one text begin, as an index has them; see ``sentences``."""

from __future__ import annotations

import numpy as np

from index.analysis.scanning import chunk_edges, padded
from index.analysis.sentences import beginning, is_short

_CONTINUES, _FIRST_BITS = 0x80, 0xC0


def sentence_breaks(text: str) -> list[int]:
    """Where sentences begin behind others, in characters, ascending. Time and space are linear."""
    written = text.encode("utf-8", "surrogatepass")
    buffer = padded([written])
    starts, ends = chunk_edges(buffer)
    numbers, unless = beginning(buffer, starts, ends)
    for at in np.flatnonzero(unless).tolist():
        before = numbers[at] - 1
        unless[at] = is_short(buffer[starts[before] : ends[before]])
    begins = starts[numbers[~unless]]
    if len(written) == len(text):
        return [at - 1 for at in begins.tolist()]
    characters = np.cumsum((np.frombuffer(buffer, np.uint8) & _FIRST_BITS) != _CONTINUES)
    return [at - 2 for at in characters[begins].tolist()]
