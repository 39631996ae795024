from __future__ import annotations

import errno
import logging
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.web.answers import ANSWER, TOOK
from web import query_log
from web.query_counts import Asked, Counts, Rare, days_in, file_of, read_counts, to_bytes, together
from web.query_log import LONGEST, MOST_IN_MEMORY, QueryLog, normalised
from web.work import Took

NEVER = 3600.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kueri"


@pytest.fixture
def log(folder: Path) -> Iterator[QueryLog]:
    """What waits in it is written before its folder goes, not at the end of the process."""
    found = QueryLog(folder, 90, NEVER)
    yield found
    found.flush()


def counted(folder: Path) -> Counts:
    """All days together, as midnight may come while a test runs."""
    return together(read_counts(file_of(folder, day)) for day in days_in(folder))


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("Harga  Beras", "harga beras"),
        ("\tharga\n beras ", "harga beras"),
        ("cafe\N{COMBINING ACUTE ACCENT}", "café"),
        ("a\N{NO-BREAK SPACE}b", "a b"),
        ("a\ud800b", "a?b"),
        ('"Kereta Cepat" -lambat', '"kereta cepat" -lambat'),
    ],
)
def test_queries_that_differ_in_writing_only_are_one(query: str, form: str) -> None:
    assert normalised(query) == form
    assert normalised(form) == form


def test_what_came_of_a_question_is_counted(log: QueryLog, folder: Path) -> None:
    log.note("Beras", ANSWER, TOOK)
    log.note("beras", replace(ANSWER, total=0, partial_total=2), Took(1, 0.004))
    log.note("BERAS", replace(ANSWER, total=0, corrected="x", partial=True), TOOK)
    log.note(None, ANSWER, TOOK)
    log.flush()
    found = counted(folder)
    assert found.queries.keys() == {"beras"}
    one = found.queries["beras"]
    assert replace(one, ms=0, slowest_ms=0) == Asked(3, 2, 1, 1, 1)
    assert [one.ms, one.slowest_ms] == pytest.approx([6, 4])
    assert found.refined == 1


def test_nobody_else_can_read_it(log: QueryLog, folder: Path) -> None:
    log.note("beras", ANSWER, TOOK)
    log.flush()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_nothing_is_there_before_the_first_question(log: QueryLog, folder: Path) -> None:
    log.flush()
    assert not folder.exists()


def test_threads_count_together(log: QueryLog, folder: Path) -> None:
    def ask(number: int) -> None:
        for step in range(200):
            log.note(f"kueri {step % 10}", ANSWER, TOOK)
            if step % 50 == number:
                log.flush()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(8)))
    log.flush()
    assert {one.asked for one in counted(folder).queries.values()} == {160}


COUNTING = """
import sys
from pathlib import Path
from tests.web.answers import ANSWER, TOOK
from web.query_log import QueryLog
log = QueryLog(Path(sys.argv[1]), 90, 0.01)
print(flush=True)
for step in range(int(sys.argv[2])):
    log.note(f"kueri {step % 7}", ANSWER, TOOK)
    if step % 25 == 0:
        log.flush()
"""


def counting(folder: Path, questions: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", COUNTING, str(folder), str(questions)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


def test_processes_count_together_and_write_when_they_end(folder: Path) -> None:
    processes = [counting(folder, 100) for _ in range(3)]
    try:
        for process in processes:
            process.communicate(timeout=60)
            assert process.returncode == 0
    finally:
        for process in processes:
            process.kill()
            process.wait()
    assert counted(folder).asked == 300


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 40))]
)
def test_a_kill_leaves_whole_counts_and_no_lock(folder: Path, log: QueryLog, seed: int) -> None:
    process = counting(folder, 10**9)
    try:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.Random(seed).uniform(0.05, 0.3))
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    before = counted(folder).asked if folder.exists() else 0
    log.note("sesudah", ANSWER, TOOK)
    log.flush()
    assert counted(folder).asked == before + 1


