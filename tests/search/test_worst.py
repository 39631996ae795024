"""What the worst question costs, in counted work: no clock is read.

Hypothesis searches for it over a grammar of questions, and aims at work. The archive has words as
often as Zipf's law says, and is no larger than a test may build; what a question may cost grows
with the archive as ``search.limits`` says, so that the same bound is looked at on real articles
(27,091) in the long run. A unit of work is no clock: of the worst questions that are listed here
it took 3 to 28 ns there when they were asked first; the heaviest of them took about 310 ms on a
busy machine of two cores, and 200 ms when asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import cycle, islice, pairwise
from math import inf
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, target
from hypothesis import strategies as st

from index.article import Article
from index.build import LocalTarget
from index.fields import Facet
from index.sources import ReadReport, read_articles
from index.target import BuildOptions
from search.budget import Budget
from search.limits import (
    CORRECTING,
    FINDING,
    HOLDING,
    LEADING,
    MAX_QUERY_CHARACTERS,
    NAMING,
    PAGE,
    SUGGESTING,
)
from search.local.engine import LocalEngine
from search.request import Partial, SearchRequest, Sort

OVER = 1.2
"""How far over the limit an answer may get: a step looks again after a row or a text, and of the
parts of a query that were not asked any more each still counts as one. On real articles the worst
of those below gets to 1.155."""

STOP = (
    *("yang", "dan", "di", "ke", "dari", "untuk", "pada", "dengan", "ini", "itu", "adalah"),
    *("juga", "akan", "tidak", "dalam", "oleh", "sebagai", "karena", "telah", "bisa", "para"),
)
SYLLABLES = [first + second for first in "bdghjklmnprst" for second in "aiueo"]
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@cache
def vocabulary() -> tuple[str, ...]:
    """The commonest first: stop words, then words of two syllables or three."""
    made = (
        one + two + three for three in ("", *SYLLABLES) for one in SYLLABLES for two in SYLLABLES
    )
    return (*STOP, *islice(made, 12_000))


def archive(articles: int) -> list[Article]:
    """Texts of words that are as frequent as their rank says, some of them very long."""
    random = np.random.default_rng(14)
    words = np.array(vocabulary())
    shares = 1.0 / np.arange(1, len(words) + 1)
    shares /= shares.sum()
    lengths = random.integers(60, 240, articles)
    lengths[:3] = 10_000
    drawn = words[random.choice(len(words), int(lengths.sum()), p=shares)]
    texts = np.split(drawn, lengths.cumsum()[:-1])
    return [
        Article(
            id=f"a{number}",
            title=" ".join(text[:8]),
            body=" ".join(text),
            source=f"{text[3]} {text[9]}",
            author=f"{text[5]} {text[8]} {text[11]}",
            date=datetime(2017, number % 12 + 1, 1, tzinfo=UTC),
        )
        for number, text in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> LocalEngine:
    path = tmp_path_factory.mktemp("worst") / "index"
    LocalTarget(path).rebuild(archive(2_000), BuildOptions())
    return LocalEngine(path)


def most_work(documents: int) -> int:
    """What one answer may cost in an index of so many documents, all steps together."""
    steps = CORRECTING, HOLDING, SUGGESTING, NAMING, NAMING, FINDING, LEADING, PAGE
    return sum(step.of(documents) for step in steps)


def work(engine: LocalEngine, request: SearchRequest) -> int:
    """What a question costs, without the clock."""
    budget = Budget(inf)
    engine.search(replace(request, budget_ms=10**9), budget)
    return budget.all_work()


def cut(text: str) -> str:
    return text[:MAX_QUERY_CHARACTERS]


TWO = [one + two for one in "mpktsbdnlg" for two in "aeiou"]
MISSPELT = [word[:3] + "x" + word[3:] for word in vocabulary()[900:960]]
PHRASES = [f'"{one} {two}"' for one, two in pairwise(STOP)]
DAYS = "mei 2017 juni 2017 juli 2017"

WORST: Mapping[str, SearchRequest] = {
    "prefixes of two letters, one of which suffices": SearchRequest(
        cut(" OR ".join(f"{one}*" for one in TWO[:32])), per_page=100, explain=True
    ),
    "prefixes of two letters": SearchRequest(
        cut(" ".join(f"{one}*" for one in TWO[:32])), per_page=100, explain=True
    ),
    "pairs of prefixes": SearchRequest(
        cut(" OR ".join(f"({one}* AND {two}*)" for one, two in pairwise(TWO))),
        per_page=100,
        explain=True,
    ),
    "prefixes that are excluded": SearchRequest(cut(" ".join(f"-{one}*" for one in TWO[:32]))),
    "phrases of stop words": SearchRequest(
        cut(" OR ".join(islice(cycle(PHRASES), 16))), per_page=100, explain=True
    ),
    "phrases that are excluded": SearchRequest(cut(" ".join(f"-{one}" for one in PHRASES))),
    "one word as a phrase": SearchRequest(f'"{"yang " * 32}"'),
    "stop words that bind": SearchRequest(
        " ".join(f"+{one}" for one in STOP), per_page=100, explain=True
    ),
    "nested groups": SearchRequest(
        cut("".join(f"({one}* AND " for one in TWO[:14]) + "yang" + ")" * 14),
        per_page=100,
        explain=True,
    ),
    "misspelt words": SearchRequest(cut(" ".join(MISSPELT)), per_page=100),
    "the last page that numbers reach": SearchRequest(
        "yang di dan", page=100, per_page=100, explain=True
    ),
    "every article, newest first, without copies": SearchRequest(
        "", page=20, per_page=100, sort=Sort.NEWEST, collapse=True, recency=1.0
    ),
    "values that no article has": SearchRequest(
        cut(" ".join(f"penulis:{one}zq" for one in TWO)),
        filters={facet: tuple(f"{one}zqxj" for one in TWO[:20]) for facet in Facet},
    ),
    "letters as values": SearchRequest(cut(" ".join(f"penulis:{one}" for one in LETTERS))),
    "days behind prefixes of two letters, one of which suffices": SearchRequest(
        f"({cut(' OR '.join(f'{one}*' for one in TWO[:32]))}) {DAYS}", per_page=100, explain=True
    ),
    "days behind phrases of stop words": SearchRequest(
        f"({' OR '.join(islice(cycle(PHRASES), 16))}) {DAYS}", per_page=100, explain=True
    ),
    "days behind misspelt words": SearchRequest(f"{' '.join(MISSPELT[:32])} {DAYS}"),
    "another spelling beside prefixes, one of which suffices": SearchRequest(
        f"{MISSPELT[40]} ({' OR '.join(f'{one}*' for one in TWO[:32])})"
    ),
    "signs": SearchRequest("(" * 250 + "*" * 250),
}


@pytest.mark.parametrize("request_", WORST.values(), ids=WORST.keys())
def test_the_worst_that_is_known_stays_within_its_work(
    engine: LocalEngine, request_: SearchRequest
) -> None:
    assert work(engine, request_) <= OVER * most_work(engine.statistics().articles)


@pytest.mark.parametrize("request_", WORST.values(), ids=WORST.keys())
def test_all_offers_of_an_answer_share_one_small_part(
    engine: LocalEngine, request_: SearchRequest
) -> None:
    size = engine.statistics().articles
    offering = work(engine, request_) - work(engine, replace(request_, offers=False))
    assert offering <= OVER * (SUGGESTING.of(size) + LEADING.of(size))


@pytest.mark.parametrize("request_", WORST.values(), ids=WORST.keys())
def test_a_question_costs_and_answers_the_same_whoever_asked_before(
    engine: LocalEngine, request_: SearchRequest
) -> None:
    unhurried = replace(request_, budget_ms=10**9, recency=None)
    # A cursor says when it was made.
    first, second = (
        replace(engine.search(unhurried), took_ms=0.0, next_cursor=None) for _ in range(2)
    )
    assert first == second


WORDS = st.one_of(
    st.sampled_from(STOP),
    st.sampled_from(vocabulary()[:400]),
    st.sampled_from(MISSPELT),
    st.sampled_from(TWO).map("{}*".format),
    st.tuples(st.sampled_from(STOP), st.sampled_from(vocabulary()[:60])).map(
        '"{0[0]} {0[1]}"'.format
    ),
    st.lists(st.sampled_from(STOP), min_size=2, max_size=6).map(lambda some: f'"{" ".join(some)}"'),
    st.tuples(st.sampled_from(("sumber", "penulis", "judul", "isi")), st.sampled_from(TWO)).map(
        ":".join
    ),
    st.tuples(st.sampled_from(STOP), st.sampled_from(STOP)).map("".join),
)
SIGNED = st.tuples(st.sampled_from(("", "", "", "-", "+")), WORDS).map("".join)
QUERIES = st.recursive(
    st.lists(SIGNED, min_size=1, max_size=12).map(" ".join),
    lambda inner: st.tuples(
        st.sampled_from((" ", " OR ", " AND ", " NOT ")),
        st.lists(inner.map("({})".format), min_size=1, max_size=6),
    ).map(lambda parts: parts[0].join(parts[1])),
    max_leaves=8,
).map(cut)
REQUESTS = st.builds(
    SearchRequest,
    query=QUERIES,
    per_page=st.sampled_from((10, 100)),
    page=st.sampled_from((1, 20)),
    sort=st.sampled_from(list(Sort)),
    collapse=st.booleans(),
    recency=st.sampled_from((None, 30.0)),
    partial=st.sampled_from(list(Partial)),
    correct=st.booleans(),
    facets=st.booleans(),
    explain=st.booleans(),
)


def search_for_the_worst(engine: LocalEngine, examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(REQUESTS)
    def stays_within(request: SearchRequest) -> None:
        done = work(engine, request)
        target(float(done))
        assert done <= OVER * most_work(engine.statistics().articles)

    stays_within()


def test_no_question_that_is_searched_for_costs_more(engine: LocalEngine) -> None:
    search_for_the_worst(engine, 60)


@pytest.mark.long
def test_nor_among_real_articles(data: Path, tmp_path: Path) -> None:
    """The same on 27,091 articles."""
    articles = read_articles([data / "news" / "articles-27k.jsonl.gz"], ReadReport())
    LocalTarget(tmp_path).rebuild(articles, BuildOptions())
    real = LocalEngine(tmp_path)
    for request in WORST.values():
        assert work(real, request) <= OVER * most_work(real.statistics().articles)
    search_for_the_worst(real, 400)
