"""JSON to values: strictly, and where that fails as it was meant."""

from __future__ import annotations

import json

from index.bilingual import Text
from index.sources.formats.jsonfiles.mending import NotMended, mend
from index.sources.values.notation import NotNotation, read_value

LENIENT = json.JSONDecoder(strict=False, parse_constant=lambda _name: None)
"""Reads what orjson rightly refuses but archives hold: raw control characters, NaN, and lone
surrogates, among them the bytes that are not UTF-8."""

_LONGEST_TOKEN = 16  # an error nearer to the end may be only a token cut in two

_FEWEST_BRACKETS = 500  # in brackets, at which json gives up; none of them can be an article


_IN_INDONESIAN = {
    "Expecting value": "nilai diharapkan",
    "Expecting property name enclosed in double quotes": "nama dalam tanda kutip ganda diharapkan",
    "Expecting ':' delimiter": "tanda ':' diharapkan",
    "Expecting ',' delimiter": "tanda ',' diharapkan",
    "Unterminated string": "teks yang tidak ditutup",
    "Invalid control character": "karakter kendali",
    "Invalid \\escape": "\\ yang keliru",
    "Invalid \\uXXXX escape": "\\uXXXX yang keliru",
    "Illegal trailing comma before end of object": "koma sebelum akhir objek",
    "Illegal trailing comma before end of array": "koma sebelum akhir daftar",
}
"""What Python's ``json`` says."""


class NotAValue(ValueError):
    """No value begins there; ``cut`` where it may only end too early.

    ``position`` is where reading stopped, and ``parsed`` how far it went in vain.
    """

    def __init__(self, message: str, position: int, *, cut: bool, parsed: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.cut = cut
        self.parsed = parsed

    def told(self, *, column: bool = False) -> Text | str:
        """What is wrong, in a text of one line with the column; empty where that is not known."""
        if not self.message:
            return ""
        message = self.message.removesuffix(": ").removesuffix(" at").removesuffix(" starting")
        told = Text(message, _IN_INDONESIAN.get(message, message))
        if not column:
            return told
        at = self.position + 1
        return Text(f"{told.english}, column {at}", f"{told.indonesian}, kolom {at}")


def decode_value(
    text: str, at: int, *, whole: bool, strictly: bool = False
) -> tuple[object, int, bool]:
    """The value that begins at a place of the text, where it ends, and whether it is strict JSON.

    What is no JSON is read as ``notation`` does, or else with bare quotation marks as text, unless
    the text is not ``whole`` yet and its rest may mend it, or ``strictly`` forbids it. Raises
    ``NotAValue``.
    """
    try:
        return *LENIENT.raw_decode(text, at), True
    except json.JSONDecodeError as error:
        message, position = error.msg, error.pos
        cut = len(text) - position < _LONGEST_TOKEN or "Unterminated" in message
    except ValueError:  # a number of thousands of digits
        message, position, cut = "", at, False
    except RecursionError:
        message, position, cut = "", at + _FEWEST_BRACKETS, False
    if strictly or (cut and not whole) or text[at : at + 1] not in {"{", "["}:
        raise NotAValue(message, position, cut=cut, parsed=0)
    try:
        return *read_value(text, at), False
    except NotNotation as error:
        reached = len(text) if error.cut else error.position
        cut = cut or (error.cut and bool(message))
        if not error.cut:
            position = max(position, error.position)
    if message.startswith("Expecting"):
        try:
            return *mend(text, at), False
        except NotMended as error:
            reached = max(reached, error.position)
            cut = cut or error.cut
    raise NotAValue(message, position, cut=cut, parsed=reached - at)
