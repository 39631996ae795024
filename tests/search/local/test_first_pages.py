"""First pages are the beginning of all hits, whatever is skipped to find them.

What may be skipped depends on which articles are listed, in which order, and on what else an answer
holds; each pair of these is asked here. All hits stand on one page, so nothing is skipped there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from index.article import Article
from index.fields import Facet
from index.kernels import kernel
from search.local.engine import LocalEngine
from search.local.find import Found, find
from search.local.plan import Plan
from search.request import Partial, SearchRequest, Sort
from search.response import Hit, SearchResponse
from tests.conftest import article
from tests.search.local.archives import write_archive

_WORDS = (
    "harga",
    "beras",
    "naik",
    "banjir",
    "jakarta",
    "petani",
    "gempa",
    "cabai",
    "impor",
    "pasar",
)
_NUMBER = 95
_WHOLE = 100
_QUERIES: Mapping[str, str] = {
    "one word": "beras",
    "two words": "harga beras",
    "one of them rare": "harga langka",
    "one of them nowhere": "harga zzxqy",
    "several": "harga beras naik jakarta",
    "long": "harga beras naik banjir jakarta petani gempa cabai",
    "nine words": "harga beras naik banjir jakarta petani gempa cabai impor",
    "a stop word": "harga di jakarta",
    "written together": "harga sepakbola",
    "written apart": "harga sepak bola",
    "question": "mengapa harga beras naik",
    "question of one word": "apa itu gempa",
    "any": "harga OR gempa",
    "side by side": '"harga beras"',
    "one must": "+harga beras naik",
    "excluded": "harga beras -gempa",
    "prefix": "pet* beras",
    "grouped": "(harga OR gempa) beras",
    "everything": "",
}
_AT_ONCE = {
    *("one word", "two words", "one of them rare", "one of them nowhere", "several", "long"),
    *("nine words", "a stop word", "written together", "written apart", "question of one word"),
    "any",
}
"""Nothing but words; no answer is looked for."""
_ONLY: Mapping[str, dict[str, Any]] = {
    "all": {},
    "filtered": {"filters": {Facet.CATEGORY: ("Ekonomi",)}, "date_from": date(2024, 1, 3)},
    "folded": {"collapse": True},
    "recent first": {"recency": 2000.0},
}


def _articles() -> list[Article]:
    """Of few words, some of them rare, so that many scores are the same; some are copies."""
    random = Random(16)
    found: list[Article] = []
    for number in range(_NUMBER):
        if number % 9 == 8:
            title, body = found[-3].title, found[-3].body
        else:
            words = [random.choice(_WORDS[: 2 + number % len(_WORDS)]) for _ in range(9)]
            title, body = " ".join(words[:3]), " ".join(words[3:])
            body += " langka" if number % 31 == 7 else ""
        body += (" sepakbola", " sepak bola")[number % 2] if number % 7 == 3 else ""
        day = f"2024-01-{1 + number % 14:02}"
        found.append(
            article(number, title, body, day, category=("Ekonomi", "Olahraga")[number % 2])
        )
    return found


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> LocalEngine:
    path = tmp_path_factory.mktemp("index") / "index"
    articles = _articles()
    write_archive(path, [articles[:50], articles[50:80], articles[80:]], {4, 51, 52})
    return LocalEngine(path)


def _shown(hit: Hit) -> tuple[object, ...]:
    return hit.id, hit.missing, hit.similar_count


def _counts(response: SearchResponse) -> tuple[int, int, int, bool]:
    return response.total, response.partial_total, response.listed, response.partial


@pytest.mark.parametrize("only", _ONLY)
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("partial", list(Partial))
@pytest.mark.parametrize("query", _QUERIES)
def test_the_first_pages_are_the_beginning_of_all_hits(
    engine: LocalEngine, query: str, partial: Partial, sort: Sort, only: str
) -> None:
    asked = SearchRequest(_QUERIES[query], sort=sort, partial=partial, **_ONLY[only])
    whole = engine.search(replace(asked, per_page=_WHOLE, facets=False))
    assert len(whole.hits) == whole.listed
    for facets in (False, True):
        for explain in (False, True):
            for size in (1, 4, 13):
                request = replace(asked, per_page=size, facets=facets, explain=explain)
                hits: list[Hit] = []
                for number in (1, 2, 3):
                    page = engine.search(replace(request, page=number))
                    assert _counts(page) == _counts(whole)
                    hits += page.hits
                first = whole.hits[: 3 * size]
                assert [_shown(hit) for hit in hits] == [_shown(hit) for hit in first]
                if sort is Sort.RELEVANCE:
                    # Time passes, and ages count from now.
                    scores = [hit.score for hit in first]
                    assert [hit.score for hit in hits] == pytest.approx(scores, rel=1e-6)


@pytest.mark.skipif(kernel("paging") is None, reason="the kernels are not in use")
def test_pages_of_nothing_but_words_are_made_at_once(
    engine: LocalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_steps: list[str] = []

    def watched(plan: Plan, *more: Any) -> Found:
        by_steps.append(plan.question.text)
        return find(plan, *more)

    monkeypatch.setattr("search.local.engine.find", watched)
    at_once = set()
    for name, query in _QUERIES.items():
        for _ in range(2):  # The first makes the words ready.
            by_steps.clear()
            engine.search(SearchRequest(query, facets=False))
        if not by_steps:
            at_once.add(name)
    assert at_once == _AT_ONCE


@pytest.mark.parametrize("only", _ONLY)
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("query", _QUERIES)
def test_what_is_listed_is_what_is_counted(
    engine: LocalEngine, query: str, sort: Sort, only: str
) -> None:
    asked = SearchRequest(_QUERIES[query], sort=sort, per_page=_WHOLE, **_ONLY[only])
    off, follow, both = (
        engine.search(replace(asked, partial=one))
        for one in (Partial.OFF, Partial.FOLLOW, Partial.WITH)
    )
    assert off.listed == off.total == len({hit.id for hit in off.hits})
    assert both.listed == both.total + both.partial_total == len({hit.id for hit in both.hits})
    assert {hit.id for hit in off.hits} == {hit.id for hit in both.hits if not hit.missing}
    expected = both if sort is Sort.RELEVANCE or not off.total else off
    assert [hit.id for hit in follow.hits] == [hit.id for hit in expected.hits]
