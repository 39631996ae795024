"""How often each query was asked on a day: counts without who asked, or when on that day.

The log of queries is a folder with a file for each day, ``2026-11-29.json``: an object with

- ``day``; ``closed``, whether rare queries were dropped;
- ``queries``: by query (normalised, see ``web.query_log``) how often it was ``asked``, how often no
  article had all of its words (``zero``) or any of them (``nothing``), how often it was
  ``corrected`` or its search cut short (``partial``), and the processor milliseconds of all times
  together (``ms``) and of the slowest (``slowest_ms``);
- ``refined``: questions that refine another or ask for every article, of which no query is kept;
  ``others``: how often queries were asked for which there was no room; ``rare``: how many queries
  were dropped because they were asked too seldom, and how often those were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from index.light_dataclass import dataclass

AT_LEAST = 5
"""A query that is asked less often in a day may tell of somebody; it is dropped after the day."""

MOST_QUERIES = 5_000
"""So many queries have room in a day, the most frequent ones."""

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})\.json")


@dataclass(frozen=True, slots=True)
class Asked:
    """How often a query was asked and with what success; milliseconds are the processor's."""

    asked: int = 0
    zero: int = 0
    nothing: int = 0
    corrected: int = 0
    partial: int = 0
    ms: float = 0.0
    slowest_ms: float = 0.0

    def plus(self, other: Asked) -> Asked:
        """Both together."""
        return Asked(
            self.asked + other.asked,
            self.zero + other.zero,
            self.nothing + other.nothing,
            self.corrected + other.corrected,
            self.partial + other.partial,
            self.ms + other.ms,
            max(self.slowest_ms, other.slowest_ms),
        )


@dataclass(frozen=True, slots=True)
class Rare:
    """Queries that were dropped because they were asked too seldom, and how often they were."""

    queries: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """What was asked on a day or on several; see the module's text."""

    queries: Mapping[str, Asked] = field(default_factory=dict)
    refined: int = 0
    others: int = 0
    rare: Rare = Rare()
    closed: bool = False

    @property
    def asked(self) -> int:
        """How many questions there were, but for those that refine another."""
        return sum(one.asked for one in self.queries.values()) + self.others + self.rare.asked


def together(several: Iterable[Counts]) -> Counts:
    """All of them as one; closed if any is."""
    queries: dict[str, Asked] = {}
    refined = others = rare = rare_asked = 0
    closed = False
    for counts in several:
        for query, asked in counts.queries.items():
            known = queries.get(query)
            queries[query] = asked if known is None else known.plus(asked)
        refined += counts.refined
        others += counts.others
        rare += counts.rare.queries
        rare_asked += counts.rare.asked
        closed = closed or counts.closed
    return Counts(queries, refined, others, Rare(rare, rare_asked), closed)


def without_rare(counts: Counts, at_least: int) -> Counts:
    """The same without queries that were asked less often."""
    kept = {query: one for query, one in counts.queries.items() if one.asked >= at_least}
    asked = sum(one.asked for one in counts.queries.values() if one.asked < at_least)
    dropped = len(counts.queries) - len(kept)
    rare = Rare(counts.rare.queries + dropped, counts.rare.asked + asked)
    return replace(counts, queries=kept, rare=rare)


def fitting(counts: Counts, most: int = MOST_QUERIES) -> Counts:
    """The same with the ``most`` frequent queries only, the rest counted among the others."""
    if len(counts.queries) <= most:
        return counts
    ranked = sorted(counts.queries.items(), key=lambda pair: -pair[1].asked)
    left_out = sum(one.asked for _, one in ranked[most:])
    return replace(counts, queries=dict(ranked[:most]), others=counts.others + left_out)


def file_of(folder: Path, day: date) -> Path:
    """Where the counts of a day are."""
    return folder / f"{day.isoformat()}.json"


def days_in(folder: Path) -> Iterator[date]:
    """The days of which there are counts, the oldest first. Raises ``OSError``."""
    for path in sorted(folder.iterdir()):
        found = _NAME.fullmatch(path.name)
        try:
            if found is not None:
                yield date.fromisoformat(found[1])
        except ValueError:
            continue  # Nothing of ours has such a name.


def to_bytes(day: date, counts: Counts) -> bytes:
    """The content of a day's file."""
    facts = {one.name: getattr(counts, one.name) for one in fields(Counts)}
    return orjson.dumps({"day": day, **facts}, option=orjson.OPT_APPEND_NEWLINE)


def read_counts(path: Path) -> Counts:
    """The counts in a day's file. Raises ``OSError``, and ``ValueError`` where it has none."""
    if path.exists() and not path.is_file():
        raise ValueError("it is no file")
    return from_bytes(path.read_bytes())


def from_bytes(content: bytes) -> Counts:
    """The counts in a day's file. Raises ``ValueError`` where it is none."""
    document = orjson.loads(content)
    try:
        queries = {query: _asked(one) for query, one in document["queries"].items()}
        rare = Rare(_count(document["rare"]["queries"]), _count(document["rare"]["asked"]))
        return Counts(
            queries,
            _count(document["refined"]),
            _count(document["others"]),
            rare,
            document["closed"] is True,
        )
    except (AttributeError, KeyError, TypeError):
        raise ValueError("it does not hold counts of queries") from None


_ASKED = tuple(one.name for one in fields(Asked))


def _asked(document: Any) -> Asked:
    return Asked(*[_count(document[name]) for name in _ASKED])


def _count(value: Any) -> Any:
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value
