"""Marks in square brackets: the shortcodes of content managers and the BBCode of forums.

What such a mark stands around is text and stays: a caption, ``[b]bold[/b]``. What only loads
something (a gallery, a video) goes. BBCode counts where something is closed: ``[b]`` alone may be
a footnote.
"""

from __future__ import annotations

import re

from index.patterns import on_use

_MANY_LINE_ENDS = on_use(r"\n\n\n+")

_SHORTCODE = on_use(
    # WordPress, "Shortcode API". What stands between [caption] and [/caption] is text; what stands
    # between [embed] and [/embed] is an address.
    r"\[(?:embed\b[^\[\]\n]{0,500}\][^\[\]\s]{0,2000}\[/embed\]"
    r"|/?(?:wp_)?caption\b[^\[\]\n]{0,1000}\]"
    r"|gallery\]"
    r"|(?:gallery|playlist|audio|video|embed)(?:\s{1,9}[a-z_-]{1,30}=[^\[\]\n]{0,1000})\]"
    r"|/?(?:vc|et_pb|fusion|av)_[a-z_]{1,30}\b[^\[\]\n]{0,2000}\]"
    # Drupal's Media module, version 1 and 2.
    r"|\[\{\"(?:fid|type|view_mode)\":[^\[\]\n]{0,3000}\}\]\]"
    r"|(?P<inline>su_[a-z_]{1,30}\b[^\[\]\n]{0,1000}\]|/su_[a-z_]{1,30}\]))"
)

_FORUM_NAMES = "b|i|u|s|url|quote|color|size|font|center|left|right|justify|code|list|spoiler|email"
_FORUM_END = on_use(rf"\[/(?:{_FORUM_NAMES}|img)\]", re.IGNORECASE)
_FORUM = on_use(
    r"\[(?:(?P<picture>img(?:=[^\[\]\n]{0,100})?\][^\[\]\s]{0,2000}\[/img\])"
    rf"|/?(?P<name>{_FORUM_NAMES})(?:=[^\[\]\n]{{0,500}})?\]|(?P<item>\*\]))",
    re.IGNORECASE,
)
_OF_LINES = frozenset(("quote", "center", "left", "right", "justify", "code", "list", "spoiler"))


def without_shortcodes(text: str) -> str:
    """The text without such marks; the same object where it holds none."""
    if _SHORTCODE.search(text) is not None:
        found = _SHORTCODE.sub(lambda match: "" if match["inline"] else "\n\n", text)
        found = "\n".join(line.rstrip(" \t") for line in found.split("\n"))
        text = _MANY_LINE_ENDS.sub("\n\n", found).strip()
    if "[/" in text and _FORUM_END.search(text) is not None:
        found = _FORUM.sub(_shown, text)
        found = "\n".join(line.strip(" \t") for line in found.split("\n"))
        text = _MANY_LINE_ENDS.sub("\n\n", found).strip()
    return text


def _shown(match: re.Match[str]) -> str:
    if match["name"]:
        return "\n" if match["name"].lower() in _OF_LINES else ""
    return "\n" if match["item"] else ""
