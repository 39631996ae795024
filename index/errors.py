"""Every error that an index operation raises.

::

    WartaError                    the root of all errors of this project
    ├── SourceError               an input cannot be read, or --strict met a bad article
    ├── NothingToIndex            no article was left after reading
    ├── WordsDiffer               an update names other words than the index was built with
    ├── WordsInvalid              a file of the user's words has a line that cannot be read
    ├── WordsLost                 the words that an index was built with cannot be read
    ├── WordsUnknown              an analyzer names words that nobody has handed over
    ├── BuildError                the new index could not be finished; nothing was published
    │   ├── WorkerDied            a worker process was killed
    │   ├── WritingFailed         a disk is full, or does not take what is written
    │   ├── NewFileDamaged        a file that was just written cannot be read
    │   └── ArticlesLost          it does not hold all articles that were given to it
    ├── BackupError               a backup could not be made, or not be restored
    │   ├── BackupRefused         its place is taken by something else
    │   ├── BackupFailed          its place does not take what is written
    │   ├── BackupDamaged         what is to be restored is damaged, cut, or no backup
    │   └── BackupOutdated        what is to be restored was made by another version
    ├── FileDamaged               a file of a segment is missing, truncated or altered
    │   └── FileMissing           it is missing; also a FileNotFoundError
    ├── IndexUrlInvalid           what should name an index is a URL that does not
    └── IndexUnavailable          the index cannot be read, or cannot be written
        ├── IndexUnreachable      no node of its cluster answers
        ├── ClusterUnsupported    one answers, but this version has no engine for clusters
        └── IndexDirectoryError   the index directory
            ├── IndexMissing          there is none
            ├── IndexUnreadable       the system does not let it be read
            ├── IndexOutdated         made by another version of schema or analyzer
            ├── IndexDamaged          a file is missing, truncated or altered
            ├── IndexLocked           another command is writing
            ├── FlushFailed           a generation is in use, and the disk may still lose it
            ├── RollbackRefused       the generation to go to is none that can be used
            └── NoEarlierGeneration   nothing to roll back to

Each carries its facts as attributes and speaks two languages: ``str(error)`` is English,
``error.indonesian`` the same sentence in Indonesian. Both say what, where and what to do.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.bilingual import Text
from index.system_errors import NotAFile, reason, remedy

if TYPE_CHECKING:
    from index.target import Damage, Published


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


class WordsInvalid(WartaError):
    """A file of the user's words cannot be used; ``line`` counts from 1.

    ``reason``: ``blank``, several words without a sign between them; ``word``, no single word;
    ``number``, a number; ``side``, nothing on one side of the sign; ``hash``, a name that begins
    like a comment; ``many``, too many names; ``utf-8``, other bytes.
    """

    def __init__(self, source: str, line: int, entry: str, reason: str) -> None:
        english, indonesian = {
            "blank": (
                'protect one word a line, or write "=" between what means the same',
                'lindungi satu kata per baris, atau tulis "=" di antara yang sama artinya',
            ),
            "utf-8": (
                "the file is not UTF-8; save it as UTF-8",
                "berkas bukan UTF-8; simpan sebagai UTF-8",
            ),
            "word": (
                "it is not one word: no hyphens, full stops or signs only",
                "bukan satu kata: tanpa tanda hubung atau titik, dan bukan tanda saja",
            ),
            "number": (
                "numbers are never stemmed; protect words only",
                "angka tidak pernah diubah; lindungi kata saja",
            ),
            "hash": (
                'a name cannot begin with "#"; write a blank before "#" to begin a comment',
                'nama tidak boleh diawali "#"; tulis spasi sebelum "#" untuk memulai komentar',
            ),
            "many": (
                "too many names on one line; write at most 16",
                "terlalu banyak nama dalam satu baris; tulis paling banyak 16",
            ),
            "side": (
                '"=" needs two different words or names around it',
                '"=" harus diapit dua kata atau nama yang berbeda',
            ),
        }[reason]
        super().__init__(
            f'{source}, line {line}: "{entry}": {english}',
            f'{source}, baris {line}: "{entry}": {indonesian}',
        )
        self.line = line


class WordsDiffer(WartaError):
    """An update names other words, or another stemmer, than ``path`` was built with."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was built with other words or another stemmer; nothing was changed; build "
            f"it anew: warta rebuild --from-index --words FILE --stemmer NAME --index {path}",
            f"{path} dibuat dengan daftar kata atau stemmer lain; tidak ada yang diubah; "
            "bangun ulang: warta rebuild --from-index --words BERKAS --stemmer NAMA "
            f"--index {path}",
        )


