"""What an index answers, as JSON on standard output: asked with and without kernels, and compared.

``python -m tests.search.local.roads INDEX`` prints a list; ``answers`` is the same in this process.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import orjson

from index.article import Article
from index.fields import Facet
from search.budget import Budget
from search.json_shapes import as_json
from search.local.engine import LocalEngine
from search.request import Partial, SearchRequest, Sort

WORDS = ("kereta", "cepat", "gubernur", "bali", "oleh", "seorang", "tanggal", "gempa", "bumi", "di")
HEADLINES = ("kereta cepat bali", "gempa bumi", "gubernur bali", "kereta cepat gubernur di bali")
QUERIES = (
    *WORDS,
    *HEADLINES,
    "nama kereta cepat gubernur bali",
    "siapa gubernur bali",
    "kapan gempa bumi",
    "oleh kereta cepat gubernur bali seorang",
    "judul:bali kereta",
    "kereta -cepat",
    '"kereta cepat"',
    '"gempa bumi" bali',
    "gempa NEAR/3 bali",
    "kereta NEAR/4 cepat NEAR/4 bali",
    "isi:gempa gubernur",
    "jakarta kita gempa (gubernur jakarta kita) bali",
    "gub* bali",
    "jakartakita",
    "jakartakita gempa",
    "gubernur jakarta kita kereta cepat",
    "keretacepat 2024",
    "tidak ada sama sekali",
)
ASKED: tuple[dict[str, Any], ...] = (
    {"facets": False, "snippets": False},
    {"facets": True, "snippets": False, "explain": True},
    {"facets": True, "snippets": True, "collapse": True, "page": 2, "per_page": 3},
    {"facets": False, "snippets": False, "sort": Sort.NEWEST, "partial": Partial.WITH},
    {"facets": False, "snippets": False, "recency": 9.0, "explain": True},
    {"facets": False, "snippets": False, "filters": {Facet.SOURCE: ("Kabar",)}},
    {"facets": False, "snippets": True, "excluded": {Facet.SOURCE: ("Kabar",)}},
)
MORE = ("isi", "kata", "baca juga", "jakarta kita", "jakartakita")
FEW = 60_000
"""Work that a question of these may need more than."""


def archive(articles: int, seed: int) -> list[Article]:
    """Made-up articles of few words, some of them with a text that another one has."""
    chance = random.Random(seed)
    bodies: list[str] = []
    found = []
    for number in range(articles):
        words = chance.choices((*WORDS, *HEADLINES, *MORE), k=30)
        body = chance.choice(bodies) if bodies and chance.random() < 0.2 else " ".join(words)
        bodies.append(body)
        title = chance.choice((*HEADLINES, " ".join(chance.choices(WORDS, k=4)), "Kata & kata"))
        source = chance.choice((None, "Kabar", "Niaga"))
        found.append(Article(f"a{number}", title, body, source=source))
    return found


def answers(index: Path) -> list[Any]:
    """Of every query, asked in every way, the answer and the work that it took."""
    engine = LocalEngine(index)
    found = []
    for query in QUERIES:
        for asked in ASKED:
            for most in (None, FEW) if asked is ASKED[1] else (None,):
                whole = Budget(60.0)
                if most is not None:
                    whole = Cut(60.0, most)
                answer = as_json(engine.search(SearchRequest(query, **asked), whole))
                del answer["took_ms"], answer["next_cursor"]
                if "recency" in asked:  # age goes on
                    answer["hits"] = [hit["id"] for hit in answer["hits"]]
                found.append([query, most, answer, whole.all_work()])
    engine.close()
    return found


class Cut(Budget):
    """A budget no part of which has more work than some."""

    __slots__ = ("_of_parts",)

    def __init__(self, seconds: float, of_parts: int) -> None:
        super().__init__(seconds)
        self._of_parts = of_parts

    def part(self, most: float = 0) -> Budget:
        return super().part(min(most, self._of_parts))


if __name__ == "__main__":
    sys.stdout.buffer.write(orjson.dumps(answers(Path(sys.argv[1]))))
