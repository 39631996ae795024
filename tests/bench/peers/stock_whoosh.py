"""Whoosh 2.7.4 as it comes: its own codec, its StandardAnalyzer, BM25F."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from whoosh import fields, index
from whoosh.qparser import MultifieldParser, OrGroup

from tests.bench.corpora import texts
from tests.bench.peers.peer import PAGE, Answer, Peer, build_from_arguments, module_command


class Whoosh:
    """Words of title and body; the total is ``len(results)``."""

    def __init__(self, directory: Path) -> None:
        self._index = index.open_dir(str(directory))
        self._searcher = self._index.searcher()
        names = ["title", "body"]
        self._either = MultifieldParser(names, self._index.schema, group=OrGroup)
        self._every = MultifieldParser(names, self._index.schema)

    def search(self, query: str, *, every: bool = False) -> Answer:
        parser = self._every if every else self._either
        results = self._searcher.search(parser.parse(query), limit=PAGE)
        return Answer(len(results), [hit["title"] for hit in results])

    def page(self, query: str) -> list[str]:
        results = self._searcher.search(self._either.parse(query), limit=PAGE)
        assert len(results) >= 0  # counted as in search
        return [hit.highlights("body") for hit in results]

    def close(self) -> None:
        self._searcher.close()
        self._index.close()


def build(articles: Path, directory: Path, threads: int) -> None:
    """On one process as it comes; on several with what its documentation advises for speed."""
    schema = fields.Schema(
        title=fields.TEXT(stored=True), body=fields.TEXT(stored=True), url=fields.STORED
    )
    made = index.create_in(str(directory), schema)
    writer = made.writer() if threads == 1 else made.writer(procs=threads, multisegment=True)
    for text in texts(articles):
        writer.add_document(title=text.title, body=text.body, url=text.url)
    writer.commit()


PEER = Peer(
    "whoosh",
    "Whoosh 2.7.4",
    "whoosh",
    partial(module_command, "tests.bench.peers.stock_whoosh"),
    Whoosh,
)


if __name__ == "__main__":
    build_from_arguments(build)
