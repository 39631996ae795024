"""Plain text as feeds and pages hand it on, where most texts are HTML."""

from __future__ import annotations

import html

from index.patterns import on_use
from index.sources.text.markup import AS_SHOWN

_MARKUP = on_use(r"<[A-Za-z/!?]|&#?\w{1,31};")


def as_html(text: str) -> str:
    """Plain text as it can be handed on among HTML: changed only where it looks like HTML."""
    if not _MARKUP.search(text):
        return text
    escaped = (html.escape(part, quote=False) for part in text.split("\n\n"))
    return AS_SHOWN + "".join(f"<p>{part}</p>" for part in escaped)
