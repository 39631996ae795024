"""What an error of the operating system means to an operator: why it came, and what to do."""

from __future__ import annotations

import errno

from index.bilingual import Text

DANGLING = Text(
    "a symbolic link that leads nowhere", "tautan simbolik yang tidak menuju ke mana pun"
)
LINKED = Text("it is a symbolic link", "itu tautan simbolik")
NOT_REGULAR = Text(
    "it is a pipe, a socket or a device, not a file",
    "itu pipa, soket, atau perangkat, bukan berkas",
)
TOO_LARGE = Text("it is much larger than such a file can be", "ukurannya jauh terlalu besar")


class NotAFile(OSError):
    """What should be a file of ours is none; ``why`` says what it is instead."""

    def __init__(self, why: Text, filename: str) -> None:
        super().__init__(errno.EFBIG if why is TOO_LARGE else errno.EINVAL, why.english, filename)
        self.why = why


_REASONS = {
    errno.EACCES: Text("its permissions forbid it", "izin aksesnya melarang"),
    errno.EPERM: Text("its permissions forbid it", "izin aksesnya melarang"),
    errno.EISDIR: Text("it is a directory, not a file", "itu direktori, bukan berkas"),
    errno.ENOTDIR: Text("what should be a directory is none", "yang seharusnya direktori bukan"),
    errno.EEXIST: Text("something else has its name", "namanya sudah dipakai yang lain"),
    errno.ENOTEMPTY: Text(
        "some of what is in it cannot be removed", "sebagian isinya tidak dapat dihapus"
    ),
    errno.ENOENT: Text("it is not there", "tidak ada"),
    errno.ENAMETOOLONG: Text("its name is too long", "namanya terlalu panjang"),
    errno.ELOOP: Text("a symbolic link leads back to itself", "tautan simboliknya berputar"),
    errno.ENXIO: NOT_REGULAR,
    errno.ENOSPC: Text("no space left on the disk", "ruang penyimpanan habis"),
    errno.EDQUOT: Text("the quota of disk space is used up", "kuota ruang penyimpanan habis"),
    errno.EROFS: Text("the file system is read-only", "sistem berkasnya hanya dapat dibaca"),
    errno.EIO: Text(
        "the disk failed (input/output error)", "penyimpanan gagal (input/output error)"
    ),
    errno.ENOMEM: Text("there is not enough memory", "memori tidak cukup"),
    errno.EMFILE: Text("too many files are open", "terlalu banyak berkas terbuka"),
    errno.ENFILE: Text("too many files are open", "terlalu banyak berkas terbuka"),
    errno.EFBIG: Text(
        "a file is too large for the limits (ulimit -f) or the file system",
        "berkas melebihi batas (ulimit -f) atau kemampuan sistem berkas",
    ),
    errno.ENOLCK: Text("the file system has no locks", "sistem berkasnya tanpa kunci (lock)"),
    errno.ESTALE: Text("the network disk lost it", "penyimpanan jaringan kehilangan berkas itu"),
}

REASONS = (DANGLING, LINKED, NOT_REGULAR, TOO_LARGE, *_REASONS.values())
"""All that ``reason`` says but the system's own words."""

_SPACE = Text("free some space and try again", "kosongkan sebagian ruang lalu coba lagi")
_FILES = Text(
    "raise the limit of open files (ulimit -n) and try again",
    "naikkan batas berkas terbuka (ulimit -n) lalu coba lagi",
)
_ACCESS = Text(
    "let this user read and write there, or run as the user to whom it belongs",
    "izinkan pengguna ini membaca dan menulis di sana, atau jalankan sebagai pemiliknya",
)
_MEMORY = Text("give it more and try again", "tambah memorinya lalu coba lagi")
_DISK = Text(
    "check the disk (dmesg), then try again", "periksa penyimpanan (dmesg), lalu coba lagi"
)
_NAME = Text("move it out of the way", "pindahkan itu")

_REMEDIES = {
    errno.ENOSPC: _SPACE,
    errno.EDQUOT: _SPACE,
    errno.ENOMEM: _MEMORY,
    errno.EMFILE: _FILES,
    errno.ENFILE: _FILES,
    errno.EACCES: _ACCESS,
    errno.EPERM: _ACCESS,
    errno.ENOTEMPTY: _ACCESS,
    errno.EIO: _DISK,
    errno.ESTALE: _DISK,
    errno.EROFS: Text(
        "mount it for writing, or name another place",
        "pasang (mount) agar dapat ditulisi, atau sebutkan tempat lain",
    ),
    errno.ENAMETOOLONG: Text("choose a shorter name", "pilih nama yang lebih pendek"),
    errno.ENOLCK: Text("put the index on a local disk", "letakkan indeks di penyimpanan setempat"),
    errno.EISDIR: _NAME,
    errno.ENOTDIR: _NAME,
    errno.EEXIST: _NAME,
    errno.ELOOP: _NAME,
    errno.ENXIO: _NAME,
}
_REMEDIES_OF_A_BUILD = {
    errno.ENOMEM: Text(
        "give it more, or choose a smaller --memory or fewer --workers, and try again",
        "tambah memorinya, atau kurangi --memory atau --workers, lalu coba lagi",
    ),
    errno.EMFILE: Text(
        "raise the limit of open files (ulimit -n) or use fewer --workers, and try again",
        "naikkan batas berkas terbuka (ulimit -n) atau kurangi --workers, lalu coba lagi",
    ),
}
_REMEDIES_OF_A_BUILD[errno.ENFILE] = _REMEDIES_OF_A_BUILD[errno.EMFILE]
_MEND = Text("try again when that is mended", "coba lagi setelah itu diperbaiki")


def reason(error: OSError | ValueError) -> Text:
    """Why the system refused; the system's own words where nothing better is known."""
    if isinstance(error, NotAFile):
        return error.why
    known = _REASONS.get(getattr(error, "errno", None) or 0)
    if known is not None:
        return known
    own = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Text(own, own)


def remedy(error: OSError | ValueError, *, builds: bool = False) -> Text:
    """What the operator can do about it; with the options of a command that ``builds``."""
    if isinstance(error, NotAFile):
        return _NAME
    number = getattr(error, "errno", None) or 0
    found = _REMEDIES_OF_A_BUILD.get(number) if builds else None
    return found or _REMEDIES.get(number, _MEND)
