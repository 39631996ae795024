"""What the bench asks of an engine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).parents[3]
PAGE = 10
"""How many hits every question asks for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The exact number of articles found and the stored titles of the best ten.

    ``seconds`` is what the peer's own clock said where the peer runs in a process of its own.
    """

    total: int
    titles: list[str]
    seconds: float | None = None


class Searcher(Protocol):
    """An open index."""

    def search(self, query: str, *, every: bool = False) -> Answer:
        """The best ten of what has one of the words, or with ``every`` all of them."""

    def page(self, query: str) -> list[str]:
        """The same search for one of the words, and a marked snippet of each of its hits."""

    def close(self) -> None:
        """Let go of the index."""


@dataclass(frozen=True, slots=True)
class Peer:
    """An engine in one configuration.

    ``build`` gives the command that makes an index of an article file in a directory that does not
    exist yet, on so many threads or processes. Peers with the same ``index`` share one.
    ``absent`` gives the reason why the peer cannot take part here, or None. ``every`` says that it
    is only asked where all words must match, or only where one suffices.
    """

    key: str
    name: str
    index: str
    build: Callable[[Path, Path, int], list[str]]
    open: Callable[[Path], Searcher]
    absent: Callable[[], str | None] = lambda: None
    snippets: bool = True
    every: bool | None = None
    inside: bool = True  # in the process that opens it, so that its memory is there too


def module_command(module: str, articles: Path, directory: Path, threads: int) -> list[str]:
    """The command that lets a module build its index in a process of its own."""
    return [sys.executable, "-m", module, str(articles), str(directory), str(threads)]


def build_from_arguments(build: Callable[[Path, Path, int], None]) -> None:
    """What such a module does when it is run."""
    articles, directory, threads = sys.argv[1:]
    Path(directory).mkdir(parents=True)
    build(Path(articles), Path(directory), int(threads))
