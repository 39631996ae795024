"""What is missing, cut or altered in an index."""

from __future__ import annotations

from pathlib import Path

from index.bilingual import Text
from index.errors.reasons import in_both
from index.errors.root import WartaError
from index.errors.unavailable import IndexUnusable
from index.printing import quoted


class IndexDamaged(IndexUnusable):
    """A file of the index is missing, truncated or altered.

    ``told``: why, in both languages; ``reason`` is the English of it.
    """

    def __init__(self, path: Path | str, file: str, reason: str | Text) -> None:
        where = path / file if isinstance(path, Path) else f"{path}: {file}"
        told = reason if isinstance(reason, Text) else in_both(reason)
        super().__init__(
            path,
            f"{where}: {told.english}; go back one generation with: "
            f"warta rollback --index {quoted(path)}, or rebuild the index",
            f"{where}: {told.indonesian}; kembali satu generasi dengan: "
            f"warta rollback --index {quoted(path)}, atau bangun ulang indeks",
        )
        self.file = file
        self.told = told
        self.reason = told.english


class FileDamaged(WartaError):
    """A file of a segment is missing, truncated or altered; its caller knows of which index."""

    def __init__(self, file: str, reason: str) -> None:
        told = in_both(reason)
        super().__init__(
            f"{file}: {told.english}; go back one generation with: warta rollback, or rebuild the "
            "index",
            f"{file}: {told.indonesian}; kembali satu generasi dengan: warta rollback, atau "
            "bangun ulang indeks",
        )
        self.file = file
        self.told = told
        self.reason = told.english


class FileMissing(FileDamaged, FileNotFoundError):
    """A file of a segment is missing.

    Whoosh opens the newest table of contents again where an ``OSError`` says that a writer has
    deleted a file meanwhile.
    """

    def __init__(self, file: str) -> None:
        super().__init__(file, "it is missing")


class PostingsAbsent(FileDamaged):
    """Something asked a companion for postings that only the cluster has (``index.companion``).

    Nothing is damaged: whoever asks should ask the cluster.
    """

    def __init__(self, file: str, field: str) -> None:
        super().__init__(file, f"a companion has no postings of {field}")
        self.field = field
