"""The file of a generation that holds its glued words, by the words they are made of.

``glued.der`` is a container (see ``index.segments.container``) of kind ``glued``:

======= ===== ========= =========================================================================
section dtype items     what
======= ===== ========= =========================================================================
text    |u1   bytes     entries, ascending by their bytes: a part's stem, the glued word, where the
                        part begins in it and where it ends, a tab between each
text_at <u4   entries+1 where each begins
======= ===== ========= =========================================================================

Its facts are ``{"segments": names, "few": bool, "added": articles}``: of which segments it was
decided, whether those have few words, and how many articles came since all was decided at once. A
generation that has no such file, or one of other segments, has its glued words decided when they
are asked for.

After an update of few articles only the terms of new segments are decided, by what all segments
have; what was decided of other terms stays till more than a twentieth of the articles are new. Till
then a word may count as glued though its parts or itself became common, or as whole though its
parts became words. A rebuild decides all anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage, Storage

from index.analysis import TextAnalysis
from index.errors import FileDamaged, FileMissing
from index.glued.apart import Parts
from index.glued.deciding import decide, decide_new
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.segments.container import Container, ContainerWriter
from index.segments.reader import SegmentReader

if TYPE_CHECKING:
    from index.kernels.counting import Counter
    from index.kernels.glued import Begins as CompiledBegins

_kernel = kernel("glued")
FILE = "glued.der"
_TABS = 3
KIND = "glued"

_MOST_ADDED, _MOST_NEW = 20, 200
"""All is decided anew when more than one of so many articles came since, or came now: to look terms
up one by one takes 200 times as long for an article."""


class GluedWord(NamedTuple):
    """A glued word that has a word as a part, from ``start`` to ``end`` of its letters."""

    surface: str
    start: int
    end: int

    @property
    def part(self) -> str:
        """The part, as it is written there."""
        return self.surface[self.start : self.end]


class Glued:
    """The glued words of a generation. ``entries`` as in the file."""

    def __init__(self, entries: list[bytes]) -> None:
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    @cached_property
    def _surfaces(self) -> frozenset[str]:
        try:
            if _kernel is not None:
                found: frozenset[str] = _kernel.surfaces(self._entries)
                return found
            return surfaces_of(self._entries)
        except (IndexError, ValueError):
            raise no_entry() from None

    def __contains__(self, surface: object) -> bool:
        """Whether a surface form is a glued word. Raises ``FileDamaged``."""
        return surface in self._surfaces

    @cached_property
    def begins(self) -> Begins | CompiledBegins:
        """The entries by the stems of parts."""
        return Begins(self._entries) if _kernel is None else _kernel.Begins(self._entries)

    def hold(self, stem: str) -> bool:
        """Whether any has a word of the stem as a part."""
        return self.begins.hold(stem)

    def holding(self, stem: str) -> list[GluedWord]:
        """Those that have a word of the stem as a part. Raises ``FileDamaged``."""
        return [GluedWord(*one) for one in self._holding(stem)]

    def counted(self, stem: str, counter: Counter) -> list[tuple[str, int, int, int]]:
        """Those of ``holding`` with how many documents have each by a kernel's counter.

        Raises ``FileDamaged``.
        """
        return [(*one, counter.count(one[0])) for one in self._holding(stem)]

    def _holding(self, stem: str) -> list[tuple[str, int, int]]:
        try:
            return self.begins.holding(stem)
        except ValueError:
            raise no_entry() from None

    def is_glued(self, stem: str, surface: str) -> bool:
        """Whether a surface form is a glued word that a word of the stem is a part of.

        Raises ``FileDamaged``.
        """
        return any(one.surface == surface for one in self.holding(stem))


def no_entry() -> FileDamaged:
    """The error of an entry that is none."""
    return FileDamaged(FILE, "something is no entry of it")


def glued_of(segments: Sequence[SegmentReader], how: TextAnalysis) -> Glued:
    """The glued words of segments, decided anew. Raises ``FileDamaged``."""
    return Glued(_entries(decide(segments, how).glued, how))


def read_glued(storage: Storage, segments: Sequence[SegmentReader], how: TextAnalysis) -> Glued:
    """The glued words of a generation of these segments, whose files ``storage`` has.

    Raises ``FileDamaged``.
    """
    container = _container(storage)
    if container is None or container.facts.get("segments") != _names(segments):
        return glued_of(segments, how)
    return Glued(_entries_of(container))


def write_glued(directory: Path, segments: Sequence[SegmentReader], how: TextAnalysis) -> None:
    """Decide the glued words of a private generation and write their file.

    Nothing is done where its file is of the same segments. Raises ``FileDamaged``.
    """
    container = _container(FileStorage(str(directory)))
    before = None
    if container is not None:
        if container.facts.get("segments") == _names(segments):
            return
        before = _Before.of(container)
        # It may be a hard link into another generation, whose file is not to be written to.
        (directory / FILE).unlink()
    new = [] if before is None else [one for one in segments if one.name not in before.segments]
    added = sum(one.size for one in new) + (0 if before is None else before.added)
    size = sum(one.size for one in segments)
    many = added > size // _MOST_ADDED or sum(one.size for one in new) > size // _MOST_NEW
    if before is None or before.few or many:
        decided = decide(segments, how)
        entries, few, added = _entries(decided.glued, how), decided.few, 0
    else:
        glued, often = decide_new(segments, new, how)
        others = {word.encode() for word in often | glued.keys()}
        kept = [one for one in before.entries if one.split(b"\t")[1] not in others]
        entries, few = sorted(kept + _entries(glued, how)), False
    writer = ContainerWriter(FileStorage(str(directory)), FILE, KIND)
    writer.add("text", np.frombuffer(b"".join(entries), np.uint8))
    writer.add("text_at", np.cumsum([0, *map(len, entries)]).astype("<u4"))
    writer.finish({"segments": _names(segments), "few": few, "added": added})


@dataclass(frozen=True, slots=True)
class _Before:
    """What a file says: its facts and entries."""

    segments: frozenset[str]
    few: bool
    added: int
    entries: Sequence[bytes]

    @classmethod
    def of(cls, container: Container) -> _Before | None:
        facts = container.facts
        segments, few, added = (facts.get(name) for name in ("segments", "few", "added"))
        if not (isinstance(segments, list) and isinstance(few, bool) and isinstance(added, int)):
            return None
        return cls(frozenset(map(str, segments)), few, added, _entries_of(container))


def _entries_of(container: Container) -> list[bytes]:
    container.require_unsigned()
    ends: NDArray[np.uint32] = container["text_at"].all()
    blob = container["text"].all().tobytes()
    if not len(ends) or ends[-1] != len(blob):
        raise FileDamaged(FILE, "its entries differ in number")
    if _kernel is None:
        return parted(blob, ends.tolist())
    try:
        found: list[bytes] = _kernel.parted(blob, ends.astype(np.int64))
    except ValueError:
        raise no_entry() from None
    return found


def parted(text: bytes, ends: Sequence[int]) -> list[bytes]:
    """The entries of a text, where each begins and the last ends. Raises ``FileDamaged``."""
    entries = [text[left:right] for left, right in pairwise(ends)]
    if {entry.count(b"\t") for entry in entries} - {_TABS}:
        raise no_entry()
    return entries


class Begins:
    """Entries, ascending, by the stems of parts: the witness of the kernel's."""

    def __init__(self, entries: list[bytes]) -> None:
        self._entries = entries
        self._begins: dict[bytes, int] = {}
        for number, entry in enumerate(entries):
            self._begins.setdefault(entry[: entry.find(b"\t") + 1], number)

    def hold(self, stem: str) -> bool:
        """Whether any glued word has a word of the stem as a part."""
        return _begin(stem) in self._begins

    def holding(self, stem: str) -> list[tuple[str, int, int]]:
        """The glued words that a word of the stem is a part of, where it begins and ends there.

        Raises ``ValueError`` where something is no entry.
        """
        entries, found, begin = self._entries, list[tuple[str, int, int]](), _begin(stem)
        at = self._begins.get(begin, len(entries))
        while at < len(entries) and entries[at].startswith(begin):
            _, surface, start, end = entries[at].decode("utf-8", "surrogatepass").split("\t")
            found.append((surface, int(start), int(end)))
            at += 1
        return found


def _begin(stem: str) -> bytes:
    return stem.encode("utf-8", "surrogatepass") + b"\t"


def surfaces_of(entries: Sequence[bytes]) -> frozenset[str]:
    """The glued words of all entries. Raises ``IndexError`` where one has none, and ValueError."""
    found = {entry.split(b"\t")[1] for entry in entries}
    return frozenset(one.decode("utf-8", "surrogatepass") for one in found)


def _container(storage: Storage) -> Container | None:
    try:
        return Container(storage, FILE, KIND)
    except FileMissing:
        return None


def _names(segments: Sequence[SegmentReader]) -> list[str]:
    return [segment.name for segment in segments]


def _entries(glued: Mapping[str, Parts], how: TextAnalysis) -> list[bytes]:
    found = []
    for surface, parts in glued.items():
        start = 0
        for part in parts:
            end = start + len(part)
            entry = f"{how.stem(part)}\t{surface}\t{start}\t{end}"
            found.append(entry.encode("utf-8", "surrogatepass"))
            start = end
    return sorted(found)
