"""An engine goes on with the generation it has, says so, and takes the next good one."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import generation as index_generation
from index.build import LocalTarget
from index.errors import IndexDamaged, IndexMissing, IndexUnreadable, IndexUnusable
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.segments.checking import faults_in
from index.store import Store
from index.target import BuildOptions
from search.local import LocalEngine, opened
from search.local.plain import facts
from search.local.reading import snapshot
from search.request import SearchRequest
from tests.conftest import ARCHIVE

ONE = BuildOptions()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    LocalTarget(tmp_path / "index").rebuild(ARCHIVE[:4], ONE)
    return tmp_path / "index"


def total(engine: LocalEngine) -> int:
    return engine.search(SearchRequest(query="")).total


def read_all(index: Path) -> None:
    """Open what CURRENT names, and look at everything."""
    with Store(index).open_current() as generation, generation.reading():
        for fault in faults_in(generation.path):
            raise fault


def directory(index: Path) -> Path:
    return index / "generations" / (index / "CURRENT").read_text().strip()


def first(index: Path, pattern: str) -> Path:
    return next(directory(index).glob(pattern))


def overwritten(file: Path, content: bytes) -> None:
    file.unlink(missing_ok=True)  # It may be a hard link into the generation before.
    file.write_bytes(content)


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[64] ^= 1  # Where the first section of a container begins.
    overwritten(file, bytes(content))


def of_version(index: Path, version: str) -> None:
    manifest = directory(index) / MANIFEST
    changed = replace(from_bytes(manifest.read_bytes()), version=version)
    overwritten(manifest, to_bytes(changed))


def emptied(index: Path) -> None:
    shutil.rmtree(directory(index))


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a table of contents altered": (lambda i: flipped(first(i, "*.toc")), "damaged"),
    "postings altered": (lambda i: flipped(first(i, "*.inv")), "damaged"),
    "documents cut": (lambda i: os.truncate(first(i, "*.doc"), 100), "damaged"),
    "documents gone": (lambda i: first(i, "*.doc").unlink(), "damaged"),
    "no manifest": (lambda i: (directory(i) / MANIFEST).unlink(), "damaged"),
    "a manifest that is none": (lambda i: overwritten(directory(i) / MANIFEST, b"{"), "damaged"),
    "all files gone": (emptied, "damaged"),
    "a newer version": (lambda i: of_version(i, "schema 99, analyzer indonesian-9"), "outdated"),
    "an older version": (lambda i: of_version(i, "schema 1, analyzer indonesian-1"), "outdated"),
    "CURRENT names nothing": (lambda i: overwritten(i / "CURRENT", b"garbage\n"), "damaged"),
    "CURRENT is empty": (lambda i: overwritten(i / "CURRENT", b""), "damaged"),
    "CURRENT is gone": (lambda i: (i / "CURRENT").unlink(), "missing"),
    "the directory is gone": (lambda i: i.rename(i.with_name("away")), "missing"),
    "CURRENT names what is not there": (
        lambda i: overwritten(i / "CURRENT", b"20990101T000000000000-00000000\n"),
        "damaged",
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_open_is_served_on(
    index: Path, damage: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_generation, "_CHECKED_AT_OPEN", 0)  # As files of real size are.
    engine = LocalEngine(index)
    assert total(engine) == 4
    before = engine.generation()
    LocalTarget(index).rebuild(ARCHIVE[4:], ONE)
    harm, problem = DAMAGES[damage]
    harm(index)
    for _ in range(5):
        assert total(engine) == 4
        assert engine.search(SearchRequest()).generation == engine.generation() == before
    told = engine.refused()
    assert told is not None
    assert (told.problem, told.generation == before) == (problem, False)
    assert str(index) not in told.file + told.reason.english + told.reason.indonesian
    warnings = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert len(warnings) == 1
    assert before in warnings[0].getMessage()
    # What has nothing open says what is wrong, where it reads it.
    with pytest.raises(IndexUnusable):
        read_all(index)
    if not index.exists():
        index.with_name("away").rename(index)
    published = LocalTarget(index).rebuild(ARCHIVE, ONE).generation
    assert total(engine) == len(ARCHIVE)
    assert engine.generation() == published
    assert engine.refused() is None
    engine.close()


def test_an_index_that_was_away_for_a_while_is_served_throughout(index: Path) -> None:
    engine = LocalEngine(index)
    before = total(engine)
    index.rename(index.with_name("away"))
    assert total(engine) == before
    assert engine.article("a1") is not None
    assert engine.suggest("har", 5)
    told = engine.refused()
    assert told is not None
    assert told.problem == "missing"
    index.with_name("away").rename(index)
    assert total(engine) == before
    assert engine.refused() is None
    engine.close()


def test_files_that_vanish_are_told_and_what_is_mapped_is_served(index: Path) -> None:
    engine = LocalEngine(index)
    total(engine)
    shutil.rmtree(directory(index))
    assert engine.search(SearchRequest(query='"harga beras" har* brs')).listed
    assert engine.suggest("har", 5)
    assert engine.similar("a1", 3) is not None
    told = engine.refused()
    assert told is not None
    assert (told.problem, told.generation) == ("missing", engine.generation())
    engine.close()


def test_going_back_to_the_generation_that_is_served_ends_it(index: Path) -> None:
    engine = LocalEngine(index)
    total(engine)
    LocalTarget(index).rebuild(ARCHIVE, ONE)
    first(index, "*.doc").unlink()
    assert total(engine) == 4
    assert engine.refused() is not None
    LocalTarget(index).rollback()
    assert total(engine) == 4
    assert engine.refused() is None
    engine.close()


def test_a_pinned_engine_is_told_of_nothing(index: Path) -> None:
    engine = LocalEngine(index).pinned()
    LocalTarget(index).rebuild(ARCHIVE, ONE)
    first(index, "*.doc").unlink()
    assert total(engine) == 4
    assert engine.refused() is None


class _Counted:
    """Counts how often a generation is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        self._open = snapshot.Snapshot
        monkeypatch.setattr(opened, "Snapshot", self)

    def __call__(self, path: Path) -> Any:
        self.times += 1
        return self._open(path)


