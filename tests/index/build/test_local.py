"""Rebuild, update and delete, as readers of the index see them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import chain
from multiprocessing import active_children
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, prlimit
from signal import SIGINT, SIGKILL, SIGTERM, Signals
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh.query import Term

from index import manifest
from index.analysis import analysis
from index.article import Article
from index.build import LocalTarget, merges, new_segments, stored_articles, tiers
from index.build.share import SegmentsOf, Written
from index.build.workers import Workers
from index.errors import (
    IndexDamaged,
    IndexMissing,
    NewFileDamaged,
    NothingToIndex,
    SourceError,
    WorkerDied,
    WritingFailed,
)
from index.manifest import MANIFEST, from_bytes
from index.segments.toc import write_toc
from index.store import Store
from index.store.ahead import ChecksumsAhead
from index.target import BuildOptions
from tests.conftest import ARCHIVE, ROOT, article, examples

ONE = BuildOptions()
TWO = BuildOptions(workers=2)


def contents(path: Path) -> dict[str, Article]:
    found = list(stored_articles(path))
    assert len({one.id for one in found}) == len(found)
    return {one.id: one for one in found}


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    LocalTarget(tmp_path).rebuild(ARCHIVE, ONE)
    assert contents(tmp_path) == {one.id: one for one in ARCHIVE}


def test_a_derived_title_is_stored_and_not_searched(tmp_path: Path) -> None:
    derived = replace(ARCHIVE[9], derived_title=True)
    LocalTarget(tmp_path).rebuild([derived, ARCHIVE[1]], ONE)
    assert contents(tmp_path)[derived.id] == derived
    generation = Store(tmp_path).open_current()
    with generation.hold:
        index = whoosh_index.open_dir(str(generation.path), readonly=True)
        with index.searcher() as searcher:
            assert not searcher.search(Term("title_exact", "catatan"))
            assert searcher.search(Term("body_exact", "catatan"))
        index.close()


def test_of_a_repeated_id_the_last_is_kept_and_the_others_are_counted(tmp_path: Path) -> None:
    again = replace(ARCHIVE[0], title="Judul baru")
    published = LocalTarget(tmp_path).rebuild([*ARCHIVE, again, again], ONE)
    assert (published.articles, published.repeated) == (len(ARCHIVE), 2)
    assert contents(tmp_path)[again.id].title == "Judul baru"


def test_two_workers_build_the_same_index_as_one(tmp_path: Path) -> None:
    many = [article(n, f"judul {n}", f"isi berita nomor {n} tentang beras") for n in range(2300)]
    many[2299] = replace(many[2299], id="a5")  # what one worker has the other supersedes
    many[2050] = replace(many[2050], id="a2000")
    LocalTarget(tmp_path / "one").rebuild(many, ONE)
    LocalTarget(tmp_path / "two").rebuild(many, TWO)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    generation = tmp_path / "two" / "generations" / (tmp_path / "two/CURRENT").read_text().strip()
    assert len(list(generation.glob("*.inv"))) == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_of_repeated_ids_the_last_is_kept_where_batches_are_of_many_sizes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(new_segments, "_BATCH_CHARACTERS", 3000)
    many = [article(n % 170, f"judul {n}", "isi " * (n * n % 901)) for n in range(400)]
    LocalTarget(tmp_path).rebuild(many, BuildOptions(workers))
    assert contents(tmp_path) == {one.id: one for one in many}


def test_long_articles_come_in_short_batches_and_are_let_go_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weak references tell how many articles are held while others are read."""
    made: list[weakref.ref[Article]] = []
    most = 0

    class Weak(Article):
        __slots__ = ("__weakref__",)

    def reading() -> Iterator[Article]:
        nonlocal most
        for n in range(200):
            most = max(most, sum(one() is not None for one in made))
            long = Weak(f"a{n}", "judul", "isi " * 1000)
            made.append(weakref.ref(long))
            yield long

    monkeypatch.setattr(new_segments, "_BATCH_CHARACTERS", 20_000)
    LocalTarget(tmp_path).rebuild(reading(), TWO)
    assert most < 60
    assert len(contents(tmp_path)) == 200


