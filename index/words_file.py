"""The file of a generation that holds the user's words which the generation was built with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.analysis import NO_WORDS, UserWords
from index.analysis import read_words as read_words_file
from index.errors import WordsInvalid, WordsLost
from index.manifest import MANIFEST, fault, from_bytes

WORDS = "words.txt"
"""Its name; a generation that was built without any has no such file."""


def read_words(directory: Path) -> UserWords:
    """The user's words that a generation's directory holds. Raises ``WordsInvalid``."""
    file = directory / WORDS
    return read_words_file(file) if file.exists() else NO_WORDS


def surviving_words(index: Path, used: Path | None, all_: Sequence[Path]) -> UserWords:
    """The user's words of the index directory, whose generations may be damaged otherwise.

    ``used`` is the directory of the generation in use, None where that is not known, and ``all_``
    those of all generations. Raises ``WordsLost`` where ``used`` has words that cannot be read, and
    where it may have had some: nothing tells, and one of all generations holds words.
    """
    any_words = any((directory / WORDS).exists() for directory in all_)
    if used is None:
        if any_words:
            raise WordsLost(index)
        return NO_WORDS
    try:
        words = read_words(used)
    except (WordsInvalid, OSError):
        raise WordsLost(index) from None
    told = _are_those_published(used, words)
    if told is False or (told is None and not words.digest and any_words):
        raise WordsLost(index)
    return words


def _are_those_published(directory: Path, words: UserWords) -> bool | None:
    """Whether a generation was published with these words; None where its manifest is damaged."""
    try:
        manifest = from_bytes((directory / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    entry = manifest.files.get(WORDS)
    if entry is None:
        return words.digest == manifest.words
    # The file tells: its checksum is the same to every version, where digests may have changed.
    return fault(directory / WORDS, entry, contents=True) is None
