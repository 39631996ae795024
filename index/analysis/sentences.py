"""Where sentences begin: behind an end with a blank and a capital, and at every paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from index.analysis.text import Token

_QUOTES = frozenset("\"'“‘«")
_END = re.compile(
    r"[.!?…\n](?:"
    r"(?<=\n)[^\S\n]*+\n\s*+"  # a paragraph
    r"|(?<!\n)[\"'”’»)\]]*+\s++(?=([\"'“‘«(\[]*+)(\w)))"
)
_PARAGRAPH = 2
"""So many line breaks part paragraphs."""

_BEFORE = 24
"""So many characters before a full stop are looked at for an abbreviation."""

_WORD = re.compile(r"[\w.]*\Z")
# Titles and what else stands before a name or a number. Those that close an enumeration or follow a
# name, such as "dll." and "Tbk.", end sentences as often as not.
_ABBREVIATION = re.compile(
    r"prof|dr|drs|dra|drg|drh|ir|hj|kh|kol|mayjen|letjen|brigjen|irjen|komjen|jend"
    r"|jenderal|kapt|mayor|lettu|letda|letkol|kombes|kompol|akp|akbp|iptu|ipda|aiptu"
    r"|aipda|bripka|briptu|bripda|serda|sertu|serka|pratu|praka|tn|ny|nn|sdr|sdri|bpk"
    r"|mr|mrs|ms|st|jl|jln|gg|kab|kec|kel|kep|prov|ds|dsn|no|nomor|telp|hp|hlm|hal|vs"
    r"|ft|feat|pt|cv|ud|bin|moh|muh|muhd|mohd|abd|ust|tgk|rd",
    re.IGNORECASE,
)


def sentence_breaks(text: str) -> list[int]:
    """Where sentences begin behind others, in characters, ascending.

    No sentence ends behind an initial, an abbreviation that goes before a name or number, inside
    ``KOMPAS.com`` or ``1.250``, nor behind the number of a list's item. Time and space are linear.
    """
    found: list[int] = []
    begun = 0
    for match in _END.finditer(text):
        opening, letter = match.groups()
        if match[0].count("\n") < _PARAGRAPH:
            quoted = not _QUOTES.isdisjoint(opening)
            if not (quoted or letter.isdigit() or letter.isupper()):
                continue
            if text[match.start()] == "." and _goes_on(text, begun, match, letter):
                continue
        begun = match.end()
        found.append(begun)
    return found


def sentence_starts(text: str, tokens: Sequence[Token]) -> list[int]:
    """The positions of the tokens that begin sentences, ascending; the first token is one.

    ``tokens``: all of the text's, in order. A sentence without a token has none.
    """
    starts = [token.start for token in tokens]
    places = {bisect_left(starts, at) for at in (0, *sentence_breaks(text))}
    return sorted(place for place in places if place < len(tokens))


def _goes_on(text: str, begun: int, match: re.Match[str], letter: str) -> bool:
    """Whether a full stop ends no sentence; ``begun``: where the one that it is in does."""
    stop = match.start()
    if text[stop + 1] not in " \t\n\r\f\v\u00a0":  # a quotation or a bracket closes behind it
        return False
    found = _WORD.search(text, max(begun, stop - _BEFORE), stop)
    word = found[0] if found else ""
    last = word.rpartition(".")[2]
    if word.isdigit():
        return letter.isdigit() or not text[begun : stop - len(word)].strip()
    return (len(last) == 1 and last.isalpha()) or _ABBREVIATION.fullmatch(last) is not None
