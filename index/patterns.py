"""Regular expressions that are compiled when they are first used.

A command that says one thing uses a few of the four hundred that the program has, and compiling
all of them would be a fifth of what it takes. Clean archives need hardly any of those that mend.
"""

from __future__ import annotations

import re
from threading import Lock
from typing import Any, AnyStr, cast
from weakref import WeakSet


class _OnUse:
    """Becomes a pattern with the first attribute that is asked for but its text."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._made_of = pattern, flags
        self.pattern = pattern
        self._compiled: re.Pattern[Any] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return on_use, self._made_of

    def compile(self) -> re.Pattern[Any]:
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
_LOCK = Lock()


def on_use(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The pattern, to be used by its methods; one that is wrong raises ``re.error`` only then."""
    made = _OnUse(pattern, flags)
    with _LOCK:
        _MADE.add(made)
    return cast("re.Pattern[AnyStr]", made)


def compile_all() -> None:
    """Compile every pattern of the modules that are loaded: a server does before it forks."""
    with _LOCK:
        made = list(_MADE)
    for one in made:
        one.compile()
