"""Get the stock distribution of OpenSearch: from Maven Central, once, into a cache.

It is the one that OpenSearch's own integration tests run: all modules, no plugins, no Java.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from tests.cluster.java import Missing

VERSION = "3.8.0"
ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
SHA256 = "196c3cf4602c394f2e40e6174ccbf2a924eae37246f08fa6bbb6b75f9fd5ff1f"
MAVEN_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1"
SECONDS = 900
"""How long 161 MB may take to come."""
LEFT_OUT = ("ingest-geoip",)
"""Modules that are a third of the whole and of no use here."""


class Altered(Exception):
    """What was downloaded is not the file whose digest stands here."""


def cache() -> Path:
    """The folder for what is kept between runs: ``WARTA_CACHE``, else the user's own.

    Root's is the system's: nodes run as another user, who cannot read root's home.
    """
    if named := os.environ.get("WARTA_CACHE"):
        return Path(named).absolute()
    if os.geteuid() == 0:
        return Path("/var/cache/warta")
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "warta"


def opensearch_home() -> Path:
    """The unzipped distribution, downloaded where the cache has none.

    Raises ``Missing`` without Maven or a network, ``Altered`` where the digest is another.
    """
    home = cache() / f"opensearch-{VERSION}-{SHA256[:12]}"
    if not home.is_dir():
        home.parent.mkdir(parents=True, exist_ok=True)
        with _alone(home.with_name(f"{home.name}.lock")):
            if not home.is_dir():
                with TemporaryDirectory(prefix="opensearch-", dir=home.parent) as folder:
                    unzip(_downloaded(Path(folder)), home)
    return home


def unzip(file: Path, home: Path, digest: str = SHA256) -> None:
    """Lay the distribution out at ``home``, all of it or nothing. Raises ``Altered``."""
    with file.open("rb") as stream:
        found = file_digest(stream, "sha256").hexdigest()
    if found != digest:
        raise Altered(f"{file.name} has the SHA-256 {found}, not {digest}: not used")
    with ZipFile(file) as archive:
        archive.extractall(file.parent)
        (top,) = {name.partition("/")[0] for name in archive.namelist()}
    for module in LEFT_OUT:
        shutil.rmtree(file.parent / top / "modules" / module)
    (file.parent / top).rename(home)


def _downloaded(folder: Path) -> Path:
    """The zip, in a Maven repository below the folder. Maven compares Central's SHA-1 itself."""
    if shutil.which("mvn") is None:
        raise Missing("Maven is not installed, which downloads OpenSearch (Debian: maven)")
    command = ("mvn", "--batch-mode", "--quiet", "--strict-checksums", f"{MAVEN_PLUGIN}:get")
    run = subprocess.run(
        [
            *command,
            f"-Dmaven.repo.local={folder}",
            "-Dtransitive=false",
            f"-Dartifact={ARTIFACT}",
        ],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if run.returncode != 0:
        raise Missing(f"Maven could not download {ARTIFACT}:\n{run.stdout[-2_000:]}")
    return next(folder.rglob(f"opensearch-{VERSION}.zip"))


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """One process at a time downloads; the others wait and then find it."""
    with lock.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
