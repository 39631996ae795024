"""Addresses in markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.formats.markup.addresses import joined_url, parts_of

FRAGMENTS = st.lists(
    st.sampled_from(
        ["http://", "https:", "//", "[", "]", "x", ":", "99", "/", "?", "#", "@", "℀", "\0", " "]
    ),
    max_size=8,
).map("".join)


@pytest.mark.parametrize(
    ("base", "url", "joined"),
    [
        ("https://a.id/b/", "c", "https://a.id/b/c"),
        ("", "https://a.id/c", "https://a.id/c"),
        ("", "http://[x/c", ""),
        ("http://[x/", "c", ""),
        ("https://a.id/", "http://a℀b/", ""),
    ],
)
def test_an_address_that_is_none_gives_nothing(base: str, url: str, joined: str) -> None:
    assert joined_url(base, url) == joined


@given(FRAGMENTS, FRAGMENTS)
def test_no_address_is_an_error(base: str, url: str) -> None:
    assert parts_of(joined_url(base, url)) is not None
    assert parts_of(url).netloc in url