class WordsLost(WartaError):
    """The words that the index at ``path`` was built with cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"the words that {path} was built with are damaged, or cannot be read; nothing was "
            "changed; name the file again with --words, or let it be read",
            f"daftar kata milik {path} rusak, atau tidak dapat dibaca; tidak ada yang diubah; "
            "sebutkan berkasnya lagi dengan --words, atau izinkan pembacaannya",
        )


class StemmerUnknown(WartaError):
    """The file of a generation that names its stemmer names none."""

    def __init__(self, path: Path, name: str) -> None:
        super().__init__(
            f"{path} names no stemmer: {name[:60]!r}",
            f"{path} tidak menyebut pemotong imbuhan (stemmer): {name[:60]!r}",
        )


class StemmerLost(WartaError):
    """Which stemmer the index at ``path`` was built with cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"which stemmer {path} was built with is damaged, or cannot be read; nothing was "
            "changed; name it again with --stemmer, or let it be read",
            f"catatan stemmer milik {path} rusak, atau tidak dapat dibaca; tidak ada yang diubah; "
            "sebutkan lagi dengan --stemmer, atau izinkan pembacaannya",
        )


class WordsUnknown(WartaError):
    """An analyzer names words by a digest, and nobody has handed them over."""

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"the index was built with the words {digest}; open it through index.store, "
            "or hand its words over with index.analysis.use_words",
            f"indeks dibuat dengan daftar kata {digest}; buka lewat index.store, "
            "atau serahkan daftar katanya dengan index.analysis.use_words",
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


class WritingFailed(BuildError):
    """The index at ``path`` could not be written to; ``in_use`` is the generation that stays."""

    def __init__(self, path: Path, error: OSError, in_use: str | None = None) -> None:
        why, what = reason(error), remedy(error)
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
        super().__init__(
            f"the new index at {path} could not be finished: {file}: {reason}; "
            "nothing was published; try again",
            f"indeks baru di {path} tidak dapat diselesaikan: {file}: {reason}; "
            "tidak ada yang diterbitkan; coba lagi",
        )
        self.path = path
        self.file = file
        self.reason = reason


class ArticlesLost(BuildError):
    """The finished index does not hold as many articles as were given to it."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(
            f"the new index holds {found} articles instead of {expected}; it was not published",
            f"indeks baru berisi {found} artikel, bukan {expected}; indeks tidak diterbitkan",
        )


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


class IndexMissing(IndexDirectoryError):
    """There is no published index at ``path``.

    ``left``: the newest generation where some are there all the same, and only CURRENT is lost.
    """

    def __init__(self, path: Path, left: str | None = None) -> None:
        command = f"warta rebuild SOURCE... --index {path}"
        if left is not None:
            command = f"warta rollback {left} --index {path}"
        super().__init__(
            path,
            f"there is no index at {path}; build one with: {command}"
            if left is None
            else f"{path / 'CURRENT'} is missing, and generations are there; nothing was changed; "
            f"put the newest to use with: {command}",
            f"tidak ada indeks di {path}; buat dengan: {command}"
            if left is None
            else f"{path / 'CURRENT'} tidak ada, padahal ada generasi di sana; tidak ada yang "
            f"diubah; pakai yang terbaru dengan: {command}",
        )
        self.left = left


class IndexUnreadable(IndexDirectoryError):
    """The system does not let ``file`` of the index at ``path`` be read; ``reason`` says why."""

    def __init__(self, path: Path, file: str, error: OSError | ValueError) -> None:
        self.reason = reason(error)
        what = remedy(error)
        place = error.filename if isinstance(error, NotAFile) else None
        where = place or path / file
        if file == "CURRENT" and _is_no_file(error):
            command = f"warta rollback --index {path}"
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


class IndexOutdated(IndexDirectoryError):
    """The index at ``path`` was made by another version of Warta's schema or analyzer.

    ``newer``: by a later one than this program's.
    """

    def __init__(self, path: Path, found: str, needed: str) -> None:
        self.newer = _numbers(found) > _numbers(needed)
        command = f"warta rebuild --from-index --index {path}"
        what = Text(
            f"use the Warta that made it, or rebuild it with: {command}",
            f"pakai Warta yang membuatnya, atau bangun ulang dengan: {command}",
        )
        if self.newer:
            command = f"warta rollback --index {path}"
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


class FileDamaged(WartaError):
    """A file of a segment is missing, truncated or altered; its caller knows of which index."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"{file}: {reason}; go back one generation with: warta rollback, or rebuild the index",
            f"{file}: {reason}; kembali satu generasi dengan: warta rollback, atau bangun ulang "
            "indeks",
        )
        self.file = file
        self.reason = reason


