"""What can be wrong with the articles that are read, before anything is written."""

from __future__ import annotations

from index.errors.root import WartaError


class SourceError(WartaError):
    """An input cannot be read, or ``--strict`` met a bad article."""


class NothingToIndex(WartaError):
    """Reading gave no article; the published index is left as it was.

    ``stream``: standard input was among the sources, and something was read.
    """

    def __init__(self, sources: str, *, stream: bool = False) -> None:
        english_hint, indonesian_hint = (
            (
                "; standard input is read as JSON Lines: give what is of another format as a file",
                "; masukan standar dibaca sebagai JSON Lines: berikan format lain sebagai berkas",
            )
            if stream
            else ("", "")
        )
        super().__init__(
            f"no article could be read from {sources}; the index was left as it was{english_hint}",
            f"tidak ada artikel yang dapat dibaca dari {sources}; indeks dibiarkan seperti semula"
            f"{indonesian_hint}",
        )
