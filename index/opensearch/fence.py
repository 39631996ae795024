"""Keeps a writer that was taken for dead from writing after all: the next one takes its fence down.

A lease ends where its holder is held up, as on a machine that was suspended, and the holder may
wake in the midst of a request: nothing that it asks itself before can keep it from sending that. So
the cluster keeps it. Who writes an index gives it an alias of its own,
``<index>-writer-<token>``, makes sure that it still has the lease, and from then on names the index
by that alias alone. Whoever has the lease next removes the alias: what the one before sends from
then on names nothing, and is turned down (404), be it articles, what ``_meta`` says, or the switch
of the alias that is searched.

What the cluster had taken on before goes on for a moment. ``take_down`` waits for what changes
``_meta``, settings and aliases, so what an index says of itself is true once it is read after that;
``drain`` waits for articles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING, Any, TypeVar

from index.bilingual import Text
from index.errors import ClusterTroubled, LeaseLost, WartaError
from index.light_dataclass import dataclass
from index.location import FENCE_MARK
from index.opensearch.connection import Connection
from index.opensearch.lease import Lease
from index.opensearch.unexpected import afterwards, unexpected_told

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

_Value = TypeVar("_Value")

_TOKEN_BYTES = 8

_PATIENT: dict[str, Any] = {"timeout": "10s", "request_timeout": 20}
"""How long nodes have to hear of a change, and the manager to do what it was asked before."""

_TIMED_OUT = 408


@dataclass(frozen=True, slots=True)
class Fence:
    """The names that one writer, of the ``token``, has for indexes."""

    token: str

    def of(self, index: str) -> str:
        """Its name for an index."""
        return f"{index}{FENCE_MARK}{self.token}"


def standing(got: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Indexes with fences, and the fences' names. ``got``: by indexes, what the cluster tells."""
    return [
        (index, alias)
        for index, one in got.items()
        for alias in one.get("aliases", {})
        if alias.startswith(index + FENCE_MARK)
    ]


@contextmanager
def fenced(connection: Connection, lease: Lease, indexes: Sequence[str]) -> Iterator[Fence]:
    """Indexes that are there have the lease's names, to the end.

    Raises ``LeaseLost``; where a name is gone, and the lease is not, ``ClusterTroubled``, which
    tells of what.
    """
    fence = Fence(lease.token)
    names = [(index, fence.of(index)) for index in indexes]
    try:
        _change(connection, [{"add": {"index": index, "alias": name}} for index, name in names])
        # Who takes over from here on finds them.
        lease.require()
        yield fence
    except LeaseLost:
        lease.require()
        raise _removed_by_hand(connection, names) from None
    finally:
        with suppress(WartaError), unexpected_told(connection.cluster):
            take_down(connection, names)  # Else the next writer does it.


def _removed_by_hand(
    connection: Connection, names: Sequence[tuple[str, str]]
) -> ClusterTroubled | LeaseLost:
    """What is to be said where a request named nothing though the lease is held."""
    for name in (each for pair in names for each in pair):
        if not connection.asked(partial(_is_there, name=name)):
            gone = Text(f"{name} was removed meanwhile", f"{name} sementara itu telah dihapus")
            return ClusterTroubled(connection.cluster.url, connection.cluster.node, gone)
    return LeaseLost(connection.cluster.url)


def _is_there(client: OpenSearch, name: str) -> bool:
    return bool(client.indices.exists(index=name))


def take_down(connection: Connection, names: Sequence[tuple[str, str]]) -> None:
    """Remove fences, named after their indexes; those that are gone are no error.

    Afterwards every node has heard of it, and what the cluster's manager had taken on of who wrote
    by them is done. Until then another fence stands in their place, so that whoever comes where
    this one is cut short has to see to it as well. Raises ``ClusterTroubled`` where a node may not
    have heard of it.
    """
    from opensearchpy.exceptions import NotFoundError

    if not names:
        return
    indexes = list(dict.fromkeys(index for index, _ in names))
    known = list(names)

    def replaced(client: OpenSearch) -> None:
        # Another name with each try: no node is asked to acknowledge what changes nothing.
        fresh = Fence(token_hex(_TOKEN_BYTES))
        new = [(index, fresh.of(index)) for index in indexes]
        added = [{"add": {"index": index, "alias": name}} for index, name in new]
        actions = [*_removing(known), *added]
        known.extend(new)
        answer = client.indices.update_aliases(body={"actions": actions}, params={**_PATIENT})
        _require(answer["acknowledged"], "not all nodes have acknowledged a change")

    try:
        connection.asked(replaced)
    except NotFoundError:  # One of the indexes is gone, and nothing is done of the others.
        if len(indexes) > 1:
            for one in indexes:
                take_down(connection, [pair for pair in known if pair[0] == one])
        return
    connection.asked(_settled)
    with suppress(NotFoundError):
        connection.asked(
            lambda client: client.indices.update_aliases(body={"actions": _removing(known)})
        )


