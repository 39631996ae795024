"""Articles on disk between reading and indexing.

Reading happens once and in order; which article of a repeated id is the last is known only at its
end, and workers then take shares. The file holds one article a line, as JSON.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import orjson

from index.article import Article


class Spool:
    """A file of articles in which each id counts once, the last one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.repeated = 0
        self._offsets: dict[str, int] = {}

    def fill(self, articles: Iterable[Article]) -> None:
        """Write all articles; counts those that a later one with the same id superseded."""
        with self.path.open("wb") as stream:
            offset = 0
            for article in articles:
                offsets = self._offsets
                if article.id in offsets:
                    self.repeated += 1
                    # Taken out and put at the end, so that the order is that of reading.
                    del offsets[article.id]
                offsets[article.id] = offset
                offset += stream.write(
                    orjson.dumps(asdict(article), option=orjson.OPT_APPEND_NEWLINE)
                )

    def __len__(self) -> int:
        return len(self._offsets)

    def ids(self) -> Iterator[str]:
        """The ids of the articles that count, in the order of reading."""
        return iter(self._offsets)

    def shares(self, count: int) -> list[array[int]]:
        """The byte offsets of the articles that count, in ``count`` runs of nearly one size."""
        offsets = array("q", self._offsets.values())
        size = -(-len(offsets) // count) or 1
        return [offsets[start : start + size] for start in range(0, len(offsets), size)]


def read(path: Path, offsets: Sequence[int]) -> Iterator[Article]:
    """The articles at the byte offsets of a spool file."""
    with path.open("rb") as stream:
        for offset in offsets:
            stream.seek(offset)
            fields = orjson.loads(stream.readline())
            if fields["date"] is not None:
                fields["date"] = datetime.fromisoformat(fields["date"])
            yield Article(**fields)
