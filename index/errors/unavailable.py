"""Why an index, be it a directory or a cluster, cannot be used."""

from __future__ import annotations

from pathlib import Path

from index.bilingual import Text
from index.errors.root import WartaError


class IndexUrlInvalid(WartaError):
    """``given`` looks like a URL and names no index; ``reason`` says why not."""

    def __init__(self, given: str, reason: Text) -> None:
        super().__init__(
            f'"{given}" names no index: {reason.english}; write a directory, file:///DIRECTORY, '
            "opensearch://HOST:PORT/ALIAS, or opensearchs://HOST:PORT/ALIAS for TLS",
            f'"{given}" bukan nama indeks: {reason.indonesian}; tulis sebuah direktori, '
            "file:///DIREKTORI, opensearch://HOST:PORT/ALIAS, atau opensearchs://HOST:PORT/ALIAS "
            "untuk TLS",
        )
        self.given = given
        self.reason = reason


class IndexUnavailable(WartaError):
    """The index cannot be read or written; ``index`` is its directory or URL."""

    def __init__(self, index: str, english: str, indonesian: str) -> None:
        super().__init__(english, indonesian)
        self.index = index


class IndexUnusable(IndexUnavailable):
    """What is at ``path``, a directory or the URL of a cluster's alias, does not do."""

    def __init__(self, path: Path | str, english: str, indonesian: str) -> None:
        super().__init__(str(path), english, indonesian)
        self.path = path
