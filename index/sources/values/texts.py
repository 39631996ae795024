"""Values as formats give them, nested or not, to the text of a field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from index.fields import FACETS
from index.patterns import on_use
from index.sources.values.date_objects import as_moment_value
from index.sources.values.notation import STARTS, printed_value
from index.sources.values.placeholders import is_placeholder
from index.sources.values.richtext import to_paragraphs

_EXACT = 2**53  # a larger float stands for several whole numbers
_DEEPEST = 12
_BODIES = frozenset(("body", "summary"))
_NAMES = frozenset(FACETS)
_PLAIN = on_use(r"[\s_\-#@$:]+")
_LANGUAGE = on_use(r"[a-z]{2}(?:[_-][A-Za-z]{2})?|indonesian?|bahasa|english")
_INDONESIAN = ("id_ID", "id-ID", "id", "in", "ind", "indonesia", "indonesian", "bahasa")

_TEXT = (
    *("rendered", "cdata", "plain", "plaintext", "text", "teks", "value", "main", "full"),
    *("fulltext", "default", "raw", "html", "t", ""),
)
_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": (*_TEXT, "title", "judul", "headline", "name", "nama", "content"),
    "body": (
        *(*_TEXT, "body", "isi", "content", "konten", "articlebody", "isiberita", "description"),
        *("paragraphs", "paragraf", "paragraphes", "blocks"),
    ),
    "url": ("href", "url", "link", "tautan", "canonical", *_TEXT, "id"),
    "id": ("oid", "uuid", *_TEXT, "id"),
    "source": (
        *("name", "nama", "sitename", "title", "judul", "label", *_TEXT),
        *("domain", "url", "href", "link", "uri", "id"),
    ),
    "place": ("name", "nama", "city", "kota", "title", "label", "address", *_TEXT, "slug"),
}
_OF_NAMES = (
    *("name", "nama", "displayname", "fullname", "namalengkap", "term", "title", "judul"),
    *("label", *_TEXT, "original", "username", "nickname", "slug"),
)
_WRAPPERS = ("data", "attributes", "node", "nodes", "edges", "fields", "item", "items", "_embedded")
"""What APIs put around the object of an author or a category (JSON:API, GraphQL)."""

_NESTED = (dict, list)
_FIRST, _LAST = ("firstname", "namadepan", "givenname"), ("lastname", "namabelakang", "familyname")


def as_text(value: object, field: str) -> str | None:
    """The text of a value, empty where it holds none; None where it is of no use for the field.

    A list is paragraphs in a body and names elsewhere, an object gives the text in it, and a text
    that is Python's or JSON's notation of either is read as that. A number alone is the key of
    an author, a category, a source or a place in a table that is not here, and no name.
    """
    if isinstance(value, str):
        printed = printed_value(value) if value[:1] in STARTS else None
        if printed is None or not (field in _NAMES or _has_text(printed, 0)):
            return value
        text = _text_of(printed, field, 0)
        return value if text is None else text
    return _text_of(value, field, 0)


def _has_text(value: object, depth: int) -> bool:
    """There is a text in it, or nothing; a list of numbers may as well be a remark in brackets."""
    if isinstance(value, list):
        if depth > _DEEPEST:
            return False
        return not value or any(_has_text(item, depth + 1) for item in value)
    return isinstance(value, (str, dict))


def _text_of(value: object, field: str, depth: int) -> str | None:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _of_number(value, field)
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return _of_list(value, field, depth)
    return _of_object(value, field, depth) if isinstance(value, dict) else None


def _of_number(value: float, field: str) -> str | None:
    if field in _NAMES or value != value:  # noqa: PLR0124  not a number
        return ""
    if field == "id" and not isinstance(value, int):
        return f"{value:.0f}" if value.is_integer() and abs(value) <= _EXACT else None
    return str(value)


def _of_list(items: list[object], field: str, depth: int) -> str | None:
    items = _in_indonesian(items)
    if field == "url":
        items = sorted(items, key=_is_no_page)
    if field in _BODIES:
        return to_paragraphs(items)
    if field == "title" and any(isinstance(item, list) for item in items):
        paragraphs = to_paragraphs(items)
        return None if paragraphs is None else " ".join(paragraphs.split())
    found = [_text_of(item, field, depth + 1) for item in items]
    texts = [text for text in found if text and not text.isspace()]
    if not texts and None in found:
        return None
    if field == "url":
        return texts[0] if texts else ""
    if field in _NAMES:
        texts = [text for text in texts if not is_placeholder(text)]
    return ", ".join(dict.fromkeys(texts))


def _is_no_page(link: object) -> bool:
    """The link of a feed is not that to the article itself."""
    return isinstance(link, dict) and link.get("rel") not in {"alternate", "canonical", None}


def _in_indonesian(items: list[object]) -> list[object]:
    """Of the same text in several languages the Indonesian one."""
    for key in ("@language", "@lang", "language", "lang", "locale"):
        languages = [item.get(key) for item in items if isinstance(item, dict)]
        known = {language for language in languages if isinstance(language, (str, int))}
        if len(known) == len(items) > 1:
            return [
                item
                for item, language in zip(items, languages, strict=True)
                if language in _INDONESIAN
            ] or items[:1]
    return items


def _of_object(value: Mapping[str, object], field: str, depth: int) -> str | None:
    if not value:
        return ""
    if len(value) == 1 and (key := next(iter(value))).startswith("$"):
        return _of_extended(key, value, field, depth)
    if all(map(_LANGUAGE.fullmatch, value)):
        held = next((value[key] for key in (*_INDONESIAN, "en") if value.get(key)), None)
        if isinstance(held, (str, list, dict)):
            return _text_of(held, field, depth + 1)
    if all(map(str.isdigit, value)):  # a list of PHP's
        return _of_list(list(value.values()), field, depth)
    text = _best_of(value, field, depth)
    return _in_wrapper(value, field, depth) if text is None else text


def _in_wrapper(value: Mapping[str, object], field: str, depth: int) -> str | None:
    """The text in an object whose keys say nothing of it."""
    if field in _BODIES:
        return to_paragraphs(dict(value))
    held = next((value[key] for key in _WRAPPERS if isinstance(value.get(key), _NESTED)), None)
    return None if held is None else _text_of(held, field, depth + 1)


def _of_extended(key: str, value: Mapping[str, object], field: str, depth: int) -> str | None:
    """A number, a moment or an id in MongoDB's extended JSON; also the text of BadgerFish."""
    if key == "$date":
        moment = as_moment_value(value)
        return None if moment is None else str(moment)
    if key.startswith("$number") and field in _NAMES:
        return ""
    return _text_of(value[key], field, depth + 1)


def _best_of(value: Mapping[str, object], field: str, depth: int) -> str | None:
    """The text of the best of the object's keys."""
    named = {_PLAIN.sub("", key).lower(): held for key, held in value.items()}
    known = False
    for key in _KEYS.get("body" if field in _BODIES else field, _OF_NAMES):
        if key not in named:
            if key == "displayname" and (full := _full_name(named)):
                return full
            continue
        if field in _BODIES and isinstance(named[key], (list, dict)):
            return to_paragraphs(dict(value))
        text = _text_of(named[key], field, depth + 1)
        known = known or text is not None
        if text and not text.isspace() and not (field in _NAMES and is_placeholder(text)):
            return text
    return "" if known else None


def _full_name(named: Mapping[str, object]) -> str:
    parts = (_first_text(named, _FIRST), _first_text(named, _LAST))
    return " ".join(part for part in parts if part)


def _first_text(named: Mapping[str, object], keys: Iterable[str]) -> str:
    return next((held for key in keys if isinstance(held := named.get(key), str)), "")
