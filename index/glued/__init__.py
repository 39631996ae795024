"""Words glued where a tag or a blank was lost: which they are, and of what parts.

``judging`` says whether two parts that stand together are two words, ``candidates`` finds what is
worth asking about, ``deciding`` decides for a whole generation, ``table`` keeps what was decided.
"""

from index.glued.deciding import decide, load_glued
from index.glued.table import Glued, GluedWord, no_entry, read_glued, write_glued

__all__ = ["Glued", "GluedWord", "decide", "load_glued", "no_entry", "read_glued", "write_glued"]
