"""The main text of a page: the paragraphs of its article without menus, teasers and buttons.

The block that holds most text outside of links is taken, as Readability does, with the blocks
around it that belong to the same text. Where trafilatura (https://trafilatura.readthedocs.io) is
installed, paragraphs that it finds and this did not are added, each in its place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from index.patterns import on_use
from index.sources.formats.pages.blocks import Block, Outline, Tree, blocks_of

_TEASER = on_use(
    r"(?:baca|simak|lihat|tonton|saksikan|video|dengar)\s+(?:juga|selengkapnya|artikel|berita|pula)\b"
    r"|(?:baca|simak|lihat)\s*:|(?:artikel|berita|topik|video)\s+(?:terkait|lainnya|pilihan)\b"
    r"|pilihan editor\b|(?:also )?read(?: also| more)?\s*:|lihat (?:foto|video)\s*:",
    re.IGNORECASE,
)
_FURNITURE = on_use(
    r"advertisements?|iklan|scroll to (?:continue|resume).{0,60}|gulir (?:ke bawah )?untuk .{0,60}"
    r"|lanjutkan membaca.{0,60}|halaman (?:selanjutnya|berikutnya).{0,40}|\[?gambas\s*:.{0,80}"
    r"|(?:bagikan|share)(?: artikel| berita)?(?: ini)?\s*:?|komentar(?: \([0-9]+\))?|tags?\s*:?"
    r"|selanjutnya|sebelumnya|next|prev(?:ious)?|copy link|salin tautan"
    r"|(?:hak cipta|copyright)\s*(?:©|\(c\)|[0-9]{4}).{0,80}|©.{0,80}",
    re.IGNORECASE,
)
_LARGEST, _DEEPEST, _MOST_ELEMENTS = 3_000_000, 150, 30_000
LONG_LINE = 40  # shorter ones stand in menus, too
_SHARE = 0.25
_FURTHEST = 8
_DIVIDED = on_use(r".{1,60}\s[-–—]", re.DOTALL)


class MainText(NamedTuple):
    """The paragraphs of a page's article.

    ``linked``: the part of the text that is links. ``plain``: the page reader was missing.
    """

    paragraphs: list[str]
    linked: float
    plain: bool


def find(tree: Tree, page: str) -> MainText:
    """The main text of a page; ``tree`` is made of ``page``."""
    outline = Outline(tree)
    blocks = list(blocks_of(tree, outline))
    chosen = _chosen(blocks, outline)
    read = _page_reader()
    theirs = read(page) if read and _is_bearable(tree, page) else set()
    if theirs:
        known = [_is_known(block, theirs) for block in blocks]
        chosen = [
            mine or (it and not b.side) for mine, it, b in zip(chosen, known, blocks, strict=True)
        ]
        if _words(blocks, chosen) < _words(blocks, known) * 2 // 3:
            chosen = known
    kept = [block for block, is_chosen in zip(blocks, chosen, strict=True) if is_chosen]
    linked = sum(block.linked for block in kept) / max(sum(len(block.text) for block in kept), 1)
    return MainText(_rejoined(kept), linked, read is None)


def _words(blocks: list[Block], chosen: list[bool]) -> int:
    return sum(
        len(block.text.split())
        for block, is_chosen in zip(blocks, chosen, strict=True)
        if is_chosen
    )


def _chosen(blocks: list[Block], outline: Outline) -> list[bool]:
    """Which of the blocks are the article's."""
    top = _densest([block for block in blocks if not block.side], outline)
    lists: dict[Tree, bool] = {}  # whether there is more in it than links
    for block in blocks:
        if block.parent.tag == "li":
            around = block.parent.getparent()
            lists[around] = lists.get(around, False) or not block.is_link
    return [
        not block.side
        and (top is None or outline.holds(top, block.parent))
        and not _is_furniture(block)
        and not (block.is_link and not lists.get(block.parent.getparent(), block.parent.tag == "p"))
        for block in blocks
    ]


def _is_known(block: Block, theirs: set[str]) -> bool:
    """The page reader has a long line of it, and it is no link."""
    return (
        block.linked * 2 < len(block.text)
        and not _is_furniture(block)
        and any(len(line) >= LONG_LINE and line in theirs for line in block.text.split("\n"))
    )


def _is_furniture(block: Block) -> bool:
    if _FURNITURE.fullmatch(block.text):
        return True
    if _TEASER.match(block.text):
        return block.linked > 0 or block.parent.tag in {"h3", "h4", "h5", "h6"}
    return False


def _densest(blocks: list[Block], outline: Outline) -> Tree | None:
    """The element that holds the text: paragraphs count for their parent, half for its parent."""
    scores: dict[Tree, float] = defaultdict(float)
    for block in blocks:
        if block.own < 25 or _TEASER.match(block.text):
            continue
        holder = block.parent if block.parent.tag not in {"p", "li"} else block.parent.getparent()
        share = float(block.own)
        for _ in range(3):
            if holder is None:
                break
            scores[holder] += share
            share *= 0.5
            holder = holder.getparent()
    if not scores:
        return None
    best = max(scores, key=lambda element: scores[element])
    # Text that is divided over several boxes belongs together: up as long as much is won.
    long = [block for block in blocks if block.own >= LONG_LINE]
    held = sum(block.own for block in long if outline.holds(best, block.parent))
    parent = best
    for _ in range(_FURTHEST):
        parent = parent.getparent()
        if parent is None or parent.tag in {"html", "body"}:
            break
        whole = sum(block.own for block in long if outline.holds(parent, block.parent))
        if whole - held > _SHARE * held:
            best, held = parent, whole
    return best


def _rejoined(blocks: list[Block]) -> list[str]:
    """The paragraphs, with the cells of a row in one and a lone dateline (``Jakarta -``) joined."""
    joined: list[str] = []
    row: Tree | None = None
    cell: Tree | None = None
    for block in blocks:
        text = "\n".join(line for line in block.text.split("\n") if not _FURNITURE.fullmatch(line))
        before, row = row, _row_of(block)
        cell_before, cell = cell, block.parent
        if row is not None and row is before and cell is not cell_before:
            joined[-1] = f"{joined[-1]}\t{text}"
        elif joined and len(joined[-1]) < LONG_LINE and _DIVIDED.fullmatch(joined[-1]):
            joined[-1] = f"{joined[-1]} {text}"
        elif text:
            joined.append(text)
    return joined


def _row_of(block: Block) -> Tree | None:
    """The row whose cell the block is, where it is short as the cells of data are."""
    is_cell = block.parent.tag in {"td", "th"} and len(block.text) < 2 * LONG_LINE
    return block.parent.getparent() if is_cell else None


@cache
def _page_reader() -> Callable[[str], set[str]] | None:
    """The lines of the text that trafilatura finds; None where it is not installed."""
    try:
        import trafilatura
    except ImportError:
        return None

    def read(page: str) -> set[str]:
        try:
            text = trafilatura.extract(page, include_comments=False, include_tables=True)
        except (RecursionError, ValueError, TypeError, AttributeError, LookupError):
            return set()  # a page that it cannot read is read without it
        return {" ".join(line.strip("|- \t").split()) for line in (text or "").split("\n")}

    return read


def _is_bearable(tree: Tree, page: str) -> bool:
    """The page is no larger or deeper than pages are: the page reader's time grows faster."""
    if len(page) > _LARGEST:
        return False
    from lxml import etree

    depth = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            return False
    return True
