"""From the sources on a command line to the files that hold articles, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from index.errors import SourceError
from index.sources.problems import InputProblem, ProblemKind

STANDARD_INPUT = "-"


class Format(StrEnum):
    """What a file's name says of its content."""

    TEXT = "text"
    JSON_LINES = "json-lines"
    JSON = "json"
    TABLE = "table"
    FEED = "feed"
    PAGE = "page"
    SHEET = "sheet"
    COLUMNAR = "columnar"
    UNKNOWN = "unknown"


_BY_ENDING = {
    ".txt": Format.TEXT,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON,
    ".csv": Format.TABLE,
    ".tsv": Format.TABLE,
    ".xml": Format.FEED,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".rdf": Format.FEED,
    ".wxr": Format.FEED,
    ".sgml": Format.FEED,
    ".html": Format.PAGE,
    ".htm": Format.PAGE,
    ".xhtml": Format.PAGE,
    ".mht": Format.PAGE,
    ".mhtml": Format.PAGE,
    ".xlsx": Format.SHEET,
    ".xlsm": Format.SHEET,
    ".xls": Format.SHEET,
    ".xlsb": Format.SHEET,
    ".ods": Format.SHEET,
    ".numbers": Format.SHEET,
    ".parquet": Format.COLUMNAR,
    ".arrow": Format.COLUMNAR,
    ".feather": Format.COLUMNAR,
}


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read; ``path`` is None for standard input. ``packed``: its name ends in .gz."""

    path: Path | None
    name: str
    format: Format
    packed: bool = False


def check_sources(sources: Sequence[str | Path]) -> None:
    """Raises ``SourceError`` where one of the sources does not exist."""
    for source in sources:
        if str(source) == STANDARD_INPUT:
            continue
        try:
            Path(source).stat()
        except (OSError, ValueError) as error:  # ValueError: no path can hold a NUL character
            name = shown(source)
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise SourceError(
                f"{name} cannot be read: {reason}; give a file, a folder, or - for standard input",
                f"{name} tidak dapat dibaca: {reason}; berikan berkas, folder, atau - untuk "
                "masukan standar",
            ) from None


def find_inputs(sources: Sequence[str | Path]) -> Iterator[Input | InputProblem]:
    """The files of the sources, those of a folder sorted by name; problems where it has others."""
    for source in sources:
        if str(source) == STANDARD_INPUT:
            yield Input(None, "stdin", Format.JSON_LINES)
        elif Path(source).is_dir():
            yield from _in_folder(Path(source), set())
        else:
            yield _input(Path(source))


def total_bytes(sources: Sequence[str | Path]) -> int | None:
    """The bytes on disk of all files that would be read; None where that cannot be known.

    It cannot for standard input and pipes. Raises ``SourceError`` where a source does not exist.
    """
    check_sources(sources)
    total = 0
    for item in find_inputs(sources):
        if isinstance(item, InputProblem):
            continue
        try:
            status = item.path.stat() if item.path else None
        except OSError:
            continue  # reading will report it
        if status is None or not stat.S_ISREG(status.st_mode):
            return None
        total += status.st_size
    return total


def shown(path: str | Path) -> str:
    """A path as it can be printed, whatever bytes it has."""
    return os.fsencode(path).decode("utf-8", "replace")


def _input(path: Path) -> Input:
    """The file with what its name says; the ending .gz stands before the one that counts."""
    packed = path.suffix.lower() == ".gz"
    ending = Path(path.stem).suffix if packed else path.suffix
    return Input(path, shown(path), _BY_ENDING.get(ending.lower(), Format.UNKNOWN), packed)


def _in_folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Input | InputProblem]:
    """The files of a folder and its folders. ``seen`` keeps links from leading in circles."""
    try:
        status = folder.stat()
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield InputProblem(ProblemKind.UNREADABLE_FILE, shown(folder), None, error.strerror or "")
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    for path in entries:
        # A read-me tells people about the articles: nobody expects one in it.
        if path.name.startswith(".") or path.stem.upper() == "README":
            continue
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield InputProblem(ProblemKind.UNREADABLE_FILE, shown(path), None, error.strerror or "")
            continue
        found = _input(path)
        if stat.S_ISDIR(mode):
            yield from _in_folder(path, seen)
        elif stat.S_ISREG(mode) and found.format is not Format.UNKNOWN:
            yield found
        else:  # also a pipe or a device, which could be waited on for ever
            yield InputProblem(ProblemKind.UNKNOWN_FORMAT, found.name, None)
