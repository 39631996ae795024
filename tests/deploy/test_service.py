"""The server as the unit starts it: what systemd hears, and what it may not do."""

from __future__ import annotations

import os
import re
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.deploy.test_nginx import server

UNIT = (ROOT / "deploy" / "warta.service").read_text("utf-8")


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    """The socket at which systemd would listen, with who sends."""
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        listening.settimeout(60)
        yield listening


def test_systemd_is_told_when_the_server_takes_connections(
    systemd: socket.socket,
    sample_index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "Type=notify\n" in UNIT
    assert "NotifyAccess=main\n" in UNIT
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    with server(tmp_path, sample_index) as process:
        said, ancillary, *_ = systemd.recvmsg(4096, socket.CMSG_SPACE(12))
        assert b"READY=1" in said.splitlines()
        sender, _, _ = struct.unpack("3i", ancillary[0][2])
        assert sender == process.pid
        with closing(socket.socket(socket.AF_UNIX)) as client:
            client.connect(str(tmp_path / "warta.sock"))


def test_a_query_log_may_be_where_the_unit_lets_it(tmp_path: Path) -> None:
    """The folder that the example of settings proposes is one that systemd makes for it."""
    settings = (ROOT / "deploy" / "warta.toml").read_text("utf-8")
    (folder,) = re.findall(r'^# query-log = "/var/log/(\w+)"$', settings, re.MULTILINE)
    assert f"LogsDirectory={folder}\n" in UNIT
    text = re.sub(r"^# (query-log = )", r"\1", settings, flags=re.MULTILINE)
    (tmp_path / "warta.toml").write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "web.cli", "config"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f'query-log = "/var/log/{folder}"' in done.stdout


def test_the_file_of_keys_is_made_as_the_example_says(tmp_path: Path) -> None:
    """The group may read it before it has a key and after; no other may, and it is no TOML."""
    settings = (ROOT / "deploy" / "warta.toml").read_text("utf-8")
    (named,) = re.findall(r'^# keys = "(\S+)"$', settings, re.MULTILINE)
    said = f"install -m 640 -g warta /dev/null {named}"
    assert said in settings
    assert f"# {said}\n" in (ROOT / "docs" / "operating.md").read_text("utf-8")
    assert not Path(named).suffix
    path = tmp_path / "kunci"
    subprocess.run(["install", "-m", "640", "/dev/null", path], check=True)
    for number in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "web.cli", "keys", "add", f"redaksi{number}", "--keys", path],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only root can give up rights"
)
def test_a_server_without_rights_home_or_writable_index_answers(
    sample_index: Path, tmp_path: Path
) -> None:
    """As the unit has it: no capabilities, an index of another user, nothing of the environment."""
    index = tmp_path / "index"
    shutil.copytree(sample_index, index)
    for path in (index, *index.rglob("*")):
        os.chown(path, 4242, 4242)
        path.chmod(0o555 if path.is_dir() else 0o444)
    own = tmp_path / "private"
    own.mkdir()
    process = subprocess.Popen(
        [
            *("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"),
            *("env", "-i", f"PYTHONPATH={ROOT}", "PYTHONDONTWRITEBYTECODE=1", f"TMPDIR={own}"),
            *(sys.executable, "-m", "web.cli", "serve", "--index", str(index)),
            *("--uds", str(tmp_path / "warta.sock"), "--workers", "1"),
        ],
        cwd="/",
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        assert "warta.sock" in process.stderr.readline()
        with closing(socket.socket(socket.AF_UNIX)) as client:
            client.settimeout(60)
            client.connect(str(tmp_path / "warta.sock"))
            client.sendall(b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert client.recv(4096).startswith(b"HTTP/1.1 200")
    finally:
        process.terminate()
        told = process.communicate(timeout=60)[1]
    assert (process.returncode, told) == (0, "")
    assert list(own.iterdir()) == []
