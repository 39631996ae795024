"""Words that are written together or apart, made ready without the queries that nobody reads.

The same as ``compound`` makes step by step, its witness, of what most are: words that were made
ready themselves, all of whose spellings are words that stems stand for. A kernel makes these ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.fields import TEXTS
from index.kept import kept
from index.kernels import kernel
from search.budget import COMPARED, NODE
from search.limits import FINDING
from search.local.matching.flat import FlatWord
from search.local.plain.compound import flat_of
from search.local.plain.sought import SoughtWord
from search.local.reading.made import Made, RowKey
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.query.syntax.boolean import loosened
from search.query.syntax.spellings import OTHER, SideBySide, Spellings, Spelt
from search.query.syntax.word import Word
from search.query.weights import Weights

if TYPE_CHECKING:
    from index.kernels.asking import Asked
    from index.kernels.spelt import Speller

_kernel = kernel("spelt")


class ReadyCompound(SoughtWord):
    """A compound of which that is made first that kernels take. Shared by threads.

    The kernel ``spelt`` makes it: all but what is made here, when it is asked for.
    """

    __slots__ = ("__dict__", "_weights", "nbytes")
    node: Spellings
    nbytes: int
    """Of all that was made ready."""

    _weights: Weights

    @kept
    def _spelt(self) -> Spelt:
        return self.node.spelt(self._weights)

    @kept
    def flat(self) -> FlatWord:  # type: ignore[override]
        return flat_of(self.node.query(self.node.written, self._weights, self._spelt))

    @kept
    def loose(self) -> FlatWord:  # type: ignore[override]
        if self.apart is None:
            return self.flat
        loosely = loosened(self.node)
        assert isinstance(loosely, Spellings)
        spelt = self.node.spelt_with(loosely.written, self._weights, self._spelt)
        return flat_of(self.node.query(loosely.written, self._weights, spelt))

    @property
    def comes_apart(self) -> bool:
        return self.apart is not None

    def make(self, rows: Rows) -> int:  # noqa: ARG002 - it is made ready
        return self.nbytes


class _Key:
    """By what budgets know a compound, made when they do; equal to a key that was made."""

    __slots__ = ("_known", "_loose", "_node", "_weights")

    def __init__(self, node: Spellings, weights: Weights, *, loose: bool) -> None:
        self._node = node
        self._weights = weights
        self._loose = loose
        self._known: RowKey | None = None

    def _all(self) -> RowKey:
        if self._known is None:
            node, weights = self._node, self._weights
            spelt = node.spelt(weights)
            if self._loose:
                loosely = loosened(node)
                assert isinstance(loosely, Spellings)
                spelt = node.spelt_with(loosely.written, weights, spelt)
            self._known = RowKey(spelt[1])
        return self._known

    def __hash__(self) -> int:
        return hash(self._all())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _Key):
            if self._loose is not other._loose or len(self._node.words) != len(other._node.words):
                return False
            return self._all() == other._all()
        return isinstance(other, tuple) and self._all() == other


def speller_of(asked: Asked, snapshot: Snapshot, weights: Weights) -> Speller | None:
    """What makes compounds ready; None without kernels. Raises ``FileDamaged``."""
    standing = tuple([snapshot.standing(name) for name in TEXTS])
    if _kernel is None or None in standing:
        return None
    found: Speller = _kernel.Speller(
        asked,
        standing,
        word=Word,
        beside=SideBySide,
        spellings=Spellings,
        sought=ReadyCompound,
        made=Made,
        key=_Key,
        weights=weights,
        other=OTHER,
        most=FINDING.of(snapshot.size),
        node=NODE,
        compared=COMPARED,
    )
    return found
