"""NumPy loaded without the texts of its documentation and the types of its annotations.

Both are for programmers, and take a third of its time: the texts of functions written in C are
added to them one by one, as under ``python -OO`` they are not. Whoever needs more of
``numpy.typing`` than ``NDArray`` has the module itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

TEXTS = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")
"""Modules that add texts where they are loaded, and have nothing that is asked for."""

TYPES = "numpy._typing"
"""What ``numpy.linalg`` asks for ``NDArray``."""

_PUBLIC = "numpy.typing"

_Scalar = TypeVar("_Scalar")


def load_numpy() -> None:
    """Load it so, if it is not loaded; no other thread may be importing."""
    if "numpy" in sys.modules:
        return
    instead = {name: ModuleType(name) for name in TEXTS}
    instead[TYPES] = _types(TYPES)
    with _standing(instead):
        numpy = import_module("numpy")
    if _PUBLIC not in sys.modules:
        vars(numpy)["typing"] = sys.modules[_PUBLIC] = _types(_PUBLIC)


@contextmanager
def _standing(modules: dict[str, ModuleType]) -> Iterator[None]:
    """These modules are those of their names meanwhile."""
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name in modules:
            del sys.modules[name]


def _types(name: str) -> ModuleType:
    """A module that has ``NDArray``; asked for more, it puts the one of its name in its place."""
    module = ModuleType(name)

    def found(attribute: str) -> Any:
        if attribute == "NDArray":
            vars(module)[attribute] = arrays = _arrays()
            return arrays
        if attribute.startswith("__"):  # as the import system asks
            raise AttributeError(attribute)
        if sys.modules.get(name) is module:
            del sys.modules[name]
        return getattr(import_module(name), attribute)

    vars(module)["__getattr__"] = found
    return module


def _arrays() -> Any:
    """``NDArray`` as NumPy declares it."""
    core: Any = import_module("numpy._core.multiarray")
    return core.ndarray[tuple[Any, ...], core.dtype[_Scalar]]
