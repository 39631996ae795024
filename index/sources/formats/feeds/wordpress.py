"""The export of a WordPress site (WXR): which of its entries are articles, and what they say.

WXR is RSS 2.0 with fields of its own, ``wp:post_type`` and ``wp:status`` among them. Its texts are
as the editor wrote them, with an empty line for a paragraph and short codes in brackets. Blogger's
export is Atom and marks its entries by categories; it is told apart here, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.patterns import on_use
from index.sources.formats.feeds.elements import Element, attribute, content
from index.sources.formats.feeds.entry import Fields, categories, fields_of, first
from index.sources.formats.markup.plaintext import as_html

_NEWS = on_use(r"post|berita|news|artikel|article|opini|kolom|liputan|warta|feature|tulisan")
_BLOGGER_KIND = "http://schemas.google.com/blogger/2008/kind#"
_NO_CATEGORY = {"uncategorized", "uncategorised", "tak berkategori", "tanpa kategori"}
_NO_DATE = "0000"
_SHORT_CODE = on_use(
    r"\[/?(?:caption|gallery|embed|audio|video|playlist|youtube|vc_\w{1,40}|et_pb_\w{1,40}"
    r"|su_\w{1,40}|contact-form-7|ads?|adsense|toc|wp_ad\w{0,20}|the_ad\w{0,20}|dropcap)"
    r"(?:\s[^\[\]]{0,1000})?/?\]"
)
_EMBEDDED = on_use(r"\[embed\b[^\[\]]{0,200}\]\s{0,9}https?://[^\s\[\]]{1,2000}\s{0,9}\[/embed\]")
_BLOCK = (
    r"p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|blockquote|figure|figcaption"
    r"|section|article|header|footer|aside|form|hr|pre|br|script|style|iframe"
)
_AFTER_BLOCK = on_use(rf"(</?(?:{_BLOCK})(?=[\s/>])[^<>]*>[ \t]*)\n\s*", re.IGNORECASE)
_BEFORE_BLOCK = on_use(rf"\n(?=[ \t]*</?(?:{_BLOCK})[\s/>])", re.IGNORECASE)
_PARAGRAPHS = on_use(r"<(?:p|div)[\s>]|<!-- wp:", re.IGNORECASE)
_TAG = on_use(r"<[A-Za-z/!]")
_EMPTY_LINE = on_use(r"\n[ \t]*\n\s*")


def authors_of(channel: Fields) -> dict[str, str]:
    """The names of the site's authors by the names they log in with."""
    names = {}
    for element in channel.get("wp:author", ()):
        facts = fields_of(element)
        login = _fact(facts, "author_login")
        parts = (_fact(facts, "author_first_name"), _fact(facts, "author_last_name"))
        name = _fact(facts, "author_display_name") or " ".join(filter(None, parts))
        if login and name:
            names[login] = name
    return names


def _fact(facts: Fields, name: str) -> str:
    """A fact of an author, whose elements are in the namespace of the element itself or not."""
    return first(facts, name, f"wp:{name}")


def not_published(fields: Fields) -> str:
    """What an entry is that is no published article; "" for one that is."""
    kind = first(fields, "wp:post_type")
    if kind and (kind in _NEVER or not _NEWS.search(kind)):
        return kind
    status = first(fields, "wp:status")
    if status not in {"", "publish"}:
        return status
    for element in fields.get("category", ()):
        term = attribute(element, "term")
        if term.startswith(_BLOGGER_KIND) and term != f"{_BLOGGER_KIND}post":
            return term.removeprefix(_BLOGGER_KIND)
    draft = [
        child
        for control in (*fields.get("app:control", ()), *fields.get("control", ()))
        for child in control
        if content(child).strip() == "yes"
    ]
    return "draft" if draft else ""


_NEVER = {"post_format", "wp_post_template", "postman_sent_mail", "elementor_post", "guest-post"}


def is_exported(fields: Fields) -> bool:
    """The entry comes from an export, not from a feed."""
    return "wp:post_type" in fields or "wp:post_date" in fields or "wp:status" in fields


def improve(
    values: dict[str, object], fields: Fields, names: Mapping[str, str], site: str
) -> dict[str, object]:
    """The fields of an entry of an export, of which WordPress says more than a feed does."""
    body = first(fields, "content:encoded")
    own: dict[str, object] = {
        "body": paragraphs(body) if body else "",
        "date": _date(fields),
        "category": _sections(fields["category"]) if "category" in fields else None,
        "author": _author(first(fields, "dc:creator"), names),
        "source": as_html(site),
    }
    kept = {name: value for name, value in own.items() if value}
    better = {**values, **kept}
    if not own["category"]:
        better.pop("category", None)
    return better


def _author(login: str, names: Mapping[str, str]) -> str:
    return names.get(login, login)


def _date(fields: Fields) -> str:
    """The moment in UTC before the one of the site's clock, of which nobody says the zone."""
    universal = first(fields, "wp:post_date_gmt")
    if universal and not universal.startswith(_NO_DATE):
        return f"{universal}Z" if universal[-1:].isdigit() else universal
    local = first(fields, "wp:post_date")
    return "" if local.startswith(_NO_DATE) else local


def _sections(elements: list[Element]) -> list[str]:
    """The categories without the tags, which have another domain."""
    domains = [attribute(element, "domain") for element in elements]
    chosen = [
        element
        for element, domain in zip(elements, domains, strict=True)
        if domain == "category" or (domain == "" and "category" not in domains)
    ]
    found = categories({"category": chosen})
    return [name for name in found if name.lower() not in _NO_CATEGORY]


def paragraphs(text: str) -> str:
    """The text with its line ends as HTML, as WordPress' ``wpautop`` shows it, without short codes.

    Texts of the block editor have their paragraphs; what a short code encloses is kept.
    """
    if "[" in text:
        text = _SHORT_CODE.sub(" ", _EMBEDDED.sub(" ", text))
    if "\n" not in text or not _TAG.search(text) or _PARAGRAPHS.search(text):
        return text
    text = text.replace("\r\n", "\n")
    text = _BEFORE_BLOCK.sub("", _AFTER_BLOCK.sub(r"\1", text.strip()))
    return "<p>" + _EMPTY_LINE.sub("</p><p>", text).replace("\n", "<br/>") + "</p>"
