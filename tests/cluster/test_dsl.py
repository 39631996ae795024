"""A query of the cluster finds what the embedded engine finds, and scores it alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from whoosh import query as whoosh_query
from whoosh.query import FuzzyTerm, Or, Phrase, Prefix, Query, Term, Wildcard

from index.analysis import analysis
from index.article import Article
from index.sources import ReadReport, read_articles
from search.budget import Budget
from search.local.scoring.ranking import Features
from search.opensearch.dsl import typed_as
from search.query.placed_query import NearQuery, OpeningQuery, RunQuery, SentenceQuery
from search.query.specification import SECTIONS
from search.query.specification.dates import TODAY
from tests.bench import corpora
from tests.cluster.both import LONG, Both, in_both
from tests.conftest import ARCHIVE, article, examples

pytestmark = pytest.mark.cluster

SPECIFIED = [row.query for section in SECTIONS for row in section.rows]
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
"""To make an example smaller, a cluster would be asked for minutes."""
WORDS = ("beras", "harga", "naik", "kenaikan", "menaikkan", "pasar", "pasarnya", "gempa")


def random_texts(count: int) -> Iterator[Article]:
    """Short and long, in sentences, of few words: each stands near every other one somewhere."""
    random = Random(7)
    for number in range(count):
        words = random.choices(WORDS, k=random.choice((3, 8, 20, 90)))
        sentences = (" ".join(words[at : at + 5]).capitalize() for at in range(0, len(words), 5))
        title = " ".join(random.choices(WORDS, k=4))
        yield article(number, title, ". ".join(sentences) + ".", f"2024-01-{1 + number % 28:02}")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, hosts: list[str]) -> Iterator[Both]:
    with in_both(ARCHIVE, tmp_path_factory.mktemp("archive") / "index", hosts) as both:
        yield both


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory, hosts: list[str], data: Path) -> Iterator[Both]:
    articles = list(read_articles([corpora.articles_path(data, small=True)], ReadReport()))
    with in_both(articles, tmp_path_factory.mktemp("news") / "index", hosts) as both:
        yield both


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, hosts: list[str]) -> Iterator[Both]:
    articles = list(random_texts(60))
    with in_both(articles, tmp_path_factory.mktemp("mixed") / "index", hosts) as both:
        yield both


def planned(both: Both, texts: Sequence[str]) -> list[tuple[str, Query]]:
    """The queries of what was typed: with all words, and with some."""
    found = []
    for text in texts:
        plan = both.plans.plan(text, Budget(LONG), today=TODAY)
        found += [(text, one) for one in (plan.query, plan.relaxed) if one is not None]
    return found


def compare(both: Both, queries: Sequence[tuple[str, Query]]) -> int:
    """Fails where anything else is found than here; how many queries are exact."""
    translated = [both.translated(query) for _, query in queries]
    bare = [both.translated(query, scored=False) for _, query in queries]
    found = both.there([one.query for one in (*translated, *bare)])
    asked = zip([*queries, *queries], (*translated, *bare), found, strict=True)
    for (text, query), one, there in asked:
        here = both.here(query)
        assert here.keys() <= there.keys(), (text, query)
        assert not one.exact or here.keys() == there.keys(), (text, query)
    return sum(one.exact for one in translated)


@pytest.mark.parametrize("articles", ["archive", "news"])
def test_every_row_of_the_specification_finds_the_same(
    request: pytest.FixtureRequest, articles: str
) -> None:
    both: Both = request.getfixturevalue(articles)
    queries = planned(both, SPECIFIED)
    assert compare(both, queries) >= 0.97 * len(queries)


def test_what_people_typed_finds_the_same(news: Both, data: Path) -> None:
    queries = planned(news, corpora.queries(data, 400))
    assert len(queries) > 600
    assert compare(news, queries) == len(queries)


TERMS = st.sampled_from(WORDS).flatmap(
    lambda word: st.sampled_from([Term("body", analysis().stem(word)), Term("body_exact", word)])
)
PATTERNS = st.sampled_from(
    [
        Prefix("body_exact", "na"),
        Prefix("body_exact", "pasar"),
        Wildcard("body_exact", "*naik*"),
        Wildcard("body_exact", "?asar"),
        FuzzyTerm("body_exact", "bera", maxdist=1, prefixlength=0),
        Prefix("body_exact", "tiada"),
    ]
)
ONE_WORD = TERMS | PATTERNS | st.lists(TERMS, min_size=1, max_size=3).map(Or)
PHRASES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(
    partial(Phrase, "body_exact")
)
RUNS = st.lists(TERMS | PATTERNS, min_size=2, max_size=3).flatmap(
    lambda parts: st.sampled_from([(0, 1, 2), (0, 2, 3), (0, 1, 3)]).map(
        lambda offsets: RunQuery("body", parts, offsets[: len(parts)])
    )
)
PARTS = ONE_WORD | PHRASES | st.lists(ONE_WORD | PHRASES, min_size=2, max_size=2).map(Or)
NEAR = st.builds(
    lambda parts, distance, ordered: NearQuery("body", parts, distance, ordered=ordered),
    st.lists(PARTS, min_size=1, max_size=5),
    st.integers(1, 12),
    st.booleans(),
)
PLACED = st.recursive(
    NEAR | RUNS | st.lists(PARTS, min_size=1, max_size=3).map(partial(SentenceQuery, "body")),
    lambda inside: st.one_of(
        st.builds(
            lambda part, words: OpeningQuery("body", part, words),
            inside | PARTS,
            st.sampled_from([2, 7, 64]),
        ),
        st.builds(
            lambda parts, distance: NearQuery("body", parts, distance),
            st.lists(inside | PARTS, min_size=2, max_size=3),
            st.integers(1, 12),
        ),
    ),
    max_leaves=3,
)


@settings(max_examples=examples(15), phases=PHASES)
@given(st.lists(PLACED, min_size=20, max_size=40))
def test_words_are_where_they_are_asked_for(mixed: Both, queries: list[Query]) -> None:
    compare(mixed, [("", query) for query in queries])


def combined(inside: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(inside, min_size=0, max_size=3)
    return st.one_of(
        several.map(whoosh_query.And),
        several.map(whoosh_query.Or),
        several.map(whoosh_query.DisjunctionMax),
        inside.map(whoosh_query.Not),
        st.builds(whoosh_query.AndMaybe, inside, inside),
        inside.map(lambda one: whoosh_query.ConstantScoreQuery(one, 0.0)),
        st.lists(inside | inside.map(whoosh_query.Not), max_size=3).map(whoosh_query.And),
    )


@settings(max_examples=examples(15), phases=PHASES)
@given(st.lists(st.recursive(PARTS | NEAR, combined, max_leaves=6), min_size=20, max_size=40))
def test_queries_combine_as_they_do_here(mixed: Both, queries: list[Query]) -> None:
    compare(mixed, [("", query) for query in queries])


def test_scores_are_those_of_the_embedded_engine(archive: Both) -> None:
    """Of short texts, whose lengths Lucene does not round; leads are right to 0.4 %."""
    queries = planned(archive, SPECIFIED)
    found = archive.there([archive.translated(query).query for _, query in queries])
    compared = 0
    for (text, query), there in zip(queries, found, strict=True):
        here = archive.here(query)
        for one in here.keys() & there.keys():
            compared += here[one] > 0
            assert there[one] == pytest.approx(here[one], rel=0.005, abs=1e-6), (text, query)
    assert compared > 500


def test_articles_without_a_title_count_where_it_matters_how_rare_a_word_is(
    tmp_path: Path, hosts: list[str]
) -> None:
    title = "Harga beras naik lagi di pasar induk kota"
    given = [article(number, title, f"Kabar {number} pasar") for number in range(10)]
    derived = [
        Article(f"d{number}", "Harga pasar", "Harga pasar.", derived_title=True)
        for number in range(30)
    ]
    with in_both([*given, *derived, article(99, "Gempa", "")], tmp_path / "index", hosts) as both:
        ((_, query),) = planned(both, ["judul:beras"])
        (there,) = both.there([both.translated(query).query])
        assert there == pytest.approx(both.here(query), rel=0.3)
        found = both.there([{"term": {"title": "-"}}, {"range": {"title_exact": {"gte": ""}}}])
        assert [len(one) for one in found] == [30, 41]


def test_no_query_has_more_terms_than_a_node_takes(mixed: Both) -> None:
    pattern = Or([Prefix("body_exact", "na"), Wildcard("title_exact", "*a*")])
    near = NearQuery("body", [Wildcard("body_exact", "*a*")] * 4, 9)
    joined = Or([Phrase("body_exact", [word, other]) for word in WORDS for other in WORDS])
    many = [
        whoosh_query.And([Term("body", "beras"), pattern, near, joined][:count] * 60)
        for count in (1, 2, 3, 4)
    ]
    compare(mixed, [("", query) for query in many])


def test_what_patterns_stand_for_is_all_that_there_is_only_where_it_is_excluded(
    tmp_path: Path, hosts: list[str]
) -> None:
    many = [article(number, "kabar", f"beras me{number}") for number in range(90)]
    with in_both([*many, article(90, "kabar", "beras saja")], tmp_path / "index", hosts) as both:
        texts = [
            "me*",
            "me?*",
            "beras -me*",
            "beras -me?*",
            "beras -(beras NEAR/2 me*)",
            "beras -me1~",
        ]
        queries = planned(both, texts)
        found = both.there([both.translated(query).query for _, query in queries])
        assert [len(one) for one in found[:4]] == [64, 64, 1, 1]
        compare(both, queries)


def test_articles_that_have_a_query_as_it_was_typed_come_first(
    tmp_path: Path, hosts: list[str]
) -> None:
    words = "harga beras naik lagi"
    better = [article(number, "Beras naik", "Harga beras lagi naik. " * 9) for number in range(100)]
    filler = "Pedagang pasar menunggu panen raya bulan depan. " * 30
    typed = [
        article(100, "Kabar pagi", f"{filler} Dan harga beras naik lagi di pasar."),
        article(101, "Kata warga harga beras naik lagi di sini", filler),
        article(102, "Harga beras naik lagi", filler),
    ]
    with in_both([*better, *typed], tmp_path / "index", hosts) as both:
        plan = both.plans.plan(words, Budget(LONG))
        assert plan.query is not None
        must = both.translated(plan.query).query
        lifts = typed_as(plan.question, Features(), both.rows, Budget(LONG))
        plain, lifted = both.there([must, {"bool": {"must": [must], "should": lifts}}])
    assert plain.keys() == lifted.keys()
    assert list(lifted)[:3] == ["a102", "a101", "a100"]
    assert "a100" not in list(plain)[:64]
    assert typed_as(plan.question, Features(headline=0, verbatim=0), both.rows, Budget(LONG)) == []
