"""A query's tree in words, as the specification writes it: ``all(harga, not(beras))``.

===========================  ===================================================================
rendered                     node
===========================  ===================================================================
``beras``                    a word, by its surface form; ``maybe beras``: one that is optional
``+beras``                   one that must match wherever some of the words suffice
``"kereta cepat"``           a phrase; also ``"a * b"``
``makan*`` ``b?njir``        a prefix, a pattern
``banjir~1``                 a fuzzy word and its edits
``all(...)`` ``any(...)``    all of them, one of them
``not(...)``                 what is excluded
``near 5(...)``              words near each other; ``in order near 5(...)``
``opening(...)``             what stands in an article's opening
``sentence(...)``            what stands in one sentence
``title: ...``               in which field: before a word, phrase, pattern or ``near``
``source is antara``         a facet; ``source is whole antara``
``days 2023-06-01 to ...``   days, the last one open; ``undated``: articles without a date
===========================  ===================================================================
"""

from __future__ import annotations

from functools import singledispatch

from search.query.syntax.boolean import AllOf, AnyOf, Exclude
from search.query.syntax.filters import DateRange, FacetIs, Undated
from search.query.syntax.near import InSentence, Near, Opening
from search.query.syntax.node import Node
from search.query.syntax.pattern import Fuzzy, Pattern, PatternPhrase, Prefix
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word

NOTHING = "nothing"


@singledispatch
def rendered(node: Node | None) -> str:
    """The tree below a node in words."""
    assert node is None, f"say in this module how a {type(node).__name__} is written"
    return NOTHING


def _several(nodes: tuple[Node, ...]) -> str:
    return ", ".join(map(rendered, nodes))


def _scoped(node: Word | Phrase | Prefix | Pattern | Fuzzy | PatternPhrase, text: str) -> str:
    return f"{'+' * node.signed}{text}" if node.scope is None else f"{node.scope}: {text}"


@rendered.register
def _(node: Word) -> str:
    return _scoped(node, f"{'maybe ' * node.optional}{node.surface}")


@rendered.register
def _(node: Phrase) -> str:
    return _scoped(node, f'"{" ".join(node.surfaces)}"')


@rendered.register
def _(node: PatternPhrase) -> str:
    return _scoped(node, f'"{" ".join(node.words)}"')


@rendered.register
def _(node: Prefix) -> str:
    return _scoped(node, f"{node.surface}*")


@rendered.register
def _(node: Pattern) -> str:
    return _scoped(node, node.pattern)


@rendered.register
def _(node: Fuzzy) -> str:
    return _scoped(node, f"{node.surface}~{node.distance}")


@rendered.register
def _(node: AllOf) -> str:
    return f"all({_several(node.nodes)})"


@rendered.register
def _(node: AnyOf) -> str:
    return f"any({_several(node.nodes)})"


@rendered.register
def _(node: Exclude) -> str:
    return f"not({rendered(node.node)})"


@rendered.register
def _(node: Near) -> str:
    scope = "" if node.scope is None else f"{node.scope}: "
    return f"{scope}{'in order ' * node.ordered}near {node.distance}({_several(node.nodes)})"


@rendered.register
def _(node: Opening) -> str:
    return f"opening({rendered(node.node)})"


@rendered.register
def _(node: InSentence) -> str:
    return f"sentence({_several(node.nodes)})"


@rendered.register
def _(node: FacetIs) -> str:
    return f"{node.facet} is {'whole ' * node.whole}{node.value}"


@rendered.register
def _(node: DateRange) -> str:
    first, last = (day.isoformat() if day else "..." for day in (node.first, node.last))
    return f"days {first} to {last}"


@rendered.register
def _(node: Undated) -> str:
    del node
    return "undated"