@pytest.mark.parametrize(
    ("first", "sizes"),
    [(32, [32, 32, 64, 128, 256, 256, 40]), (256, [256, 256, 256, 40])],
)
def test_batches_grow_to_the_largest(first: int, sizes: list[int]) -> None:
    many = [article(n, "judul", "isi") for n in range(sum(sizes))]
    reader = new_segments._BatchReader(many, first)
    batches = list(reader.batches())
    assert [len(batch) for batch in batches] == sizes
    assert [one for batch in batches for one in batch] == many
    for number, batch in enumerate(batches):
        numbers = reader.numbers(np.array([number])).tolist()
        assert [many[one] for one in numbers] == batch
    backwards = reader.numbers(np.arange(len(batches))[::-1]).tolist()
    assert [many[one] for one in backwards] == [*chain.from_iterable(reversed(batches))]


def test_no_more_workers_than_memory_has_room_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []

    class Counted(Workers[Written]):
        def __init__(self, work: SegmentsOf, count: int) -> None:
            started.append(count)
            super().__init__(work, count)

    monkeypatch.setattr(new_segments, "Workers", Counted)
    many = [article(n, f"judul {n}", "isi") for n in range(2100)]
    for memory in (64, 150, 200, 1024):
        LocalTarget(tmp_path).rebuild(many, BuildOptions(workers=3, memory=memory))
    assert started == [2, 3]


def test_files_of_one_process_are_summed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiers, "LARGEST", 8)
    summed: list[str] = []
    real = manifest.file_checksum

    def counted(path: Path, like: str | None = None) -> str:
        summed.append(path.name)
        return real(path, like)

    monkeypatch.setattr("index.store.ahead.file_checksum", counted)
    monkeypatch.setattr("index.store.publishing.file_checksum", counted)
    LocalTarget(tmp_path).rebuild([article(number, "judul", "isi") for number in range(6)], ONE)
    assert sorted(summed) == sorted(set(summed))
    assert len(summed) > 3


@pytest.mark.parametrize("few", [True, False])
def test_workers_go_on_beside_an_update_over_few_deletions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: bool
) -> None:
    """What they still write is waited for before where it is due to be merged."""
    target = LocalTarget(tmp_path)
    many = [article(number, f"judul {number}", "isi") for number in range(3000)]
    target.rebuild(many[:100], ONE)
    target.delete([one.id for one in many[: 5 if few else 18]], ONE)
    busy: list[set[str]] = []
    real = Store.checksums_ahead

    def seen(store: Store, path: Path, others: Collection[str] = ()) -> ChecksumsAhead:
        busy.append(set(others))
        return real(store, path, others)

    monkeypatch.setattr(Store, "checksums_ahead", seen)
    target.update(many[97:], TWO)
    assert [len(names) for names in busy] == [6 if few else 0]
    assert target.verify() == []


def test_a_worker_that_is_killed_publishes_nothing(tmp_path: Path) -> None:
    def reading() -> Iterator[Article]:
        for n in range(9000):
            if n == 5000:
                active_children()[0].kill()
            yield article(n, f"judul {n}", "isi")

    with unchanged(tmp_path), pytest.raises(WorkerDied):
        LocalTarget(tmp_path).rebuild(reading(), TWO)


def test_an_error_of_the_reader_while_workers_run_publishes_nothing(tmp_path: Path) -> None:
    def reading() -> Iterator[Article]:
        for n in range(5000):
            yield article(n, f"judul {n}", "isi")
        raise SourceError("rusak", "rusak")

    with unchanged(tmp_path), pytest.raises(SourceError):
        LocalTarget(tmp_path).rebuild(reading(), TWO)


def test_a_disk_that_is_full_for_workers_is_named_with_the_index(tmp_path: Path) -> None:
    def reading() -> Iterator[Article]:
        for n in range(9000):
            if n == 5000:
                for process in active_children():
                    assert process.pid is not None
                    prlimit(process.pid, RLIMIT_FSIZE, (10, RLIM_INFINITY))
            yield article(n, f"judul {n}", "isi")

    with unchanged(tmp_path), pytest.raises(WritingFailed, match="file is too large") as caught:
        LocalTarget(tmp_path).rebuild(reading(), TWO)
    assert str(tmp_path) in caught.value.english


@contextmanager
def unchanged(index: Path) -> Iterator[None]:
    """An index that is there stays as it is, whatever becomes of a build."""
    LocalTarget(index).rebuild(ARCHIVE, ONE)
    before = Store(index).current_name()
    yield
    assert Store(index).current_name() == before
    assert [entry.name for entry in (index / "generations").iterdir()] == [before]


COMMAND = """
from signal import SIGINT, default_int_handler, signal
from web.cli import main
signal(SIGINT, default_int_handler)  # which shells take from what runs in the background
main()
"""


