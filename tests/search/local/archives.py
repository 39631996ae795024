"""Small indexes of several segments with deletions, whatever the builder would have merged."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.analysis import NO_WORDS, UserWords, use_words
from index.article import Article
from index.build.segment_builder import SegmentBuilder
from index.segments.toc import write_toc
from index.store import Store
from index.words_file import write_generation_words


def write_archive(
    path: Path,
    parts: Sequence[Sequence[Article]],
    deleted: set[int],
    firsts: Sequence[int | None] | None = None,
    words: UserWords = NO_WORDS,
) -> list[int]:
    """Publish an index with a segment for each part; the numbers of documents not ``deleted``.

    ``firsts``: the places in the order of reading of the first of each part; ``words``: those of
    the user, and the stemmer.
    """
    use_words(words)
    store = Store(path)
    with store.writing(wait=False):
        directory = store.begin()
        segments = []
        base = 0
        for part, first in zip(parts, firsts or [None] * len(parts), strict=True):
            builder = SegmentBuilder(directory, words, 1 << 26)
            builder.add(list(part), first)
            builder.flush()
            (segment,) = builder.segments
            inside = [one - base for one in deleted if base <= one < base + len(part)]
            if inside:
                segment.delete_many(np.array(inside))
            segments.append(segment)
            base += len(part)
        write_generation_words(directory, words)
        write_toc(directory, segments, words)
        live = [number for number in range(base) if number not in deleted]
        store.publish(directory, articles=len(live), parameters={})
    return live
