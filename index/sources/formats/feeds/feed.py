"""Feeds and exports in XML: RSS, Atom, WordPress, news agencies, databases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from index.bilingual import Text
from index.patterns import on_use
from index.sources.columns.plan import FieldNames
from index.sources.formats.feeds import agencies, dumps, wordpress, workbook
from index.sources.formats.feeds.cutting import HEAD, Piece, XmlText
from index.sources.formats.feeds.elements import (
    Element,
    namespaces,
    parse,
    parse_beginning,
)
from index.sources.formats.feeds.entry import (
    feed_of,
    fields_of,
    only_summarised,
    values_of,
)
from index.sources.formats.markup.mending import MOST_TAGS
from index.sources.formats.markup.sitenames import newspaper_in
from index.sources.problems import Detail, InputProblem, ProblemKind
from index.sources.record import Record

_ROOT = on_use(
    r"<\?xml\b|<((?:[\w.\-]+:)?(?:rss|RDF|feed|channel|urlset|sitemapindex|opml|nitf|newsMessage"
    r"|newsItem|NewsML|html))(?=[\s>])"
)
_STANDARD = on_use(
    rb"<(?:[\w.\-]+:)?(?:rss|RDF|feed|channel|item|urlset|sitemapindex|opml|nitf|newsMessage|newsItem"
    rb"|NewsML)[\s>]"
)
_ELEMENT = on_use(r"<(?![?!])((?:[A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*))(?=[\s/>])")
_ENTRY = on_use(r"<((?:[\w.\-]+:)?(?:item|entry|ITEM|ENTRY))(?=[\s/>])")
_BASE = on_use(r"""\bxml:base\s{0,9}=\s{0,9}["']([^"'<>]{1,2000})""")
_FEEDS = {"rss", "rdf", "feed", "channel", "item"}
_MAP = Text("sitemap", "peta situs")
_NO_ARTICLES: dict[str, Detail] = {"opml": "OPML", "sitemapindex": _MAP}
_CLOSING = on_use(r"</(?:[\w.\-]+:)?(?:channel|rss|rdf|feed)\s*>", re.IGNORECASE)
SAMPLE_OF_ROOT = 5000

_Made = Record | InputProblem | None
_Maker = Callable[[Element, int], _Made]


def names_its_fields(head: bytes) -> bool:
    """Whether the elements of a file that begins so have names of its maker's own."""
    return _STANDARD.search(head[:SAMPLE_OF_ROOT]) is None


def read_feed(
    content: Iterable[bytes], file: str, names: FieldNames
) -> Iterator[Record | InputProblem]:
    """The record or the problem of every article of the file. Raises ``Broken``."""
    text = XmlText(content)
    junk = _ROOT.search(text.text, 0, HEAD)
    if junk and text.text[: junk.start()].strip("\ufeff \t\r\n\0"):
        yield InputProblem(
            ProblemKind.LOOSE_XML, file, 1, Text("text before the XML", "teks sebelum XML-nya")
        )
    if junk:
        text.advance(junk.start())
    root = _ELEMENT.search(text.text, text.at)
    told = False
    for made in _read(text, file, names, root[2].lower() if root else ""):
        told = isinstance(made, Record) and _is_cut(made)
        yield made
    if root and text.broken is None and not told:
        yield from _end(text, file, root[1])
    if text.broken is not None:
        text.broken.line = text.line
        raise text.broken


def _read(
    text: XmlText, file: str, names: FieldNames, root: str
) -> Iterator[Record | InputProblem]:
    """What is in a file whose first element has this name."""
    if root in _FEEDS:
        yield from _read_entries(text, file)
    elif root in _NO_ARTICLES:
        yield InputProblem(ProblemKind.NO_ARTICLE, file, None, _NO_ARTICLES[root])
    elif root == "urlset":
        yield from _read_sitemap(text, file)
    else:
        yield from _read_others(text, file, names)


def _is_cut(record: Record) -> bool:
    return any(kind is ProblemKind.CUT_TEXT for kind, _ in record.faults)


def _end(text: XmlText, file: str, root: str) -> Iterator[InputProblem]:
    """A file without the end of its first element may have been longer."""
    tail = text.text[-1000:]
    if f"</{root}" not in tail and not tail.rstrip().endswith("/>"):
        yield InputProblem(
            ProblemKind.CUT_TEXT,
            file,
            text.line,
            Text(f"</{root}> is missing", f"</{root}> tidak ada"),
        )


def _read_entries(text: XmlText, file: str) -> Iterator[Record | InputProblem]:
    """The items of a feed or of an export."""
    before = text.before(_ENTRY)
    found = _ENTRY.match(text.text, text.at + len(before))
    if found is None:
        yield InputProblem(
            ProblemKind.NO_ARTICLE,
            file,
            None,
            Text("a feed without articles", "umpan tanpa artikel"),
        )
        return
    if before.count("<") > MOST_TAGS:
        before = before[:HEAD]  # what is said of a feed stands at its beginning
    declared = namespaces(before)
    base = _BASE.search(before)
    channel = _channel(before, declared)
    fields = fields_of(channel) if channel is not None else {}
    feed = feed_of(fields, base[1] if base else "")
    logins = wordpress.authors_of(fields)
    others: Counter[str] = Counter()

    def make(entry: Element, line: int) -> _Made:
        inside = fields_of(entry)
        other = wordpress.not_published(inside)
        if other:
            others[other] += 1
            return None
        values = values_of(entry, inside, feed)
        if wordpress.is_exported(inside):
            values = wordpress.improve(values, inside, logins, feed.title)
        elif source := newspaper_in(feed.title):
            values.setdefault("source", source)
        if not values:
            return InputProblem(ProblemKind.EMPTY_BODY, file, line)
        summary = "body" in values and only_summarised(inside)
        return Record(
            values, line, ((ProblemKind.NO_BODY, Text("summary", "ringkasan")),) if summary else ()
        )

    yield from _records(text.pieces(found[1]), file, declared, make)
    for name, count in others.most_common():
        yield InputProblem(ProblemKind.NO_ARTICLE, file, None, f"{name}: {count}", count)


def _channel(before: str, declared: str) -> Element | None:
    """The element that holds what is said of the whole feed: the channel, or the feed itself."""
    start = _ELEMENT.search(before)
    root = parse_beginning(before[start.start() :], declared) if start else None
    if root is None:
        return None
    return next((child for child in root if str(child.tag).lower().endswith("channel")), root)


def _read_sitemap(text: XmlText, file: str) -> Iterator[Record | InputProblem]:
    """Of a sitemap the titles, which that of Google News has; addresses alone are no articles."""
    found = re.search(r"<((?:[\w.\-]+:)?url)(?=[\s>])", text.before(re.compile(r"</url\b")))
    bare = 0

    def make(element: Element, line: int) -> _Made:
        nonlocal bare
        facts = dumps.values_of(element)
        if not facts.get("title"):
            bare += 1
            return None
        known = {
            "title": facts["title"],
            "url": facts.get("url"),
            "date": facts.get("publication_date"),
            "source": facts.get("name"),
        }
        return Record({key: value for key, value in known.items() if value}, line)

    if found:
        pieces = text.pieces(found[1])
        yield from _records(pieces, file, namespaces(text.text[:SAMPLE_OF_ROOT]), make)
    if bare or not found:
        yield InputProblem(ProblemKind.NO_ARTICLE, file, None, _sitemap(bare), max(bare, 1))


def _sitemap(addresses: int) -> Text:
    return Text(f"{_MAP.english}: {addresses}", f"{_MAP.indonesian}: {addresses}")


def _read_others(text: XmlText, file: str, names: FieldNames) -> Iterator[Record | InputProblem]:
    """Agencies' articles, or whatever element holds a body."""
    while len(text.text) - text.at < dumps.SAMPLE and text.more():
        pass
    sample = text.text[text.at : text.at + dumps.SAMPLE]
    declared = namespaces(sample[:SAMPLE_OF_ROOT])
    root = _ELEMENT.search(sample)
    if root is not None and root[2].lower() == workbook.ROOT:
        yield from _read_workbook(text, file, declared)
        return
    for name in agencies.RECORDS:
        found = re.search(rf"<((?:[\w.\-]+:)?{name})(?=[\s>])", sample)
        if found:
            yield from _records(
                text.pieces(found[1]),
                file,
                declared,
                lambda element, line: Record(agencies.values_of(element), line),
            )
            return
    record = dumps.find_record(sample, names)
    if record is None:
        yield InputProblem(ProblemKind.NO_RECORD, file, None, dumps.elements_there_are(sample))
        return
    pieces = text.pieces(record, nests=dumps.nests(sample, record))
    yield from _records(
        pieces, file, declared, lambda element, line: Record(dumps.values_of(element), line)
    )


def _read_workbook(text: XmlText, file: str, declared: str) -> Iterator[Record | InputProblem]:
    """The rows of a workbook in Excel's XML."""
    found = re.search(
        r"<((?:[\w.\-]+:)?Row)(?=[\s>])", text.before(re.compile("</[^<>]{0,20}Row>"))
    )
    rows = workbook.Rows()

    def make(element: Element, line: int) -> _Made:
        values = rows.values_of(element)
        return Record(values, line) if values else None

    if found:
        yield from _records(text.pieces(found[1]), file, declared, make)
    else:
        yield InputProblem(ProblemKind.NO_RECORD, file, None)


def _records(
    pieces: Iterable[Piece], file: str, declared: str, make: _Maker
) -> Iterator[Record | InputProblem]:
    for piece in pieces:
        if piece.text is None:
            yield InputProblem(ProblemKind.LINE_TOO_LONG, file, piece.line)
            continue
        if "=" not in piece.text and piece.text.find("<", 1) < 0:
            yield InputProblem(ProblemKind.EMPTY_BODY, file, piece.line)
            continue
        if piece.text.count("<") > MOST_TAGS:
            yield InputProblem(ProblemKind.BROKEN_XML, file, piece.line, f"> {MOST_TAGS} <")
            continue
        element, mended = parse(piece.text, declared)
        if element is None:
            yield InputProblem(ProblemKind.BROKEN_XML, file, piece.line, mended)
            continue
        made = make(element, piece.line)
        if isinstance(made, Record):
            made.faults = (*made.faults, *_faults(piece, mended))
        if made is not None:
            yield made


def _faults(piece: Piece, mended: str) -> Iterator[tuple[ProblemKind, Detail]]:
    """What was wrong with the text of a record that could be read."""
    text = piece.text or ""
    if "depth" in mended or (piece.last and not _CLOSING.search(text, max(len(text) - 1000, 0))):
        yield ProblemKind.CUT_TEXT, mended
    elif not piece.closed:
        yield ProblemKind.LOOSE_XML, mended or Text("its end is missing", "akhirnya tidak ada")
    elif mended or piece.recoded:
        yield ProblemKind.LOOSE_XML, mended or "UTF-8"
