"""A head's segment in memory is what the same articles are as files."""

from __future__ import annotations

import gc
import time
import weakref
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import TextAnalysis, analysis
from index.article import Article
from index.derived import sentences_of
from index.fields import EXACT, FACETS, TEXTS
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader
from search.opensearch import vocabulary
from search.opensearch.head_segment import HeadSegment
from search.opensearch.vocabulary import Vocabulary, vocabulary_of
from tests.conftest import ARCHIVE

WORDS = st.sampled_from(
    (
        *("beras", "Berasnya", "pemberasan", "beras-beras", "di", "dan", "Rp1.000", "1,5", "DPR"),
        *("naik.", "turun!", "é", "ﬁlsafat", "日本", "a" * 200, "awalanpanjangsekaliA"),
        *("awalanpanjangsekaliB", "x.\nY", "\t", "..."),
    )
)
TEXTS_OF = st.lists(WORDS, max_size=30).map(" ".join)
ARTICLES = st.lists(
    st.builds(
        Article,
        id=st.uuids().map(str),
        title=TEXTS_OF,
        body=TEXTS_OF,
        date=st.none() | st.just(datetime(2024, 5, 1, tzinfo=UTC)),
        source=st.none() | st.sampled_from(("Antara", "ANTARA", "Kabar")),
        derived_title=st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


def made(articles: Sequence[Article], known: Vocabulary | None = None) -> HeadSegment:
    return HeadSegment(articles, analysis(), known or vocabulary_of(analysis()))


def written(segment: HeadSegment) -> SegmentReader:
    (found,) = segment.written[1]
    return found


def postings(index: FieldIndex) -> list[object]:
    """All that is known of each term."""
    found: list[object] = []
    for ordinal, text in enumerate(index.texts(0, index.terms)):
        frequencies = index.frequencies(ordinal)
        bounds, positions = index.positions(ordinal)
        found.append(
            (
                text,
                index.find(text),
                index.documents(ordinal).tolist(),
                None if frequencies is None else frequencies.tolist(),
                bounds.tolist(),
                positions.tolist(),
                index.first_positions(ordinal).tolist(),
            )
        )
    return found


def require_same(segment: HeadSegment) -> None:
    here, there = segment.reader, written(segment)
    for name in (one + suffix for one in TEXTS for suffix in ("", EXACT)):
        assert postings(here.fields[name]) == postings(there.fields[name]), name
        assert here.documents.has_lengths(name)
        assert here.documents.lengths(name).tolist() == there.documents.lengths(name).tolist()
    for name in ("date", "text_hash"):
        assert here.documents.numbers(name).tolist() == there.documents.numbers(name).tolist()
    for name in FACETS:
        ordinals, values = here.documents.ordinals(name)
        others, known = there.documents.ordinals(name)
        assert ([values[one] for one in ordinals], values) == (
            [known[one] for one in others],
            known,
        )
    for number in range(here.size):
        assert here.documents.stored(number) == there.documents.stored(number)
        assert here.documents.hit(number) == there.documents.hit(number)
    begins = sentences_of(there, analysis())
    assert segment.sentences.counts.tolist() == begins.counts.tolist()
    assert segment.sentences.begins.tolist() == begins.begins.tolist()


@given(ARTICLES)
def test_it_has_what_its_articles_have_as_files(articles: list[Article]) -> None:
    require_same(made(articles))


def test_so_it_has_of_a_whole_archive_in_any_order() -> None:
    require_same(made(ARCHIVE))
    require_same(made(ARCHIVE[::-1]))


def test_fields_that_few_ask_for_are_those_of_files() -> None:
    segment = made(ARCHIVE[:5])
    assert set(segment.reader.fields) == set(written(segment).fields)
    for name in ("id", "date", "category"):
        here, there = segment.reader.fields[name], written(segment).fields[name]
        assert here.texts(0, here.terms) == there.texts(0, there.terms)
    assert "surat" not in segment.reader.fields


def test_words_of_an_article_are_kept() -> None:
    known = Vocabulary(analysis())
    first = known.read(ARCHIVE[:3])
    again = known.read(ARCHIVE[1:4])
    assert again[0] is first[1]
    assert again[1] is first[2]
    assert again[2] is not first[0]


def test_a_vocabulary_of_too_many_words_makes_way_for_a_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = vocabulary_of(analysis())
    monkeypatch.setattr(vocabulary, "_KNOWN_CHUNKS", before.distinct_chunks)
    assert vocabulary_of(analysis()) is before
    several = Article("x", "", " ".join(f"kata{number}" for number in range(50)))
    segment = made([several], before)
    assert vocabulary_of(analysis()) is not before
    require_same(segment)


def test_threads_share_a_vocabulary() -> None:
    known = Vocabulary(analysis())
    parts = [ARCHIVE[at : at + 4] for at in range(len(ARCHIVE) - 4)] * 4
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda part: made(part, known), parts))
    for segment in found[:: max(len(found) // 8, 1)]:
        require_same(segment)


def test_vocabularies_of_words_that_are_no_longer_in_use_are_let_go_of() -> None:
    hows = [TextAnalysis() for _ in range(4)]
    made = [weakref.ref(vocabulary_of(how)) for how in hows]
    assert [vocabulary_of(how) for how in hows[-2:]] == [one() for one in made[-2:]]
    gc.collect()
    assert [one() is None for one in made] == [True, True, False, False]


def test_threads_that_want_the_same_article_read_it_once() -> None:
    known = Vocabulary(analysis())
    with ThreadPoolExecutor(3) as pool:
        with known._lock:
            found = [pool.submit(known.read, ARCHIVE[:2]) for _ in range(3)]
            time.sleep(0.2)  # All of them find that it is not there.
        first, *others = [one.result() for one in found]
    assert all(one is other for read in others for one, other in zip(first, read, strict=True))
