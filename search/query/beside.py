"""How operands of NEAR, ``awal:`` and ``kalimat:`` are joined: word by word, where they are groups.

Only what has a place in a text can stand near something: words, phrases, and alternatives of them.
Of a group of which all must match, each does: ``(a b) NEAR/5 c`` is ``a NEAR/5 c`` and
``b NEAR/5 c``. What has no place, such as a filter or what is excluded, is asked of the whole
article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from index.fields import LEAD_FIELD
from search.query.syntax.boolean import AllOf, AnyOf, Exclude, all_of, any_of
from search.query.syntax.near import WORDS, InSentence, Near, Opening, in_scope
from search.query.syntax.node import Node
from search.query.syntax.pattern import Fuzzy, Pattern, PatternPhrase, Prefix
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word

Join = Callable[[Node, Node, str | None], Node]
"""Two nodes of one scope, which is given, to one."""

_NOWHERE = "?"


class Beside:
    """Joins operands of one operator. ``apart``: what of them has no place beside the rest.

    ``scope``: the field that they are searched for in, None where they may be in any.
    """

    def __init__(self, join: Join, scope: str | None = None) -> None:
        self.apart: list[Node] = []
        self._join = join
        self._scope = scope

    def both(self, left: Node, right: Node) -> Node:
        """The one beside the other."""
        for node, other, is_left in ((left, right, True), (right, left, False)):
            if _scope(node) != _NOWHERE:
                continue

            def beside(one: Node, other: Node = other, *, is_left: bool = is_left) -> Node:
                return self.both(one, other) if is_left else self.both(other, one)

            if isinstance(node, AnyOf):
                return _any(beside(one) for one in node.nodes)
            parts = _parts(node)
            insisted_on = [one for one in parts if not one.optional] or parts
            placed = [one for one in insisted_on if _has_place(one)]
            rest = [one for one in parts if one not in placed]
            self.apart += [one for one in rest if not one.optional]
            if placed:
                return _all([*map(beside, placed), *rest])
            return _all([left, right])
        return self._placed(left, right)

    def _placed(self, left: Node, right: Node) -> Node:
        scopes = {self._scope, _scope(left), _scope(right)} - {None}
        if len(scopes) > 1:
            self.apart.append(right)
            return _all([left, right])
        scope = scopes.pop() if scopes else None
        ours, theirs = (in_scope(one.as_written(), scope) for one in (left, right))
        return self._join(ours, theirs, scope)


def near(distance: int, *, ordered: bool) -> Join:
    """How NEAR joins."""
    return lambda left, right, scope: Near((left, right), distance, ordered, scope)


def same_sentence(left: Node, right: Node, scope: str | None) -> Node:  # noqa: ARG001 - a body's
    """How ``W/S`` joins: several in a row are all in one sentence."""
    nodes = [
        one
        for node in (left, right)
        for one in (node.nodes if isinstance(node, InSentence) else (node,))
    ]
    distinct = tuple(dict.fromkeys(nodes))
    return in_sentence(distinct[0]) if len(distinct) == 1 else InSentence(distinct)


def in_sentence(node: Node) -> Node:
    """A node that has a place, in one sentence: one word always is."""
    words = node.nodes if isinstance(node, AnyOf) else (node,)
    return node if all(map(_is_in_one, words)) else InSentence((node,))


def sentence(node: Node, apart: list[Node]) -> Node:
    """All that a group asks for, in one sentence; adds to ``apart`` what has no place in one."""
    placed: list[Node] = []
    rest: list[Node] = []
    for part in _parts(node):
        one = part
        if isinstance(part, AnyOf) and _scope(part) == _NOWHERE:
            one = _any(sentence(other, apart) for other in part.nodes)
        if _scope(one) == LEAD_FIELD:
            placed += one.nodes if isinstance(one, InSentence) else (one,)
        else:
            rest.append(one)
            apart += [] if one is not part else [one]
    placed = list(dict.fromkeys(one.as_written() for one in placed))
    if len(placed) > 1:
        return _all([InSentence(tuple(placed)), *rest])
    return _all([*map(in_sentence, placed), *rest])


def opening(node: Node, apart: list[Node]) -> Node:
    """All that a group asks for, in an article's first words; adds to ``apart`` what has no place.

    That is as it was.
    """
    if isinstance(node, Exclude):
        return Exclude(opening(node.node, apart))
    if isinstance(node, AllOf):
        return _all([opening(one, apart) for one in node.nodes])
    if isinstance(node, Opening):
        return node
    if _scope(node) == LEAD_FIELD:
        return Opening(node)
    if isinstance(node, AnyOf):
        return _any([opening(one, apart) for one in node.nodes])
    apart.append(node)
    return node


def in_other_field(node: Node, scope: str) -> list[Node]:
    """What of a group that stands in a field of texts is searched for in another one."""
    if isinstance(node, Exclude):
        return in_other_field(node.node, scope)
    if isinstance(node, AllOf | AnyOf):
        return [found for one in node.nodes for found in in_other_field(one, scope)]
    return [] if _scope(node) in {_NOWHERE, scope} else [node]


def word_count(node: Node) -> int:
    """How many words a tree has: those that are typed for it."""
    if isinstance(node, Exclude | Opening):
        return word_count(node.node)
    if isinstance(node, Phrase | PatternPhrase):
        return len(node.surfaces if isinstance(node, Phrase) else node.words)
    return int(isinstance(node, WORDS)) + sum(map(word_count, node.children()))


def _scope(node: Node) -> str | None:
    """The scope of a node that has a place; ``_NOWHERE`` of one that has none, or several."""
    if isinstance(node, (*WORDS, Near)):
        return node.scope
    if isinstance(node, Opening | InSentence):
        return LEAD_FIELD
    if isinstance(node, AnyOf):
        scopes = set(map(_scope, node.nodes))
        return scopes.pop() if len(scopes) == 1 else _NOWHERE
    return _NOWHERE


def _has_place(node: Node) -> bool:
    """Whether some of a node has a place."""
    if _scope(node) != _NOWHERE:
        return True
    return isinstance(node, AllOf | AnyOf) and any(map(_has_place, node.nodes))


def _is_in_one(node: Node) -> bool:
    if isinstance(node, Phrase):
        return len(node.surfaces) == 1
    return isinstance(node, Word | Prefix | Pattern | Fuzzy | InSentence)


def _parts(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, AllOf) else (node,)


def _all(nodes: Iterable[Node]) -> Node:
    """The nodes, all of which must match; those of groups stand with the rest."""
    found = all_of(part for node in nodes for part in _parts(node))
    assert found is not None  # of nothing, nothing is made
    return found


def _any(nodes: Iterable[Node]) -> Node:
    found = any_of(nodes)
    assert found is not None  # the same
    return found
