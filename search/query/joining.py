"""Joins operands by the operators that ask for words near each other.

What that means is in ``beside``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from index.fields import LEAD_FIELD
from search.query.beside import Beside, near, same_sentence, word_count
from search.query.lexeme import Kind, Lexeme
from search.query.syntax.boolean import AllOf, AnyOf, Exclude, all_of, spliced
from search.query.syntax.node import Node
from search.query.words import MAX_WORDS, Noting, Words


class Joining:
    """Joins those of one query. ``words`` counts what its text has grown by."""

    def __init__(self, lexemes: Sequence[Lexeme], words: Words, note: Noting) -> None:
        self._lexemes = lexemes
        self._words = words
        self._note = note

    def joined(
        self, left: list[Node], right: list[Node], operator: Lexeme, following: int
    ) -> list[Node]:
        """Operands as an operator joins them; as AND does, where that would be too many words.

        ``following``: the number of the lexeme behind them.
        """
        ours, theirs = all_of(left), all_of(right)
        assert operator.near is not None
        assert ours is not None
        assert theirs is not None
        if operator.near.in_sentence:
            beside = Beside(same_sentence, LEAD_FIELD)
        else:
            beside = Beside(near(operator.near.within(1), ordered=operator.near.ordered))
        had = word_count(ours) + word_count(theirs)
        is_small = _pairs(ours) * _pairs(theirs) <= MAX_WORDS
        node = beside.both(ours, theirs) if is_small else None
        grown = 0 if node is None else word_count(node) - had
        grown += had * operator.near.excluded
        room = MAX_WORDS - self._words.count - self._words_from[following]
        if node is None or grown > max(0, room):
            self._note("near-too-many", operator.position, operator=operator.text)
            others = _without(theirs) if operator.near.excluded else right
            return list(spliced([*left, *others]))
        self._words.count += grown
        if not operator.near.in_sentence:
            self._words.note_distance(operator.near)
        self.note_apart(beside.apart, operator.text, operator.position)
        parts = list(node.nodes) if isinstance(node, AllOf) else [node]
        if operator.near.excluded:
            apart = [part for one in (ours, theirs) for part in (one, *one.children())]
            beyond = all_of(part for part in parts if part not in apart)
            parts = [*left, *_without(beyond or theirs)]
        return list(spliced(parts))

    def note_apart(self, apart: Sequence[Node], operator: str, position: int) -> None:
        """Says of which operands an operator asks for no place."""
        for one in apart:
            self._note("near-apart", position, operator=operator, operand=one.as_typed())

    @cached_property
    def _words_from(self) -> list[int]:
        """How many words stand in each lexeme and those behind it; 0 behind the last."""
        counts = (
            len(one.text.split()) if one.kind in {Kind.WORD, Kind.PHRASE} else 0
            for one in reversed(self._lexemes)
        )
        return [*accumulate(counts, initial=0)][::-1]


def _without(node: Node) -> list[Node]:
    return [node if isinstance(node, Exclude) else Exclude(node.as_written())]


def _pairs(node: Node) -> int:
    """How many nodes at the most stand in a node's groups."""
    return max(1, sum(map(_pairs, node.children()))) if isinstance(node, AllOf | AnyOf) else 1
