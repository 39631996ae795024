"""The form that asks what a query does: each part of the query in the field that is its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.fields import Facet
from search.query.form import Form, Where, nodes_of, standing_alone, written
from search.query.parse import parse
from search.query.syntax.boolean import AnyOf, Exclude, grouped_as_typed
from search.query.syntax.filters import DateRange, FacetIs
from search.query.syntax.near import Near
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word


def filled(query: str) -> Form:
    """A form that asks what a query does. What has no field of its own stands among the words.

    Where all that is sought stands in one field (``judul:``), that is the form's.
    """
    nodes = nodes_of(parse(query).root)
    for where in Where:
        form = _inside(where, nodes)
        if form is not None and _asked(written(form)) == set(nodes):
            return form
    form = _filled(nodes)
    return form if _asked(written(form)) == set(nodes) else Form(words=standing_alone(query))


def _asked(query: str) -> set[Node]:
    return set(nodes_of(parse(query).root))


def _inside(where: Where, nodes: Sequence[Node]) -> Form | None:
    """The form of what is sought in one field, its name taken away; whether it fits is to be seen.

    None where nothing is sought there.
    """
    if where is Where.ANYWHERE:
        return None
    name = re.compile(rf"(?<![\w:]){where.value}:")
    sought = [node for node in nodes if not isinstance(node, DateRange | FacetIs | Exclude)]
    typed = [grouped_as_typed(node) for node in sought]
    if not typed or not all(map(name.search, typed)):
        return None
    others = [node for node in nodes if node not in sought]
    words = " ".join(name.sub("", text) for text in typed)
    if len(nodes_of(parse(words).root)) == 1 and words.startswith("("):
        words = words.removeprefix("(").removesuffix(")")
    inner = _filled([*nodes_of(parse(words).root), *others])
    return replace(inner, where=where)


def _filled(nodes: Sequence[Node]) -> Form:
    form, rest = Form(), []
    for node in nodes:
        more = _with(form, node)
        if more is None:
            rest.append(grouped_as_typed(node))
        else:
            form = more
    return replace(form, words=" ".join(rest))


def _with(  # noqa: PLR0911 - one answer for each kind of node
    form: Form, node: Node
) -> Form | None:
    """The form with a node in the field that is its own; None where it has none, or it is taken."""
    match node:
        case Phrase(surfaces=surfaces, scope=None) if not form.phrase and len(surfaces) > 1:
            return replace(form, phrase=" ".join(surfaces))
        case AnyOf(nodes=nodes) if not form.either and all(map(_is_plain, nodes)):
            return replace(form, either=_typed(nodes))
        case Exclude(node=inner) if _is_plain(inner):
            return replace(form, none=f"{form.none} {_typed((inner,))}".strip())
        case Near(nodes=nodes, distance=distance, ordered=False, scope=None) if (
            not form.near and all(isinstance(one, Word) for one in nodes)
        ):
            return replace(form, near=_typed(nodes), distance=distance)
        case FacetIs() if not _has_values(form, node.facet):
            return _with_values(form, (node,))
        case Exclude(node=FacetIs(facet=facet, value=value, whole=False)):
            return _with_listed(form, facet, f"-{_listed(value)}")
        case AnyOf(nodes=nodes):
            return _with_values(form, nodes)
        case DateRange(first=first, last=None) if first is not None and not form.since:
            return replace(form, since=first.isoformat())
        case DateRange(first=None, last=last) if last is not None and not form.until:
            return replace(form, until=last.isoformat())
    return None


def _with_values(form: Form, nodes: Sequence[Node]) -> Form | None:
    """The form with the values of one facet, where the nodes are that and it has none yet."""
    values = [one for one in nodes if isinstance(one, FacetIs) and not one.whole]
    facets = {one.facet for one in values}
    if len(values) < len(nodes) or len(facets) > 1:
        return None
    (facet,) = facets
    if _has_values(form, facet):
        return None
    return _with_listed(form, facet, ", ".join(_listed(one.value) for one in values))


def _has_values(form: Form, facet: Facet) -> bool:
    """Whether there are values already of which one must fit."""
    listed = form.facets.get(facet, "")
    return any(not one.startswith("-") for one in listed.split(", ") if one)


def _with_listed(form: Form, facet: Facet, listed: str) -> Form:
    before = form.facets.get(facet, "")
    return replace(form, facets={**form.facets, facet: f"{before}, {listed}" if before else listed})


def _listed(value: str) -> str:
    """A value among others, in quotation marks where it has signs that part or exclude."""
    return value if value[:1].isalnum() and "," not in value else f'"{value}"'


def _is_plain(node: Node) -> bool:
    """Whether it is a word or a phrase of all fields."""
    return isinstance(node, Word | Phrase) and node.scope is None


def _typed(nodes: Iterable[Node]) -> str:
    return " ".join(node.as_typed() for node in nodes)
