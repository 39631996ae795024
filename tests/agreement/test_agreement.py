"""Totals, facets, histogram, cursor and CSV of readers' queries agree, in every order."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

from index.build import LocalTarget
from index.sources import ReadReport, read_articles
from index.target import BuildOptions
from search.local import LocalEngine
from tests.agreement.agree import disagreements
from tests.conftest import LONG
from web.app import create_app

ARTICLES = 150
"""More than one batch of an export; all thousand in ``make test-long``."""

ODD = (
    "",
    "yang di",
    '"harga beras" naik',
    "gempa -lombok",
    "+gempa lombok",
    "a b c d e f",
    "?!",
    "xyzzyq qqzzx",
    "korupsi NEAR/8 (bupati OR gubernur) -suap",
    '"kepala * daerah" tanggal:2017..2023',
    "=memakan OR kebakran~1",
)


def test_all_numbers_of_an_answer_agree(data: Path, tmp_path: Path) -> None:
    articles = read_articles([data / "news/articles-1k.jsonl"], ReadReport())
    some = islice(articles, None if LONG else ARTICLES)
    index = tmp_path / "index"
    LocalTarget(index).rebuild(some, BuildOptions())
    engine = LocalEngine(index)
    client = create_app(str(index)).test_client()
    queries = json.loads((data / "news/user-queries.json").read_text())[:: 50 if LONG else 334]
    assert len(queries) == (20 if LONG else 3)
    said = [
        one for query in (*queries, *ODD) for one in disagreements(engine, client, index, query)
    ]
    engine.close()
    assert said == []
