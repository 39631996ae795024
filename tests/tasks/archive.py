"""The archive of the tasks: sixty articles that were made up, and plain looks into them.

Places, people and newspapers are invented. In ``articles.txt`` each has a line with its day,
source, category, place and author, one with its title and one with its text. Three are of the week
before this one and one is of yesterday, whenever the tests are run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from index.article import Article
from index.dates import WIB, local_today

KABAR, LINTAS, RIMBA = "Kabar Nusa", "Lintas Niaga", "Suara Rimba"
PELITA, SAMUDRA = "Pelita Kota", "Harian Samudra"

TODAY = local_today()
_MONDAY = TODAY - timedelta(days=TODAY.weekday() + 7)
LAST_WEEK = tuple(_MONDAY + timedelta(days=n) for n in range(7))
YESTERDAY = TODAY - timedelta(days=1)


def _moment(told: str) -> datetime | None:
    """The day that the head of an article tells, as its midnight."""
    if told == "-":
        return None
    if told == "yesterday":
        day = YESTERDAY
    elif told.startswith("last week "):
        day = LAST_WEEK[int(told[-1])]
    else:
        day = date.fromisoformat(told)
    return datetime.combine(day, time(tzinfo=WIB)).astimezone(UTC)


def _article(number: int, block: str) -> Article:
    head, title, body = block.splitlines()
    told, *facts = head.split(" | ")
    source, category, place, author = (None if one == "-" else one for one in facts)
    name = f"t{number:02}"
    url = f"https://example.com/{name}"
    return Article(name, title, body, _moment(told), url, source, category, place, author)


ARTICLES = tuple(
    _article(number, block)
    for number, block in enumerate(
        (Path(__file__).parent / "articles.txt").read_text(encoding="utf-8").strip().split("\n\n"),
        start=1,
    )
)


def day(article: Article) -> str | None:
    """Its day, as ``2017-05-02``."""
    return None if article.date is None else article.date.astimezone(WIB).date().isoformat()


def has(article: Article, pattern: str) -> bool:
    """Whether its title or body has what a regular expression tells, in any case."""
    return re.search(pattern, f"{article.title}\n{article.body}", re.IGNORECASE) is not None


def where(
    *patterns: str, without: str | None = None, within: str = "", source: str | None = None
) -> list[Article]:
    """The articles that have every pattern, of days that begin so, and of the source."""
    return [
        one
        for one in ARTICLES
        if all(has(one, pattern) for pattern in patterns)
        and not (without and has(one, without))
        and (not within or (day(one) or "").startswith(within))
        and (source is None or one.source == source)
    ]


def ids(articles: Iterable[Article]) -> set[str]:
    """Their ids."""
    return {one.id for one in articles}


def days(articles: Iterable[Article], *, newest: bool = True) -> list[str]:
    """Their days, the newest or the oldest first; the undated are left out."""
    return sorted(filter(None, map(day, articles)), reverse=newest)
