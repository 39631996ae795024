"""Which words are near to a given one, by edits.

An edit is a letter inserted, deleted or substituted, or two neighbours transposed; every letter is
edited once at most ("optimal string alignment").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import AnyStr


def near(word: AnyStr, others: Iterable[AnyStr], max_edits: int) -> Iterator[tuple[int, int]]:
    """The place and edits of each of the others that is up to ``max_edits`` from ``word``.

    Those that begin with another letter are near by one edit only.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract_iter(word, others, scorer=OSA.distance, score_cutoff=max_edits)
    for other, distance, place in found:
        if distance <= 1 or other[:1] == word[:1]:
            yield place, distance
