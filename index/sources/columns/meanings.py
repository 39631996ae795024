"""Which field of an article a column's name means, by a small grammar of its words.

Every word of the name must be known, and together they must mean one field: ``image_url`` means
none because of *image*, ``author_url`` because it is the address of something else. What is
uncertain is no field: the account of columns tells of it, and ``--map`` names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from index.dates.zones import ZONE_NAMES
from index.fields import FIELDS
from index.patterns import on_use
from index.sources.columns.grammar import IN_ORDER, OF_THE_ARTICLE, ORIGIN, SUMMARY, TIERS
from index.sources.columns.words import LONGEST_NAME, WORDS, Word, words_of

_IGNORED = str.maketrans("", "", "_-\ufeff")
_LONGEST_MOMENT = 80
_HAS_CLOCK = on_use(
    r"(?<![0-9.])[0-9]{1,2}(?::[0-9]{2}|\.[0-9]{2}(?![.0-9]))(?![0-9])"
    r"|[0-9]{4}[ ,|-]{1,3}[0-9]{1,2}\.[0-9]{2}\.[0-9]{2}(?![0-9])"
    r"|^\s{0,9}[0-9]{8}[Tt _-]?[0-9]{4}(?:[0-9]{2})?\s{0,9}$"
)
_HAS_ZONE = on_use(
    rf"(?<![a-z])(?:{ZONE_NAMES}|z)(?![a-z])|\+[0-9]|[ 0-9:]{{3}} ?-[0-9]{{2}}:?[0-9]{{2}}$",
    re.IGNORECASE,
)
_ENUMERATED = on_use(r"(?:\(?[0-9]{1,2}[.)]\s{0,9}|\(?[A-Za-z][.)]\s{1,9})(?=[^\W\d_])")
_TYPE = on_use(
    r"\s{0,9}\((?:str|string|text|teks|object|varchar|char|datetime|date|tanggal|timestamp|time"
    r"|wajib|required|opsional|optional|d{1,4}[-/. ]m{1,4}[-/. ]y{2,4})\)\Z",
    re.IGNORECASE,
)
_WRAPPER = on_use(
    r"(?:(?:hits|_source|metadata|warc_headers|fields|data|attributes|properties|doc|document|node|item|_doc)[./])+"
)


class Meaning(NamedTuple):
    """A field and how well a name fits it: names of a lower tier, then of a lower rank, first."""

    field: str
    tier: int
    rank: int


def plain(name: str) -> str:
    """The name as it is compared: without case, spaces, underscores and hyphens."""
    return "".join(name.split()).translate(_IGNORED).lower()


def unwrapped(name: str) -> str:
    """The name without what is none of it.

    That is the objects of export programs (``_source.isi``), the number of the column
    (``1. Judul``) and the type of its values (``Judul (teks)``).
    """
    if name[:1].isdigit() or name[:1] == "(" or name[1:2] in {".", ")"}:
        name = _ENUMERATED.sub("", name)
    if name[-1:] == ")":
        name = _TYPE.sub("", name) or name
    wrapper = _WRAPPER.match(name)
    return name[wrapper.end() :] if wrapper and wrapper.end() < len(name) else name


_EXACT: Mapping[str, tuple[str, int]] = {
    plain(name): (field.name, rank)
    for field in FIELDS
    for rank, name in enumerate(field.archive_names)
}

_TIER_OF_KNOWN = {"published": 1, "timestamp": 3}  # the latter is often that of a program

_OF_THE_SEARCH_ENGINE = "@timestamp"  # when it took the article in

_SPECIAL: Mapping[str, Meaning] = {
    "sourcehostname": Meaning("source", 0, -1),  # trafilatura's, whose source is an address
    "h1": Meaning("title", 3, 0),
    "suratkabar": Meaning("source", 1, 50),
    "kantorberita": Meaning("source", 1, 50),
    "publication": Meaning("source", 2, 50),
    "publicationname": Meaning("source", 1, 50),
    "objectid": Meaning("id", 2, 0),  # Algolia's
    "pk": Meaning("id", 2, 1),  # of a table's primary key
    "selftext": Meaning("body", 2, 0),  # Reddit's
    "resolvedtitle": Meaning("title", 1, 50),
    "giventitle": Meaning("title", 1, 60),
    **{
        name: Meaning("url", 2, rank)
        for rank, name in enumerate(
            (
                *("mainentityofpage", "finalurl", "respondedurl", "resolvedurl", "targeturi"),
                *("warctargeturi", "requestedurl", "givenurl"),
            )
        )
    },
}
"""The names that whole programs give: of JSON-LD, of crawlers, of reading lists."""


_TEXT = {"text", "teks"}
_ORIGIN = {"source", "sumber"}
_BODILESS = {"item", "entry", "doc", "dokumen", "wp", "dc"}
_MOMENTS = {Word.DATE, Word.TIME, Word.CLOCK, Word.PUBLISHED, Word.CREATED, Word.UPDATED}
_OF_DATES = {Word.WHOLE, Word.CLEAN, Word.FORM, Word.META, Word.FIRST, Word.WEB, Word.UTC}
_UNCERTAIN_ALONE = {
    "publication",
    "release",
    "posting",
    "rilis",
    "pub",
    "publishing",
    "muat",
    "siar",
    "edisi",
}
_COMPOUND = 50  # the ranks before it are those of known names


def meaning(name: str) -> Meaning | None:
    """The field that a column's name means; None for a name that means none for certain.

    A name that ``index.fields`` declares comes before what only means the same, except that among
    dates the kind of moment counts: publishing, any day, making, changing.
    """
    return _meaning(name) if len(name) <= LONGEST_NAME else None


@lru_cache(maxsize=4096)
def _meaning(name: str) -> Meaning | None:
    bare = unwrapped(name)
    if plain(bare) == _OF_THE_SEARCH_ENGINE:
        return None
    special = _SPECIAL.get(plain(bare))
    if special is not None:
        return special
    exact = _EXACT.get(plain(bare))
    grammatical = _by_words(words_of(bare))
    if exact is None:
        return grammatical
    field, rank = exact
    tier = grammatical.tier if grammatical and grammatical.field == field == "date" else 0
    return Meaning(field, _TIER_OF_KNOWN.get(plain(bare), tier), 2 * rank)


def with_zone(name: str, value: str) -> str:
    """A moment with UTC behind it where its column's name says so, as ``date_gmt``, and it not."""
    small = name.lower()
    if not ("gmt" in small or "utc" in small) or len(value) > _LONGEST_MOMENT:
        return value
    if Word.UTC not in map(WORDS.get, words_of(name)):  # outcome_date
        return value
    if not _HAS_CLOCK.search(value) or _HAS_ZONE.search(value):
        return value
    return value.strip() + " UTC"


