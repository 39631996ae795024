"""Why an index cannot be read."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from index.bilingual import Text
from index.errors.unavailable import IndexUnusable
from index.printing import quoted
from index.system_errors import NotAFile, reason, remedy


class IndexMissing(IndexUnusable):
    """There is no published index at ``path``.

    ``left``: the newest generation of a directory where some are there all the same, and only
    CURRENT is lost.
    """

    def __init__(self, path: Path | str, left: str | None = None) -> None:
        command = f"warta rebuild SOURCE... --index {quoted(path)}"
        told = Text(
            f"there is no index at {path}; build one with: {command}",
            f"tidak ada indeks di {path}; buat dengan: {command}",
        )
        if left is not None:
            command = f"warta rollback {left} --index {quoted(path)}"
            current = Path(path) / "CURRENT"
            told = Text(
                f"{current} is missing, and generations are there; nothing was changed; "
                f"put the newest to use with: {command}",
                f"{current} tidak ada, padahal ada generasi di sana; tidak ada yang "
                f"diubah; pakai yang terbaru dengan: {command}",
            )
        super().__init__(path, told.english, told.indonesian)
        self.left = left


class DirectoryTaken(IndexUnusable):
    """The directory at ``path`` has files of somebody else, such as ``file``, and no index."""

    def __init__(self, path: Path, file: str) -> None:
        shown = ascii(file)[1:-1]
        super().__init__(
            path,
            f"{path} is no index and not empty: it has {shown}; nothing was changed; name a new or "
            "an empty directory, or that of an index, with --index",
            f"{path} bukan indeks dan tidak kosong: ada {shown} di sana; tidak ada yang diubah; "
            "sebutkan direktori baru atau kosong, atau milik sebuah indeks, dengan --index",
        )
        self.file = file


class IndexUnreadable(IndexUnusable):
    """The system does not let ``file`` of the index at ``path`` be read; ``reason`` says why."""

    def __init__(self, path: Path, file: str, error: OSError | ValueError) -> None:
        self.reason = reason(error)
        what = remedy(error)
        place = error.filename if isinstance(error, NotAFile) else None
        where = place or path / file
        if file == "CURRENT" and _is_no_file(error):
            command = f"warta rollback --index {quoted(path)}"
            what = Text(
                f"remove it and put the newest generation to use with: {command}",
                f"hapus itu lalu pakai generasi terbaru dengan: {command}",
            )
        super().__init__(
            path,
            f"{where} cannot be read: {self.reason.english}; {what.english}; "
            "or name another index with --index",
            f"{where} tidak dapat dibaca: {self.reason.indonesian}; {what.indonesian}; "
            "atau sebutkan indeks lain dengan --index",
        )
        self.file = file
        self.errno: int | None = getattr(error, "errno", None)


def _is_no_file(error: OSError | ValueError) -> bool:
    """Whether something else stands where a file should."""
    return isinstance(error, NotAFile | IsADirectoryError) or (
        isinstance(error, OSError) and error.errno == errno.ELOOP
    )


class IndexOutdated(IndexUnusable):
    """The index at ``path`` was made by another version of Warta's schema or analyzer.

    ``newer``: by a later one than this program's.
    """

    def __init__(self, path: Path | str, found: str, needed: str) -> None:
        self.newer = _numbers(found) > _numbers(needed)
        command = f"warta rebuild --from-index --index {quoted(path)}"
        what = Text(
            f"use the Warta that made it, or rebuild it with: {command}",
            f"pakai Warta yang membuatnya, atau bangun ulang dengan: {command}",
        )
        if self.newer:
            command = f"warta rollback --index {quoted(path)}"
            what = Text(
                "it was made by a newer program: use that one, go back to a generation of this "
                f"version, if there is one, with: {command}, or rebuild it from its sources",
                "indeks dibuat oleh program yang lebih baru: pakai program itu, kembali ke "
                f"generasi versi ini, bila ada, dengan: {command}, atau bangun ulang dari "
                "sumbernya",
            )
        super().__init__(
            path,
            f"the index at {path} has version {found}, this program needs {needed}; {what.english}",
            f"indeks di {path} berversi {found}, program ini memerlukan {needed}; "
            f"{what.indonesian}",
        )
        self.found = found
        self.needed = needed


def _numbers(version: str) -> list[int]:
    """The numbers of schema and analyzer, which count up."""
    return [int(digits[:18]) for digits in re.findall("[0-9]+", version)]
