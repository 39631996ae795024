"""The names of months and weekdays, as Indonesian and English texts write and misspell them."""

from __future__ import annotations

from string import ascii_lowercase

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari pebruari february feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agust agst agt agu ags aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
"""The number of every name in small letters."""

_NEIGHBOURS = {
    name: number
    for number, names in enumerate(
        (
            "",
            "febr pebr",
            "mac mart",
            "",
            "",
            "",
            "julai",
            "ogos augustus agus",
            "",
            "octo",
            "",
            "",
        ),
        start=1,
    )
    for name in names.split()
} | {"disember": 12, "dis": 12}

OLD_MONTHS = {"djanuari": 1, "djuni": 6, "djoeni": 6, "djuli": 7, "djoeli": 7, "agoestoes": 8}
"""Names before the spelling of 1972, too near to other words to be misspelt."""

MORE_MONTHS = MONTHS | _NEIGHBOURS | OLD_MONTHS
"""With those of Malay and Dutch, old ones, and abbreviations that only a label makes certain."""

ROMAN_MONTHS = {
    number: month
    for month, number in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), start=1
    )
}
"""The numbers of months as offices and old newspapers write them, in small letters."""

WEEKDAYS = (
    r"senin|isnin|selasa|rabu|kamis|khamis|jum'?ah?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min"
    r"|mgg|(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?"
)
"""An expression for the days of the week."""

_LEAST = 5
"""So many letters has a name that may be misspelt: Juni and Juli are too near each other."""

_FULL_NAMES = {
    name: number
    for name, number in MORE_MONTHS.items()
    if len(name) >= _LEAST and name not in OLD_MONTHS
}
_LETTERS = {letter: 1 << place for place, letter in enumerate(ascii_lowercase)}
_MOST = 2
"""No more letters differ."""


def _near_in_length(length: int) -> list[tuple[str, int, int]]:
    """Names that are not much longer or shorter: by how many letters, and the set of theirs."""
    return [
        (name, abs(len(name) - length), sum(_LETTERS[letter] for letter in set(name)))
        for name in _FULL_NAMES
        if abs(len(name) - length) <= _MOST
    ]


_BY_LENGTH = [_near_in_length(length) for length in range(max(map(len, _FULL_NAMES)) + _MOST + 1)]


_OTHER_WORDS = frozenset({"mulai", "macet", "market", "match", "merch", "caret"})
"""Words of their own that are as near to a month."""


def misspelt_month(word: str) -> int | None:
    """The month whose name differs from the word, in small letters, by one letter or two.

    None where no name is so near, or names of two months are. Two letters may differ where the
    word has at least seven.
    """
    if not _LEAST <= len(word) < len(_BY_LENGTH) or word in _OTHER_WORDS:
        return None
    most = 2 if len(word) >= 7 else 1
    letters = others = 0
    for letter in set(word):
        bit = _LETTERS.get(letter, 0)
        letters |= bit
        others += not bit
    # An edit changes two letters, one that makes a word longer or shorter but one. So hardly a word
    # is compared, for which more is loaded.
    alike = [
        name
        for name, longer, own in _BY_LENGTH[len(word)]
        if (own ^ letters).bit_count() + others + longer <= 2 * most and longer <= most
    ]
    if not alike:
        return None
    from rapidfuzz.distance import OSA

    near: dict[int, int] = {}
    for name in alike:
        number = _FULL_NAMES[name]
        distance = OSA.distance(word, name, score_cutoff=most)
        if distance <= most:
            near[number] = min(distance, near.get(number, distance))
    nearest = [number for number, distance in near.items() if distance == min(near.values())]
    return nearest[0] if len(nearest) == 1 else None
