"""Whether a node of a cluster answers, and how often it is asked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from index import opensearch
from index.errors import ClusterUnsupported, IndexUnavailable, IndexUnreachable
from index.location import ClusterAlias, locate
from index.opensearch import OutOfUse
from tests.nodes import NOWHERE, answering, closed_port

OPENSEARCH = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
SECURED = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"


def unavailable(node: str) -> IndexUnavailable:
    cluster = locate(f"opensearch://{node}/berita")
    assert isinstance(cluster, ClusterAlias)
    with pytest.raises(IndexUnavailable) as caught:
        OutOfUse(cluster).refuse()
    error = caught.value
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


def refusals(cluster: OutOfUse, count: int) -> list[type[BaseException] | None]:
    """What as many threads are told at once."""

    def ask(_: int) -> type[BaseException] | None:
        try:
            cluster.refuse()
        except IndexUnavailable as error:
            return type(error)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(ask, range(count)))


def out_of_use(node: str) -> OutOfUse:
    host, port = node.split(":")
    return OutOfUse(ClusterAlias(host, int(port), "berita"))


@pytest.mark.parametrize("answer", [OPENSEARCH, b"", None])
def test_threads_together_ask_a_node_once(
    answer: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opensearch, "TIMEOUT", 0.2)
    requests: list[bytes] = []
    with answering(answer, requests) as node:
        cluster = out_of_use(node)
        expected = ClusterUnsupported if answer else IndexUnreachable
        assert refusals(cluster, 8) == [expected] * 8
        assert refusals(cluster, 8) == [expected] * 8
    assert requests == [f"GET / HTTP/1.1\r\nHost: {node}\r\n\r\n".encode()]


def test_nobody_waits_for_a_thread_that_asks_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(OPENSEARCH) as node:
        cluster = out_of_use(node)
        assert refusals(cluster, 1) == [ClusterUnsupported]
        monkeypatch.setattr(opensearch, "KEPT", 0)
        with cluster._asking:
            assert refusals(cluster, 2) == [ClusterUnsupported] * 2


def test_a_node_that_drips_bytes_has_answered_with_the_first() -> None:
    with answering(b"H") as node:
        assert isinstance(unavailable(node), ClusterUnsupported)
