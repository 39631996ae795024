"""Serving the application with gunicorn in this process."""

from __future__ import annotations

import errno
import os
import shutil
import socket
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from gunicorn.app.base import BaseApplication

from index.errors import WartaError
from web.gunicorn_settings import count_by_seat, settings
from web.settings import DEFAULTS, ServerSettings


class AddressUnusable(WartaError):
    """The server cannot listen at the address."""

    def __init__(self, host: str, port: int, reason: OSError) -> None:
        if reason.errno == errno.EADDRINUSE:
            english = "another program listens there; stop it or choose another --port"
            indonesian = "program lain memakainya; hentikan atau pilih --port lain"
        elif reason.errno == errno.EACCES:
            english = "it is not allowed; choose a --port above 1023"
            indonesian = "tidak diizinkan; pilih --port di atas 1023"
        else:
            english = f"{reason.strerror or reason}; choose another --host"
            indonesian = f"{reason.strerror or reason}; pilih --host lain"
        super().__init__(
            f"cannot listen at {_authority(host, port)}: {english}",
            f"tidak dapat melayani di {_authority(host, port)}: {indonesian}",
        )


def serve(index: str | Path, chosen: ServerSettings = DEFAULTS) -> None:
    """Answer requests until SIGTERM or SIGINT, then raise ``SystemExit`` with status 0.

    ``index`` is a directory or URL. ``port`` 0 takes any that is free; the address is printed to
    standard error when it listens. SIGHUP replaces the workers without refusing a request.
    Raises ``AddressUnusable``.
    """
    listener = _listen(chosen.host, chosen.port)
    url = _url(chosen.host, listener.getsockname()[1])
    owner = os.getpid()
    metrics = mkdtemp(prefix="warta-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics
    count_by_seat()

    gunicorn = settings(chosen, descriptor=listener.detach(), url=url)
    try:
        _Server(index, chosen, gunicorn).run()
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
            # An earlier gunicorn has fewer settings.
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> object:
        from web.app import create_app

        return create_app(self._index, self._chosen)


def _listen(host: str, port: int) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        listener = socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as reason:
        raise AddressUnusable(host, port, reason) from None
    listener.set_inheritable(True)
    return listener


def _url(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://{_authority(name, port)}/"


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
