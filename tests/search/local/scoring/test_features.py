"""The second stage against its brute-force twin, and where it must not reach."""

from __future__ import annotations

from datetime import UTC, datetime
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from search.local.engine import LocalEngine
from search.local.reading.openings import TOKENS, neighbours, read_openings
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Features, Ranking
from search.query.question_words import answer_words
from search.request import Partial, SearchRequest, Sort
from search.response import Hit
from tests.conftest import article, examples
from tests.search.local.archives import write_archive
from tests.search.local.asking import reading
from tests.search.local.pages_twin import meant, of_answers, of_pairs, order
from tests.search.local.queries import deletions
from tests.search.local.twin import Twin

_WORDS = ("kereta", "cepat", "gubernur", "bali", "oleh", "seorang", "tanggal", "di")
_LEFT = "isi " * (TOKENS - 3)
_HEADLINES = (
    "bali",
    "kereta cepat",
    "kereta cepat bali",
    "kereta cepat gubernur bali",
    "Kereta cepat: gubernur, di Bali",
    "oleh kereta cepat gubernur bali",
    "cepat kereta bali gubernur",
)
_bodies = st.builds(
    lambda left, words: left + " ".join(words),
    st.sampled_from(["", "", _LEFT]),
    st.lists(st.sampled_from((*_WORDS, *_HEADLINES, "baca", "juga")), max_size=10),
)
_dates = st.sampled_from([None, datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)])
_articles = st.lists(
    st.lists(st.tuples(st.sampled_from(_HEADLINES), _bodies, _dates), min_size=1, max_size=6),
    min_size=1,
    max_size=4,
)
_typed = st.lists(
    st.sampled_from(
        (
            *_WORDS,
            "Gubernur",
            "Bali",
            "siapa",
            "kapankah",
            "nama",
            "yang",
            "judul:bali",
            "isi:cepat",
            '"kereta cepat"',
            *_HEADLINES,
        )
    ),
    min_size=1,
    max_size=6,
).map(" ".join) | st.sampled_from(
    (*_HEADLINES, "kereta cepat gubernur", "-di cepat kereta bali gubernur")
)
_Parts = list[list[tuple[str, str, datetime | None]]]


def _archive(parts: _Parts) -> list[list[Article]]:
    numbers = iter(range(1000))
    return [[Article(f"a{next(numbers)}", *article) for article in part] for part in parts]


@settings(max_examples=examples(50), deadline=None)
@given(_articles, deletions, st.lists(_typed, min_size=1, max_size=6), st.sampled_from([1, 3, 32]))
def test_pages_are_those_of_the_twin(
    tmp_path_factory: pytest.TempPathFactory,
    parts: _Parts,
    deleted: set[int],
    typed: list[str],
    candidates: int,
) -> None:
    archive = _archive(parts)
    path = tmp_path_factory.mktemp("features") / "index"
    live = write_archive(path, archive, deleted)
    twin = Twin([one for part in archive for one in part])
    ranking = Ranking(features=Features(candidates=candidates))
    engine = LocalEngine(path, ranking)
    for text in typed:
        found = meant(twin, live, text, ranking)
        if found.tied:
            continue
        scores = found.scores
        first = sorted(
            scores, key=lambda number: order(twin, number, scores[number], found.leading)
        )
        for facets in (False, True):  # without, only leading documents are looked at
            request = SearchRequest(text, per_page=4, facets=facets, explain=True)
            response = engine.search(request)
            assert response.total == len(found.complete), text
            ranked = [scores[number] for number in first[:4]]
            assert [hit.score for hit in response.hits] == pytest.approx(ranked, rel=1e-5), text
            for hit in response.hits:
                assert hit.score == pytest.approx(scores[int(hit.id[1:])], rel=1e-5), text
                _explained(twin, text, ranking, hit)
    engine.close()


def _explained(twin: Twin, text: str, ranking: Ranking, hit: Hit) -> None:
    """The parts add up; a feature's parts are the twin's."""
    assert hit.explanation is not None
    parts = hit.explanation.parts
    assert sum(part.value for part in parts) == pytest.approx(hit.score, rel=1e-5)
    read = reading(text)
    root, kind = read.root, read.kind
    assert root is not None
    number = int(hit.id[1:])
    pairs = of_pairs(twin, root, kind, ranking.features, number)
    given_ = {tuple(part.word.split()): part.value for part in parts if part.feature == "pairs"}
    answers = of_answers(twin, kind, ranking.features, number)
    beside = {part.term: part.value for part in parts if part.feature == "answers"}
    if given_ or beside:
        assert given_ == pytest.approx(pairs)
        there = set(twin.fields[number]["body_exact"])
        assert kind is None or beside.keys() == there & set(answer_words(kind))
        assert sum(beside.values()) == pytest.approx(answers)


