"""What is published is searched at once, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from index.analysis import parse_words, snowball
from index.article import Article
from index.errors import IndexMissing
from index.fields import Facet
from index.stemming import StemmerName
from index.target import BuildOptions
from search.engine import SearchEngine
from search.request import Sort
from search.response import SearchResponse
from tests.conftest import ARCHIVE, article
from tests.search.asking import ask, codes, ids
from tests.search.conftest import Index, Make

OPTIONS = BuildOptions()

QUERIES = ("", "gempa", "harga beras", "beras gempa", '"gempa guncang"', "gem*", "-beras", "beraz")


def test_a_missing_index_is_reported_by_the_first_question(index: Index) -> None:
    engine = index.engine
    for question in (
        lambda: ask(engine),
        lambda: engine.article("a1"),
        lambda: engine.similar("a1", 1),
        lambda: engine.copies("a1", 1),
        lambda: engine.suggest("a", 1),
        lambda: engine.marker("a").html("a"),
        engine.statistics,
    ):
        with pytest.raises(IndexMissing):
            question()


def test_a_missing_index_is_reported_where_its_generation_is_asked_for(index: Index) -> None:
    with pytest.raises(IndexMissing):
        index.engine.generation()


def test_an_engine_may_be_there_before_its_index(index: Index) -> None:
    with pytest.raises(IndexMissing):
        ask(index.engine)
    index.target.rebuild(ARCHIVE, OPTIONS)
    assert ask(index.engine).total == len(ARCHIVE)


def test_a_new_generation_is_searched_at_once(index: Index) -> None:
    index.target.rebuild(ARCHIVE[:2], OPTIONS)
    assert ask(index.engine).total == 2
    before = index.engine.generation()
    published = index.target.update(ARCHIVE[2:4], OPTIONS)
    response = ask(index.engine)
    assert response.total == 4
    assert response.generation == index.engine.generation() == published.generation != before
    assert index.engine.statistics().generation == published.generation
    assert index.engine.statistics().articles == 4


def test_every_change_gives_the_generation_another_name(index: Index) -> None:
    names = [
        index.target.rebuild(ARCHIVE, OPTIONS).generation,
        index.target.rebuild(ARCHIVE, OPTIONS).generation,
        index.target.update(ARCHIVE[:1], OPTIONS).generation,
        index.target.delete(["a1"], OPTIONS).generation,
    ]
    assert len(set(names)) == len(names)
    assert ask(index.engine).generation == index.engine.generation() == names[-1]


def test_the_generation_stays_while_nothing_is_published(engine: SearchEngine) -> None:
    assert {ask(engine, query).generation for query in QUERIES} == {engine.generation()}


def test_a_rebuild_takes_the_place_of_everything(index: Index) -> None:
    index.target.rebuild(ARCHIVE, OPTIONS)
    assert ask(index.engine, "gempa").total == 3
    index.target.rebuild([article(99, "Lain", "Sama sekali lain.")], OPTIONS)
    assert ids(ask(index.engine)) == ["a99"]
    assert ask(index.engine, "gempa").total == 0
    assert index.engine.article("a4") is None
    assert index.engine.suggest("gem", 5) == []


def test_an_updated_article_takes_the_place_of_the_old_one(index: Index) -> None:
    index.target.rebuild(ARCHIVE, OPTIONS)
    new = Article("a4", "Banjir di Demak", "Air naik.", ARCHIVE[0].date, source="Antara")
    index.target.update([new], OPTIONS)
    engine = index.engine
    assert engine.article("a4") == new
    assert ask(engine).total == engine.statistics().articles == len(ARCHIVE)
    assert ids(ask(engine, "demak")) == ["a4"]
    assert set(ids(ask(engine, "gempa"))) == {"a5", "a9"}
    assert ids(ask(engine, filters={Facet.SOURCE: ("antara",)})) == ["a4"]
    assert all(hit.similar_count == 0 for hit in ask(engine, "gempa").hits)


def test_deleted_articles_are_found_by_nothing(index: Index) -> None:
    index.target.rebuild(ARCHIVE, OPTIONS)
    index.target.delete(["a4", "a12", "nobody"], OPTIONS)
    engine = index.engine
    for query in QUERIES:
        for sort in Sort:
            response = ask(engine, query, sort=sort)
            assert not {"a4", "a12"} & set(ids(response))
            assert response.listed == len(response.hits)
    assert engine.article("a4") is None
    assert engine.similar("a4", 3) is None
    similar = engine.similar("a9", 20)
    assert similar is not None
    assert "a4" not in ids(similar)
    assert engine.copies("a9", 20) == []
    everything = ask(engine)
    assert everything.total == engine.statistics().articles == len(ARCHIVE) - 2
    assert "Hanoi" not in {value.value for value in everything.facets[Facet.PLACE]}
    assert sum(one.count for one in everything.histogram) == len(ARCHIVE) - 3
    assert engine.statistics().oldest == ARCHIVE[0].date
    facets = {facet: everything.facets[facet] for facet in Facet}
    assert engine.statistics().facets == facets
    counts = {hit.id: hit.similar_count for hit in ask(engine, "gempa").hits}
    assert counts == {"a5": 0, "a9": 0}


def test_deleted_articles_are_in_no_answer_about_rare_words_or_filters(index: Index) -> None:
    rare = {7: "langka", 50: "langka", 51: "jarang"}
    articles = [
        article(n, "kabar", f"beras {rare.get(n, '')}", source="Antara" if n in rare else "Kompas")
        for n in range(100)
    ]
    index.target.rebuild(articles, OPTIONS)
    index.target.delete(["a7", "a51"], OPTIONS)
    for query in ("langka", "sumber:antara", "langka ATAU jarang", "lang*", '"beras langka"'):
        response = ask(index.engine, query)
        assert ids(response) == ["a50"], query
        assert [one.count for one in response.facets[Facet.SOURCE]] == [1]
    assert not ask(index.engine, "sumber:antara").notes
    assert ask(index.engine, "jarang").total == 0
    assert ask(index.engine, "-langka").total == 97
    assert ask(index.engine, "beras -sumber:antara").total == 97


def test_an_index_whose_articles_are_all_deleted_finds_nothing(index: Index) -> None:
    index.target.rebuild(ARCHIVE, OPTIONS)
    index.target.delete([one.id for one in ARCHIVE], OPTIONS)
    engine = index.engine
    for query in QUERIES:
        for options in ({}, {"collapse": True}, {"recency": 1.0}, {"facets": False}):
            response = ask(engine, query, explain=True, **options)
            assert (response.total, response.hits, response.histogram) == (0, (), ())
            assert not any(response.facets.values())
            assert response.next_cursor is None
            assert not set(codes(response)) & {"relaxed", "partial"}
    found = engine.statistics()
    assert (found.articles, found.oldest, found.newest) == (0, None, None)


def test_after_a_rollback_the_earlier_generation_is_searched(index: Index) -> None:
    before = index.target.rebuild(ARCHIVE, OPTIONS).generation
    index.target.delete(["a4"], OPTIONS)
    assert ask(index.engine).total == len(ARCHIVE) - 1
    assert index.target.rollback().generation == before
    assert ask(index.engine).total == len(ARCHIVE)
    assert index.engine.generation() == before


def test_an_archive_that_came_in_parts_is_searched_like_one_that_came_whole(
    index: Index, engine: SearchEngine
) -> None:
    index.target.rebuild(ARCHIVE[:5], OPTIONS)
    for start in range(5, len(ARCHIVE), 3):
        index.target.update(ARCHIVE[start : start + 3], OPTIONS)

    def seen(response: SearchResponse) -> Iterator[object]:
        yield {hit.id: (hit.title_html, hit.snippet_html) for hit in response.hits}
        yield {hit.id: (hit.score is None, hit.similar_count) for hit in response.hits}
        yield response.total, response.facets, response.histogram, response.notes

    for query in (*QUERIES, '"kereta cepat"', "perpustakaan tempat:wamena"):
        for options in ({}, {"sort": Sort.OLDEST}, {"collapse": True}):
            parts, whole = ask(index.engine, query, **options), ask(engine, query, **options)
            assert list(seen(parts)) == list(seen(whole)), query
            scores = {hit.id: hit.score for hit in whole.hits if hit.score is not None}
            for hit in parts.hits:
                assert hit.score is None or hit.score == pytest.approx(scores[hit.id], rel=1e-5)


def test_the_words_of_the_user_hold_for_queries_and_analysis(index: Index) -> None:
    words = parse_words("menabung\nkpk = komisi antikorupsi\n", "words.txt")
    articles = [
        article(1, "Kabar", "KPK bekerja."),
        article(2, "Kabar", "Komisi antikorupsi bekerja."),
        article(3, "Kabar", "Menabung itu baik."),
    ]
    index.target.rebuild(articles, replace(OPTIONS, words=words))
    index.target.update([article(4, "Kabar", "Tabung gas.")], OPTIONS)
    engine = index.engine
    assert ids(ask(engine, "tabung")) == ["a4"]
    assert ids(ask(engine, "menabung")) == ["a3"]
    assert [token.term for token in engine.analyze("menabung")] == ["menabung"]
    assert ids(ask(engine, "kpk")) == ["a1", "a2"]
    assert set(ids(ask(engine, "komisi antikorupsi"))) == {"a1", "a2"}
    assert engine.marker("kpk").html("Komisi antikorupsi dan KPK").count("<mark>") == 3


def test_threads_get_the_answers_that_one_alone_gets(make: Make, engine: SearchEngine) -> None:
    queries = [*QUERIES, '"kereta cepat"', "per*"] * 12
    alone = [(ids(ask(engine, query)), ask(engine, query).total) for query in queries]
    fresh = make(ARCHIVE)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: ask(fresh, query), queries))
    assert [(ids(one), one.total) for one in together] == alone


def test_readers_go_on_while_generations_are_published(index: Index) -> None:
    """Every answer is that of one generation, whole."""
    index.target.rebuild(ARCHIVE[:2], OPTIONS)
    totals = {ask(index.engine).generation: 2}
    with ThreadPoolExecutor(4) as pool:
        asked = []
        for number in range(2, 8):
            asked += [pool.submit(ask, index.engine) for _ in range(8)]
            published = index.target.update(ARCHIVE[number : number + 1], OPTIONS)
            totals[published.generation] = published.articles
        answers = [one.result() for one in asked]
    for response in answers:
        assert response.total == len(response.hits) == totals[response.generation]


def test_queries_are_stemmed_as_the_index_is(index: Index) -> None:
    """Words, phrases, marks and questions, in an index with Snowball's stems."""
    articles = [
        article(1, "Penangkapan ikan", "Berapa nelayan menangkap ikan? Kementerian tahu."),
        article(2, "Ikan", "Menteri makan resiko."),
        article(3, "Cuaca", "Hujan risiko banjir."),
    ]
    index.target.rebuild(articles, replace(OPTIONS, stemmer=StemmerName.SNOWBALL))
    engine = index.engine
    assert engine.statistics().version.endswith("stemmer snowball")
    for word in ("penangkapan", "menteri", "resiko", "risiko", "kementerian"):
        expected = {
            one.id
            for one in articles
            if snowball(word)
            in {snowball(other) for other in re.findall(r"\w+", f"{one.title} {one.body}".lower())}
        }
        assert set(ids(ask(engine, word))) == expected, word
        token = engine.analyze(word)[0]
        assert (token.term, token.rule) == (snowball(word), "snowball")
    assert ids(ask(engine, '"menangkap ikan"')) == ["a1"]
    marked = ask(engine, "penangkapan").hits[0]
    assert "<mark>Penangkapan</mark>" in marked.title_html
    assert ids(ask(engine, "berapa nelayan")) == ["a1"]