FORKING = """
import os, sys
from pathlib import Path
from tests.web.answers import ANSWER, TOOK
from web.query_log import QueryLog
log = QueryLog(Path(sys.argv[1]), 90, 3600)
if sys.argv[2] == "first":
    log.note("induk", ANSWER, TOOK)
children = []
for number in range(3):
    child = os.fork()
    if not child:
        log.note(f"anak {number}", ANSWER, TOOK)
        sys.exit(0)
    children.append(child)
for child in children:
    assert os.waitpid(child, 0)[1] == 0
log.note("induk", ANSWER, TOOK)
"""


@pytest.mark.parametrize("when", ["later", "first"])
def test_processes_that_fork_count_what_they_were_asked(folder: Path, when: str) -> None:
    command = [sys.executable, "-W", "ignore", "-c", FORKING, str(folder), when]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
    asked = {query: one.asked for query, one in counted(folder).queries.items()}
    assert asked == {"anak 0": 1, "anak 1": 1, "anak 2": 1, "induk": 1 + (when == "first")}


def test_memory_is_bounded_and_says_what_it_left_out(log: QueryLog, folder: Path) -> None:
    for number in range(MOST_IN_MEMORY + 50):
        log.note(f"kueri {number}", ANSWER, TOOK)
    log.note("kueri 0", ANSWER, TOOK)
    log.flush()
    found = counted(folder)
    assert (len(found.queries), found.others) == (MOST_IN_MEMORY, 50)
    assert found.queries["kueri 0"].asked == 2


def test_a_long_query_is_counted_without_its_text(log: QueryLog, folder: Path) -> None:
    log.note("x" * LONGEST, ANSWER, TOOK)
    log.note("x" * (LONGEST + 1), ANSWER, TOOK)
    log.flush()
    found = counted(folder)
    assert (list(found.queries), found.others) == (["x" * LONGEST], 1)


def test_a_file_is_bounded(log: QueryLog, folder: Path) -> None:
    for number in range(4):
        for each in range(1_500):
            log.note(f"kueri {number} {each}", ANSWER, TOOK)
        log.flush()
    found = counted(folder)
    assert len(found.queries) <= 5_000 * len(list(days_in(folder)))
    assert found.asked == 6_000


def ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def test_rare_queries_leave_the_disk_when_their_day_is_over(log: QueryLog, folder: Path) -> None:
    folder.mkdir()
    day = ago(3).date()
    counts = Counts({"banjir": Asked(5), "nomor telepon budi": Asked(4), "x": Asked(1)})
    file_of(folder, day).write_bytes(to_bytes(day, counts))
    log.note("beras", ANSWER, TOOK)
    log.flush()
    assert b"budi" not in file_of(folder, day).read_bytes()
    expected = Counts({"banjir": Asked(5)}, rare=Rare(2, 5), closed=True)
    assert read_counts(file_of(folder, day)) == expected
    # The day that goes on keeps them.
    assert "beras" in counted(folder).queries


