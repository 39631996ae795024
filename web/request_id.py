"""The id of a request: what a trusted proxy calls it, else a new one.

It stands in the answer's ``X-Request-ID``, in every line of the log about the request, and in the
answer to an error of ours, so that a reader can quote what the operator then finds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any

from web.networks import Network

HEADER = "X-Request-ID"

_ALLOWED = re.compile(r"[A-Za-z0-9._:/=+@-]{1,128}")


def request_id(environ: Mapping[str, Any], trusted: Iterable[Network]) -> str:
    """The id that the peer gives if it is one of the ``trusted`` proxies, else 16 hexadecimals.

    To be asked before anything replaces ``REMOTE_ADDR`` by what the proxy says of its client. An
    id with other than letters, digits and ``._:/=+@-``, or longer than 128, is not taken over.
    """
    given = environ.get("HTTP_X_REQUEST_ID", "")
    peer = environ.get("REMOTE_ADDR", "")
    if given and any(peer in network for network in trusted) and _ALLOWED.fullmatch(given):
        return str(given)
    return os.urandom(8).hex()
