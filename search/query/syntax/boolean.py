"""Nodes that combine others: all of them, one of them, none of them, the best of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise
from operator import or_

from whoosh import query as whoosh_query
from whoosh.query import Query

from index.bilingual import Text
from index.light_dataclass import dataclass
from index.patterns import on_use
from search.query.day_words import days_apart
from search.query.syntax.node import Marked, Node, both, linked
from search.query.syntax.spellings import Spellings, any_placed
from search.query.syntax.word import Word
from search.query.weights import SYNONYM_WEIGHT, Weights
from search.query.word_query import AnyOfWords, Spelling

_WITHOUT = Text("without {what}", "tanpa {what}")


_EXCLUDABLE = on_use(
    r'(?!(?:nya|lah|kah|pun|ku|mu)$)(?:[^\W\d_A-Z][^\s()"]*|(?:[a-z]+:=?)?"[^"]*")'
)
"""What a sign before it excludes, where parentheses are not needed: no dash stands before it."""


@dataclass(frozen=True, slots=True)
class Exclude(Node):
    """``-word``: the node must not match. It stands directly in an ``AllOf``, or alone."""

    node: Node

    @property
    def restricts(self) -> bool:
        return True

    def compile(self, weights: Weights) -> Query:
        """Alone: all articles but those that match."""
        return whoosh_query.And([whoosh_query.Every(), self.negated(weights)])

    def negated(self, weights: Weights) -> Query:
        """Its query within an And: the ``Not`` of what must not match."""
        return whoosh_query.Not(self.node.compile(weights))

    def marked(self) -> Marked:
        return Marked()

    def width(self) -> int:
        return 0

    def as_typed(self) -> str:
        text = self.node.as_typed()
        is_bare = not isinstance(self.node, AllOf | AnyOf) and _EXCLUDABLE.fullmatch(text)
        return f"-{text}" if is_bare else f"-({text})"

    def told(self, said: str | None = None) -> Text:
        return both(_WITHOUT, what=grouped(self.node, said))


@dataclass(frozen=True, slots=True)
class AllOf(Node):
    """All nodes match but optional ones; excluded ones do not."""

    nodes: tuple[Node, ...]

    @property
    def restricts(self) -> bool:
        return all(node.restricts for node in self.nodes)

    @property
    def optional(self) -> bool:
        return all(node.optional for node in self.nodes)

    @property
    def binds(self) -> bool:
        return any(node.binds for node in self.nodes)

    def compile(self, weights: Weights) -> Query:
        """An And of what must match; an AndMaybe where optional nodes add to its scores."""
        required, optional = parted(self.nodes)
        children = [
            node.negated(weights) if isinstance(node, Exclude) else node.compile(weights)
            for node in required
        ]
        if all(isinstance(node, Exclude) for node in required):
            children.insert(0, whoosh_query.Every())
        query = whoosh_query.And(children)
        if not optional:
            return query
        return whoosh_query.AndMaybe(query, _any_of(optional, weights))

    def marked(self) -> Marked:
        return _all_marked(parted(self.nodes)[0])

    def width(self) -> int:
        return 1

    def children(self) -> tuple[Node, ...]:
        return self.nodes

    def with_children(self, children: Sequence[Node]) -> Node:
        return all_of(children) or self

    def as_written(self) -> Node:
        return AllOf(tuple(node.as_written() for node in self.nodes))

    def bound(self) -> Node:
        """With its optional words as they are, if it has others."""
        required, _ = parted(self.nodes)
        nodes = (node.bound() if node in required else node for node in self.nodes)
        return AllOf(tuple(spliced(nodes)))

    def as_typed(self) -> str:
        """The nodes in a row.

        A word and the same excluded would be read as one that is doubled, and words between
        asterisks as one that is stressed.
        """
        texts = [
            f"-({before.as_typed()})"
            if isinstance(node, Exclude) and before is not None and node.node == before.as_written()
            else grouped_as_typed(node)
            for before, node in pairwise((None, *self.nodes))
            if node is not None
        ]
        last = max((at for at, text in enumerate(texts) if text.endswith("*")), default=0)
        texts = [
            f"({text})" if at < last and text.startswith("*") else text
            for at, text in enumerate(texts)
        ]
        return " ".join(days_apart(text, behind) for text, behind in pairwise((*texts, "")))

    def told(self, said: str | None = None) -> Text:
        return linked((grouped(node, said) for node in self.nodes), Text(" and ", " dan "))


@dataclass(frozen=True, slots=True)
class AnyOf(Node):
    """At least one node matches."""

    nodes: tuple[Node, ...]

    @property
    def restricts(self) -> bool:
        return all(node.restricts for node in self.nodes)

    @property
    def binds(self) -> bool:
        return all(node.binds for node in self.nodes)

    def compile(self, weights: Weights) -> Query:
        return _any_of(self.nodes, weights)

    def spelling(self, weights: Weights) -> Spelling | None:
        """Of words."""
        if not all(isinstance(node, Word) for node in self.nodes):
            return None
        words = tuple([node.ways(weights) for node in self.nodes if isinstance(node, Word)])
        return words[0] if len(words) == 1 else AnyOfWords(words)

    def scoring(self, weights: Weights) -> Query:
        children = [node.scoring(weights) for node in self.nodes]
        return children[0] if len(children) == 1 else whoosh_query.Or(children)

    def placed(self, field: str) -> Query | None:
        return any_placed(self.nodes, field)

    def marked(self) -> Marked:
        return _all_marked(self.nodes)

    def width(self) -> int:
        return 1

    def children(self) -> tuple[Node, ...]:
        return self.nodes

    def with_children(self, children: Sequence[Node]) -> Node:
        return any_of(children) or self

    def as_written(self) -> Node:
        return AnyOf(tuple(node.as_written() for node in self.nodes))

    def bound(self) -> Node:
        return AnyOf(tuple(node.bound() for node in self.nodes))

    def as_typed(self) -> str:
        return " OR ".join(map(grouped_as_typed, self.nodes))

    def told(self, said: str | None = None) -> Text:
        return linked((grouped(node, said) for node in self.nodes), Text(" or ", " atau "))


@dataclass(frozen=True, slots=True)
class Synonyms(Node):
    """What was written, or what the user's words say means the same: the best one counts."""

    written: Node
    others: tuple[Node, ...]

    @property
    def optional(self) -> bool:
        return self.written.optional

    @property
    def binds(self) -> bool:
        return self.written.binds

    def compile(self, weights: Weights) -> Query:
        lesser = weights.times(SYNONYM_WEIGHT)
        return whoosh_query.DisjunctionMax(
            [self.written.compile(weights), *(other.compile(lesser) for other in self.others)]
        )

    def placed(self, field: str) -> Query | None:
        return any_placed((self.written, *self.others), field)

    def marked(self) -> Marked:
        return _all_marked((self.written, *self.others))

    def width(self) -> int:
        return 1

    def as_written(self) -> Node:
        return self.written.as_written()

    def bound(self) -> Node:
        return replace(self, written=self.written.bound())

    def as_typed(self) -> str:
        return self.written.as_typed()

    def told(self, said: str | None = None) -> Text:
        return self.written.told(said)


