"""Why the companion of a cluster's index cannot be had."""

from __future__ import annotations

from pathlib import Path

from index.bilingual import Text
from index.errors.unavailable import IndexUnavailable
from index.printing import quoted


class CompanionDamaged(IndexUnavailable):
    """What the cluster holds beside the generation ``name`` is not what was stored there.

    ``index``: the URL. ``file``: of which file, and ``reason``, why. An update that was published
    meanwhile may have removed what is missing: who sees another generation then asks for that one.
    """

    def __init__(self, index: str, name: str, file: str, reason: Text) -> None:
        remedy = f"warta rollback --index {quoted(index)}"
        super().__init__(
            index,
            f"the companion of {name}, which every search needs, is damaged in the cluster: "
            f"{file}: {reason.english}; go back one generation with: {remedy}, or rebuild the "
            "index",
            f"pendamping {name}, yang diperlukan setiap pencarian, rusak di klaster: "
            f"{file}: {reason.indonesian}; kembali satu generasi dengan: {remedy}, atau bangun "
            "ulang indeks",
        )
        self.name = name
        self.file = file
        self.reason = reason


class CacheUnusable(IndexUnavailable):
    """The directory ``path`` on this machine does not take the companion of the URL ``index``."""

    def __init__(self, index: str, path: Path, reason: Text) -> None:
        super().__init__(
            index,
            f"{path} does not take what searching {index} needs on this machine: "
            f"{reason.english}; make room there, or name another directory in WARTA_CACHE",
            f"{path} tidak dapat menyimpan apa yang diperlukan untuk mencari di {index}: "
            f"{reason.indonesian}; sediakan ruang di sana, atau sebutkan direktori lain dalam "
            "WARTA_CACHE",
        )
        self.path = path
        self.reason = reason
