"""What can be wrong with the user's words, and with which stemmer an index was built."""

from __future__ import annotations

from pathlib import Path

from index.errors.root import WartaError
from index.printing import quoted


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

    def __init__(self, path: Path | str) -> None:
        super().__init__(
            f"{path} was built with other words or another stemmer; nothing was changed; build "
            "it anew: warta rebuild --from-index --words FILE --stemmer NAME "
            f"--index {quoted(path)}",
            f"{path} dibuat dengan daftar kata atau stemmer lain; tidak ada yang diubah; "
            "bangun ulang: warta rebuild --from-index --words BERKAS --stemmer NAMA "
            f"--index {quoted(path)}",
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
