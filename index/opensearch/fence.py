"""Keeps a writer that was taken for dead from writing after all: the next one takes its fence down.

A lease ends where its holder is held up, as on a machine that was suspended, and the holder may
wake in the midst of a request: nothing that it asks itself before can keep it from sending that. So
the cluster keeps it. Who writes an index gives it an alias of its own,
``<index>-writer-<token>``, makes sure that it still has the lease, and from then on names the index
by that alias alone. Whoever has the lease next removes the alias: what the one before sends from
then on names nothing, and is turned down (404), be it articles, what ``_meta`` says, or the switch
of the alias that is searched.

What the cluster had taken on before goes on for a moment: ``drain`` waits for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from index.errors import LeaseLost, WartaError
from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.lease import Lease
from index.opensearch.unexpected import unexpected_told

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

_MARK = "-writer-"


@dataclass(frozen=True, slots=True)
class Fence:
    """The names that one writer, of the ``token``, has for indexes."""

    token: str

    def of(self, index: str) -> str:
        """Its name for an index."""
        return f"{index}{_MARK}{self.token}"


def standing(got: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Indexes with fences, and the fences' names. ``got``: by indexes, what the cluster tells."""
    return [
        (index, alias)
        for index, one in got.items()
        for alias in one.get("aliases", {})
        if alias.startswith(index + _MARK)
    ]


@contextmanager
def fenced(connection: Connection, lease: Lease, indexes: Sequence[str]) -> Iterator[Fence]:
    """Indexes that are there have the lease's names, to the end. Raises ``LeaseLost``."""
    fence = Fence(lease.token)
    names = [(index, fence.of(index)) for index in indexes]
    try:
        _change(connection, [{"add": {"index": index, "alias": name}} for index, name in names])
        # Who takes over from here on finds them.
        lease.require()
        yield fence
    finally:
        with suppress(WartaError), unexpected_told(connection.cluster):
            take_down(connection, names)  # Else the next writer does it.


def take_down(connection: Connection, names: Sequence[tuple[str, str]]) -> None:
    """Remove fences, named after their indexes; those that are gone are no error.

    Raises ``ClusterTroubled`` where a node may not have heard of it.
    """
    if not names:
        return
    actions = [
        {"remove": {"index": index, "alias": name, "must_exist": False}} for index, name in names
    ]
    try:
        asked(connection, partial(_removed, actions=actions))
    except LeaseLost:  # One of the indexes is gone.
        if len(names) > 1:
            for one in names:
                take_down(connection, [one])


def _removed(client: OpenSearch, actions: Sequence[Mapping[str, Any]]) -> None:
    answer = client.indices.update_aliases(body={"actions": actions})
    # A node that has not heard of it would still know the names.
    _acknowledged(answer, "acknowledged")


def asked(connection: Connection, call: Callable[[OpenSearch], object]) -> None:
    """Ask for a change of what is named by a fence. Raises ``LeaseLost`` where that is gone."""
    from opensearchpy.exceptions import NotFoundError

    try:
        connection.asked(call)
    except NotFoundError:
        raise LeaseLost(connection.cluster.url) from None


def switch(connection: Connection, fence: Fence, index: str) -> None:
    """Point the connection's alias at an index, and at no other, in one step.

    Raises ``LeaseLost``, and changes nothing, where the fence of the index is gone.
    """
    alias, own = connection.cluster.alias, {"index": index, "alias": fence.of(index)}
    actions: list[dict[str, Any]] = [
        {"remove": {**own, "must_exist": True}},
        {"add": own},
        # A pattern, as the generation before may have been removed by hand meanwhile.
        {"remove": {"index": f"{alias}-*", "alias": alias}},
        {"add": {"index": index, "alias": alias}},
    ]
    _change(connection, actions)


def drain(connection: Connection, index: str) -> None:
    """Wait until nothing is being written to an index any more, which no fence lets anybody write.

    A block against writing is set only once every shard has done what it had taken on.
    """
    lifted = {"index": {"blocks.write": None}}
    try:
        connection.asked(partial(_blocked, index=index))
    finally:
        connection.asked(lambda client: client.indices.put_settings(index=index, body=lifted))


def _blocked(client: OpenSearch, index: str) -> None:
    _acknowledged(client.indices.add_block(index=index, block="write"), "shards_acknowledged")


def _change(connection: Connection, actions: Sequence[Mapping[str, Any]]) -> None:
    asked(connection, lambda client: client.indices.update_aliases(body={"actions": actions}))


def _acknowledged(answer: Mapping[str, Any], what: str) -> None:
    from opensearchpy.exceptions import TransportError

    if not answer.get(what):
        raise TransportError(503, "not all nodes have acknowledged a change", {})
