"""Records as databases and frameworks write them, made plain: the values without their types.

Firestore's REST format (``{"title": {"stringValue": "a"}}``), DynamoDB's JSON (``{"title": {"S":
"a"}}``), corpora of questions (SQuAD: ``{"title": …, "paragraphs": [{"context": …}]}``), posts of
an export of Facebook (``{"timestamp": 1, "data": [{"post": "a"}]}``), texts under ``data`` beside
the labels of Doccano, texts that are held by their tokens
or in pages.
"""

from __future__ import annotations

from collections.abc import Mapping

from index.sources.formats.jsonfiles.envelopes import ENVELOPES

Values = dict[str, object]

_DEEPEST = 20
_FIRESTORE = frozenset(
    (
        *("stringValue", "integerValue", "doubleValue", "booleanValue", "timestampValue"),
        *("nullValue", "arrayValue", "mapValue", "referenceValue", "geoPointValue", "bytesValue"),
    )
)
_DYNAMO = frozenset(("S", "N", "BOOL", "NULL", "L", "M", "SS", "NS", "B", "BS"))
_PAGES = ("pages", "halaman", "sections", "section", "bagian", "parts", "bab", "chapters")
_TITLES = frozenset(("title", "judul", "headline", "judul_berita", "Judul", "Title"))
_OF_ARTICLES = frozenset(
    (
        *("url", "link", "date", "tanggal", "slug", "published", "publishedAt", "published_at"),
        *("pubDate", "created_at", "author", "penulis"),
    )
)
_TYPES = _FIRESTORE | _DYNAMO
_TEXTS = frozenset(("text", "teks", "body", "isi", "content", "konten", "raw_text", "articleBody"))
_PARTS = ("sentences", "kalimat", "tokens", "words", "token", "sents")
_WRITTEN = ("text", "token", "word", "form", "tokens", "words", "kalimat", "sentence")
_LABELS = frozenset(("label", "labels", "annotations", "entities", "cats"))


def plain_form(value: Values) -> Values:
    """The record without what its store puts around each value; the same where it puts nothing."""
    if not value:
        return value
    if _is_typed(value):
        return {key: _untyped(held, 0) for key, held in value.items()}
    fields = value.get("fields")
    name = value.get("name")
    if isinstance(fields, dict) and isinstance(name, str) and _is_typed(fields):
        plain = {key: _untyped(held, 0) for key, held in fields.items()}
        own = {"id": name.rsplit("/", 1)[-1], "created_at": value.get("createTime")}
        return own | plain
    for form in (*ENVELOPES, _of_questions, _of_post, _of_labels, _of_tokens, _of_pages):
        found = form(value)
        if found is not None:
            return found
    return value


def _is_typed(value: Mapping[str, object]) -> bool:
    """Every value is an object of one key that names its type."""
    return bool(value) and all(
        isinstance(held, dict) and len(held) == 1 and next(iter(held)) in _TYPES
        for held in value.values()
    )


def _untyped(value: object, depth: int) -> object:
    if not isinstance(value, dict) or len(value) != 1 or depth > _DEEPEST:
        return value
    kind, held = next(iter(value.items()))
    if kind in {"NULL", "nullValue"}:
        return None
    if kind == "arrayValue" and isinstance(held, dict):
        kind, held = "L", held.get("values", [])
    if kind == "mapValue" and isinstance(held, dict):
        kind, held = "M", held.get("fields", {})
    if kind == "L" and isinstance(held, list):
        return [_untyped(item, depth + 1) for item in held]
    if kind == "M" and isinstance(held, dict):
        return {key: _untyped(item, depth + 1) for key, item in held.items()}
    if kind in {"integerValue", "N"} and isinstance(held, str) and held.lstrip("-").isdecimal():
        return int(held) if len(held) < 20 else held
    return held if kind in _TYPES else value


def _of_questions(value: Values) -> Values | None:
    """An article of SQuAD's shape: its paragraphs without the questions about them."""
    paragraphs = value.get("paragraphs")
    if isinstance(paragraphs, list) and paragraphs:
        contexts = [p.get("context") if isinstance(p, dict) else None for p in paragraphs]
        if all(isinstance(context, str) for context in contexts):
            return {**value, "paragraphs": contexts}
    context = value.get("context")
    if isinstance(context, str) and ("question" in value or "qas" in value or "answers" in value):
        plain = {key: held for key, held in value.items() if key not in {"answers", "qas"}}
        return {"body": context, **plain} if "body" not in value else None
    return None


def _of_post(value: Values) -> Values | None:
    """A post of Facebook's export, whose moment stands outside of its text."""
    data = value.get("data")
    if "timestamp" not in value or not isinstance(data, list):
        return None
    posts = [part["post"] for part in data if isinstance(part, dict) and part.get("post")]
    if not posts:
        return None
    return {"body": posts, "date": value["timestamp"]}


def _of_labels(value: Values) -> Values | None:
    """A text under ``data`` that people have labelled."""
    text = value.get("data")
    if not isinstance(text, str) or _LABELS.isdisjoint(value):
        return None
    return {**{key: held for key, held in value.items() if key != "data"}, "text": text}


def _of_pages(value: Values) -> Values | None:
    """An article whose text stands in its pages or sections."""
    if _TITLES.isdisjoint(value) or not _TEXTS.isdisjoint(value):
        return None
    for key in _PAGES:
        parts = value.get(key)
        if isinstance(parts, list) and parts and all(map(_is_part, parts)):
            return {**{name: held for name, held in value.items() if name != key}, "text": parts}
    return None


def _is_part(part: object) -> bool:
    return isinstance(part, dict) and _OF_ARTICLES.isdisjoint(part)


def _of_tokens(value: Values) -> Values | None:
    """A text that is held by its tokens or sentences alone."""
    if not _TEXTS.isdisjoint(value):
        return None
    for key in _PARTS:
        parts = value.get(key)
        if isinstance(parts, list) and parts:
            written = [_written(part) for part in parts]
            if all(held is not None for held in written):
                others = {name: held for name, held in value.items() if name != key}
                return {**others, "text": written}
    return None


def _written(part: object) -> object:
    """A token or a sentence as it is written; None for what is neither."""
    if isinstance(part, dict):
        held = next((part[key] for key in _WRITTEN if part.get(key)), None)
        if isinstance(held, list):
            return [_written(token) for token in held] or None
        return held if isinstance(held, str) else None
    if isinstance(part, list):
        return part if all(isinstance(token, str) for token in part) else None
    return part if isinstance(part, str) else None
