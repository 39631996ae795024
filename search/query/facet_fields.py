"""Values of facets in a query: ``sumber:antara,detik``, ``sumber:(cnn indonesia, "jawa pos")``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field, replace

from index.fields import FACET_NAMES
from index.light_dataclass import dataclass
from search.query.foreign import FUZZY, without_signs
from search.query.lexeme import Kind, Lexeme
from search.query.lexemes import UNSEEN
from search.query.syntax.boolean import any_of
from search.query.syntax.filters import FacetIs
from search.query.syntax.node import Node
from search.query.wild import has_pattern
from search.query.words import Noting

_OF_VALUES = frozenset({Kind.WORD, Kind.PHRASE, Kind.EXACTLY})
_PARTING = re.compile(r"[,;|]")
"""What parts values."""


@dataclass(slots=True)
class _Value:
    """One value in a group: its words, each with its place in the query."""

    whole: bool
    words: list[tuple[str, int]] = field(default_factory=list)


class FacetFields:
    """Reads values of facets from the lexemes of one query."""

    def __init__(self, lexemes: Sequence[Lexeme], note: Noting) -> None:
        self._lexemes = lexemes
        self._note = note

    def alone(self, name: Lexeme, written: Lexeme) -> list[Node]:
        """The value directly behind a facet's name, or several with commas between them."""
        values = self._values(written)
        found = any_of(node for one in values for node in _facet(name, one, name.position))
        return [] if found is None else [found]

    def group(self, name: Lexeme, first: Lexeme, following: int) -> tuple[list[Node], int]:
        """The values in a facet's group that begin with a lexeme; one of them must fit.

        ``following``: the number of the lexeme behind the first. Also gives the number of the one
        behind the values.
        """
        written = [_Value(name.whole)]
        lexeme = first
        while True:
            if lexeme.kind is Kind.EXACTLY:
                written.append(_Value(whole=True))
            elif lexeme.kind is Kind.PHRASE:
                if written[-1].words:
                    written.append(_Value(name.whole))
                written[-1].words += [(one, lexeme.position) for one in self._values(lexeme)]
                written.append(_Value(name.whole))
            else:
                begun, *others = self._values(lexeme)
                written[-1].words.append((begun, lexeme.position))
                written += [_Value(name.whole, [(one, lexeme.position)]) for one in others]
            if following == len(self._lexemes) or self._lexemes[following].kind not in _OF_VALUES:
                break
            lexeme = self._lexemes[following]
            following += 1
        found = any_of(
            node
            for one in written
            for node in _facet(
                replace(name, whole=one.whole),
                " ".join(text for text, _ in one.words if text),
                one.words[0][1] if one.words else 0,
            )
        )
        return [] if found is None else [found], following

    def _values(self, written: Lexeme) -> list[str]:
        """The values that are meant: no part of one is a pattern, nor may it have other letters."""
        if written.near is not None:
            near_by = written.near
            self._note("lone-operator", near_by.position, operator=near_by.written)
        if written.kind is not Kind.WORD:
            return [self._without_signs(written.text, written.position + 1, is_word=False)]
        found: list[str] = []
        at = 0
        for one in _PARTING.split(written.text):
            at = written.text.index(one, at)
            found.append(self._without_signs(one, written.position + at, is_word=True))
            at += len(one)
        return found

    def _without_signs(self, text: str, position: int, *, is_word: bool) -> str:
        """A value that is written at ``position``, blanks around it, perhaps."""
        without = value = text.strip()
        while without.endswith("*"):
            without = without.rstrip("*").rstrip()
        if is_word and (has_pattern(value) or FUZZY.fullmatch(value)):
            without = without_signs(value)
        if without != value:
            begin = position + text.index(value)
            self._note("unknown-operator", begin, operator=value, read_as=without)
        return UNSEEN.sub("", without).strip()


def _facet(name: Lexeme, value: str, position: int) -> list[Node]:
    if not value:
        return []
    return [FacetIs(FACET_NAMES[name.text], value, name.whole, name.text, position)]