@pytest.mark.parametrize("has_one", [True, False])
def test_what_failed_is_not_tried_at_every_request(
    index: Path, monkeypatch: pytest.MonkeyPatch, has_one: bool
) -> None:
    engine = LocalEngine(index)
    if has_one:
        total(engine)
    LocalTarget(index).rebuild(ARCHIVE, ONE)
    file = first(index, "*.doc")
    file.rename(file.with_suffix(".away"))
    counted = _Counted(monkeypatch)
    for _ in range(10):
        if has_one:
            assert total(engine) == 4
        else:
            with pytest.raises(IndexDamaged):
                total(engine)
    assert counted.times == 1
    file.with_suffix(".away").rename(file)
    monkeypatch.setattr(opened, "monotonic", lambda: float("inf"))
    assert total(engine) == len(ARCHIVE)
    assert counted.times == 2
    engine.close()


def test_threads_go_on_with_the_old_one_while_another_opens(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = LocalEngine(index)
    total(engine)
    began, go = threading.Event(), threading.Event()
    whole = snapshot.Snapshot.require_intact

    def slowly(self: snapshot.Snapshot, before: snapshot.Snapshot) -> None:
        began.set()
        assert go.wait(60)
        whole(self, before)

    monkeypatch.setattr(snapshot.Snapshot, "require_intact", slowly)
    LocalTarget(index).rebuild(ARCHIVE, ONE)
    with ThreadPoolExecutor(1) as pool:
        opening = pool.submit(total, engine)
        try:
            assert began.wait(60)
            assert [total(engine) for _ in range(5)] == [4] * 5
        finally:
            go.set()
        assert opening.result(60) == len(ARCHIVE)
    assert total(engine) == len(ARCHIVE)
    engine.close()


def test_threads_that_have_nothing_get_one_opening_and_one_answer(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = _Counted(monkeypatch)
    engine = LocalEngine(index)
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: total(engine), range(32))) == {4}
    assert counted.times == 1
    engine.close()


def test_what_cannot_be_opened_leaves_nothing_open(index: Path) -> None:
    engine = LocalEngine(index)
    total(engine)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        LocalTarget(index).rebuild(ARCHIVE, ONE)
        flipped(first(index, "*.inv"))
        assert total(engine) == 4
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
    engine.close()


def test_a_file_that_is_cut_while_it_is_open_is_an_error_and_no_death(index: Path) -> None:
    engine = LocalEngine(index)
    total(engine)
    os.truncate(first(index, "*.inv"), 0)
    with pytest.raises(IndexDamaged, match="while it was open"):
        engine.search(SearchRequest(query="beras"))
    engine.close()


def test_without_anything_there_is_no_name(tmp_path: Path) -> None:
    engine = LocalEngine(tmp_path)
    with pytest.raises(IndexMissing):
        engine.generation()
    told = engine.refused()
    assert told is not None
    assert told.problem == "missing"


