"""All peers, by key."""

from __future__ import annotations

from collections.abc import Iterable

from tests.bench.peers import fts5, lucene, ours, stock_whoosh, tantivy_peer
from tests.bench.peers.peer import Peer

PEERS: dict[str, Peer] = {
    peer.key: peer
    for peer in (
        stock_whoosh.PEER,
        ours.DEFAULT,
        ours.STRICT,
        ours.PLAIN,
        tantivy_peer.PEER,
        fts5.PEER,
        lucene.PEER,
    )
}

BASE = stock_whoosh.PEER.key
"""The one that the others are so many times as fast as."""

NATIVE = tantivy_peer.PEER.key
"""The one whose times the others take so many times."""


def asked(peers: Iterable[Peer], *, every: bool) -> list[Peer]:
    """Those that are asked where all words must match, or where one suffices."""
    return [peer for peer in peers if peer.every is None or peer.every == every]
