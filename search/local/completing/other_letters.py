"""Words of titles in letters beyond ASCII, begun in plain ones: ``odeg`` begins ``ødegaard``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

import numpy as np

from index.analysis.plain_letters import in_plain_letters
from index.segments.reader import SegmentReader
from search.local.completing.following import TITLES
from search.local.completing.typed import BegunWord

_SHORTEST = 2
_WAYS = 3
"""So many ways to write a beginning are tried."""
_LOOKED_AT = 64
"""Of so many words, the first by their letters."""
_LATIN = np.zeros(256, np.bool_)
"""Bytes with which the UTF-8 of letters of Latin and of small digits begins, but for ASCII: words
of other scripts alone, which may be all of an archive, are not looked at."""
_LATIN[[*range(0xC2, 0xCB), 0xE1, 0xE2]] = True


class OtherLetters:
    """The words of the titles of a snapshot's segments. Methods raise ``FileDamaged``."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._fields = [one.fields[TITLES] for one in segments if TITLES in one.fields]

    def readings(self, typed: BegunWord) -> Iterator[BegunWord]:
        """What is begun as titles write it, where none has a word that begins as it is typed."""
        beginning = typed.beginning
        if len(beginning) < _SHORTEST or not beginning.isascii() or self._begins(beginning):
            return
        for written in islice(dict.fromkeys(self._written(beginning)), _WAYS):
            yield replace(typed, beginning=written)

    def _begins(self, beginning: str) -> bool:
        prefix = beginning.encode()
        return any(
            start < stop for start, stop in (one.with_prefix(prefix) for one in self._fields)
        )

    def _written(self, beginning: str) -> Iterator[str]:
        """Beginnings of words that are this one in plain letters, each as short as can be."""
        at = bisect_left(self._words, (beginning, ""))
        for plain, word in islice(self._words, at, at + _LOOKED_AT):
            if not plain.startswith(beginning):
                return
            yield next(
                word[:end]
                for end in range(1, len(word) + 1)
                if in_plain_letters(word[:end]).startswith(beginning)
            )

    @cached_property
    def _words(self) -> list[tuple[str, str]]:
        """The words that plain letters can write, in these and as they are, ascending."""
        found: set[tuple[str, str]] = set()
        for field in self._fields:
            beyond = _LATIN[field.all_of("text")].nonzero()[0]
            ordinals = np.unique(field.all_of("text_at").searchsorted(beyond, "right")) - 1
            words = [field.text(one).decode("utf-8", "surrogatepass") for one in ordinals.tolist()]
            found.update((plain, one) for one in words if (plain := in_plain_letters(one)) != one)
        return sorted(found)
