"""Lucene in a Java process of its own, which answers through a pipe and reads its own clock.

What it needs (a JDK of 21 or more, and Maven for the jars) is looked for once; where something is
missing the peer is absent and says why. Jars and classes wait in ``build/lucene``.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

import orjson

from index.article import Article
from tests.bench.peers.peer import ROOT, Answer, Peer

_VERSION = "10.6.0"
_JARS = (
    f"org.apache.lucene:lucene-core:{_VERSION}",
    f"org.apache.lucene:lucene-analysis-common:{_VERSION}",
    "com.fasterxml.jackson.core:jackson-core:2.18.2",
)
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
_JAVA = 21
_CACHE = ROOT / "build/lucene"
_SOURCE = Path(__file__).with_name("Lucene.java")
_OPTIONS = (
    "-Xmx2g",
    # What Lucene itself recommends on a recent Java.
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
)


class Absent(Exception):
    """Something that Lucene needs is not here; the message says what."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A Java with everything that it needs."""

    java: Path
    classpath: str

    def command(self, *arguments: str | Path) -> list[str]:
        return [
            str(self.java),
            *_OPTIONS,
            "-cp",
            self.classpath,
            "Lucene",
            *map(str, arguments),
        ]


class Searching:
    """The Java process that has the index open."""

    def __init__(self, directory: Path) -> None:
        self._java = subprocess.Popen(
            _ready().command("search", directory),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def search(self, query: str, *, every: bool = False) -> Answer:
        assert self._java.stdin is not None
        assert self._java.stdout is not None
        self._java.stdin.write(f"{'every' if every else 'or'}\t{' '.join(query.split())}\n")
        self._java.stdin.flush()
        nanoseconds, total, *titles = self._java.stdout.readline().rstrip("\n").split("\t")
        return Answer(int(total), titles, int(nanoseconds) / 1e9)

    def page(self, query: str) -> list[str]:
        raise NotImplementedError(query)

    def close(self) -> None:
        self._java.communicate()


def absent() -> str | None:
    """Why Lucene cannot take part, or None."""
    try:
        _ready()
    except Absent as reason:
        return str(reason)
    return None


def rank(
    articles: Iterable[Article], queries: Mapping[str, str], folder: Path, depth: int
) -> dict[str, list[str]]:
    """The ids of the best ``depth`` of what has one of the words, by query id.

    Titles and bodies count the same; ``folder`` gets the index.
    """
    file = folder / "articles.jsonl"
    with file.open("wb") as stream:
        for one in articles:
            # Its url is what Lucene keeps of an article without searching it.
            kept = {"title": one.title, "body": one.body, "url": one.id}
            stream.write(orjson.dumps(kept, option=orjson.OPT_APPEND_NEWLINE))
    index = folder / "index"
    _run(*_build(file, index, 1))
    ranked = subprocess.run(
        _ready().command("rank", index, str(depth)),
        input="".join(f"{' '.join(text.split())}\n" for text in queries.values()),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        check=True,
    )
    lines = ranked.stdout.split("\n")
    return {
        identity: line.split("\t") if line else []
        for identity, line in zip(queries, lines[:-1], strict=True)
    }


@cache
def _ready() -> _Ready:
    """Raises ``Absent``."""
    home = _jdk()
    jars = _CACHE / "jars"
    for jar in _JARS:
        _, name, version = jar.split(":")
        if not (jars / f"{name}-{version}.jar").exists():
            _run("mvn", "-q", "-B", _COPY, f"-Dartifact={jar}", f"-DoutputDirectory={jars}")
    digest = sha256(_SOURCE.read_bytes() + "".join(_JARS).encode()).hexdigest()[:12]
    classes = _CACHE / f"classes-{digest}"
    if not (classes / "Lucene.class").exists():
        _run(str(home / "bin/javac"), "-cp", f"{jars}/*", "-d", str(classes), str(_SOURCE))
    return _Ready(home / "bin/java", f"{classes}:{jars}/*")


def _jdk() -> Path:
    """The newest JDK of $JAVA_HOME and of where Debian and others put them."""
    named = [Path(home) for home in [os.environ.get("JAVA_HOME")] if home]
    homes = chain(named, Path("/usr/lib/jvm").glob("*"))
    versions = {home: _java_version(home) for home in homes}
    if not versions or max(versions.values()) < _JAVA:
        raise Absent(f"no JDK {_JAVA} or newer")
    return max(versions, key=lambda home: versions[home])


def _java_version(home: Path) -> int:
    """The version in the file that every JDK has; 0 without a compiler."""
    release = home / "release"
    if not (home / "bin/javac").exists() or not release.exists():
        return 0
    found = re.search(r'JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"))
    return int(found[1]) if found else 0


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    except FileNotFoundError as error:
        raise Absent(f"no {command[0]}") from error
    except subprocess.CalledProcessError as error:
        raise Absent(f"{command[0]} failed ({error.returncode})") from error
    except subprocess.TimeoutExpired as error:
        raise Absent(f"{command[0]} took too long") from error


def _build(articles: Path, directory: Path, threads: int) -> list[str]:
    return _ready().command("build", articles, directory, str(threads))


PEER = Peer(
    "lucene",
    f"Lucene {_VERSION}",
    "lucene",
    _build,
    Searching,
    absent=absent,
    snippets=False,
    inside=False,
)
