"""A form with fields for parts of a question, and the query that it is written as."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from index.fields import BY_NAME, Facet
from index.light_dataclass import dataclass
from search.query.lexemes import QUOTES
from search.query.parse import parse
from search.query.syntax.boolean import AllOf, AnyOf, Exclude, all_of, grouped_as_typed
from search.query.syntax.filters import BARE
from search.query.syntax.node import Node

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
_CHUNK = re.compile(
    r"""["\u201c\u201d][^"\u201c\u201d]*["\u201c\u201d]?|(?:[^\s,"\u201c\u201d]|(?<=\d),(?=\d))+"""
)
_SIGNS = "-+\u2010\u2011\u2212\u2013\ufe63\uff0b\uff0d"
"""Before words that are excluded without them: twice excluded they would be sought."""
_NUMBERS = re.compile(r"[0-9]+(?:/[0-9]+)+")
"""Days such as ``16/06/2025``."""
_GROUPED = re.compile("[()]")
_STRAIGHT = str.maketrans(dict.fromkeys(QUOTES, '"'))
_UNQUOTED = str.maketrans(dict.fromkeys(QUOTES, " "))


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
    parts = [*sought, *_unwanted(form.none, sought)]
    for facet in Facet:
        parts += _of_facet(facet, form.facets.get(facet, ""))
    for name, day in (("sejak", form.since), ("sampai", form.until)):
        text = " ".join(day.translate(_UNQUOTED).split())
        if text:
            parts.append(_field(name, text))
    return " ".join(parts)


def standing_alone(text: str) -> str:
    """A query that means the same whatever stands around it: open quotation marks are closed.

    As it was typed where that is so, else as it was understood.
    """
    typed = " ".join(text.split())
    understood = " ".join(map(grouped_as_typed, nodes_of(parse(typed).root)))
    other = _other_than(typed)
    for before, behind in (
        ("", f" {other}"),
        (f"{other} ", f' "{other}"'),
        ("judul:(", f' "{other}") {other}'),
        ("isi:(", f" {other}) -{other}"),
    ):
        if parse(f"{before}{typed}{behind}").root != parse(f"{before}{understood}{behind}").root:
            return understood
    return typed


def _other_than(text: str) -> str:
    """A word that does not occur in the text."""
    probe = "q"
    while probe in text.casefold():
        probe += "q"
    return probe


def nodes_of(root: Node | None) -> tuple[Node, ...]:
    """What a query asks for, all of which must match."""
    return () if root is None else root.nodes if isinstance(root, AllOf) else (root,)


def _chunks(text: str) -> list[str]:
    """The words and phrases of a field, each as it is typed in a query."""
    return [chunk for one in _CHUNK.findall(text) if (chunk := _operand(one))]


def _unwanted(text: str, sought: Sequence[str]) -> list[str]:
    """The words and phrases of a field, each excluded behind what is sought."""
    found = [chunk for one in _CHUNK.findall(text) if (chunk := _operand(one.lstrip(_SIGNS)))]
    excluded = [f"-{one if _excludes(one) else _quoted(one)}" for one in found]
    before, behind = _kinds(sought), _kinds([*sought, *excluded])
    alone = _kinds([_other_than(text), *excluded])
    # Names behind dashes, and a word behind itself, would be sought.
    if behind != (before[0], before[1] + alone[1]):
        return [f"-({one[1:]})" for one in excluded]
    return excluded


def _kinds(parts: Sequence[str]) -> tuple[int, int]:
    """How many nodes a query asks for and how many it excludes."""
    nodes = nodes_of(parse(" ".join(parts)).root)
    excluded = sum(isinstance(one, Exclude) for one in nodes)
    return len(nodes) - excluded, excluded


def _excludes(chunk: str) -> bool:
    """Whether a minus before a word or phrase excludes it; not before ``17``, ``nya``."""
    return _kinds([_other_than(chunk), f"-{chunk}"]) == (1, 1)


def _operand(chunk: str) -> str:
    """A word or a phrase as one operand; in quotation marks where it would be read as more.

    Empty where nothing in it can be searched for.
    """
    if not chunk:
        return ""
    quoted = _quoted(chunk)
    typed = quoted if chunk[0] in QUOTES else chunk
    root, other = parse(typed).root, parse(word := _other_than(chunk)).root
    if (
        root is not None
        and other is not None
        and not root.children()
        and (typed == quoted or not _GROUPED.search(typed))
    ):
        between = parse(f"{word} {typed} ({word} OR {typed})").root
        if between == all_of((other, root, AnyOf((other, root)))):
            return typed
    return "" if parse(quoted).root is None else quoted


def _quoted(text: str) -> str:
    inside = " ".join(text.translate(_UNQUOTED).split())
    return f'"{inside}"' if inside else ""


def _field(name: str, value: str) -> str:
    """A field with one value, in quotation marks where it would be read as more without them."""
    bare, quoted = f"{name}:{value}", f'{name}:"{value}"'
    plain = BARE.fullmatch(value) or _NUMBERS.fullmatch(value)
    return bare if plain and parse(bare).root == parse(quoted).root else quoted


def _of_facet(facet: Facet, text: str) -> list[str]:
    """The filter by values with commas between them, and one for each that is excluded."""
    name = BY_NAME[facet].query_names[0]
    wanted: list[str] = []
    excluded: list[str] = []
    for sign, quoted, bare in _VALUE.findall(text.translate(_STRAIGHT)):
        value = " ".join((quoted or bare).translate(_UNQUOTED).split())
        if value:
            (excluded if sign else wanted).append(_field(name, value))
    if len(wanted) > 1:
        values = ", ".join(one.removeprefix(f"{name}:") for one in wanted)
        wanted = [f"{name}:({values})"]
    return [*wanted, *(f"-{one}" for one in excluded)]