class FileMissing(FileDamaged, FileNotFoundError):
    """A file of a segment is missing.

    Whoosh opens the newest table of contents again where an ``OSError`` says that a writer has
    deleted a file meanwhile.
    """

    def __init__(self, file: str) -> None:
        super().__init__(file, "it is missing")


class IndexLocked(IndexDirectoryError):
    """Another command holds the writer's lock."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"another command is writing to {path}; try again later, or wait for it with --wait",
            f"perintah lain sedang menulis ke {path}; coba lagi nanti, atau tunggu dengan --wait",
        )


class FlushFailed(IndexDirectoryError):
    """``generation`` is in use, and may not be after a power failure: flushing failed then.

    ``published``: what the command has published, where it has.
    """

    def __init__(self, path: Path, generation: str, error: OSError) -> None:
        why = reason(error)
        command = f"warta verify --index {path}"
        super().__init__(
            path,
            f"{path}: {generation} is in use now, but it is not certain to be after a power "
            f"failure: {why.english}; check the disk (dmesg), then: {command}",
            f"{path}: {generation} kini dipakai, tetapi belum tentu bertahan bila listrik padam: "
            f"{why.indonesian}; periksa penyimpanan (dmesg), lalu: {command}",
        )
        self.generation = generation
        self.errno = error.errno
        self.published: Published | None = None


class RollbackRefused(IndexDirectoryError):
    """The generation ``name`` cannot be put to use; ``in_use`` stays."""

    def __init__(self, path: Path, name: str, why: Text, in_use: str | None) -> None:
        command = f"warta generations --index {path}"
        stays = Text(
            "nothing was changed" if in_use is None else f"{in_use} stays in use",
            "tidak ada yang diubah" if in_use is None else f"{in_use} tetap dipakai",
        )
        super().__init__(
            path,
            f"{path}: {name}: {why.english}; {stays.english}; see what there is with: {command}",
            f"{path}: {name}: {why.indonesian}; {stays.indonesian}; lihat yang ada dengan: "
            f"{command}",
        )
        self.name = name
        self.why = why
        self.in_use = in_use


class NoEarlierGeneration(IndexDirectoryError):
    """There is no generation before the one in use that can be used.

    ``skipped``: those that are there and are damaged, or cannot be searched.
    """

    def __init__(self, path: Path, skipped: Sequence[Damage] = ()) -> None:
        told = "".join(f"; {one.generation}/{one.file}: {one.reason}" for one in skipped)
        intact = Text(" that is intact", " yang utuh") if skipped else Text("", "")
        command = f"warta generations --index {path}"
        super().__init__(
            path,
            f"{path} has no generation before the one in use{intact.english}; nothing was changed"
            f"{told}; see what there is with: {command}",
            f"{path} tidak memiliki generasi{intact.indonesian} sebelum yang sedang dipakai; tidak "
            f"ada yang diubah{told}; lihat yang ada dengan: {command}",
        )
        self.skipped = tuple(skipped)