def test_the_second_stage_never_puts_a_candidate_behind_what_was_none(tmp_path: Path) -> None:
    """Pages of any size and by any road show one order."""
    parts = [
        [article(n, "berita", "gubernur bali " * (n % 5) + "siapa pun di bali " * (n % 3) + "kata")]
        for n in range(1, 60)
    ]
    write_archive(tmp_path, [[one for part in parts for one in part]], set())
    engine = LocalEngine(tmp_path, Ranking(features=Features(candidates=7)))
    for text in ("gubernur bali", "siapa gubernur bali"):
        whole = engine.search(SearchRequest(text, per_page=100))
        scores = [hit.score or 0.0 for hit in whole.hits]
        assert scores == sorted(scores, reverse=True)
        walked: list[str] = []
        cursor: str | None = None
        while True:
            page = engine.search(SearchRequest(text, per_page=4, cursor=cursor))
            walked += [hit.id for hit in page.hits]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert walked == [hit.id for hit in whole.hits]
    engine.close()


@pytest.mark.parametrize("facets", [False, True])
@pytest.mark.parametrize("partial", [Partial.FOLLOW, Partial.WITH])
def test_a_headline_in_a_query_leads_though_it_lacks_the_words_around_it(
    tmp_path: Path, partial: Partial, facets: bool
) -> None:
    """More articles than the second stage looks at have words that are worth more."""
    words = "kereta cepat gubernur di bali"
    better = [article(n, words, f"{words} kata") for n in range(2, 50)]
    others = [article(n, "nama", "kata") for n in range(50, 200)]
    write_archive(tmp_path, [better, [article(1, "kereta cepat gubernur bali", "")], others], set())
    engine = LocalEngine(tmp_path)
    query = "nama kereta cepat gubernur bali"
    response = engine.search(SearchRequest(query, partial=partial, facets=facets))
    assert not response.total
    assert response.hits[0].id == "a1"
    engine.close()


def test_the_score_of_a_hit_is_no_matter_of_how_many_are_listed(tmp_path: Path) -> None:
    """Those at the top have the query as typed, one far below them has it, and one has it not."""
    words, far = "kereta cepat gubernur bali", "isi " * 61
    part = [
        article(1, f"oleh {words}", f"di bali bali baca bali oleh {words}"),
        article(2, "Kereta cepat: gubernur, di Bali", f"{far}{words}"),
        article(3, words, ""),
        article(4, f"oleh {words}", f"{words} oleh"),
        article(5, "bali", "cepat kereta bali gubernur"),
    ]
    write_archive(tmp_path, [part], set())
    engine = LocalEngine(tmp_path, Ranking(features=Features(candidates=2)))
    found = [
        {
            hit.id: hit.score
            for hit in engine.search(SearchRequest(words, per_page=size, facets=False)).hits
        }
        for size in (1, 2, 3, 20)
    ]
    engine.close()
    for some in found:
        assert some == pytest.approx({one: found[-1][one] for one in some})


def test_neighbours_in_the_order_of_the_query_go_first(tmp_path: Path) -> None:
    same = [
        article(1, "berita", "cepat kereta tiba di kota itu"),
        article(2, "berita", "kereta cepat tiba di kota itu"),
    ]
    write_archive(tmp_path, [same], set())
    for pairs, first in ((0.0, None), (0.4, "a2")):
        engine = LocalEngine(tmp_path, Ranking(features=Features(pairs=pairs, alike=0.0)))
        hits = engine.search(SearchRequest("kereta cepat", explain=True)).hits
        gained = {hit.id: _of(hit, "pairs") for hit in hits}
        assert gained == pytest.approx({"a1": 0.0, "a2": pairs * log(1 + 0.5 / 2.5)})
        assert first is None or hits[0].id == first
        engine.close()


def test_filters_and_what_is_excluded_stand_nowhere_between_words(tmp_path: Path) -> None:
    day = datetime(2024, 1, 1, tzinfo=UTC)
    write_archive(tmp_path, [[Article("a", "bali", "kereta cepat tiba", day)]], set())
    engine = LocalEngine(tmp_path)
    for between in ("", "-ambon", "sejak:2000-01-01", "judul:bali"):
        hits = engine.search(SearchRequest(f"kereta {between} cepat", explain=True)).hits
        assert [_of(hit, "pairs") > 0 for hit in hits] == [True], between
    hits = engine.search(SearchRequest('"kereta cepat" tiba', explain=True)).hits
    assert _of(hits[0], "pairs") == 0
    engine.close()


def test_what_matches_by_more_than_words_is_not_alike(tmp_path: Path) -> None:
    same = [article(n, "berita", "gempa bumi " + "kata " * n) for n in range(1, 9)]
    write_archive(tmp_path, [same], set())
    engine = LocalEngine(tmp_path)
    for typed in ('persela "gempa bumi" batam', "(persela batam) OR gemp*"):
        hits = engine.search(SearchRequest(typed, explain=True)).hits
        assert len(hits) == 8
        assert len({hit.score for hit in hits}) == 8
        assert all(_of(hit, "alike") == 0 for hit in hits)
    engine.close()


