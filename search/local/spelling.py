"""What a word of a query that no article has may stand for, by the words of the index.

Two words that stand beside each other in an article ("ibukota": ibu kota), or else the nearest
word (see ``_nearest``). What it may stand for is sought in its place. What is quoted, excluded or a
prefix is sought as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from time import monotonic

from index.analysis import TextAnalysis, lexicon
from search.local.nearest import edits
from search.local.phrases import stand_together
from search.local.snapshot import Snapshot
from search.local.vocabulary import Near, is_plain
from search.query import ASKING_WORDS, AllOf, AnyOf, Node, Parsed, Word, word_of
from search.response import Note

_SECONDS = 0.2
"""What looking for words may take of a query's time: most of it belongs to what was typed."""

_MIN_LENGTH = 4
_MAX_LENGTH = 30
_TWO_EDITS = 8
_MIN_PART = 3
_SHORT_FIRSTS = frozenset({"di", "ke"})
"""Prepositions that are often written together with what follows."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that no article has, and the words that are sought in its place."""

    written: Word
    sought: tuple[Word, ...]

    @property
    def text(self) -> str:
        """What is sought, as it is typed."""
        return " ".join(word.surface for word in self.sought)

    @property
    def note(self) -> Note:
        """What the reader is told."""
        return Note("corrected", {"written": self.written.surface, "sought": self.text})


def corrections(snapshot: Snapshot, root: Node | None, deadline: float) -> tuple[Correction, ...]:
    """What unknown words of a query are sought as, in their order.

    Words that are not looked at by ``deadline`` (of ``time.monotonic``) stay as they are.
    """
    deadline = min(deadline, monotonic() + _SECONDS)
    found = []
    for word in _unknown(snapshot, root):
        text = _two_words(snapshot, word, deadline)
        if text is None and (most := _edits(word)):
            text = _nearest(snapshot, word, most, deadline, asks=_may_ask(root, word))
        if text is not None:
            tokens = snapshot.analysis.tokens(text)
            sought = [word_of(token, text, word.scope) for token in tokens]
            found.append(
                Correction(word, tuple(replace(one, capital=word.capital) for one in sought))
            )
    return tuple(found)


def corrected(parsed: Parsed, found: tuple[Correction, ...], how: TextAnalysis) -> Parsed:
    """The query as if it had been typed with the words replaced, and what the reader is told."""
    if parsed.root is None or not found:
        return parsed
    text = parsed.text
    for one in found:
        text = _retyped(how, text, one.written.surface, one.text)
    root = _as_one(AllOf, _replaced(parsed.root, {one.written: one.sought for one in found}))
    # A word may be sought in several fields, of which the reader is told once.
    notes = {(one.written.surface, one.text): one.note for one in found}
    return Parsed(text, root, (*parsed.notes, *notes.values()))


def better_spelling(snapshot: Snapshot, parsed: Parsed, deadline: float) -> str | None:
    """The query's text with words that remain unknown replaced by ones up to two edits away.

    None if none is near. Words that are not looked at by ``deadline`` (of ``time.monotonic``) stay
    as they are.
    """
    better = parsed.text
    for word in _unknown(snapshot, parsed.root):
        near = _nearest(snapshot, word, 2, deadline, asks=_may_ask(parsed.root, word))
        if near is not None:
            better = _retyped(snapshot.analysis, better, word.surface, near)
    return better if better != parsed.text else None


def _unknown(snapshot: Snapshot, root: Node | None) -> list[Word]:
    """The words that may be misspelt: long enough, nothing but letters, and in no article."""
    return [
        word
        for word in dict.fromkeys(_words(root))
        if not word.spared
        and _MIN_LENGTH <= len(word.surface) <= _MAX_LENGTH
        and is_plain(word.surface)
        and not _is_known(snapshot, word)
    ]


def _words(node: Node | None) -> Iterator[Word]:
    match node:
        case Word():
            yield node
        case AllOf(nodes) | AnyOf(nodes):
            for child in nodes:
                yield from _words(child)
        case _:  # what has synonyms is the user's own word
            return


