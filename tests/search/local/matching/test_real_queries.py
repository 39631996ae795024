"""Queries of readers over a thousand real articles, beside the twin and Whoosh."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from whoosh import index as whoosh_index

from index.build import LocalTarget
from index.sources import ReadReport, read_articles
from index.target import BuildOptions
from search.local.matches import Matches
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.parse import parse
from search.query.syntax.boolean import relaxed
from tests.conftest import LONG
from tests.search.local.asking import compiled, searcher
from tests.search.local.twin import Twin


def test_the_arrays_agree_with_the_twin_and_with_whoosh(data: Path, tmp_path: Path) -> None:
    articles = list(read_articles([data / "news/articles-1k.jsonl"], ReadReport()))
    LocalTarget(tmp_path).rebuild(articles, BuildOptions())
    snapshot = Snapshot(tmp_path)
    twin = Twin(articles)
    typed: list[str] = orjson.loads((data / "news/user-queries.json").read_bytes())
    typed = typed if LONG else typed[::5]
    index = whoosh_index.open_dir(str(snapshot.generation.path), readonly=True)
    with index.searcher(weighting=BM25()) as whoosh_searcher:
        for text in typed:
            root = parse(text).root
            strict = compiled(root)
            found = searcher(snapshot).run(strict)
            scores = {number: twin.score(strict, number) for number in range(len(articles))}
            _same(found, {n: score for n, score in scores.items() if score is not None}, text)
            for node in (root, relaxed(root)):
                if node is not None:
                    query = compiled(node)
                    witness = {
                        hit.docnum: hit.score for hit in whoosh_searcher.search(query, limit=None)
                    }
                    _same(searcher(snapshot).run(query), witness, text)
    index.close()
    snapshot.close()


def _same(found: Matches, expected: dict[int, float], text: str) -> None:
    assert found.documents.tolist() == sorted(expected), text
    scores = [expected[number] for number in found.documents.tolist()]
    assert found.scores.tolist() == pytest.approx(scores, rel=1e-5), text
