"""Saved web pages: one article each."""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from itertools import islice
from typing import Any

from index.bilingual import Text
from index.patterns import on_use
from index.sources.formats.markup.encodings import (
    PRESCANNED,
    codec_of,
    decode_markup,
    page_encoding,
)
from index.sources.formats.markup.mending import MOST_TAGS, carry, mend_references, restore
from index.sources.formats.markup.plaintext import as_html
from index.sources.formats.pages import jsonld, maintext
from index.sources.formats.pages.facts import Facts, is_date
from index.sources.inputs.streams import whole
from index.sources.problems import Detail, InputProblem, ProblemKind
from index.sources.record import Record
from index.sources.text.bylines import is_counter, read_author_line, read_date_line

_MHTML = on_use(rb"(?:[A-Za-z\-]{1,40}:[^\n]{0,1000}\n(?:[ \t][^\n]{0,1000}\n)*){2}")
_PARTS = on_use(rb"^content-type:\s{0,9}multipart/", re.IGNORECASE | re.MULTILINE)
_MOST_PARTS = 9
"""No page is saved in so many archives in archives: each makes every line cost more."""

_ERROR = on_use(
    r"\b(?:40[0134]|50[0234])\b|(?:halaman|page|artikel|laman).{0,20}(?:tidak ditemukan|not found)"
    r"|not found|access denied|akses ditolak|forbidden|just a moment|attention required"
    r"|bad gateway|service unavailable|are you (?:a )?human|captcha|under maintenance",
    re.IGNORECASE,
)
_LIST = Text("a list of articles", "daftar artikel")
_DEEP = Text("elements in elements", "elemen di dalam elemen")
_SHORT = 500
_TEASERS = 4  # so many <article> elements with a headline that is a link make a list
_FULLER = 1.2
_HEAD = 6
_LONGEST_TITLE = 500
_NO_WORD = on_use(r"(?:(?![+#])[^\w-]|(?<!\w)-(?!\d)|(?<=\w)-)+")
_SHORT_DATE = 13
_BY = on_use(r"\b(?:by|oleh|penulis|reporter)\b:?", re.IGNORECASE)
_MOSTLY_LINKS = 0.8


def read_page(content: Iterable[bytes], file: str) -> Iterator[Record | InputProblem]:
    """The one record of the file, or its problem. Raises ``Broken``.

    The facts are from JSON-LD, ``<meta>`` and the page itself, in this order; the text is that of
    ``maintext``, or JSON-LD's where it is clearly longer.
    """
    data = whole(content)
    if data is None:
        yield InputProblem(ProblemKind.LINE_TOO_LONG, file, None)
        return
    location = ""
    if _MHTML.match(data) and b"multipart/" in data[:5000].lower():
        data, location = _from_mhtml(data)
    if data.count(b"<") > MOST_TAGS:
        yield InputProblem(ProblemKind.DAMAGED_FILE, file, None, f"> {MOST_TAGS} <")
        return
    text = mend_references(decode_markup(data, page_encoding(data[:PRESCANNED].decode("latin-1"))))
    tree, is_whole = _tree(text)
    if tree is None:
        yield InputProblem(ProblemKind.EMPTY_BODY, file, None)
        return
    read = _read(tree, text, location, file)
    if isinstance(read, Record) and not is_whole:
        read.faults = (
            *read.faults,
            (ProblemKind.CUT_TEXT, _DEEP),
        )
    yield read


def _read(tree: Any, text: str, location: str, file: str) -> Record | InputProblem:
    facts = Facts(tree, text, location)
    values = {
        name: restore(value) if isinstance(value, str) else value
        for name, value in facts.values().items()
    }
    title = str(values.get("title", ""))
    main = maintext.find(tree, carry(text))
    paragraphs = [restore(part) for part in main.paragraphs]
    head, found = _without_head(paragraphs, title, str(values.get("author", "")))
    values = {**_credits(found), **head, **values}
    body = as_html("\n\n".join(found))
    other = _other_page(tree, facts, body, main)
    if other:
        return InputProblem(ProblemKind.NO_ARTICLE, file, None, other)
    stated = restore(jsonld.text(facts.article.get("articleBody")))
    if len(stated.split()) > _FULLER * len(body.split()):
        body = stated
    faults: tuple[tuple[ProblemKind, Detail], ...]
    faults = ((ProblemKind.PLAIN_PAGE, ""),) if main.plain and body else ()
    if not body:
        if not facts.is_article():
            return InputProblem(ProblemKind.EMPTY_BODY, file, None)
        body = restore(facts.summary())
        faults = ((ProblemKind.NO_BODY, Text("description", "deskripsi")),) if body else ()
    return Record({**values, "body": body} if body else values, None, faults)


