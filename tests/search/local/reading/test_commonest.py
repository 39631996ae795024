"""The commonest terms with a prefix are the first of all in order, ties by their letters."""

from __future__ import annotations

from collections import Counter
from math import inf
from pathlib import Path

from index.article import Article
from index.build import LocalTarget
from index.target import BuildOptions
from search.budget import Budget
from search.local.engine import LocalEngine
from search.local.reading.dictionary import MAX_EXPANSIONS

WORDS = [f"ka{first}{second}" for first in "bdghjklmnp" for second in "aiueobdgkm"]


def test_the_commonest_are_the_first_of_all_terms_in_order(tmp_path: Path) -> None:
    texts = [" ".join(WORDS[number % 7 :: number % 3 + 1]) for number in range(12)]
    articles = [Article(id=f"a{at}", title="judul", body=text) for at, text in enumerate(texts)]
    LocalTarget(tmp_path).rebuild(articles, BuildOptions())
    counts = Counter(word for text in texts for word in text.split())
    expected = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    with LocalEngine(tmp_path)._current.reading() as opened:
        found = opened.snapshot.dictionary.commonest("body_exact", "ka", Budget(inf))
    assert found.terms == tuple(expected[:MAX_EXPANSIONS])
    assert found.count == len(counts) > MAX_EXPANSIONS
