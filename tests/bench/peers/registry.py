"""All peers, by key."""

from __future__ import annotations

from tests.bench.peers import fts5, lucene, ours, stock_whoosh, tantivy_peer
from tests.bench.peers.peer import Peer

PEERS: dict[str, Peer] = {
    peer.key: peer
    for peer in (
        stock_whoosh.PEER,
        ours.DEFAULT,
        ours.PLAIN,
        tantivy_peer.PEER,
        fts5.PEER,
        lucene.PEER,
    )
}

BASE = stock_whoosh.PEER.key
"""The one that the others are compared with."""
