"""HTML in a value becomes plain text, also where it is escaped or mixed with shortcodes.

A text that holds none comes back as it is, for the cost of looking for three characters.
"""

from __future__ import annotations

import re

from index.sources.problems import ProblemKind
from index.sources.text.cleaning import Faults, add_fault
from index.sources.text.htmltext import html_to_text
from index.sources.text.tags import has_entity, is_markup, without_entities

_MANY_LINE_ENDS = re.compile(r"\n\n\n+")
_MOST_LAYERS = 4
"""So many times over may a text have been escaped."""

MOST_MARKS = 200_000
"""A text with more ``<`` and ``&`` is no article; it is left as it is, and told."""

_SHORTCODE = re.compile(
    # WordPress, "Shortcode API". What stands between [caption] and [/caption] is text; what stands
    # between [embed] and [/embed] is an address.
    r"\[(?:embed\b[^\[\]\n]{0,500}\][^\[\]\s]{0,2000}\[/embed\]"
    r"|/?(?:wp_)?caption\b[^\[\]\n]{0,1000}\]"
    r"|gallery\]"
    r"|(?:gallery|playlist|audio|video|embed)(?:\s{1,9}[a-z_-]{1,30}=[^\[\]\n]{0,1000})\]"
    r"|/?(?:vc|et_pb|fusion|av)_[a-z_]{1,30}\b[^\[\]\n]{0,2000}\]"
    r"|(?P<inline>su_[a-z_]{1,30}\b[^\[\]\n]{0,1000}\]|/su_[a-z_]{1,30}\]))"
)


def to_plain(text: str, faults: Faults | None = None) -> str:
    """The text without markup; the same object where it holds none.

    One with more than ``MOST_MARKS`` stays as it is, which is added to ``faults``.
    """
    if len(text) > MOST_MARKS and text.count("<") + text.count("&") > MOST_MARKS:
        if faults is not None:
            add_fault(faults, ProblemKind.TOO_MUCH_TO_MEND, f"> {MOST_MARKS} <, &")
        return text
    if "[" in text and _SHORTCODE.search(text) is not None:
        text = _without_shortcodes(text)
    if "<" not in text and "&" not in text:
        return text
    tags_taken = False
    for _ in range(_MOST_LAYERS):
        if not tags_taken and "<" in text and is_markup(text):
            text = html_to_text(text)
            tags_taken = True
        elif "&" in text and has_entity(text):
            text = without_entities(text)
        else:
            break
    return text


def _without_shortcodes(text: str) -> str:
    found = _SHORTCODE.sub(lambda match: "" if match["inline"] else "\n\n", text)
    found = "\n".join(line.rstrip(" \t") for line in found.split("\n"))
    return _MANY_LINE_ENDS.sub("\n\n", found).strip()
