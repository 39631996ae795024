"""A window over the text of a file that is read value by value."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterable

from index.patterns import on_use
from index.sources.inputs.streams import Broken

_GAP = on_use(r"(?:[\s,\ufeff\x1e]++|//[^\n]*+\n|/\*(?:[^*]++|\*(?!/))*+\*/)*+")
_LONGEST_COMMENT = 2**16
_SMALL = 2**16
_READ = 2**13


class Window:
    """``text[at:]`` is not read yet, ``line`` is that of ``at``.

    ``more`` raises ``Broken`` with the line.
    """

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = iter(content)
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._given_back: deque[str] = deque()
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
                parts.append(self._next_part())
                missing -= len(parts[-1])
        except Broken as broken:
            broken.line = self.line
            raise
        self.text, self.at = "".join(parts), 0
        return len(parts) > 1 and any(parts[1:])

    def _next_part(self) -> str:
        if self._given_back:
            return self._given_back.popleft()
        block = next(self._content, None)
        self.ended = block is None
        return self._decoder.decode(block or b"", final=self.ended)

    def shrink(self) -> None:
        """Drops what is read, and keeps little of what is not where the window grew in vain.

        Every error of ``json`` counts the lines before it: in a window of 16 MiB with an error in
        each of its lines that would take minutes.
        """
        if len(self.text) - self.at > 4 * _SMALL:
            end = self.at + _SMALL
            later = range(end, len(self.text), _SMALL)
            self._given_back.extendleft(self.text[at : at + _SMALL] for at in reversed(later))
            self.ended = False
            self.text, self.at = self.text[self.at : end], 0
        elif self.at > _READ:
            self.text, self.at = self.text[self.at :], 0

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
