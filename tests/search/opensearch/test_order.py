"""Pages over a cluster: blocks begin where they do whatever the pages, and every hit is on one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import local_today
from search.cursor import Cursor
from search.errors import BadCursor
from search.limits import MAX_DEPTH, MAX_PER_PAGE
from search.opensearch.order import BLOCK, Window, behind, following, keys_of, sorting, window
from search.request import SearchRequest, Sort

SIZES = st.integers(1, MAX_PER_PAGE)
SORTS = st.sampled_from(Sort)


def pages(request: SearchRequest, count: int) -> list[Window]:
    """The windows of the first pages, by their numbers."""
    return [window(replace(request, page=page), None) for page in range(1, count + 1)]


@given(SIZES, SORTS, st.integers(1, 30))
def test_every_hit_is_on_one_page(size: int, sort: Sort, count: int) -> None:
    shown = [
        rank
        for one in pages(SearchRequest(per_page=size, sort=sort), count)
        for rank in range(one.start, one.stop)
    ]
    assert shown == list(range(size * count))


@given(SIZES, SORTS, st.integers(1, 30))
def test_the_blocks_of_a_page_adjoin_and_hold_it(size: int, sort: Sort, page: int) -> None:
    one = pages(SearchRequest(per_page=size, sort=sort), page)[-1]
    ranks = [rank for begin, end in one.blocks for rank in range(begin, end)]
    assert ranks == list(range(one.begin, one.end))
    assert one.begin <= one.start < one.stop <= one.end


@given(SIZES, SIZES, st.integers(1, 20))
def test_by_relevance_blocks_do_not_depend_on_the_size_of_pages(
    size: int, other: int, count: int
) -> None:
    found = [
        {block for one in pages(SearchRequest(per_page=per_page), count) for block in one.blocks}
        for per_page in (size, other)
    ]
    assert {begin % BLOCK for blocks in found for begin, _ in blocks} == {0}
    assert {end - begin for blocks in found for begin, end in blocks} == {BLOCK}


@given(SIZES, SORTS)
def test_the_deepest_page_asks_for_no_more_than_a_cluster_gives(size: int, sort: Sort) -> None:
    request = SearchRequest(per_page=size, sort=sort, page=MAX_DEPTH // size)
    assert window(request, None).end <= MAX_DEPTH


@given(SIZES, SORTS, st.integers(1, 20), st.integers(0, 2**61), st.booleans())
def test_a_cursor_leads_to_the_page_behind(
    size: int, sort: Sort, page: int, date: int, leading: bool
) -> None:
    request = SearchRequest(per_page=size, sort=sort, page=page)
    here = window(request, None)
    keys = (0.5, date, 7)
    text = following(request, here, (keys, leading), 0)
    cursor = Cursor.decode(text, sort)
    there = window(replace(request, cursor=text), cursor)
    by_number = window(replace(request, page=page + 1), None)
    assert (there.page, there.start, there.begin, there.end) == (
        by_number.page,
        by_number.start,
        by_number.begin,
        by_number.end,
    )
    last = following(request, here, (keys, leading), 0, leading=False)
    assert not Cursor.decode(last, sort).leading
    if there.begin:
        assert (there.after, there.leading) == (keys, leading)
    else:
        assert there.after is None


def test_a_cursor_keeps_the_day_of_its_first_page_and_how_much_is_passed() -> None:
    request = SearchRequest(per_page=30, page=3)
    text = following(request, window(request, None), None, 0)
    cursor = Cursor.decode(text, Sort.RELEVANCE)
    assert (cursor.passed, cursor.page) == (90, 4)
    assert cursor.today < local_today()


def test_a_cursor_of_another_order_is_refused() -> None:
    request = SearchRequest(sort=Sort.NEWEST)
    text = following(request, window(request, None), None, 0)
    with pytest.raises(BadCursor):
        Cursor.decode(text, Sort.OLDEST)


@pytest.mark.parametrize(
    ("sort", "values"),
    [
        (Sort.RELEVANCE, [1.25, 63_000, 4]),
        (Sort.NEWEST, [63_000, 4]),
        (Sort.OLDEST, [2**63 - 1, 4]),
    ],
)
def test_what_a_cluster_sorted_by_is_what_it_goes_on_behind(
    sort: Sort, values: list[float]
) -> None:
    assert behind(sort, keys_of(sort, values)) == values
    assert len(sorting(sort)) == len(values)
