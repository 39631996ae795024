"""A title for an article that has none."""

from __future__ import annotations

from index.patterns import on_use
from index.sources.text.cleaning import one_line

LONGEST = 90
"""So many characters a derived title has at most, the ellipsis included."""

_READ = 1000  # no first sentence that yields a title is longer
_SENTENCE_END = on_use(r"[.!?…][\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9]|\s*$)")
_ABBREVIATION = on_use(
    r"\b(?:[A-Z]|Dr|Drs|Prof|Ir|Hj|KH|PT|CV|Jl|No|Rp|St|Sdr|Tn|Ny|Mr|Mrs|Ms|Jr|Sr|Co|Ltd|vs|dll"
    r"|dsb|dkk|hlm|Jend|Kol|Letjen|Mayjen|Brigjen|Kompol|AKBP)$"
)


def derive_title(text: str) -> str:
    """The first sentence of the text, cut at a word where it is long; empty for an empty text.

    The full stop is dropped, as headlines have none.
    """
    line = one_line(text.lstrip()[:_READ].split("\n", 1)[0])
    for end in _SENTENCE_END.finditer(line):
        if line[end.start()] != "." or not _ABBREVIATION.search(line, 0, end.start()):
            line = line[: end.end()]
            break
    if len(line) > 1 and line.endswith(".") and not line.endswith(".."):
        line = line[:-1]
    return line if len(line) <= LONGEST else _cut(line)


def _cut(line: str) -> str:
    space = line.rfind(" ", 0, LONGEST)
    cut = line[:space] if space > LONGEST // 2 else line[: LONGEST - 1]
    return cut.rstrip(" ,;:.–—-") + "…"
