"""A window over the text of a file that is read value by value."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from index.sources.streams import Broken

_GAP = re.compile(r"(?:[\s,\ufeff\x1e]++|//[^\n]*+\n|/\*(?:[^*]++|\*(?!/))*+\*/)*+")
_LONGEST_COMMENT = 2**16


class Window:
    """``text[at:]`` is not read yet, ``line`` is that of ``at``.

    ``more`` raises ``Broken`` with the line.
    """

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = iter(content)
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self.text = ""
        self.at = 0
        self.line = 1
        self.ended = False

    def more(self) -> bool:
        """Doubles what is not read yet; False at the end of the file."""
        if self.ended:
            return False
        missing = max(len(self.text) - self.at, 1)
        parts = [self.text[self.at :]]
        try:
            while missing > 0 and not self.ended:
                block = next(self._content, None)
                self.ended = block is None
                parts.append(self._decoder.decode(block or b"", final=self.ended))
                missing -= len(parts[-1])
        except Broken as broken:
            broken.line = self.line
            raise
        self.text, self.at = "".join(parts), 0
        return len(parts) > 1 and any(parts[1:])

    def advance(self, end: int) -> None:
        """Leaves behind what stands before a place."""
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def skip_gap(self) -> str:
        """Goes to the next character that separates no values, and gives it; empty at the end.

        Spaces, commas and comments separate values, and so do the marks that stand between files
        put together (a byte order mark) and between the values of RFC 7464 (a record separator).
        """
        while True:
            gap = _GAP.match(self.text, self.at)
            self.advance(gap.end() if gap else self.at)
            waiting = len(self.text) - self.at
            if waiting and not (self.text[self.at] == "/" and waiting < _LONGEST_COMMENT):
                return self.text[self.at]
            if not self.more():
                return self.text[self.at : self.at + 1]
