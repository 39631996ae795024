"""Words of titles in letters beyond ASCII, begun in plain ones: ``odeg`` begins ``ødegaard``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.analysis.plain_letters import LEADING_BYTES, in_plain_letters
from index.light_dataclass import dataclass
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader
from search.local.completing.following import TITLES
from search.local.completing.typed import BegunWord

_SHORTEST = 2
_WAYS = 3
"""So many ways to write a beginning are tried."""
_LOOKED_AT = 64
"""Of so many words, the first by their letters."""
_BEGINS = np.zeros(256, np.bool_)
"""Which bytes begin letters that may be typed otherwise: words without any are not looked at, which
may be all of an archive."""
_BEGINS[[*LEADING_BYTES]] = True


@dataclass(frozen=True)
class _Titles:
    """The words of a segment's titles. ``deleted``: (size,) or None."""

    words: FieldIndex
    deleted: NDArray[np.bool_] | None

    def any_has(self, ordinal: int) -> bool:
        """Whether one that is not deleted has the word."""
        return self.deleted is None or not self.deleted[self.words.documents(ordinal)].all()


class OtherLetters:
    """The words of the titles of a snapshot's segments. Methods raise ``FileDamaged``."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self._titles = [
            _Titles(one.fields[TITLES], one.deleted) for one in segments if TITLES in one.fields
        ]

    def readings(self, typed: BegunWord) -> Iterator[BegunWord]:
        """What is begun, and as titles write it; first as it is typed if a title's word begins so.

        Words that only deleted articles have do not count.
        """
        beginning = typed.beginning
        if len(beginning) < _SHORTEST or not beginning.isascii():
            yield typed
            return
        begins = self._begins(beginning)
        if begins:
            yield typed
        for written in islice(dict.fromkeys(self._written(beginning)), _WAYS):
            yield replace(typed, beginning=written)
        if not begins:
            yield typed

    def _begins(self, beginning: str) -> bool:
        prefix = beginning.encode()
        return any(
            any(map(one.any_has, range(*one.words.with_prefix(prefix)))) for one in self._titles
        )

    def _written(self, beginning: str) -> Iterator[str]:
        """Beginnings of words that are this one in plain letters, each as short as can be."""
        at = bisect_left(self._words, (beginning, ""))
        for plain, word in self._words[at : at + _LOOKED_AT]:
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
        for one in self._titles:
            field = one.words
            beyond = _BEGINS[field.all_of("text")].nonzero()[0]
            ordinals = np.unique(field.all_of("text_at").searchsorted(beyond, "right")) - 1
            there = filter(one.any_has, ordinals.tolist())
            words = [field.text(ordinal).decode("utf-8", "surrogatepass") for ordinal in there]
            found.update(
                (plain, word) for word in words if (plain := in_plain_letters(word)) != word
            )
        return sorted(found)
