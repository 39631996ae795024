"""Every error that an index operation raises.

::

    WartaError                    the root of all errors of this project
    ├── SourceError               an input cannot be read, or --strict met a bad article
    ├── NothingToIndex            no article was left after reading
    ├── BuildError                the new index could not be finished; nothing was published
    │   ├── WorkerDied            a worker process was killed
    │   └── ArticlesLost          it does not hold all articles that were given to it
    └── IndexDirectoryError       the index directory
        ├── IndexMissing          there is none
        ├── IndexOutdated         made by another version of schema or analyzer
        ├── IndexDamaged          a file is missing, truncated or altered
        ├── IndexLocked           another command is writing
        └── NoEarlierGeneration   nothing to roll back to

Each carries its facts as attributes and speaks two languages: ``str(error)`` is English,
``error.indonesian`` the same sentence in Indonesian. Both say what, where and what to do.
"""

from __future__ import annotations

from pathlib import Path


class WartaError(Exception):
    """An error with an English and an Indonesian sentence."""

    def __init__(self, english: str, indonesian: str) -> None:
        super().__init__(english)
        self.english = english
        self.indonesian = indonesian


class SourceError(WartaError):
    """An input cannot be read, or ``--strict`` met a bad article."""


class NothingToIndex(WartaError):
    """Reading gave no article; the published index is left as it was."""

    def __init__(self, sources: str) -> None:
        super().__init__(
            f"no article could be read from {sources}; the index was left as it was",
            f"tidak ada artikel yang dapat dibaca dari {sources}; indeks dibiarkan seperti semula",
        )


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


class ArticlesLost(BuildError):
    """The finished index does not hold as many articles as were given to it."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(
            f"the new index holds {found} articles instead of {expected}; it was not published",
            f"indeks baru berisi {found} artikel, bukan {expected}; indeks tidak diterbitkan",
        )


class IndexDirectoryError(WartaError):
    """Something is wrong with the index directory at ``path``."""

    def __init__(self, path: Path, english: str, indonesian: str) -> None:
        super().__init__(english, indonesian)
        self.path = path


class IndexMissing(IndexDirectoryError):
    """There is no published index at ``path``."""

    def __init__(self, path: Path) -> None:
        command = f"warta rebuild SOURCE... --index {path}"
        super().__init__(
            path,
            f"there is no index at {path}; build one with: {command}",
            f"tidak ada indeks di {path}; buat dengan: {command}",
        )


class IndexOutdated(IndexDirectoryError):
    """The index at ``path`` was made by another version of Warta's schema or analyzer."""

    def __init__(self, path: Path, found: str, wanted: str) -> None:
        command = f"warta rebuild --from-index --index {path}"
        super().__init__(
            path,
            f"the index at {path} has version {found}, this program needs {wanted}; "
            f"rebuild it with: {command}",
            f"indeks di {path} berversi {found}, program ini memerlukan {wanted}; "
            f"bangun ulang dengan: {command}",
        )
        self.found = found
        self.wanted = wanted


class IndexDamaged(IndexDirectoryError):
    """A file of the index is missing, truncated or altered."""

    def __init__(self, path: Path, file: str, reason: str) -> None:
        super().__init__(
            path,
            f"{path / file}: {reason}; go back one generation with: "
            f"warta rollback --index {path}, or rebuild the index",
            f"{path / file}: {reason}; kembali satu generasi dengan: "
            f"warta rollback --index {path}, atau bangun ulang indeks",
        )
        self.file = file
        self.reason = reason


class IndexLocked(IndexDirectoryError):
    """Another command holds the writer's lock."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"another command is writing to {path}; try again later, or wait for it with --wait",
            f"perintah lain sedang menulis ke {path}; coba lagi nanti, atau tunggu dengan --wait",
        )


class NoEarlierGeneration(IndexDirectoryError):
    """There is no complete generation before the one in use."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"{path} has no generation before the one in use",
            f"{path} tidak memiliki generasi sebelum yang sedang dipakai",
        )
