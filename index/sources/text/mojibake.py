"""Mojibake: letters that some program decoded wrongly on their way here, restored where certain.

UTF-8 read as Windows-1252 turns a quotation mark into three letters (``â€œ``). The library ftfy
recognises that by characters that do not stand side by side in any language, and undoes it, line by
line, so that one broken paragraph does not touch a right one. What a program has lost on top is
known here: the last byte of a closing quotation mark, which Windows-1252 does not have, and the
no-break space that became a blank.
"""

from __future__ import annotations

import re
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from index.patterns import on_use

if TYPE_CHECKING:
    from index.lean_ftfy import TextFixerConfig

_LONGEST = 400
"""ftfy is given no more characters at a time: a few words tell it enough, each of its many rules
is tried at every one, and some of its steps are quadratic."""

_MOST_LAYERS = 4

MOST_BROKEN = 20_000
"""A text with more broken places is no article; it is left as it is."""

_BEHIND = "\x80-\xbf" + bytes(set(range(0x80, 0xA0)) - {0x81, 0x8D, 0x8F, 0x90, 0x9D}).decode(
    "cp1252"
)
"""What the second and later bytes of a character of UTF-8 are in Latin-1 and Windows-1252."""

LEADS = "\x80-\x9f\xc2-\xf4\u0102\u201a\u0393\u0432\u221a\u251c"
"""What mojibake begins with: in Latin-1 and Windows-1252, then in 1250, Mac Roman, 437 and 1251."""

LETTERS_AMONG_LEADS = ((0xC2, 0xF4), (0x102, 0x102), (0x393, 0x393), (0x432, 0x432))
"""Those that stand in many words: they begin nothing where ASCII follows, but for a blank behind
one of ``BEFORE_BLANKS``. First and last of each range."""

BEFORE_BLANKS = "ÂÃ"

_PRINTABLE = bytes((9, 10, *range(32, 127)))

_SEQUENCE = f"(?:[\xc2-\xdf][{_BEHIND}]|[\xe0-\xef][{_BEHIND}]{{2}}|[\xf0-\xf4][{_BEHIND}]{{2,3}})"
_SEQUENCES = on_use(f"{_SEQUENCE}+")
_SUSPECT = on_use(
    # The first character as a class of its own: the engine looks for that much faster.
    f"[{LEADS[3:]}](?:(?<=[\xc2-\xdf\u0102])[{_BEHIND}]|(?<=[\xe0-\xf4])[{_BEHIND}]{{2}}"
    "|(?<=[\xe0-\xf4]) ?[\x80-\x9f]|(?<=â)€|(?<=Â) |(?<=Ã)  |(?<=‚)Ä|(?<=в)Ђ"
    "|(?<=√)(?:[^\\W\\d_]|©)|(?<=[ΓÔ])Ç|(?<=├)[^\\s─])"
)

_PERHAPS = on_use(
    # What remains of _SUSPECT without ASCII; the controls of Latin-1 may be quotation marks.
    f"[{LEADS}](?:(?<=[\x80-\x9fÂÃ√├])|(?<=[\xc2-\xdf\u0102])[{_BEHIND}]"
    f"|(?<=[\xe0-\xf4])[{_BEHIND}]{{2}}|(?<=â)€|(?<=‚)Ä|(?<=в)Ђ|(?<=[ΓÔ])Ç)"
)

_LOSSES = (
    # A blank that a tokenizer put before the last character.
    ("â€ ", on_use("â€ (?=[œ“”˜™¦¢](?: |$))"), "â€"),
    # A closing quotation mark without its last byte, read wrongly once or twice.
    ("â€", on_use(f"(?<=[^\\s\\w])â€\ufffd?+(?![{_BEHIND}])"), "â€\x9d"),
    ("â€", on_use(f"(?<=\\w)â€\ufffd?+(?![{_BEHIND}]|\\w)"), "â€\x9d"),
    ("â€", on_use("(?<=\\s)â€\ufffd?+(?=\\s|$)"), "â€\x9d"),
    ("Ã¢â‚¬Â", on_use("Ã¢â‚¬Â\ufffd?+(?![\x80-\xbf])"), "Ã¢â‚¬Â\x9d"),
    # A no-break space that became a blank: alone, in à, in a word joiner, in an emoji's flag.
    ("Â ", on_use('(?:(?<=[a-z0-9.,;:!?)"”])|(?<=[.,;:!?"”] )|^)Â(?= )'), ""),
    ("Ã  ", on_use("(?<=[a-z])Ã  "), "à "),
    ("â\x81 ", on_use("â\x81 "), ""),
    ("ó ", on_use("ó (?=[\x80-\x9f])"), "ó\xa0"),
    # A character whose last byte became white space.
    ("", on_use("[\xe0-\xef][\x80-\x9f](?=[\\s!-~]|$)"), "\N{REPLACEMENT CHARACTER}"),
)
"""What a text holds where something was lost, what that is, and what stands there instead."""

