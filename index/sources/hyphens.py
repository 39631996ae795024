"""Words that were divided at the end of a line are joined again."""

from __future__ import annotations

from index.sources.cleaning import Faults


def join_divided(text: str, _faults: Faults) -> str:
    """The text with words divided at line ends joined, where the whole is a known word."""
    return text
