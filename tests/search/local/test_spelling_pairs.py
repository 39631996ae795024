"""Spellings of one thing over real articles: typed either way, they find the same."""

from __future__ import annotations

from pathlib import Path

from index.build import LocalTarget
from index.sources import ReadReport, read_articles
from index.target import BuildOptions
from tests.relevance.spellings import PAIRS, Archive


def test_what_articles_have_in_one_piece_is_found_however_it_is_typed(
    data: Path, tmp_path: Path
) -> None:
    articles = read_articles([data / "news/articles-1k.jsonl"], ReadReport())
    LocalTarget(tmp_path).rebuild(articles, BuildOptions())
    archive = Archive(tmp_path)
    frequency = archive.snapshot.dictionary.document_frequency
    tried = 0
    for line in PAIRS:
        spellings = line.split("|")
        if any(frequency("body_exact", one) for one in spellings):
            found = {one: archive.found(one) for one in spellings}
            assert set(found.values()) == {found[spellings[0]]}, found
            tried += 1
    archive.snapshot.close()
    assert tried > len(PAIRS) // 3
