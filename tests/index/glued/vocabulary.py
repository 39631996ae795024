"""Words to fill an archive with, so that it counts as one of many words."""

from __future__ import annotations

from itertools import product

from index.glued.parts import lists

RARE = ["".join(letters) + "xqzvkw" for letters in product("bcdfghjklmnprstw", repeat=3)]
"""4,096 terms that are no words."""


def bodies(*words: str) -> list[str]:
    """300 bodies with the rare terms, all common words and ``words``, each of these in six."""
    often = [*sorted(lists().common), *words]
    return [" ".join([*RARE[at::300], *often[at % 50 :: 50]]) for at in range(300)]
