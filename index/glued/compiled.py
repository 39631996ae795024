"""What the kernel ``judging`` goes by: our lists of words, and the judge."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from index.analysis import lexicon
from index.glued import small
from index.glued.case import NO_BRANDS
from index.glued.judging import SHORT_WORDS, Judge
from index.glued.parts import brands, lists
from index.kernels import kernel

if TYPE_CHECKING:
    from index.kernels.judging import Judging

OPEN = 255
"""What the kernel says of what it does not judge."""

_judging, _lists = kernel("judging"), kernel("lists")


def compiled(judge: Judge) -> Judging | None:
    """The judge's kernel; None where there is none, as for stems that no kernel gives."""
    rules: Any = judge.kinds.how.compiled
    if _judging is None or rules is None:
        return None
    found: Judging = _judging.Judging(
        rules.stems,
        all_lists(),
        judge.fewest,
        judge.common,
        judge.everywhere,
        judge.few,
        judge.neighbours.are_together,
    )
    return found


@cache
def all_lists() -> Any:
    """The lists in the order of the kernel's bits."""
    here, words = lists(), lexicon()
    sets = (
        here.front,
        here.back,
        here.common,
        here.names,
        here.bound,
        brands(),
        small.PLAIN,
        SHORT_WORDS,
        small.FRONT,
        small.BACK,
        small.TWICE,
        small.NAMING,
        words.roots | words.lexicalised,
        words.names,
        here.titles,
        NO_BRANDS,
    )
    return _lists.Lists([(1 << at, one) for at, one in enumerate(sets)])
