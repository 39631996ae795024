"""From sources to files."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from index.errors import SourceError
from index.sources import ProblemKind, ReadReport, read_articles, total_bytes
from tests.index.sources.archive import json_lines, kinds, packed, read

LINE = json_lines({"body": "Isi."})


def write(folder: Path, *names: str) -> None:
    """Files with one article each, whose body is the file's name."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = json_lines({"body": name})
        path.write_bytes(packed(content) if name.endswith(".gz") else content)


def test_a_folder_is_read_with_all_its_folders_in_a_fixed_order(tmp_path: Path) -> None:
    names = ["b/z.jsonl", "a.jsonl", "b/a/x.jsonl.gz", "c.ndjson", "Z.JSONL"]
    write(tmp_path, *names)
    articles, report = read(tmp_path)
    assert [article.body for article in articles] == sorted(names, key=lambda name: name.split("/"))
    assert not report.kinds


def test_sources_are_read_in_the_order_given(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", "b/b.jsonl", "c.jsonl")
    articles, _ = read(tmp_path / "c.jsonl", tmp_path / "b", str(tmp_path / "a.jsonl"))
    assert [article.body for article in articles] == ["c.jsonl", "b/b.jsonl", "a.jsonl"]


def test_other_files_of_a_folder_are_passed_over_and_hidden_ones_ignored(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", ".tersembunyi.jsonl", ".git/b.jsonl", "README.txt")
    for name in ("catatan.md", "foto.jpg", "arsip.gz", "tanpa-akhiran"):
        (tmp_path / name).write_bytes(LINE)
    articles, report = read(tmp_path)
    assert [article.body for article in articles] == ["a.jsonl"]
    assert kinds(report) == {ProblemKind.UNKNOWN_FORMAT: 4}
    assert (report.read, report.skipped) == (1, 0)


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    write(tmp_path, "a/a.jsonl", "b/b.jsonl")
    (tmp_path / "a" / "atas").symlink_to(tmp_path)
    (tmp_path / "b" / "a").symlink_to(tmp_path / "a")
    (tmp_path / "b" / "diri").symlink_to("diri")
    articles, report = read(tmp_path)
    assert sorted(article.body for article in articles) == ["a/a.jsonl", "b/b.jsonl"]
    assert kinds(report) == {ProblemKind.LINK_LOOP: 3}


def test_a_file_that_cannot_be_read_is_counted_and_the_next_is_read(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", "z.jsonl")
    (tmp_path / "hilang.jsonl").symlink_to(tmp_path / "tidak-ada")
    (tmp_path / "rusak.jsonl").symlink_to("/proc/self/mem")
    articles, report = read(tmp_path)
    assert [article.body for article in articles] == ["a.jsonl", "z.jsonl"]
    assert kinds(report) == {ProblemKind.UNREADABLE_FILE: 2}
    assert (report.read, report.skipped) == (4, 2)


def test_a_file_or_folder_without_permission_is_counted() -> None:
    with _as_nobody(), TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, "a.jsonl", "b/b.jsonl")
        (folder / "a.jsonl").chmod(0)
        (folder / "b").chmod(0)
        try:
            _, report = read(folder)
        finally:
            (folder / "b").chmod(0o700)
    assert kinds(report) == {ProblemKind.UNREADABLE_FILE: 2}


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Root reads everything: for a while it is somebody else."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(before)


def test_pipes_in_a_folder_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa.jsonl")
    articles, report = read(tmp_path)
    assert (articles, kinds(report)) == ([], {ProblemKind.SPECIAL_FILE: 1})


def test_a_pipe_given_as_a_source_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipa"
    os.mkfifo(pipe)
    assert total_bytes([pipe]) is None
    writer = threading.Thread(target=pipe.write_bytes, args=(packed(LINE),))
    writer.start()
    articles, _ = read(pipe)
    writer.join()
    assert [article.body for article in articles] == ["Isi."]


@pytest.mark.parametrize("name", ["tidak-ada.jsonl", "tidak/ada", "nul\0"])
def test_a_missing_source_is_refused_before_anything_is_read(tmp_path: Path, name: str) -> None:
    write(tmp_path, "a.jsonl")
    report = ReadReport()
    with pytest.raises(SourceError, match="cannot be read") as caught:
        read_articles([tmp_path, tmp_path / name], report)
    assert "tidak dapat dibaca" in caught.value.indonesian
    assert report == ReadReport()
    with pytest.raises(SourceError):
        total_bytes([tmp_path / name])


def test_total_bytes_are_those_that_reading_counts(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", "b/c.jsonl.gz")
    (tmp_path / "README.md").write_bytes(b"x" * 1000)
    _, report = read(tmp_path)
    assert total_bytes([tmp_path]) == report.bytes_read > 0
    assert total_bytes([tmp_path, "-"]) is None
    assert total_bytes([]) == 0


def test_names_that_are_not_utf8_can_be_reported(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.jsonl")).write_bytes(b"rusak")
    _, report = read(tmp_path)
    assert "caf\ufffd.jsonl:1: broken JSON" in str(report.examples[0])
