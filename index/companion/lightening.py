"""Makes the light copy of a generation's segments, file by file.

============= ====================================================================================
file          what is left out
============= ====================================================================================
``.inv``      of bodies, stems and surface forms: documents, frequencies and positions. Terms and
              where their postings begin stay, so that it is known how many articles have a term
``.doc``      of what is stored all but ids and titles, which suggestions show as they are written
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
from index.segments.documents import Documents
from index.segments.postings_writer import offsets
from index.segments.records import from_bytes, to_bytes
from index.segments.segment import ArraySegment
from index.segments.toc import read_segments, read_toc
from index.words_file import STEMMER, WORDS

LIGHT_FIELDS = frozenset({LEAD_FIELD, LEAD_FIELD + EXACT})
"""The fields of which no posting is kept."""

KEPT_VALUES = ("id", "title")
"""What is kept of the stored values of an article."""

BESIDE = (GLUED, WORDS, STEMMER)
"""What a generation has beside its segments and their table of contents, if it is there."""

_OF_POSTINGS = frozenset(
    {"documents", "frequencies", "counts", "position_at", "positions", "first"}
)
_STORED = ("bulk", "bulk_at", "stored", "stored_at")

Array = NDArray[Any]
_Replaced = Mapping[str, Array | None]
"""Sections that are not copied: by their names what they have instead; None: they go."""


def lighten(generation: Path, into: Path) -> None:
    """Write the light copy of a generation's directory into an empty directory.

    Raises ``FileDamaged`` and OSError.
    """
    storage, light = FileStorage(str(generation)), FileStorage(str(into))
    for segment in read_segments(generation):
        lighten_segment(storage, light, segment)
    for name in (read_toc(generation).file, *BESIDE):
        if (generation / name).exists():
            shutil.copyfile(generation / name, into / name)


def lighten_segment(storage: Storage, light: Storage, segment: ArraySegment) -> None:
    """Write the light files of a segment. Raises ``FileDamaged`` and OSError."""
    replaced: tuple[tuple[str, str, Callable[[Storage, Container], _Replaced]], ...] = (
        (postings_file.EXTENSION, postings_file.KIND, _postings),
        (documents_file.EXTENSION, documents_file.KIND, _documents),
        (derived_file.EXTENSION, derived_file.KIND, _derived),
    )
    for extension, kind, changes in replaced:
        name = segment.make_filename(extension)
        file = Container(storage, name, kind)
        writer = ContainerWriter(light, name, kind)
        instead = changes(storage, file)
        for one, section in file.sections.items():
            items = instead[one] if one in instead else section.all()
            if items is not None:
                writer.add(one, items)
        writer.finish(file.facts)


def _postings(_: Storage, file: Container) -> _Replaced:
    instead: dict[str, Array | None] = {}
    for number, one in enumerate(file.facts["fields"]):
        if one["name"] in LIGHT_FIELDS:
            instead |= {f"{number}.{part}": None for part in _OF_POSTINGS}
            # Whoever opens a field asks for it.
            instead[f"{number}.documents"] = file[f"{number}.documents"].part(0, 0)
    return instead


def _documents(storage: Storage, file: Container) -> _Replaced:
    documents = Documents(storage, file.name)
    records = []
    for number, record in enumerate(documents.records()):
        values = from_bytes(file.name, record)
        if not values.keys() >= {*KEPT_VALUES}:  # A very long one is elsewhere.
            values = documents.hit(number)
        records.append(to_bytes({name: values[name] for name in KEPT_VALUES if name in values}))
    lengths = np.fromiter(map(len, records), np.int64, len(records))
    stored = np.frombuffer(b"".join(records), np.uint8)
    none = np.zeros(0, np.uint8)
    nowhere = np.zeros(documents.size + 1, np.dtype("<u4"))
    return dict(zip(_STORED, (none, nowhere, stored, offsets(lengths)), strict=True))


def _derived(_: Storage, file: Container) -> _Replaced:
    return {name: None for name in file.sections if name.startswith(f"{SENTENCES}.")}
