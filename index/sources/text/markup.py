"""HTML in a value becomes plain text, also where it is escaped or mixed with shortcodes.

A text that holds none comes back as it is, for the cost of looking for four characters.
"""

from __future__ import annotations

from string import ascii_letters

from index.sources.problems import ProblemKind
from index.sources.text.cleaning import Faults, add_fault

_MOST_LAYERS = 4
"""So many times over may a text have been escaped."""

MOST_MARKS = 200_000
"""A text with more ``<``, ``&`` and ``=`` is no article; it is left as it is, and told."""

MARKS = "\\[<&"
"""A text that holds none of these has no markup."""

_SHORTCODES = (
    *("audio ", "av_", "caption", "embed", "et_pb_", "fusion_", "gallery", "playlist ", "su_"),
    *("vc_", "video ", "wp_caption"),
)

BEHIND = {"&": ("#", *ascii_letters), "[": ("/", "{", *_SHORTCODES), "\\": tuple("unr/'\"")}
"""What text has to begin with behind some of these, where markup begins; a space stands for white
space. See ``shortcodes`` (what forums use counts where something is closed) and ``escapes``."""

AS_SHOWN = "<!--as shown-->"
"""HTML that begins so was made of a text that is plain already: it is taken apart once."""


def to_plain(text: str, faults: Faults | None = None) -> str:
    """The text without markup; the same object where it holds none.

    One with more than ``MOST_MARKS`` stays as it is, which is added to ``faults``.
    """
    # What undoes markup is imported where there is some: most archives have none.
    if "\\" in text:
        from index.sources.text.escapes import without_escapes

        text = without_escapes(text)
    if "[" in text:
        from index.sources.text.shortcodes import without_shortcodes

        text = without_shortcodes(text)
    if "<" not in text and "&" not in text:
        return text
    if len(text) > MOST_MARKS and sum(map(text.count, "<&=")) > MOST_MARKS:
        if faults is not None:
            add_fault(faults, ProblemKind.TOO_MUCH_TO_MEND, f"> {MOST_MARKS} <, &, =")
        return text
    if text.startswith(AS_SHOWN):
        from index.sources.text.htmltext import html_to_text

        return html_to_text(text)
    return _unescaped(text)


def _unescaped(text: str) -> str:
    from index.sources.text.entities import has_entity, with_semicolons, without_entities
    from index.sources.text.escapes import with_tight_tags
    from index.sources.text.htmltext import html_to_text
    from index.sources.text.tags import is_markup

    tags_taken = False
    for layer in range(_MOST_LAYERS):
        if "&" in text:
            text = with_semicolons(text)
        if "< " in text or "</ " in text:
            text = with_tight_tags(text)
        if not tags_taken and "<" in text and is_markup(text):
            text = html_to_text(text)
            tags_taken = True
        elif "&" in text and has_entity(text, again=layer > 0):
            text = without_entities(text, again=layer > 0)
        else:
            break
    return text