def _removing(names: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"remove": {"index": index, "alias": name, "must_exist": False}} for index, name in names
    ]


def _settled(client: OpenSearch) -> None:
    """Wait until the manager has done what it was asked before, in whatever order it does that.

    It finds out what a name stands for when it is asked, and changes aliases before mappings.
    """
    answer = client.cluster.health(
        params={**_PATIENT, "wait_for_events": "languid", "ignore": [_TIMED_OUT]}
    )
    _require(not answer["timed_out"], "the manager has much to do")


def asked_of_own(
    connection: Connection, call: Callable[[OpenSearch], _Value], *, again: bool = True
) -> _Value:
    """Ask for what is named by a fence. Raises ``LeaseLost`` where that is gone."""
    from opensearchpy.exceptions import NotFoundError

    try:
        return connection.asked(call, again=again)
    except NotFoundError:
        raise LeaseLost(connection.cluster.url) from None


def switch(connection: Connection, fence: Fence, index: str) -> None:
    """Point the connection's alias at an index, and at no other, in one step.

    Raises ``LeaseLost``, and changes nothing, where the fence of the index is gone.
    """
    alias, own = connection.cluster.alias, {"index": index, "alias": fence.of(index)}

    def switched(client: OpenSearch) -> None:
        actions: list[dict[str, Any]] = [
            {"remove": {**own, "must_exist": True}},
            {"add": own},
            # A pattern, as the generation before may be removed by hand meanwhile; it leaves out
            # indexes that are closed.
            {"remove": {"index": f"{alias}-*", "alias": alias}},
            *_removing([(one, alias) for one in _named(client, alias)]),
            {"add": {"index": index, "alias": alias}},
        ]
        client.indices.update_aliases(body={"actions": actions})

    try:
        asked_of_own(connection, switched)
    except LeaseLost:
        if not connection.asked(partial(_is_there, name=fence.of(index))):
            raise
        # What the alias named was removed by hand in between.
        asked_of_own(connection, switched)


def _named(client: OpenSearch, alias: str) -> list[str]:
    """The indexes that an alias names, also those that are closed."""
    from opensearchpy.exceptions import NotFoundError

    try:
        return list(client.indices.get_alias(name=alias))
    except NotFoundError:
        return []


def drain(connection: Connection, index: str, *, stays: bool = False) -> None:
    """Wait until nothing is being written to an index any more, which no fence lets anybody write.

    A block against writing is set only once every shard has done what it had taken on. One that is
    there already would not be waited for, so it is lifted first; ``stays``: it is set again then.
    ``index`` is named by a fence of who drains it. Raises ``LeaseLost``.
    """

    def blocked(whether: bool | None) -> None:
        settings = {"index": {"blocks.write": whether}}
        asked_of_own(
            connection, lambda client: client.indices.put_settings(index=index, body=settings)
        )

    blocked(None)
    with afterwards(connection.cluster, partial(blocked, True if stays else None)):
        # A second time would find the block of the first, and not wait for what that waits for.
        asked_of_own(connection, partial(_blocked, index=index), again=False)


def _blocked(client: OpenSearch, index: str) -> None:
    answer = client.indices.add_block(index=index, block="write")
    _require(answer["shards_acknowledged"], "not all shards are blocked against writing")


def is_blocked(connection: Connection, index: str) -> bool:
    """Whether an index, named by a fence, is blocked against writing. Raises ``LeaseLost``."""
    name = "index.blocks.write"
    got = asked_of_own(
        connection,
        lambda client: client.indices.get_settings(
            index=index, name=name, params={"flat_settings": "true"}
        ),
    )
    return any(one["settings"].get(name) == "true" for one in got.values())


def _change(connection: Connection, actions: Sequence[Mapping[str, Any]]) -> None:
    asked_of_own(
        connection, lambda client: client.indices.update_aliases(body={"actions": actions})
    )


def _require(done: object, why: str) -> None:
    """Let the request count as one that failed for now. Raises ``TransportError``."""
    from opensearchpy.exceptions import TransportError

    if not done:
        raise TransportError(503, why, {})
