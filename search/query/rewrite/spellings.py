"""Rewrite: lets words match that are written together or apart, whichever way was typed.

``covid 19`` is ``covid-19`` and ``covid19``, ``sepakbola`` is ``sepak bola``: one of them must
match, and the one that was typed counts most. Which words are such is for the archive to say (see
``compounds``). What is in quotation marks stays as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from index.analysis import TextAnalysis, Token
from index.fields import EXACT, LEAD_FIELD
from search.query.rewrite.compound_parts import Compound, Form
from search.query.rewrite.interpretation import Interpretation
from search.query.syntax.boolean import AllOf, Exclude
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.spellings import SideBySide, Spellings
from search.query.syntax.word import Word


class Compounds(Protocol):
    """The compounds of an index, and what its words are worth."""

    def pair(self, first: str, second: str) -> Compound | None:
        """The mutual compound of two surface forms."""

    def joined(self, surface: str) -> Compound | None:
        """What a surface form in one piece is also written as."""

    def idf(self, field: str, term: str) -> float:
        """The idf of a term."""

    def articles(self, field: str, term: str) -> int:
        """How many articles have a term in a field of texts."""

    def is_there(self, field: str, term: str) -> bool:
        """Whether an article that is not deleted has a term in a field of texts."""


def spellings(
    query: Interpretation,
    how: TextAnalysis,  # noqa: ARG001 - every rewrite has this form
    compounds: Compounds | None = None,
) -> Interpretation:
    """The query in which compounds are replaced by ``Spellings``; None: of no index."""
    if query.root is None or compounds is None:
        return query
    return replace(query, root=_respelt(query.root, compounds))


def respelt(words: Sequence[Word], compounds: Compounds) -> Node | None:
    """One word, or two, with their other spellings; None where there are none."""
    if len(words) > 1:
        return _pair(words, compounds)
    found = _word(words[0], compounds)
    return None if found is words[0] else found


def words_with_spellings(root: Node | None, compounds: Compounds) -> frozenset[Word]:
    """The words of a query that are written in another way too."""
    return frozenset() if root is None else frozenset(_words(root, compounds))


def _words(node: Node, compounds: Compounds) -> Iterator[Word]:
    """Those that ``_respelt`` has ``Spellings`` of."""
    if isinstance(node, Word):
        if not node.optional and compounds.joined(node.surface) is not None:
            yield node
        return
    nodes = node.children()
    at = 0
    while at < len(nodes):
        pair = nodes[at : at + 2] if isinstance(node, AllOf) else ()
        if _mutual(pair, compounds) is None:
            yield from _words(nodes[at], compounds)
            at += 1
        else:
            yield from (one for one in pair if isinstance(one, Word))
            at += 2


def _respelt(node: Node, compounds: Compounds) -> Node:
    if isinstance(node, Word):
        return _word(node, compounds)
    if isinstance(node, Exclude):
        return Exclude(_respelt(node.node, compounds))
    if not isinstance(node, AllOf):
        children = [_respelt(child, compounds) for child in node.children()]
        return node.with_children(children)
    found: list[Node] = []
    at = 0
    while at < len(node.nodes):
        pair = _pair(node.nodes[at : at + 2], compounds)
        found.append(pair or _respelt(node.nodes[at], compounds))
        at += 2 if pair else 1
    return node.with_children(found)


def _pair(nodes: Sequence[Node], compounds: Compounds) -> Node | None:
    """The spellings of two words that may be one."""
    found = _mutual(nodes, compounds)
    if found is None:
        return None
    words = tuple(node for node in nodes if isinstance(node, Word))
    return _spellings(words, SideBySide(words), found.forms, (), compounds)


def _mutual(nodes: Sequence[Node], compounds: Compounds) -> Compound | None:
    """What two words are as one; None where an operator says that they are two."""
    words = [node for node in nodes if isinstance(node, Word) and not node.optional]
    if len(words) < 2 or words[0].scope != words[1].scope or all(one.is_bound for one in words):
        return None
    return compounds.pair(words[0].surface, words[1].surface)


def _word(word: Word, compounds: Compounds) -> Node:
    found = None if word.optional else compounds.joined(word.surface)
    if found is None:
        return word
    by_surface = Form(word.surface, word.stem, by_stem=False) in found.forms
    written = Phrase((word.surface,), word.scope) if by_surface else word
    apart = SideBySide(tuple(_part(token, word) for token in (found.first, found.second)))
    others = [
        form
        for form in found.forms
        if (form.surface != word.surface if by_surface else form.term[1] != word.stem)
    ]
    return _spellings((word,), written, others, (apart,), compounds)


def _part(token: Token, word: Word) -> Word:
    return Word(token.surface, token.stem, word.scope)


def _spellings(
    words: tuple[Word, ...],
    written: Node,
    forms: Sequence[Form],
    apart: Sequence[SideBySide],
    compounds: Compounds,
) -> Node:
    """What was typed, with its other spellings."""
    scope = words[0].scope
    others: list[Node] = [*apart]
    for form in forms:
        word = Word(form.surface, form.stem, scope)
        others.append(word if form.by_stem else Phrase((form.surface,), scope))
    own = _worth(written, compounds)
    return Spellings(words, written, tuple((one, _worth(one, compounds) / own) for one in others))


def _worth(node: Node, compounds: Compounds) -> float:
    """The idf of what a spelling is found by, added up."""
    if isinstance(node, SideBySide):
        return sum(_worth(word, compounds) for word in node.words)
    if isinstance(node, Word):
        return compounds.idf(node.scope or LEAD_FIELD, node.stem)
    assert isinstance(node, Phrase)
    return compounds.idf((node.scope or LEAD_FIELD) + EXACT, node.surfaces[0])
