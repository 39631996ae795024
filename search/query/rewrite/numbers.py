"""Rewrite: lets numbers match as articles write them: ``1.5 triliun`` where they have *1,5*.

Newspapers write a comma before decimals and points between thousands; people type it as their
phones and other languages have it. What was typed counts most. A number that may be a time,
such as *10.30*, has decimals only beside what is measured so; beside what tells the time, *8.30* is
*08.30* and *08:30*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.analysis import TextAnalysis
from index.fields import LEAD_FIELD
from search.query.parse import Parsed
from search.query.rewrite.correct import typed_words
from search.query.rewrite.interpretation import Interpretation
from search.query.rewrite.spellings import Compounds
from search.query.syntax.boolean import AllOf, Exclude
from search.query.syntax.node import Node
from search.query.syntax.spellings import SideBySide, Spellings
from search.query.syntax.word import Word
from search.response import Note

_DECIMALS = re.compile(r"([0-9]{1,9})[.,]([0-9]{1,2})")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
"""As English has them."""
_EVEN = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,00")
"""An amount as bills have it."""
_EXCHANGED = {ord(","): ".", ord("."): ","}

_CURRENCIES = frozenset(("rp", "idr", "us", "usd", "sgd", "myr", "eur", "rupiah", "dolar"))
_MEASURES = frozenset(
    (
        *("ribu", "juta", "miliar", "milyar", "triliun", "trilyun", "rb", "jt", "m", "t"),
        *("thousand", "million", "billion", "trillion", "persen", "percent", "derajat"),
        *("km", "cm", "mm", "meter", "kilometer", "hektare", "hektar", "ha", "kg", "gram", "ton"),
        *("kilogram", "liter", "barel", "mw", "gw", "kwh", "sr", "magnitudo", "poin", "basis"),
    )
)

_CLOCKS = frozenset(("pukul", "jam", "pkl", "wib", "wita", "wit"))


def numbers(
    query: Interpretation,
    how: TextAnalysis,
    compounds: Compounds | None = None,
    typed: str | None = None,
) -> Interpretation:
    """The query in which numbers are replaced by ``Spellings``; None: of no index.

    The reader is told where one was not ``typed`` as newspapers write; None: as the query is.
    """
    if query.root is None or compounds is None:
        return query
    found = _Reading(how, compounds)
    root = found.node(query.root)
    if not found.read:
        return query
    foreign = {
        word.surface: other
        for word, other in found.read.items()
        if _is_foreign(word) and ":" not in other  # some newspapers have that, most have not
    }
    written = Parsed(query.text if typed is None else typed, query.root, ())
    places = {one.text: one.position for one in typed_words(written, list(found.read), how)}
    notes = [
        Note("other-number", {"written": text, "other": other}, places.get(text))
        for text, other in foreign.items()
    ]
    return replace(query, root=root, notes=(*query.notes, *notes))


def words_of_numbers(root: Node | None, how: TextAnalysis, compounds: Compounds) -> frozenset[Word]:
    """The words of a query that are numbers which articles write in another way."""
    if root is None:
        return frozenset()
    found = _Reading(how, compounds)
    found.node(root)
    return frozenset(found.read)


def others_of(surface: str, beside: Sequence[str]) -> Iterator[str]:
    """How a number may be written, too; ``beside``: the surface forms of its neighbours."""
    found = _DECIMALS.fullmatch(surface)
    if found is not None:
        whole, decimals = found[1], found[2]
        is_time = len(decimals) == 2 and int(whole) <= 24 and int(decimals) < 60
        if is_time and "." in surface and not _CLOCKS.isdisjoint(beside):
            yield from (f"0{surface}",) if len(whole) == 1 else (surface[1:],) * (whole[0] == "0")
            yield f"{whole:0>2}:{decimals}"
        elif not is_time or not (_CURRENCIES | _MEASURES).isdisjoint(beside):
            yield f"{whole},{decimals}" if "." in surface else f"{whole}.{decimals}"
    elif _THOUSANDS.fullmatch(surface) is not None:
        other = surface.translate(_EXCHANGED)
        yield from (other, other.removesuffix(",00")) if other.endswith(",00") else (other,)
    elif _EVEN.fullmatch(surface) is not None:
        yield surface.removesuffix(",00")


def _is_foreign(word: Word) -> bool:
    """Whether a number was typed otherwise than newspapers write; times have two digits there."""
    if word.surface[:1] == "0" and word.surface[1:2].isdigit():
        return False
    return "." in word.surface or _THOUSANDS.fullmatch(word.surface) is not None


class _Reading:
    """One pass over a tree. ``read``: each number with the other way to write it."""

    def __init__(self, how: TextAnalysis, compounds: Compounds) -> None:
        self.read: dict[Word, str] = {}
        self._how = how
        self._compounds = compounds

    def node(self, node: Node, beside: Sequence[str] = ()) -> Node:
        """The node in which numbers have their other spellings."""
        if isinstance(node, Word):
            return self._word(node, beside)
        if isinstance(node, Exclude):
            return Exclude(self.node(node.node))
        children = node.children()
        if not children:
            return node
        found = [
            self.node(child, _beside(children, at) if isinstance(node, AllOf) else ())
            for at, child in enumerate(children)
        ]
        return node if all(map(_is, found, children)) else node.with_children(found)

    def _word(self, word: Word, beside: Sequence[str]) -> Node:
        if not word.surface[:1].isdigit():
            return word
        others: list[tuple[Node, float]] = []
        field = word.scope or LEAD_FIELD
        for text in others_of(word.surface, beside):
            tokens = self._how.tokens(text)
            stems = [token.stem for token in tokens]
            if all(self._compounds.articles(field, stem) for stem in stems):
                worth = sum(self._compounds.idf(field, stem) for stem in stems)
                words = tuple(Word(token.surface, token.stem, word.scope) for token in tokens)
                other = words[0] if len(words) == 1 else SideBySide(words)
                others.append((other, worth / self._compounds.idf(field, word.stem)))
                self.read.setdefault(word, text)
        return Spellings((word,), word, tuple(others)) if others else word


def _is(one: Node, other: Node) -> bool:
    return one is other


def _beside(nodes: Sequence[Node], at: int) -> list[str]:
    """The surface forms of the words before and behind one."""
    around = [*nodes[max(at - 1, 0) : at], *nodes[at + 1 : at + 2]]
    words = [word for node in around for word in _words(node)]
    return [word.surface for word in words]


def _words(node: Node) -> Sequence[Word]:
    if isinstance(node, Spellings):
        return node.words
    return (node,) if isinstance(node, Word) else ()
