"""Makes the light copy of a generation's segments, file by file.

============= ====================================================================================
file          what is left out
============= ====================================================================================
``.inv``      of bodies, stems and surface forms: documents, frequencies and positions. Terms and
              where their postings begin stay, so that it is known how many articles have a term
``.doc``      the frames of bodies
``.der``      where the sentences of bodies begin
============= ====================================================================================

All else is copied as it is, and names of segments stay: whatever reads segments reads these.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage, Storage

from index.derived.sentences import NAME as SENTENCES
from index.fields import EXACT, LEAD_FIELD
from index.glued.table import FILE as GLUED
from index.segments import derived as derived_file
from index.segments import documents as documents_file
from index.segments import postings as postings_file
from index.segments.container import Container, ContainerWriter
from index.segments.segment import ArraySegment
from index.segments.toc import read_segments, read_toc
from index.words_file import STEMMER, WORDS

LIGHT_FIELDS = frozenset({LEAD_FIELD, LEAD_FIELD + EXACT})
"""The fields of which no posting is kept."""

_OF_POSTINGS = frozenset(
    {"documents", "frequencies", "counts", "position_at", "positions", "first"}
)
_EMPTY = {"documents"}
"""What readers ask for is left without items."""

Array = NDArray[Any]
_Kept = Callable[[str, Array], Array | None]
"""What becomes of a section: the items that stay; None for no section."""


def lighten(generation: Path, into: Path) -> None:
    """Write the light copy of a generation's directory into an empty directory.

    Raises ``FileDamaged`` and OSError.
    """
    storage, light = FileStorage(str(generation)), FileStorage(str(into))
    for segment in read_segments(generation):
        lighten_segment(storage, light, segment)
    for name in (read_toc(generation).file, GLUED, WORDS, STEMMER):
        if (generation / name).exists():
            shutil.copyfile(generation / name, into / name)


def lighten_segment(storage: Storage, light: Storage, segment: ArraySegment) -> None:
    """Write the light files of a segment. Raises ``FileDamaged`` and OSError."""
    for extension, kind, kept in (
        (postings_file.EXTENSION, postings_file.KIND, _kept_of_postings),
        (documents_file.EXTENSION, documents_file.KIND, _kept_of_documents),
        (derived_file.EXTENSION, derived_file.KIND, _kept_of_derived),
    ):
        name = segment.make_filename(extension)
        file = Container(storage, name, kind)
        _copy(file, ContainerWriter(light, name, kind), kept(file.facts))


def _copy(file: Container, writer: ContainerWriter, kept: _Kept) -> None:
    for name, section in file.sections.items():
        items = kept(name, section.all())
        if items is not None:
            writer.add(name, items)
    writer.finish(file.facts)


def _kept_of_postings(facts: Mapping[str, Any]) -> _Kept:
    light = {
        str(number) for number, one in enumerate(facts["fields"]) if one["name"] in LIGHT_FIELDS
    }

    def kept(name: str, items: Array) -> Array | None:
        number, _, part = name.partition(".")
        if number not in light or part not in _OF_POSTINGS:
            return items
        return items[:0] if part in _EMPTY else None

    return kept


def _kept_of_documents(_: Mapping[str, Any]) -> _Kept:
    def kept(name: str, items: Array) -> Array | None:
        if name == "bulk":
            return items[:0]
        return np.zeros_like(items) if name == "bulk_at" else items

    return kept


def _kept_of_derived(_: Mapping[str, Any]) -> _Kept:
    def kept(name: str, items: Array) -> Array | None:
        return None if name.startswith(f"{SENTENCES}.") else items

    return kept