@pytest.mark.parametrize("ended_by", [SIGINT, SIGTERM, SIGKILL])
def test_workers_end_with_their_command(tmp_path: Path, ended_by: Signals) -> None:
    index = tmp_path / "index"
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "rebuild", "-", "--workers", "2", "--index", str(index)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdin is not None
    try:
        # More than wait for workers and in pipes: when all are written, the workers have worked.
        # Standard input stays open, so the command goes on until it is ended.
        for n in range(9000):
            line = {"id": n, "title": "judul", "body": "kata " * 100}
            process.stdin.write(json.dumps(line).encode() + b"\n")
        process.stdin.flush()
        if ended_by is SIGINT:
            os.killpg(process.pid, SIGINT)  # as a terminal does
        else:
            process.send_signal(ended_by)
        # The end of standard error comes when the last process that may write to it has ended.
        _, told = process.communicate()
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, SIGKILL)
        raise
    lines = told.decode().splitlines()
    if ended_by is SIGINT:
        indonesian, english = lines
        assert "nothing was published; there is no index" in english
        assert "tidak ada yang diterbitkan; belum ada indeks" in indonesian
    else:
        assert lines == []
    assert process.returncode == (1 if ended_by is SIGINT else -ended_by)
    assert Store(index).current_name() is None
    LocalTarget(index).rebuild(ARCHIVE, ONE)
    assert len(list((index / "generations").iterdir())) == 1


def test_a_full_disk_is_named_with_the_index_and_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    LocalTarget(tmp_path).rebuild(ARCHIVE, ONE)
    before = (tmp_path / "CURRENT").read_text()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.build.local.write_toc", full)
    with pytest.raises(WritingFailed, match="nothing was published") as caught:
        LocalTarget(tmp_path).rebuild(ARCHIVE, ONE)
    assert str(tmp_path) in caught.value.english
    assert "tidak ada yang diterbitkan" in caught.value.indonesian
    assert (tmp_path / "CURRENT").read_text() == before


@pytest.mark.parametrize("command", ["update", "delete", "read"])
def test_a_damaged_file_is_named_with_its_index_and_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr("index.generation._CHECKED_AT_OPEN", 0)
    target = LocalTarget(tmp_path)
    name = target.rebuild(ARCHIVE, ONE).generation
    suffix = ".doc" if command == "read" else ".inv"
    (file,) = (tmp_path / "generations" / name).glob(f"*{suffix}")
    content = bytearray(file.read_bytes())
    content[64:-200] = bytes(len(content) - 264)
    file.write_bytes(content)
    commands: dict[str, Callable[[], object]] = {
        "update": lambda: target.update(ARCHIVE[:1], ONE),
        "delete": lambda: target.delete(["a1"], ONE),
        "read": lambda: list(stored_articles(tmp_path)),
    }
    with pytest.raises(IndexDamaged) as caught:
        commands[command]()
    assert caught.value.file == f"generations/{name}/{file.name}"
    assert caught.value.path == tmp_path


def _spoil(directory: Path, suffix: str) -> None:
    """Overwrite the middle of the newest file of that kind."""
    file = max(directory.glob(f"*{suffix}"), key=lambda path: path.stat().st_mtime_ns)
    content = bytearray(file.read_bytes())
    content[64:-200] = bytes(len(content) - 264)
    file.unlink()  # Others may be linked to it.
    file.write_bytes(content)


@pytest.mark.parametrize("command", ["rebuild", "update", "delete"])
def test_a_damaged_new_table_is_not_blamed_on_the_index_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE[:3], ONE)
    before = (tmp_path / "CURRENT").read_text()

    def write_badly(directory: Path, *rest: Any) -> None:
        write_toc(directory, *rest)
        _spoil(directory, ".toc")

    monkeypatch.setattr("index.build.local.write_toc", write_badly)
    commands: dict[str, Callable[[], object]] = {
        "rebuild": lambda: target.rebuild(ARCHIVE, ONE),
        "update": lambda: target.update(ARCHIVE[3:5], ONE),
        "delete": lambda: target.delete(["a1"], ONE),
    }
    with pytest.raises(NewFileDamaged, match="nothing was published; try again") as caught:
        commands[command]()
    assert caught.value.file == "_MAIN_1.toc"
    assert "rollback" not in caught.value.english
    assert (tmp_path / "CURRENT").read_text() == before
    assert len(list((tmp_path / "generations").iterdir())) == 1


