"""Words that were divided at the end of a line are joined again.

::

    Para pejabat pemerin-            Para pejabat pemerintah hadir dan membahas
    tah hadir dan memba-             anggaran anak-anak di Jawa-
    has anggaran anak-               Bali.
    anak di Jawa-
    Bali.

The line end goes only where a word is certain: the whole is a word of Indonesian, a known name or
stands undivided in the same text, or with its hyphen it is one token (``anak-anak``, ``ke-25``,
``KPK-nya``). All other line ends stay.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import islice

from index.patterns import on_use
from index.sources.problems import ProblemKind
from index.sources.text.cleaning import Faults, add_fault

_SOFT = "\xad"
HYPHENS = f"-\u2010\u2011\xac{_SOFT}"
_LETTER = r"[^\W\d_]"
_WORD = f"{_LETTER}{{1,40}}+"

_MAYBE_DIVIDED = on_use(rf"\n(?<=[{HYPHENS} \t]\n)(?=[ \t]*+[\w\n–-])")
_LINE_END = on_use(rf"([{HYPHENS}])[ \t]{{0,40}}+\n[ \t]{{0,40}}+")
_DIVIDED = on_use(
    # A word, or the last part of one with hyphens, in up to five pieces; a piece may be a number.
    rf"(?<![\w/.@#&])(?P<before>(?:{_WORD}[-\u2010](?={_LETTER}))?+)(?P<first>{_WORD})"
    rf"(?P<rest>(?:{_LINE_END.pattern}(?:{_WORD}|[0-9]{{1,4}}+(?![.,]?\w))){{1,4}}+)"
)
_PAGE_BREAK = on_use(
    # A word that goes on behind an empty line, the number of a page, or both.
    rf"(?<![\w/.@#&-])({_WORD})[{HYPHENS}](?=[ \t]{{0,9}}\n[ \t]{{0,9}}(?:\n|[-–0-9]|[Hh]al))"
    r"[ \t]{0,9}\n(?:[ \t]{0,9}\n){0,3}"
    r"(?:[ \t]{0,40}(?:[Hh]al(?:aman)?\.? ?)?(?:[-–] ?)?[0-9]{1,4}(?: ?[-–])?[ \t]{0,9}\n"
    rf"(?:[ \t]{{0,9}}\n){{0,3}})?[ \t]{{0,40}}({_WORD})"
)
_INVISIBLE = on_use(rf"(?<!\w)(?:{_WORD}\u200b{{1,9}}+){{1,4}}+{_WORD}(?!\w)")

_KEEPS_ITS_HYPHEN = frozenset(
    (
        *("anti", "antar", "e", "eks", "ekstra", "inter", "intra", "kontra", "multi", "neo", "nir"),
        *("non", "pan", "pasca", "pra", "pro", "semi", "sub", "super", "supra", "trans", "ultra"),
    )
)
"""What is written with a hyphen as often as without: ``non-aktif``."""

_MOST_DIVIDED = 100_000
"""A text with more such lines is no article; it is left as it is, and told."""

_PAIRS = frozenset(("jualbeli", "naikturun"))
"""Known as words, but what a line end divides is rather ``jual-beli``."""


def join_divided(text: str, field: str, faults: Faults) -> str:
    """The text with words divided at line ends joined, where the whole is a known word.

    Words that an invisible space parts (U+200B, left there by editors) are joined alike; that is
    no fault, since nothing is lost. A repair is added to ``faults``, with the ``field``.
    """
    divided = _divided(text) if "\n" in text and _MAYBE_DIVIDED.search(text) is not None else 0
    if divided > _MOST_DIVIDED:
        add_fault(faults, ProblemKind.TOO_MUCH_TO_MEND, f"> {_MOST_DIVIDED} -")
    elif divided:
        joined = _DIVIDED.sub(_Joiner(text), _PAGE_BREAK.sub(_over_the_page, text))
        if joined != text:
            add_fault(faults, ProblemKind.LINE_END_HYPHEN, field)
            text = joined
    if "\u200b" in text:
        text = _INVISIBLE.sub(_seen, text)
    return text


def _divided(text: str) -> int:
    """How many lines end in a word's hyphen, as far as that has to be known."""
    ends = (match.start() for match in _MAYBE_DIVIDED.finditer(text))
    return sum(
        1 for _ in islice((end for end in ends if _ends_in_hyphen(text, end)), _MOST_DIVIDED + 1)
    )


