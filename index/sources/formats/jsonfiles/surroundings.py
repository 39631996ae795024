"""What stands around the JSON of a file: a script, a program's messages, a table's head."""

from __future__ import annotations

from index.patterns import on_use
from index.sources.formats.jsonfiles.window import Window

_SCRIPT = on_use(
    r"(?:(?:export\s{1,9})?(?:var|let|const)\s{1,9})?[A-Za-z_$][\w$.]{0,199}(?:\[[\"'\w]{1,99}\])?"
    r"(?:\s{0,9}:\s{0,9}[A-Z][\w<>\[\]]{0,99})?\s{0,9}[=(]\s{0,9}"
    r"(?=[\[{])|export\s{1,9}default\s{1,9}(?=[\[{])|(?:while\s?\(1\)|for\s?\(;;\));|\)\]\}',?",
)
"""What makes a script of JSON: ``var berita = [``, ``callback([``, a guard against inclusion."""

_LONGEST_SCRIPT = 400
_VALUE = on_use(
    r"(?:-?[0-9][0-9.eE+-]{0,400}|true|false|null|NaN|None|undefined)\s{0,9}(?=[,\]}\r\n]|\Z)"
)
_LINE_OF_JSON = on_use(r"\n[ \t]{0,99}(?=\[\s{0,99}[{\[\]\"]|\{\s{0,99}[\"'}])")
_LONGEST_GAP = 400


def skip_surroundings(window: Window, character: str) -> str | None:
    """Goes behind what is no JSON; None where there is JSON, if only a number.

    It gives how text begins that is no JSON, such as a program's messages, and nothing of what a
    script has around its data.
    """
    if character == ";" or (character == ")" and window.text[window.at + 1 : window.at + 2] != "]"):
        window.advance(window.at + 1)
        return ""
    while len(window.text) - window.at < _LONGEST_SCRIPT and window.more():
        pass
    found = _SCRIPT.match(window.text, window.at, window.at + _LONGEST_SCRIPT)
    if found:
        window.advance(found.end())
        return ""
    return None if _VALUE.match(window.text, window.at) else _skip_text(window)


def _skip_text(window: Window) -> str:
    begins = window.text[window.at : window.at + _LONGEST_SCRIPT].partition("\n")[0].strip()
    at = window.at
    while (found := _LINE_OF_JSON.search(window.text, at)) is None:
        window.advance(max(at, len(window.text) - _LONGEST_GAP))
        if not window.more():
            window.advance(len(window.text))
            return begins
        at = window.at
    window.advance(found.end())
    return begins
