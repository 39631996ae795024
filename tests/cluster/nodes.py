"""Three nodes on the loopback, each its own JVM that can be killed and brought back.

with Cluster.started(folder) as cluster:
    cluster.kill(cluster.manager())
    cluster.wait_for("yellow")
"""

from __future__ import annotations

import json
import os
import pwd
import random
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar
from urllib.request import Request, urlopen

from tests.cluster.configuration import Place
from tests.cluster.distribution import opensearch_home
from tests.cluster.java import Missing, java_home

SECONDS = 300
"""How long a start, an election or a recovery may take on a busy machine."""
Found = TypeVar("Found")
COLOURS = ("red", "yellow", "green")
UNPRIVILEGED = "nobody"
"""Whom nodes run as where root starts them: OpenSearch refuses to run as root."""


class NotUp(Exception):
    """A node or the cluster does not come to what is waited for; says the ends of the logs."""


@dataclass
class Node:
    """One JVM at its place; None as the process: not started, or ended."""

    place: Place
    process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        return self.place.name

    @property
    def host(self) -> str:
        """Host and port of its HTTP."""
        return f"127.0.0.1:{self.place.http}"

    @property
    def log(self) -> Path:
        return self.place.folder / "logs/out.log"

    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask(self, path: str, body: Any = None, *, method: str = "GET", seconds: float = 30) -> Any:
        """What it answers, read as JSON. Raises ``HTTPError`` and other ``OSError``."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = Request(f"http://{self.host}{path}", data, headers, method=method)
        with urlopen(request, timeout=seconds) as answer:
            return json.load(answer)

    def tail(self, lines: int = 30) -> str:
        """The end of its log."""
        try:
            text = self.log.read_text("utf-8", "replace")
        except OSError as error:
            text = str(error)
        return "\n".join([f"--- {self.name}", *text.splitlines()[-lines:]])


@dataclass
class Cluster:
    """``home`` is OpenSearch's folder, ``java`` that of a Java; use ``Cluster.started``."""

    home: Path
    java: Path
    nodes: Sequence[Node]
    # Linux ends a node with the thread that began it, so that none is left where this process is
    # killed; that thread must live as long as the cluster, whoever restarts a node.
    starter: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    @classmethod
    @contextmanager
    def started(cls, folder: Path, names: Sequence[str] = ("n1", "n2", "n3")) -> Iterator[Cluster]:
        """A green cluster with all that it writes below the folder. Raises ``Missing``, ``NotUp``.

        The folder may hold the data of an earlier one.
        """
        if shutil.which("setpriv") is None:
            raise Missing("setpriv is not installed, which starts nodes (Debian: util-linux)")
        java, home, folder = java_home(), opensearch_home(), folder.absolute()
        ports = _free_ports(2 * len(names))
        places = [
            Place(name, folder / name, *ports[2 * n : 2 * n + 2]) for n, name in enumerate(names)
        ]
        repository = folder / "repository"
        repository.mkdir(parents=True, exist_ok=True)
        for place in places:
            place.lay_out("warta-tests", places, repository)
        cluster = cls(home, java, [Node(place) for place in places])
        try:
            _give_away(folder)
            for node in cluster.nodes:
                cluster.start(node)
            cluster.wait_for("green")
            yield cluster
        finally:
            for node in cluster.nodes:
                cluster.kill(node)
            cluster.starter.shutdown()

    @property
    def hosts(self) -> list[str]:
        """Host and port of every node, of those too that are down."""
        return [node.host for node in self.nodes]

    @property
    def running(self) -> list[Node]:
        """The nodes whose JVM runs."""
        return [node for node in self.nodes if node.runs()]

    def start(self, node: Node) -> None:
        """Start the JVM of a node that is down; ``wait_for`` waits until it has joined."""
        if node.runs():
            raise ValueError(f"{node.name} runs already")
        node.process = self.starter.submit(self._begin, node).result()

    def kill(self, node: Node) -> None:
        """``kill -9``, as a power cut of its machine: nothing is said to the others."""
        if node.process is not None:
            node.process.kill()
            node.process.wait()
            node.process = None

    def stop(self, node: Node) -> None:
        """Ask it to end in good order, as a maintenance does; kill it after a minute."""
        if node.process is not None:
            node.process.terminate()
            try:
                node.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill(node)
            node.process = None

    def restart(self, node: Node) -> None:
        """Bring a node back at its old place; stop it first where it runs. Waits for green."""
        self.stop(node)
        self.start(node)
        self.wait_for("green")

    def manager(self) -> Node:
        """The elected one among the nodes that run, waited for."""

        def elected() -> Node | None:
            for one in self.running:
                (row,) = one.ask("/_cat/cluster_manager?format=json", seconds=5)
                found = [node for node in self.running if node.name == row["node"]]
                if found:
                    return found[0]
            return None

        return self._until(elected, "no manager is elected")

    def wait_for(self, colour: str, seconds: float = SECONDS) -> None:
        """Until every running node sees all of them, none else, and this colour or a better one.

        Raises ``NotUp`` after the time, or where a JVM has ended by itself.
        """
        good = COLOURS[COLOURS.index(colour) :]

        def reached() -> bool:
            seen = [one.ask("/_cluster/health", seconds=5) for one in self.running]
            return all(
                one["number_of_nodes"] == len(seen) and one["status"] in good for one in seen
            )

        self._until(reached, f"not {colour}", seconds)

    def _until(
        self, look: Callable[[], Found | None], problem: str, seconds: float = SECONDS
    ) -> Found:
        deadline = time.monotonic() + seconds
        last: object = ""
        while True:
            fallen = [one for one in self.nodes if one.process is not None and not one.runs()]
            if fallen or not self.running:
                raise NotUp("\n".join(["a node has ended", *(one.tail() for one in self.nodes)]))
            try:
                if found := look():
                    return found
            except (OSError, HTTPException, ValueError) as error:
                last = error
            if time.monotonic() > deadline:
                tails = (one.tail() for one in self.nodes)
                raise NotUp("\n".join([f"{problem} after {seconds} s: {last}", *tails]))
            time.sleep(0.1)

    def _begin(self, node: Node) -> subprocess.Popen[bytes]:
        command = ["setpriv", "--pdeathsig", "KILL"]
        if os.geteuid() == 0:
            user = pwd.getpwnam(UNPRIVILEGED)
            command += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        with node.log.open("ab") as log:
            return subprocess.Popen(
                [*command, "--", *node.place.command(self.java, self.home)],
                cwd=node.place.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,  # Ctrl-C is for this process, which ends them in its own order
            )


@contextmanager
def scratch(parent: Path | None = None) -> Iterator[Path]:
    """A temporary folder where the user whom nodes run as can come, unlike pytest's of root.

    Below ``parent``, or wherever temporary files are.
    """
    with TemporaryDirectory(prefix="warta-cluster-", dir=parent) as name:
        yield Path(name)


def _give_away(folder: Path) -> None:
    """All below the folder, to the user whom nodes run as."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(UNPRIVILEGED)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def _free_ports(count: int) -> list[int]:
    """Ports at which nobody listens, and which no outgoing connection is given meanwhile."""
    free: list[int] = []
    for port in random.sample(range(20_000, 32_000), 12_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        free.append(port)
        if len(free) == count:
            return free
    raise NotUp(f"no {count} ports of the loopback are free")
