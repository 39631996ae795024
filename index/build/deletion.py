"""Deleting articles from segments by their ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from index.segments.postings import FieldIndex
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment

_MANY = 200
"""Ids from which on reading all of a segment's is faster than looking each up."""


def delete_articles(
    storage: FileStorage, segments: Iterable[ArraySegment], ids: Iterable[str]
) -> set[str]:
    """Delete the articles with the ids; the ids that were there. Raises ``FileDamaged``."""
    terms = {one.encode("utf-8", "surrogatepass"): one for one in ids}
    found = set()
    for segment in segments:
        field = open_segment(storage, segment).fields["id"]
        numbers = []
        for term, ordinal in _ordinals(field, terms):
            # Superseded copies of an article may be there too, deleted before.
            live = [
                number
                for number in field.documents(ordinal).tolist()
                if not segment.is_deleted(number)
            ]
            if live:
                numbers += live
                found.add(terms[term])
        if numbers:
            segment.delete_many(np.array(numbers))
    return found


def delete_superseded(
    storage: FileStorage,
    segments: Sequence[ArraySegment],
    numbers: NDArray[np.int64],
    last: Mapping[str, int],
) -> None:
    """Of the articles with one id delete all but the one with the number in ``last``.

    ``numbers``: (n,) those of the articles that the segments hold, in their order.
    """
    terms = {one.encode("utf-8"): number for one, number in last.items()}
    before = 0
    for segment in segments if last else ():
        field = open_segment(storage, segment).fields["id"]
        superseded = []
        for term, ordinal in _ordinals(field, terms):
            documents = field.documents(ordinal).astype(np.int64)
            superseded.append(documents[numbers[before + documents] != terms[term]])
        segment.delete_many(np.concatenate([np.zeros(0, np.int64), *superseded]))
        before += segment.doc_count_all()


def _ordinals(field: FieldIndex, terms: Collection[bytes]) -> Iterator[tuple[bytes, int]]:
    """Those of these terms that the field has, each with its ordinal."""
    if len(terms) > _MANY:
        for ordinal, term in enumerate(field.texts(0, field.terms)):
            if term in terms:
                yield term, ordinal
        return
    for term in terms:
        ordinal = field.find(term)
        if ordinal >= 0:
            yield term, ordinal
