"""Serving the application with gunicorn in this process."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from web.gunicorn_settings import count_by_seat, settings
from web.serving.listening import listen
from web.serving.open_files import raise_open_files
from web.settings import DEFAULTS, ServerSettings


def serve(index: str | Path, chosen: ServerSettings = DEFAULTS) -> None:
    """Answer requests until SIGTERM or SIGINT, then raise ``SystemExit`` with status 0.

    ``index`` is a directory or URL. ``port`` 0 takes any that is free; the address is printed to
    standard error when it listens. SIGHUP replaces the workers without refusing a request.
    Raises ``AddressUnusable``.
    """
    raise_open_files()
    owner = os.getpid()
    with listen(chosen) as listening:
        metrics = mkdtemp(prefix="warta-metrics-")
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics
        count_by_seat()
        try:
            _Server(index, chosen, settings(chosen, listening)).run()
        finally:
            # Workers leave through here as well, each when it ends.
            if os.getpid() == owner:
                shutil.rmtree(metrics, ignore_errors=True)


class _Server(BaseApplication):  # type: ignore[misc]
    """The application as gunicorn wants it."""

    def __init__(self, index: str | Path, chosen: ServerSettings, gunicorn: dict[str, Any]) -> None:
        self._index = index
        self._chosen = chosen
        self._gunicorn = gunicorn
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._gunicorn.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve; returns by ``SystemExit``."""
        _Arbiter(self).run()

    def load(self) -> object:
        # What questions would load or compile when they are asked is there for all workers.
        import rapidfuzz.process  # noqa: F401

        from index.analysis import analysis
        from index.patterns import compile_all as compile_patterns
        from web.app import create_app
        from web.templating import compile_all as compile_templates

        app = create_app(self._index, self._chosen)
        compile_patterns()
        analysis().prepare()
        # Before the workers fork, so that none does it, nor a reader waits for it.
        compile_templates()
        return app


class _Arbiter(Arbiter):  # type: ignore[misc]
    """gunicorn's main process."""

    def stop(self, graceful: bool = True) -> None:
        """End the workers; a Unix socket's file is removed by ``listen``, if it is still ours.

        gunicorn removes what is at its path by then, be it another server's, unless it is told
        that the sockets are systemd's.
        """
        self.systemd = True
        for worker in self.WORKERS.values():
            worker.server_ends[0] = 1
        super().stop(graceful)

    def manage_workers(self) -> None:
        """Have as many workers as there should be, without those that are leaving.

        gunicorn waits until one is gone before it starts the next; the last answers of one that is
        replaced may take as long as their slowest reader. No more than twice as many are there.
        """
        staying = [worker for worker in self.WORKERS.values() if not worker.leaves[0]]
        room = 2 * self.num_workers - len(self.WORKERS)
        for _ in range(min(self.num_workers - len(staying), room)):
            self.spawn_worker()
        staying.sort(key=lambda worker: worker.age)
        for worker in staying[: max(0, len(staying) - self.num_workers)]:
            self.kill_worker(worker.pid, signal.SIGTERM)

    def handle_usr2(self) -> None:
        """SIGUSR2: nothing; gunicorn would start a second server, at a port of its own."""
        self.log.warning("SIGUSR2 does nothing here; SIGHUP replaces the workers")
