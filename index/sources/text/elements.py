"""The elements of HTML by what they do to the text around them.

Names: HTML Living Standard, "Indices", with obsolete ones, and those of MathML and SVG that stand
in articles.
"""

from __future__ import annotations

_DROPPED = """
annotation applet audio button canvas datalist embed head iframe noembed noframes
noscript object script select style svg template textarea title video xml
"""
DROPPED = frozenset(_DROPPED.split())
"""What is no text of an article, with all that is in it."""

_PARAGRAPHS = """
address article aside blockquote body center dd details dialog dir div dl fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend main menu
nav ol p pre search section summary table ul
"""
PARAGRAPHS = frozenset(_PARAGRAPHS.split())
LINES = frozenset(("caption", "dt", "li", "tbody", "tfoot", "thead", "tr"))
CELLS = frozenset(("td", "th"))
BLOCKS = PARAGRAPHS | LINES | CELLS

_VOID = """
area base br col hr img input link meta param source track wbr frame bgsound basefont
"""
VOID = frozenset(_VOID.split())
_INLINE = """
a abbr acronym b bdi bdo big blink cite code colgroup data del dfn em font frameset i
ins kbd label map mark marquee math meter nobr optgroup option output picture progress q
mi mn mo mrow mtext mfrac msqrt mroot msub msup msubsup mover munder munderover mtable
mtr mtd mstyle semantics rp rt ruby s samp small span strike strong sub sup time tt u
var
"""
INLINE = frozenset(_INLINE.split())

NAMES = DROPPED | BLOCKS | VOID | INLINE
"""All elements that are known."""
