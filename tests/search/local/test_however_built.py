"""The same articles give the same answers, whoever indexed them and in which pieces and order."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from index.article import Article
from index.build.local import LocalTarget
from index.build.stored_articles import stored_articles
from index.target import BuildOptions
from search.local.engine import LocalEngine
from search.local.reading.snapshot import Snapshot
from search.request import SearchRequest, Sort
from tests.conftest import article
from tests.search.local.archives import write_archive

MANY = ("pasar kota", '"jual beli"', "jualbeli", "bupati NEAR/2 desa", "sumber:antara hujan -jalan")

DAYS = ("2024-01-10", "2024-01-11", None)
WORDS = ("pasar", "kota", "warga", "harga", "rumah", "jalan", "hujan", "sekolah", "bupati", "desa")

QUERIES = (
    *("jual beli", "jualbeli", "harga rumah", "hargarumah", "warga kota", "pasar", "jua beli"),
    *("kondisi kesehatan", '"jual beli"', "jual*", "bupati NEAR/3 desa", "sumber:antara hujan"),
)


def _archive() -> list[Article]:
    """Of articles with *jual* and *beli* these stand side by side in the later ones, mostly.

    More than are looked at to tell how often they do. Many have one score and date, and some one
    text; of glued words each is there in few articles.
    """
    random = Random(7)
    found = []
    for number in range(2600):
        words = random.choices(WORDS, k=12)
        if number < 1300:
            words[2:2] = ["jual", "lagi", "beli"]
        elif number < 2500:
            words[3:3] = ["jual", "beli"] if number % 3 else ["beli", "jual"]
        if not number % 50:
            words.append("jualbeli")
        if not number % 400:
            words.append("kondisikesehatan" if number % 800 else "HargaRumah")
        if not number % 90:
            words.extend(["kondisi", "kesehatan"])
        if not number % 333:
            words.append("situs hargarumah.com")
        title = f"kabar {WORDS[number % 10]}" if number % 7 else "kabar hujan"
        day, source = DAYS[number % 3], ("Antara", "ANTARA", "Kompas")[number % 3]
        found.append(article(number, title, " ".join(words), day, source=source))
    for number in range(2600, 2650):
        one = found[number - 2600]
        found.append(replace(one, id=f"a{number}"))
    return found


ARTICLES = _archive()


def built(path: Path, parts: Sequence[Iterable[Article]], options: BuildOptions) -> LocalEngine:
    """An index of the first part, and each of the others as an update."""
    target = LocalTarget(path)
    first, *others = parts
    target.rebuild(first, options)
    for part in others:
        target.update(part, options)
    return LocalEngine(path)


def _plain(response: Any) -> Mapping[str, Any]:
    found = asdict(response)
    for name in ("took_ms", "generation", "next_cursor"):
        del found[name]
    return found


def answers(engine: LocalEngine, queries: Iterable[str]) -> dict[str, Any]:
    """What an index answers: pages, explanations, facets, pages behind cursors, the next words."""
    found: dict[str, Any] = {}
    for query in queries:
        for name, request in (
            ("page", SearchRequest(query)),
            ("hits", SearchRequest(query, facets=False, snippets=False)),
            ("explained", SearchRequest(query, explain=True, page=2)),
            ("folded", SearchRequest(query, collapse=True)),
            ("newest", SearchRequest(query, sort=Sort.NEWEST)),
            ("oldest", SearchRequest(query, sort=Sort.OLDEST)),
        ):
            found[f"{name} {query}"] = _plain(engine.search(request))
        request, ids = SearchRequest(query, per_page=7, facets=False), list[str]()
        for _ in range(5):
            response = engine.search(request)
            ids += [hit.id for hit in response.hits]
            if response.next_cursor is None:
                break
            request = replace(request, cursor=response.next_cursor)
        found[f"cursor {query}"] = ids
    return found


def without_ties(found: Mapping[str, Any]) -> dict[str, Any]:
    """The same but for which of equal hits comes first, and what is said of each."""
    alike: dict[str, Any] = {}
    for name, one in found.items():
        if not isinstance(one, dict):
            continue
        alike[name] = {key: value for key, value in one.items() if key != "hits"}
        alike[name]["scores"] = [hit["score"] for hit in one["hits"]]
    return alike


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    engine = built(tmp_path_factory.mktemp("one"), [ARTICLES], BuildOptions(workers=1))
    return answers(engine, QUERIES)


@pytest.mark.parametrize("workers", [2, 3])
def test_however_many_processes_build_it(
    tmp_path: Path, expected: dict[str, Any], workers: int
) -> None:
    engine = built(tmp_path, [ARTICLES], BuildOptions(workers=workers))
    assert len(Snapshot(tmp_path).segments) > 1
    assert answers(engine, QUERIES) == expected


def test_however_many_updates_it_has(tmp_path: Path, expected: dict[str, Any]) -> None:
    parts = [ARTICLES[at : at + 900] for at in range(0, len(ARTICLES), 900)]
    engine = built(tmp_path, parts, BuildOptions(workers=1))
    assert len(Snapshot(tmp_path).segments) == len(parts)
    assert answers(engine, QUERIES) == expected


def test_in_whatever_order_articles_come(tmp_path: Path, expected: dict[str, Any]) -> None:
    shuffled = [*ARTICLES]
    Random(1).shuffle(shuffled)
    engine = built(tmp_path, [shuffled], BuildOptions(workers=2))
    assert without_ties(answers(engine, QUERIES)) == without_ties(expected)


def test_an_index_that_is_built_from_another_one_keeps_the_order(
    tmp_path: Path, expected: dict[str, Any]
) -> None:
    built(tmp_path / "one", [ARTICLES], BuildOptions(workers=3))
    again = stored_articles(tmp_path / "one")
    engine = built(tmp_path / "other", [again], BuildOptions(workers=1))
    assert answers(engine, QUERIES) == expected


def test_merged_segments_keep_the_order(tmp_path: Path, expected: dict[str, Any]) -> None:
    """Four updates of one size become one segment, which stands behind the rest."""
    sizes = (1800, 200, 200, 200, 250)
    parts, at = [], 0
    for size in sizes:
        parts.append(ARTICLES[at : at + size])
        at += size
    engine = built(tmp_path, parts, BuildOptions(workers=1))
    assert len(Snapshot(tmp_path).segments) < len(sizes)
    found = answers(engine, QUERIES)
    assert found == expected


@pytest.mark.parametrize("sizes", [(2650,), (1800, 200, 200, 200, 250)])
def test_numbers_of_four_bytes_change_no_answer(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected: dict[str, Any],
    sizes: tuple[int, ...],
) -> None:
    """As segments of more than 65,536 articles have them; here all have."""
    for module in ("postings_writer", "merge_postings"):
        name = f"index.segments.{module}.document_type"
        monkeypatch.setattr(name, lambda _: np.dtype("<u4"))
    ends = np.cumsum((0, *sizes)).tolist()
    parts = [ARTICLES[start:end] for start, end in pairwise(ends)]
    engine = built(tmp_path / "wide", parts, BuildOptions(workers=1))
    for segment in Snapshot(tmp_path / "wide").segments:
        assert segment.fields["body"].all_of("documents").dtype == np.uint32
    assert answers(engine, QUERIES) == expected
    monkeypatch.undo()
    narrow = built(tmp_path / "narrow", parts, BuildOptions(workers=1))
    for text in ("jual", "jual b", "harga", "bupati d", "kond", "kabar hu", "jaul beli"):
        assert engine.suggest(text, 8) == narrow.suggest(text, 8)


def test_segments_of_more_than_65_536_articles_give_the_answers_of_smaller_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Merged ones, where articles go and are replaced, too."""
    archive = _many(71_000)
    newer = [replace(one, body=f"{one.body} bupati") for one in archive[65_500:65_600]]
    gone = [one.id for one in [*archive[100:200], *archive[65_530:65_545], *archive[:68_000:1700]]]
    found = []
    for name, largest in (("large", 1 << 18), ("small", 30_000)):
        monkeypatch.setattr("index.build.tiers.LARGEST", largest)
        monkeypatch.setattr("index.build.segment_builder.LARGEST", min(largest, 18_000))
        target = LocalTarget(tmp_path / name)
        target.rebuild(archive, BuildOptions(workers=1))
        sizes = [one.size for one in Snapshot(tmp_path / name).segments]
        assert sizes == [71_000] if name == "large" else max(sizes) < 30_000
        engine = LocalEngine(tmp_path / name)
        first = answers(engine, MANY)
        target.update(newer, BuildOptions(workers=1))
        target.delete(gone, BuildOptions())
        assert target.verify() == []
        found.append((first, answers(engine, MANY)))
    assert found[0] == found[1]


