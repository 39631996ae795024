"""What every kind of query can do: find its matches, and say what its scores are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from whoosh.query import Query

from index.light_dataclass import dataclass
from search.local.matches import Documents, Mask, Matches, Scores

if TYPE_CHECKING:
    from search.local.matching.searcher import Searcher


@dataclass(frozen=True, slots=True)
class Part:
    """An addend of the scores of k documents, ``values``: (k,), 0 where it adds nothing.

    ``feature``, ``field`` and ``word`` as in ``search.response.ScorePart``. ``held``: the word that
    is searched for, where ``word`` is a glued one that holds it; else empty.
    """

    feature: str
    field: str
    word: str
    values: NDArray[np.floating[Any]]
    held: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """Whether a query matches each of k documents, (k,), and what its scores there are made of."""

    mask: Mask
    parts: list[Part]


class Probe(Protocol):
    """Which of some documents match; see ``Searcher.probe``."""

    def __call__(
        self, searcher: Searcher, query: Query, documents: Documents, *, excluding: bool
    ) -> tuple[Mask, Scores]: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of query can do. Each function takes the searcher and the query.

    ``run`` gives all matches. ``probe`` tells of documents which match. ``expected`` says about how
    many documents match. ``parts`` takes documents, (k,) ascending, and says what their scores are
    made of.
    """

    run: Callable[[Searcher, Any], Matches]
    probe: Probe
    expected: Callable[[Searcher, Any], int]
    parts: Callable[[Searcher, Any, Documents], Parts]


def every_document(searcher: Searcher, query: Query) -> int:  # noqa: ARG001 - a kind's ``expected``
    """How many documents match where that cannot be told beforehand."""
    return searcher.snapshot.size


def without_parts(searcher: Searcher, query: Query, documents: Documents) -> Parts:
    """The parts of what matches and adds nothing to scores."""
    mask, _ = searcher.probe(query, documents)
    return Parts(mask, [])
