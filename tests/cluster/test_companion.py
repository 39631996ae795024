"""A companion in the cluster and back: what is sent, what is fetched, and what is noticed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.build import LocalTarget
from index.companion import extend, lighten
from index.errors import CacheUnusable, CompanionDamaged
from index.location import ClusterAlias, locate
from index.opensearch import companion, generations
from index.opensearch.chunks import CHUNK, files_of
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence
from index.target import BuildOptions, open_target
from search.local.reading.snapshot import Snapshot
from search.opensearch.companion import Companion
from tests.conftest import ARCHIVE, article
from tests.index.companion.test_extending import counts_of
from tests.index.conftest import current

pytestmark = pytest.mark.cluster

INDEX = "20260101t000000000000-abcdef"


@pytest.fixture
def connection(hosts: list[str]) -> Iterator[Connection]:
    alias = f"companion-{secrets.token_hex(4)}"
    cluster = locate(f"opensearch://{','.join(hosts)}/{alias}")
    assert isinstance(cluster, ClusterAlias)
    made = Connection(cluster)
    yield made
    made.client.indices.delete(index=f"{alias}-*", ignore_unavailable=True)


@pytest.fixture
def index(connection: Connection) -> str:
    """The name of a generation; of it nothing but its companion is needed here."""
    return f"{connection.cluster.alias}-{INDEX}"


@pytest.fixture
def light(tmp_path: Path, sample_index: Path) -> Path:
    path = tmp_path / "light"
    path.mkdir()
    lighten(current(sample_index), path)
    return path


def content_of(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def chunks_in(connection: Connection, index: str) -> set[str]:
    name = companion.companion_of(index)
    connection.client.indices.refresh(index=name)
    found = connection.client.search(index=name, body={"size": 1000, "_source": False})
    return {one["_id"] for one in found["hits"]["hits"]}


def ids_of(*facts: Any) -> set[str]:
    return {one for some in facts for file in files_of(some) for one in file.ids}


def stored(connection: Connection, index: str, directory: Path, before: Any = ()) -> Any:
    """A companion stored as a writer does, behind its fence."""
    name, fence = companion.companion_of(index), Fence("test")
    if companion.make(connection, index):
        before = ()
    connection.client.indices.put_alias(index=name, name=fence.of(name))
    return companion.store(connection, index, directory, fence, before)


def test_it_comes_back_as_it_was_stored(
    connection: Connection, index: str, light: Path, tmp_path: Path
) -> None:
    facts = stored(connection, index, light)
    companion.check(connection, index, facts)
    found = companion.fetch(connection, index, facts, tmp_path / "cache")
    assert content_of(found) == content_of(light)
    opened = Companion(found, index)
    assert opened.dictionary.document_frequency("body", "beras") > 1
    assert companion.fetch(connection, index, facts, tmp_path / "cache") == found


def test_a_file_of_several_chunks_comes_back(
    connection: Connection, index: str, tmp_path: Path
) -> None:
    path = tmp_path / "large"
    path.mkdir()
    (path / "MAIN_a.inv").write_bytes(secrets.token_bytes(2 * CHUNK + 1))
    (path / "words.txt").write_bytes(b"")
    facts = stored(connection, index, path)
    assert len(chunks_in(connection, index)) == 3
    found = companion.fetch(connection, index, facts, tmp_path / "cache")
    assert content_of(found) == content_of(path)


def test_it_lies_on_several_nodes(
    connection: Connection, index: str, light: Path, hosts: list[str]
) -> None:
    stored(connection, index, light)
    name = companion.companion_of(index)
    connection.client.cluster.health(index=name, params={"wait_for_status": "green"})
    settings = connection.client.indices.get_settings(index=name)[name]["settings"]["index"]
    assert int(settings["number_of_replicas"]) == min(len(hosts) - 1, 2)


def test_an_update_sends_what_is_new_and_keeps_what_readers_may_still_fetch(
    connection: Connection, index: str, light: Path, tmp_path: Path
) -> None:
    first = stored(connection, index, light)
    facts, directory = [first], light
    for number in range(3):
        built = tmp_path / f"new{number}"
        LocalTarget(built).rebuild([article(50 + number, "Baru", "Beras baru.")], BuildOptions())
        following = tmp_path / f"light{number}"
        following.mkdir()
        extend(directory, current(built), [], following)
        facts.append(stored(connection, index, following, facts[-1]))
        directory = following
        assert chunks_in(connection, index) == ids_of(*facts[-2:])
    assert ids_of(first) & ids_of(facts[1])
    cache = tmp_path / "cache"
    for one in facts[-2:]:
        companion.fetch(connection, index, one, cache)
    newest = Companion(companion.fetch(connection, index, facts[-1], cache), "newest")
    assert newest.size == len(ARCHIVE) + 3
    with pytest.raises(CompanionDamaged, match="it is missing"):
        companion.fetch(connection, index, first, tmp_path / "other")


def test_a_companion_that_was_lost_is_sent_whole_again(
    connection: Connection, index: str, light: Path
) -> None:
    facts = stored(connection, index, light)
    connection.client.indices.delete(index=companion.companion_of(index))
    assert stored(connection, index, light, facts) == facts
    companion.check(connection, index, facts)


def test_what_a_killed_update_left_is_removed_by_the_next(
    connection: Connection, index: str, light: Path
) -> None:
    facts = stored(connection, index, light)
    name = companion.companion_of(index)
    connection.client.index(index=name, id=f"{'f' * 32}.0", body={"data": ""})
    assert stored(connection, index, light, facts) == facts
    assert chunks_in(connection, index) == ids_of(facts)


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ({"data": "AAAA"}, "checksum"),
        ({"data": 7}, "checksum"),
        ({"data": "\u00e9"}, "checksum"),
        ({"other": ""}, "checksum"),
        (None, "missing"),
    ],
)
def test_what_is_not_as_it_was_stored_is_refused(
    connection: Connection, index: str, light: Path, damage: Any, reason: str
) -> None:
    facts = stored(connection, index, light)
    cache = light.with_name("cache")
    name, (first, *_) = companion.companion_of(index), sorted(ids_of(facts))
    if damage is None:
        connection.client.delete(index=name, id=first)
    else:
        connection.client.index(index=name, id=first, body=damage)
    with pytest.raises(CompanionDamaged, match=reason) as caught:
        companion.check(connection, index, facts)
    assert index in caught.value.indonesian
    with pytest.raises(CompanionDamaged, match=reason):
        companion.fetch(connection, index, facts, cache)
    (folder,) = cache.iterdir()
    assert [path.name for path in folder.iterdir()] == ["LOCK"]


def test_another_files_chunk_is_refused(
    connection: Connection, index: str, light: Path, tmp_path: Path
) -> None:
    facts = stored(connection, index, light)
    largest = max(files_of(facts), key=lambda one: one.bytes)
    bomb = stored(connection, index, light, facts)
    for one in bomb:
        if one["file"] == largest.file:
            one["bytes"] -= 1
    with pytest.raises(CompanionDamaged, match="checksum"):
        companion.fetch(connection, index, bomb, tmp_path / "cache")


def test_facts_that_are_none_are_refused_before_anything_is_fetched(
    connection: Connection, index: str, tmp_path: Path
) -> None:
    facts = [{"file": "../../CURRENT", "bytes": 1, "checksum": "0" * 32}]
    with pytest.raises(CompanionDamaged, match="_meta"):
        companion.fetch(connection, index, facts, tmp_path / "cache")
    huge = [{"file": "MAIN_a.inv", "bytes": 1 << 60, "checksum": "0" * 32}]
    with pytest.raises(CacheUnusable, match="MiB"):
        companion.fetch(connection, index, huge, tmp_path / "cache")
    with pytest.raises(CompanionDamaged, match="it is missing"):
        companion.check(connection, index, huge)


def test_after_changes_it_counts_as_an_index_directory_does(
    connection: Connection, tmp_path: Path
) -> None:
    new = article(4, "Gempa kecil", "AMBON – Gempa itu kecil, kata warga.")
    targets = [open_target(connection.cluster.url), open_target(tmp_path / "whole")]
    for one in targets:
        one.rebuild(ARCHIVE, BuildOptions())
        one.update([new, article(20, "Baru", "Sebuah berita baru.")], BuildOptions())
        one.delete(["a1", "a2", "a6"], BuildOptions())
    facts = generations.current(connection)
    assert facts is not None
    found = companion.fetch(connection, facts.index, facts.companion, tmp_path / "cache")
    light, whole = Companion(found, facts.name), Snapshot(tmp_path / "whole")
    assert light.size == whole.size
    for field in ("title", "body", "body_exact"):
        assert counts_of(light, field) == counts_of(whole, field)
    assert b"kamboja" not in counts_of(light, "body")
