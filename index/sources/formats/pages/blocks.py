"""A page's text as blocks: what a reader sees as paragraphs, with what is known of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from index.patterns import on_use

Tree = Any
"""An element of lxml, which has no types."""

_DROPPED = {
    *("script", "style", "noscript", "template", "svg", "math", "iframe", "nav", "footer", "aside"),
    *("button", "select", "textarea", "input", "figcaption", "object", "video", "audio", "head"),
    *("dialog", "menu", "canvas", "embed", "map", "label", "option"),
}
_SIDE = on_use(
    r"(?:^|[\s_-])(?:comments?|komentar|respond|reply|disqus|share|sharing|shares|sharedaddy|sosmed"
    r"|social|addtoany|related|terkait|relatedposts|baca-?juga|bacajuga|lihatjg|lihat-juga|readmore"
    r"|read-more|recommend\w*|rekomendasi|sidebar|widget|breadcrumbs?|navbar|nav|menu|footer|adv"
    r"|advert\w*|ads?|adsense|banner|iklan|promo|newsletter|subscribe|tags?|tagcloud|populer|popular"
    r"|terpopuler|trending|terbaru|terkini|paging|pagination|pager|copyright|author-?box|linksisip"
    r"|linksisip\w*|inbetween\w*|wp-caption-text|caption|pic_artikel|post-?meta|entry-?meta|byline"
    r"|cookie\w*|popup|modal|skip-link|screen-reader-text|sr-only|print|toolbar|jp-relatedposts"
    r"|yarpp\w*|next-?post|post-?navigation|inline-?related|multipage|wm-ipp-base)"
    r"(?:$|[\s_-])"
)
_HIDING = on_use(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_BETWEEN_LINKS = on_use(r" [|·•»>/] ")
_BLOCKS = {
    *("p", "div", "article", "section", "main", "header", "li", "ul", "ol", "dl", "dt", "dd", "td"),
    *("th", "tr", "table", "tbody", "thead", "tfoot", "blockquote", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "pre", "figure", "form", "center", "body", "fieldset", "address", "hr", "details"),
}
_KEPT_WHOLE = {"html", "body", "article", "main"}
_MOST_OF_IT = 0.4
"""An element with so much of the page's text is no side part, whatever its class says."""


class Block(NamedTuple):
    """A paragraph: its text, how much of it are links, and the element it stands in.

    ``side``: it stands in what is by its name no part of an article.
    """

    text: str
    linked: int
    parent: Tree
    side: bool

    @property
    def own(self) -> int:
        """How many characters are no link."""
        return len(self.text) - self.linked

    @property
    def is_link(self) -> bool:
        """It is a link and nothing else."""
        if not self.linked:
            return False
        between = len("".join(_BETWEEN_LINKS.findall(self.text))) if "\n" not in self.text else 0
        return self.linked >= len(self.text) - 2 - between


class Outline:
    """Where the elements of a page begin and end, and how much text outside of links they hold."""

    def __init__(self, tree: Tree) -> None:
        from lxml import etree

        self._begin: dict[Tree, int] = {}
        self._end: dict[Tree, int] = {}
        self._size: dict[Tree, int] = {}
        self._heads: set[Tree] = set()
        held = [0]
        silent = articles = 0
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            mute = element.tag in _DROPPED or element.tag == "a"
            article = element.tag in {"article", "main"}
            if event == "start":
                self._begin[element] = len(self._begin)
                silent += mute
                articles += article
                if element.tag == "header" and not articles:
                    self._heads.add(element)
                held.append(0 if silent else len((element.text or "").strip()))
                continue
            silent -= mute
            articles -= article
            self._end[element] = len(self._begin)
            self._size[element] = size = held.pop()
            held[-1] += size + (0 if silent else len((element.tail or "").strip()))
        self._most = _MOST_OF_IT * self._size[tree]

    def holds(self, top: Tree, element: Tree) -> bool:
        """The element is ``top`` or in it."""
        return self._begin[top] <= self._begin[element] < self._end[top]

    def is_side(self, element: Tree) -> bool:
        """By its class, its id or its place the element is no part of an article."""
        if element.tag in _KEPT_WHOLE or self._size[element] > self._most:
            return False
        if element in self._heads:
            return True
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        return len(marks) > 1 and _SIDE.search(marks.lower()) is not None


def is_gone(element: Tree) -> bool:
    """Nobody reads the element: it is hidden, a script, a button."""
    return (
        element.tag in _DROPPED
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDING.search(element.get("style") or "") is not None
    )


class _Gathering:
    """The paragraph that is being gathered."""

    def __init__(self) -> None:
        self._lines: list[list[str]] = [[]]
        self._linked = 0
        self._parent: Tree | None = None

    def add(self, text: str | None, parent: Tree, *, linked: bool) -> None:
        if not text:
            return
        self._lines[-1].append(text)
        if not text.isspace():
            self._parent = parent if self._parent is None else self._parent
            self._linked += len(text.strip()) if linked else 0

    def new_line(self) -> None:
        self._lines.append([])

    def end(self, *, side: bool) -> Iterator[Block]:
        """The paragraph, if it has text."""
        if self._parent is not None:
            lines = (" ".join("".join(parts).split()) for parts in self._lines)
            text = "\n".join(line for line in lines if line)
            yield Block(text, self._linked, self._parent, side)
        self._lines, self._linked, self._parent = [[]], 0, None


def blocks_of(tree: Tree, outline: Outline) -> Iterator[Block]:
    """The paragraphs of a page in their order; a line break in one is a line end, two end it."""
    from lxml import etree

    gathering = _Gathering()
    gone = side = links = breaks = 0
    boxes = [tree]
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        step = 1 if event == "start" else -1
        if tag in _BLOCKS or (gone == 0 and breaks > 1):
            yield from gathering.end(side=side > 0)
            breaks = 0
        gone += step * is_gone(element)
        side += step * outline.is_side(element)
        links += step * (tag == "a")
        if event == "start":
            if tag in _BLOCKS:
                boxes.append(element)
            text = element.text
        else:
            if tag in _BLOCKS:
                boxes.pop()
            if tag == "br" and not gone:
                breaks += 1
                gathering.new_line()
            text = None if element is tree else element.tail
        if text and not gone:
            if not text.isspace():
                if breaks > 1:
                    yield from gathering.end(side=side > 0)
                breaks = 0
            gathering.add(text, boxes[-1], linked=links > 0)
    yield from gathering.end(side=side > 0)
