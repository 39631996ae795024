"""Modules that others import for a function, which nobody calls here, loaded when it is called."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def called_later(functions: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """While whoever names these functions of modules is imported: the modules are not loaded.

    But for those that are loaded already. No other thread may be importing any of them.
    """
    standing = [name for name in functions if name not in sys.modules]
    for name in standing:
        module = ModuleType(name)
        for function in functions[name]:
            setattr(module, function, _called_later(name, function))
        sys.modules[name] = module
    try:
        yield
    finally:
        for name in standing:
            del sys.modules[name]


def _called_later(module: str, name: str) -> Any:
    """A module's function, which loads the module when it is called."""

    def function(*args: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*args, **named)

    return function
