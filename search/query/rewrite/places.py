"""Where the plain words of a query stand in its text, so that they can be typed anew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from index.analysis import TextAnalysis, Token, fold
from index.analysis.tokenizer import MAX_TERM_CHARACTERS
from index.fields import SCOPES
from index.patterns import on_use

_LEXEME = on_use(
    r"""
    ["\u201c\u201d\u201e] [^"\u201c\u201d\u201e]* ["\u201c\u201d\u201e]?
  | (?P<word> [^\s()"\u201c\u201d\u201e]+ )
    """,
    re.VERBOSE,
)
_PLAIN = re.compile(r"[A-Za-z0-9 ]*")
_PUNCTUATION = "?!.,;:"
_EXCLUDING = ("-", "\u2212")
_SIGNS = frozenset("*?~^[]{}<>=|\\#@")
"""What stands in patterns, of any search engine, and in addresses."""


def plain_tokens(text: str, how: TextAnalysis) -> Iterator[Token]:
    """The tokens of a query that are words and nothing else, in order.

    Not those in quotes, behind a minus or as the value of a facet or date, nor any beside a sign
    that may be meant as an operator.
    """
    if _PLAIN.fullmatch(text):
        yield from how.tokens(text)
        return
    for match in _LEXEME.finditer(text):
        lexeme = match["word"]
        if lexeme is None or lexeme.startswith(_EXCLUDING):
            continue
        name, colon, value = lexeme.rstrip(_PUNCTUATION).partition(":")
        if (colon and fold(name) not in SCOPES) or not _SIGNS.isdisjoint(value or name):
            continue
        start = match.start() + len(name) + 1 if colon else match.start()
        for token in how.tokens(value or name):
            yield Token(token.start + start, token.end + start, token.surface, token.stem)


def plain_texts(text: str, how: TextAnalysis) -> list[tuple[str, str, int]]:
    """The surface forms of ``plain_tokens``, each as it was typed, and where it begins."""
    if not _PLAIN.fullmatch(text):
        return [
            (token.surface, text[token.start : token.end], token.start)
            for token in plain_tokens(text, how)
        ]
    found, at = [], 0
    for chunk in text.split(" "):
        if chunk.isalpha():  # between two blanks it is one token
            found.append((chunk.lower()[:MAX_TERM_CHARACTERS], chunk, at))
        elif chunk:
            found += [
                (token.surface, chunk[token.start : token.end], at + token.start)
                for token in how.chunk(chunk)
            ]
        at += len(chunk) + 1
    return found


def retyped(text: str, how: TextAnalysis, replacements: Mapping[str, str]) -> str:
    """The text with the plain words of some surface forms replaced, in the case of each."""
    pieces = []
    at = 0
    for token in plain_tokens(text, how):
        replacement = replacements.get(token.surface)
        if replacement is not None:
            typed = text[token.start : token.end]
            pieces += [text[at : token.start], _in_case_of(typed, replacement)]
            at = token.end
    return "".join([*pieces, text[at:]])


def _in_case_of(typed: str, word: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if typed[:1].isupper() else word
