"""Looks up articles of an index by their ids, while an update is read.

An update reads while it holds the writer's lock, and may have waited for it: what counts is the
generation that is in use then, and not the one that was when the command began.
"""

from __future__ import annotations

from collections.abc import Sequence

from whoosh.filedb.filestore import FileStorage

from index.article import Article
from index.errors import IndexDamaged, IndexMissing, IndexOutdated, IndexUnreadable
from index.generation import Generation
from index.segments.checking import misreading_of
from index.segments.reader import SegmentReader, open_segment
from index.segments.toc import read_segments
from index.store import Store
from index.stored_values import article, checked


class CurrentArticles:
    """The live articles of what is in use when they are asked for. See ``HeldArticles``.

    None are found where there is no generation that is intact, as far as opening tells, and of this
    version.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: tuple[int, ...] | None = None
        self._looked = 0
        self._held: GenerationArticles | None = None

    def has_prefix(self, prefix: str) -> bool:
        """Whether the id of a live article begins so."""
        held = self._now()
        return held is not None and held.has_prefix(prefix)

    def find(self, article_id: str) -> Article | None:
        """The live article with the id."""
        held = self._now()
        return None if held is None else held.find(article_id)

    def has_moved(self) -> bool:
        """Whether something was published since the first look."""
        return self._looked > 1

    def close(self) -> None:
        """Let go of the generation that is held."""
        if self._held is not None:
            self._held.generation.close()
        self._held = None

    def _now(self) -> GenerationArticles | None:
        seen = self._store.current_file()
        if seen != self._seen or not self._looked:
            self.close()
            self._held, self._seen = self._open(), seen
            self._looked += 1
        return self._held

    def _open(self) -> GenerationArticles | None:
        try:
            generation = self._store.open_first() or self._store.open_current()
        except (IndexMissing, IndexOutdated, IndexDamaged, IndexUnreadable):
            return None
        try:
            return GenerationArticles(generation)
        except BaseException:
            generation.close()
            raise


class GenerationArticles:
    """The live articles of a generation that is held. See ``index.target.HeldArticles``."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        storage = FileStorage(str(generation.path))
        with generation.reading():
            self._segments = [
                open_segment(storage, segment) for segment in read_segments(generation.path)
            ]

    def has_prefix(self, prefix: str) -> bool:
        """Whether the id of a live article begins so."""
        with self.generation.reading(), misreading_of(self.generation.path):
            return has_prefix(self._segments, prefix)

    def find(self, article_id: str) -> Article | None:
        """The live article with the id."""
        with self.generation.reading(), misreading_of(self.generation.path):
            found = place_of(self._segments, article_id)
            if found is None:
                return None
            segment, number = found
            return article(checked(segment.name, segment.documents.stored(number), body=True))


def has_prefix(segments: Sequence[SegmentReader], prefix: str) -> bool:
    """Whether the id of a live article begins so. Raises ``FileDamaged``."""
    term = prefix.encode("utf-8")
    for segment in segments:
        first, end = segment.fields["id"].with_prefix(term)
        if any(_live(segment, ordinal) is not None for ordinal in range(first, end)):
            return True
    return False


def place_of(
    segments: Sequence[SegmentReader], article_id: str
) -> tuple[SegmentReader, int] | None:
    """The segment that has the live article, and its number there. Raises ``FileDamaged``."""
    term = article_id.encode("utf-8")
    for segment in segments:
        ordinal = segment.fields["id"].find(term)
        number = _live(segment, ordinal) if ordinal >= 0 else None
        if number is not None:
            return segment, number
    return None


def _live(segment: SegmentReader, ordinal: int) -> int | None:
    """The document with the id that is not deleted."""
    for number in segment.fields["id"].documents(ordinal).tolist():
        if segment.deleted is None or not segment.deleted[number]:
            return int(number)
    return None
