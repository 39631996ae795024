"""SQLite's FTS5, as Python's standard library brings it."""

from __future__ import annotations

import re
import sqlite3
from functools import partial
from pathlib import Path

from tests.bench.corpora import texts
from tests.bench.peers.peer import PAGE, Answer, Peer, build_from_arguments, module_command

_FILE = "news.sqlite"
_SEARCH = f"select title from news where news match ? order by rank limit {PAGE}"
_COUNT = "select count(*) from news where news match ?"
_SNIPPETS = f"""
    select snippet(news, 1, '<mark>', '</mark>', '…', 30) from news where news match ?
    order by rank limit {PAGE}
"""


class FTS5:
    """Words of title and body; the total is a question of its own."""

    def __init__(self, directory: Path) -> None:
        self._database = sqlite3.connect(directory / _FILE)
        # Without it every page is read through a system call.
        self._database.execute("pragma mmap_size = 4294967296")

    def search(self, query: str, *, every: bool = False) -> Answer:
        match = _match(query, every=every)
        titles = [title for (title,) in self._database.execute(_SEARCH, [match])]
        return Answer(self._count(match), titles)

    def page(self, query: str) -> list[str]:
        match = _match(query)
        snippets = [snippet for (snippet,) in self._database.execute(_SNIPPETS, [match])]
        self._count(match)
        return snippets

    def close(self) -> None:
        self._database.close()

    def _count(self, match: str) -> int:
        total: int = self._database.execute(_COUNT, [match]).fetchone()[0]
        return total


def _match(query: str, *, every: bool = False) -> str:
    words = [f'"{word}"' for word in re.findall(r"\w+", query)]
    return (" AND " if every else " OR ").join(words) or '""'


def build(articles: Path, directory: Path, threads: int) -> None:
    """One transaction, then one b-tree; SQLite writes on one thread whatever is asked."""
    del threads
    database = sqlite3.connect(directory / _FILE)
    with database:
        database.execute("create virtual table news using fts5(title, body, url unindexed)")
        rows = ((text.title, text.body, text.url) for text in texts(articles))
        database.executemany("insert into news values (?, ?, ?)", rows)
    with database:
        database.execute("insert into news(news) values ('optimize')")
    database.close()


PEER = Peer(
    "fts5",
    f"SQLite {sqlite3.sqlite_version} FTS5",
    "fts5",
    partial(module_command, "tests.bench.peers.fts5"),
    FTS5,
)


if __name__ == "__main__":
    build_from_arguments(build)
