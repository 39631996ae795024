"""Loops that are compiled where a compiler was; without them NumPy does the same, slower.

Every kernel is a module of Cython beside this one (``NAMES``). Whoever uses one asks ``kernel`` for
it and keeps what NumPy does beside it: both give the same results, bit by bit, and the tests of
each run on both. Modules have no state, but that ``budgets`` remembers for a moment when a thread
read its clock. Some objects keep memory between calls, which alters no
result: ``Scanner``, ``Learner``, ``Sorter`` and ``Finder`` are of one thread and refuse another.
``Scorer`` is shared by threads, each with room of its own; so is ``Lookup``, which keeps up to
4 MiB of where a field's terms are and then forgets the colder half, as ``Shelf`` does beyond 16 MiB
of what lists of hits show, ``Looked``, which keeps 65,536 chunks of texts and then forgets all, and
``Neighbours``, which does so with samples of the documents of 4,096 words.
Kernels release the GIL where they count for long, and read nothing of a file before its bounds and
checksums were looked at.

``WARTA_KERNELS=off`` in the environment leaves them unused. One that was compiled of another source
than the one beside it is refused: it would give yesterday's answers. So is one that was compiled
for a later Python: headers of 3.12 count no references to ``False``, which 3.11 needs.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib import import_module
from typing import Any

from index.kernels.sources import digest

NAMES = (
    "budgets",
    "memos",
    "files",
    "sections",
    "postings",
    "scanning",
    "terms",
    "runs",
    "inversion",
    "in_order",
    "pairs",
    "neighbours",
    "merging",
    "texts",
    "looked",
    "wanted",
    "marks",
    "passages",
    "seeking",
    "scored",
    "word",
    "gains",
    "words",
    "matching",
    "intersecting",
    "all_words",
    "best",
    "scoring",
    "positions",
    "verbatim",
    "beside",
    "headlines",
    "candidates",
    "strings",
    "ordering",
    "paging",
    "answering",
    "listed",
    "shelf",
    "checksums",
    "pieces",
    "values",
    "company",
    "among",
    "remainders",
    "cuts",
    "compounds",
    "later",
    "facts",
    "asking",
    "composed",
    "composing",
    "plain",
    "holding",
    "planning",
    "spelt",
    "counting",
    "glued",
    "shapes",
    "slips",
    "likelier",
    "tidy",
    "lean",
    "datelines",
    "small",
    "hashing",
    "objects",
    "slotted",
    "defaults",
    "encoded",
    "squeezed",
    "records",
    "names",
    "lists",
    "morphology",
    "stems",
    "tokens",
    "learning",
    "judging",
    "cutting",
)

_OFF = os.environ.get("WARTA_KERNELS", "").strip().lower() in {"off", "0", "no", "false"}


class StaleKernel(Exception):
    """A kernel was compiled of another source than the one beside it, or for a later Python."""

    def __init__(self, name: str, why: str | None = None) -> None:
        why = why or f"of another source than {name}.pyx and the *.pxd beside it"
        super().__init__(
            f"index/kernels/{name} was compiled {why}: compile it anew (make kernels, or python"
            " setup.py build_ext --inplace --force), or set WARTA_KERNELS=off"
        )


@cache
def kernel(name: str) -> Any:
    """The compiled module of a name, or None where it was not built or is not wanted.

    Any: a compiled module has no types but those of its stub. Raises ``StaleKernel``.
    """
    if _OFF:
        return None
    try:
        module = import_module(f"{__name__}.{name}")
    except ImportError:
        return None
    except (TypeError, ValueError) as error:  # what it needs of another one is not that any more
        raise StaleKernel(name) from error
    source = digest(name)
    if source is not None and source != getattr(module, "SOURCE", None):
        raise StaleKernel(name)
    compiled_for = getattr(module, "PYTHON", 0) >> 16
    if compiled_for > sys.hexversion >> 16:
        raise StaleKernel(name, f"for Python {compiled_for >> 8}.{compiled_for & 255}, a later one")
    return module


def missing() -> tuple[str, ...]:
    """The kernels that are not in use, so that NumPy serves in their place."""
    return tuple(name for name in NAMES if kernel(name) is None)


def turned_off() -> bool:
    """Whether the environment says to leave them unused."""
    return _OFF
