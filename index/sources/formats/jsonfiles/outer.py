"""What stands outside of an article and belongs to it: its key, and the fields beside it."""

from __future__ import annotations

from index.patterns import on_use
from index.sources.columns.plan import FieldNames
from index.sources.formats.jsonfiles.beside import is_beside, is_list_name
from index.sources.formats.jsonfiles.orientations import Values

_IS_ID = on_use(r"(?=.*[0-9-])[^\s/]{1,200}|[^\s/]{16,200}")
_IS_URL = on_use(r"https?://\S+")


def with_outer(article: object, key: str, outer: Values, names: FieldNames) -> object:
    """The one article of a wrapper, with what stands beside it where itself has nothing."""
    if not isinstance(article, dict):
        return article
    beside = {
        name: held
        for name, held in outer.items()
        if name != key and name not in article and not is_beside(name)
    }
    return with_key({**article, **beside}, key, -1, names)


def with_key(article: object, key: str, position: int, names: FieldNames) -> object:
    """The article with its key in a mapping as address or id, where it has none.

    Numbers that only count are no ids.
    """
    if not isinstance(article, dict):
        return article
    if _IS_URL.fullmatch(key):
        return article if names.plan(article)["url"] else {**article, "url": key}
    counts = key.isdigit() and int(key[:9]) in {position, position + 1}
    if _is_known(key, names) or counts or not _IS_ID.fullmatch(key):
        return article
    return article if names.plan(article)["id"] else {**article, "id": key}


def _is_known(key: str, names: FieldNames) -> bool:
    """The name is that of a wrapper or of a field, not of one article."""
    return is_list_name(key) or any(names.plan((key,)).values())
