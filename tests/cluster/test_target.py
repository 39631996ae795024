"""Rebuild, update, delete and going back over a cluster, as its alias shows them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.analysis import analysis, parse_words
from index.article import Article
from index.errors import (
    AliasTaken,
    ArticleRefused,
    ClusterTroubled,
    IndexMissing,
    IndexOutdated,
    NoEarlierGeneration,
    NothingToIndex,
    RollbackRefused,
    WordsDiffer,
)
from index.opensearch import generations
from index.opensearch.checking import damages
from index.opensearch.companion import companion_of
from index.opensearch.connection import Connection
from index.opensearch.documents import Documents
from index.stemming import StemmerName
from index.target import BuildOptions, IndexTarget, open_target
from search.engine import open_engine
from tests.cluster.fixtures import connected
from tests.conftest import ARCHIVE, ROOT, article
from tests.index.opensearch.test_packing import packed_bytes
from tests.search.asking import ask
from web.cli import main

pytestmark = pytest.mark.cluster

ONE = BuildOptions(replicas=0)
"""Copies take as long as all else of a small index; what there is to them has tests of its own."""


@pytest.fixture
def target(url: str) -> IndexTarget:
    return open_target(url)


@pytest.fixture
def connection(url: str) -> Connection:
    return connected(url)


def ids(target: IndexTarget) -> list[str]:
    return [one.id for one in target.stored_articles()]


def indexes(connection: Connection) -> set[str]:
    """What there is of the alias, its lock apart."""
    names = f"{connection.cluster.alias}-*"
    found = connection.asked(lambda client: client.indices.get(index=names))
    return {name for name in found if not name.endswith("-lock")}


def pointed_at(connection: Connection) -> list[str]:
    """The indexes that the alias names."""
    alias = connection.cluster.alias
    return list(connection.asked(lambda client: client.indices.get_alias(name=alias)))


def test_a_rebuild_puts_a_new_index_to_use_and_keeps_the_last_ones(
    target: IndexTarget, connection: Connection
) -> None:
    made = []
    for size in (12, 3, 4, 5):
        published = target.rebuild(ARCHIVE[:size], ONE)
        made.append(published.generation)
        assert (published.articles, published.added, published.replaced) == (size, size, 0)
        assert pointed_at(connection) == [published.generation]
        assert list(target.stored_articles()) == list(ARCHIVE[:size])
    assert made == sorted(made)
    assert indexes(connection) == {each for one in made[1:] for each in (one, companion_of(one))}


def test_of_a_repeated_id_the_last_article_counts(target: IndexTarget) -> None:
    # Many enough that several processes send them, in whatever order.
    many = [article(n % 900, f"judul {n}", f"isi nomor {n}") for n in range(2200)]
    published = target.rebuild(many, BuildOptions(workers=2))
    assert (published.articles, published.added, published.repeated) == (900, 900, 1300)
    assert {one.title for one in target.stored_articles()} == {
        f"judul {n}" for n in range(1300, 2200)
    }
    assert target.verify() == []


def test_shards_and_replicas_are_as_asked_for_and_stay_so(
    target: IndexTarget, connection: Connection
) -> None:
    target.rebuild(ARCHIVE, BuildOptions(shards=3, replicas=0))
    target.rebuild(ARCHIVE, ONE)
    assert settings(connection) == ("3", "0", None)
    target.rebuild(ARCHIVE, BuildOptions(replicas=2))
    assert settings(connection) == ("3", "2", None)
    target.update(ARCHIVE[:1], ONE)
    assert settings(connection) == ("3", "2", None)


def settings(connection: Connection) -> tuple[str, str, str | None]:
    """Shards, replicas and the pause between refreshes of the index in use."""
    (index,) = pointed_at(connection)
    got = connection.asked(lambda client: client.indices.get_settings(index=index))
    own = got[index]["settings"]["index"]
    return own["number_of_shards"], own["number_of_replicas"], own.get("refresh_interval")


def test_copies_that_no_node_has_room_for_are_told_and_keep_nobody_waiting(
    target: IndexTarget,
) -> None:
    published = target.rebuild(ARCHIVE, BuildOptions(shards=1, replicas=5))
    assert published.replicas_missing == 3


def test_an_update_inserts_and_replaces_under_a_new_name(target: IndexTarget) -> None:
    first = target.rebuild(ARCHIVE, ONE).generation
    new = [article(1, "judul baru", "isi baru"), article(99, "yang lain", "isi lain")]
    updated = target.update(new, ONE)
    assert (updated.articles, updated.added, updated.replaced) == (13, 2, 1)
    assert updated.generation == f"{first}.1"
    stored = list(target.stored_articles())
    assert stored == [*ARCHIVE[1:], *new]
    again = target.update([*new, new[0]], ONE)
    assert (again.articles, again.added, again.replaced, again.repeated) == (13, 2, 2, 1)
    assert again.generation == f"{first}.2"
    assert target.verify() == []


def test_an_update_makes_an_index_where_there_is_none(target: IndexTarget) -> None:
    published = target.update(ARCHIVE[:3], ONE)
    assert (published.articles, published.added, published.replaced) == (3, 3, 0)
    assert ids(target) == ["a1", "a2", "a3"]


def test_articles_are_deleted_by_their_ids(target: IndexTarget) -> None:
    first = target.rebuild(ARCHIVE, ONE).generation
    deleted = target.delete(["a2", "nobody", "a4", "a2"], ONE)
    assert (deleted.articles, deleted.deleted, deleted.unknown) == (10, 2, ("nobody",))
    assert deleted.generation == f"{first}.1"
    assert not {"a2", "a4"} & set(ids(target))
    nothing = target.delete(["a2", "nobody"], ONE)
    assert (nothing.deleted, nothing.unknown) == (0, ("a2", "nobody"))
    assert nothing.generation == deleted.generation
    assert target.update(ARCHIVE[1:2], ONE).articles == 11
    assert target.verify() == []


def test_what_fails_while_articles_are_read_changes_nothing(
    target: IndexTarget, connection: Connection
) -> None:
    def failing() -> Iterator[Article]:
        for n in range(1500):
            yield article(n, "judul", f"isi {n}")
        raise ZeroDivisionError

    target.rebuild(ARCHIVE, ONE)
    before = indexes(connection), target.generations(), ids(target)
    for write in (target.rebuild, target.update):
        for options in (ONE, BuildOptions(workers=2)):
            with pytest.raises(ZeroDivisionError):
                write(failing(), options)
        with pytest.raises(NothingToIndex):
            write([], ONE)
    assert (indexes(connection), target.generations(), ids(target)) == before


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_that_the_cluster_never_takes_is_named(
    target: IndexTarget, connection: Connection, workers: int
) -> None:
    target.rebuild(ARCHIVE, ONE)
    before = indexes(connection), target.generations()
    long = "x" * 40_000  # Lucene's terms have 32,766 bytes at the most.
    many = [article(n, "judul", f"isi {n}") for n in range(2000)]
    with pytest.raises(ArticleRefused, match="immense term") as caught:
        target.rebuild([*many, Article(long, "judul", "isi")], BuildOptions(workers=workers))
    assert caught.value.article == long
    assert (indexes(connection), target.generations()) == before


_SOON_GONE = """
from index.opensearch.lease import leased
from web.cli import run
leased.__wrapped__.__kwdefaults__["seconds"] = 10.0
run()
"""
"""A command whose lease is waited for for seconds, and not a minute."""


def test_a_killed_rebuild_leaves_the_old_index_serving_and_is_swept(
    target: IndexTarget, connection: Connection, url: str
) -> None:
    before = target.rebuild(ARCHIVE, ONE).generation
    command = [sys.executable, "-c", _SOON_GONE, "rebuild", "-", "--workers", "2", "--index", url]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdin is not None
    try:
        # Standard input stays open, so the command goes on; what it reads ahead is less than this.
        for n in range(6000):
            line = {"id": n, "title": "judul", "body": f"isi nomor {n} {'kata ' * 100}"}
            process.stdin.write(json.dumps(line).encode() + b"\n")
        process.stdin.flush()
        new = waited(lambda: sorted(indexes(connection) - {before, companion_of(before)}))
        waited(lambda: loaded(connection, new[0]))
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.stdin.close()
        process.wait()
    assert pointed_at(connection) == [before]
    assert ask(open_engine(url)).total == len(ARCHIVE)
    assert list(target.stored_articles()) == list(ARCHIVE)
    assert [one.name for one in target.generations()] == [before]
    # The lease of a writer that is gone is waited for.
    after = target.rebuild(ARCHIVE[:2], BuildOptions(wait=True)).generation
    assert ask(open_engine(url)).total == 2
    made = {each for one in (before, after) for each in (one, companion_of(one))}
    assert indexes(connection) == made


def loaded(connection: Connection, index: str) -> int:
    stats = connection.asked(lambda client: client.indices.stats(index=index, metric="indexing"))
    return int(stats["_all"]["total"]["indexing"]["index_total"])


def waited(look: Callable[[], Any], seconds: float = 90) -> Any:
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return seen


def test_going_back_and_dropping(target: IndexTarget, connection: Connection) -> None:
    with pytest.raises(IndexMissing):
        target.rollback()
    first, second, third = (target.rebuild(ARCHIVE[:n], ONE).generation for n in (3, 4, 5))
    done = target.rollback()
    assert (done.generation, done.left, done.skipped) == (second, third, ())
    assert pointed_at(connection) == [second]
    updated = target.update(ARCHIVE[:1], ONE).generation
    assert target.rollback(third).left == updated
    for name, why in ((third, "in use already"), ("other", "no such generation")):
        with pytest.raises(RollbackRefused, match=why):
            target.rollback(name)
    assert target.rollback().generation == updated
    # What was rolled back from is not met again.
    assert target.rollback().generation == first
    with pytest.raises(NoEarlierGeneration):
        target.rollback()
    pruned = target.prune(1)
    assert pruned.removed == (updated,)
    assert [(one.generation, one.why) for one in pruned.kept] == [
        (first, ("in_use",)),
        (third, ("newest",)),
    ]
    assert indexes(connection) == {
        each for one in (first, third) for each in (one, companion_of(one))
    }


def test_a_generation_that_lost_an_article_is_no_place_to_go_back_to(
    target: IndexTarget, connection: Connection
) -> None:
    first, second, third = (target.rebuild(ARCHIVE[:n], ONE).generation for n in (3, 4, 5))
    connection.asked(lambda client: client.delete(index=second, id="a1", refresh=True))
    (damage,) = target.verify()
    assert (damage.generation, damage.reason) == (second, "it holds 3 documents instead of 4")
    with pytest.raises(RollbackRefused, match="3 documents instead of 4"):
        target.rollback(second)
    done = target.rollback()
    assert (done.generation, done.left, done.skipped) == (first, third, (damage,))


@pytest.mark.parametrize(
    ("field", "other"), [("title", "lain"), ("body_exact", "lain"), ("lead", {"lain": 1.0})]
)
def test_tokens_that_are_not_those_of_the_article_are_found(
    target: IndexTarget, connection: Connection, field: str, other: object
) -> None:
    index = target.rebuild(ARCHIVE[:5], BuildOptions(replicas=0)).generation
    altered = {**_source(), field: other}
    connection.asked(lambda client: client.index(index=index, id="a1", body=altered, refresh=True))
    assert (index, "a1", f"the tokens of {field} are not those of its article") in {
        (one.generation, one.file, one.reason) for one in target.verify()
    }


def _source() -> dict[str, Any]:
    """Of the first article of the archive."""
    (document,) = Documents(analysis()).of(ARCHIVE[:1], 0)
    assert document.id == "a1"
    return document.source


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param(None, id="none"),
        pytest.param("AAAA", id="nothing that is compressed"),
        pytest.param(packed_bytes(b"[1]"), id="no object"),
        pytest.param(packed_bytes(b'{"other": 1}'), id="of another kind"),
        pytest.param(packed_bytes(b'{"id": "a1"'), id="cut"),
    ],
)
def test_a_document_without_an_article_is_found(
    target: IndexTarget, connection: Connection, stored: str | None
) -> None:
    index = target.rebuild(ARCHIVE[:5], BuildOptions(replicas=0)).generation
    altered = {**_source(), "article": stored}
    connection.asked(lambda client: client.index(index=index, id="a1", body=altered, refresh=True))
    assert (index, "a1", "it stores no article") in {
        (one.generation, one.file, one.reason) for one in target.verify()
    }


def test_an_index_that_is_removed_while_it_is_read_is_told(
    target: IndexTarget, connection: Connection
) -> None:
    many = [article(n, "judul", "isi") for n in range(450)]
    index = target.rebuild(many, ONE).generation
    articles = target.stored_articles()
    next(articles)
    connection.asked(lambda client: client.indices.delete(index=index))
    with pytest.raises(ClusterTroubled, match="no longer there"):
        list(articles)


def test_of_an_index_that_is_gone_it_is_known_at_once(
    target: IndexTarget, connection: Connection
) -> None:
    target.rebuild(ARCHIVE[:3], ONE)
    (facts,) = generations.found(connection).finished
    connection.asked(lambda client: client.indices.delete(index=facts.index))
    (damage,) = damages(connection, facts)
    assert damage.reason == "it is missing"


def test_an_index_that_is_removed_meanwhile_keeps_no_rebuild(
    target: IndexTarget, connection: Connection
) -> None:
    first = target.rebuild(ARCHIVE[:3], ONE).generation

    def removing() -> Iterator[Article]:
        yield ARCHIVE[0]
        connection.asked(lambda client: client.indices.delete(index=first))

    second = target.rebuild(removing(), ONE).generation
    assert pointed_at(connection) == [second]


def test_a_companion_that_is_lost_is_found(target: IndexTarget, connection: Connection) -> None:
    index = target.rebuild(ARCHIVE[:5], ONE).generation
    connection.asked(lambda client: client.indices.delete(index=companion_of(index)))
    assert [(one.file, one.reason) for one in target.verify()] == [
        (companion_of(index), "it is missing")
    ]
    assert not target.generations()[0].intact


def test_what_is_listed_of_generations(target: IndexTarget) -> None:
    with pytest.raises(IndexMissing):
        target.generations()
    with pytest.raises(IndexMissing):
        target.verify()
    first = target.rebuild(ARCHIVE[:3], ONE).generation
    second = target.rebuild(ARCHIVE, ONE).generation
    found = target.generations()
    assert [(one.name, one.articles, one.in_use, one.intact) for one in found] == [
        (first, 3, False, True),
        (second, 12, True, True),
    ]
    assert all(one.bytes and one.published and one.published.tzinfo for one in found)


def test_an_index_of_another_version_is_refused_and_can_be_rebuilt_from_itself(
    target: IndexTarget, connection: Connection, url: str
) -> None:
    old = target.rebuild(ARCHIVE, BuildOptions(words=parse_words("beras\n", "words"))).generation
    facts = generations.current(connection)
    assert facts is not None
    generations.tell(connection, old, {**facts.meta, "version": "schema 1, analyzer indonesian-1"})
    command = f"warta rebuild --from-index --index {url}"
    for change in (partial(target.update, ARCHIVE[:1]), partial(target.delete, ["a1"])):
        with pytest.raises(IndexOutdated) as caught:
            change(ONE)
        assert command in caught.value.english.replace("'", "")
    assert target.made_from() is None
    target.rebuild(target.stored_articles(), ONE)
    assert list(target.stored_articles()) == list(ARCHIVE)
    made = target.made_from()
    assert made is not None
    assert made.words == parse_words("beras\n", "words")
    with pytest.raises(RollbackRefused, match="it has version schema 1"):
        target.rollback(old)


def test_more_articles_than_one_answer_holds_are_read_in_their_order(target: IndexTarget) -> None:
    many = [article(n, f"judul {n}", f"isi {n}") for n in range(450)]
    target.rebuild(many, ONE)
    assert list(target.stored_articles()) == many


def test_articles_are_held_by_their_ids(target: IndexTarget) -> None:
    with target.held_articles() as held:
        assert held.find("a1") is None
        target.rebuild(ARCHIVE, ONE)
        assert held.find("a1") == ARCHIVE[0]
        assert held.has_moved()
    with target.held_articles() as held:
        assert held.find("a12") == ARCHIVE[11]
        assert held.find("nobody") is None
        assert held.has_prefix("a1")
        assert not held.has_prefix("b")
        assert not held.has_moved()


def test_it_is_known_what_a_generation_was_made_from(target: IndexTarget) -> None:
    assert target.made_from() is None
    words = parse_words("pebulu\nbulu tangkis = badminton\n", "words")
    options = BuildOptions(fingerprint="abc", words=words, stemmer=StemmerName.SNOWBALL)
    target.rebuild(ARCHIVE, options)
    made = target.made_from()
    assert made is not None
    assert (made.articles, made.fingerprint) == (12, "abc")
    assert made.words.to_text() == words.to_text()
    assert made.words.stemmer is StemmerName.SNOWBALL
    with pytest.raises(WordsDiffer):
        target.update(ARCHIVE[:1], BuildOptions(stemmer=StemmerName.WARTA))
    target.update(ARCHIVE[:1], BuildOptions(words=words))
    target.rebuild(ARCHIVE[:2], ONE)
    kept = target.made_from()
    assert kept is not None
    assert kept.words == made.words
    assert target.verify() == []


def test_an_alias_that_is_not_ours_is_left_alone(
    target: IndexTarget, connection: Connection
) -> None:
    alias = connection.cluster.alias
    connection.asked(lambda client: client.indices.create(index=alias, body={}))
    for change in (target.rebuild, target.update):
        with pytest.raises(AliasTaken, match=f"{alias} is no index that Warta has made"):
            change(ARCHIVE, ONE)
    with pytest.raises(AliasTaken):
        target.stored_articles()
    assert connection.asked(lambda client: client.indices.get(index=f"{alias}*")).keys() == {alias}


def test_commands_print_the_same_of_a_cluster_as_of_a_directory(url: str, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"id": "a", "title": "judul", "body": "isi"}\n')
    keys = []
    for index, copies in (
        (str(tmp_path / "index"), ()),
        (url, ("--shards", "1", "--replicas", "5")),
    ):
        for command in (
            ("rebuild", str(source), *copies),
            ("update", str(source)),
            ("generations",),
            ("verify",),
            ("delete", "a"),
            ("prune",),
        ):
            run = CliRunner().invoke(main, [*command, "--index", index, "--json"])
            assert run.exit_code == 0, run.output
            printed = json.loads(run.stdout)
            printed.pop("removed", None)  # Updates leave no generation of a cluster behind.
            keys.append(_shape(printed))
    of_directory, of_cluster = keys[: len(keys) // 2], keys[len(keys) // 2 :]
    assert of_cluster[0].pop("replicas_missing") == "int"
    assert of_cluster == of_directory


def _shape(value: Any) -> Any:
    """The keys of what was printed, and the kinds of its values."""
    match value:
        case dict():
            return {key: _shape(one) for key, one in value.items()}
        case list():
            return [_shape(one) for one in value[:1]]
    return type(value).__name__


def test_copies_that_are_missing_are_told_on_the_terminal(url: str, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"id": "a", "title": "judul", "body": "isi"}\n')
    command = ["rebuild", str(source), "--shards", "1", "--replicas", "5", "--index", url]
    run = CliRunner().invoke(main, command)
    assert run.exit_code == 0
    assert "3 salinan shard belum ada" in run.stderr
    assert "copies of shards are not there yet" in run.stderr
