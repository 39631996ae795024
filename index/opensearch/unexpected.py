"""What a cluster turns down that nobody expected it to, told as an error of Warta's own.

``Connection.asked`` leaves it to who asks what it means that something is not there (404), is there
already (409), or is wrong (400). Where nobody has said, as where somebody removes or closes an
index meanwhile, a command still ends with a message, not with a traceback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from index.errors import ClusterTroubled, WartaError
from index.location import ClusterAlias

_Rest = ParamSpec("_Rest")
_Given = TypeVar("_Given")


class _OfACluster(Protocol):
    @property
    def cluster(self) -> ClusterAlias: ...


_Self = TypeVar("_Self", bound=_OfACluster)


@contextmanager
def unexpected_told(cluster: ClusterAlias) -> Iterator[None]:
    """Within it, opensearch-py's errors are ``ClusterTroubled``, in the cluster's own words."""
    from opensearchpy.exceptions import TransportError

    try:
        yield
    except TransportError as error:
        from index.opensearch.failures import said

        raise ClusterTroubled(cluster.url, cluster.node, said(error)) from error


@contextmanager
def afterwards(cluster: ClusterAlias, call: Callable[[], object]) -> Iterator[None]:
    """Do something at the end; where all before it has failed, that is told, and not what it does.

    Raises as ``call``.
    """
    try:
        yield
    except BaseException:
        with suppress(WartaError), unexpected_told(cluster):
            call()
        raise
    call()


def each(cluster: ClusterAlias, found: Iterator[_Given]) -> Iterator[_Given]:
    """What is found of a cluster bit by bit, where each may fail so."""
    with unexpected_told(cluster):
        yield from found


def tells_unexpected(
    method: Callable[Concatenate[_Self, _Rest], _Given],
) -> Callable[Concatenate[_Self, _Rest], _Given]:
    """Make the method of whatever has a cluster tell it so."""

    @wraps(method)
    def telling(self: _Self, /, *given: _Rest.args, **named: _Rest.kwargs) -> _Given:
        with unexpected_told(self.cluster):
            return method(self, *given, **named)

    return telling
