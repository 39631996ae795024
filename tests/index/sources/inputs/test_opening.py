"""Pipes, sockets, devices and files that change while they are read."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from index.sources import ProblemKind, ReadReport, read_articles, total_bytes
from index.sources.inputs.opening import PATIENCE
from tests.conftest import ROOT
from tests.index.sources.archive import json_lines, kinds, packed, read

LINE = json_lines({"id": 1, "isi": "Isi."})
FEW_SECONDS = PATIENCE + 10


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article before and after whatever a test puts there."""
    (tmp_path / "a.jsonl").write_bytes(json_lines({"id": "a", "isi": "Sebelum."}))
    (tmp_path / "z.jsonl").write_bytes(json_lines({"id": "z", "isi": "Sesudah."}))
    return tmp_path


@pytest.fixture
def bound(folder: Path) -> Iterator[Path]:
    """A socket in the folder."""
    path = folder / "soket.jsonl"
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(folder)  # an address of a socket is short
        try:
            listening.bind(path.name)
        finally:
            os.chdir(before)
        yield path


def device(path: Path, number: int) -> Path:
    """A node of /dev/null (3) or /dev/zero (5)."""
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, number))
        path.open("rb").close()
    except PermissionError:
        pytest.skip("making devices is not permitted here")
    return path


def is_passed_over(folder: Path, detail: str) -> None:
    articles, report = read(folder)
    assert [article.id for article in articles] == ["a", "z"]
    assert kinds(report) == {ProblemKind.SPECIAL_FILE: 1}
    assert report.examples[0].detail_in_both == detail


def test_a_pipe_in_a_folder_is_told(folder: Path) -> None:
    os.mkfifo(folder / "m.jsonl")
    is_passed_over(folder, "pipa / a pipe")


def test_a_socket_in_a_folder_is_told(bound: Path) -> None:
    is_passed_over(bound.parent, "soket / a socket")


@pytest.mark.parametrize("number", [3, 5])
def test_a_device_in_a_folder_is_told(folder: Path, number: int) -> None:
    device(folder / "m.jsonl", number)
    is_passed_over(folder, "perangkat / a device")


def test_a_link_to_a_device_in_a_folder_is_told(folder: Path) -> None:
    (folder / "m.txt").symlink_to("/dev/zero")
    is_passed_over(folder, "perangkat / a device")


@pytest.mark.parametrize("source", ["/dev/zero", "/dev/null", "/dev/random", "/dev/full"])
def test_a_device_that_is_named_is_told_and_the_rest_read(folder: Path, source: str) -> None:
    articles, report = read(source, folder / "a.jsonl")
    assert [article.id for article in articles] == ["a"]
    assert kinds(report) == {ProblemKind.SPECIAL_FILE: 1}


def test_a_socket_that_is_named_is_told(bound: Path) -> None:
    assert kinds(read(bound)[1]) == {ProblemKind.SPECIAL_FILE: 1}


def test_a_pipe_without_a_writer_is_left_after_some_seconds(folder: Path) -> None:
    os.mkfifo(folder / "pipa")
    began = monotonic()
    articles, report = read(folder / "pipa", folder / "a.jsonl")
    assert PATIENCE - 0.5 < monotonic() - began < FEW_SECONDS
    assert [article.id for article in articles] == ["a"]
    assert kinds(report) == {ProblemKind.SPECIAL_FILE: 1}
    assert "5 detik" in report.examples[0].indonesian


@pytest.mark.parametrize("late", [0.0, 1.0])
def test_a_pipe_whose_writer_comes_is_read_to_its_end(tmp_path: Path, late: float) -> None:
    os.mkfifo(tmp_path / "pipa")
    content = packed(json_lines(*({"id": n, "isi": "x" * 5000} for n in range(100))))
    assert total_bytes([tmp_path / "pipa"]) is None

    def write() -> None:
        with (tmp_path / "pipa").open("wb") as pipe:
            for at in range(0, len(content), 700):
                pipe.write(content[at : at + 700])
                pipe.flush()

    writer = threading.Timer(late, write)
    writer.start()
    articles, report = read(tmp_path / "pipa")
    writer.join()
    assert (len(articles), kinds(report)) == (100, {})


