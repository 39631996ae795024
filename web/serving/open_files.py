"""How many connections the system lets a worker have, as many as it can be asked for."""

from __future__ import annotations

import resource
from contextlib import suppress

from web.serving.bounds import MOST_CONNECTIONS, RESERVED_FILES


def raise_open_files() -> None:
    """Let this process and those that it forks have as many files open as they may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + RESERVED_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        # Some systems refuse what they say is allowed; what is there must do then.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def connections_allowed() -> int:
    """At once, for a worker; at least a few."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(16, min(MOST_CONNECTIONS, soft - min(RESERVED_FILES, soft // 2)))
