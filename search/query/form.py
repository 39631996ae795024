"""A form with fields for parts of a question, and the query that it is written as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from index.fields import BY_NAME, Facet
from search.query.parse import parse
from search.query.syntax.boolean import AllOf, all_of, grouped_as_typed
from search.query.syntax.node import Node
from search.query.syntax.phrase import Phrase

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
    for each some values, with commas between them; one behind a minus sign is excluded, one in
    quotation marks may have commas. ``since``, ``until``: days in words or numbers.
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


_VALUE = re.compile(r"""\s*([-\u2212\u2013]?)\s*(?:"([^"]*)"?|([^,]+))""")
_CHUNK = re.compile(r"""["\u201c\u201d][^"\u201c\u201d]*["\u201c\u201d]?|[^\s,"\u201c\u201d]+""")
_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb\u301d\u301e'
_STRAIGHT = str.maketrans(dict.fromkeys(_QUOTES, '"'))
_UNQUOTED = str.maketrans(dict.fromkeys(_QUOTES, " "))


def written(form: Form) -> str:
    """The query of a form; empty where nothing is filled in."""
    either = _chunks(form.either)
    near = _chunks(form.near)
    sought = [
        standing_alone(form.words),
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


def standing_alone(text: str) -> str:
    """A query that means the same whatever stands around it: open quotation marks are closed.

    As it was typed where that is so, else as it was understood.
    """
    typed = " ".join(text.split())
    understood = parse(typed).root
    if understood is None:
        return ""
    probe = "q"
    while probe in typed.casefold():
        probe += "q"
    nodes = nodes_of(understood)
    (other,) = nodes_of(parse(probe).root)
    apart = (
        (f"{typed} {probe}", (*nodes, other)),
        (f"{probe} {typed}", (other, *nodes)),
        (f"judul:({typed}) {probe}", (*nodes_of(parse(f"judul:({_typed(nodes)})").root), other)),
    )
    if all(parse(query).root == all_of(expected) for query, expected in apart):
        return typed
    return _typed(nodes)


def nodes_of(root: Node | None) -> tuple[Node, ...]:
    """What a query asks for, all of which must match."""
    return () if root is None else root.nodes if isinstance(root, AllOf) else (root,)


def _typed(nodes: tuple[Node, ...]) -> str:
    return " ".join(map(grouped_as_typed, nodes))


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
    return text if re.fullmatch(r"\w[\w./-]*", text) else f'"{text}"'


def _of_facet(facet: Facet, text: str) -> list[str]:
    """The filter by values with commas between them, and one for each that is excluded."""
    name = BY_NAME[facet].query_names[0]
    values: dict[bool, list[str]] = {True: [], False: []}
    for sign, quoted, bare in _VALUE.findall(text.translate(_STRAIGHT)):
        value = " ".join((quoted or bare).translate(_UNQUOTED).split())
        if value:
            values[bool(sign)].append(_bare_or_quoted(value))
    typed = values[False]
    excluded = [f"-{name}:{value}" for value in values[True]]
    if len(typed) > 1:
        return [f"{name}:({', '.join(typed)})", *excluded]
    return [*(f"{name}:{value}" for value in typed), *excluded]
