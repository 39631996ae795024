"""What can be wrong with the articles that are read, before anything is written."""

from __future__ import annotations

from index.errors.root import WartaError


class SourceError(WartaError):
    """An input cannot be read, or ``--strict`` met a bad article."""


class NothingToIndex(WartaError):
    """Reading gave no article; the published index is left as it was."""

    def __init__(self, sources: str) -> None:
        super().__init__(
            f"no article could be read from {sources}; the index was left as it was",
            f"tidak ada artikel yang dapat dibaca dari {sources}; indeks dibiarkan seperti semula",
        )
