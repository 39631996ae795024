"""What was done to an index by hand ends a command with a message, not with a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from opensearchpy.exceptions import RequestError

from index.errors import ClusterTroubled, WartaError
from index.location import LOCK_SUFFIX
from index.opensearch import generations, several
from index.opensearch.generations import Facts
from index.opensearch.looked_up import articles_with
from index.opensearch.moment import Searched
from index.target import BuildOptions, IndexTarget, open_target
from tests.cluster.fixtures import connected
from tests.conftest import ARCHIVE, article

pytestmark = pytest.mark.cluster

ONE = BuildOptions()


def held(target: IndexTarget) -> object:
    with target.held_articles() as found:
        return found.find("a1")


WRITING: dict[str, Callable[[IndexTarget], object]] = {
    "rebuild": lambda target: target.rebuild(ARCHIVE, ONE),
    "update": lambda target: target.update([article(50, "judul", "isi")], ONE),
    "delete": lambda target: target.delete(["a2"], ONE),
    "rollback": lambda target: target.rollback(),
    "prune": lambda target: target.prune(1),
}
READING: dict[str, Callable[[IndexTarget], object]] = {
    "stored": lambda target: list(target.stored_articles()),
    "held": held,
}


@pytest.fixture
def target(url: str) -> IndexTarget:
    target = open_target(url)
    target.rebuild(ARCHIVE[:3], ONE)
    target.rebuild(ARCHIVE, ONE)
    return target


@pytest.mark.parametrize("name", WRITING)
def test_a_lock_that_is_closed(target: IndexTarget, url: str, name: str) -> None:
    close(url, connected(url).cluster.alias + LOCK_SUFFIX)
    with pytest.raises(ClusterTroubled, match="index_closed"):
        WRITING[name](target)


def test_an_index_in_use_that_is_closed(target: IndexTarget, url: str) -> None:
    close(url, in_use(url).index)
    assert [(one.reason, one.unreadable) for one in target.verify()] == [
        ("it is closed; open it again", True)
    ]
    assert [one.intact for one in target.generations()] == [True, False]
    assert target.made_from() is None
    for call in (*READING.values(), WRITING["update"], WRITING["delete"]):
        with pytest.raises(WartaError):
            call(target)
    target.rollback()
    assert len(list(target.stored_articles())) == 3


def test_a_rebuild_is_published_where_an_older_generation_is_closed(
    target: IndexTarget, url: str
) -> None:
    closed = in_use(url)
    close(url, closed.index)
    published = target.rebuild(ARCHIVE[:5], ONE)
    assert in_use(url).name == published.generation
    connection = connected(url)
    named = connection.client.indices.get_alias(name=connection.cluster.alias)
    assert list(named) == [published.generation]
    assert closed.name in {one.name for one in target.generations()}


@pytest.mark.usefixtures("target")
def test_it_is_not_taken_for_no_answer_that_a_part_of_one_failed(url: str) -> None:
    index = in_use(url).index
    close(url, index)
    with pytest.raises(RequestError, match="index_closed"):
        articles_with(connected(url), Searched(index), ["a1"])
    everything: dict[str, Any] = {"query": {"match_all": {}}}
    with pytest.raises(RequestError, match="index_closed"):
        several.answers(connected(url), Searched(index), [({}, everything)])


def close(url: str, index: str) -> None:
    client = connected(url).client
    client.indices.close(index=index)
    client.cluster.health(index=index, params={"wait_for_status": "yellow"})


def in_use(url: str) -> Facts:
    facts = generations.current(connected(url))
    assert facts is not None
    return facts
