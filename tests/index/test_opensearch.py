"""Whether a node of a cluster answers."""

from __future__ import annotations

import pytest

from index import opensearch
from index.errors import ClusterUnsupported, IndexUnavailable, IndexUnreachable
from index.location import ClusterAlias, locate
from index.opensearch import why_unavailable
from tests.nodes import NOWHERE, answering, closed_port

OPENSEARCH = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
SECURED = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"


def unavailable(node: str) -> IndexUnavailable:
    cluster = locate(f"opensearch://{node}/berita")
    assert isinstance(cluster, ClusterAlias)
    error = why_unavailable(cluster)
    assert error.index == cluster.url
    assert node in error.english
    assert node in error.indonesian
    return error


def unreachable(node: str) -> IndexUnreachable:
    error = unavailable(node)
    assert isinstance(error, IndexUnreachable)
    assert error.node == node
    return error


def test_at_a_closed_port_nothing_listens() -> None:
    assert unreachable(closed_port()).reason.english == "nothing listens there"


@pytest.mark.parametrize("node", [NOWHERE, f"{'a.' * 150}a:9200"])
def test_a_host_without_an_address_is_not_found(node: str) -> None:
    assert unreachable(node).reason.indonesian == "alamat inangnya tidak ditemukan"


def test_a_node_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opensearch, "TIMEOUT", 0.1)
    with answering(None) as node:
        assert unreachable(node).reason.english == "no answer within 0.1 seconds"


def test_a_node_that_hangs_up_has_not_answered() -> None:
    with answering(b"") as node:
        assert unreachable(node).reason.english == "it hung up without an answer"


@pytest.mark.parametrize("answer", [OPENSEARCH, SECURED, b"SSH-2.0-x\r\n", b"\x15\x03\x01\x00\x02"])
def test_what_answers_cannot_be_used_yet(answer: bytes) -> None:
    with answering(answer) as node:
        error = unavailable(node)
    assert isinstance(error, ClusterUnsupported)
    assert "cannot use a cluster yet" in error.english
    assert "belum dapat memakai klaster" in error.indonesian
