"""Texts by chance: hostile characters, and texts that are altered a little."""

from __future__ import annotations

import random

ODD = (
    *("\0", "\x01", "\x07", "\x0b", "\x0c", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\ufeff"),
    *("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202e", "\u2028", "\u2029", "\u2060"),
    *("\ud800", "\udc00", "\udcff", "\ufffd", "\uffff", "\U0010ffff", "\U000e0041", "\U0001f1ee"),
    *("\u0130", "\u0131", "\u017f", "\u1e9e", "\xdf", "\ufb01", "\u01c5", "\u0345", "\u1fb7"),
    *("e\u0301", "\u0301" * 3, "a\u0300\u0316" * 4, "\u0e33", "\u0c1c\u0c4d\u0c1e\u200c\u0c3e"),
    *("\uff21\uff22", "\uff02", "\uff08", "\uff0d", "\u2212", "\u2013", "\u2014", "\u2026"),
    *("\u0661\u0662\u0663", "\u2460", "\xb2", "\xbd", "\u2167", "\u0967", "\U0001d7d9"),
    *("\u6c49\u5b57", "\u0627\u0644\u0639", "\u05d0\u05d1", "\u0e44\u0e17\u0e22", "\uac00\u1100"),
    *("\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f600", "\u2603\ufe0f", "#\ufe0f\u20e3"),
    *("\u201c", "\u201d", "\u201e", "\xab", "\xbb", "\u2018", "\u2019", "'", '"', "`", "\\"),
    *("<zq9>", "</mark>", "<mark>", "&lt;", "&#0;", "&zq9;", "]]>", "<!--", "{{7*7}}", "%s", "%00"),
)
"""Characters and marks with which programs have trouble; some cannot be written as UTF-8."""


def altered_text(text: str, generator: random.Random, pieces: tuple[str, ...]) -> str:
    """A text with a few places cut, doubled, moved or replaced by one of some pieces."""
    for _ in range(generator.choice((0, 1, 1, 2, 4, 8))):
        at = generator.randrange(len(text) + 1)
        end = min(len(text), at + generator.choice((1, 1, 2, 5, 20)))
        match generator.randrange(7):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:end] + text[at:end] * generator.choice((1, 2, 30)) + text[end:]
            case 2:
                start = generator.randrange(len(text) + 1)
                text = text[:at] + text[start : start + 20] + text[at:]
            case 3:
                text = text[:at] + text[at:end].swapcase() + text[end:]
            case 4:
                text = (
                    text[:at] + chr(generator.choice((128, 2048, 65536, 1114112)) - 1) + text[at:]
                )
            case 5:
                text = text[:at] + generator.choice(ODD) + text[end:]
            case _:
                text = text[:at] + generator.choice(pieces) + text[at:]
    return text
