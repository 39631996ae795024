"""NumPy loaded without the texts of its documentation and the types of its annotations.

Both are for programmers, and take a third of its time: the texts of functions written in C are
added to them one by one, as under ``python -OO`` they are not. Whoever needs more of
``numpy.typing`` than ``NDArray`` has the module itself. The modules left out are NumPy's own
affair, and may change with it: only the versions that were tried are loaded so.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any, TypeVar

TRIED = ("2.3", "2.4")
"""The versions of NumPy that were loaded so; earlier ones declare ``NDArray`` otherwise."""

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
    folder = _folder()
    if folder is None or _version(folder) not in TRIED:
        import_module("numpy")
        return
    instead = {name: ModuleType(name) for name in TEXTS}
    instead[TYPES] = _types(TYPES, folder)
    with _standing(instead):
        numpy = import_module("numpy")
    if _PUBLIC not in sys.modules:
        vars(numpy)["typing"] = sys.modules[_PUBLIC] = _types(_PUBLIC, folder)


def _folder() -> Path | None:
    """Where NumPy is, None where that is no folder."""
    found = find_spec("numpy")
    return None if found is None or not found.origin else Path(found.origin).parent


def _version(folder: Path) -> str:
    """The version of the NumPy there, its first two numbers; empty where that is not told."""
    try:
        written = (folder / "version.py").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    _, _, told = f"\n{written}".partition("\nversion = ")
    return ".".join(told[1:].split(".", 2)[:2])


@contextmanager
def _standing(modules: dict[str, ModuleType]) -> Iterator[None]:
    """These modules are those of their names meanwhile."""
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name in modules:
            sys.modules.pop(name, None)


def _types(name: str, folder: Path) -> ModuleType:
    """A package that has ``NDArray``, and is filled with all that it has when more is asked for."""
    place = folder / name.rpartition(".")[2]
    spec: Any = spec_from_file_location(
        name, place / "__init__.py", submodule_search_locations=[str(place)]
    )
    module = module_from_spec(spec)
    names = vars(module)
    lock = RLock()
    filling = False

    def fill(attribute: str) -> None:
        nonlocal filling
        with lock:  # others wait: the module takes names away again where it ends
            if filling:
                raise AttributeError(attribute)
            if names.get("__getattr__") is found:
                filling = True
                try:
                    spec.loader.exec_module(module)
                finally:
                    filling = False
                if names.get("__getattr__") is found:
                    del names["__getattr__"]

    def found(attribute: str) -> Any:
        if attribute == "NDArray":
            names[attribute] = arrays = _arrays()
            return arrays
        if attribute.startswith("__") and attribute != "__all__":  # as the import system asks
            raise AttributeError(attribute)
        fill(attribute)
        return getattr(module, attribute)

    names["__getattr__"] = found
    return module


def _arrays() -> Any:
    """``NDArray`` as NumPy declares it."""
    core: Any = import_module("numpy._core.multiarray")
    return core.ndarray[tuple[Any, ...], core.dtype[_Scalar]]
