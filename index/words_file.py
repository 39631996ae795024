"""The files of a generation that hold the user's words and the stemmer which it was built with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.analysis import NO_WORDS, UserWords, words_in
from index.errors import StemmerLost, StemmerUnknown, WordsInvalid, WordsLost
from index.manifest import fault, find_manifest
from index.regular_file import read_regular
from index.stemming import StemmerName

WORDS = "words.txt"
"""The words; a generation that was built without any has no such file."""

STEMMER = "stemmer.txt"
"""The stemmer's name on a line; a generation that was built with Warta's has no such file."""


_MOST = 1 << 28
"""The most bytes of words that are read where no manifest says how many there are."""


def read_generation_words(directory: Path) -> UserWords:
    """The user's words and the stemmer that a generation's directory holds.

    Raises ``WordsInvalid``, ``StemmerUnknown`` and OSError.
    """
    return replace(_words(directory), stemmer=_stemmer(directory))


def write_generation_words(directory: Path, words: UserWords) -> None:
    """Write the files that ``read_generation_words`` reads into a directory that has none."""
    if text := words.to_text():
        (directory / WORDS).write_text(text, "utf-8")
    if words.stemmer is not StemmerName.WARTA:
        (directory / STEMMER).write_text(f"{words.stemmer}\n", "utf-8")


def _words(directory: Path) -> UserWords:
    file = directory / WORDS
    try:
        return words_in(read_regular(file, _MOST), str(file))
    except FileNotFoundError:
        return NO_WORDS


def _stemmer(directory: Path) -> StemmerName:
    file = directory / STEMMER
    try:
        name = read_regular(file, _MOST).decode("utf-8", "replace").strip()
    except FileNotFoundError:
        return StemmerName.WARTA
    try:
        return StemmerName(name)
    except ValueError:
        raise StemmerUnknown(file, name) from None


def surviving_stemmer(index: Path, used: Path | None, all_: Sequence[Path]) -> StemmerName:
    """The stemmer of the index directory, whose generations may be damaged otherwise.

    Arguments as for ``surviving_words``. Raises ``StemmerLost`` where it was, or may have been,
    another than Warta's, and cannot be read.
    """
    any_stemmer = any(_is_there(directory / STEMMER) for directory in all_)
    if used is None:
        if any_stemmer:
            raise StemmerLost(index)
        return StemmerName.WARTA
    manifest = find_manifest(used)
    missing = not _is_there(used / STEMMER)
    if missing and (any_stemmer if manifest is None else STEMMER in manifest.files):
        raise StemmerLost(index)
    try:
        return _stemmer(used)
    except (StemmerUnknown, OSError):
        raise StemmerLost(index) from None


def surviving_words(index: Path, used: Path | None, all_: Sequence[Path]) -> UserWords:
    """The user's words of the index directory, whose generations may be damaged otherwise.

    ``used`` is the directory of the generation in use, None where that is not known, and ``all_``
    those of all generations. Raises ``WordsLost`` where ``used`` has words that cannot be read, and
    where it may have had some: nothing tells, and one of all generations holds words.
    """
    any_words = any(_is_there(directory / WORDS) for directory in all_)
    if used is None:
        if any_words:
            raise WordsLost(index)
        return NO_WORDS
    try:
        words = _words(used)
    except (WordsInvalid, OSError):
        raise WordsLost(index) from None
    told = _are_those_published(used, words)
    if told is False or (told is None and not words.digest and any_words):
        raise WordsLost(index)
    return words


def _are_those_published(directory: Path, words: UserWords) -> bool | None:
    """Whether a generation was published with these words; None where its manifest is damaged."""
    manifest = find_manifest(directory)
    if manifest is None:
        return None
    entry = manifest.files.get(WORDS)
    if entry is None:
        return words == NO_WORDS
    # The file tells: its checksum is the same to every version, where digests may have changed.
    try:
        return fault(directory / WORDS, entry, contents=True) is None
    except OSError:
        return False


def _is_there(file: Path) -> bool:
    """Whether anything has that name, or nobody can tell."""
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True
