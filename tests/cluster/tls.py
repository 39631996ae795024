"""A door to a node that speaks TLS and asks for a password, as the nodes of the tests do not."""

from __future__ import annotations

import ssl
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

_WITH_THE_CONNECTION = {"connection", "transfer-encoding", "content-length"}


@dataclass(frozen=True)
class Authority:
    """An authority of one's own: its certificate, and one that it signed, with the key."""

    certificate: Path
    signed: Path
    key: Path


def authority(folder: Path, *names: str) -> Authority:
    """A new one, which signs for these names, such as ``IP:127.0.0.1``."""
    made = Authority(folder / "ca.pem", folder / "node.pem", folder / "node.key")
    ca_key, request = folder / "ca.key", folder / "node.csr"
    extensions = folder / "names"
    extensions.write_text(f"subjectAltName={','.join(names)}\n")
    new = ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    for arguments in (
        [*new, "-x509", "-subj", "/CN=Authority", "-keyout", ca_key, "-out", made.certificate],
        [*new, "-subj", "/CN=node", "-keyout", made.key, "-out", request],
        [
            *("x509", "-req", "-in", request, "-CA", made.certificate, "-CAkey", ca_key),
            *("-CAcreateserial", "-extfile", extensions, "-out", made.signed),
        ],
    ):
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)
    return made


@contextmanager
def door(node: str, own: Authority, user: str, password: str) -> Iterator[str]:
    """Host and port of a server that lets the user through to a node."""
    right = f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"
    host, _, port = node.rpartition(":")

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Authorization") != right:
                self._answer(401, {"WWW-Authenticate": "Basic"}, b"Unauthorized")
                return
            inner = HTTPConnection(host, int(port), timeout=60)
            kind = self.headers.get("Content-Type", "application/json")
            inner.request(self.command, self.path, body, {"Content-Type": kind})
            answer = inner.getresponse()
            self._answer(answer.status, dict(answer.getheaders()), answer.read())
            inner.close()

        do_POST = do_PUT = do_DELETE = do_HEAD = do_GET  # noqa: N815 - http.server's names

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in _WITH_THE_CONNECTION:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own.signed, own.key)
    with _Server(("127.0.0.1", 0), Door) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Nothing: clients that do not trust it hang up."""
