"""Regular expressions that are compiled when they are first used.

A command that says one thing uses a few of the two hundred that the program has, most of them for
dates, and compiling all of them would be a fifth of what it takes.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _OnUse:
    """Becomes a pattern with the first attribute of it that is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._made_of = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name == "_compiled":
            self._compiled = re.compile(*self._made_of)
            return self._compiled
        found = getattr(self._compiled, name)
        # From now on it is found without coming here.
        setattr(self, name, found)
        return found


def on_use(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, to be used by its methods; one that is wrong raises ``re.error`` only then."""
    return cast("re.Pattern[str]", _OnUse(pattern, flags))
