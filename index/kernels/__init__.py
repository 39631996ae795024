"""Loops that are compiled where a compiler was; without them NumPy does the same, slower.

Every kernel is a module of Cython beside this one (``NAMES``). Whoever uses one asks ``kernel`` for
it and keeps what NumPy does beside it: both give the same results, bit by bit, and the tests of
each run on both. Kernels keep no state of their own, release the GIL while they count, and read
nothing of a file before its bounds and checksums were looked at.

``WARTA_KERNELS=off`` in the environment leaves them unused.
"""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType
from typing import Any

NAMES = (
    "sections",
    "postings",
    "scanning",
    "runs",
    "inversion",
    "in_order",
    "pairs",
    "neighbours",
    "merging",
    "texts",
    "marks",
    "passages",
    "scored",
    "words",
    "scoring",
    "positions",
    "candidates",
    "strings",
    "ordering",
    "listed",
    "checksums",
    "values",
    "company",
    "cuts",
    "counting",
    "shapes",
)

_OFF = os.environ.get("WARTA_KERNELS", "").strip().lower() in {"off", "0", "no", "false"}


def kernel(name: str) -> Any:
    """The compiled module of a name, or None where it was not built or is not wanted.

    Any: a compiled module has no types but those of its stub.
    """
    return None if _OFF else _modules.get(name)


def missing() -> tuple[str, ...]:
    """The kernels that are not in use, so that NumPy serves in their place."""
    return tuple(name for name in NAMES if kernel(name) is None)


def turned_off() -> bool:
    """Whether the environment says to leave them unused."""
    return _OFF


def _load(name: str) -> ModuleType | None:
    try:
        return import_module(f"{__name__}.{name}")
    except ImportError:
        return None


_modules = {name: module for name in NAMES if (module := _load(name)) is not None}
