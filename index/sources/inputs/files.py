"""From the sources on a command line to the files that hold articles, in a fixed order."""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path

from index.bilingual import Text
from index.errors import SourceError
from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.inputs.filenames import Format, is_about, is_log, no_article, told_by_name
from index.sources.problems import InputProblem, ProblemKind
from index.system_errors import reason

STANDARD_INPUT = "-"

_PAGE_FOLDER = on_use(
    r"(.+)(?:[_-](?:files?|berkas|bestanden|dateien|fichiers)|\.files)", re.IGNORECASE
)
"""What browsers call the folder of a page's pictures and scripts, in a few of their languages."""

_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".html.gz", ".htm.gz")

_SPECIAL = {
    stat.S_IFIFO: Text("a pipe", "pipa"),
    stat.S_IFSOCK: Text("a socket", "soket"),
    stat.S_IFCHR: Text("a device", "perangkat"),
    stat.S_IFBLK: Text("a device", "perangkat"),
}
_INDEX = Text("an index of Warta", "indeks Warta")


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read; ``path`` is None for standard input.

    ``packed``: its name promises that it is packed. ``label``: its path within the source that was
    given, which names it in ids. ``folder``: the path of that source, None where it is the file.
    """

    path: Path | None
    name: str
    format: Format
    packed: bool = False
    label: str = ""
    folder: Path | None = None


def check_sources(sources: Sequence[str | Path]) -> None:
    """Raises ``SourceError`` where one of the sources does not exist, or has no name."""
    for source in sources:
        if source == "":  # As of a shell's variable that is not set; not the working directory.
            raise SourceError(
                "a SOURCE is empty; give a file, a folder, or - for standard input",
                "ada SUMBER yang kosong; berikan berkas, folder, atau - untuk masukan standar",
            )
        if str(source) == STANDARD_INPUT:
            continue
        try:
            Path(source).stat()
        except (OSError, ValueError) as error:  # ValueError: no path can hold a NUL character
            name = shown(source)
            why = reason(error)
            raise SourceError(
                f"{name} cannot be read: {why.english}; give a file, a folder, or - for standard "
                "input",
                f"{name} tidak dapat dibaca: {why.indonesian}; berikan berkas, folder, atau - "
                "untuk masukan standar",
            ) from None


def find_inputs(sources: Sequence[str | Path]) -> Iterator[Input | InputProblem]:
    """The files of the sources, those of a folder sorted by name; problems where it has others.

    A file or folder that is reached again, by a link or as a part of another source, comes once.
    """
    walk = _Walk(several=len(sources) > 1)
    for source in sources:
        if str(source) == STANDARD_INPUT:
            yield Input(None, "stdin", Format.JSON_LINES, label="stdin")
        elif Path(source).is_dir():
            yield from walk.folder(Path(source))
        else:
            yield walk.given(Path(source))


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


def special(mode: int) -> Text | None:
    """What a file of this ``st_mode`` is that is neither a regular file nor a folder."""
    return _SPECIAL.get(stat.S_IFMT(mode))


@dataclass(slots=True)
class _Walk:
    """The way through the sources. ``several``: a label begins with the folder's own name.

    So ``arsip/*`` on a command line names files as ``arsip`` does.
    """

    several: bool
    _folders: set[tuple[int, int]] = field(default_factory=set)
    _files: set[tuple[int, int, int, int]] = field(default_factory=set)

    def given(self, path: Path) -> Input | InputProblem:
        """A file that a user has named, whatever its name."""
        found = _input(path, path.name, None)
        try:
            status = path.stat()
        except OSError:
            return found  # reading will report it
        return found if self._is_new(status) else _again(path)

    def folder(self, top: Path) -> Iterator[Input | InputProblem]:
        """The files of a folder and of its folders, however deep."""
        own_name = Path(os.path.abspath(top)).name if self.several else ""  # noqa: PTH100
        # The folders that are open, innermost last: each the rest of its entries.
        waiting = [iter([(top, own_name)])]
        while waiting:
            path, label = next(waiting[-1], (None, ""))
            if path is None:
                waiting.pop()
                continue
            try:
                status = path.stat()
                if not stat.S_ISDIR(status.st_mode):
                    yield self._file(path, label, top, status)
                elif (status.st_dev, status.st_ino) in self._folders:
                    yield _again(path)
                elif _is_index(path):
                    yield InputProblem(ProblemKind.UNKNOWN_FORMAT, shown(path), None, _INDEX)
                elif path != top and (page := _page_of(path)) is not None:
                    yield _of_page(path, page)
                else:
                    waiting.append(iter(_entries(path, label)))
                    self._folders.add((status.st_dev, status.st_ino))
            except OSError as error:
                yield _unreadable(path, error)

    def _file(
        self, path: Path, label: str, folder: Path, status: os.stat_result
    ) -> Input | InputProblem:
        found = _input(path, label, folder)
        if (what := special(status.st_mode)) is not None:
            return InputProblem(ProblemKind.SPECIAL_FILE, found.name, None, what)
        if is_log(path.name):
            return InputProblem(ProblemKind.LOG_FILE, found.name, None)
        other = no_article(path.name)
        if other is not None and is_about(path.name):
            return InputProblem(ProblemKind.NO_ARTICLE, found.name, None, other)
        if other is not None or found.format is Format.UNKNOWN:
            return InputProblem(ProblemKind.UNKNOWN_FORMAT, found.name, None, other or "")
        return found if self._is_new(status) else _again(path)

    def _is_new(self, status: os.stat_result) -> bool:
        """Whether a regular file was not met before.

        Some network file systems give one number to several files; size and time tell them apart.
        """
        if not stat.S_ISREG(status.st_mode):
            return True
        key = status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
        known = key in self._files
        self._files.add(key)
        return not known


def _input(path: Path, label: str, folder: Path | None) -> Input:
    told, packed = told_by_name(path)
    return Input(path, shown(path), told, packed, label_of(label), folder)


def label_of(label: str) -> str:
    """A path as an id can hold it: in NFC, without bytes or characters that none can print."""
    if label.isascii() and label.isprintable():
        return label
    text = unicodedata.normalize("NFC", shown(label))
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def _entries(folder: Path, label: str) -> list[tuple[Path, str]]:
    """The path and the label of each entry that people see. Raises ``OSError``."""
    found = [path for path in folder.iterdir() if not path.name.startswith(".")]
    found.sort(key=lambda path: path.name)
    before = f"{label}/" if label else ""
    return [(path, before + path.name) for path in found]


def _is_index(folder: Path) -> bool:
    """Whether the folder is an index, which many keep beside what it is made of."""
    return (folder / "CURRENT").is_file() and (folder / "generations").is_dir()


def _page_of(folder: Path) -> str | None:
    """The name of the saved page beside the folder whose pictures and scripts it holds."""
    found = _PAGE_FOLDER.fullmatch(folder.name)
    if found is None:
        return None
    names = (f"{found[1]}{suffix}" for suffix in _PAGES)
    return next((name for name in names if (folder.parent / name).is_file()), None)


def _of_page(folder: Path, page: str) -> InputProblem:
    detail = Text(f"parts of the page {page}", f"bagian dari halaman {page}")
    return InputProblem(ProblemKind.NO_ARTICLE, shown(folder), None, detail)


def _again(path: Path) -> InputProblem:
    return InputProblem(ProblemKind.LINK_LOOP, shown(path), None)


def _unreadable(path: Path, error: OSError) -> InputProblem:
    if error.errno == errno.ELOOP:
        return _again(path)
    return InputProblem(ProblemKind.UNREADABLE_FILE, shown(path), None, reason(error))
