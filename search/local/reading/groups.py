"""Which documents belong together: today those with the same text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.light_dataclass import dataclass


@dataclass(frozen=True)
class Groups:
    """The groups of the N documents of an index; a document alone is a group of itself.

    ``of``: (N,) int32, the first document of each one's group.

    ``members``: (m,) int32, the documents of groups of several, group after group, each ascending;
    ``starts``: (g,) int64, where each of these groups begins, ascending by their first documents'
    places in ``firsts``, (g,) int32 ascending; ``stops``: (g,), where each ends. ``several``: N
    bytes, not 0 of documents that are not alone in their group.
    """

    of: NDArray[np.int32]
    members: NDArray[np.int32]
    firsts: NDArray[np.int32]
    starts: NDArray[np.int64]
    stops: NDArray[np.int64]
    several: bytes

    def group(self, number: int) -> NDArray[np.int32]:
        """The documents of a group of several that ``number`` is in, itself included, ascending."""
        place = int(self.firsts.searchsorted(self.of[number]))
        return self.members[self.starts[place] : self.stops[place]]


def groups_of(keys: NDArray[np.uint64]) -> Groups:
    """The groups of documents with equal keys: (N,)."""
    order = keys.argsort(kind="stable")
    ordered = keys[order]
    same = ordered[1:] == ordered[:-1]
    repeated = np.zeros(len(keys), np.bool_)
    repeated[1:] = same
    repeated[:-1] |= same
    members = order[repeated].astype(np.int32)
    ordered = ordered[repeated]
    begins = np.ones(len(ordered), np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    starts = begins.nonzero()[0].astype(np.int64)
    stops = np.append(starts[1:], len(members)).astype(np.int64)
    of = np.arange(len(keys), dtype=np.int32)
    of[members] = np.repeat(members[starts], stops - starts)
    by_first = members[starts].argsort()
    several = np.zeros(len(keys), np.bool_)
    several[members] = True
    firsts = members[starts][by_first]
    return Groups(of, members, firsts, starts[by_first], stops[by_first], several.tobytes())
