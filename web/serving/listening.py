"""The sockets that the server listens at: an address or a file, and one for metrics by choice."""

from __future__ import annotations

import errno
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from index.errors import WartaError
from index.light_dataclass import dataclass
from web.settings import ServerSettings

BACKLOG = 2048
"""Connections that the system keeps until a worker takes them."""

SOCKET_MODE = 0o660
"""Who may connect to a Unix socket: its owner, and a proxy that is in its group."""


class AddressUnusable(WartaError):
    """The server cannot listen where it should."""

    def __init__(self, where: str, english: str, indonesian: str) -> None:
        super().__init__(
            f"cannot listen at {where}: {english}", f"tidak dapat melayani di {where}: {indonesian}"
        )


@dataclass(frozen=True, slots=True)
class Listening:
    """Inheritable descriptors of listening sockets, and the lines that say where they are.

    ``metrics_address`` is that of the socket for metrics, None where there is none.
    """

    descriptors: tuple[int, ...]
    announced: tuple[str, ...]
    metrics_address: object


@contextmanager
def listen(chosen: ServerSettings) -> Iterator[Listening]:
    """Listen where it was chosen; a Unix socket's file is removed at the end.

    The descriptors are given away: gunicorn closes them. Raises ``AddressUnusable``.
    """
    with ExitStack() as stack:
        if chosen.uds is None:
            main = _tcp(chosen.host, chosen.port, "--port")
            announced = [f"Warta: {_url(chosen.host, main.getsockname()[1])}"]
        else:
            main = stack.enter_context(_unix(chosen.uds))
            announced = [f"Warta: unix:{chosen.uds}"]
        sockets = [main]
        metrics_address = None
        if chosen.metrics_port is not None:
            try:
                metrics = _tcp(chosen.host, chosen.metrics_port, "--metrics-port")
            except AddressUnusable:
                main.close()
                raise
            sockets.append(metrics)
            metrics_address = metrics.getsockname()
            announced.append(f"Warta: {_url(chosen.host, metrics_address[1])}metrics")
        for one in sockets:
            one.set_inheritable(True)
        yield Listening(tuple(one.detach() for one in sockets), tuple(announced), metrics_address)


def _tcp(host: str, port: int, option: str) -> socket.socket:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except (OSError, UnicodeError) as reason:
        number = getattr(reason, "errno", None)
        if number == errno.EADDRINUSE:
            english = f"another program listens there; stop it or choose another {option}"
            indonesian = f"program lain memakainya; hentikan atau pilih {option} lain"
        elif number == errno.EACCES:
            english = f"it is not allowed; choose a {option} above 1023"
            indonesian = f"tidak diizinkan; pilih {option} di atas 1023"
        else:
            said = getattr(reason, "strerror", None) or reason
            english = f"{said}; choose another --host"
            indonesian = f"{said}; pilih --host lain"
        raise AddressUnusable(_authority(host, port), english, indonesian) from None


@contextmanager
def _unix(path: Path) -> Iterator[socket.socket]:
    """A socket in the file system, whose file is removed at the end if it is still the same."""
    owner = os.getpid()
    _make_way(path)
    one = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # Nobody may connect who may not in the end, not even for a moment.
    before = os.umask(0o777 & ~SOCKET_MODE)
    try:
        one.bind(os.path.abspath(path))  # noqa: PTH100 - links stay as they were named
        one.listen(BACKLOG)
        made = path.lstat()
    except OSError as reason:
        one.close()
        raise _unusable(path, reason) from None
    finally:
        os.umask(before)
    try:
        yield one
    finally:
        if os.getpid() == owner:
            with suppress(OSError):
                now = path.lstat()
                if (now.st_dev, now.st_ino) == (made.st_dev, made.st_ino):
                    path.unlink()


def _make_way(path: Path) -> None:
    """Remove the socket of a server that is no more. Raises ``AddressUnusable`` for all else."""
    try:
        kind = path.lstat().st_mode
    except FileNotFoundError:
        return
    except (OSError, ValueError) as reason:
        raise _unusable(path, reason) from None
    if not stat.S_ISSOCK(kind):
        raise AddressUnusable(
            str(path),
            "there is something that is not a socket; remove it or choose another --uds",
            "di situ ada yang bukan soket; hapus atau pilih --uds lain",
        )
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.setblocking(False)
        try:
            probe.connect(os.path.abspath(path))  # noqa: PTH100 - links stay as they were named
        except (ConnectionRefusedError, FileNotFoundError):
            # Nobody listens: it was left by a server that was killed.
            try:
                path.unlink(missing_ok=True)
            except OSError as reason:
                raise _unusable(path, reason) from None
            return
        except BlockingIOError:
            # Somebody listens whose queue is full.
            pass
        except OSError as reason:
            raise _unusable(path, reason) from None
    raise AddressUnusable(
        str(path),
        "another server listens there; stop it or choose another --uds",
        "peladen lain memakainya; hentikan atau pilih --uds lain",
    )


def _unusable(path: Path, reason: OSError | ValueError) -> AddressUnusable:
    number = getattr(reason, "errno", None)
    if "too long" in str(reason):
        english = "the path is too long for a socket (107 bytes); choose a shorter --uds"
        indonesian = (
            "jalurnya terlalu panjang untuk soket (107 bita); pilih --uds yang lebih pendek"
        )
    elif number in {errno.ENOENT, errno.ENOTDIR}:
        english = f"there is no folder {path.parent}; make it or choose another --uds"
        indonesian = f"folder {path.parent} tidak ada; buat atau pilih --uds lain"
    elif number in {errno.EACCES, errno.EPERM, errno.EROFS}:
        english = f"the folder {path.parent} may not be written; allow it or choose another --uds"
        indonesian = f"folder {path.parent} tidak boleh ditulisi; izinkan atau pilih --uds lain"
    else:
        said = getattr(reason, "strerror", None) or reason
        english = f"{said}; choose another --uds"
        indonesian = f"{said}; pilih --uds lain"
    return AddressUnusable(str(path), english, indonesian)


def _url(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://{_authority(name, port)}/"


def _authority(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
