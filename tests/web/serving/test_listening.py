"""Unix sockets, and a port that has only the metrics."""

from __future__ import annotations

import os
import signal
import socket
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.web.serving.servers import answer, request, serving
from web.networks import network
from web.serving.listening import AddressUnusable, listen
from web.settings import ServerSettings


def at(path: Path) -> socket.socket:
    client = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    client.settimeout(20)
    client.connect(str(path))
    return client


@contextmanager
def listening(**chosen: object) -> Iterator[None]:
    with listen(ServerSettings(**chosen)) as found:  # type: ignore[arg-type]
        try:
            yield
        finally:
            for descriptor in found.descriptors:
                os.close(descriptor)


def test_a_server_at_a_unix_socket_answers_and_removes_it(
    tmp_path: Path, sample_index: Path
) -> None:
    path = tmp_path / "warta.sock"
    with serving(sample_index, uds=str(path)) as server:
        assert server.lines[0] == f"Warta: unix:{path}\n"
        assert stat.S_IMODE(path.stat().st_mode) == 0o660
        with closing(at(path)) as client:
            client.sendall(request("/api/v1/search"))
            assert answer(client)[0] == 200
            # A client of HTTP/1.0 need not name a host; no link has the socket's path.
            client.sendall(b"GET /feed HTTP/1.0\r\n\r\n")
            assert str(path).encode() not in answer(client)[2]
        server.end()
        assert not path.exists()


@pytest.mark.parametrize(
    "settings", [{"rate_limit": "1/hour"}, {"trusted_proxies": (network("unix"),)}]
)
def test_a_name_that_a_client_of_a_unix_socket_has_tells_nothing_of_it(
    tmp_path: Path, sample_index: Path, settings: dict[str, Any]
) -> None:
    path = tmp_path / "warta.sock"
    names = ("", str(tmp_path / "client"), b"\0warta%d" % os.getpid(), b"\0\xff%d" % os.getpid())
    statuses, ids = [], []
    prepare = "from web.networks import Network"
    with serving(sample_index, prepare=prepare, uds=str(path), **settings):
        for name in names:
            with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as client:
                client.settimeout(20)
                if name:
                    client.bind(name)
                client.connect(str(path))
                client.sendall(request("/api/v1/suggest?q=ban", "X-Request-ID: mine"))
                status, fields, _ = answer(client)
                statuses.append(status)
                ids.append(fields["x-request-id"])
    if "rate_limit" in settings:
        assert statuses == [200, 429, 429, 429]
    else:
        assert statuses == [200] * 4
        assert ids == ["mine"] * 4


def test_the_socket_of_a_dead_server_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "warta.sock"
    with serving("nothing", own_app=True, uds=str(path)) as server:
        workers = server.workers()
        server.process.kill()
        server.process.wait()
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
    assert path.exists()
    with serving("nothing", own_app=True, uds=str(path)), closing(at(path)) as client:
        client.sendall(request("/healthz"))
        assert answer(client)[2] == b"ok"


def test_the_socket_of_a_living_server_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "warta.sock"
    with listening(uds=path):
        with pytest.raises(AddressUnusable, match="another server") as caught, listening(uds=path):
            pass
        assert "peladen lain" in caught.value.indonesian
        at(path).close()


def test_what_another_server_made_at_the_path_is_not_removed(tmp_path: Path) -> None:
    path = tmp_path / "warta.sock"
    with listening(uds=path):
        path.unlink()
        path.write_text("lain")
    assert path.read_text() == "lain"


@pytest.mark.parametrize("removed", [True, False], ids=["removed by hand", "another's file"])
def test_a_server_ends_well_whatever_became_of_its_socket(tmp_path: Path, removed: bool) -> None:
    path = tmp_path / "warta.sock"
    with serving("nothing", own_app=True, uds=str(path)) as server:
        path.unlink()
        if not removed:
            path.write_text("lain")
        server.end()
        assert "Traceback" not in server.log
    assert path.exists() is not removed


def made_file(path: Path) -> Path:
    path.write_text("isi")
    return path


def made_folder(path: Path) -> Path:
    path.mkdir()
    return path


def made_link(path: Path) -> Path:
    path.symlink_to("tiada")
    return path


def made_pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def made(path: Path) -> int | None:
    """What kind of file is at the path."""
    try:
        return path.lstat().st_mode
    except (OSError, ValueError):
        return None


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (made_file, "not a socket"),
        (made_folder, "not a socket"),
        (made_link, "not a socket"),
        (made_pipe, "not a socket"),
        (lambda path: path / "s", "no folder"),
        (lambda path: made_file(path) / "s", "no folder"),
        (lambda path: path.with_name("x" * 120), "too long"),
        (lambda path: path.with_name("x" * 300), "too long"),
        (lambda path: path.with_name("a\0b"), "choose another --uds"),
        (lambda path: Path("/proc/warta.sock"), "choose another --uds"),
    ],
    ids=[
        "file",
        "folder",
        "link",
        "pipe",
        "no folder",
        "in a file",
        "long",
        "longer",
        "null",
        "proc",
    ],
)
def test_a_path_that_is_no_place_for_a_socket_is_an_error(
    tmp_path: Path, make: object, said: str
) -> None:
    path = make(tmp_path / "warta.sock")  # type: ignore[operator]
    before = made(path)
    with pytest.raises(AddressUnusable, match=said) as caught, listening(uds=path):
        pass
    assert "--uds" in caught.value.indonesian
    assert made(path) == before


def test_metrics_on_a_port_of_their_own(sample_index: Path) -> None:
    with serving(sample_index, metrics_port=0, announced=2) as server:
        port = int(server.lines[1].rsplit(":", 1)[1].split("/")[0])

        def status(port: int, path: str) -> int:
            with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
                client.sendall(request(path))
                return answer(client)[0]

        paths = ("/metrics", "/healthz", "/readyz", "/", "/api/v1/search", "/favicon.ico", "/x")
        assert [status(port, path) for path in paths] == [200, 200, 200, 404, 404, 404, 404]
        assert [status(server.port, path) for path in paths[:5]] == [404, 200, 200, 200, 200]


def test_metrics_beside_a_unix_socket(tmp_path: Path, sample_index: Path) -> None:
    path = tmp_path / "warta.sock"
    with serving(sample_index, uds=str(path), metrics_port=0, announced=2) as server:
        port = int(server.lines[1].rsplit(":", 1)[1].split("/")[0])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
            client.sendall(request("/metrics", "Connection: close"))
            status, _, body = answer(client)
        assert status == 200
        assert b'warta_shed_total{reason="full"} 0.0' in body
        with closing(at(path)) as client:
            client.sendall(request("/metrics"))
            assert answer(client)[0] == 404


def test_a_busy_metrics_port_is_an_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        path = tmp_path / "warta.sock"
        with (
            pytest.raises(AddressUnusable, match="choose another --metrics-port"),
            listening(uds=path, metrics_port=port),
        ):
            pass
    assert not path.exists()


def test_both_ports_must_differ() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        pytest.raises(AddressUnusable, match="choose another --metrics-port"),
        listening(port=port, metrics_port=port),
    ):
        pass
