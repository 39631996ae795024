"""What a node is started with: its folders, its three files and the command of its JVM.

Light rather than fast: small heaps, the quick compiler and one collector thread halve what a start
costs. ``OPENSEARCH_JAVA_OPTS`` comes last, as in the stock script: ``-XX:TieredStopAtLevel=4
-Xmx2g`` for measuring.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Java is started at once, without the stock script, which first runs four other JVMs; these are
# the options that it would find for a start on a small machine.
JVM = (
    "-Xms128m",
    "-Xmx512m",
    "-Xss1m",
    "-XX:MaxDirectMemorySize=256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+ExitOnOutOfMemoryError",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "-Dfile.encoding=UTF-8",
    "-Dio.netty.allocator.numDirectArenas=0",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.recycler.maxCapacityPerThread=0",
    "-Djava.awt.headless=true",
    "-Djava.locale.providers=SPI,CLDR",
    "-Djna.nosys=true",
    "-Dlog4j.shutdownHookEnabled=false",
    "-Dlog4j2.disable.jmx=true",
    "-Dopensearch.bundled_jdk=false",
    "-Dopensearch.distribution.type=zip",
    "-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1",
)

LOG4J = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] [%node_name]%marker %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""
"""To the output alone, which goes into the node's log."""


RECOVERY = {
    "cluster.routing.allocation.node_concurrent_recoveries": 16,
    "cluster.routing.allocation.node_initial_primaries_recoveries": 16,
    "indices.recovery.internal_action_timeout": "5s",
    "indices.recovery.internal_action_long_timeout": "10s",
    "indices.recovery.recovery_activity_timeout": "10s",
    "indices.recovery.retry_delay_network": "500ms",
    "indices.recovery.retry_delay_state_sync": "200ms",
}
"""A copy of a shard whose other node was killed in its midst is else waited for during a quarter of
an hour, and keeps all others waiting, as two are made at a time."""


@dataclass(frozen=True)
class Place:
    """Where a node lives: its name, its folder and its two ports of the loopback."""

    name: str
    folder: Path
    http: int
    transport: int

    def lay_out(self, cluster: str, places: Sequence[Place], repository: Path) -> None:
        """Write the files of a node among these; its data stay as they are."""
        for name in ("config", "data", "logs", "tmp"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        settings = {
            "cluster.name": cluster,
            "node.name": self.name,
            "node.processors": 2,
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "path.repo": str(repository),
            "network.host": "127.0.0.1",
            "http.port": self.http,
            "transport.port": self.transport,
            "discovery.seed_hosts": [f"127.0.0.1:{one.transport}" for one in places],
            "cluster.initial_cluster_manager_nodes": [one.name for one in places],
            "cluster.routing.allocation.disk.threshold_enabled": False,
            **RECOVERY,
        }
        lines = [f"{name}: {json.dumps(value)}\n" for name, value in settings.items()]
        config = self.folder / "config"
        (config / "opensearch.yml").write_text("".join(lines), "utf-8")
        (config / "log4j2.properties").write_text(LOG4J, "utf-8")

    def command(self, java: Path, home: Path) -> list[str]:
        """Its JVM. OpenSearch's agent, which polices plugins and takes a third of a start, is on
        the class path, where its classes are asked for, and not in force."""
        (agent,) = (home / "agent").glob("opensearch-agent-bootstrap-*.jar")
        return [
            str(java / "bin/java"),
            *JVM,
            f"-Djava.io.tmpdir={self.folder / 'tmp'}",
            f"-XX:ErrorFile={self.folder / 'logs/jvm.log'}",
            f"-Dopensearch.path.home={home}",
            f"-Dopensearch.path.conf={self.folder / 'config'}",
            *shlex.split(os.environ.get("OPENSEARCH_JAVA_OPTS", "")),
            "-cp",
            f"{home / 'lib/*'}:{agent}",
            "org.opensearch.bootstrap.OpenSearch",
        ]
