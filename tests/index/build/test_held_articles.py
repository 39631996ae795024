"""Two updates at once: each looks its articles up in what the other has published."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic, sleep

import pytest

from index.build import LocalTarget, stored_articles
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE, ROOT

SECONDS = 60


def jsonl(path: Path, articles: dict[int, str]) -> Path:
    lines = [json.dumps({"id": n, "title": text, "body": text}) for n, text in articles.items()]
    path.write_text("\n".join(lines), "utf-8")
    return path


def bodies(index: Path) -> set[str]:
    return {one.body for one in stored_articles(index)}


def update(file: Path, index: Path, *more: str) -> subprocess.Popen[bytes]:
    command = ["update", str(file), "--index", str(index), "--wait", "--workers", "1", *more]
    return subprocess.Popen(
        [sys.executable, "-c", "from web.cli import main; main()", *command],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def wait_for_the_lock(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Until the kernel says of each that it waits for a lock."""
    until = monotonic() + SECONDS
    while True:
        waiting = [line for line in Path("/proc/locks").read_text().splitlines() if "->" in line]
        if all(any(f" {one.pid} " in line for line in waiting) for one in processes):
            return
        assert monotonic() < until
        assert all(one.poll() is None for one in processes)
        sleep(0.02)


@pytest.mark.parametrize("more", [(), ("--commit-every", "2")], ids=["whole", "in parts"])
@pytest.mark.parametrize("is_new", [False, True], ids=["an index", "none yet"])
def test_two_updates_that_wait_for_a_third_writer_lose_nothing(
    tmp_path: Path, more: tuple[str, ...], *, is_new: bool
) -> None:
    index = tmp_path / "index"
    if not is_new:
        LocalTarget(index).rebuild(ARCHIVE, BuildOptions())
    before = set() if is_new else bodies(index)
    texts = {name: {n: f"{name} {n} {name}" for n in range(1, 6)} for name in ("kopi", "teh")}
    files = [jsonl(tmp_path / f"{name}.jsonl", those) for name, those in texts.items()]
    processes: list[subprocess.Popen[bytes]] = []
    try:
        with Store(index).writing(wait=False):
            processes += [update(file, index, *more) for file in files]
            wait_for_the_lock(processes)
        for one in processes:
            _, told = one.communicate(timeout=SECONDS)
            assert one.returncode == 0, told
    finally:
        for one in processes:
            one.kill()
            one.wait()
    assert bodies(index) == before | {text for those in texts.values() for text in those.values()}


def test_an_update_in_parts_counts_the_last_of_an_id_as_one_at_once_does(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    lines = [{"id": 1, "title": f"{text} satu", "body": text} for text in ("kopi", "teh", "gula")]
    file.write_text("\n".join(map(json.dumps, lines)))
    for name, more in (("whole", ()), ("parts", ("--commit-every", "1"))):
        process = update(file, tmp_path / name, *more)
        try:
            _, told = process.communicate(timeout=SECONDS)
        finally:
            process.kill()
        assert process.returncode == 0, told
    assert bodies(tmp_path / "whole") == bodies(tmp_path / "parts") == {"gula"}


def test_what_is_published_between_two_looks_is_found(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    with target.held_articles() as held:
        assert held.find(ARCHIVE[0].id) is None
        assert not held.has_moved()
        target.rebuild(ARCHIVE[:1], BuildOptions())
        assert held.find(ARCHIVE[0].id) == ARCHIVE[0]
        assert held.has_moved()
        target.rebuild(ARCHIVE[1:2], BuildOptions())
        assert held.find(ARCHIVE[0].id) is None


@pytest.mark.parametrize("count", [3, 4])
def test_a_number_of_articles_that_fills_its_parts_is_published_whole(
    tmp_path: Path, count: int
) -> None:
    file = jsonl(tmp_path / "a.jsonl", {n: f"kopi {n}" for n in range(count)})
    process = update(file, tmp_path / "index", "--commit-every", "2")
    try:
        _, told = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    assert process.returncode == 0, told
    assert len(bodies(tmp_path / "index")) == count
