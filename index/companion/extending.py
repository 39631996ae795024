"""Makes of a companion the next one: new articles come, others are replaced or deleted.

What an update does to an index directory (``index.build.local``) is done to the companion: deleted
articles count until their segment is rewritten, and segments are merged when that is due. Counts of
terms stay exact where it is told what the deleted articles were.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from index.analysis import analysis, use_words
from index.build.deletion import delete_articles
from index.companion.lightening import BESIDE, lighten_segment
from index.companion.merging import merge_light_tiers
from index.companion.owed import Were, add_owed
from index.glued import write_glued
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment
from index.segments.toc import read_segments, write_toc
from index.store.durable import link_or_copy
from index.words_file import read_generation_words


def extend(
    light: Path,
    new: Path | None,
    deleted: Iterable[str],
    into: Path,
    were: Were | None = None,
) -> frozenset[str]:
    """Write the companion that follows the one in ``light`` into an empty directory.

    ``new``: the directory of a generation of new articles alone, made with the same words; they
    replace those of the same ids. None where articles are only ``deleted``, by their ids. ``were``
    is asked for those that go, as they are before; without it they count until a rebuild. Files
    that stay as they are get a second name. Returns which ids were there, of both. Raises
    ``FileDamaged``, ``WordsInvalid``, ``StemmerUnknown`` and OSError, and as ``were``.
    """
    words = read_generation_words(light)
    use_words(words)
    storage, gone = FileStorage(str(into)), set(deleted)
    segments = read_segments(light)
    for one in segments:
        for name in one.list_files(FileStorage(str(light))):
            link_or_copy(light / name, into / name)
    for name in BESIDE:
        if (light / name).exists():
            link_or_copy(light / name, into / name)
    added: list[ArraySegment] = []
    if new is not None:
        source, added = FileStorage(str(new)), read_segments(new)
        for one in added:
            lighten_segment(source, storage, one)
            field = open_segment(storage, one).fields["id"]
            gone.update(text.decode("utf-8") for text in field.texts(0, field.terms))
    before = [_deleted(one) for one in segments]
    found = delete_articles(storage, segments, gone)
    for one, those in zip(segments, before, strict=True):
        numbers = (_deleted(one) & ~those).nonzero()[0]
        if were is not None and len(numbers) and one.doc_count():
            add_owed(storage, open_segment(storage, one), numbers, were, words)
    segments = merge_light_tiers(storage, [*segments, *added])
    write_toc(into, segments, words)
    write_glued(into, [open_segment(storage, one) for one in segments], analysis(words))
    return frozenset(found)


def _deleted(segment: ArraySegment) -> NDArray[np.bool_]:
    """Which documents are deleted: (size,), a copy."""
    found = segment.deleted()
    return np.zeros(segment.doc_count_all(), np.bool_) if found is None else found.copy()
