"""What in a text counts as HTML: its tags, and whether they are markup or prose.

A ``<`` begins a tag only before the name of an element of HTML (or a namespaced one, as word
processors leave them) and what may follow it there; ``a<b dan c>d`` and ``<rina@contoh.id>`` have
none.
"""

from __future__ import annotations

import re

from index.patterns import on_use
from index.sources.text.elements import NAMES
from index.sources.text.mentions import is_quoted, is_spoken_of

_NEEDING_NO_END = "blockquote br div h1 h2 h3 h4 h5 h6 hr li ol p pre table td th tr ul"
_ALONE = frozenset(_NEEDING_NO_END.split())
"""Elements of which one tag is sign enough: they need no end, or their end alone is found."""


def _any_of(names: frozenset[str]) -> str:
    """Matches one of the names in whatever case, the longest first.

    The engine skips branches by their first character, but not where case is ignored for it.
    """
    branches = []
    for first in sorted({name[0] for name in names}):
        rests = sorted((name[1:] for name in names if name[0] == first), key=len, reverse=True)
        branches.append(f"[{first}{first.upper()}](?i:{'|'.join(rests)})")
    return f"(?:{'|'.join(branches)})"


_FOREIGN = r"(?:[AaFfGgMmOoSsVvWw](?i:mp|b|t1|vg)?[:-][A-Za-z][\w-]{0,40}+)"
_KNOWN = f"(?:{_any_of(NAMES)}|{_FOREIGN})"

_SWITCHES = (
    "allowfullscreen|async|autoplay|checked|controls|defer|disabled|hidden|itemscope|loop|muted"
    "|nowrap|open|reversed|selected|required|novalidate|placeholder|fallback|overflow|noloading"
    r"|contenteditable|playsinline|amp|data-[\w-]{1,60}|_ng[\w-]{1,60}|v-[a-z-]{1,30}"
)
BEHIND_LESS_THAN = (
    rf"/{_KNOWN}(?:\s[^<>]{{0,99}}+)?>|{_KNOWN}(?:\s{{0,99}}+/?>"
    rf"|\s{{1,99}}+(?:[A-Za-z_:@*][\w:.@-]{{0,80}}+\s{{0,9}}+=|(?i:{_SWITCHES})[\s/>]))"
    r"|!(?i:doctype\s|\[(?:if|endif)\b)|\?(?i:xml|php)\b"
)
_TAG = on_use(f"<(?=[A-Za-z/!?])(?:{BEHIND_LESS_THAN})")
_NAME = on_use(r"</?([\w:-]+)")

_BEFORE_IN_SENTENCE = on_use(r"[a-z,:] $")
_BEHIND_IN_SENTENCE = on_use(r"[,.;:?!)]| [a-z(]")
_MOST_IN_SENTENCES = 8

_BETWEEN_MENTIONS = on_use(r"""["'`”’),\s]*(?:dan|atau|hingga|serta|,|\.\.\.|…)?["'`“‘(\s]*""")


def is_markup(text: str) -> bool:
    """Whether the text is HTML rather than prose in which ``<`` occurs.

    One sign is enough: a comment, an attribute, a closing tag of what was opened, an element that
    needs none. A tag that the text speaks of (``tag <b> dan </b>``, ``"<br>"``) is no sign, nor is
    a single inline tag that nothing closes, nor are a few start tags that stand like words in
    sentences (``elemen <p>, <table> dan <div>.``).
    """
    if ">" not in text and "=" not in text:
        return False
    start = text.find("<!--")
    if start >= 0 and text.find("-->", start) >= 0:
        return True
    opened: set[str] = set()
    end_of_mention = -1
    for match in _TAG.finditer(text):
        if _is_mentioned(text, match, end_of_mention):
            end_of_mention = match.end()
            continue
        found = _NAME.match(match[0])
        if found is None or not match[0].endswith(">"):  # a declaration, an attribute
            return True
        name = found[1].lower()
        if name in opened or name in _ALONE:
            return not _are_in_sentences(text)
        if match[0][1] == "/":
            continue
        opened.add(name)
        if _stands_before_a_word(text, match):
            return True
    return False


def _are_in_sentences(text: str) -> bool:
    """A few start tags without attributes that each stand like a word; line breaks alone do not."""
    if "</" in text:
        return False
    names: set[str] = set()
    for number, match in enumerate(_TAG.finditer(text)):
        start, end = match.span()
        if number == _MOST_IN_SENTENCES or not match[0].endswith(">"):
            return False
        if not is_quoted(text, start, end) and not (
            _BEFORE_IN_SENTENCE.search(text[max(0, start - 2) : start])
            and _BEHIND_IN_SENTENCE.match(text, end)
        ):
            return False
        found = _NAME.match(match[0])
        names.add(found[1].lower() if found else "")
    return not names <= {"br", "hr"}


def _is_mentioned(text: str, match: re.Match[str], end_of_mention: int) -> bool:
    start, end = match.span()
    if not match[0].endswith(">"):
        end = text.find(">", end, end + 300) + 1 or end
    if is_quoted(text, start, end):
        return True
    near = end_of_mention >= 0 and start - end_of_mention < 20
    if near and _BETWEEN_MENTIONS.fullmatch(text, end_of_mention, start) is not None:
        return True
    if text[end : end + 1].isalnum():  # kode <b>rahasia</b>
        return False
    return is_spoken_of(text, start)


def _stands_before_a_word(text: str, match: re.Match[str]) -> bool:
    """An inline tag that is never closed: at the start of a line, with its word right behind."""
    start, end = match.span()
    return text[start - 1 : start] in {"", "\n", ">"} and text[end : end + 1].isalnum()
