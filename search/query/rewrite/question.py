"""Rewrite: makes the words of a question that say what it asks for optional.

"Siapa nama gubernur Bali" is about "gubernur Bali": "siapa" asks, "nama" goes with the asking, and
neither need stand in the answer. What does stand there are words such as "seorang" or "oleh" for a
person, "tanggal" or "abad" for a time (see ``search.query.question_words``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.analysis import TextAnalysis
from search.query.question_words import ASKING, ASKING_WORDS, DATES, FRAMES, MEANINGS, Asks
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.names import is_of_name
from search.query.syntax.boolean import AllOf
from search.query.syntax.node import Node
from search.query.syntax.word import Word


def question(  # every rewrite has this form
    query: Interpretation,
    how: TextAnalysis,  # noqa: ARG001
) -> Interpretation:
    """The query with a question's own words optional, and what it asks for.

    Only words that all must match, in any field, are looked at: operators are no question's.
    """
    root = query.root
    if not isinstance(root, AllOf):
        return query
    kind = _kind([node for node in root.nodes if isinstance(node, Word) and node.scope is None])
    if kind is None:
        return query
    return replace(query, root=AllOf(_with_optional(root.nodes)), kind=kind)


def may_ask(word: Word) -> bool:
    """Whether a query with the word may be a question; without such words none is."""
    surface = word.surface
    return surface in MEANINGS or ASKING_WORDS.get(surface, word.stem) in ASKING


def _kind(words: Sequence[Word]) -> Asks | None:
    stems = {_stem(word) for word in words}
    surfaces = {word.surface for word in words}
    if surfaces & MEANINGS:
        return Asks.MEANING
    followed = {(_stem(first), _stem(second)) for first, second in pairwise(words)}
    asking = next((kind for stem, kind in ASKING.items() if stem in stems), None)
    if asking is Asks.NUMBER and any((name, "berapa") in followed for name in DATES):
        return Asks.TIME
    if asking is Asks.THING and ("di", "mana") in followed:
        return Asks.PLACE
    return asking


def _stem(word: Word) -> str:
    """The word's stem; of a word that asks Warta's, whatever stems the index."""
    return ASKING_WORDS.get(word.surface, word.stem)


def _with_optional(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes, of which words that ask or go with the asking are optional.

    "Bank Negara Indonesia" is a name, "di negara mana" asks. A capital that begins the query says
    nothing.
    """
    capital = [_may_be_of_name(node) for node in nodes]
    in_name = [
        at > 0 and here and (capital[at - 1] or any(capital[at + 1 : at + 2]))
        for at, here in enumerate(capital)
    ]
    return tuple(
        replace(node, is_optional=True)
        if isinstance(node, Word)
        and node.scope is None
        and (_stem(node) in ASKING or (node.surface in FRAMES and not of_name))
        else node
        for node, of_name in zip(nodes, in_name, strict=True)
    )


def _may_be_of_name(node: Node) -> bool:
    return is_of_name(node) and isinstance(node, Word) and _stem(node) not in ASKING