def _many(count: int) -> list[Article]:
    random = Random(3)
    found = []
    for number in range(count):
        words = random.choices(WORDS, k=6)
        if not number % 700:
            words[1:1] = ["jual", "beli"]
        title = f"kabar {WORDS[number % 10]}" if number % 7 else "kabar hujan"
        day, source = DAYS[number % 3], ("Antara", "ANTARA", "Kompas")[number % 3]
        found.append(article(number, title, " ".join(words), day, source=source))
    return found


def test_an_index_without_the_order_of_reading_is_in_that_of_its_documents(tmp_path: Path) -> None:
    """As one that an older version wrote; what is added to it has none either."""
    articles = [article(number, "Kabar hujan", "hujan lagi", DAYS[0]) for number in range(1500)]
    write_archive(tmp_path, [articles[:700], articles[700:1100]], {3})
    target = LocalTarget(tmp_path)
    for number in range(4):
        target.update(articles[1100 + 100 * number :][:100], BuildOptions())
    engine = LocalEngine(tmp_path)
    names = [hit.id for hit in engine.search(SearchRequest("hujan", per_page=100)).hits]
    snapshot = Snapshot(tmp_path)
    assert snapshot.columns.numbers.tolist() == list(range(snapshot.size))
    live = snapshot.columns.everything.documents.tolist()
    assert names == [snapshot.hit(number)["id"] for number in live[:100]]


def test_real_news_give_the_same_answers_however_they_are_built(tmp_path: Path, data: Path) -> None:
    with gzip.open(data / "news/articles-27k.jsonl.gz", "rt", encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    articles = [Article(one["id"], one["title"], one["body"]) for one in read[:9000]]
    queries = ("jual beli", "menteri prabowo", "premier league", "rumah sakit jakarta")
    one = built(tmp_path / "1", [articles], BuildOptions(workers=1))
    found = answers(one, queries)
    for workers in (2, 3):
        engine = built(tmp_path / str(workers), [articles], BuildOptions(workers=workers))
        assert answers(engine, queries) == found