def other_moment(name: str) -> Word | None:
    """The word of a name that makes its moments none of the article: of fetching, of labelling."""
    if plain(unwrapped(name)) == _OF_THE_SEARCH_ENGINE:
        return Word.CRAWLED
    for word in words_of(name):
        if WORDS.get(word) in {Word.CRAWLED, Word.LABELLED}:
            return WORDS[word]
    return None


def _by_words(words: tuple[str, ...]) -> Meaning | None:
    if "0" in words[:-1]:  # the first of a list: authors.0.name
        words = tuple(word for word in words if word != "0")
    kinds = [WORDS[word] for word in words if word in WORDS]
    if not kinds or len(kinds) < len(words):
        return None
    telling = frozenset(kinds) - {Word.ARTICLE, Word.PARTICLE}
    found = _together(words, [kind for kind in kinds if kind in telling], telling)
    if found is None and Word.ARTICLE in kinds and (telling or not _BODILESS.issuperset(words)):
        found = None if "post" in words and telling else OF_THE_ARTICLE.get(telling)
    if found is None:
        return None
    field, tier = found
    if field == "url" and "href" in words[1:] and _ORIGIN.isdisjoint(words):
        return Meaning("url", 0, 1)  # where a link is two columns, the other holds its words
    return Meaning(field, tier, _COMPOUND + len(words))


def _together(
    words: tuple[str, ...], kinds: list[Word], telling: frozenset[Word]
) -> tuple[str, int] | None:
    """The field and the tier of words beside those of the article."""
    if telling & _MOMENTS:
        found = _of_a_moment(words, telling)
        if found is not None or telling <= _MOMENTS:
            return found
    found = TIERS.get(telling) or IN_ORDER.get(tuple(kinds))
    if found is None and Word.BODY in telling:
        return _of_a_text({*words}, telling - {Word.BODY})
    if telling == {Word.URL, Word.SOURCE} and _ORIGIN & {*words}:
        return ORIGIN, 1
    return found


def _of_a_moment(words: tuple[str, ...], telling: frozenset[Word]) -> tuple[str, int] | None:
    if Word.BODY in telling and _TEXT.issuperset(w for w in words if WORDS[w] is Word.BODY):
        telling -= {Word.BODY}  # a date as text
    found = TIERS.get(telling - _OF_DATES)
    if found is None or found[0] != "date":
        return None
    if telling == {Word.PUBLISHED} and _UNCERTAIN_ALONE.issuperset(words):
        return None
    if "parsed" in words and not telling & {Word.DATE, Word.TIME}:
        return None  # a list of numbers
    tier = found[1]
    if telling == {Word.PUBLISHED} and words[-1] in {"at", "on", "up", "pada"}:
        tier = 0
    return "date", max(tier, 3) if Word.UTC in telling else tier


def _of_a_text(words: set[str], others: frozenset[Word]) -> tuple[str, int] | None:
    """*text* as the form of a title, a summary of a text: ``title_text``, ``content_snippet``."""
    found = TIERS.get(others)
    texts = {word for word in words if WORDS[word] is Word.BODY}
    if found and found[0] == "title" and texts <= _TEXT:
        return found
    return found if found and found[0] == SUMMARY else None
