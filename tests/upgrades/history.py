"""The programs of this repository's history, one for each version of schema and analyzer."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.article import Article
from tests.conftest import ROOT

_DECLARED = r"^(SCHEMA|ANALYZER)_VERSION = "
PACKAGES = ("index", "search", "web")


@dataclass(frozen=True, slots=True)
class Program:
    """The program of a commit, unpacked into a folder; ``version`` as indexes have it."""

    version: str
    folder: Path

    def command(self, *words: str | Path) -> list[str]:
        """The arguments that run its ``warta``."""
        return [sys.executable, "-m", "web.cli", *map(str, words)]

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which Python finds its packages and no others of Warta's."""
        return {**os.environ, "PYTHONPATH": str(self.folder)}

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run its ``warta`` to the end."""
        return subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def _git(*words: str) -> bytes:
    return subprocess.run(
        ["git", "-C", str(ROOT), *words], capture_output=True, timeout=120, check=True
    ).stdout


@cache
def versions() -> Sequence[tuple[str, str]]:
    """Version and newest commit of each pair of schema and analyzer but today's, newest first.

    Empty where there is no history: in a tarball, or where git is missing.
    """
    try:
        if _git("rev-parse", "--is-shallow-repository").strip() == b"true":
            return ()
        changed = _git("log", "--format=%H %P", f"-G{_DECLARED}", "--", "index").decode()
        commits = list(dict.fromkeys(["HEAD", *changed.split()]))
        dated = _git("log", "--no-walk=unsorted", "--format=%ct %H", *commits).decode()
    except (OSError, subprocess.SubprocessError):
        return ()
    found: dict[str, str] = {}
    for line in sorted(dated.splitlines(), key=lambda line: -int(line.split()[0])):
        commit = line.split()[1]
        if version := _version(commit):
            found.setdefault(version, commit)
    return list(found.items())[1:]


def _version(commit: str) -> str:
    """What indexes of a commit's program have as their version; empty where it made none."""
    try:
        text = _git("grep", "-hE", _DECLARED, commit, "--", "index").decode()
    except subprocess.CalledProcessError:
        return ""
    declared = dict(re.findall(r'^(\w+)_VERSION = "(.*)"', text, re.MULTILINE))
    if set(declared) != {"SCHEMA", "ANALYZER"}:
        return ""
    return f"schema {declared['SCHEMA']}, analyzer {declared['ANALYZER']}"


def program(version: str, commit: str, folder: Path) -> Program:
    """Unpack the program of a commit."""
    packed = _git("archive", commit, *PACKAGES)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return Program(version, folder)


def as_lines(articles: Sequence[Article]) -> str:
    """The articles as JSON Lines, which every version reads."""
    rows = []
    for article in articles:
        row = {
            name: getattr(article, name)
            for name in ("id", "title", "body", "source", "category", "place", "author", "url")
        }
        row["date"] = article.date.isoformat() if article.date else None
        rows.append({name: value for name, value in row.items() if value})
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