def test_copies_have_the_very_same_score_whatever_they_gained(tmp_path: Path) -> None:
    copies = [
        Article(f"c{n}", "berita", "kereta cepat tiba pada tanggal satu" + " kata" * (500 + n))
        for n in range(9)
    ]
    write_archive(tmp_path, [copies], set())
    engine = LocalEngine(tmp_path)
    for typed in ("kapan kereta cepat tiba", "kereta cepat", "kapan kereta"):
        assert len({hit.score for hit in engine.search(SearchRequest(typed)).hits}) == 1
    engine.close()


def test_a_question_prefers_articles_with_words_that_stand_beside_answers(tmp_path: Path) -> None:
    same = [
        article(1, "berita", "candi itu dibangun megah sekali"),
        article(2, "berita", "candi itu dibangun pada abad ke-9"),
    ]
    write_archive(tmp_path, [same], set())
    engine = LocalEngine(tmp_path)
    hits = engine.search(SearchRequest("kapan candi itu dibangun", explain=True)).hits
    assert [hit.id for hit in hits] == ["a2", "a1"]
    assert _of(hits[0], "answers") == pytest.approx(1.2)
    plain = engine.search(SearchRequest("candi itu dibangun", explain=True)).hits
    assert all(_of(hit, "answers") == 0 for hit in plain)
    engine.close()


def test_what_the_query_cannot_tell_apart_is_newest_first(tmp_path: Path) -> None:
    """A comma more makes a copy a token longer; it ranks no lower for that."""
    text = "kereta cepat tiba di bali" + " kata" * 80
    archive = [
        Article("old", "berita", text, datetime(2024, 1, 1, tzinfo=UTC)),
        Article("new", "berita", text + " kata", datetime(2024, 1, 2, tzinfo=UTC)),
        Article("other", "berita", "kereta kereta cepat", datetime(2024, 1, 3, tzinfo=UTC)),
    ]
    write_archive(tmp_path, [archive], set())
    for alike, order_ in ((0.0, ["other", "old", "new"]), (0.01, ["other", "new", "old"])):
        engine = LocalEngine(tmp_path, Ranking(features=Features(alike=alike)))
        hits = engine.search(SearchRequest("kereta cepat", explain=True)).hits
        assert [hit.id for hit in hits] == order_
        assert (hits[1].score == hits[2].score) is bool(alike)
        for hit in hits:
            assert hit.explanation is not None
            assert sum(part.value for part in hit.explanation.parts) == pytest.approx(hit.score)
        engine.close()


def test_by_date_and_without_time_no_feature_is_looked_for(tmp_path: Path) -> None:
    write_archive(tmp_path, [[article(1, "berita", "kereta cepat di bali")]], set())
    engine = LocalEngine(tmp_path)
    by_date = engine.search(SearchRequest("kereta cepat", sort=Sort.NEWEST, explain=True)).hits[0]
    assert _of(by_date, "pairs") == 0
    assert engine.search(SearchRequest("siapa kereta cepat", budget_ms=-1)).partial
    engine.close()


def _of(hit: Hit, feature: str) -> float:
    assert hit.explanation is not None
    return sum(part.value for part in hit.explanation.parts if part.feature == feature)


def test_openings_hold_the_first_positions_as_bits(tmp_path: Path) -> None:
    parts = [
        [article(1, "k", "beras " + "isi " * 62 + "beras beras"), article(2, "k", "isi")],
        [article(3, "k", "isi " * 70 + "beras"), article(4, "k", "isi beras")],
    ]
    write_archive(tmp_path, parts, set())
    snapshot = Snapshot(tmp_path)
    term = snapshot.dictionary.term("body", "beras")
    found = read_openings(snapshot.segments, snapshot.bases, "body", term)
    assert found.documents.tolist() == [0, 3]
    assert found.bits.tolist() == [1 | 1 << 63, 2]
    assert found.at(np.arange(4, dtype=np.int32)).tolist() == [1 | 1 << 63, 0, 0, 2]
    nothing = read_openings(
        snapshot.segments, snapshot.bases, "body", snapshot.dictionary.term("body", "tiada")
    )
    assert nothing.at(np.arange(4, dtype=np.int32)).tolist() == [0] * 4


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(1, 80))
def test_neighbours_are_bits_a_step_apart(first: int, second: int, step: int) -> None:
    expected = any(first >> p & 1 and second >> (p + step) & 1 for p in range(64 - min(step, 64)))
    found = neighbours(np.array([first], np.uint64), np.array([second], np.uint64), step)
    assert found.tolist() == [expected]


def test_the_twin_orders_as_the_engine_does() -> None:
    twin = Twin(
        [
            Article("a", "t", "isi", datetime(2024, 1, 1, tzinfo=UTC)),
            Article("b", "t", "isi", datetime(2024, 1, 2, tzinfo=UTC)),
            Article("c", "t", "isi", None),
        ]
    )
    assert sorted(range(3), key=lambda n: order(twin, n, 1.0)) == [1, 0, 2]
