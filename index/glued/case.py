"""Where a change of case inside a word divides it: ``JakartaKita``, ``dariHuffington``.

How a word was written is a number: bit i is set where its letter i is a capital.
"""

from __future__ import annotations

from index.glued.judging import FAR, PREPOSITIONS, SHORT, SHORTEST_PART, Judge, Side
from index.glued.parts import Kind, brands, lists
from index.light_dataclass import dataclass

NO_BRANDS = frozenset(("bank", "harian", "kata", "pos", "satu"))
"""What begins names of firms and sites with a capital only: *KataData*, but *kataSyarif*."""

_INITIALS = 2
_APART = 5
_DATELINES = 2
"""A name that is everywhere stands in datelines, whose sentence begins with any word: but a name
that is made of it is in more articles than so many."""


def cuts_of(word: str, written: int) -> list[int]:
    """Where a capital follows a small letter, or small letters a run of capitals."""
    behind = written << 1
    small = (1 << max(len(word) - SHORT + 1, 0)) - 1  # where so many letters are left
    cuts = (written & ~behind & ~1) | (behind & written << _INITIALS & ~written & small)
    found = []
    while cuts:
        found.append((cuts & -cuts).bit_length() - 1)
        cuts &= cuts - 1
    return found


@dataclass(frozen=True, slots=True)
class Change:
    """A place where case changes. ``small``: the part before it begins with a small letter.

    ``initials``: that part is in capitals and the one behind it is not.
    """

    small: bool
    initials: bool


def change_at(written: int, start: int, at: int) -> Change:
    """The change at ``at`` behind a part that begins at ``start``."""
    return Change(not written >> start & 1, not written >> at & 1)


def divides(  # noqa: PLR0911 - what is soon told is asked first, one by one
    judge: Judge, one: Side, two: Side, articles: int, change: Change
) -> bool:
    """Whether the parts on both sides of a change of case are two words.

    ``articles``: how many have them glued. What is soon told is asked first.
    """
    size = len(one.text)
    if len(two.text) < SHORTEST_PART:
        return False
    if _is_brand(one.text, change):
        return judge.apart_mostly(one, two, articles, FAR)
    if one.text in PREPOSITIONS:
        return change.small
    if size < SHORTEST_PART:
        return False
    if change.initials:
        return _is_strong(judge, two.text) or (two.text in lists().common and len(two.text) > SHORT)
    function = one.text in lists().front
    if (function and (change.small or size >= SHORT)) or judge.kinds.is_derived(one.text):
        return True
    if change.small:
        return judge.kinds.of(one.text) is Kind.KNOWN and _is_word(judge, two)
    # Whether both stand beside each other is asked last, as it takes longest.
    return _are_two_words(judge, one, two, articles) or _are_two_names(judge, one, two, articles)


def _are_two_words(judge: Judge, one: Side, two: Side, articles: int) -> bool:
    size = len(one.text)
    if min(size, len(two.text)) < SHORT:
        return False
    if _is_strong(judge, two.text):
        return _is_word(judge, one)
    if one.articles >= judge.everywhere and articles <= _DATELINES:
        return _is_word(judge, two)
    often = max(judge.common, FAR * articles)
    if min(one.articles, two.articles) < often:
        return False
    return Kind.KNOWN in (judge.kinds.of(one.text), judge.kinds.of(two.text))


def is_behind_preposition(one: Side, two: Side, articles: int) -> bool:
    """Whether what may be one derived word is two, as ``diKota``.

    ``diBantai`` is a passive, ``keIslaman`` a noun. There are few articles with the former beside
    those with the place.
    """
    noun = one.text == "ke" and two.text.endswith("an")
    rare = articles == 1 or two.articles >= FAR * articles
    return one.text in PREPOSITIONS and rare and not noun


def _are_two_names(judge: Judge, one: Side, two: Side, articles: int) -> bool:
    """Whether a title stands before a name, or both stand beside each other elsewhere."""
    if one.text in lists().titles and _is_word(judge, two):
        return True
    times = _APART if min(len(one.text), len(two.text)) > SHORT else 2 * _APART
    return judge.apart_mostly(one, two, articles, times)


def _is_brand(word: str, change: Change) -> bool:
    return word in brands() and not (change.small and word in NO_BRANDS)


def _is_strong(judge: Judge, word: str) -> bool:
    function = word in lists().back and len(word) >= SHORT
    return function or judge.kinds.is_derived(word)


def _is_word(judge: Judge, side: Side) -> bool:
    return side.articles >= judge.fewest or judge.kinds.of(side.text) is not Kind.UNKNOWN