def test_a_damaged_new_segment_is_not_blamed_on_the_index_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE[:1], ONE)
    for number in range(1, tiers.MERGE_AT - 1):
        target.update(ARCHIVE[number : number + 1], ONE)

    @contextmanager
    def build_badly(directory: Path, *rest: Any) -> Iterator[Any]:
        with new_segments.build_segments(directory, *rest) as built:
            _spoil(directory, ".inv")
            yield built

    monkeypatch.setattr("index.build.local.build_segments", build_badly)
    with pytest.raises(NewFileDamaged, match=r"\.inv: "):
        target.update(ARCHIVE[4:5], ONE)  # It is merged with those that are there.
    assert Store(tmp_path).verify() == []


def test_nothing_to_index_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    LocalTarget(tmp_path).rebuild(ARCHIVE, ONE)
    before = (tmp_path / "CURRENT").read_text()
    for write in (LocalTarget(tmp_path).rebuild, LocalTarget(tmp_path).update):
        with pytest.raises(NothingToIndex):
            write([], ONE)
    assert (tmp_path / "CURRENT").read_text() == before


def test_an_update_inserts_and_replaces(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE[:3], ONE)
    changed = replace(ARCHIVE[1], title="Harga beras turun")
    published = target.update([changed, ARCHIVE[5]], ONE)
    assert (published.articles, published.added, published.replaced) == (4, 2, 1)
    expected = [ARCHIVE[0], changed, ARCHIVE[2], ARCHIVE[5]]
    assert contents(tmp_path) == {one.id: one for one in expected}


def test_an_update_of_nothing_makes_an_index(tmp_path: Path) -> None:
    LocalTarget(tmp_path).update(ARCHIVE[:2], ONE)
    assert len(contents(tmp_path)) == 2


def test_an_update_links_the_segments_it_does_not_change(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    many = [article(n, f"judul {n}", "isi " * 20) for n in range(400)]
    target.rebuild(many, ONE)
    old = _segments(tmp_path)
    target.delete(["a1"], ONE)
    assert _segments(tmp_path) == old


def _segments(path: Path) -> dict[str, int]:
    generation = path / "generations" / (path / "CURRENT").read_text().strip()
    found = {file.name: file.stat().st_ino for file in generation.glob("MAIN_*")}
    assert any(name.endswith(".inv") for name in found)
    return found


def test_a_delete_removes_by_id_and_names_what_is_not_there(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE, ONE)
    published = target.delete(["a1", "a2", "nobody", "a1", "x\ud800"], ONE)
    assert (published.deleted, published.unknown) == (2, ("nobody", "x\ud800"))
    assert set(contents(tmp_path)) == {one.id for one in ARCHIVE[2:]}


def test_a_delete_of_nothing_publishes_nothing(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    name = target.rebuild(ARCHIVE, ONE).generation
    assert target.delete(["nobody"], ONE).generation == name
    assert len(list((tmp_path / "generations").iterdir())) == 1


def test_a_delete_needs_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        LocalTarget(tmp_path / "none").delete(["a"], ONE)


def test_a_published_generation_is_an_ordinary_whoosh_index(tmp_path: Path) -> None:
    LocalTarget(tmp_path).rebuild(ARCHIVE, ONE)
    generation = Store(tmp_path).open_current()
    with generation.hold:
        index = whoosh_index.open_dir(str(generation.path), readonly=True)
        with index.searcher() as searcher:
            hits = searcher.search(Term("body", analysis().stem("kereta")))
            assert {hit["id"] for hit in hits} == {"a6", "a7"}
        index.close()


def test_a_rebuild_from_the_index_keeps_every_article(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE, ONE)
    target.delete(["a3"], ONE)
    before = contents(tmp_path)
    target.rebuild(stored_articles(tmp_path), ONE)
    assert contents(tmp_path) == before


def test_the_manifest_counts_live_articles(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE, ONE)
    target.delete(["a3"], ONE)
    generation = tmp_path / "generations" / (tmp_path / "CURRENT").read_text().strip()
    assert from_bytes((generation / MANIFEST).read_bytes()).articles == len(ARCHIVE) - 1


IDS = st.sampled_from([f"a{n}" for n in range(6)])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("update"), st.lists(st.tuples(IDS, st.text("abc ", max_size=9)))),
        st.tuples(st.just("delete"), st.lists(IDS)),
        st.tuples(st.just("rebuild"), st.lists(st.tuples(IDS, st.text("abc ", max_size=9)))),
    ),
    max_size=5,
)


