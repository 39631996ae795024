"""Of which names a query excludes the first word alone: ``-Maluku Tengah``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.analysis.sentences import is_short
from search.query.foreign import IN_TEXT
from search.query.lexeme import Kind, Lexeme

_LONGEST = 5
"""Words of a name, ``PT Bank Rakyat Indonesia Tbk``; more with capitals are a headline."""
_NAMED = re.compile(r"(?P<word>\w(?:[\w.'\u2019-]*\w)?)(?P<behind>[.,;:!?]*)")


def name_behind(
    lexemes: Sequence[Lexeme], sign: int, following: int, text: str
) -> tuple[str, str] | None:
    """The name behind a sign that excludes its first word alone, and what is excluded, as typed.

    ``sign``: its number among the lexemes of a ``text``, ``following``: that of the lexeme behind
    what it excludes. None where that is not one word, of any text or of one field of texts, or may
    be no part of a name. A name ends at a mark that ends no short form (``Kab.``).
    """
    first = following - 1
    if text.isupper() or lexemes[first].kind is not Kind.WORD:
        return None
    before = lexemes[sign + 1 : first]
    if len(before) > 1 or any(
        one.kind is not Kind.FIELD or one.text not in IN_TEXT for one in before
    ):
        return None
    start = lexemes[sign + 1].position
    ends: list[int] = []
    reached = lexemes[first].position
    for one in lexemes[first:]:
        match = _NAMED.fullmatch(one.text)
        if one.kind is not Kind.WORD or one.literal or match is None or not one.text[0].isupper():
            break
        if text[reached : one.position].strip():
            break  # what was left out
        reached = one.position + len(one.text)
        ends.append(one.position + match.end("word"))
        if match["behind"] and not (match["behind"] == "." and is_short(match["word"].encode())):
            break
    if not 1 < len(ends) <= _LONGEST:
        return None
    return text[start : ends[-1]], text[start : ends[0]]
