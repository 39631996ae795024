"""Find a Java that OpenSearch runs on, among those that are installed.

OpenSearch 3 needs 21 or later; what ``java`` is on the path is often an older one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

OLDEST = 21
FOLDERS = ("/usr/lib/jvm", "/opt", "~/.sdkman/candidates/java")


class Missing(Exception):
    """Something that a cluster needs is not on this machine; says what, and what to do."""


def java_home() -> Path:
    """The folder of the Java that the environment names, else of the oldest that is new enough.

    Raises ``Missing``.
    """
    named = (os.environ.get(name) for name in ("OPENSEARCH_JAVA_HOME", "JAVA_HOME"))
    for home in (Path(one) for one in named if one):
        if version_of(home) >= OLDEST:
            return home
    return chosen(_installed())


def chosen(homes: Iterable[Path]) -> Path:
    """The oldest that is new enough: newer ones may not be known to OpenSearch yet."""
    fitting = [(version, home) for home in homes if (version := version_of(home)) >= OLDEST]
    if not fitting:
        raise Missing(
            f"no Java {OLDEST} or later is installed (looked at OPENSEARCH_JAVA_HOME, JAVA_HOME, "
            f"{', '.join(FOLDERS)}); Debian: apt-get install openjdk-21-jre-headless"
        )
    return min(fitting)[1]


def version_of(home: Path) -> int:
    """The feature release, as 21, by the ``release`` file of every Java; 0 where there is none."""
    try:
        text = (home / "release").read_text("utf-8", "replace")
    except OSError:
        return 0
    found = re.search(r'^JAVA_VERSION="(\d+)', text, re.MULTILINE)
    return int(found[1]) if found and os.access(home / "bin/java", os.X_OK) else 0


def _installed() -> Iterator[Path]:
    for name in FOLDERS:
        folder = Path(name).expanduser()
        if folder.is_dir():
            yield from folder.iterdir()


if __name__ == "__main__":
    try:
        print(java_home())
    except Missing as reason:
        raise SystemExit(str(reason)) from None
