"""The lines between a title and its report: when it was published, where, and by whom.

::

    Kompas.com - 19/06/2025, 09:12 WIB          a source and a date
    Jakarta, 5 Mei 2023                         a place and a date
    Tayang: 1 Juni 2023 10:15 WIB | 45 views    a labelled date
    Penulis: Rina Tan | Editor: Budi Raya       an author
    Rina Tan                                    an author, where the next line is ...
    Penulis                                     ... this

A line counts only where every word of it is explained so; a sentence that mentions a date is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.dates import ImpossibleDate, NotADate, parse_date
from index.dates.names import WEEKDAYS
from index.dates.relative import RelativeDate, is_counted_back
from index.dates.roles import ROLES
from index.patterns import on_use
from index.sources.text.dateline import read_dateline

_LONGEST = 200

_WRITERS = (
    r"oleh|by|penulis|reporter|jurnalis|wartawan|kontributor|pewarta|author|writer|ditulis oleh"
    r"|written by|laporan|tim redaksi"
)
_EDITORS = r"editor|penyunting|redaktur|edited by"
_WORD = r"(?:[A-Z][\w.'’-]*|bin|binti|van|de|al)"
_NAME = rf"[A-Z][\w.'’-]*(?: {_WORD}){{0,4}}"
_FULL_NAME = on_use(rf"[A-Z][\w.'’-]*(?: {_WORD}){{1,3}}")
_NAMES = on_use(rf"{_NAME}(?:(?:,? (?:dan|and|&) |, ?| ?/ ?|; ?){_NAME}){{0,4}}")
_BY = on_use(
    rf"(?:(?P<writer>{_WRITERS})|(?P<editor>{_EDITORS}))(?P<colon> ?[:\-] ?| )(?P<name>\S.*)",
    re.IGNORECASE,
)
_ROLE_ALONE = on_use(rf"\(?(?:(?P<writer>{_WRITERS})|(?P<editor>{_EDITORS}))\)?", re.IGNORECASE)
_NO_ROLE_ALONE = frozenset({"oleh", "by", "ditulis oleh", "written by", "edited by", "laporan"})

_HIJRI = on_use(
    r"M(?:asehi)?|[0-9]{1,2} [A-Z][A-Za-z'\u2019` -]{3,20} 1[34][0-9]{2}(?: H(?:ijriy?ah)?)?"
)
"""The same day in the Islamic calendar, and which of both a date is of."""
_PARTS = on_use(r"\s*[|,;()\[\]]\s*|\s+[-/]+\s+|\s*-+$|^-+\s*|-(?=\s)")
_PLAIN_WORDS = on_use(
    rf"(?:(?:{ROLES}|{WEEKDAYS}|pahing|pon|wage|kliwon|legi|pada|on|at|pukul|jam|pkl|tanggal|tgl|hari"
    r"|waktu|date|time|artikel|berita|terakhir|last|first|pertama|kali|wib|wita|wit|utc|gmt|di"
    r"|jurnalis)(?:[ :.]+|$))+",
    re.IGNORECASE,
)
_ROLE = on_use(rf"\b(?:{ROLES})\b", re.IGNORECASE)
_COUNTER = on_use(
    r"[0-9][0-9.,]*[km]? ?(?:views?|x|kali|komentar|comments?|menit|min|minutes?|dibaca|pembaca"
    r"|likes?|shares?|suka|tayangan|dilihat)(?: (?:baca|dibaca|read|membaca|dilihat|tayang))?"
    r"|(?:dibaca|views?|hits?|komentar|dilihat|waktu baca|reading time|tayangan) ?:? ?"
    r"[0-9][0-9.,]*[km]?(?: ?(?:kali|menit|min|x|views?))?|baca [0-9]+ menit",
    re.IGNORECASE,
)
_SITE = on_use(
    r"(?:kabar|berita|warta|news|post?|media|tribun|harian|koran|suara|radar|tv|radio|times|online|portal"
    r"|info|metro|daily|redaksi)",
    re.IGNORECASE,
)
_CHANNEL = on_use(r"detik[A-Z][A-Za-z]{1,12}|(?:Tribun|Kompas|kumparan)[A-Z][A-Za-z]{2,15}")
_TEAM = on_use(r"Tim (?:Redaksi|[A-Za-z.]{3,20}(?:com|id|tv|TV|News|news))")
_DAY_BEHIND = on_use(rf"(?:^|[ -])(?:{WEEKDAYS})$", re.IGNORECASE)


@dataclass(slots=True)
class Byline:
    """What a line tells; ``date`` is the line itself, to be read as a field of dates is."""

    date: str | None = None
    source: str | None = None
    place: str | None = None
    author: str | None = None
    editor: str | None = None
    labelled: bool = False
    """A word says what the date is the date of."""


def read_date_line(line: str, *, below: bool = True) -> Byline | None:
    """The line where it is a date with nothing unexplained around it, be it an impossible one.

    A name that only stands beside the date counts ``below`` a title: ``Timnas Menang, 19 Juni 2025
    21:30 WIB`` may be one.
    """
    if len(line) > _LONGEST or not any(map(str.isdigit, line)):
        return None
    try:
        parse_date(line)
    except ImpossibleDate:
        return Byline(date=line)
    except NotADate:
        return _labelled(line, below=below)
    return Byline(date=line)


def _labelled(line: str, *, below: bool) -> Byline | None:
    from index.dates.labels import find_date

    try:
        found = find_date(line)
    except RelativeDate:
        return Byline(date=line) if is_counted_back(line) else None
    except NotADate:
        return None
    byline = Byline(date=line)
    unknown = [part for part in _parts(found.around) if not _explain(part, byline)]
    if not unknown:
        return byline
    is_name = len(unknown) == 1 and found.timed and (below or _is_parted(unknown[0], found.around))
    return byline if is_name and _add_name(unknown[0], byline) else None


def _is_parted(name: str, around: tuple[str, ...]) -> bool:
    """A line or a hyphen parts the name from what is beside it."""
    sides = [piece.partition(name) for piece in around if name in piece]
    return any(
        before.rstrip().endswith(("|", " -")) or behind.lstrip().startswith(("|", "- "))
        for before, _, behind in sides
    )


def _parts(around: tuple[str, ...]) -> Iterator[str]:
    for piece in around:
        for part in _PARTS.split(piece):
            yield _DAY_BEHIND.sub("", part.strip(" :.-|,\t")).strip(" :.-")


def _add_name(part: str, byline: Byline) -> bool:
    """Whether the words can only be a name: ``Rina Tan | 19 Juni 2025 09:12 WIB``."""
    if not _FULL_NAME.fullmatch(part):
        return False
    if _SITE.search(part):
        byline.source = byline.source or part
    else:
        byline.author = byline.author or part
    return True


def _explain(part: str, byline: Byline) -> bool:
    """Whether the words are explained; what they tell is added to the byline."""
    if not part or _COUNTER.fullmatch(part) or _HIJRI.fullmatch(part):
        return True
    if _PLAIN_WORDS.fullmatch(part):
        byline.labelled = byline.labelled or _ROLE.search(part) is not None
        return True
    if _add_writer(part, byline):
        return True
    if _CHANNEL.fullmatch(part) or _TEAM.fullmatch(part):
        if part.startswith("Tim "):
            byline.author = byline.author or part
        else:
            byline.source = byline.source or part
        return True
    place_or_source = read_dateline(f"{part} - Harga")
    if place_or_source is None:
        return False
    byline.source = byline.source or place_or_source.source
    byline.place = byline.place or place_or_source.place
    return True


def _add_writer(part: str, byline: Byline) -> bool:
    match = _BY.fullmatch(part)
    if match is None or not _NAMES.fullmatch(match["name"]):
        return False
    if match["colon"] == " " and (match["writer"] or match["editor"]).lower() not in _NO_ROLE_ALONE:
        return False
    if match["writer"]:
        byline.author = byline.author or match["name"]
    else:
        byline.editor = byline.editor or match["name"]
    return True


def read_source_line(line: str) -> Byline | None:
    """The line where it is a known source, or a name and one: ``Rina Tan - detikNews``."""
    if len(line) > _LONGEST:
        return None
    byline = Byline()
    *names, source = _parts((line,))
    if not _explain(source, byline) or byline.source is None or len(names) > 1:
        return None
    return byline if not names or _add_name(names[0], byline) else None


def is_counter(line: str) -> bool:
    """The line only counts readers, comments or minutes: ``12 komentar``, ``3 menit baca``."""
    return len(line) <= _LONGEST and _COUNTER.fullmatch(line) is not None


def read_author_line(line: str, *, below: bool = True) -> Byline | None:
    """The line where it is ``Penulis: Rina Tan``, ``Oleh Rina Tan | Editor: Budi`` and the like.

    ``Laporan: Banjir Bandang`` is a title, unless it stands ``below`` one.
    """
    if len(line) > _LONGEST or not (below or line[:7].lower() != "laporan"):
        return None
    byline = Byline()
    parts = [part for part in line.split("|") if part.strip()]
    explained = all(_add_writer(" ".join(part.split()), byline) for part in parts)
    return byline if parts and explained else None


def read_author_pair(name: str, role: str) -> Byline | None:
    """Two lines where the first is a name and the second says whose: ``Penulis``, ``Editor``."""
    match = _ROLE_ALONE.fullmatch(role)
    if match is None or match[0].lower() in _NO_ROLE_ALONE:
        return None
    if len(name) > _LONGEST or not _NAMES.fullmatch(name):
        return None
    return Byline(author=name) if match["writer"] else Byline(editor=name)
