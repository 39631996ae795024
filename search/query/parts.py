"""A query said back in parts: what each asks for in words, and the query without it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from search.query.syntax.boolean import AllOf, AnyOf, Exclude, all_of
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from search.query.times import times_in, times_of_phrase, times_of_words_in
from search.response import Part


def parts_of(root: Node | None, text: str) -> tuple[Part, ...]:
    """The parts of the tree of a text, in its order; none of a query that asks for nothing."""
    if root is None:
        return ()
    if times_in(text):
        root = _with_times(root, times_of_words_in(text), text)
    nodes = root.nodes if isinstance(root, AllOf) else (root,)
    return tuple(
        [
            Part(node.told(), query, isinstance(node, Word) and node.scope is None, node.optional)
            for node, query in zip(nodes, _without_each(nodes), strict=True)
        ]
    )


def times_of_words(root: Node | None, text: str) -> Mapping[str, str]:
    """The times that are parts of a tree of words of any field, by each of their two words."""
    times = times_of_words_in(text)
    if not times or not isinstance(root, AllOf):
        return {}
    typed = {f"{hour}:{minutes}": (hour, minutes) for hour, minutes in times}
    nodes = _with_times(root, times, text).children()
    said = [one.typed for one in nodes if isinstance(one, Word) and one.scope is None]
    return {word: time for time in said if time in typed for word in typed[time]}


def _with_times(node: Node, times: Collection[tuple[str, str]], text: str) -> Node:
    """The tree of a text with one word for the two of each time; ``times``: those of words."""
    if isinstance(node, Exclude):
        return Exclude(_with_times(node.node, times, text))
    if isinstance(node, Phrase):
        of_phrase = times_of_phrase(node.surfaces, text)
        return replace(node, surfaces=_times_whole(node.surfaces, of_phrase))
    if not isinstance(node, AllOf | AnyOf):
        return node
    found: list[Node] = []
    for child in node.nodes:
        last = found[-1] if found else None
        if isinstance(node, AllOf) and isinstance(last, Word) and isinstance(child, Word):
            hour, minutes = last.surface, child.surface
            if (hour, minutes) in times and last.scope == child.scope:
                time = f"{hour}:{minutes}"
                found[-1] = replace(last, surface=time, stem=time, typed=time)
                continue
        found.append(_with_times(child, times, text))
    return node.with_children(found)


def _times_whole(surfaces: Sequence[str], times: Collection[tuple[str, str]]) -> tuple[str, ...]:
    found: list[str] = []
    for surface in surfaces:
        if found and (found[-1], surface) in times:
            found[-1] += f":{surface}"
        else:
            found.append(surface)
    return tuple(found)


def _without_each(nodes: tuple[Node, ...]) -> Sequence[str]:
    """What is typed for the nodes without each in turn."""
    for node in nodes:
        if not isinstance(node, Word) or node.signed:
            return [_typed((*nodes[:at], *nodes[at + 1 :])) for at in range(len(nodes))]
    texts = [node.as_typed() for node in nodes]  # each is typed the same among others
    return [" ".join(texts[:at] + texts[at + 1 :]) for at in range(len(texts))]


def _typed(nodes: tuple[Node, ...]) -> str:
    rest = all_of(nodes)
    return "" if rest is None else rest.as_typed()
