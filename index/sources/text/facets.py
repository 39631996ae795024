"""Names of authors and sources as archives write them, without what is not the name."""

from __future__ import annotations

import re

from index.patterns import on_use

_BY = on_use(
    r"(?:(?:written by|by|ditulis oleh|oleh|penulis|author|reporter|pewarta|wartawan|jurnalis"
    r"|nama penulis)\s*:\s*|(?:written by|by|ditulis oleh|oleh)\s+(?=[A-Z]))",
    re.IGNORECASE,
)
_ADDRESS = on_use(r"https?://(?:[^/@\s]*@)?([^/:?#\s]+)(?:[:/?#]\S*)?", re.IGNORECASE)
_WWW = on_use(r"www\.([\w-]+(?:\.[\w-]+)+)/?", re.IGNORECASE)


def tidy(name: str, field: str) -> str:
    """``Oleh: Rina`` becomes ``Rina``, ``https://www.contoh.id/`` becomes ``contoh.id``."""
    if field == "author":
        return _without_by(name).replace(" ,", ",")  # as scrapers join names
    if field == "source":
        return _without_address(name)
    return name


def _without_by(name: str) -> str:
    found = _BY.match(name)
    if found is None:
        return name
    rest = name[found.end() :]
    # “By” may begin a name of its own, but no name of a person begins in lower case after it.
    if not rest or (":" not in found[0] and not rest[0].isupper()):
        return name
    return rest


def _without_address(name: str) -> str:
    if "." not in name or " " in name:
        return name
    address = _ADDRESS.fullmatch(name)
    if address:
        name = address[1].lower()
    bare = _WWW.fullmatch(name)
    return bare[1] if bare else name
