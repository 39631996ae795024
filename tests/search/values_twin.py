"""Which values a part of one stands for, a value at a time; see ``search.values``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

from index.analysis import fold_value
from index.analysis.plain_letters import in_plain_letters

_ENDS = ("news", "online", "indonesia", "com", "tv")


def words_of(text: str) -> list[str]:
    """The words of a value, read a character at a time."""
    found = [""]
    for place, one in enumerate(text):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        begins = (
            (_is(before, lower=True) and _is(one, lower=False))
            or (_is(before, lower=False) and _is(one, lower=False) and _is(after, lower=True))
            or before.isdigit() != one.isdigit()
        )
        if not one.isalnum() or begins:
            found.append("")
        if one.isalnum():
            found[-1] += one
    split = []
    for word in (in_plain_letters(word.lower()) for word in found if word):
        ends = [end for end in _ENDS if word.endswith(end) and len(word) >= len(end) + 3]
        split += [word[: -len(ends[0])], ends[0]] if ends else [word]
    return split


def _is(letter: str, *, lower: bool) -> bool:
    return letter.isascii() and (letter.islower() if lower else letter.isupper())


def meant(text: str, values: Iterable[str], *, whole: bool = False) -> set[str]:
    """The values, folded and each once, that a text stands for."""
    folded = {fold_value(value): value for value in values}
    same = {one for one in folded if one == fold_value(text)}
    if whole:
        return same
    for prefix in ("https://", "http://", "www."):
        rest = text.strip().lower().removeprefix(prefix)
        host = re.split("[/?#:]", rest)[0]
        if len(rest) < len(text.strip()) and host and not re.search(r"\s", rest):
            text = host
            break
    part = [word for word in words_of(text) if word not in {"http", "https", "www"}]
    part = part or words_of(text)
    fitting = {one for one, value in folded.items() if part and _fits(part, words_of(value))}
    return same | fitting or {one for one in folded if _begins("".join(part), one)}


def _fits(part: list[str], words: list[str]) -> bool:
    spans = [words[i:j] for i, j in combinations(range(len(words) + 1), 2)]
    in_a_row = any("".join(span) == "".join(part) for span in spans)
    return in_a_row or tuple(part) in combinations(words, len(part))


def _begins(letters: str, value: str) -> bool:
    """Whether a label of a host, but for the last, begins with the letters."""
    host = value.removeprefix("https://").removeprefix("http://")
    labels = host.partition(":")[0].partition("/")[0].split(".")
    is_host = len(labels) > 1 and all(
        label and label.replace("-", "").isalnum() and label[0].isalnum() for label in labels
    )
    begun = [label.replace("-", "").startswith(letters) for label in labels[:-1]]
    is_host = is_host and re.fullmatch("[a-z]{2,}", labels[-1]) is not None
    return len(letters) >= 3 and is_host and any(begun)
