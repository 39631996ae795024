"""What a page says of its article in JSON-LD (https://schema.org/NewsArticle), however untidily."""

from __future__ import annotations

import html
import json
from collections import deque
from collections.abc import Iterable, Iterator

from index.patterns import on_use

_ARTICLE = on_use(r"(?:Article|Posting|Report)$")
_WRAPPED = on_use(r"(?:<!--|//|/\*|<!\[CDATA\[|\*/|\s)*+")
_WRAPPED_BACKWARDS = on_use(r"(?:>--|//|\*/|>\]\]|/\*|;|\s)*+")
_LAST_COMMA = on_use(r",(\s*[}\]])")
_DATE = on_use(r'"(datePublished|dateCreated)"\s{0,9}:\s{0,9}"([^"\\]{1,80})"')
_MOST_OBJECTS = 10_000

Object = dict[str, object]


def article_of(scripts: Iterable[str]) -> Object:
    """The object that describes the page's article, with its references resolved; empty if none.

    It has the keys of schema.org; of JSON that is broken only the dates are read.
    """
    objects = [found for script in scripts for found in _objects(script)]
    by_id: dict[str, Object] = {}
    for found in objects:
        if isinstance(found.get("@id"), str) and ("name" in found or "headline" in found):
            by_id.setdefault(str(found["@id"]), found)
    articles = [found for found in objects if _is_article(found)]
    articles.sort(key=lambda found: "headline" not in found and "articleBody" not in found)
    chosen = articles[0] if articles else {}
    pages = [found for found in objects if "WebPage" in _types(found) and "datePublished" in found]
    if not chosen and pages:
        chosen = {"datePublished": pages[0]["datePublished"]}
    return {key: _resolved(value, by_id) for key, value in chosen.items()}


def names(value: object) -> list[str]:
    """The names of persons or organisations, written as text, objects or lists of them."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        found.extend(
            " ".join(part.split())
            for part in (name if isinstance(name, list) else [name])
            if isinstance(part, str) and part.strip() and "://" not in part
        )
    return list(dict.fromkeys(found))


def text(value: object) -> str:
    """The text, or the first of a list."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str)), "")
    return value.strip() if isinstance(value, str) else ""


def _types(found: Object) -> list[str]:
    kind = found.get("@type", [])
    return [part for part in (kind if isinstance(kind, list) else [kind]) if isinstance(part, str)]


def _is_article(found: Object) -> bool:
    return any(_ARTICLE.search(part) for part in _types(found))


def _resolved(value: object, by_id: dict[str, Object]) -> object:
    """The value with the object behind each ``{"@id": …}``."""
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value if not isinstance(item, list)]
    if isinstance(value, dict) and "name" not in value:
        name = value.get("@id")
        return by_id.get(name, value) if isinstance(name, str) else value
    return value


def _objects(script: str) -> Iterator[Object]:
    """All objects of the script, those in lists and in other objects, too."""
    waiting: deque[object] = deque([_value(_unwrapped(script))])
    seen = 0
    while waiting and seen < _MOST_OBJECTS:
        value = waiting.popleft()
        seen += 1
        if isinstance(value, list):
            waiting.extendleft(reversed(value))
        elif isinstance(value, dict):
            yield value
            waiting.extend(inner for inner in value.values() if isinstance(inner, (dict, list)))


def _unwrapped(script: str) -> str:
    """The script without the marks of comments and CDATA around it."""
    begin = _WRAPPED.match(script)
    script = script[begin.end() if begin else 0 :].rstrip()
    if script.endswith(("}", "]")):
        return script
    end = _WRAPPED_BACKWARDS.match(script[::-1])
    return script[: len(script) - (end.end() if end else 0)]


def _value(script: str) -> object:
    lenient = json.JSONDecoder(strict=False)
    attempts = [script, _LAST_COMMA.sub(r"\1", script)]
    if script.startswith(("{&quot;", "[{&quot;")):
        attempts.append(html.unescape(script))
    for attempt in attempts:
        try:
            return lenient.decode(attempt)
        except (ValueError, RecursionError):
            continue
    facts: Object = {}
    for key, value in _DATE.findall(script):
        facts.setdefault(key, value)
    return {"@type": "Article", **facts} if facts else {}
