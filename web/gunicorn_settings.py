"""gunicorn's settings for a server whose answers are made by the processor, not waited for.

One worker a core, whose few threads take turns under the interpreter's lock, so that a short
request need not wait for a long one; see ``web.serving``. The application is made before the
workers fork, so they share its memory; nothing of the index is open by then. SIGHUP replaces the
workers, which open the current generation; code is read only at the start.

Each worker counts into files of its own, from which any of them adds up the metrics. The files
are named after the worker's seat, the smallest number that no living worker has, and not after
its process: so a successor counts on where its predecessor ended, and their number stays bounded.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from prometheus_client import values

from index.errors import WartaError
from web.logs import facts
from web.server_log import logger_class
from web.serving.bounds import LONGEST_REQUEST_LINE, MOST_FIELDS
from web.serving.listening import Listening
from web.serving.worker import WartaWorker
from web.settings import LogFormat, ServerSettings
from web.state import current_engine
from web.work import forget

_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes a file of its own in it


def default_workers() -> int:
    """As many as the cores that this process may use."""
    return len(os.sched_getaffinity(0))


def settings(chosen: ServerSettings, listening: Listening) -> dict[str, Any]:
    """The settings for sockets that listen, whose address is announced."""
    return {
        "bind": [f"fd://{descriptor}" for descriptor in listening.descriptors],
        "workers": chosen.workers or default_workers(),
        "worker_class": WartaWorker,
        "threads": chosen.threads,
        "preload_app": True,
        "timeout": chosen.timeout,
        "graceful_timeout": chosen.timeout,
        # Replaced now and then, a few at a time, so that no leak or fragmentation piles up. A new
        # worker knows no words, so not every ten seconds under load; over 130,000 requests a worker
        # of 27,091 articles stayed at 177 MB of its own.
        "max_requests": 200_000,
        "max_requests_jitter": 50_000,
        # The workers' sign of life must not wait for a disk.
        "worker_tmp_dir": str(_SHARED_MEMORY) if os.access(_SHARED_MEMORY, os.W_OK) else None,
        "limit_request_line": LONGEST_REQUEST_LINE,
        "limit_request_fields": MOST_FIELDS,
        "limit_request_field_size": LONGEST_REQUEST_LINE,
        "logger_class": logger_class(chosen),
        # Nothing that a client says of itself is believed here: web.proxies knows whom to believe.
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
        "forwarder_headers": "",
        "header_map": "drop",
        "proxy_protocol": "off",
        "accesslog": "-" if chosen.access_log else None,
        "loglevel": "info" if chosen.access_log else "warning",
        "proc_name": "warta",
        "control_socket_disable": True,
        "when_ready": _announce(listening.announced, chosen.log_format),
        "pre_fork": partial(_give_seat, chosen, listening.metrics_address),
        "post_fork": _take_seat,
        "post_worker_init": _prepare,
        "post_request": _forget,
    }


def _announce(lines: tuple[str, ...], form: LogFormat) -> Callable[[Any], None]:
    def when_ready(_server: Any) -> None:
        if form is LogFormat.JSON:
            # Whoever reads JSON reads nothing else.
            log = logging.getLogger("web.serve")
            log.setLevel(logging.INFO)
            for line in lines:
                log.info("listening", extra=facts(url=line.removeprefix("Warta: ")))
        else:
            print("\n".join(lines), file=sys.stderr, flush=True)  # noqa: T201

    return when_ready


def count_by_seat() -> None:
    """Have metrics that are made from now on counted in files named after seats."""
    values.ValueClass = values.MultiProcessValue(_own_seat)  # type: ignore[no-untyped-call]


class _OwnSeat:
    """Names the seat of this process, at each count."""

    name = "master"

    def __call__(self) -> str:
        return self.name


_own_seat = _OwnSeat()


def _give_seat(chosen: ServerSettings, metrics_address: object, server: Any, worker: Any) -> None:
    worker.chosen = chosen
    worker.metrics_address = metrics_address
    taken = {other.seat for other in server.WORKERS.values()}
    worker.seat = next(seat for seat in count() if seat not in taken)


def _take_seat(_server: Any, worker: Any) -> None:
    _own_seat.name = str(worker.seat)


def _prepare(worker: Any) -> None:
    """Have the index ready before the first reader comes; without one, the readers are told."""
    try:
        with suppress(WartaError, OSError), worker.wsgi.app_context():
            current_engine().prepare()
    except Exception:
        # A reader who asked the same would see an error; gunicorn would end the whole server.
        worker.log.exception("preparing failed")
    # What is there now stays: nothing in it needs to be looked through for garbage, and memory that
    # is shared with the main process stays shared.
    gc.collect()
    gc.freeze()


def _forget(_worker: Any, _request: Any, _environ: Any, _response: Any) -> None:
    forget()
