"""Tokens of a corpus become text as it is written: ``telak .`` becomes ``telak.``"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.patterns import on_use

_SPACE = on_use(r"\s")
_PUNCTUATION = on_use(r"[^\w\s]+")
_CLOSING = on_use(r"(?:[.,;:!?)\]}”’%»…]+|['’](?:s|t|re|ve|ll|d|m)|n't|-nya)")
_OPENING = frozenset("([{“‘«#@$")
_END = frozenset(".!?")
_RENAMED = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-lrb-": "(", "-rrb-": ")"}
_DOMAINS = frozenset(("com", "id", "co", "net", "org", "go", "ac", "tv", "or", "sch", "info"))
_UNITS = frozenset(
    (
        *("persen", "%", "juta", "miliar", "milyar", "triliun", "ribu", "km", "m", "cm", "kg"),
        *("ton", "meter", "derajat", "sr", "magnitudo", "poin"),
    )
)
_ZONES = frozenset(("wib", "wita", "wit"))
_PREFIXES = frozenset(("ke", "se", "non", "anti", "pra", "pasca", "semi"))


def are_tokens(parts: Sequence[str]) -> bool:
    """The parts are words and marks, not paragraphs or sentences of one word."""
    if len(parts) < 3 or any(map(_SPACE.search, parts)):
        return False
    return any(map(_PUNCTUATION.fullmatch, parts))


def has_sentences(tokens: Sequence[str]) -> bool:
    """A sentence ends within the tokens, so that they are a paragraph."""
    return any(
        mark in _END and following[:1].isupper() and len(before) > 2
        for before, mark, following in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def join_tokens(tokens: Sequence[str]) -> str:
    """One text of the tokens, with spaces where a writer puts them.

    Quotation marks are paired in their order; two hyphens in a row are a dash.
    """
    words = [_RENAMED.get(token, token) for token in _with_dashes(tokens) if token]
    paired = {mark: words.count(mark) % 2 == 0 for mark in ("'", '"')}
    opened = {"'": False, '"': False}
    parts: list[str] = []
    glued = True  # to what stands before
    for at, word in enumerate(words):
        if word in opened and (word == '"' or paired[word]):
            closing = opened[word]
            opened[word] = not closing
            space = not closing
            glue_next = not closing
        elif word == "'":  # the apostrophe of Jum'at
            space, glue_next = False, True
        else:
            space = _CLOSING.fullmatch(word) is None
            glue_next = word in _OPENING or word == "/"
            if at and _belongs(words, at):
                space, glue_next = False, True
            elif word == "/":
                space = False
        if space and not glued:
            parts.append(" ")
        parts.append(word)
        glued = glue_next
    return "".join(parts)


def _with_dashes(tokens: Sequence[str]) -> list[str]:
    """The tokens with a run of hyphens as one."""
    words = list(tokens[:1])
    for before, word in pairwise(tokens):
        if word == before == "-":
            words[-1] += "-"
        else:
            words.append(word)
    return words


def _belongs(words: Sequence[str], at: int) -> bool:
    """The mark at a place is part of one word or number with its neighbours."""
    mark = words[at]
    if mark not in {".", ",", ":", "-"} or at + 1 >= len(words):
        return False
    before, after = words[at - 1], words[at + 1]
    further = words[at + 2].lower() if at + 2 < len(words) else ""
    numbers = before[-1:].isdigit() and after.isdigit()
    if mark == "-":
        same = before.isalpha() and before.lower() == after.lower()
        return numbers or same or before.lower() in _PREFIXES
    if mark == ":":
        return numbers and len(after) == 2
    if mark == ",":
        return numbers and further in _UNITS
    if after in _DOMAINS and before.isalnum():
        return True
    clock = len(after) == 2 and (
        further in _ZONES or (at > 1 and words[at - 2].lower() in {"pukul", "jam"})
    )
    return numbers and (len(after) == 3 or clock)