def _is_known(snapshot: Snapshot, word: Word) -> bool:
    """Whether an article has it or it asks; where its surface form is, its stem is too."""
    return word.surface in ASKING_WORDS or any(
        snapshot.document_frequency(field, word.stem) for field in ("body", "title")
    )


def _two_words(snapshot: Snapshot, word: Word, deadline: float) -> str | None:
    """The word cut in two that stand beside each other in an article.

    Of several cuts that whose rarer word is commonest.
    """
    field, surface = _exact(word), word.surface
    cuts = []
    for at in range(2, len(surface) - _MIN_PART + 1):
        parts = surface[:at], surface[at:]
        if at < _MIN_PART and parts[0] not in _SHORT_FIRSTS:
            continue
        rarer = min(snapshot.document_frequency(field, part) for part in parts)
        if rarer:
            cuts.append((rarer, parts))
    cuts.sort(reverse=True)
    together = (cut for _, cut in cuts if stand_together(snapshot, field, cut, deadline))
    return next(map(" ".join, together), None)


def _edits(word: Word) -> int:
    """How many edits are corrected: two in long words, one fewer in what is no misspelling.

    An archive without a word of Indonesian is no reason to read it as another: what is one letter
    away from "koran" is not meant by it. Long words have other spellings.
    """
    words = lexicon()
    spelt = any(word.stem in known for known in (words.roots, words.lexicalised, words.names))
    return (1 if len(word.surface) < _TWO_EDITS else 2) - spelt


def _may_ask(root: Node | None, word: Word) -> bool:
    """Whether a word of a query may be meant as one that asks: about others, and no name."""
    words = list(_words(root))
    return word.scope is None and len(words) > 1 and (not word.capital or word == words[0])


def _nearest(
    snapshot: Snapshot, word: Word, most: int, deadline: float, *, asks: bool
) -> str | None:
    """The nearest word of the field: the same first letter before others, then the commonest.

    Words that ask are words of every index and its commonest, where the word may be one (``asks``).
    """
    found = snapshot.vocabulary.near(_exact(word), word.surface, most, deadline)
    if found is None:
        return None
    if asks:
        found += _asking(word.surface, most, snapshot.size)

    def order(near: Near) -> tuple[int, bool, int, str]:
        return near.distance, near.word[0] != word.surface[0], -near.articles, near.word

    return min(found, key=order).word if found else None


def _asking(surface: str, most: int, articles: int) -> list[Near]:
    """The words that ask and are near."""
    words = sorted(ASKING_WORDS)
    found = zip(words, edits(surface, words).tolist(), strict=True)
    return [
        Near(one, distance, articles)
        for one, distance in found
        if distance <= (most if one[0] == surface[0] else 1)
    ]


def _exact(word: Word) -> str:
    """The field whose words it may stand for."""
    return f"{word.scope or 'body'}_exact"


def _replaced(node: Node, sought: Mapping[Word, tuple[Word, ...]]) -> list[Node]:
    """The nodes, all of which must match, in place of one."""
    match node:
        case Word():
            return list(sought.get(node, (node,)))
        case AllOf(nodes):
            return [_as_one(AllOf, [one for child in nodes for one in _replaced(child, sought)])]
        case AnyOf(nodes):
            return [_as_one(AnyOf, [_as_one(AllOf, _replaced(one, sought)) for one in nodes])]
        case _:
            return [node]


def _as_one(kind: type[AllOf | AnyOf], nodes: list[Node]) -> Node:
    """The nodes as one, repeated ones once."""
    distinct = tuple(dict.fromkeys(nodes))
    return distinct[0] if len(distinct) == 1 else kind(distinct)


def _retyped(how: TextAnalysis, text: str, surface: str, near: str) -> str:
    """The text with the tokens of one surface form replaced."""
    pieces = []
    at = 0
    for token in how.tokens(text):
        if token.surface == surface:
            pieces += [text[at : token.start], near]
            at = token.end
    return "".join([*pieces, text[at:]])
