"""Why a backup could not be made, or not be restored."""

from __future__ import annotations

from index.bilingual import Text
from index.errors.root import WartaError
from index.printing import quoted
from index.system_errors import reason, remedy


class BackupError(WartaError):
    """A backup could not be made, or not be restored; ``place`` says where it is."""

    def __init__(self, place: str, english: str, indonesian: str) -> None:
        super().__init__(english, indonesian)
        self.place = place


class BackupRefused(BackupError):
    """There can be no backup at ``place``; what is there was left as it is."""

    def __init__(self, place: str, reason: Text) -> None:
        super().__init__(
            place,
            f"there can be no backup at {place}: {reason.english}; nothing was changed; "
            "name a new or an empty directory, or one that warta backup has made",
            f"cadangan tidak dapat dibuat di {place}: {reason.indonesian}; tidak ada yang diubah; "
            "sebutkan direktori baru atau kosong, atau buatan warta backup",
        )
        self.reason = reason


class BackupFailed(BackupError):
    """The backup at ``place`` could not be finished; one that was there before is still there."""

    def __init__(self, place: str, error: OSError) -> None:
        why, what = reason(error), remedy(error)
        super().__init__(
            place,
            f"{place}: {why.english}; this backup is not complete and cannot be restored, backups "
            f"made before it and the index are as they were; {what.english}",
            f"{place}: {why.indonesian}; cadangan ini tidak lengkap dan tidak dapat dipulihkan, "
            f"cadangan sebelumnya dan indeks tidak berubah; {what.indonesian}",
        )
        self.errno = error.errno


class BackupDamaged(BackupError):
    """What is at ``place`` is no backup, or ``file`` of it is missing, cut or altered."""

    def __init__(self, place: str, file: str, reason: Text) -> None:
        super().__init__(
            place,
            f"{place}: {file}: {reason.english}; nothing was restored, the index is as it was; "
            "restore another backup, or build the index anew with warta rebuild",
            f"{place}: {file}: {reason.indonesian}; tidak ada yang dipulihkan, indeks tidak "
            "berubah; pulihkan cadangan lain, atau bangun ulang indeks dengan warta rebuild",
        )
        self.file = file
        self.reason = reason


class RestoreRefused(BackupError):
    """What is to be restored, at ``place``, is the index itself."""

    def __init__(self, place: str) -> None:
        command = f"warta rollback --index {quoted(place)}"
        super().__init__(
            place,
            f"{place} is the index itself; nothing was restored; name a backup of it, or go back "
            f"to an earlier generation with: {command}",
            f"{place} adalah indeks itu sendiri; tidak ada yang dipulihkan; sebutkan cadangannya, "
            f"atau kembali ke generasi sebelumnya dengan: {command}",
        )


class BackupOutdated(BackupError):
    """What is at ``place`` was backed up from an index of another version of Warta."""

    def __init__(self, place: str, found: str, needed: str) -> None:
        shown = ascii(found)[1:-1][:80]  # It may be anyone's text.
        command = "warta rebuild --from-index --index "
        super().__init__(
            place,
            f"the backup at {place} has version {shown}, this program needs {needed}; nothing was "
            "restored; its articles can be had: copy it (or unpack it with tar -xf) into a new "
            f"directory, and rebuild that with: {command}DIR",
            f"cadangan di {place} berversi {shown}, program ini memerlukan {needed}; tidak ada "
            "yang dipulihkan; artikelnya masih dapat diambil: salin cadangan itu (atau bongkar "
            f"dengan tar -xf) ke direktori baru, lalu bangun ulang dengan: {command}DIREKTORI",
        )
        self.found = found
        self.needed = needed
