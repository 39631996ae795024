"""Records of articles, written by the kernel and by orjson: the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.fields import FACETS
from index.kernels import kernel
from index.segments.documents import BULKY
from index.stored_values import plain_parts, stored_parts

_SOUND = (*'aZ"\\/{ \x7f', "é", "\u2019", "\u2028", "\U0001f600", "a" * 40)
_PIECES = (*'aZ"\\/{ \t\n\0\x1f\x7f', "é", "\u2019", "\u2028", "\U0001f600", "\ud800", "a" * 90)
_texts = st.lists(st.sampled_from(_PIECES), max_size=12).map("".join)
_zones = st.sampled_from([UTC, timezone(timedelta(hours=7))])


def _articles_of(
    texts: st.SearchStrategy[str], bodies: st.SearchStrategy[str], zones: st.SearchStrategy[tzinfo]
) -> st.SearchStrategy[Article]:
    maybe = st.none() | texts
    dates = st.none() | st.datetimes(timezones=zones)
    others = dict.fromkeys(FACETS, maybe)
    return st.builds(
        Article, texts, texts, bodies, dates, url=maybe, derived_title=st.booleans(), **others
    )


_articles = _articles_of(_texts, _texts, _zones)
_told = _articles_of(
    st.lists(st.sampled_from(_SOUND), max_size=12).map("".join).map(lambda text: text[:40]),
    st.lists(st.sampled_from([*_SOUND, "\n", "\0"]), min_size=1).map("".join),
    st.just(UTC),
)
"""Those that the kernel writes."""


@given(_articles)
def test_a_record_is_the_same(article: Article) -> None:
    assert stored_parts([article]) == [plain_parts(article)]


@pytest.mark.skipif(kernel("records") is None, reason="the kernels are not in use")
@given(_articles)
def test_the_kernel_writes_the_same_or_nothing(article: Article) -> None:
    found = kernel("records").parts(article, FACETS, UTC, BULKY)
    assert found is None or found == plain_parts(article)


@pytest.mark.skipif(kernel("records") is None, reason="the kernels are not in use")
@given(_told)
def test_the_kernel_writes_what_most_articles_are(article: Article) -> None:
    found = kernel("records").parts(article, FACETS, UTC, BULKY)
    assert found is not None
    assert found == plain_parts(article)


class _Moment(datetime):
    def isoformat(self, *_: str, **__: str) -> str:
        return "x"


@pytest.mark.skipif(kernel("records") is None, reason="the kernels are not in use")
def test_a_date_of_another_class_is_left_to_python() -> None:
    article = Article("1", "a", "isi", _Moment(2023, 6, 1, tzinfo=UTC))
    assert kernel("records").parts(article, FACETS, UTC, BULKY) is None
    assert stored_parts([article]) == [plain_parts(article)]


@pytest.mark.skipif(kernel("records") is None, reason="the kernels are not in use")
@pytest.mark.parametrize("length", [*range(BULKY - 80, BULKY + 40), 5000])
def test_a_record_is_as_long_as_it_may_be(length: int) -> None:
    article = Article("1", "a" * length, "isi", datetime(2023, 6, 1, tzinfo=UTC), source='"Kabar"')
    found = kernel("records").parts(article, FACETS, UTC, BULKY)
    assert found == plain_parts(article)
