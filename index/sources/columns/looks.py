"""What a value looks like, for columns whose names say nothing: a text, a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.dates import ImpossibleDate, NotADate, parse_date
from index.patterns import on_use

_LOOKED_AT = 2000
_LEAST_CHARACTERS = 60
_LEAST_SPACES = 8
_MOST_PARTS = 20
_MAYBE_DATE = on_use(
    r"[^0-9]{0,30}(?:[0-9]{1,4}[-/. ][0-9A-Za-z]{1,9}[-/. ,]+[0-9]{1,4}|[0-9]{8}T[0-9]{4,6}Z?\Z)"
)
_LONGEST_DATE = 60


def texts_in(key: str, value: object) -> Iterator[str]:
    """The key where its value looks like sentences; the paths of what does in an object there."""
    if isinstance(value, Mapping):
        for inner, held in list(value.items())[:_MOST_PARTS]:
            if _looks_like_text(held):
                yield f"{key}.{inner}"
    elif _looks_like_text(value):
        yield key


def looks_like_date(value: object) -> bool:
    """Whether a text is one that dates are read from, or that tells of one."""
    if not isinstance(value, str) or len(value) > _LONGEST_DATE or not _MAYBE_DATE.match(value):
        return False
    try:
        parse_date(value)
    except ImpossibleDate:
        return True
    except NotADate:
        return _MAYBE_DATE.fullmatch(value) is not None and value.endswith("Z")
    return True


def _looks_like_text(value: object) -> bool:
    if isinstance(value, list):
        parts = (part[:_LOOKED_AT] for part in value[:_MOST_PARTS] if isinstance(part, str))
        value = " ".join(parts)
    if not isinstance(value, str) or len(value) < _LEAST_CHARACTERS:
        return False
    head = value[:_LOOKED_AT].lstrip()
    return head.count(" ") >= _LEAST_SPACES and head[:1] not in {"{", "["}
