"""What is planned here by counts that the cluster has: all of them asked for at once.

Planning needs one count after the other, each for the next step, and a request for every one would
take longer than all else. So an answer is made several times. What is not known yet is taken for
something and noted; all of it is asked for in one request, and the answer is made anew, until
nothing more is missing: mostly the second time. So it goes on for as long as the question may wait
(``waiting``). What was made by a guess, or by counts that some shard did not finish, makes its
budget ``partial`` and ``late`` (``search.budget``), and nothing of it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from threading import local
from typing import TypeVar

from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.layout import ID, NUMBER, Dsl
from index.opensearch.moment import Searched
from index.opensearch.several import is_whole
from search.budget import Budget
from search.opensearch.waiting import answers

_Found = int | tuple[str, ...]
_Value = TypeVar("_Value")

_REQUESTS = 6
"""So often one answer asks the cluster at the most,"""
_MOST = 1024
"""and for so many counts."""
_KEPT = 50_000
_CLAUSES = 256
"""Filters of one search. A node takes 1,024 clauses, and each filter has several."""


@dataclass
class _Answer:
    """One answer that is being made. ``unsure``: what some shard has not counted to its end."""

    left: int = _MOST
    guesses: int = 0
    closed: bool = False
    counts: dict[str, Dsl] = field(default_factory=dict)
    samples: dict[str, tuple[Dsl, int]] = field(default_factory=dict)
    unsure: dict[str, _Found] = field(default_factory=dict)

    def notes(self, key: str, query: Dsl, most: int | None) -> None:
        """Note what is to be asked for."""
        if self.closed or not self.left or key in self.counts or key in self.samples:
            return
        self.left -= 1
        if most is None:
            self.counts[key] = query
        else:
            self.samples[key] = query, most


class Settling:
    """How many articles of an index queries find, and which: kept, as it never changes.

    Shared by threads. ``searched``: the index of one generation, as it is now.
    """

    def __init__(self, connection: Connection, searched: Searched) -> None:
        self._connection = connection
        self._searched = searched
        self._known: dict[str, _Found] = {}
        self._threads = local()

    def at(self, searched: Searched) -> Settling:
        """What counts in the same articles as another ``searched`` has them, with what is known."""
        other = Settling(self._connection, searched)
        other._known = dict(self._known)
        return other

    def settled(self, answer: Callable[[], _Value], budget: Budget) -> _Value:
        """What ``answer`` gives when all that it asks for is known, or too much is not.

        It is called several times and has to have a new budget each time; the last call counts. An
        answer within an answer is settled with it. ``budget``: the question's, which says how long
        it may wait. Raises ``IndexUnavailable``, and opensearch-py's ``NotFoundError`` where the
        index is gone.
        """
        if self._current is not None:
            return answer()
        self._current = made = _Answer()
        try:
            for _ in range(_REQUESTS):
                made.counts, made.samples = {}, {}
                found = answer()
                if not (made.counts or made.samples) or budget.patience <= 0:
                    return found
                self._ask(made, budget)
            made.closed = True
            return answer()
        finally:
            self._current = None

    @property
    def guesses(self) -> int:
        """How often something was taken for an answer in what this thread makes now."""
        made = self._current
        return 0 if made is None else made.guesses

    def count(self, query: Dsl, guess: int, budget: Budget) -> int:
        """How many articles a query finds; ``guess`` where that is not known yet."""
        found = self._found(query, None, budget)
        return found if isinstance(found, int) else guess

    def sample(self, query: Dsl, most: int, budget: Budget) -> tuple[str, ...]:
        """The ids of some ``most`` articles of those that a query finds, the same each time.

        None where that is not known yet.
        """
        found = self._found(query, most, budget)
        return found if isinstance(found, tuple) else ()

    @property
    def _current(self) -> _Answer | None:
        found: _Answer | None = getattr(self._threads, "answer", None)
        return found

    @_current.setter
    def _current(self, answer: _Answer | None) -> None:
        self._threads.answer = answer

    def _found(self, query: Dsl, most: int | None, budget: Budget) -> _Found | None:
        key = json.dumps(query if most is None else [most, query])
        known = self._known.get(key)
        if known is not None:
            return known
        budget.partial = budget.late = True
        made = self._current
        if made is None:
            return None
        made.guesses += 1
        if key in made.unsure:
            return made.unsure[key]
        made.notes(key, query, most)
        return None

    def _ask(self, made: _Answer, budget: Budget) -> None:
        keys = list(made.counts)
        parts = [keys[at : at + _CLAUSES] for at in range(0, len(keys), _CLAUSES)]
        searches = [_counting([made.counts[key] for key in part]) for part in parts]
        searches += [_sampling(*one) for one in made.samples.values()]
        asked: list[tuple[Dsl, Dsl]] = [({}, one) for one in searches]
        found = iter(answers(self._connection, self._searched, budget, asked))
        for part in parts:
            one = next(found)
            self._keep(made, dict(zip(part, _counts(one), strict=True)), one)
        for key, one in zip(made.samples, found, strict=True):
            self._keep(made, {key: _ids(one)}, one)

    def _keep(self, made: _Answer, found: Mapping[str, _Found], answer: Dsl) -> None:
        if not is_whole(answer):
            made.unsure.update(found)
            return
        if len(self._known) + len(found) > _KEPT:
            self._known.clear()
        self._known.update(found)


def _counting(queries: Sequence[Dsl]) -> Dsl:
    """A search that counts each of some queries: one with filters is faster than many searches."""
    filters = {str(number): query for number, query in enumerate(queries)}
    return {
        "size": 0,
        "track_total_hits": False,
        "aggs": {"each": {"filters": {"filters": filters}}},
    }


def _sampling(query: Dsl, most: int) -> Dsl:
    """A search for some articles, spread evenly. What is stored of them is not read: it is slow."""
    spread = {"seed": 1, "field": NUMBER}
    return {
        "size": most,
        "track_total_hits": False,
        "query": {
            "function_score": {"query": query, "random_score": spread, "boost_mode": "replace"}
        },
        "_source": False,
        "stored_fields": "_none_",
        "docvalue_fields": [ID],
    }


def _counts(answer: Dsl) -> list[int]:
    buckets = answer["aggregations"]["each"]["buckets"]
    return [buckets[str(number)]["doc_count"] for number in range(len(buckets))]


def _ids(answer: Dsl) -> tuple[str, ...]:
    hits = answer["hits"]["hits"]
    return tuple(hit["fields"][ID][0] for hit in hits if ID in hit.get("fields", ()))
