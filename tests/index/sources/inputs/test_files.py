"""From sources to files."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

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
    assert kinds(report) == {ProblemKind.UNKNOWN_FORMAT: 4, ProblemKind.NO_ARTICLE: 1}
    assert (report.read, report.skipped) == (1, 0)


@pytest.mark.parametrize("name", ["readme", "LICENSE", "citation", "Changelog"])
def test_only_texts_are_taken_for_notes_about_the_files(tmp_path: Path, name: str) -> None:
    write(tmp_path, f"{name}.jsonl", f"{name}.json", f"{name}.ndjson.gz")
    for ending in ("", ".txt", ".md", ".rst", ".html", ".txt.gz"):
        (tmp_path / f"{name}{ending}").write_bytes(b"Berkas ini berisi berita.")
    articles, report = read(tmp_path)
    assert len(articles) == 3
    assert kinds(report) == {ProblemKind.NO_ARTICLE: 6}
    assert "notes about the files" in report.examples[0].english


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


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", "b/b.jsonl")
    (tmp_path / "c.jsonl").symlink_to(tmp_path / "a.jsonl")
    (tmp_path / "d.jsonl").hardlink_to(tmp_path / "a.jsonl")
    articles, report = read(tmp_path, tmp_path / "b", tmp_path / "b" / "b.jsonl")
    assert [article.body for article in articles] == ["a.jsonl", "b/b.jsonl"]
    assert kinds(report) == {ProblemKind.LINK_LOOP: 4}
    assert (report.read, report.skipped) == (2, 0)


def test_two_files_of_the_same_content_are_two_files(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINE)
    (tmp_path / "b.jsonl").write_bytes(LINE)
    os.utime(tmp_path / "b.jsonl", ns=(0, (tmp_path / "a.jsonl").stat().st_mtime_ns))
    assert len(read(tmp_path)[0]) == 2


def test_a_chain_of_links_too_long_or_broken_is_told(tmp_path: Path) -> None:
    write(tmp_path, "z.jsonl")
    for number in range(50):
        (tmp_path / f"{number}.jsonl").symlink_to(f"{number + 1}.jsonl")
    articles, report = read(tmp_path)
    assert [article.body for article in articles] == ["z.jsonl"]
    assert sum(report.kinds.values()) == 50
    assert set(kinds(report)) == {ProblemKind.LINK_LOOP, ProblemKind.UNREADABLE_FILE}


@pytest.fixture
def deep() -> Iterator[Path]:
    """A folder 1,600 levels deep, an article at level 1,500; the last have too long a path."""
    folder = Path(mkdtemp())
    before = Path.cwd()
    try:
        os.chdir(folder)
        for level in range(1600):
            name = "d" if level < 1500 else "d" * 20
            Path(name).mkdir()
            os.chdir(name)
            if level == 1499:
                Path("a.jsonl").write_bytes(LINE)
        os.chdir(before)
        yield folder
    finally:
        os.chdir(before)
        # Python's own removal is recursive, and so is that of pytest.
        subprocess.run(["rm", "-rf", folder], check=True)


def test_a_folder_may_be_very_deep(deep: Path) -> None:
    articles, report = read(deep)
    assert len(articles) == 1
    assert kinds(report) == {ProblemKind.UNREADABLE_FILE: 1}  # a path has 4,096 bytes at most


@pytest.mark.long
def test_a_folder_may_have_a_hundred_thousand_files() -> None:
    report = ReadReport()
    with TemporaryDirectory() as folder:  # that of pytest stays for three runs
        for number in range(100_000):
            Path(folder, f"{number:06}.txt").write_text(f"Isi artikel {number}.")
        assert sum(1 for _ in read_articles([folder], report)) == 100_000
    assert not report.kinds


@pytest.mark.parametrize(
    "name", ["a\nb.jsonl", "a\x1b[31m.jsonl", "a\u202eb.jsonl", " .jsonl", "-"]
)
def test_names_that_could_command_a_terminal_are_read_and_told(tmp_path: Path, name: str) -> None:
    write(tmp_path, "0.jsonl", name)
    articles, report = read(tmp_path)
    assert len(articles) == (1 if name == "-" else 2)
    assert all(str(problem).isprintable() for problem in report.examples)


def test_a_file_that_disappears_after_it_was_listed_is_told(tmp_path: Path) -> None:
    write(tmp_path, "a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl")
    report = ReadReport()
    reading = read_articles([tmp_path], report)
    assert next(reading).body == "a.jsonl"
    (tmp_path / "c.jsonl").unlink()
    assert [article.body for article in reading] == ["b.jsonl", "d.jsonl"]
    assert kinds(report) == {ProblemKind.UNREADABLE_FILE: 1}
