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
            "or opensearch://HOST:PORT/ALIAS",
            f'"{given}" bukan nama indeks: {reason.indonesian}; tulis sebuah direktori, '
            "file:///DIREKTORI, atau opensearch://HOST:PORT/ALIAS",
        )
        self.given = given
        self.reason = reason


class IndexUnavailable(WartaError):
    """The index cannot be read or written; ``index`` is its directory or URL."""

    def __init__(self, index: str, english: str, indonesian: str) -> None:
        super().__init__(english, indonesian)
        self.index = index


class IndexUnreachable(IndexUnavailable):
    """Nothing answers at ``node``, the host and port that the URL ``index`` names."""

    def __init__(self, index: str, node: str, reason: Text) -> None:
        super().__init__(
            index,
            f"the cluster at {node} cannot be reached: {reason.english}; "
            "start OpenSearch there, or name another index with --index",
            f"klaster di {node} tidak dapat dihubungi: {reason.indonesian}; "
            "jalankan OpenSearch di sana, atau sebutkan indeks lain dengan --index",
        )
        self.node = node
        self.reason = reason


class ClusterUnsupported(IndexUnavailable):
    """Something answers at ``node``, and this version of Warta cannot search a cluster."""

    def __init__(self, index: str, node: str) -> None:
        super().__init__(
            index,
            f"{node} answers, but this version of Warta cannot use a cluster yet; "
            "name a directory with --index",
            f"{node} menjawab, tetapi Warta versi ini belum dapat memakai klaster; "
            "sebutkan sebuah direktori dengan --index",
        )
        self.node = node


class IndexDirectoryError(IndexUnavailable):
    """Something is wrong with the index directory at ``path``."""

    def __init__(self, path: Path, english: str, indonesian: str) -> None:
        super().__init__(str(path), english, indonesian)
        self.path = path
