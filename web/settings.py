"""How the server serves: what an operator may choose, with its defaults.

``web/commands.py`` declares each as an option of ``warta serve``, from which the environment, the
file and the documentation follow.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from index.light_dataclass import dataclass
from web.networks import Network


class LogFormat(StrEnum):
    """How lines of the log are written: for people, or one JSON object each."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What ``warta serve`` and the application are told.

    ``workers``: processes, None for one a core; ``threads``: of each, which answer; ``timeout``:
    seconds that an answer may take before its worker is replaced. ``uds``: a socket in the file
    system to listen at instead of ``host`` and ``port``. ``base_url``: the address under which
    readers reach the server, None for what a request says. ``trusted_hosts``: names that a Host
    header may have (``.example.com`` for all below it), none for any well-formed one.
    ``trusted_proxies``: who may say by ``X-Forwarded-*`` and ``SCRIPT_NAME`` what a request was;
    ``unix`` for whoever connects through ``uds``.
    ``rate_limit``: requests a client may make, such as ``100/minute``, None for any number;
    ``rate_storage``: where they are counted. ``keys``: a file of read keys; ``keys_required``:
    whether the API answers nobody else. ``metrics_port``: where metrics are served alone, None for
    ``/metrics`` beside everything else.
    ``log_addresses``: whether lines of the log name clients. ``slow_ms``: processor milliseconds of
    a question from which on it is logged. ``query_log``: a folder in which questions are counted,
    for ``query_log_days``.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    uds: Path | None = None
    workers: int | None = None
    threads: int = 4
    timeout: int = 30
    base_url: str | None = None
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: tuple[Network, ...] = ()
    rate_limit: str | None = None
    rate_storage: str = "memory://"
    keys: Path | None = None
    keys_required: bool = False
    metrics_port: int | None = None
    access_log: bool = False
    log_format: LogFormat = LogFormat.TEXT
    log_addresses: bool = False
    slow_ms: int | None = None
    query_log: Path | None = None
    query_log_days: int = 90


DEFAULTS = ServerSettings()
