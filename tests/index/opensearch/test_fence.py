"""The names by which writers name what they write."""

from __future__ import annotations

from typing import Any

from index.opensearch.fence import Fence, standing


def test_fences_that_stand_are_those_of_the_index_itself() -> None:
    own = Fence("aa").of("berita-1")
    got: dict[str, dict[str, Any]] = {
        "berita-1": {"aliases": {"berita": {}, own: {}, "berita-writer-aa": {}}},
        "berita-2": {},
    }
    assert standing(got) == [("berita-1", own)]
