"""Looks up articles of a generation by their ids, while an update is read."""

from __future__ import annotations

from whoosh.filedb.filestore import FileStorage

from index.article import Article
from index.build.stored_values import article, checked
from index.generation import Generation
from index.segments.checking import misreading_of
from index.segments.reader import SegmentReader, open_segment
from index.segments.toc import read_segments


class GenerationArticles:
    """The live articles of a generation that is held. See ``index.target.HeldArticles``."""

    def __init__(self, generation: Generation) -> None:
        self._generation = generation
        storage = FileStorage(str(generation.path))
        with generation.reading():
            self._segments = [
                open_segment(storage, segment) for segment in read_segments(generation.path)
            ]

    def has_prefix(self, prefix: str) -> bool:
        """Whether the id of a live article begins so."""
        term = prefix.encode("utf-8")
        with self._generation.reading(), misreading_of(self._generation.path):
            for segment in self._segments:
                first, end = segment.fields["id"].with_prefix(term)
                if any(_live(segment, ordinal) is not None for ordinal in range(first, end)):
                    return True
        return False

    def find(self, article_id: str) -> Article | None:
        """The live article with the id."""
        term = article_id.encode("utf-8")
        with self._generation.reading(), misreading_of(self._generation.path):
            for segment in self._segments:
                ordinal = segment.fields["id"].find(term)
                number = _live(segment, ordinal) if ordinal >= 0 else None
                if number is not None:
                    return article(
                        checked(segment.name, segment.documents.stored(number), body=True)
                    )
        return None


def _live(segment: SegmentReader, ordinal: int) -> int | None:
    """The document with the id that is not deleted."""
    for number in segment.fields["id"].documents(ordinal).tolist():
        if segment.deleted is None or not segment.deleted[number]:
            return int(number)
    return None
