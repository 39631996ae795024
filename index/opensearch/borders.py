"""Where sentences of a body end and begin, as words of a field with the positions of the body's.

Between two sentences stand, one behind the other, the last word of the one and the first of the
next. So what has both of these positions inside is of more than one sentence: that is how a cluster
is asked for words in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterable

NO_BORDER, LAST, FIRST, ALONE = "-", "l", "f", "lf"
"""A word inside a sentence; the last, the first, and the only one of a sentence."""


def borders_of(begins: Iterable[int]) -> str:
    """The words of the field, up to the last border.

    ``begins``: the positions at which sentences begin that follow another one, ascending.
    """
    found: list[str] = []
    for begin in begins:
        before = found.pop() if found and len(found) == begin else NO_BORDER
        found += [NO_BORDER] * (begin - 1 - len(found))
        found += [LAST if before == NO_BORDER else ALONE, FIRST]
    return " ".join(found)