@dataclass(frozen=True, slots=True)
class Maybe(Node):
    """A node that need not match where others must, and scores what it would if it had to."""

    node: Node

    @property
    def optional(self) -> bool:
        return True

    def compile(self, weights: Weights) -> Query:
        return self.node.compile(weights)

    def marked(self) -> Marked:
        return self.node.marked()

    def width(self) -> int:
        return self.node.width()

    def as_typed(self) -> str:
        return self.node.as_typed()

    def told(self, said: str | None = None) -> Text:
        return self.node.told(said)


def parted(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The nodes that must match, and the optional ones.

    Where nothing else is searched for, nothing is optional.
    """
    required = tuple([node for node in nodes if not node.optional])
    if False not in [node.restricts for node in required]:
        return nodes, ()
    if len(required) == len(nodes):
        return required, ()
    return required, tuple([node for node in nodes if node.optional])


def all_of(nodes: Iterable[Node]) -> Node | None:
    """The nodes, all of which must match, as one. None where there are none.

    Repeated ones stand once, and bind where one of them does.
    """
    several = tuple(nodes)
    if len(several) == 1:
        return several[0]
    distinct = tuple(dict.fromkeys(several))
    if len(distinct) < len(several):
        bound = {node: node for node in several if node.binds}
        distinct = tuple(bound.get(node, node) for node in distinct)
    return distinct[0] if len(distinct) == 1 else AllOf(distinct) if distinct else None


def spliced(nodes: Iterable[Node]) -> Iterator[Node]:
    """The nodes; those of a group in which some bind, and others need not, stand with the rest."""
    for node in nodes:
        if isinstance(node, AllOf) and node.binds:
            yield from spliced(node.nodes)
        else:
            yield node


def any_of(nodes: Iterable[Node]) -> Node | None:
    """The nodes, of which one must match, as one; repeated ones once. None where there are none."""
    several = tuple(nodes)
    if len(several) == 1:
        return several[0]
    distinct = tuple(dict.fromkeys(several))
    return distinct[0] if len(distinct) == 1 else AnyOf(distinct) if distinct else None


def relaxed(node: Node | None) -> Node | None:
    """The tree in which some of the words that must match suffice; None where nothing changes.

    What binds stays as strict as it was. Where that has words, they suffice, and the others add to
    scores; where it has none, one of the others has to match.
    """
    spare = spared(node)
    if not spare:
        return None
    nodes = node.nodes if isinstance(node, AllOf) else spare
    _, optional = parted(nodes)
    bound = tuple(one for one in nodes if one.binds)
    words = tuple(map(loosened, spare))
    if not all(one.restricts for one in bound):
        return AllOf((*bound, *map(Maybe, words), *optional))
    rest = (*bound, *optional)
    return AllOf((AnyOf(words), *rest)) if rest else AnyOf(words)


def spared(node: Node | None) -> tuple[Node, ...]:
    """What must match in a tree, but need not in its ``relaxed`` one, in order.

    Of a name with synonyms the whole. Empty where the tree has no relaxed one.
    """
    if isinstance(node, Synonyms | Spellings):
        node = AllOf((node,))
    if not isinstance(node, AllOf):
        return ()
    required, _ = parted(node.nodes)
    binding = [one for one in required if one.binds]
    spare = tuple([one for one in required if not one.binds]) if binding else required
    if any(not one.restricts for one in binding):
        return spare  # even a single one
    return spare if len(spare) > 1 or any(loosened(one) != one for one in spare) else ()


def insisted_on(node: Node | None) -> tuple[Node, ...]:
    """What of a tree's words binds beside others that are spared.

    Empty where nothing is spared, or something only restricts.
    """
    if not isinstance(node, AllOf) or not spared(node) or any(one.restricts for one in node.nodes):
        return ()
    return tuple(one for one in node.nodes if one.binds)


def loosened(node: Node) -> Node:
    """The node; of a name with synonyms one of the name's required words suffices.

    Of words that are written as one, any suffices, and of a word what its stem finds.
    """
    if isinstance(node, Spellings):
        return node if node.words == (node.written,) else replace(node, written=AnyOf(node.words))
    if isinstance(node, Synonyms) and isinstance(node.written, AllOf):
        words, _ = parted(node.written.nodes)
        return replace(node, written=any_of(words) or node.written)
    return node


def grouped(node: Node, said: str | None) -> Text:
    """A node in words among others."""
    told = node.told(said)
    return both(Text("({what})", "({what})"), what=told) if node.children() else told


def grouped_as_typed(node: Node) -> str:
    """A node as it is typed among others."""
    text = node.as_typed()
    return f"({text})" if isinstance(node, AllOf | AnyOf) else f"{'+' * node.signed}{text}"


def _any_of(nodes: Sequence[Node], weights: Weights) -> Query:
    children = [node.compile(weights) for node in nodes]
    return children[0] if len(children) == 1 else whoosh_query.Or(children)


def _all_marked(nodes: Iterable[Node]) -> Marked:
    several = [node.marked() for node in nodes]
    if len(several) == 1:
        return several[0]
    stems = frozenset[str]().union(*[one.stems for one in several])
    others = [one for one in several if one.beyond_stems]
    return replace(reduce(or_, others), stems=stems) if others else Marked(stems)
