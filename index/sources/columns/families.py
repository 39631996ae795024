"""Columns whose names mean something only together: ``isi_1`` and ``isi_2``.

Numbered columns hold the paragraphs or pages of one text. A word that all names share, as the name
of a site or of a program, says nothing of a column.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from index.patterns import on_use
from index.sources.columns.meanings import meaning, plain
from index.sources.columns.words import LONGEST_NAME, WORDS, Word, words_of

_NUMBERED = on_use(
    r"(?P<stem>.*?[^\W\d])[\W_]{0,3}(?P<number>\d{1,3})[\W_]{0,2}(?:text|teks|value|p|isi)?\W?",
    re.IGNORECASE | re.ASCII,
)
_PARAGRAPHS = {
    "p",
    "par",
    "para",
    "alinea",
    "paragraphs",
    "paragraf",
    "paragraph",
    "halaman",
    "bagian",
}
_FEWEST = 2
_AGENCY = {"hd", "pd"}
_AGENCY_FIELDS: Mapping[str, str] = {
    "hd": "title",
    "pd": "tanggal",
    "et": "jam",
    "sn": "source",
    "by": "author",
    "an": "id",
    "se": "section",
}
"""The fields of Factiva's tables: https://developer.dowjones.com/, Factiva field codes."""

_OTHER_THINGS = frozenset(
    [
        "image",
        "images",
        "img",
        "gambar",
        "foto",
        "photo",
        "picture",
        "video",
        "thumbnail",
        "comment",
        "comments",
        "komentar",
        "tweet",
        "reply",
        "author",
        "penulis",
        "user",
        "parent",
        "related",
        "terkait",
        "ads",
        "iklan",
        "tag",
        "tags",
        "page",
        "site",
        "source",
        "sumber",
        "media",
        "category",
        "kategori",
        "publisher",
    ]
)
"""What has names, texts and addresses of its own that are not the article's."""


def paragraphs(keys: Sequence[str]) -> tuple[str, ...]:
    """The keys that hold the parts of one body, in the order of their numbers; none if uncertain.

    Numbered titles or addresses beside them are those of several articles.
    """
    plain_keys = {plain(key): key for key in keys}
    if plain_keys.keys() >= _AGENCY:
        return tuple(plain_keys[part] for part in ("lp", "td") if part in plain_keys)
    families: dict[str, dict[int, str]] = defaultdict(dict)
    for key in keys:
        found = _NUMBERED.fullmatch(key) if len(key) <= LONGEST_NAME else None
        if found:
            families[plain(found["stem"])].setdefault(int(found["number"]), key)
    bodies = []
    for stem, members in families.items():
        if stem in _PARAGRAPHS and stem in plain_keys and min(members) > 0:
            members[0] = plain_keys[stem]  # pandas numbers the second of several names
        if len(members) < _FEWEST:
            continue
        meant = meaning(stem)
        if stem in _PARAGRAPHS or (meant and meant.field == "body"):
            bodies.append(members)
        elif meant and meant.field in {"title", "url"}:
            return ()
    if len(bodies) != 1:
        return ()
    return tuple(bodies[0][number] for number in sorted(bodies[0]))


def agency_names(keys: Sequence[str]) -> Mapping[str, str]:
    """What the two letters of a news agency's fields stand for; none where they are not such."""
    plain_keys = {plain(key): key for key in keys}
    if not plain_keys.keys() >= _AGENCY:
        return {}
    return {plain_keys[code]: name for code, name in _AGENCY_FIELDS.items() if code in plain_keys}


def simpler_names(keys: Sequence[str]) -> Mapping[str, str]:
    """For keys that mean nothing as they are: names without what most of them share.

    To be asked only where no key means a body.
    """
    parts = {key: words for key in keys if len(words := words_of(key)) > 1}
    indonesian = _of_translations(parts)
    if indonesian:
        return indonesian
    for end in (0, -1):
        shared = _shared(parts.values(), end)
        if shared is None or shared in _OTHER_THINGS or shared.isdecimal():
            continue
        group = {key: words for key, words in parts.items() if words[end] == shared}
        if 2 * len(group) < len(keys):
            continue
        names = _without_shared(group, backwards=end != 0)
        if any((meant := meaning(name)) and meant.field == "body" for name in names.values()):
            return names
    return {}


def _of_translations(parts: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The names of ``content_id`` and the like without *id* if there is ``content_en``, too."""
    english = {words[:-1] for words in parts.values() if words[-1] in {"en", "eng"}}
    names = {
        key: " ".join(words[:-1])
        for key, words in parts.items()
        if words[-1] in {"id", "in"} and words[:-1] in english
    }
    meant = [meaning(name) for name in names.values()]
    return names if any(found and found.field == "body" for found in meant) else {}


def _shared(parts: Iterable[tuple[str, ...]], end: int) -> str | None:
    counts: dict[str, int] = defaultdict(int)
    for words in parts:
        counts[words[end]] += 1
    best = max(counts, key=lambda word: counts[word], default=None)
    return best if best is not None and counts[best] >= _FEWEST else None


def _without_shared(group: Mapping[str, tuple[str, ...]], *, backwards: bool) -> dict[str, str]:
    """The names without all words that the whole group begins, or ends, with."""
    ordered = {key: words[::-1] if backwards else words for key, words in group.items()}
    first, *others = ordered.values()
    count = 0
    while count < len(first) - 1 and all(
        count < len(words) - 1 and words[count] == first[count] for words in others
    ):
        count += 1
    fetched = any(WORDS.get(word) is Word.CRAWLED for word in first[:count] if word != "scraper")
    names = {}
    for key, words in ordered.items():
        rest = words[count:][::-1] if backwards else words[count:]
        name = "judul" if rest in {("name",), ("nama",)} else " ".join(rest)
        meant = meaning(name)
        if not (fetched and meant and meant.field == "date"):
            names[key] = name
    return names
