"""A query as a form with fields: written in the query language, and read back from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from index.fields import BY_NAME, Facet
from search.query.parse import parse
from search.query.syntax.boolean import AllOf, AnyOf, Exclude, grouped_as_typed
from search.query.syntax.filters import DateRange, FacetIs
from search.query.syntax.near import Near
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word

DISTANCE = 5
"""How many words apart what is near each other may stand, unless something else is given."""


class Where(StrEnum):
    """Where the words of a form stand."""

    ANYWHERE = ""
    TITLE = "judul"
    BODY = "isi"
    OPENING = "awal"
    SENTENCE = "kalimat"


@dataclass(frozen=True, slots=True)
class Form:
    """The fields, as somebody fills them in.

    ``words``: all of these, in the query language. ``phrase``: as written, in a row. ``either``:
    one of these. ``none``: none of these. ``near``: words at most ``distance`` apart. ``facets``:
    for each some values, with commas between them. ``since``, ``until``: days in words or numbers.
    """

    words: str = ""
    phrase: str = ""
    either: str = ""
    none: str = ""
    near: str = ""
    distance: int = DISTANCE
    where: Where = Where.ANYWHERE
    since: str = ""
    until: str = ""
    facets: Mapping[Facet, str] = field(default_factory=dict)


_CHUNK = re.compile(r"""["\u201c\u201d][^"\u201c\u201d]*["\u201c\u201d]?|[^\s,"\u201c\u201d]+""")
_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e'
_UNQUOTED = str.maketrans(dict.fromkeys(_QUOTES, " "))


def written(form: Form) -> str:
    """The query of a form; empty where nothing is filled in."""
    either = _chunks(form.either)
    near = _chunks(form.near)
    sought = [
        " ".join(form.words.split()),
        _quoted(form.phrase),
        f"({' OR '.join(either)})" if len(either) > 1 else " ".join(either),
        f" NEAR/{form.distance} ".join(near),
    ]
    sought = [part for part in sought if part]
    if form.where is not Where.ANYWHERE and sought:
        inside = " ".join(sought)
        alone = len(sought) == 1 and re.fullmatch(r'"[^"]*"|\w+|\([^()]*\)', inside)
        sought = [f"{form.where.value}:{inside if alone else f'({inside})'}"]
    parts = [*sought, *(f"-{chunk}" for chunk in _chunks(form.none))]
    for facet in Facet:
        parts += _of_facet(facet, form.facets.get(facet, ""))
    for name, day in (("sejak", form.since), ("sampai", form.until)):
        text = " ".join(day.translate(_UNQUOTED).split())
        if text:
            parts.append(f"{name}:{_bare_or_quoted(text)}")
    return " ".join(parts)


def filled(query: str) -> Form:
    """A form that asks what a query does. What has no field of its own stands among the words."""
    root = parse(query).root
    nodes = () if root is None else root.nodes if isinstance(root, AllOf) else (root,)
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
        case FacetIs(facet=facet, value=value, whole=False) if (
            facet not in form.facets and "," not in value
        ):
            return replace(form, facets={**form.facets, facet: value})
        case AnyOf(nodes=nodes):
            return _with_values(form, nodes)
        case DateRange(first=first, last=None) if first is not None and not form.since:
            return replace(form, since=first.isoformat())
        case DateRange(first=None, last=last) if last is not None and not form.until:
            return replace(form, until=last.isoformat())
    return None


def _with_values(form: Form, nodes: Sequence[Node]) -> Form | None:
    """The form with the values of one facet, where the nodes are that."""
    values = [one for one in nodes if isinstance(one, FacetIs) and not one.whole]
    facets = {one.facet for one in values}
    if len(values) < len(nodes) or len(facets) > 1 or any("," in one.value for one in values):
        return None
    (facet,) = facets
    if facet in form.facets:
        return None
    listed = ", ".join(one.value for one in values)
    return replace(form, facets={**form.facets, facet: listed})


def _is_plain(node: Node) -> bool:
    """Whether it is a word or a phrase of all fields."""
    return isinstance(node, Word | Phrase) and node.scope is None


def _typed(nodes: Iterable[Node]) -> str:
    return " ".join(node.as_typed() for node in nodes)


def _chunks(text: str) -> list[str]:
    """The words and phrases of a field, each as it is typed in a query."""
    return [chunk for one in _CHUNK.findall(text) if (chunk := _operand(one))]


def _operand(chunk: str) -> str:
    """A word or a phrase as one operand; in quotation marks where it would be read as more."""
    root = parse(chunk).root
    if isinstance(root, Phrase):
        return _quoted(chunk)
    return chunk if root is not None and not root.children() else _quoted(chunk)


def _quoted(text: str) -> str:
    inside = " ".join(text.translate(_UNQUOTED).split())
    return f'"{inside}"' if inside else ""


def _bare_or_quoted(text: str) -> str:
    return text if re.fullmatch(r"[\w./-]+", text) else f'"{text}"'


def _of_facet(facet: Facet, text: str) -> list[str]:
    """The filter by values with commas between them."""
    name = BY_NAME[facet].query_names[0]
    values = [" ".join(one.translate(_UNQUOTED).split()) for one in text.split(",")]
    typed = [_bare_or_quoted(value) for value in values if value]
    if not typed:
        return []
    return [f"{name}:{typed[0]}" if len(typed) == 1 else f"{name}:({', '.join(typed)})"]
