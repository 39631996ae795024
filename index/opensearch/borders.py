"""Where sentences of a body begin and end, as words of a field with the positions of the body's.

A sentence is what lies between a first word and the next last one: that is how a cluster is asked
for words in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

INSIDE, FIRST, LAST, ALONE = "-", "f", "l", "a"
"""A word inside a sentence; its first, its last, and its only one."""


def borders_of(begins: Iterable[int], words: int) -> str:
    """The words of the field for a body of so many words.

    ``begins``: the positions at which sentences begin that follow another one, ascending.
    """
    if not words:
        return ""
    found = [INSIDE] * words
    firsts = [0, *begins]
    for first, end in zip(firsts, [*firsts[1:], words], strict=True):
        found[first], found[end - 1] = FIRST, LAST
        if end - first == 1:
            found[first] = ALONE
    return " ".join(found)
