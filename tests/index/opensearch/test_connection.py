"""What comes of asking a cluster whose nodes do not answer, or not as they should."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError, NotFoundError, RequestError
from opensearchpy.exceptions import ConnectionError as NoAnswer

from index.errors import (
    AccessInvalid,
    ClusterBusy,
    ClusterRefused,
    ClusterTroubled,
    IndexUnavailable,
    IndexUnreachable,
)
from index.location import ClusterAlias, locate
from index.opensearch.connection import Connection
from tests.conftest import ROOT
from tests.nodes import NOWHERE, answering, closed_port, saying, taking_nobody

OK = (200, {"count": 1})


def to(*nodes: str, scheme: str = "opensearch", to_answer: float = 30) -> Connection:
    cluster = locate(f"{scheme}://{','.join(nodes)}/berita")
    assert isinstance(cluster, ClusterAlias)
    return Connection(cluster, to_answer)


def count(client: OpenSearch) -> Any:
    return client.count(index="berita")


def failure(connection: Connection, kind: type[IndexUnavailable], **how: Any) -> Any:
    with pytest.raises(kind) as caught:
        connection.asked(count, **how)
    error = caught.value
    assert type(error) is kind
    assert error.index == connection.cluster.url
    assert connection.cluster.node in error.english
    assert connection.cluster.node in error.indonesian
    return error


def error(kind: str, reason: str = "because") -> dict[str, object]:
    inner = {"type": kind, "reason": reason, "root_cause": [{"type": kind, "reason": reason}]}
    return {"error": inner}


# Nodes that give no answer


def test_at_a_closed_port_nothing_listens() -> None:
    found = failure(to(closed_port()), IndexUnreachable)
    assert found.reason.english == "nothing listens there"


@pytest.mark.parametrize("node", [NOWHERE, f"{'a.' * 120}a:9200"])
def test_a_host_without_an_address_is_not_found(node: str) -> None:
    found = failure(to(node), IndexUnreachable)
    assert found.reason.indonesian == "alamat inangnya tidak ditemukan"


def test_a_node_that_says_nothing_is_given_up() -> None:
    with answering(None) as node:
        assert failure(to(node, to_answer=0.1), ClusterBusy).reason.english == "no answer in time"


def test_a_node_that_hangs_up_has_not_answered() -> None:
    with answering(b"") as node:
        found = failure(to(node), IndexUnreachable)
    assert found.reason.english == "it hung up without an answer"
    assert "opensearchs://" in found.english


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{!",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/html\r\n\r\nHi",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 301 Moved\r\nLocation: http://warta.invalid/\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-x\r\n",
        b"\x15\x03\x01\x00\x02",
    ],
)
def test_what_is_not_opensearch_is_told_from_it(answer: bytes) -> None:
    with answering(answer) as node:
        failure(to(node), IndexUnreachable)


def test_another_node_is_asked_at_once_where_one_gives_no_answer() -> None:
    with answering(b"") as dead, saying([OK]) as (alive, asked):
        connection = to(closed_port(), dead, alive, closed_port())
        began = monotonic()
        assert connection.asked(count) == {"count": 1}
        assert connection.asked(count) == {"count": 1}
        assert len(asked) == 2
        assert monotonic() - began < 5


def test_a_node_that_gave_no_answer_is_passed_over_for_a_while() -> None:
    requests: list[bytes] = []
    with answering(b"", requests) as dead, saying([OK]) as (alive, _):
        connection = to(dead, alive)
        for _ in range(10):
            connection.asked(count)
    assert len(requests) == 1


def test_a_slow_node_is_left_for_another_one() -> None:
    with answering(None) as slow, saying([OK]) as (alive, _):
        assert to(slow, alive, to_answer=0.5).asked(count) == {"count": 1}


def test_a_host_that_takes_no_connection_is_given_up_before_an_answer_would_be() -> None:
    with taking_nobody() as dead:
        began = monotonic()
        with pytest.raises(NoAnswer):
            to(dead).client.count(index="berita", request_timeout=20)
        assert monotonic() - began < 10


def test_what_may_have_been_done_is_not_done_twice() -> None:
    with saying([OK]) as (node, _), answering(b"") as dead:
        for _ in range(8):  # The nodes are asked in any order.
            connection = to(node, dead)
            connection.asked(lambda client: client.info())
            pool = connection.client.transport.connection_pool
            dead_one = next(one for one in pool.orig_connections if one.host.endswith(dead))
            pool.connections[:] = [dead_one]
            failure(connection, IndexUnreachable, again=False)


def test_what_no_node_has_seen_is_sent_to_the_next() -> None:
    with saying([OK]) as (node, asked):
        for _ in range(8):
            assert to(closed_port(), node).asked(count, again=False) == {"count": 1}
    assert len(asked) == 8


# Nodes that answer with an error


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_cluster_in_trouble_is_given_time(status: int) -> None:
    fault = (status, error("no_manager"))
    with saying([fault, fault, fault, OK]) as (node, asked):
        assert to(node).asked(count) == {"count": 1}
    assert len(asked) == 4


def test_only_what_was_turned_down_is_asked_again_where_twice_does_harm() -> None:
    with saying([(429, error("rejected")), OK]) as (node, asked):
        assert to(node).asked(count, again=False) == {"count": 1}
        assert len(asked) == 2
    with saying([(503, error("no_manager")), OK]) as (node, asked):
        failure(to(node), ClusterTroubled, again=False)
        assert len(asked) == 1


@pytest.mark.parametrize(
    ("status", "kind", "told"),
    [
        (401, ClusterRefused, "does not know who asks without a name"),
        (403, ClusterRefused, '"berita" and "berita-*"'),
        (413, ClusterTroubled, "(413)"),
        (429, ClusterBusy, '"x: because" (429)'),
        (500, ClusterTroubled, '"x: because" (500)'),
        (503, ClusterTroubled, "/_cluster/health?pretty"),
        (504, ClusterTroubled, "(504)"),
        (599, ClusterTroubled, "(599)"),
    ],
)
def test_every_error_of_a_cluster_is_told_as_one_of_ours(
    status: int, kind: type[IndexUnavailable], told: str
) -> None:
    with saying([(status, error("x"))]) as (node, asked):
        assert told in failure(to(node), kind, patience=0.3).english
    assert len(asked) == 1 if status in {401, 403, 413, 599} else len(asked) > 1


def of_shards(*reasons: tuple[str, str], **more: object) -> dict[str, Any]:
    shards = [
        {"shard": number, "reason": {"type": kind, "reason": why}}
        for number, (kind, why) in enumerate(reasons)
    ]
    kind, why = "search_phase_execution_exception", "all shards failed"
    return {"error": {"type": kind, "reason": why, "failed_shards": shards, **more}}


TOO_MANY = ("too_many_buckets_exception", "Trying to create too many buckets")


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        (of_shards(("illegal_state_exception", "no node found for id: TmloXmaY")), True),
        (of_shards(TOO_MANY, ("node_not_connected_exception", "[n1] Node not connected")), True),
        (of_shards(("no_shard_available_action_exception", "")), True),
        (of_shards(), True),
        (of_shards(TOO_MANY), False),
        (of_shards(caused_by={"type": TOO_MANY[0], "reason": TOO_MANY[1]}), False),
        (of_shards(("illegal_state_exception", "something else")), False),
        (error("x"), False),
    ],
)
def test_whether_shards_are_gone_is_told_of_a_failed_search(
    said: dict[str, Any], *, lost: bool
) -> None:
    with saying([(599, said)]) as (node, _):
        assert failure(to(node), ClusterTroubled).shards_lost == lost


def test_a_write_to_an_index_that_is_closed_to_writes_is_no_matter_of_rights() -> None:
    with saying([(403, error("cluster_block_exception", "index is read-only"))]) as (node, _):
        assert "index is read-only" in failure(to(node), ClusterTroubled).english


@pytest.mark.parametrize(
    ("status", "kind"), [(400, RequestError), (404, NotFoundError), (409, ConflictError)]
)
def test_what_a_request_itself_is_about_is_left_to_who_asks(
    status: int, kind: type[Exception]
) -> None:
    with saying([(status, error("x"))]) as (node, _), pytest.raises(kind):
        to(node).asked(count)


def test_words_of_another_program_command_no_terminal_and_end_somewhere() -> None:
    with saying([(599, error("x", "\x1b[2J" * 1000))]) as (node, _):
        found = failure(to(node), ClusterTroubled)
    assert "\x1b" not in found.english
    assert len(found.english) < 600


def test_a_failure_that_a_call_raises_itself_counts_as_the_request_s() -> None:
    tries: list[int] = []

    def ask(client: OpenSearch) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise NotFoundError(503, "a part of the answer", {})
        return count(client)

    with saying([OK]) as (node, _):
        assert to(node).asked(ask) == {"count": 1}
    assert len(tries) == 2


# Who asks


def test_a_connection_is_made_when_something_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARTA_OPENSEARCH_PASSWORD", "x")
    connection = to(NOWHERE)
    with pytest.raises(AccessInvalid):
        connection.asked(count)
    with pytest.raises(AccessInvalid):
        _ = connection.client


@pytest.mark.parametrize("content", [None, "", "x", "-----BEGIN CERTIFICATE-----\nx\n"])
def test_authorities_that_cannot_be_read_are_told(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "ca.pem").write_text(content)
    monkeypatch.setenv("WARTA_OPENSEARCH_CA", str(tmp_path / "ca.pem"))
    with pytest.raises(AccessInvalid, match=r"ca\.pem: ") as caught:
        to(closed_port(), scheme="opensearchs").asked(count)
    assert caught.value.variable == "WARTA_OPENSEARCH_CA"
    assert not isinstance(caught.value.__cause__, ssl.SSLError)
    failure(to(closed_port()), IndexUnreachable)


def test_threads_ask_together() -> None:
    with saying([OK]) as (node, asked), ThreadPoolExecutor(8) as pool:
        connection = to(node)
        assert list(pool.map(lambda _: connection.asked(count), range(40))) == [{"count": 1}] * 40
    assert len(asked) == 40


def test_a_process_that_is_forked_has_connections_of_its_own() -> None:
    with saying([OK]) as (node, _):
        connection = to(node)
        before = connection.client
        connection.asked(count)
        child = os.fork()
        if child == 0:
            own = connection.client is not before
            os._exit(0 if own and connection.asked(count) == {"count": 1} else 1)
        assert os.waitpid(child, 0)[1] == 0
        assert connection.client is before


def test_without_the_package_it_is_said_how_to_install_it() -> None:
    code = (
        "import sys; sys.modules['opensearchpy'] = None\n"
        "from web.cli import main\n"
        "sys.argv = ['warta', 'search', 'beras', '--index', 'opensearch://x:9200/berita']\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "pip install 'warta[opensearch]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_is_printed_but_the_error() -> None:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "web.cli", "search", "beras"),
            *("--index", f"opensearch://{closed_port()},{closed_port()}/berita"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 2)
