"""How often Python looks through its objects for garbage: seldom, as most of ours stay."""

from __future__ import annotations

import gc


def look_seldom() -> None:
    """Have this process look for garbage seldom, as every command and every worker of one does.

    Importing makes some 200,000 objects that stay: looking through them again and again took a
    tenth of the time of a short command.
    """
    gc.set_threshold(200_000, 20, 100)
