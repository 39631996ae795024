"""Why a new index could not be finished; the one before stays in use."""

from __future__ import annotations

import os
from pathlib import Path

from index.bilingual import Text
from index.errors.reasons import in_both
from index.errors.root import WartaError
from index.system_errors import reason, remedy


class BuildError(WartaError):
    """The new index could not be finished; nothing was published."""


class WorkerDied(BuildError):
    """A worker process ended before its work did."""

    def __init__(self) -> None:
        super().__init__(
            "a worker process was killed (out of memory?); nothing was published; "
            "try fewer --workers or less --memory",
            "sebuah proses pekerja terhenti (kehabisan memori?); tidak ada yang diterbitkan; "
            "coba --workers atau --memory yang lebih kecil",
        )


class WritingFailed(BuildError):
    """The index at ``path`` could not be written to; ``in_use`` is the generation that stays."""

    def __init__(self, path: Path, error: OSError, in_use: str | None = None) -> None:
        why, what = reason(error), remedy(error, builds=True)
        where = _place(path, error.filename)
        stays = Text("", "")
        if in_use is not None:
            stays = Text(f"; {in_use} stays in use", f"; {in_use} tetap dipakai")
        super().__init__(
            f"{where}: {why.english}; nothing was published{stays.english}; {what.english}",
            f"{where}: {why.indonesian}; tidak ada yang diterbitkan{stays.indonesian}; "
            f"{what.indonesian}",
        )
        self.path = path
        self.errno = error.errno
        self.in_use = in_use


def _place(path: Path, file: object) -> str:
    """Where in the index at ``path`` something failed: in ``file``, if the system named it."""
    if not isinstance(file, str | bytes):
        return str(path)
    named = Path(os.fsdecode(file))
    around, inner = (Path(os.path.abspath(one)) for one in (path, named))  # noqa: PTH100
    if inner.is_relative_to(around):
        return str(path / inner.relative_to(around))
    return f"{path}: {named}"


class NewFileDamaged(BuildError):
    """A file that was just written for a new generation of the index at ``path`` is not right."""

    def __init__(self, path: Path, file: str, reason: str) -> None:
        told = in_both(reason)
        super().__init__(
            f"the new index at {path} could not be finished: {file}: {told.english}; "
            "nothing was published; try again",
            f"indeks baru di {path} tidak dapat diselesaikan: {file}: {told.indonesian}; "
            "tidak ada yang diterbitkan; coba lagi",
        )
        self.path = path
        self.file = file
        self.reason = reason


class ArticleRefused(BuildError):
    """A cluster does not take an article, for a ``reason`` of its own, which is in English."""

    def __init__(self, article: str, reason: str) -> None:
        said = reason[:300]
        super().__init__(
            f'the cluster refused the article {article}: "{said}"; leave it out or mend it, and '
            "run the command again; a rebuild leaves what is in use as it was, of an update the "
            "next command takes in what had arrived",
            f'klaster menolak artikel {article}: "{said}"; lewati atau perbaiki artikel itu, lalu '
            "jalankan lagi perintahnya; rebuild tidak mengubah yang sedang dipakai, dari update "
            "perintah berikutnya memasukkan yang sudah sampai",
        )
        self.article = article
        self.reason = reason


class ArticleUnfit(BuildError):
    """An article that no cluster can have, for a ``reason`` that is told in both languages."""

    def __init__(self, article: str, reason: Text) -> None:
        super().__init__(
            f"the article {article} {reason.english}; leave it out or mend it, and run the command "
            "again; what is in use is as it was",
            f"artikel {article} {reason.indonesian}; lewati atau perbaiki artikel itu, lalu "
            "jalankan lagi perintahnya; yang sedang dipakai tidak berubah",
        )
        self.article = article
        self.reason = reason


class ArticlesLost(BuildError):
    """The finished index does not hold as many articles as were given to it."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(
            f"the new index holds {found} articles instead of {expected}; it was not published",
            f"indeks baru berisi {found} artikel, bukan {expected}; indeks tidak diterbitkan",
        )
