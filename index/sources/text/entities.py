"""Entities of HTML: which ``&`` begins one for certain, and the character it stands for.

Names: HTML Living Standard, "Named character references".
"""

from __future__ import annotations

import html
import re
from html.entities import html5

from index.patterns import on_use
from index.sources.text.mentions import is_quoted, is_spoken_of

_SHORT_ENTITIES = frozenset(
    (
        *("lt", "gt", "LT", "GT", "amp", "AMP", "shy", "reg", "deg", "yen", "eth", "ETH", "uml"),
        *("zwj", "lrm", "rlm", "le", "ge", "ne", "mu", "pi"),
    )
)
"""Entities of less than four letters, without those that are words: ``&or;``, ``&sub;``."""

_ENTITY_NAME = r"[A-Za-z][A-Za-z0-9]{1,31};"
_ENTITY = on_use(
    rf"&(?:#[0-9]{{1,7}};|#[xX][0-9A-Fa-f]{{1,6}};|{_ENTITY_NAME}"
    # Two that are sure enough without a semicolon.
    r"|#[0-9]{3,5}(?![0-9;])|nbsp(?![A-Za-z0-9;=]))"
)
NO_ENTITY = on_use(rf"&(?!#[0-9xX]|nbsp\b|{_ENTITY_NAME})")
NAMED = on_use(f"&({_ENTITY_NAME})")


_NO_SEMICOLON = on_use(
    r"&(nbsp|[lr][ds]quo|[mn]dash|hellip)(?![;=]|[a-z]{0,30};)"
    r"|&(amp|lt|gt|quot|copy|reg)(?=[\s,.!?)\"'<]|\Z)"
)
"""Entities that are sure enough without a semicolon, some of them only before a blank."""


def with_semicolons(text: str) -> str:
    """The text with the semicolons that certain entities lack: ``&nbspnaik``, ``R&amp D``."""
    if _NO_SEMICOLON.search(text) is None:
        return text
    return _NO_SEMICOLON.sub(lambda match: f"&{match[1] or match[2]};", text)


def has_entity(text: str, *, again: bool = False) -> bool:
    """Whether the text holds an entity that is certainly one.

    ``again``: entities were decoded in it already, so that one it speaks of is left.
    """
    found = _ENTITY.finditer(text)
    return any(is_entity(one[0]) and not (again and _is_mentioned(one)) for one in found)


def without_entities(text: str, *, again: bool = False) -> str:
    """The text with its entities decoded once, no-break spaces as blanks."""
    return _ENTITY.sub(_decoded_again if again else _decoded, text)


def _is_mentioned(match: re.Match[str]) -> bool:
    """``Tulis &amp; untuk``: the text is about the entity."""
    text, start, end = match.string, match.start(), match.end()
    if text[end : end + 1].isalnum():
        return False
    return is_quoted(text, start, end) or is_spoken_of(text, start)


def is_entity(text: str) -> bool:
    """Whether what looks like an entity, ``&`` and semicolon included, is one."""
    name = text[1:-1]
    if name[0] == "#" or text == "&nbsp":
        return True
    if len(name) < 4 and name not in _SHORT_ENTITIES:
        return False
    return text[1:] in html5 or name.lower() in {"nbsp", "quot"}


def _decoded_again(match: re.Match[str]) -> str:
    return match[0] if _is_mentioned(match) else _decoded(match)


def _decoded(match: re.Match[str]) -> str:
    if not is_entity(match[0]):
        return match[0]
    name = match[0] if match[0][1:] in html5 or match[0][1] == "#" else match[0].lower()
    return html.unescape(name).replace("\xa0", " ")