_CONSOLES = (
    # UTF-8 read as a console's code page, of which ftfy knows too little.
    (on_use("ΓÇ.|├[^\\s─]"), "cp437"),
    (on_use("ÔÇ.|├[^\\s─]"), "cp850"),
)

_C1 = on_use("[\x80-\x9f]")
_QUOTES = on_use("[\x80\x91-\x97\x99]")
_WINDOWS = {
    code: bytes((code,)).decode("cp1252") for code in (0x80, 0x85, *range(0x91, 0x98), 0x99)
}


def beyond_ascii(text: str) -> str:
    """What of a text is not printable ASCII, a tab or the end of a line: little of most."""
    others = text.encode("utf-8", "surrogatepass").translate(None, _PRINTABLE)
    return others.decode("utf-8", "surrogatepass")


def may_be_broken(others: str) -> bool:
    """Whether there may be something to restore in a text that holds that ``beyond_ascii``."""
    return _PERHAPS.search(others) is not None


def is_too_broken(text: str) -> bool:
    """Whether the text has more than ``MOST_BROKEN`` places that look decoded wrongly."""
    if len(text) <= MOST_BROKEN:
        return False
    return next(islice(_SUSPECT.finditer(text), MOST_BROKEN, None), None) is not None


def restored(text: str) -> str:
    """The text with what is mojibake for certain undone; the same object where nothing is.

    The result may hold control characters that were hidden in the mojibake.
    """
    for _ in range(_MOST_LAYERS):
        if not _is_suspect(text):
            break
        better = _once(text)
        if better == text:
            break
        text = better
    if _QUOTES.search(beyond_ascii(text)):  # Windows-1252 read as Latin-1
        text = text.translate(_WINDOWS)
    return text


def _once(text: str) -> str:
    return "\n".join([_line(line) if _is_suspect(line) else line for line in text.split("\n")])


def _is_suspect(text: str) -> bool:
    if text.isascii() or not may_be_broken(beyond_ascii(text)):  # which is told sooner
        return False
    return _SUSPECT.search(text) is not None


def _line(line: str) -> str:
    if _C1.search(line):
        # No text has these controls; a line that is UTF-8 with them throughout was that once.
        try:
            return line.encode("latin-1").decode("utf-8")
        except UnicodeError:
            pass
    pieces = [line] if len(line) <= _LONGEST else _pieces(line)
    return "".join([_piece(piece) if _is_suspect(piece) else piece for piece in pieces])


def _piece(text: str) -> str:
    """The text restored as a whole where all of it was read in one wrong way, else in its parts."""
    for part, lost, whole in _LOSSES:
        if part in text:
            text = lost.sub(whole, text)
    if "Ç" in text or "├" in text:
        for console, encoding in _CONSOLES:
            text = console.sub(partial(_decoded, encoding=encoding), text)
    better = _fixed(text)
    return better if better != text else _SEQUENCES.sub(lambda match: _fixed(match[0]), text)


def _fixed(text: str) -> str:
    from index.lean_ftfy import fix_encoding

    return fix_encoding(text, _config())


def _decoded(match: re.Match[str], encoding: str) -> str:
    text = match[0]
    try:
        return text.encode(encoding).decode("utf-8")
    except UnicodeError:
        return text


def _pieces(line: str) -> list[str]:
    """The line in pieces, cut at blanks where it has some."""
    pieces = []
    start = 0
    while start < len(line):
        end = start + _LONGEST
        if end < len(line):
            end = line.rfind(" ", start, end) + 1 or end
        pieces.append(line[start:end])
        start = end
    return pieces


@cache
def _config() -> TextFixerConfig:
    from index.lean_ftfy import TextFixerConfig

    # A blank stands for too many bytes to be taken for the no-break space in general; what ftfy
    # does to parts of a line it does without regard to these options.
    return TextFixerConfig(
        restore_byte_a0=False,
        decode_inconsistent_utf8=False,
        fix_c1_controls=False,
        explain=False,
    )
