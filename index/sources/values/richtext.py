"""Bodies that are lists and trees become paragraphs.

A body may be a list of paragraphs, of paragraphs of sentences, of sentences of tokens, of objects
with a text, or the tree of an editor: Editor.js (``blocks``), Draft.js, ProseMirror and Tiptap
(``content``), Slate, Lexical and Portable Text (``children``), Quill (``ops``), Contentful.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.sources.values.tokens import are_tokens, has_sentences, join_tokens

_DEEPEST = 40
_TREES = (
    "blocks",
    "content",
    "children",
    "root",
    "ops",
    "data",
    "document",
    "items",
    "paragraphs",
    "bodyModel",
)
_TEXTS = (
    *("text", "insert", "value", "content", "paragraph", "paragraf", "isi", "teks", "rendered"),
    *("innerHTML", "html", "body", "#text", "_text", "p", "caption", "title", "name"),
)
_HEADS = ("heading", "subheading", "subjudul", "title", "judul")
_NO_TEXT = frozenset(
    (
        *("image", "img", "gambar", "foto", "video", "iframe", "embed", "script", "style", "ad"),
        *("ads", "iklan", "related", "delimiter"),
    )
)
_INLINE = frozenset(("text", "span", "link", "hyperlink", "hardBreak", "hard_break", "linebreak"))
_PROPERTIES = frozenset(("rich_text", "title"))  # of Notion
_BREAKS = frozenset(("hardBreak", "hard_break", "linebreak"))


def to_paragraphs(value: object) -> str | None:
    """The text with an empty line between paragraphs; None where the value holds no text."""
    found = _blocks(value, 0)
    return None if found is None else "\n\n".join(p for p in found if p and not p.isspace())


def _blocks(value: object, depth: int) -> list[str] | None:
    """The paragraphs of a value; None for what has none by its nature."""
    if isinstance(value, str):
        return [value]
    if value is None:
        return []
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return [str(value)]
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return _of_list(value, depth)
    return _of_object(value, depth) if isinstance(value, dict) else None


def _of_list(items: list[object], depth: int) -> list[str] | None:
    items = [item for item in items if item is not None]
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) == len(items):
        return [join_tokens(texts)] if are_tokens(texts) else texts
    lists = [item for item in items if isinstance(item, list)]
    if len(lists) == len(items) and all(_depth(item) for item in lists):
        return _of_lists(lists)
    return _of_mixed(items, depth)


def _of_mixed(items: Sequence[object], depth: int) -> list[str] | None:
    """The paragraphs of all items; None where there are items, but none has any."""
    if any(isinstance(item, str) for item in items) and all(map(_is_run, items)):
        return "".join(map(_text_of_run, items)).split("\n\n")
    paragraphs: list[str] = []
    inline: list[str] = []
    known = not items
    for item in items:
        if isinstance(item, Mapping) and _is_inline(item):
            inline.append(_inline_text(item, depth + 1))
            known = True
            continue
        paragraphs += ["".join(inline)]
        inline.clear()
        found = _blocks(item, depth + 1)
        known = known or found is not None
        paragraphs += found or []
    paragraphs.append("".join(inline))
    return paragraphs if known else None


def _is_run(item: object) -> bool:
    """A part of a line as Telegram exports it: a text, or an object with its text and its look."""
    if not isinstance(item, dict):
        return isinstance(item, str)
    return isinstance(item.get("text"), str) and isinstance(item.get("type"), str) and len(item) < 5


def _text_of_run(item: object) -> str:
    return str(item["text"]) if isinstance(item, dict) else str(item)


def _depth(value: object) -> int:
    """How deep a list of nothing but lists and texts is; 0 for anything else, also too deep."""
    depth = 0
    level: list[object] = [value]
    while level and depth < 4:
        if all(isinstance(item, str) for item in level):
            return depth
        if not all(isinstance(item, list) for item in level):
            return 0
        depth += 1
        level = [part for item in level if isinstance(item, list) for part in item]
    return depth if not level else 0


def _of_lists(lists: Sequence[list[object]]) -> list[str]:
    """Lists of lists: paragraphs of sentences, or sentences of tokens."""
    leaves = list(_leaves(lists))
    tokens = are_tokens([part for leaf in leaves for part in leaf])
    if max(map(_depth, lists)) == 1 and tokens and not any(map(has_sentences, leaves)):
        return [" ".join(join_tokens(leaf) for leaf in leaves)]
    return [_flow(item, tokens=tokens) for item in lists]


def _leaves(value: object) -> list[list[str]]:
    if not isinstance(value, (list, tuple)):
        return []
    texts = [item for item in value if isinstance(item, str)]
    if texts or not value:
        return [texts]
    return [leaf for item in value for leaf in _leaves(item)]


def _flow(value: object, *, tokens: bool) -> str:
    """The sentences of one paragraph."""
    sentences = (join_tokens(leaf) if tokens else " ".join(leaf) for leaf in _leaves(value))
    return " ".join(sentence for sentence in sentences if sentence)


def _of_object(node: Mapping[str, object], depth: int) -> list[str] | None:
    kind = _kind(node)
    if kind in _NO_TEXT or kind.removeprefix("core/") in _NO_TEXT:
        return []
    if set(node) >= {"blockName", "innerHTML"}:  # a block of WordPress
        return _blocks(node["innerHTML"], depth + 1)
    if _is_delta(node):
        return _of_delta(node["ops"])
    if kind in _PROPERTIES and isinstance(runs := node.get(kind), list):
        return ["".join(str(run.get("plain_text", "")) for run in runs if isinstance(run, dict))]
    return _of_node(node, kind, depth)


def _of_node(node: Mapping[str, object], kind: str, depth: int) -> list[str] | None:
    """The paragraphs under the first key that holds any."""
    heads = [text for key in _HEADS if isinstance(text := node.get(key), str) and text]
    for key in _TREES:
        held = node.get(key)
        if isinstance(held, (list, dict)) and held:
            found = _of_children(held, depth) if key in {"content", "children"} else None
            found = found if found is not None else _blocks(held, depth + 1)
            if found:
                return [*heads[:1], *found]
    for key in _TEXTS:
        held = node.get(key)
        # a list or an object was tried as a tree; trying it twice in each level would never end
        if isinstance(held, str) or (key not in _TREES and isinstance(held, (list, dict))):
            found = _blocks(held, depth + 1)
            if found:
                return [*(head for head in heads[:1] if head != found[0]), *found]
    return None if node and not kind else []


def _kind(node: Mapping[str, object]) -> str:
    for key in ("type", "_type", "nodeType", "blockName"):
        kind = node.get(key)
        if isinstance(kind, str):
            return kind
    return ""


def _is_inline(node: Mapping[str, object]) -> bool:
    return _kind(node) in _INLINE and not isinstance(node.get("data"), str)


def _of_children(children: object, depth: int) -> list[str] | None:
    """The one paragraph of children that stand in a line; None where they are blocks."""
    if not isinstance(children, list) or not all(isinstance(item, dict) for item in children):
        return None
    if any(
        _is_inline(item) or (isinstance(item.get("text"), str) and not _kind(item))
        for item in children
    ):
        return ["".join(_inline_text(item, depth + 1) for item in children)]
    return None


def _inline_text(node: Mapping[str, object], depth: int) -> str:
    if _kind(node) in _BREAKS:
        return "\n"
    for key in ("text", "value"):
        held = node.get(key)
        if isinstance(held, str):
            return held
    for key in ("content", "children"):
        held = node.get(key)
        if isinstance(held, list) and depth <= _DEEPEST:
            return "".join(_inline_text(item, depth + 1) for item in held if isinstance(item, dict))
    return ""


def _is_delta(node: Mapping[str, object]) -> bool:
    operations = node.get("ops")
    return isinstance(operations, list) and all(
        isinstance(operation, dict) and "insert" in operation for operation in operations
    )


def _of_delta(operations: object) -> list[str]:
    """Quill's: what is inserted, in which a line is a paragraph."""
    assert isinstance(operations, list)
    inserted = (operation["insert"] for operation in operations)
    return "".join(text for text in inserted if isinstance(text, str)).split("\n")
