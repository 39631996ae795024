"""Regular expressions that are compiled when they are first used.

A command that says one thing uses a few of the two hundred that the program has, most of them for
dates, and compiling all of them would be a fifth of what it takes.
"""

from __future__ import annotations

import re
from typing import Any, cast
from weakref import WeakSet


class _OnUse:
    """Becomes a pattern with the first attribute of it that is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._made_of = pattern, flags
        self._compiled: re.Pattern[str] | None = None

    def compile(self) -> re.Pattern[str]:
        """The pattern itself."""
        if self._compiled is None:
            self._compiled = re.compile(*self._made_of)
        return self._compiled

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.compile(), name)
        # From now on it is found without coming here.
        setattr(self, name, found)
        return found


_MADE: WeakSet[_OnUse] = WeakSet()


def on_use(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, to be used by its methods; one that is wrong raises ``re.error`` only then."""
    made = _OnUse(pattern, flags)
    _MADE.add(made)
    return cast("re.Pattern[str]", made)


def compile_all() -> None:
    """Compile every pattern of the modules that are loaded: a server does before it forks."""
    for one in list(_MADE):
        one.compile()
