"""HTML made ready for a parser: what is no markup is escaped, what was broken is closed.

Parsers give back everything, but a bare ``<``, a value without its last quotation mark or a tag
that was cut off would swallow the text behind it.
"""

from __future__ import annotations

import re

from index.patterns import on_use
from index.sources.text.elements import DROPPED, NAMES
from index.sources.text.entities import NAMED, NO_ENTITY, is_entity
from index.sources.text.tags import BEHIND_LESS_THAN

_CODE = frozenset(("script", "style"))
_CLOSED_AT_ONCE = on_use(
    rf"<({'|'.join(sorted(DROPPED, key=len, reverse=True))})\b([^<>]{{0,4000}}+)(?<=/)>",
    re.IGNORECASE,
)
"""``<iframe src="…" />``: XHTML, of which HTML ignores the slash."""

_DROPPED_ELEMENT = on_use(f"<(?:{'|'.join(sorted(DROPPED))})")

_CODE_TAG = on_use(r"<(/?)(script|style)(?=[\s/>])", re.IGNORECASE)
_BLOCK = r"<(?:p|div|h[1-6]|ul|ol|blockquote|table|section|article|figure)[\s>]"
_FIRST_BLOCK = on_use(rf"[^<>]{{0,4000}}+>\s*+({_BLOCK})", re.IGNORECASE)
_BLOCK_IN_CODE = on_use(rf"(?<![\"'`+>(\\]){_BLOCK}", re.IGNORECASE)
"""One that is not in a text of the program."""

_UNKNOWN = r"[A-Za-z][\w:-]{0,40}+"
_COMMON = (
    "/?(?:p|b|i|u|a|em|br|li|ul|ol|div|span|strong|h[1-6])(?: ?/?>| (?:style|class|href|id|dir)=)"
)
"""What most tags look like, told apart from all others in a tenth of the time."""
_NO_TAG = on_use(
    # In what is HTML for certain, unknown elements are told by an attribute or by their end.
    rf"<(?!{_COMMON})(?:(?![A-Za-z/!?])|(?!{BEHIND_LESS_THAN}|!--|{_UNKNOWN}\s{{1,9}}+[A-Za-z][\w:-]{{0,40}}+="
    r"[\"']|/[A-Za-z]\w{0,20}-[\w-]{1,40}>))"
)

_OWN_END = on_use(r"</([A-Za-z]\w{0,20}-[\w-]{1,40})>")
"""The end of an element that a site has made up (HTML Living Standard, "Custom elements")."""

_MOST_OWN = 50
_CUT_NAME = on_use(r"(?<![A-Za-z0-9])<([A-Za-z][A-Za-z0-9]{0,11})\Z")
_CUT_END = on_use(
    r"(?:</[A-Za-z0-9]{0,12}|<!--[^<>]{0,200}|&(?:nbs?|amp?|quot?|[lr][ds]?qu?o?|[mn]das?h?|hel?l?i?|#[0-9x]{0,4}))\Z"
)
"""A closing tag or an entity of which the end was cut off with the text's."""


def _without_cut_end(text: str) -> str:
    end = text[-300:]
    cut = _CUT_END.search(end)
    if cut is None:
        cut = _CUT_NAME.search(end)
        if cut is None or not any(name.startswith(cut[1].lower()) for name in NAMES):
            return text
    return text[: len(text) - len(cut[0])]


_ATTRIBUTES = (
    r"<[A-Za-z][\w:-]{0,20}(?:\s{1,9}+[\w:-]{1,40}\s{0,3}=\s{0,3}(?:\"[^\"<>]{0,500}+\"|'[^'<>]{0,500}+'))*+"
    r"\s{1,9}+[\w:-]{1,40}\s{0,3}=\s{0,3}"
)
_MAYBE_UNCLOSED = on_use(r"""=(?:"[^"<>]{0,500}+|'[^'<>]{0,500}+)>""")
_UNCLOSED_VALUE = on_use(
    rf"(?P<double>{_ATTRIBUTES}\"[^\"<>]{{0,500}}+)>(?=[^\"]*+(?:\Z|\"[^\s/>\"]))"
    rf"|(?P<single>{_ATTRIBUTES}'[^'<>]{{0,500}}+)>(?=[^']*+(?:\Z|'[^\s/>']))"
)
"""``<p class="satu>``: the quotation mark that comes next does not end the value, or none comes."""


def _closed_value(match: re.Match[str]) -> str:
    return f'{match["double"]}">' if match["double"] else f"{match['single']}'>"


def _with_ended_code(text: str) -> str:
    """The text with an end, before the next block, for each script and style that has none."""
    marks = list(_CODE_TAG.finditer(text))
    parts: list[str] = []
    done = 0
    for at, mark in enumerate(marks):
        behind = marks[at + 1] if at + 1 < len(marks) else None
        if mark[1] or (behind and behind[1] and behind[2].lower() == mark[2].lower()):
            continue
        end = behind.start() if behind else len(text)
        first = _FIRST_BLOCK.match(text, mark.end(), end)
        block = None if first else _BLOCK_IN_CODE.search(text, mark.end(), end)
        place = first.start(1) if first else block.start() if block else None
        if place is not None:
            parts += (text[done:place], f"</{mark[2]}>")
            done = place
    return "".join((*parts, text[done:])) if parts else text


def _guarded_entity(match: re.Match[str]) -> str:
    return match[0] if is_entity(match[0]) else f"&amp;{match[1]}"


def guarded(text: str) -> str:
    """HTML in which what is no markup is escaped, so that a parser gives it back as it is.

    Elements that a parser would take to go on to the end of the text are closed where they begin.
    """
    if "<![CDATA[" in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    text = text.replace("--!>", "-->")
    text = _without_cut_end(text)
    if "-" in text and (own := set(_OWN_END.findall(text))) and len(own) < _MOST_OWN:
        for name in own:
            text = text.replace(f"<{name}>", "")
    if _MAYBE_UNCLOSED.search(text) is not None:
        text = _UNCLOSED_VALUE.sub(_closed_value, text)
    text = _NO_TAG.sub("&lt;", text)
    last = text.rfind("-->")
    text = text[: last + 1] + text[last + 1 :].replace("<!--", "&lt;!--")
    text = NO_ENTITY.sub("&amp;", text)
    if not all(is_entity(f"&{name}") for name in set(NAMED.findall(text))):
        text = NAMED.sub(_guarded_entity, text)
    lowered = text.lower()
    if _DROPPED_ELEMENT.search(lowered) is None:
        return text
    text = _CLOSED_AT_ONCE.sub(r"<\1\2></\1>", text)
    if "<script" in lowered or "<style" in lowered:
        text = _with_ended_code(text)
    lowered = text.lower()
    for name in DROPPED - _CODE:
        if f"<{name}" in lowered and f"</{name}" not in lowered:
            text = re.sub(rf"(?i)<{name}\b[^<>]*>", rf"\g<0></{name}>", text)
    return text