def test_a_closed_day_takes_late_counts_but_no_rare_query(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()
    day = ago(3).date()
    before = Counts({"banjir": Asked(5)}, rare=Rare(2, 5), closed=True)
    file_of(folder, day).write_bytes(to_bytes(day, before))
    log = QueryLog(folder, 90, NEVER)
    monkeypatch.setattr(query_log, "_today", lambda: day)
    log.note("banjir", ANSWER, TOOK)
    log.note("rahasia", ANSWER, TOOK)
    monkeypatch.undo()
    log.flush()
    found = read_counts(file_of(folder, day))
    assert {query: one.asked for query, one in found.queries.items()} == {"banjir": 6}
    assert found.rare == Rare(3, 6)


def test_days_that_are_long_over_are_removed(folder: Path) -> None:
    folder.mkdir()
    old, kept = ago(40).date(), ago(5).date()
    for day in (old, kept):
        file_of(folder, day).write_bytes(to_bytes(day, Counts()))
    (folder / "catatan.txt").touch()
    log = QueryLog(folder, 30, NEVER)
    log.note("beras", ANSWER, TOOK)
    log.flush()
    assert not file_of(folder, old).exists()
    assert file_of(folder, kept).exists()
    assert (folder / "catatan.txt").exists()


@pytest.mark.parametrize(
    ("name", "code"),
    list(
        product(["fsync", "open", "replace"], [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS])
    ),
)
def test_what_cannot_be_written_is_told_once_and_kept(  # noqa: PLR0917
    log: QueryLog,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
    code: int,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    log.note("beras", ANSWER, TOOK)
    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail)
        for _ in range(3):
            log.flush()
            log.note("beras", ANSWER, TOOK)
    assert len(caplog.messages) == 1
    assert os.strerror(code) in caplog.text
    assert str(folder) in caplog.text
    log.flush()
    log.flush()
    assert len(caplog.messages) == 2
    assert counted(folder).queries["beras"].asked == 4


@pytest.mark.parametrize("error", [ValueError("rusak"), MemoryError(), RuntimeError("lain")])
def test_what_nobody_expected_neither_ends_the_writing_nor_loses_counts(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    seen = []

    def fail(*_: object) -> None:
        seen.append(1)
        raise error

    def until(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < deadline
            time.sleep(0.01)

    log = QueryLog(folder, 90, 0.01)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        for _ in range(3):
            log.note("beras", ANSWER, TOOK)
        until(lambda: len(seen) > 3)
        # Logs of other tests may tell at any time that their folders are gone.
        (told,) = [one for one in caplog.messages if str(folder) in one]
        assert type(error).__name__ in told
    until(lambda: folder.exists() and bool(list(days_in(folder))))
    until(lambda: counted(folder).queries["beras"].asked == 3)
    until(lambda: "is written again" in caplog.text)


def test_counts_that_cannot_be_written_stay_bounded(folder: Path) -> None:
    folder.touch()
    log = QueryLog(folder, 90, NEVER)
    for number in range(3):
        for each in range(1_500):
            log.note(f"kueri {number} {each}", ANSWER, TOOK)
        log.flush()
    folder.unlink()
    log.flush()
    found = counted(folder)
    assert len(found.queries) <= MOST_IN_MEMORY * len(list(days_in(folder)))
    assert found.asked == 4_500


@pytest.mark.parametrize(("flushed", "said"), [("log.flush()", ""), ("", "cannot be written")])
def test_at_the_end_only_what_waits_is_written(folder: Path, flushed: str, said: str) -> None:
    code = f"""
import shutil, sys
from pathlib import Path
from tests.web.answers import ANSWER, TOOK
from web.query_log import QueryLog

log = QueryLog(Path(sys.argv[1]) / "kueri", 90, 3600)
log.note("beras", ANSWER, TOOK)
{flushed}
shutil.rmtree(sys.argv[1])
"""
    folder.mkdir()
    command = [sys.executable, "-c", code, str(folder)]
    ended = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT)
    assert said in ended.stderr
    assert bool(said) == bool(ended.stderr)


def test_a_missing_parent_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    log = QueryLog(tmp_path / "tidak" / "ada", 90, NEVER)
    log.note("beras", ANSWER, TOOK)
    log.flush()
    assert "No such file" in caplog.text


@pytest.mark.parametrize("content", [b"", b"{}", b"rusak"])
def test_a_damaged_file_is_put_aside(
    log: QueryLog, folder: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    log.note("beras", ANSWER, TOOK)
    log.flush()
    (day,) = days_in(folder)
    file_of(folder, day).write_bytes(content)
    log.note("beras", ANSWER, TOOK)
    log.flush()
    assert (folder / f"{day}.json.damaged").read_bytes() == content
    assert counted(folder).asked == 1
    assert f"{day}.json.damaged" in caplog.text


def test_a_fifo_in_the_place_of_a_day_does_not_hang(log: QueryLog, folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(file_of(folder, ago(2).date()))
    log.note("beras", ANSWER, TOOK)
    log.flush()
    assert "beras" in counted(folder).queries


def test_a_link_in_the_place_of_the_new_file_is_not_followed(
    log: QueryLog, folder: Path, tmp_path: Path
) -> None:
    folder.mkdir()
    target = tmp_path / "penting"
    target.write_text("isi")
    (folder / ".new").symlink_to(target)
    log.note("beras", ANSWER, TOOK)
    log.flush()
    log.flush()
    assert target.read_text() == "isi"
    assert counted(folder).asked == 1


def test_messages_of_the_log_are_warnings_or_worse(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.touch()
    log = QueryLog(folder, 90, NEVER)
    log.note("beras", ANSWER, TOOK)
    log.flush()
    assert all(record.levelno >= logging.WARNING for record in caplog.records)
