"""A writer that is held up, and what it may do when it wakes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from index.analysis import NO_WORDS
from index.article import Article
from index.errors import IndexLocked
from index.opensearch import companion, generations
from index.opensearch.connection import Connection
from index.opensearch.fence import Fence, fenced
from index.opensearch.generations import Facts
from index.opensearch.lease import Lease, leased
from index.opensearch.loading import Loader, Loading
from tests.cluster.relay import relayed
from tests.conftest import article

NEW = [article(1, "judul baru", "isi baru"), article(50, "yang lain", "isi lain")]
"""What another writer brings: an article in the place of one of ``ARCHIVE``, and one more."""


def in_use(connection: Connection) -> Facts:
    facts = generations.current(connection)
    assert facts is not None
    return facts


@contextmanager
def asleep(connection: Connection, *more: str) -> Iterator[tuple[Lease, Facts, Fence]]:
    """A writer in the midst of a change, of which the lease soon ends, as nobody renews it."""
    facts = in_use(connection)
    lease = Lease(connection, 1.5)
    lease._done.set()
    lease.take()
    names = (facts.index, companion.companion_of(facts.index), *more)
    with fenced(connection, lease, names) as own:
        yield lease, facts, own


def loader_of(connection: Connection, index: str, first: int) -> Loader:
    return Loader(Loading(connection.cluster, index, NO_WORDS, first), ahead=False)


def load(connection: Connection, index: str, first: int, articles: Sequence[Article]) -> None:
    loader = loader_of(connection, index, first)
    loader.add(articles, 0)
    loader.finish()


def standing(connection: Connection) -> list[tuple[str, str]]:
    return list(generations.found(connection).fences)


def lease_ended(connection: Connection) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(IndexLocked), leased(connection, wait=False):
            return True
        time.sleep(0.2)
    return False


@contextmanager
def before_taking_down(hosts: list[str], url: str, act: Callable[[], object]) -> Iterator[str]:
    """The alias by a node where something happens once a writer's first change of aliases comes."""
    done: list[str] = []

    def passing(request: str) -> None:
        if request.startswith("POST /_aliases") and not done:
            done.append(request)
            act()

    with relayed(hosts[0]) as relay:
        relay.passing = passing
        yield f"opensearch://{relay.host}/{url.rpartition('/')[2]}"
    assert done
