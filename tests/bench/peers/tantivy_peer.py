"""tantivy behind its Python package: a native engine in the same process, without Indonesian."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tantivy import Document, Index, SchemaBuilder, SnippetGenerator

from tests.bench.corpora import texts
from tests.bench.peers.peer import PAGE, Answer, Peer, build_from_arguments, module_command

_HEAP = 512 << 20  # as much as `warta rebuild` may take
_FIELDS = ["title", "body"]


class Tantivy:
    """Words of title and body; its collector counts while it keeps the best ten."""

    def __init__(self, directory: Path) -> None:
        self._index = Index.open(str(directory))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def search(self, query: str, *, every: bool = False) -> Answer:
        parsed, _ = self._index.parse_query_lenient(query, _FIELDS, conjunction_by_default=every)
        result = self._searcher.search(parsed, limit=PAGE, count=True)
        titles = [self._searcher.doc(place)["title"][0] for _, place in result.hits]
        return Answer(result.count, titles)  # type: ignore[attr-defined] # not in its stubs

    def page(self, query: str) -> list[str]:
        parsed, _ = self._index.parse_query_lenient(query, _FIELDS)
        result = self._searcher.search(parsed, limit=PAGE, count=True)
        generator = SnippetGenerator.create(self._searcher, parsed, self._schema, "body")
        return [
            generator.snippet_from_doc(self._searcher.doc(place)).to_html()
            for _, place in result.hits
        ]

    def close(self) -> None:
        del self._searcher, self._index


def build(articles: Path, directory: Path, threads: int) -> None:
    """One commit, merges waited for."""
    builder = SchemaBuilder()
    for name in _FIELDS:
        builder.add_text_field(name, stored=True)
    builder.add_bytes_field("url", stored=True)
    index = Index(builder.build(), path=str(directory))
    writer = index.writer(_HEAP, threads)
    for text in texts(articles):
        writer.add_document(Document(title=text.title, body=text.body, url=text.url.encode()))
    writer.commit()
    writer.wait_merging_threads()


PEER = Peer(
    "tantivy",
    "tantivy 0.27",
    "tantivy",
    partial(module_command, "tests.bench.peers.tantivy_peer"),
    Tantivy,
)


if __name__ == "__main__":
    build_from_arguments(build)