def _credits(found: list[str]) -> dict[str, object]:
    """The author whom a line below the text names: ``Pewarta: Rina Tan``."""
    for line in (found[-1] if len(found) > 1 else "").split("\n"):
        byline = read_author_line(line)
        if byline is not None and byline.author:
            return {"author": byline.author}
    return {}


def _without_head(found: list[str], title: str, author: str) -> tuple[dict[str, object], list[str]]:
    """What the lines above the text tell, and the text without them and the headline."""
    told: dict[str, object] = {}
    named = _bare(title)
    lines = "\n\n".join(found[:_HEAD]).split("\n")
    while len(lines) > 1:
        line = lines[0]
        is_title = line == title or bool(named and _bare(line) == named)
        if line and not is_title and not _is_small_print(line, author):
            byline = read_author_line(line) or read_date_line(line)
            if byline is None and not is_date(line):
                break
            if byline is None or byline.date:
                told.setdefault("date", line)
            if byline is not None and byline.author:
                told.setdefault("author", byline.author)
        lines.pop(0)
    return told, ["\n".join(lines), *found[_HEAD:]]


def _bare(title: str) -> str:
    """A headline's words, however it is escaped, quoted and capitalised; none of what is longer.

    The signs of ``C++``, ``C#`` and ``-5`` are part of theirs.
    """
    if len(title) > _LONGEST_TITLE:
        return ""
    return " ".join(_NO_WORD.split(unescape(title))).strip().casefold()


def _is_small_print(line: str, author: str) -> bool:
    """A count of readers, or the author with a short date: ``11 Mar by Rina Tan``."""
    if is_counter(line):
        return True
    if not author or author not in line:
        return False
    rest = _BY.sub("", line.replace(author, "", 1)).strip(" |,-–•")
    return not rest or (len(rest) < _SHORT_DATE and rest[0].isdigit())


def _other_page(tree: Any, facts: Facts, body: str, main: maintext.MainText) -> Detail:
    """What a page is that is no article, as far as that is certain; else ""."""
    if not facts.has_article() and len(body) < _SHORT:
        error = _ERROR.search(restore(facts.titles()))
        if error:
            return error[0]
    if facts.is_article():
        return ""
    only_links = len(main.paragraphs) > _TEASERS and main.linked > _MOSTLY_LINKS
    short = len(body) < 2 * maintext.LONG_LINE * len(main.paragraphs)
    return _LIST if (only_links and short) or _has_teasers(tree) else ""


def _has_teasers(tree: Any) -> bool:
    """A front page, a section, a search: several articles, each with a headline that leads on."""
    teasers = 0
    for article in tree.iter("article"):
        headings = article.iter("h1", "h2", "h3", "h4")
        teasers += any(
            next(heading.iter("a"), None) is not None or heading.getparent().tag == "a"
            for heading in headings
        )
    return teasers >= _TEASERS and not any(
        len(" ".join(p.itertext())) > _SHORT for p in _outermost(tree, "p")
    )


def _outermost(tree: Any, tag: str) -> Iterator[Any]:
    """The elements that stand in no other of their kind."""
    inside: set[Any] = set()
    for element in tree.iter(tag):
        if element not in inside:
            inside.update(element.iter(tag))
            yield element


@cache
def _parser() -> Any:
    from lxml import etree

    return etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )


def _tree(text: str) -> tuple[Any, bool]:
    """The root element, None where there is none, and whether all of the page is in it."""
    from lxml import etree

    try:
        tree = etree.fromstring(carry(text).encode(), _parser())
    except etree.XMLSyntaxError:  # nothing in it
        return None, True
    return tree, not any("depth" in entry.message for entry in _parser().error_log)


def _from_mhtml(data: bytes) -> tuple[bytes, str]:
    """The page in an archive of it (RFC 2557), as browsers save it, and its address."""
    if sum(1 for _ in islice(_PARTS.finditer(data), _MOST_PARTS + 1)) > _MOST_PARTS:
        return b"", ""
    try:
        message = email.message_from_bytes(data)
        for part in message.walk():
            if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes):
                    located = message.get("Snapshot-Content-Location")
                    location = "".join(str(located or part.get("Content-Location") or "").split())
                    return _in_utf_8(payload, part.get_content_charset() or ""), location
    except (ValueError, LookupError, RecursionError):  # parts in parts without end
        pass
    return b"", ""


def _in_utf_8(payload: bytes, charset: str) -> bytes:
    """The page as its archive says it is encoded, where that can be."""
    return decode_markup(payload, charset).encode() if codec_of(charset) else payload
