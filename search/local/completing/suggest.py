"""Completions while typing."""

from __future__ import annotations

from itertools import islice

from index.analysis.tokenizer import HYPHENS, chunks, parts
from search.budget import Budget
from search.limits import COMPLETING
from search.local.reading.dictionary import Expansion
from search.local.reading.snapshot import Snapshot
from search.response import Suggestion

_SECONDS = 0.5


def completions(snapshot: Snapshot, typed: str, limit: int) -> list[Suggestion]:
    """The words of headlines that complete the last word of ``typed``, the commonest first."""
    budget = Budget(_SECONDS, COMPLETING.of(snapshot.size))
    start, beginning = _hyphenated(typed)
    if beginning:
        # Half of "undang-undang" is tokenised apart; as a whole it is one term.
        found = snapshot.dictionary.commonest("title_exact", beginning, budget)
        if found.terms:
            return _suggested(snapshot, typed[:start], found, limit)
    tokens = snapshot.analysis.tokens(typed)
    if not tokens or tokens[-1].end != len(typed):
        return []
    start = tokens[-1].start
    found = snapshot.dictionary.commonest("title_exact", tokens[-1].surface, budget)
    return _suggested(snapshot, typed[:start], found, limit)


def _suggested(snapshot: Snapshot, before: str, found: Expansion, limit: int) -> list[Suggestion]:
    """Those behind what was typed before; none that is two words without a blank."""
    terms = (pair for pair in found.terms if pair[0] not in snapshot.glued)
    return [Suggestion(before + term, times) for term, times in islice(terms, limit)]


def _hyphenated(typed: str) -> tuple[int, str]:
    """Where the hyphenated word at the end begins, and it as terms are written; else 0 and "".

    The hyphen may be the last character: ``undang-``.
    """
    hyphen = typed[-1:] if typed.endswith(tuple(HYPHENS)) else ""
    bare = typed.removesuffix(hyphen)
    offset, end = (chunks(bare) or [(0, 0)])[-1]
    found = parts(bare[offset:end])
    first = len(found) - 1
    while first > 0 and found[first].joiner == "-":
        first -= 1
    tied = found[max(first, 0) :]
    if end != len(bare) or not tied or (len(tied) == 1 and not hyphen):
        return 0, ""
    beginning = "-".join(part.text for part in tied)
    return offset + tied[0].start, beginning + ("-" if hyphen else "")
