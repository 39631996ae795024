"""gunicorn's log in the form of ours, without clients' addresses and what they asked."""

from __future__ import annotations

import logging
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from gunicorn.glogging import Logger

from web.logs import configure, facts
from web.settings import ServerSettings
from web.work import work_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

ACCESS = "gunicorn.access"

_LONGEST_PATH = 500


def logger_class(chosen: ServerSettings) -> type[Logger]:
    """The class that gunicorn makes its logger of, writing as the operator chose."""

    class ServerLog(Logger):  # type: ignore[misc]
        """Standard error for everything, standard output for the line of each request."""

        def setup(self, cfg: Any) -> None:
            self.cfg = cfg
            self.loglevel = self.LOG_LEVELS.get(cfg.loglevel.lower(), logging.INFO)
            configure(chosen.log_format, self.loglevel)
            configure(chosen.log_format, logging.INFO, stream=sys.stdout, logger=ACCESS)
            self.access_log.propagate = False
            self.error_log.propagate = True
            self.error_log.setLevel(self.loglevel)
            self._access_log_enabled = chosen.access_log

        def access(self, resp: Any, req: Any, environ: WSGIEnvironment, took: timedelta) -> None:
            del req
            if chosen.access_log:
                known = access_facts(resp, environ, took, chosen)
                self.access_log.info("answered", extra=facts(**known))

    return ServerLog


def access_facts(
    resp: Any, environ: WSGIEnvironment, took: timedelta, chosen: ServerSettings
) -> dict[str, object]:
    """What the line of a request says: neither query string, referrer nor browser.

    What readers look for is theirs; ``--slow-ms`` and ``--query-log`` are how an operator learns
    of queries, by choice.
    """
    work = work_of(environ)
    path = quote(environ.get("PATH_INFO", ""), safe="/:@!$&'()*+,;=~", encoding="latin-1")
    if len(path) > _LONGEST_PATH:
        path = path[:_LONGEST_PATH] + "..."
    known: dict[str, object] = {
        "method": _method(environ),
        "path": path,
        "status": int(str(resp.status).split(maxsplit=1)[0]),
        "bytes": getattr(resp, "sent", None) or 0,
    }
    if work is None:
        known["ms"] = round(took.total_seconds() * 1000, 1)
    else:
        known |= {
            "request_id": work.request_id,
            "ms": round(work.seconds * 1000, 1),
            "processor_ms": round(work.processor_seconds * 1000, 1),
            "sent_ms": round(took.total_seconds() * 1000, 1),
            "generation": work.generation or None,
        }
        if work.broken:
            known["broken"] = True
    return known | _address(chosen, environ.get("REMOTE_ADDR", ""))


def _method(environ: WSGIEnvironment) -> str:
    return str(environ.get("REQUEST_METHOD", ""))[:20]


def _address(chosen: ServerSettings, address: str) -> dict[str, object]:
    return {"address": address} if chosen.log_addresses else {}
