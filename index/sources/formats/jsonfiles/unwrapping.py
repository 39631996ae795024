"""Articles inside other values: what APIs and exports wrap around one article or a list of them.

``{"articles": [...]}``, ``{"data": {"posts": [...]}}``, Elasticsearch's ``hits`` and ``_source``,
``{"rss": {"channel": {"item": [...]}}}``, JSON:API's ``attributes``, GraphQL's ``edges`` and
``node``, a mapping of articles by their ids, a table of pandas. What is inside is found by the
names of an article's fields, not by those of the wrappers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from index.sources.columns.plan import FieldNames, Plan
from index.sources.formats.jsonfiles.beside import (
    Left,
    are_others,
    inside,
    is_beside,
    is_list_name,
    left_in,
)
from index.sources.formats.jsonfiles.orientations import Values, rows_of_list, rows_of_object
from index.sources.formats.jsonfiles.outer import with_key, with_outer
from index.sources.formats.jsonfiles.stores import plain_form

_DEEPEST = 8
_NAMED_LIKE_FIELDS = frozenset(("_source", "channel"))  # of Elasticsearch, of RSS
_ITEMS = frozenset(("item", "entry"))
_SHALLOW = 4
_OWN = ("title", "date", "url")
_SAID = 200  # characters at most that a program says of the articles it gives
_BODY = 2  # what a body is worth, where a title is worth 1


class _Found(NamedTuple):
    """What one key of an object holds: articles, and what the best of them is worth."""

    key: str
    worth: int
    articles: Sequence[object]
    alone: bool


def has_body(value: Values, names: FieldNames) -> bool:
    """The object is an article as it stands: one of its fields is the text of a body."""
    if "statusCode" in value and isinstance(inside(value.get("body")), (dict, list)):
        return False
    if type(value.get("body") or value.get("isi") or value.get("content")) is str:
        found = True  # the commonest names, without a plan
    else:
        found = any(type(value[key]) is str and value[key] for key in names.plan(value)["body"])
    return found and ("title" in value or "judul" in value or not _is_wrapper(value, names))


def _is_wrapper(value: Values, names: FieldNames) -> bool:
    """It has no title, date or address of its own, and a list of articles that have titles.

    What is called its body is then what a program says: ``{"content": "News", "items": [...]}``.
    """
    lists = [key for key, held in value.items() if _may_hold(held) and is_list_name(key)]
    if not lists:
        return False  # nearly every article
    plan = names.plan(value)
    if any(_filled(value[key]) for field in _OWN for key in plan.get(field, ())):
        return False
    return any(
        found.worth > _BODY and not found.alone
        for key in lists
        if (found := _search(key, value[key], names, _SHALLOW)) is not None
    )


def _may_hold(held: object) -> bool:
    return type(held) is dict or (type(held) is list and bool(held) and type(held[0]) is dict)


def unwrap(value: Values, names: FieldNames) -> Sequence[object]:
    """The articles in a JSON object, the object itself where it is one or has none.

    What is not an object in a list of articles is handed on as it is.
    """
    if has_body(value, names):
        return (value,)
    return _open(value, names, _DEEPEST) or _only_list(value, names.plan(value)) or (value,)


def unwrap_member(key: str, held: object, position: int, names: FieldNames) -> list[object]:
    """The articles in one member of a wrapper that is read member by member."""
    if are_others(key):
        left = left_in(key, held)
        return [] if left is None else [left]
    found = _search(key, held, names, _DEEPEST)
    if found is None or not (found.worth >= _BODY or is_list_name(key)):
        return []
    if found.alone:
        return [with_key(article, key, position, names) for article in found.articles]
    return list(found.articles)


def _open(value: Values, names: FieldNames, depth: int) -> list[object]:
    """The articles in an object, itself included; empty where it is nothing like one."""
    value = plain_form(value)
    plan = names.plan(value)
    table = rows_of_object(value, plan, names)
    if table:
        return list(table)
    worth = _worth(value, plan)
    if depth == 0 or (
        worth >= _BODY and not _holds_articles(value, plan, names) and not _is_wrapper(value, names)
    ):
        return [value] if worth else []
    fields = {key for field, keys in plan.items() if field != "body" for key in keys}
    members = [
        found
        for key, told in value.items()
        if isinstance(held := inside(told), (dict, list)) and held
        if (found := _search(key, held, names, depth - 1)) is not None
        if found.worth >= _BODY
        or not worth
        or (is_list_name(key) and (not found.alone or key in _ITEMS))
        if key not in fields or found.worth > _BODY or key in _NAMED_LIKE_FIELDS
    ]
    if not members:
        return [value] if worth else []
    best = max(found.worth for found in members)
    chosen = [found for found in members if found.worth == best]
    if len(chosen) == 1 and chosen[0].alone:
        article, *others = chosen[0].articles
        outer = with_outer(article, chosen[0].key, value, names)
        return [outer, *others, *_left(value, members, best, plan["body"])]
    return [
        with_key(article, found.key, position, names) if found.alone else article
        for position, found in enumerate(chosen)
        for article in found.articles
    ] + _left(value, members, best, plan["body"])


def _left(
    value: Values, members: Sequence[_Found], best: int, texts: Sequence[str]
) -> list[object]:
    """What is told of what stands beside the articles.

    That are other objects, lists that are worth less, and a long text of the wrapper's own.
    """
    worse = [
        Left(found.key, len(found.articles))
        for found in members
        if found.worth < best and not found.alone
    ]
    others = [left_in(key, held) for key, held in value.items() if are_others(key)]
    said = [Left(key, 1) for key in texts if _is_long(value[key])]
    return [*worse, *(left for left in others if left is not None), *said]


def _is_long(held: object) -> bool:
    return type(held) is str and len(held) > _SAID


def _search(key: str, held: object, names: FieldNames, depth: int) -> _Found | None:
    """The articles under a key; None where there are none."""
    if is_beside(key) or depth <= 0:
        return None
    if isinstance(held, dict):
        articles = _open(held, names, depth)
        worth = max((_worth_of(article, names) for article in articles), default=0)
        alone = all(isinstance(article, Left) for article in articles[1:])
        return _Found(key, worth, articles, alone=alone) if worth else None
    if not isinstance(held, list) or not held:
        return None
    rows = list(rows_of_list(held, names))
    if rows:
        return _Found(key, _BODY, rows, alone=False)
    articles = [article for item in _flat(held) for article in _of_item(item, names, depth)]
    objects = [article for article in articles if isinstance(article, dict)]
    worth = max((_worth_of(article, names) for article in objects[:20]), default=0)
    if (
        worth < _BODY
        and not is_list_name(key)
        and not any(_is_dated(article, names) for article in objects[:20])
    ):
        return None
    return _Found(key, worth, articles, alone=False) if worth else None


def _flat(items: Sequence[object]) -> Iterator[object]:
    """The items, and those of lists of objects among them."""
    for item in items:
        if isinstance(item, list) and item and all(isinstance(part, dict) for part in item):
            yield from item
        else:
            yield item


def _of_item(item: object, names: FieldNames, depth: int) -> Sequence[object]:
    if not isinstance(item, dict):
        return (item,)
    return _open(item, names, depth - 1) or (item,)


def _worth_of(article: object, names: FieldNames) -> int:
    return _worth(article, names.plan(article)) if isinstance(article, dict) else 0


def _worth(value: Mapping[str, object], plan: Plan) -> int:
    """2 for a body and 1 for a title, together 3."""
    body = any(_filled(value[key]) for key in plan["body"])
    return _BODY * body + any(_filled(value[key]) for key in plan["title"])


def _filled(value: object) -> bool:
    return isinstance(value, (str, dict, list)) and bool(value)


def _is_dated(article: Mapping[str, object], names: FieldNames) -> bool:
    """It has the address, the date or the summary of an article."""
    plan = names.plan(article)
    return any(
        _filled(article[key]) for field in ("url", "date", "summary") for key in plan.get(field, ())
    )


def _holds_articles(value: Values, plan: Plan, names: FieldNames) -> bool:
    """What is called body is no text but articles: ``{"article": {"title": …, "text": …}}``."""
    return any(
        _are_articles(value[key], names, titled=any(_filled(value[k]) for k in plan["title"]))
        for key in plan["body"]
    )


def _are_articles(held: object, names: FieldNames, *, titled: bool) -> bool:
    """A body, of an object that is ``titled``, holds articles and not their paragraphs."""
    if isinstance(held, list):
        return bool(held) and not titled and _is_whole(held[0], names)
    if not isinstance(held, dict):
        return False
    if _is_whole(held, names):
        return True
    found = None if titled else _search("", held, names, _SHALLOW)
    return found is not None and found.worth == _BODY + 1


def _is_whole(inner: object, names: FieldNames) -> bool:
    """It has a title and a text, or else what a section of an article has not."""
    if not isinstance(inner, dict):
        return False
    worth = _worth_of(inner, names)
    return worth == _BODY + 1 or (worth == 1 and _is_dated(inner, names))


def _only_list(value: Values, plan: Plan) -> list[object] | None:
    """The items of the only list of objects, in whose names nothing tells an article."""
    lists = [
        held
        for key, held in value.items()
        if isinstance(held, list) and held and not is_beside(key)
        if all(isinstance(item, dict) for item in held)
    ]
    return lists[0] if len(lists) == 1 and not plan["body"] and not plan["title"] else None
