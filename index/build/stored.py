"""The articles that an index has stored, for ``rebuild --from-index``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from whoosh import index as whoosh_index

from index.article import Article
from index.build.documents import article
from index.store import Store


def stored_articles(path: Path) -> Iterator[Article]:
    """Every live article of the index at ``path``, of this version or an older one.

    Raises ``IndexMissing`` and ``IndexDamaged``.
    """
    generation = Store(path).open_current(any_version=True)
    with generation.hold:
        index = whoosh_index.open_dir(str(generation.path))
        reader = index.reader()
        try:
            for _, stored in reader.iter_docs():
                yield article(stored)
        finally:
            reader.close()
            index.close()
