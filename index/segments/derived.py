"""Derived data of a segment as arrays; ``index.derived`` says what is derived, and how.

A container (see ``container``) of kind ``derived`` in the file ``<segment>.der``. Its facts are
``{"segment": its id}``. The sections are named ``NAME.PART``: NAME is a derivation of
``index.derived.derivations``, and its module says what each PART is, of what dtype and how many.

Whoosh's own writers write no such file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from numpy.typing import NDArray
from whoosh.filedb.filestore import Storage

from index.segments.container import ContainerWriter
from index.segments.segment import ArraySegment

EXTENSION = ".der"
KIND = "derived"


def write_derived(
    storage: Storage,
    segment: ArraySegment,
    derivations: Mapping[str, Mapping[str, NDArray[Any]]],
) -> None:
    """Write the file of a segment: of each derivation, by name, its arrays by name."""
    writer = ContainerWriter(storage, segment.make_filename(EXTENSION), KIND)
    for section, items in sections_of(derivations):
        writer.add(section, items)
    writer.finish({"segment": segment.segment_id()})


def sections_of(
    derivations: Mapping[str, Mapping[str, NDArray[Any]]],
) -> Iterator[tuple[str, NDArray[Any]]]:
    """The sections that arrays of derivations become, in their order."""
    for name, arrays in derivations.items():
        for part, items in arrays.items():
            yield f"{name}.{part}", items
