"""Who writes an alias of a cluster, and how."""

from __future__ import annotations

from index.light_dataclass import dataclass
from index.opensearch.connection import Connection
from index.opensearch.lease import Lease
from index.target import Progress, no_progress


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes: by a connection, while a lease lasts, with so many processes."""

    connection: Connection
    lease: Lease
    workers: int = 1
    progress: Progress = no_progress
