"""Whether a request that failed is made again, and when."""

from __future__ import annotations

import random
from time import monotonic

from opensearchpy.exceptions import ConnectionError as NoAnswer
from opensearchpy.exceptions import ConnectionTimeout, TransportError
from urllib3.exceptions import ConnectTimeoutError

_TOO_MANY = 429
_FAULTS = frozenset({500, 502, 503, 504})
"""A node's own fault, or the cluster's as a whole, that may be over soon."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0
"""Seconds; each pause is twice the one before, give or take a half."""


class Attempts:
    """Those of one request: ``nodes`` may be asked, for ``patience`` seconds.

    ``again``: whether a request that may have been done already may be repeated.
    """

    def __init__(self, nodes: int, patience: float, *, again: bool) -> None:
        self._nodes = nodes
        self._again = again
        self._deadline = monotonic() + patience
        self._unanswered = self._late = self._turned_down = 0

    def pause(self, error: TransportError) -> float | None:
        """Seconds until the request may be made again, None where it may not.

        A node that gave no answer is skipped from then on, so that the next is asked at once, as
        many as there are. One that has too much to do, or is in trouble, is given time.
        """
        if isinstance(error, ConnectionTimeout):
            self._late += 1
            # Each try takes long, and what is too much for two nodes is too much for all.
            return self._at_once(self._again and self._late < min(self._nodes, 2))
        if isinstance(error, NoAnswer):
            self._unanswered += 1
            if isinstance(error.info, ConnectTimeoutError):  # No node has seen the request.
                return self._at_once(self._unanswered < self._nodes)
            # A connection that was kept open is closed by a node that restarts.
            return self._at_once(self._again and self._unanswered < max(self._nodes, 2))
        if error.status_code == _TOO_MANY or (self._again and error.status_code in _FAULTS):
            return self._later()
        return None

    def _at_once(self, whether: bool) -> float | None:
        return 0.0 if whether else None

    def _later(self) -> float | None:
        pause = min(_FIRST_PAUSE * 2**self._turned_down, _LONGEST_PAUSE)
        pause *= random.uniform(0.5, 1.5)  # noqa: S311 - no secret
        self._turned_down += 1
        return pause if monotonic() + pause < self._deadline else None
