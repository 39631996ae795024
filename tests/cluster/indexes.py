"""Indexes of a cluster that tests have made, listed and removed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.request import Request, urlopen


def asked(host: str, path: str, *, method: str = "GET", body: Any = None) -> Any:
    """What a node answers, read as JSON. Raises ``HTTPError`` and other ``OSError``."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    with urlopen(Request(f"http://{host}{path}", data, headers, method=method), timeout=60) as got:
        return json.load(got)


def listed(host: str, beginning: str) -> list[str]:
    """The names of the indexes that begin so."""
    rows = asked(host, f"/_cat/indices/{beginning}*?format=json&expand_wildcards=all")
    return sorted(row["index"] for row in rows)


def drop(hosts: Sequence[str], beginning: str) -> None:
    """Delete all indexes whose names begin so: those of one test, never all of a cluster."""
    if len(beginning) < 4:
        raise ValueError(f"{beginning!r} is no name of a test's indexes")
    names = listed(hosts[0], beginning)
    for at in range(0, len(names), 20):
        asked(hosts[0], f"/{','.join(names[at : at + 20])}", method="DELETE")