@settings(max_examples=examples(15), deadline=None)
@given(STEPS)
def test_any_row_of_changes_leaves_what_a_dictionary_would_hold(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, list[Any]]],
) -> None:
    path = tmp_path_factory.mktemp("row") / "index"
    target = LocalTarget(path)
    expected: dict[str, Article] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiers, "MOST_DELETED", 1)  # or all that is deleted here would be gone
        _take(steps, target, expected)
    if (path / "CURRENT").exists():
        assert contents(path) == expected


def _take(
    steps: list[tuple[str, list[Any]]], target: LocalTarget, expected: dict[str, Article]
) -> None:
    for kind, values in steps:
        if kind == "delete":
            if not (target.path / "CURRENT").exists():
                continue
            target.delete(values, ONE)
            for value in values:
                expected.pop(value, None)
            continue
        articles = [Article(identity, title, title) for identity, title in values]
        if not articles:
            continue
        if kind == "rebuild":
            target.rebuild(articles, ONE)
            expected.clear()
        else:
            target.update(articles, ONE)
        expected |= {one.id: one for one in articles}


@pytest.mark.parametrize("fillers", [20, 300])
def test_an_article_that_an_update_repeated_can_be_replaced_and_deleted(
    tmp_path: Path, fillers: int
) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild([article(n, "lama", "isi") for n in range(1000, 1100)], ONE)
    others = [article(n, "lain", "isi") for n in range(10, 10 + fillers)]
    target.update([ARCHIVE[0], *others, replace(ARCHIVE[0], title="Kedua")], ONE)
    third = replace(ARCHIVE[0], title="Ketiga")
    # As many ids as make it read all of a segment's, too.
    changed = target.update([third, *others], ONE)
    assert (changed.replaced, changed.articles) == (fillers + 1, fillers + 101)
    assert contents(tmp_path)[third.id] == third
    assert target.delete([third.id], ONE).deleted == 1
    assert third.id not in contents(tmp_path)


@pytest.mark.parametrize("kind", [ValueError, KeyError, TypeError, AttributeError, IndexError])
@pytest.mark.parametrize("after", [0, 1, len(ARCHIVE)])
@pytest.mark.parametrize("command", ["rebuild", "update", "rebuild anew", "update anew"])
def test_an_unexpected_error_while_articles_are_read_is_told_as_it_is(
    tmp_path: Path, command: str, after: int, kind: type[Exception]
) -> None:
    def reading() -> Iterator[Article]:
        yield from ARCHIVE[:after]
        raise kind("boom")

    target = LocalTarget(tmp_path)
    if "anew" not in command:
        target.rebuild(ARCHIVE, ONE)
    write = target.rebuild if "rebuild" in command else target.update
    with pytest.raises(kind, match="boom") as caught:
        write(reading(), ONE)
    assert caught.traceback[-1].name == "reading"
    assert len(Store(tmp_path).generations()) == 1 if "anew" not in command else True


@pytest.mark.parametrize(
    "place",
    [
        "index.build.local.build_segments",
        "index.build.local.merge_tiers",
        "index.build.local.write_toc",
        "index.build.local.write_glued",
        "index.build.local.delete_articles",
        "index.build.local.read_segments",
    ],
)
@pytest.mark.parametrize("command", ["rebuild", "update", "delete"])
def test_an_unexpected_error_of_a_build_does_not_blame_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, place: str
) -> None:
    class BoomError(ValueError):
        """What nothing else raises."""

    def boom(*_: object, **_more: object) -> None:
        raise BoomError("boom")

    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE, ONE)
    commands: dict[str, Callable[[], object]] = {
        "rebuild": lambda: target.rebuild(ARCHIVE, ONE),
        "update": lambda: target.update(ARCHIVE[:2], ONE),
        "delete": lambda: target.delete(["a1"], ONE),
    }
    monkeypatch.setattr(place, boom)
    passed_over = {("rebuild", "delete_articles"), ("delete", "build_segments")}
    if (command, place.rpartition(".")[2]) in passed_over:
        commands[command]()
        return
    with pytest.raises(BoomError):
        commands[command]()
    assert target.verify() == []


def test_an_error_after_merging_has_removed_files_is_told_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE, ONE)
    real = merges.merge_tiers

    def boom(storage: Any, *others: Any) -> None:
        real(storage, *others)
        for file in Path(storage.folder).glob("*.inv"):
            file.unlink()
        raise KeyError("boom")

    monkeypatch.setattr("index.build.local.merge_tiers", boom)
    with pytest.raises(KeyError, match="boom"):
        target.update(ARCHIVE[:2], ONE)
