"""Text from files, names and other programs, made safe to be printed in a line of a message."""

from __future__ import annotations

import shlex
from pathlib import Path


def shown(text: str) -> str:
    """The text in one line, with U+FFFD for what commands a terminal or is no character.

    Those are control characters, line ends, marks of direction, and the lone surrogates with which
    Python stands in for bytes that are not UTF-8.
    """
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text
    )


def quoted(path: Path | str) -> str:
    """The path or URL as a shell takes it for one word, for commands that messages name."""
    return shlex.quote(str(path))
