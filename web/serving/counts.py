"""The metrics of what was served without the application: sent away, refused, closed."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter


class Counts:
    """The counters of a worker, made in its process: they are added up from files."""

    def __init__(self) -> None:
        registry = CollectorRegistry()
        self._shed = Counter(
            "warta_shed",
            "Requests answered with 503 since too many came at once",
            ("reason",),
            registry=registry,
        )
        self._refused = Counter(
            "warta_refused", "Heads of requests not understood", ("status",), registry=registry
        )
        self._closed = Counter(
            "warta_closed",
            "Connections closed before their client did",
            ("reason",),
            registry=registry,
        )
        self._gone = Counter(
            "warta_gone",
            "Requests whose client was gone before its turn came",
            registry=registry,
        )
        for reason in ("full", "old", "exports"):
            self._shed.labels(reason)

    def shed(self, reason: str) -> None:
        """One was sent away: the queue was ``full``, its wait too ``old``, or ``exports`` many."""
        self._shed.labels(reason).inc()

    def refused(self, status: int) -> None:
        """One was answered with the status without having been understood."""
        self._refused.labels(str(status)).inc()

    def gone(self) -> None:
        """One was not computed, since its client had reset the connection."""
        self._gone.inc()

    def closed(self, reason: str) -> None:
        """One was closed for ``place``, for ``memory``, or since its client was ``slow``."""
        self._closed.labels(reason).inc()