def _ends_in_hyphen(text: str, end: int) -> bool:
    """Whether the line that ends there ends in a word's hyphen."""
    line = text[max(0, end - 42) : end].rstrip(" \t")
    return line[-1:] in HYPHENS and line[-2:-1].isalpha()


class _Joiner:
    """Joins the pieces of what ``_DIVIDED`` found in one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, match: re.Match[str]) -> str:
        before, last, rest = match["before"], match["first"], match["rest"]
        joints = list(_LINE_END.finditer(rest))
        ends = [joint.start() for joint in joints[1:]] + [len(rest)]
        parts = [rest[joint.end() : end] for joint, end in zip(joints, ends, strict=True)]
        whole = "".join((last, *parts))
        if len(parts) > 1 and _may_touch(last, parts[0]) and _is_word(whole):
            return before + whole  # a narrow column divides one word more than once
        for joint, part in zip(joints, parts, strict=True):
            between = self._between(last, joint[1], part)
            if between == "":
                last += part
            else:
                before += last + (joint[0] if between is None else between)
                last = part
        return before + last

    def _between(self, first: str, hyphen: str, second: str) -> str | None:
        """What belongs between two pieces: nothing, a hyphen, or (None) the line end there."""
        if _may_touch(first, second) and not _are_doubled(first, second):
            if hyphen == _SOFT:
                return ""
            if first.lower() in _KEEPS_ITS_HYPHEN:
                return "-" if _is_word(second) else None
            whole = first + second
            if whole.lower() not in _PAIRS and (_is_word(whole) or whole.lower() in self._words):
                return ""
        return "-" if _are_doubled(first, second) or _is_token(f"{first}-{second}") else None

    @cached_property
    def _words(self) -> frozenset[str]:
        """The longer words that stand undivided in the text, names above all."""
        return frozenset(re.findall(rf"{_LETTER}{{5,40}}", self._text.lower()))


def _over_the_page(match: re.Match[str]) -> str:
    """The word as one, without the page's number in it, where it is known; else all as it was.

    Where the page has no number, the first part must be no word: an empty line parts paragraphs.
    """
    first, second = match[1], match[2]
    whole = first + second
    certain = second[0].islower() and first.lower() not in {"ke", *_KEEPS_ITS_HYPHEN}
    if not certain or whole in _PAIRS or not _is_word(whole):
        return match[0]
    numbered = any(map(str.isdigit, match[0]))
    return whole if numbered or not _is_word(first) else match[0]


def _may_touch(first: str, second: str) -> bool:
    """Neither is a number, and no capital stands inside a word that is not all in capitals."""
    if not second.isalpha():
        return False
    return not second[0].isupper() or (first.isupper() and second.isupper())


def _are_doubled(first: str, second: str) -> bool:
    """``anak-anaknya``"""
    return second.lower().startswith(first.lower()) and len(first) > 2 and _is_word(first)


def _seen(match: re.Match[str]) -> str:
    whole = match[0].replace("\u200b", "")
    return whole if _is_word(whole) else match[0]


@lru_cache(1 << 12)
def _is_word(word: str) -> bool:
    from index.analysis import analysis, fold, lexicon

    folded = fold(word)
    return analysis().knows(folded) or folded in lexicon().names


@lru_cache(1 << 12)
def _is_token(word: str) -> bool:
    from index.analysis import analysis

    return len(analysis().chunk(word)) == 1
