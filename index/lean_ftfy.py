"""ftfy loaded without the tables of how wide characters are on a terminal, which nobody asks here.

Loading them takes a third of its time, while the workers of a build wait for articles.
"""

from __future__ import annotations

from index.called_later import called_later

LATER = {"wcwidth": ("wcwidth", "wcswidth")}
"""The module, and the functions of it that ftfy 6.3 names where it is loaded."""

with called_later(LATER):
    from ftfy import TextFixerConfig, fix_encoding

__all__ = ["TextFixerConfig", "fix_encoding"]
