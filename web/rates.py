"""A rate limit as operators write it: ``120/minute``, ``10/second; 1000/hour``.

The grammar is that of ``limits``, the library beneath Flask-Limiter, which is
imported only where a limit is read, so that a server without limits does not load it.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from index.light_dataclass import dataclass

LARGEST_AMOUNT = 1_000_000_000
LONGEST_WINDOW = 366 * 86_400

_STORAGE = re.compile(r"memory://|(rediss?|redis\+unix)://\S+")
_NO_TIME = re.compile(r"(/|per)\s*0+\s*[a-z]", re.IGNORECASE)
_PASSWORD = re.compile(r"(?<=://)([^/@\s:]*):[^/@\s]*(?=@)")


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in a window of so many seconds; ``name`` as in ``120/minute``."""

    amount: int
    seconds: int
    name: str

    def __str__(self) -> str:
        return f"{self.amount}/{self.name}"


def rates(text: str) -> tuple[Rate, ...]:
    """The limits of a text, each once.

    Raises ValueError where the text has none, one of no requests or of no time, or one of more
    than ``LARGEST_AMOUNT`` requests or ``LONGEST_WINDOW`` seconds.
    """
    from limits import parse_many

    if _NO_TIME.search(text):
        raise ValueError(text)  # The library takes 10/0minute for 10/minute.
    found = []
    for one in parse_many(text.strip().rstrip(";")):
        if not 1 <= one.amount <= LARGEST_AMOUNT or not 1 <= one.get_expiry() <= LONGEST_WINDOW:
            raise ValueError(text)
        many = "" if one.multiples == 1 else one.multiples
        found.append(Rate(one.amount, one.get_expiry(), f"{many}{one.GRANULARITY.name}"))
    return tuple(dict.fromkeys(found))


def short(text: str) -> str:
    """The limits of a text in the short form: ``120/minute;5000/day``. Raises as ``rates``."""
    return ";".join(map(str, rates(text)))


def storage(text: str) -> str:
    """The URL of a place to count in, as given. Raises ValueError for what is none."""
    if not _STORAGE.fullmatch(text) or urlsplit(text).port == 0:  # urlsplit checks it, too.
        raise ValueError(text)
    return text


def without_password(url: str) -> str:
    """The URL with ``***`` for the password, if it has one."""
    return _PASSWORD.sub(r"\1:***", url)
