"""A real nginx in front of a real server, by the site that deploy/nginx.conf describes."""

from __future__ import annotations

import csv
import http.client
import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import pytest

from index.build import LocalTarget
from index.target import BuildOptions
from tests.conftest import ARCHIVE, ROOT, article
from web import proxies
from web.request_id import HEADER

SITE = ROOT / "deploy" / "nginx.conf"
_MAIN = """
{user}
daemon off;
master_process on;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@dataclass(frozen=True)
class Site:
    """nginx at a port of the loopback, and the server behind it."""

    port: int
    server: subprocess.Popen[str]

    def get(self, address: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", address, headers={"Host": "localhost", **headers})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def server(folder: Path, index: Path) -> Iterator[subprocess.Popen[str]]:
    """``warta serve`` at a Unix socket in the folder, which listens."""
    options = {"index": str(index), "uds": str(folder / "warta.sock"), "workers": "2"}
    settings = folder / "warta.toml"
    text = (ROOT / "deploy" / "warta.toml").read_text("utf-8")
    metrics = free_port()
    text = text.replace("/var/lib/warta/index", options["index"])
    text = text.replace("/run/warta/warta.sock", options["uds"]).replace("9108", str(metrics))
    # All that is asked here is of one client.
    text = text.replace("240/minute", "100000/minute")
    settings.write_text(text.replace("[serve]", "[serve]\nworkers = 2"), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "--config", settings, "serve"],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(folder)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        assert orjson.loads(process.stderr.readline())["message"] == "listening"
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=60)


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[None]:
    """nginx with the site, listening at a port of the loopback only."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        reason = "nginx is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    site = SITE.read_text("utf-8").replace("/run/warta/warta.sock", str(folder / "warta.sock"))
    site = site.replace("listen 80;", f"listen 127.0.0.1:{port};")
    site = site.replace("listen [::]:80;", "")
    # In use nginx' user is of the group that may connect to the socket.
    user = "user root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(_MAIN.format(folder=folder, site=site, user=user), "utf-8")
    checked = subprocess.run(
        [program, "-p", folder, "-c", main, "-t"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen([program, "-p", folder, "-c", main], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("nginx")
    # nginx' workers are of another user where root starts it.
    for one in (folder, folder.parent, folder.parent.parent):
        one.chmod(0o755)
    index = folder / "index"
    more = [
        article(number, f"Hari ke-{number}", f"Catatan hari ke-{number} tentang panen.")
        for number in range(100, 3_100)
    ]
    LocalTarget(index).rebuild([*ARCHIVE, *more], BuildOptions())
    port = free_port()
    with server(folder, index) as process, nginx(folder, port):
        yield Site(port, process)


def test_pages_and_the_api_come_through(site: Site) -> None:
    status, headers, body = site.get("/search?q=gempa")
    assert (status, headers.get_content_type()) == (200, "text/html")
    assert b"<mark>Gempa</mark>" in body
    status, _, body = site.get("/api/v1/search?q=gempa")
    assert orjson.loads(body)["total"] == 3


def test_an_export_comes_through_whole(site: Site) -> None:
    status, headers, body = site.get("/search.csv?q=panen")
    assert status == 200
    rows = list(csv.reader(io.StringIO(body.decode())))
    assert len(rows) - 1 == int(headers["Warta-Total"]) > 3_000


def test_links_have_the_readers_scheme_and_host(site: Site) -> None:
    _, _, feed = site.get("/search.atom?q=gempa")
    links = set(re.findall(rb'href="(\w+://[^/"]+)/', feed)) - {b"https://example.com"}
    assert links == {b"http://localhost"}


def test_what_a_client_says_of_itself_is_not_believed(site: Site) -> None:
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Port": "6666",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-For": "203.0.113.9",
        "Forwarded": "host=evil.example;proto=https",
        "Script-Name": "/evil",
    }
    _, headers, feed = site.get("/search.atom?q=gempa", **forged)
    assert b"evil" not in feed
    assert b"6666" not in feed
    assert b"https://localhost" not in feed
    assert "evil" not in str(headers)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-For", "203.0.113.9"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Port", "6666"),
        ("X-Forwarded-Prefix", "/evil"),
        ("Forwarded", "host=evil.example;proto=https"),
        ("X-Request-ID", "evil-1"),
    ],
    ids=lambda value: value if value[0] in "XF" else "",
)
def test_one_forged_header_alone_changes_nothing(site: Site, name: str, value: str) -> None:
    _, headers, feed = site.get("/search.atom?q=gempa", **{name: value})
    _, _, plain = site.get("/search.atom?q=gempa")
    assert feed == plain
    assert headers["X-Request-ID"] != value


def test_every_header_that_proxies_are_asked_for_is_overwritten() -> None:
    source = Path(proxies.__file__).read_text("utf-8")
    (rest,) = re.findall(r"names = \(([^)]*)\)", source)
    read = {f"X-Forwarded-{name}" for name in re.findall(r"[A-Z]+", rest)}
    read |= {"Forwarded", "Host", HEADER}
    written = re.findall(r"^\s*proxy_set_header (\S+) ", SITE.read_text("utf-8"), re.MULTILINE)
    assert {one.lower() for one in read} <= {one.lower() for one in written}


def test_a_host_that_is_not_served_is_refused(site: Site) -> None:
    assert site.get("/api/v1/stats", Host="evil.example")[0] == 400


def test_metrics_are_not_for_readers(site: Site) -> None:
    assert site.get("/metrics")[0] == 404


def test_an_address_that_is_too_long_is_refused_in_front(site: Site) -> None:
    assert site.get("/search?q=" + "a" * 9_000)[0] == 414


def test_a_slow_head_does_not_hold_up_others(site: Site) -> None:
    waiting = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(100)]
    try:
        for one in waiting:
            one.sendall(b"GET / HTTP/1.1\r\nHost: local")
        assert site.get("/healthz")[0] == 200
    finally:
        for one in waiting:
            one.close()


def test_replacing_the_workers_refuses_nothing(site: Site) -> None:
    pid = site.server.pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    before = set(children.read_text().split())
    site.server.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 60
    while before & set(children.read_text().split()):
        assert site.get("/api/v1/search?q=gempa")[0] == 200
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_server_that_is_gone_is_a_bad_gateway_and_no_hang(tmp_path: Path) -> None:
    for one in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        one.chmod(0o755)
    port = free_port()
    with nginx(tmp_path, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/", headers={"Host": "localhost"})
        assert connection.getresponse().status == 502
        connection.close()
