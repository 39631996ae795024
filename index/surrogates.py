"""Texts that are none: Python's may hold halves of surrogate pairs, which stand for no character.

It gives them for bytes that are not UTF-8, as of the environment, and JSON may spell them.
"""

from __future__ import annotations


def is_text(value: str) -> bool:
    """Whether UTF-8, and so what is sent to a cluster, can have the text."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
