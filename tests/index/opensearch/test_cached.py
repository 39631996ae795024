"""Companions on this machine: whole or not there, fetched once, and mended."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from index.errors import CacheUnusable
from index.location import ClusterAlias, locate
from index.opensearch.cached import Cache, cache_directory
from index.opensearch.chunks import StoredFile, file_at
from index.settings import CACHE

URL = "opensearch://x:9200/berita"
CONTENT = {"MAIN_a.inv": b"terms" * 1000, "_MAIN_1.toc": b"contents", "words.txt": b""}


@dataclass
class Source:
    """Files to be fetched, and the names of those that were."""

    folder: Path
    fetched: list[str] = field(default_factory=list)

    def read(self, file: StoredFile) -> Iterator[bytes]:
        self.fetched.append(file.file)
        with (self.folder / file.file).open("rb") as stream:
            while content := stream.read(1000):
                yield content

    @property
    def files(self) -> list[StoredFile]:
        return [file_at(path) for path in sorted(self.folder.iterdir())]


def source(path: Path, **changed: bytes) -> Source:
    path.mkdir()
    for name, content in (CONTENT | changed).items():
        (path / name).write_bytes(content)
    return Source(path)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return cache_of(tmp_path)


def cache_of(path: Path, url: str = "opensearch://cari.example:9200/berita") -> Cache:
    cluster = locate(url)
    assert isinstance(cluster, ClusterAlias)
    return Cache(path / "cache", cluster)


def content_of(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_what_is_there_is_not_fetched_again(cache: Cache, tmp_path: Path) -> None:
    one = source(tmp_path / "one")
    found = cache.directory(one.files, one.read)
    assert content_of(found) == CONTENT
    assert cache.directory(one.files, one.read) == found
    assert sorted(one.fetched) == sorted(CONTENT)


def test_only_what_another_companion_does_not_have_is_fetched(cache: Cache, tmp_path: Path) -> None:
    one = source(tmp_path / "one")
    other = source(tmp_path / "other", **{"_MAIN_1.toc": b"CONTENTS", "MAIN_b.inv": b"new"})
    before = cache.directory(one.files, one.read)
    after = cache.directory(other.files, other.read)
    assert sorted(other.fetched) == ["MAIN_b.inv", "_MAIN_1.toc"]
    assert content_of(after) == content_of(other.folder)
    assert content_of(before) == CONTENT
    assert (after / "MAIN_a.inv").samefile(before / "MAIN_a.inv")


@pytest.mark.parametrize("damage", ["altered", "cut", "gone", "stray"])
def test_what_is_damaged_is_fetched_anew(cache: Cache, tmp_path: Path, damage: str) -> None:
    one = source(tmp_path / "one")
    path = cache.directory(one.files, one.read) / "MAIN_a.inv"
    match damage:
        case "altered":
            path.write_bytes(b"TERMS" * 1000)
        case "cut":
            path.write_bytes(b"terms")
        case "gone":
            path.unlink()
        case "stray":
            (path.parent / "MAIN_z.inv").write_bytes(b"another")
    one.fetched.clear()
    assert content_of(cache.directory(one.files, one.read)) == CONTENT
    assert one.fetched == ([] if damage == "stray" else ["MAIN_a.inv"])


def test_a_damaged_file_is_not_shared(cache: Cache, tmp_path: Path) -> None:
    one, other = source(tmp_path / "one"), source(tmp_path / "other", **{"words.txt": b"kata"})
    (cache.directory(one.files, one.read) / "MAIN_a.inv").write_bytes(b"TERMS" * 1000)
    assert content_of(cache.directory(other.files, other.read)) == content_of(other.folder)


def test_what_fails_on_the_way_leaves_nothing(cache: Cache, tmp_path: Path) -> None:
    one = source(tmp_path / "one")

    def failing(file: StoredFile) -> Iterator[bytes]:
        yield b"terms"
        raise EOFError(file.file)

    with pytest.raises(EOFError):
        cache.directory(one.files, failing)
    (folder,) = (tmp_path / "cache").iterdir()
    assert [path.name for path in folder.iterdir()] == ["LOCK"]
    assert content_of(cache.directory(one.files, one.read)) == CONTENT


def test_what_a_killed_process_left_goes(cache: Cache, tmp_path: Path) -> None:
    one, other = source(tmp_path / "one"), source(tmp_path / "other", **{"words.txt": b"kata"})
    left = cache.directory(one.files, one.read).with_name("new-left")
    left.mkdir()
    (left / "MAIN_a.inv").write_bytes(b"ter")
    cache.directory(other.files, other.read)
    assert not left.exists()


def test_old_ones_go_unless_they_were_just_used(cache: Cache, tmp_path: Path) -> None:
    sources = [source(tmp_path / f"s{n}", **{"words.txt": b"%d" % n}) for n in range(6)]
    found = []
    for number, one in enumerate(sources):
        found.append(cache.directory(one.files, one.read))
        if number != 1:
            before = time.time() - 7200 + number
            os.utime(found[-1], (before, before))
    assert [path.exists() for path in found] == [False, True, False, False, True, True]


def test_clusters_do_not_remove_each_others(tmp_path: Path) -> None:
    one = source(tmp_path / "one")
    here = cache_of(tmp_path).directory(one.files, one.read)
    there = cache_of(tmp_path, "opensearch://uji.example:9200/berita")
    assert there.directory(one.files, one.read) != here


def test_a_disk_that_has_no_room_is_told_before_it_is_full(cache: Cache, tmp_path: Path) -> None:
    one = source(tmp_path / "one")
    huge = StoredFile("MAIN_a.inv", shutil.disk_usage(tmp_path).total, "0" * 32)
    with pytest.raises(CacheUnusable, match="MiB") as caught:
        cache.directory([huge], one.read)
    assert "WARTA_CACHE" in caught.value.indonesian
    assert not one.fetched


def test_a_place_that_is_no_directory_is_told(tmp_path: Path) -> None:
    one = source(tmp_path / "one")
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(CacheUnusable, match="WARTA_CACHE"):
        cache_of(tmp_path).directory(one.files, one.read)


def _fetch(path: Path, told: Path) -> None:
    def slowly(file: StoredFile) -> Iterator[bytes]:
        with told.open("a") as stream:
            stream.write(f"{file.file}\n")
        time.sleep(0.1)
        yield CONTENT[file.file]

    files: Sequence[StoredFile] = Source(path / "one").files
    assert content_of(cache_of(path).directory(files, slowly)) == CONTENT


def test_several_processes_fetch_once(tmp_path: Path) -> None:
    source(tmp_path / "one")
    told = tmp_path / "told"
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=_fetch, args=(tmp_path, told)) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert [one.exitcode for one in workers] == [0, 0, 0]
    assert sorted(told.read_text().split()) == sorted(CONTENT)


def test_a_process_that_was_forked_meanwhile_keeps_nobody_from_fetching(tmp_path: Path) -> None:
    source(tmp_path / "one")
    fork = multiprocessing.get_context("fork")
    end = fork.Event()
    bystanders: list[BaseProcess] = []

    def read(file: StoredFile) -> Iterator[bytes]:
        if not bystanders:
            bystanders.append(fork.Process(target=end.wait, args=(60,)))
            bystanders[0].start()
        yield CONTENT[file.file]

    files = Source(tmp_path / "one").files
    found = cache_of(tmp_path).directory(files, read)
    shutil.rmtree(found)
    after = fork.Process(target=_fetch, args=(tmp_path, tmp_path / "told"))
    try:
        after.start()
        after.join(20)
        assert after.exitcode == 0
    finally:
        end.set()
        after.kill()
        bystanders[0].join()


def test_where_companions_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv(CACHE, raising=False)
    assert cache_directory(URL) == tmp_path / ".cache" / "warta"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_directory(URL) == tmp_path / "xdg" / "warta"
    monkeypatch.setenv(CACHE, str(tmp_path / "own"))
    assert cache_directory(URL) == tmp_path / "own"


def test_a_user_without_a_home_is_told_to_name_a_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HOME", "XDG_CACHE_HOME", CACHE):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 2**31 - 2)
    with pytest.raises(CacheUnusable, match=r"no home directory; .*WARTA_CACHE"):
        cache_directory(URL)
