"""Completions while typing, and a better spelling of words that no article has."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from index.analysis.tokenizer import HYPHENS, chunks, parts
from search.local.nearest import edits
from search.local.snapshot import Snapshot
from search.query import AllOf, AnyOf, Node, Word
from search.response import Suggestion

_SECONDS = 0.5
_MIN_LENGTH = 4
_MAX_LENGTH = 30
_MAX_EDITS = 2


def completions(snapshot: Snapshot, typed: str, limit: int) -> list[Suggestion]:
    """The words of headlines that complete the last word of ``typed``, the commonest first."""
    deadline = monotonic() + _SECONDS
    start, beginning = _hyphenated(typed)
    if beginning:
        # Half of "undang-undang" is tokenised apart; as a whole it is one term.
        found, _ = snapshot.commonest("title_exact", beginning, deadline)
        if found.terms:
            return [Suggestion(typed[:start] + term, times) for term, times in found.terms[:limit]]
    tokens = snapshot.analysis.tokens(typed)
    if not tokens or tokens[-1].end != len(typed):
        return []
    start = tokens[-1].start
    found, _ = snapshot.commonest("title_exact", tokens[-1].surface, deadline)
    return [Suggestion(typed[:start] + term, times) for term, times in found.terms[:limit]]


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


def better_spelling(
    snapshot: Snapshot, node: Node | None, text: str, deadline: float
) -> str | None:
    """The query with unknown words replaced by near ones of the index; None if none is near.

    Words that are not looked at by ``deadline`` (of ``time.monotonic``) stay as they are.

    Nearness is Damerau-Levenshtein distance, up to two edits after the first letter; of the nearest
    words the commonest is taken.
    """
    better = text
    for word in _words(node):
        if monotonic() > deadline:
            break
        if not _MIN_LENGTH <= len(word.surface) <= _MAX_LENGTH or _known(snapshot, word):
            continue
        near = _nearest(snapshot, word.surface, deadline)
        if near is not None:
            better = _replace(snapshot, better, word.surface, near)
    return better if better != text else None


def _words(node: Node | None) -> Iterator[Word]:
    match node:
        case Word():
            yield node
        case AllOf(nodes) | AnyOf(nodes):
            for child in nodes:
                yield from _words(child)
        case _:  # what has synonyms is the user's own word
            return


def _known(snapshot: Snapshot, word: Word) -> bool:
    return any(snapshot.document_frequency(field, word.stem) for field in ("body", "title"))


def _nearest(snapshot: Snapshot, surface: str, deadline: float) -> str | None:
    """The commonest of the nearest words that begin with the same letter."""
    found = snapshot.expand("body_exact", surface[0], deadline)
    if not found.complete:
        return None
    terms = [
        (term, times) for term, times in found.terms if abs(len(term) - len(surface)) <= _MAX_EDITS
    ]
    if not terms:
        return None
    distances = edits(surface, [term for term, _ in terms])
    within = max(1, int(distances.min()))
    if within > _MAX_EDITS:
        return None
    near = [terms[number] for number in (distances <= within).nonzero()[0].tolist()]
    return max(near, key=lambda pair: (pair[1], pair[0]))[0]


def _replace(snapshot: Snapshot, text: str, surface: str, near: str) -> str:
    """The text with the tokens of one surface form replaced."""
    pieces = []
    at = 0
    for token in snapshot.analysis.tokens(text):
        if token.surface == surface:
            pieces += [text[at : token.start], near]
            at = token.end
    return "".join([*pieces, text[at:]])
