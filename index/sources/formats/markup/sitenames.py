"""The names of sites that stand beside titles and writers: ``Banjir Surut | Kabar.id``."""

from __future__ import annotations

import re

from index.patterns import on_use
from index.sources.formats.markup.addresses import parts_of
from index.sources.text.bylines import read_source_line

PARTING = on_use(r" [-–—|»•:~]++ | ?\| ?")
"""What parts a title from the name of its site, in text without runs of spaces."""

DOMAIN = on_use(
    r"[\w-]{2,40}\.(?:com|co\.id|go\.id|or\.id|ac\.id|my\.id|id|net|org|news|tv)", re.IGNORECASE
)
_SECTION = on_use(r"\s[-–—|»:]\s|[|»:]|\b(?:rss|feed|xml)\b", re.IGNORECASE)
_PARTED = on_use(r"\s[-–—|»:]\s|[|»:]|\b(?:RSS|Feed)\b")
_LONGEST_NAME = 60


def without_site(title: str, source: str, url: str) -> str:
    """The title on one line, without the name of the site at its end or at its beginning."""
    title = " ".join(title.split())
    host = parts_of(url).netloc.lower().removeprefix("www.") if url else ""
    known = {_bare(name) for name in (source, host, host.split(".")[0]) if name}
    for _ in range(2):
        parts = list(PARTING.finditer(title))
        if not parts:
            break
        last = title[parts[-1].end() :]
        if _bare(last) in known or DOMAIN.fullmatch(last):
            title = title[: parts[-1].start()]
        elif _bare(title[: parts[0].start()]) in known:
            title = title[parts[0].end() :]
        else:
            break
    return title


def newspaper_in(title: str) -> str:
    """The name of the newspaper in a feed's title: all of it, or the part that is a known one."""
    if not 0 < len(title) <= _LONGEST_NAME:
        return ""
    if not _SECTION.search(title):
        return title
    for part in _PARTED.split(title):
        byline = read_source_line(part.strip())
        if byline is not None and byline.source and not byline.author:
            return byline.source
    return ""


def _bare(name: str) -> str:
    """``Kompas.com``, ``KOMPAS`` and ``kompas.com`` are one name."""
    plain = re.sub(r"[\s_]+", "", name.lower())
    return re.sub(r"\.(?:com|co\.id|id|net|org|news|go\.id|or\.id|my\.id)$", "", plain)
