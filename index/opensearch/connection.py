"""One cluster as seen from here: a client, whose failures are told as Warta's own errors."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from index.bilingual import Text
from index.errors import ClientMissing, IndexUnreachable
from index.location import ClusterAlias
from index.opensearch.access import Access, access

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

_Value = TypeVar("_Value")

TO_ANSWER = 30.0
"""Seconds in which a node must answer, unless a request says otherwise (``request_timeout``)."""

PATIENCE = 5.0
"""Seconds for which a cluster that is busy or in trouble is asked again.

A search goes on without a manager; what needs one finds the next within some two seconds.
"""

_OF_OPENSEARCH = frozenset({401, 429, 500, 502, 503, 504})
"""Status codes of a first page that say nothing against its being OpenSearch's."""

_SOMETHING_ELSE = Text(
    "what answers there is not OpenSearch", "yang menjawab di sana bukan OpenSearch"
)


class Connection:
    """A cluster, of which nothing is asked or imported before it is needed.

    Safe under threads and forks: a process that was forked makes connections of its own.
    """

    def __init__(
        self, cluster: ClusterAlias, to_answer: float = TO_ANSWER, patience: float = PATIENCE
    ) -> None:
        """Raises ``ClientMissing``. Seconds in the place of ``TO_ANSWER`` and ``PATIENCE``."""
        if find_spec("opensearchpy") is None:
            raise ClientMissing(cluster.url)
        self.cluster = cluster
        self._to_answer = to_answer
        self._patience = patience
        self._made: _Made | None = None

    @property
    def client(self) -> OpenSearch:
        """What asks the nodes in turn, without asking again. Raises as ``asked`` does."""
        return self._of_this_process().client

    def asked(
        self,
        call: Callable[[OpenSearch], _Value],
        *,
        again: bool = True,
        patience: float | None = None,
    ) -> _Value:
        """What ``call`` gives of the client, which is called until it succeeds or there is no hope.

        A node that does not answer is skipped, and another one asked. A cluster that is busy or in
        trouble is asked again for ``patience`` seconds, ever more seldom. Without ``again``, only a
        request that cannot have been done is repeated: it reached no node, or was turned down
        (429); so every call whose second time does harm says ``again=False``. A ``TransportError``
        that ``call`` itself raises, as for a part of an answer, counts as the request's.

        Raises ``IndexUnreachable``, ``ClusterBusy``, ``ClusterRefused``, ``ClusterTroubled``,
        and ``AccessInvalid``; and opensearch-py's ``NotFoundError``,
        ``ConflictError`` and ``RequestError`` for what the request is about.
        """
        made = self._of_this_process()
        from opensearchpy.exceptions import SerializationError, TransportError

        from index.opensearch.failures import told
        from index.opensearch.retrying import Attempts

        limit = self._patience if patience is None else patience
        attempts = Attempts(len(self.cluster.nodes), limit, again=again)
        while True:
            try:
                self._require_opensearch(made)
                return call(made.client)
            except SerializationError:
                raise self._something_else() from None
            except TransportError as error:
                pause = attempts.pause(error)
                if pause is None:
                    ours = told(self.cluster, made.access.user, error)
                    if ours is None:
                        raise
                    raise ours from None
            time.sleep(pause)

    def _of_this_process(self) -> _Made:
        # Two threads may both make one: the later stays, and the other is let go of after its call.
        made = self._made
        if made is None or made.process != os.getpid():
            self._made = made = _Made(self.cluster, self._to_answer)
        return made

    def _require_opensearch(self, made: _Made) -> None:
        """Raise ``IndexUnreachable`` where something else answers; asked once."""
        from opensearchpy.exceptions import TransportError

        if made.known:
            return
        try:
            facts = made.client.info()
        except TransportError as error:
            if not isinstance(error.status_code, int) or error.status_code in _OF_OPENSEARCH:
                raise
            facts = None
            if error.status_code == 403:  # Who may use an index need not be told of the cluster.
                facts = {"version": {"distribution": "opensearch"}}
        version = facts.get("version") if isinstance(facts, dict) else None
        if not isinstance(version, dict) or version.get("distribution") != "opensearch":
            raise self._something_else()
        made.known = True

    def _something_else(self) -> IndexUnreachable:
        return IndexUnreachable(self.cluster.url, self.cluster.node, _SOMETHING_ELSE)


class _Made:
    """A client, the process that made it, and whether OpenSearch was seen to answer it."""

    def __init__(self, cluster: ClusterAlias, to_answer: float) -> None:
        from index.opensearch.client import new_client

        self.process = os.getpid()
        self.access: Access = access(cluster.url)
        self.client: OpenSearch = new_client(cluster, self.access, to_answer)
        self.known = False
