"""A rate limit as operators write it: ``120/minute``, ``10/second; 1000/hour``.

The grammar is that of the ``limits`` library, which Flask-Limiter counts with; that library is
imported only where a limit is read, so that a server without limits does not load it.
"""

from __future__ import annotations

import re

LARGEST_AMOUNT = 1_000_000_000
LONGEST_WINDOW = 366 * 86_400

_STORAGE = re.compile(r"memory://|(rediss?|redis\+unix)://\S+")
_PASSWORD = re.compile(r"(?<=://)([^/@\s:]*):[^/@\s]*(?=@)")


def rates(text: str) -> str:
    """The limits of a text, each once, in the short form: ``120/minute;5000/day``.

    Raises ValueError where the text has none, one of no requests or of no time, or one of more
    than ``LARGEST_AMOUNT`` requests or ``LONGEST_WINDOW`` seconds.
    """
    from limits import parse_many

    written = []
    for one in parse_many(text.strip().rstrip(";")):
        if not 1 <= one.amount <= LARGEST_AMOUNT or not 1 <= one.get_expiry() <= LONGEST_WINDOW:
            raise ValueError(text)
        many = "" if one.multiples == 1 else one.multiples
        written.append(f"{one.amount}/{many}{one.GRANULARITY.name}")
    return ";".join(dict.fromkeys(written))


def storage(text: str) -> str:
    """The URL of a place to count in, as given. Raises ValueError for what is none."""
    if not _STORAGE.fullmatch(text):
        raise ValueError(text)
    return text


def without_password(url: str) -> str:
    """The URL with ``***`` for the password, if it has one."""
    return _PASSWORD.sub(r"\1:***", url)
