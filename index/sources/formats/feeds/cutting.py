"""An XML file as text, cut into its records, so that a broken one spoils no other.

A parser that reads a whole file goes astray with its first unclosed element, and what follows is
lost. Here the records (``<item>…</item>``) are found in the text, outside of comments and CDATA,
and each is parsed alone; a file of any size takes the memory of its largest record.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from index.light_dataclass import dataclass
from index.patterns import on_use
from index.sources.formats.markup.encodings import UTF_16, codec_of, xml_encoding
from index.sources.formats.markup.mending import CDATA, CDATA_END, REST_OF_TAG
from index.sources.inputs.streams import LONGEST, Broken

_TAG_END = on_use(REST_OF_TAG)
HEAD = 2**16
"""So much of a file, or all of it, is in the window at first."""

_LONGEST_TAG = 10_000
_COMMENT, _COMMENT_END = "<!--", "-->"
_ENDS = {CDATA: CDATA_END, _COMMENT: _COMMENT_END}


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one record from its first line on; None where it is longer than ``LONGEST``.

    ``closed``: its own end was there. ``last``: the file ends in it. ``recoded``: it is UTF-8 in a
    file that says otherwise.
    """

    line: int
    text: str | None
    closed: bool = True
    last: bool = False
    recoded: bool = False


class XmlText:
    """A window over the text of a file: ``text[at:]`` is not cut yet, ``line`` is that of ``at``.

    UTF-16 is recognised by its mark or its first character. All else is read as UTF-8, and a
    record that is not goes back to bytes and is read as its file declares. ``broken`` is how the
    file broke off, once it is met.
    """

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = iter(content)
        self._decoder: codecs.IncrementalDecoder | None = None
        self._held = b""
        self._gone = 0  # characters that the window no longer holds
        self._searched: dict[str, int] = {}
        self.text = ""
        self.at = 0
        self.line = 1
        self.ended = False
        self.broken: Broken | None = None
        while len(self.text) < HEAD and self.more():
            pass
        self._declared = codec_of(xml_encoding(self.text[:1000]))

    def more(self) -> bool:
        """Doubles what is not cut yet; False at the end of the file."""
        if self.ended:
            return False
        missing = max(len(self.text) - self.at, 1)
        parts = [self.text[self.at :]]
        while missing > 0 and not self.ended:
            try:
                block = next(self._content, None)
            except Broken as broken:
                self.broken = broken
                block = None
            self.ended = block is None
            parts.append(self._decode(block or b""))
            missing -= len(parts[-1])
        self._gone += self.at
        self.text, self.at = "".join(parts), 0
        return any(parts[1:])

    def _decode(self, block: bytes) -> str:
        self._held += block
        if self._decoder is None:
            if len(self._held) < len(UTF_16) and not self.ended:
                return ""
            codec = UTF_16.get(self._held[:2], "utf-8")
            errors = "surrogateescape" if codec == "utf-8" else "replace"
            self._decoder = codecs.getincrementaldecoder(codec)(errors)
        data, self._held = self._held, b""
        return self._decoder.decode(data, final=self.ended)

    def advance(self, end: int) -> None:
        """Leaves the text up to ``end`` behind."""
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def before(self, start: re.Pattern[str]) -> str:
        """The text before the first match, which stays uncut; all there is where none comes."""
        while True:
            found = start.search(self.text, self.at)
            if found:
                return self.text[self.at : found.start()]
            if len(self.text) - self.at > LONGEST or not self.more():
                return self.text[self.at :]

    def pieces(self, name: str, *, nests: bool = False) -> Iterator[Piece]:
        """Every element of this name, as it is written in the file, with its prefix.

        ``nests``: such an element may hold others. Elsewhere one that begins inside another
        shows that the other's end is missing.
        """
        opening = re.compile(rf"{re.escape(CDATA)}|{_COMMENT}|<{re.escape(name)}(?=[\s/>])")
        token = re.compile(rf"{re.escape(CDATA)}|{_COMMENT}|<(/?){re.escape(name)}(?=[\s/>])")
        while self._go_to(opening):
            line = self.line
            while True:
                was_ended = self.ended
                end, closed = self._end_of(token, name, nests=nests)
                if end or len(self.text) - self.at > LONGEST:
                    break
                if not self.more() and was_ended:
                    break
            if (end or len(self.text)) - self.at > LONGEST:
                yield Piece(line, None)
                self._skip(f"</{name}")
                continue
            last, end = not end, end or len(self.text)
            text, recoded = self._decoded(self.text[self.at : end])
            yield Piece(line, text, closed, last, recoded)
            self.advance(end)

    def _go_to(self, opening: re.Pattern[str]) -> bool:
        """To the next record that is not in a comment; False where none comes."""
        while True:
            found = opening.search(self.text, self.at)
            if found is None:
                self.advance(max(self.at, len(self.text) - 200))
                if not self.more():
                    return False
                continue
            self.advance(found.start())
            closing = _ENDS.get(found[0])
            if closing is None:
                return True
            end = self._closing(closing, self.at)
            while end < 0 and len(self.text) - self.at <= LONGEST and self.more():
                end = self._closing(closing, self.at)
            self.advance(end if end >= 0 else self.at + len(found[0]))

    def _end_of(self, token: re.Pattern[str], name: str, *, nests: bool) -> tuple[int, bool]:
        """Where the record that begins here ends, 0 where that is not in the window yet."""
        at, own = self._tag_end(self.at + 1 + len(name))
        if own or not at:
            return at, True
        depth = 1
        while found := token.search(self.text, at):
            at = found.end()
            closing = _ENDS.get(found[0])
            if closing is not None:
                end = self._closing(closing, at)
                if end < 0 and not self.ended and len(self.text) - self.at <= LONGEST:
                    return 0, False
                # A section that holds the record's end and then another section was not closed.
                inner = self.text.find(CDATA, at, end) if closing == CDATA_END else -1
                if end >= 0 and (inner < 0 or self.text.find(f"</{name}", at, inner) < 0):
                    at = end
            elif found[1]:
                depth -= 1
                at, _ = self._tag_end(at)
                if depth == 0 or not at:
                    return at, True
            elif nests:
                after, own = self._tag_end(at)
                depth += not own
                at = after or at
            else:
                return found.start(), False
        return 0, False

    def _closing(self, closing: str, at: int) -> int:
        """Where a section that begins before ``at`` ends, -1 where the window has no end of it.

        No part of the file is searched twice for nothing.
        """
        known = self._searched.get(closing, 0) - self._gone
        end = self.text.find(closing, max(at, known - len(closing)))
        if end < 0:
            self._searched[closing] = self._gone + len(self.text)
        return end

    def _tag_end(self, at: int) -> tuple[int, bool]:
        """Behind the ``>`` of the tag, 0 where it is not there yet, and whether ``/`` is before."""
        found = _TAG_END.match(self.text, at, at + _LONGEST_TAG)
        end = found.end() if found else self.text.find(">", at) + 1
        return end, end > 1 and self.text[end - 2] == "/"

    def _skip(self, closing: str) -> None:
        while True:
            end = self.text.find(closing, self.at)
            if end >= 0:
                self.advance(end)
                return
            self.advance(max(self.at, len(self.text) - len(closing)))
            if not self.more():
                return

    def _decoded(self, text: str) -> tuple[str, bool]:
        """The text by the encoding that the file declares, unless it is valid UTF-8."""
        if self._declared is None or text.isascii():
            return text, False
        try:
            text.encode()
        except UnicodeEncodeError:
            return text.encode("utf-8", "surrogateescape").decode(self._declared, "replace"), False
        return text, True