def test_a_pipe_whose_writer_has_nothing_is_empty(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.jsonl")
    writer = threading.Timer(0.2, lambda: (tmp_path / "pipa.jsonl").open("wb").close())
    writer.start()
    assert kinds(read(tmp_path / "pipa.jsonl")[1]) == {}
    writer.join()


def shell(command: str, folder: Path, stdin: bytes = b"") -> str:
    """What a bash prints in which ``read`` tells ids and problems of its arguments."""
    program = (
        "import sys; from index.sources import *; r = ReadReport(); "
        "print(*[a.id for a in read_articles(sys.argv[1:], r)], *(k.value for k in r.kinds))"
    )
    done = subprocess.run(
        ["bash", "-c", f'read_() {{ "$0" -c "$1" "${{@:2}}"; }}; {command}', sys.executable],
        env={**os.environ, "PYTHONPATH": str(ROOT), "program": program},
        cwd=folder,
        input=stdin,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return done.stdout.decode().strip()


@pytest.mark.parametrize(
    "command",
    [
        'read_ "$program" <(zcat x.gz)',
        'read_ "$program" <(sleep 1; cat x.gz)',
        'zcat x.gz | read_ "$program" /dev/stdin',
        'zcat x.gz | read_ "$program" -',
        'cat x.gz | read_ "$program" /dev/fd/0',
        'read_ "$program" /dev/stdin < x.gz',
        'read_ "$program" - < x.gz',
        'read_ "$program" <(zcat x.gz) <(true) a.jsonl | sed "s/ a .*//"',
    ],
)
def test_what_a_shell_brings_is_read(folder: Path, command: str) -> None:
    (folder / "x.gz").write_bytes(packed(json_lines({"id": 7, "isi": "Tujuh."})))
    assert shell(command, folder) == "7"


@pytest.mark.parametrize(
    ("command", "printed"),
    [
        ('read_ "$program" - < /dev/null', ""),
        ('read_ "$program" - < /dev/zero', "special-file"),
        ('read_ "$program" /dev/stdin < /dev/zero', "special-file"),
    ],
)
def test_a_device_as_standard_input_ends(folder: Path, command: str, printed: str) -> None:
    assert shell(command, folder) == printed


def test_a_file_of_the_system_without_a_size_is_read() -> None:
    [article], _ = read("/proc/self/status")
    assert f"Pid:\t{os.getpid()}" in article.body


def test_a_file_that_cannot_be_read_on_is_told(folder: Path) -> None:
    (folder / "m.jsonl").symlink_to("/proc/self/mem")
    articles, report = read(folder)
    assert [article.id for article in articles] == ["a", "z"]
    assert kinds(report) == {ProblemKind.UNREADABLE_FILE: 1}


def test_a_file_that_grows_is_read_as_far_as_it_was_when_it_was_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json_lines({"isi": "x" * 1000})
    path.write_bytes(line * 2000)
    read_so_far = 0
    with path.open("ab") as growing:
        for _ in read_articles([path], ReadReport()):
            read_so_far += 1
            growing.write(line * 2)
            growing.flush()
    assert read_so_far == 2000


def test_a_file_that_is_cut_while_it_is_read_is_told(folder: Path) -> None:
    path = folder / "m.jsonl"
    path.write_bytes(json_lines({"id": "m", "isi": "x" * 1000}) * 2000)
    report = ReadReport()
    reading = read_articles([folder], report)
    assert [next(reading).id, next(reading).id] == ["a", "m"]
    os.truncate(path, 100)
    assert list(reading)[-1].id == "z"
    assert report.kinds[ProblemKind.UNREADABLE_FILE] == 1


@pytest.mark.parametrize("become", ["nothing", "pipe", "device"])
def test_a_file_that_is_another_when_it_is_opened_is_told(folder: Path, become: str) -> None:
    path = folder / "m.jsonl"
    path.write_bytes(LINE)
    report = ReadReport()
    reading = read_articles([folder / "a.jsonl", path, folder / "z.jsonl"], report)
    path.unlink()
    match become:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
    assert [article.id for article in reading] == ["a", "z"]
    assert sum(report.kinds.values()) == 1
