"""Which terms patterns and fuzzy words stand for, against regular expressions and a textbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from search.budget import Budget
from search.local.reading.edited import edited
from search.local.reading.snapshot import Snapshot
from tests.search.local.archives import write_archive
from tests.search.local.twin import osa

FIELD = "body_exact"
_LETTERS = "abné字1"
_ALL = [one + two + three for one in _LETTERS for two in _LETTERS for three in ("", *_LETTERS)]
_TEXT = " ".join(
    [*_ALL, "banjir", "banjar", "bannjir", "kopi", "a", "kebakaran", "kebakarn", "ba-ab"]
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    path = tmp_path_factory.mktemp("fitting") / "index"
    write_archive(path, [[Article("a1", "judul", _TEXT)]], set())
    opened = Snapshot(path)
    yield opened
    opened.close()


def terms(snapshot: Snapshot) -> list[str]:
    index = snapshot.segments[0].fields[FIELD]
    return [text.decode() for text in index.texts(0, index.terms)]


@settings(max_examples=150, deadline=None)
@given(st.text(f"{_LETTERS}*?", min_size=1, max_size=7))
def test_patterns_fit_as_regular_expressions_do(snapshot: Snapshot, pattern: str) -> None:
    signs = {"*": ".*", "?": "."}
    wanted = re.compile("".join(signs.get(one) or re.escape(one) for one in pattern))
    segment = snapshot.segments[0]
    found = snapshot.dictionary.all_fitting(segment, FIELD, pattern, Budget(inf)).tolist()
    expected = [at for at, text in enumerate(terms(snapshot)) if wanted.fullmatch(text)]
    assert found == expected


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(st.text(_LETTERS, min_size=1, max_size=5), st.sampled_from(_TEXT.split())),
    st.integers(0, 3),
)
def test_fuzzy_words_are_near_by_the_textbook(snapshot: Snapshot, word: str, most: int) -> None:
    ordinals, edits = edited(snapshot.segments[0], FIELD, word, most, Budget(inf))
    found = dict(zip(ordinals.tolist(), edits.tolist(), strict=True))
    distances = {at: osa(text, word) for at, text in enumerate(terms(snapshot))}
    assert found == {at: distance for at, distance in distances.items() if distance <= most}
