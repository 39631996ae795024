"""Where in a text something may match: at its traces, and in chunks that are not plain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.analysis.tokenizer import not_plain
from search.marking.work import Work

_WINDOW = 1 << 12
"""Characters that are searched before what is found in them is looked into."""


def places(text: str, traces: Sequence[str], work: Work) -> Iterator[int]:
    """The places of traces and of chunks that are not plain, in characters, ascending.

    They end where the work does.
    """
    # The only character that is longer in lower case; no plain chunk has it.
    lowered = text.replace("\u0130", "i").lower()
    for begin in range(0, len(text), _WINDOW):
        if work.spent():
            return
        end = min(begin + _WINDOW, len(text))
        found = not_plain(text, begin, end)
        for trace in traces:
            behind = end + len(trace) - 1
            at = lowered.find(trace, begin, behind)
            while at >= 0:
                found.append(at)
                at = lowered.find(trace, at + 1, behind)
        found.sort()
        work.scanned(end - begin, len(traces), len(found))
        yield from found
