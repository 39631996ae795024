"""What was typed, as suggestions see it: what is begun at its end, and which words lead to it.

A letter is put behind it and the whole is read as any query is, so that every sign means here what
it means there: the last lexeme is the one that is being typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from index.analysis import TextAnalysis
from index.analysis.plain_letters import in_plain_letters
from index.analysis.tokenizer import (
    APOSTROPHES,
    HYPHENS,
    MAX_TERM_CHARACTERS,
    chunks,
    parts,
)
from index.fields import FACET_NAMES, SCOPES, Facet
from index.light_dataclass import dataclass
from search.query.foreign import OPENINGS, SENTENCES
from search.query.lexeme import Kind, Lexeme
from search.query.lexemes import lexemes

_LETTER = "x"
_CLOSING = {"\u201c": "\u201d", "\u201e": "\u201d", "\u00ab": "\u00bb", "\u301d": "\u301e"}
_SIGNS = re.compile(r"[*?~^=<>\[\]{}\\]")
_SCOPES = {**SCOPES, **dict.fromkeys(OPENINGS | SENTENCES, "body")}
"""The field of texts that a name in front of words stands for, ``kalimat:`` too."""
_JOINING = {Kind.PLUS, Kind.NEAR, Kind.AND}
"""What stands between words that are wanted together."""
_VALUES = {Kind.FIELD, Kind.STRANGER, Kind.STRANGE_FILTER}


@dataclass(frozen=True, slots=True)
class Leading:
    """A word that stands before: its term among surface forms, and where it is typed."""

    term: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BegunWord:
    """A word that is begun at ``start``; ``beginning`` is the beginning of terms, "" for none.

    ``words``: those before it. ``scope``: the field of texts it is sought in, if one is named.
    ``closing``: the quotation mark that belongs behind it, if it is in a phrase that is open.
    ``plain``: whether all that was typed are words; ``text``: whether they are words and phrases,
    all of them in ``words``. ``excluded``: articles that have the word are not wanted.
    """

    words: tuple[Leading, ...]
    start: int
    beginning: str
    scope: str | None = None
    closing: str = ""
    plain: bool = True
    text: bool = True
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class BegunValue:
    """The value of a facet that is begun at ``start``, without quotation marks: ``text``.

    ``whole``: an = stands before it.
    """

    facet: Facet
    start: int
    text: str
    whole: bool


Begun = BegunWord | BegunValue


def begun(typed: str, how: TextAnalysis) -> Iterator[Begun]:
    """What may be completed at the end of what was typed: the readings of it, the best first."""
    found, _ = lexemes(typed + _LETTER)
    if not found or found[-1].kind not in {Kind.WORD, Kind.PHRASE}:
        return
    last = found[-1]
    if last.position + len(last.text) + (last.kind is Kind.PHRASE) != len(typed) + 1:
        return
    value = _value(found, typed)
    if value is not None:
        yield value
        return
    before = found[-2] if len(found) > 1 else None
    scope = None
    if before is not None and before.kind in _VALUES:
        scope = _SCOPES.get(before.text)
        if scope is None:
            return
    first = last.position + (last.kind is Kind.PHRASE)
    if last.literal or _SIGNS.search(typed, first):
        return
    scope = scope or _SCOPES.get(_enclosing(found, _SCOPES.keys()) or "")
    several = _several(found, typed)
    if several is not None:
        yield several
    closing = _closing(last, typed)
    excluded = before is not None and before.kind in {Kind.MINUS, Kind.NOT}
    signs = {one.kind for one in found if not one.literal} | {
        Kind.FIELD for one in found if one.literal
    }
    plain, text = signs == {Kind.WORD}, signs <= {Kind.WORD, Kind.PHRASE} and not closing
    leading = () if excluded or closing else _leading(found[:-1], typed, how)
    readings = [
        BegunWord(leading + inside, start, beginning, scope, closing, plain, text, excluded)
        for inside, start, beginning in _beginnings(typed, first, how)
        if beginning or ((leading or inside) and typed[-1:].isspace())
    ]
    yield from readings
    if not typed.isascii():
        yield from (bare for one in readings if (bare := _in_plain_letters(one)) != one)


def _in_plain_letters(typed: BegunWord) -> BegunWord:
    """What is begun, in plain letters, as most texts have them: ``Erdogan``."""
    words = tuple(replace(one, term=in_plain_letters(one.term)) for one in typed.words)
    return replace(typed, words=words, beginning=in_plain_letters(typed.beginning))


def _closing(last: Lexeme, typed: str) -> str:
    """The quotation mark that ends a phrase, "" for a word."""
    if last.kind is Kind.WORD:
        return ""
    return _CLOSING.get(typed[last.position], typed[last.position])


def _leading(found: Sequence[Lexeme], typed: str, how: TextAnalysis) -> tuple[Leading, ...]:
    """The words before the one that is begun, back to the first sign that ends a row of words."""
    words: list[Leading] = []
    for at in range(len(found) - 1, -1, -1):
        one, before = found[at], found[at - 1].kind if at else None
        if one.kind in _JOINING or (one.kind is Kind.FIELD and one.text in _SCOPES):
            continue
        if one.kind not in {Kind.WORD, Kind.PHRASE} or one.literal:
            break
        of_facet = before in _VALUES and found[at - 1].text not in _SCOPES
        if of_facet or before in {Kind.MINUS, Kind.NOT}:
            break
        start = one.position + (one.kind is Kind.PHRASE)
        words[:0] = _words(typed[start : start + len(one.text)], start, how)
    return tuple(words)


def _words(text: str, offset: int, how: TextAnalysis) -> list[Leading]:
    if text.isascii() and text.isalpha() and len(text) <= MAX_TERM_CHARACTERS:
        return [Leading(text.lower(), offset, offset + len(text))]  # without its stem
    return [
        Leading(token.surface, offset + token.start, offset + token.end)
        for token in how.tokens(text)
    ]


def _beginnings(
    typed: str, first: int, how: TextAnalysis
) -> Iterator[tuple[tuple[Leading, ...], int, str]]:
    """What is begun at the end of the characters from ``first`` on, and the words before it there.

    With a hyphen it may be one term or two words.
    """
    text = typed[first:]
    if text.isascii() and text.isalpha():
        yield (), first, _words(text, first, how)[-1].term
        return
    start, beginning = hyphenated(text)
    if beginning:
        yield tuple(_words(text[:start], first, how)), first + start, beginning
    bare = text
    if text[-1:] and text[-1] in APOSTROPHES and text[-2:-1].isalnum():
        bare = text[:-1]
    words = _words(bare, first, how)
    if words and words[-1].end == first + len(bare):
        yield tuple(words[:-1]), words[-1].start, words[-1].term
    elif not text or text[-1].isspace():
        yield tuple(words), len(typed), ""


def hyphenated(text: str) -> tuple[int, str]:
    """Where the hyphenated word at the end begins, and it as terms are written; else 0 and "".

    The hyphen may be the last character: ``undang-``.
    """
    hyphen = text[-1:] if text.endswith(tuple(HYPHENS)) else ""
    bare = text.removesuffix(hyphen)
    offset, end = (chunks(bare) or [(0, 0)])[-1]
    found = parts(bare[offset:end])
    first = len(found) - 1
    while first > 0 and found[first].joiner == "-":
        first -= 1
    tied = found[max(first, 0) :]
    if end != len(bare) or not tied or (len(tied) == 1 and not hyphen):
        return 0, ""
    beginning = "-".join(part.text for part in tied)
    return offset + tied[0].start, beginning + ("-" if hyphen else "")


def _value(found: Sequence[Lexeme], typed: str) -> BegunValue | None:
    """The value of a facet at the end, if there is one."""
    last, field = found[-1], found[-2] if len(found) > 1 else None
    if field is not None and field.kind is Kind.FIELD:
        if field.text not in FACET_NAMES:
            return None
        quoted = last.kind is Kind.PHRASE
        return BegunValue(
            FACET_NAMES[field.text], last.position, typed[last.position + quoted :], field.whole
        )
    name = _enclosing(found, FACET_NAMES.keys())
    if name is None:
        return None
    at = len(found) - 1
    if last.kind is Kind.WORD:
        while found[at - 1].kind is Kind.WORD and not found[at - 1].text.endswith(","):
            at -= 1
    start = found[at].position
    return BegunValue(FACET_NAMES[name], start, typed[start + (last.kind is Kind.PHRASE) :], False)


def _several(found: Sequence[Lexeme], typed: str) -> BegunValue | None:
    """The value of which these may be the words, were it in quotation marks: ``penulis:nur ja``."""
    at = len(found) - 1
    while at > 0 and found[at].kind is Kind.WORD and found[at - 1].kind is Kind.WORD:
        at -= 1
    field = found[at - 1] if at else None
    if (
        field is None
        or (field.kind is not Kind.FIELD or field.text not in FACET_NAMES)
        or typed[-1:].isspace()
    ):
        return None
    start = found[at].position
    return BegunValue(FACET_NAMES[field.text], start, typed[start:], field.whole)


def _enclosing(found: Sequence[Lexeme], names: Collection[str]) -> str | None:
    """The field of a group that is open at the end, if it is one of the names."""
    depth = 0
    for at in range(len(found) - 1, -1, -1):
        if found[at].kind is Kind.RIGHT:
            depth += 1
        elif found[at].kind is Kind.LEFT:
            if depth:
                depth -= 1
            elif at and found[at - 1].kind is Kind.FIELD and found[at - 1].text in names:
                return found[at - 1].text
    return None