def test_a_generation_that_is_refused_is_not_held(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_generation, "_CHECKED_AT_OPEN", 0)  # As files of real size are.
    engine = LocalEngine(index)
    try:
        assert total(engine) == 4
        LocalTarget(index).rebuild(ARCHIVE[:6], ONE)
        flipped(first(index, "*.inv"))
        refused = directory(index)
        assert total(engine) == 4
        told = engine.refused()
        assert told is not None
        assert told.generation == refused.name
        LocalTarget(index).rebuild(ARCHIVE[:7], ONE)
        # Nobody asked the engine since; it holds the first one, and nothing of the second.
        assert refused.name in LocalTarget(index).prune(1).removed
    finally:
        engine.close()


def test_a_lack_of_memory_is_no_damage(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lack(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(opened, "Rows", lack)
    with pytest.raises(IndexUnreadable, match="there is not enough memory") as told:
        total(LocalEngine(index))
    assert "rollback" not in told.value.english
    assert "--memory" not in told.value.english  # a search has no such option
    assert "--workers" not in told.value.english


@pytest.mark.parametrize("fails", ["its arrays", "its files"])
def test_what_was_opened_is_named_and_not_what_current_named_before(
    index: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fails: str,
) -> None:
    """Another generation is published between the look at CURRENT and the opening."""
    engine = LocalEngine(index)
    assert total(engine) == 4
    LocalTarget(index).rebuild(ARCHIVE[4:7], ONE)
    looked_at = directory(index).name
    real = Store.open_current
    opened_then: list[str] = []

    def published_first(store: Store, **named: Any) -> Any:
        if not opened_then:
            opened_then.append("")
            opened_then[0] = LocalTarget(index).rebuild(ARCHIVE[7:], ONE).generation
            if fails == "its files":
                first(index, "*.toc").unlink()
        return real(store, **named)

    def boom(*_: object) -> None:
        raise ValueError("boom")

    monkeypatch.setattr(Store, "open_current", published_first)
    if fails == "its arrays":
        monkeypatch.setattr(opened, "Rows", boom)
    assert total(engine) == 4
    told = engine.refused()
    assert told is not None
    assert told.generation == opened_then[0] != looked_at
    assert opened_then[0] in told.file
    assert looked_at not in caplog.text


@pytest.mark.parametrize("name", ["index\ud800", "index\0x"], ids=["no text", "a zero byte"])
def test_a_path_that_no_file_can_have_is_told(index: Path, name: str) -> None:
    engine = LocalEngine(index.with_name(name))
    with pytest.raises(IndexUnusable, match="cannot be read"):
        total(engine)


def learned(engine: LocalEngine) -> list[str]:
    return engine._current.take().plans.learned


def test_words_that_were_asked_are_known_of_the_next_generations(index: Path) -> None:
    engine = LocalEngine(index)
    for text in ("gempa jakarta", "beras", "gempa bumi"):
        engine.search(SearchRequest(query=text))
    order = learned(engine)
    assert sorted(order) == ["beras", "bumi", "gempa", "jakarta"]
    assert order.index("gempa") < order.index("jakarta")  # It was asked for again.
    for at in range(3):
        LocalTarget(index).update(ARCHIVE[4 + at : 5 + at], ONE)
        assert learned(engine) == order
    engine.search(SearchRequest(query="jakarta"))
    LocalTarget(index).delete([ARCHIVE[6].id], ONE)
    assert learned(engine) == ["jakarta", *(word for word in order if word != "jakarta")]
    for text in ("gempa jakarta", "beras", "gempa bumi"):
        found, fresh = (one.search(SearchRequest(text)) for one in (engine, LocalEngine(index)))
        assert [(hit.id, hit.score) for hit in found.hits] == [
            (hit.id, hit.score) for hit in fresh.hits
        ]


def test_a_generation_of_which_nothing_can_be_learned_is_served(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    engine = LocalEngine(index)
    engine.search(SearchRequest(query="gempa"))
    LocalTarget(index).update(ARCHIVE[4:5], ONE)
    monkeypatch.setattr(facts.Words, "learn", fail)
    assert total(engine) == 5
    assert engine.refused() is None


def test_no_more_words_are_found_out_than_there_is_time_for(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "LEARNING_SECONDS", -1.0)
    engine = LocalEngine(index)
    engine.search(SearchRequest(query="gempa jakarta"))
    LocalTarget(index).update(ARCHIVE[4:5], ONE)
    assert total(engine) == 5
    assert not learned(engine)
